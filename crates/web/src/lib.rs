//! The workbench: a case alive in a browser, served to this machine alone.
//!
//! [`serve`] listens on a loopback address and answers under `/api` what the pages ask; [`openapi`] describes that.
//! This crate asks the crates below and shapes their answers; it computes nothing of its own, writes to the case
//! only through [`case::proposal`], and lets nobody in who has not been given the link.

mod api;
mod base;
mod guard;
mod jobs;
mod key_answers;
mod marks;
mod pages;
mod problem;
mod server;
mod session;
mod watch;
mod whatif;
mod workbench;

pub use api::openapi;
pub use guard::{CSRF, POLICY};
pub use server::{
    AT_ONCE, CONNECTIONS, HEAD_TIME, MOST_BYTES, MOST_TIME, NotServed, Running, Serving, serve,
};
pub use workbench::Opened;
