//! What the crate promises, on invented documents and, where they are at hand, on real ones.

#![allow(clippy::unwrap_used)]

mod compared;
mod crash;
mod formats;
mod heldout;
mod island;
mod kinds;
mod model;
mod provenance;
mod reprints;
mod review;
mod scorer;
mod story;
mod wire;
