//! The road from a case to its findings.

mod frozen;
mod game;
mod road;
