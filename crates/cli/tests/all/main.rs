//! The command as a user meets it, and the rules of the house.

mod case_verbs;
mod discovering;
mod first_hour;
mod house;
mod over_time;
mod playthrough;
mod reading;
mod running;
mod scorekeeping;
