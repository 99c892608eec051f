//! What the crate promises, on invented documents and, where they are at hand, on real ones.

#![allow(clippy::unwrap_used)]

#[path = "evidence/compared.rs"]
mod compared;
#[path = "evidence/crash.rs"]
mod crash;
#[path = "evidence/formats.rs"]
mod formats;
#[path = "evidence/heldout.rs"]
mod heldout;
#[path = "evidence/island.rs"]
mod island;
#[path = "evidence/model.rs"]
mod model;
#[path = "evidence/provenance.rs"]
mod provenance;
#[path = "evidence/reprints.rs"]
mod reprints;
#[path = "evidence/review.rs"]
mod review;
#[path = "evidence/story.rs"]
mod story;
