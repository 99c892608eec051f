//! The command as a user meets it, and the rules of the house.

mod brief_of_both;
mod case_verbs;
mod discovering;
mod exporting;
mod first_hour;
mod house;
mod importing;
mod installed;
mod many_machines;
mod over_time;
mod playthrough;
mod reading;
mod running;
mod scorekeeping;
