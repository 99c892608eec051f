//! The command as a user meets it, and the rules of the house.

mod brief_of_both;
mod case_verbs;
mod discovering;
mod first_hour;
mod house;
mod installed;
mod over_time;
mod playthrough;
mod reading;
mod running;
mod scorekeeping;
