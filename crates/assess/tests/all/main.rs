//! What an ensemble says, tried on the invented case.

mod backtesting;
mod calibrating;
mod influence;
mod over_time;
mod paths;
mod score;
mod toyland;
