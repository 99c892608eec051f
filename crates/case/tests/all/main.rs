//! What reading, checking and changing a case promises.

mod check;
mod contests;
mod estimates;
mod form;
#[cfg(unix)]
mod hostile;
mod review;
mod scenarios;
mod schema;
mod toyland;
