//! A contested state written down: a folder of text in which every number has a date, a range and a source.
//!
//! [`Folder::read`] takes the files in, [`Folder::with_scenario`] lays patches over them, and [`Folder::build`]
//! makes a typed [`Case`] as known on a date, together with every fault that was found. Nothing here runs a
//! model; the crate refuses to guess a number that has no name and no source.

pub mod actor;
mod ballot;
pub mod beneath;
pub mod boundary;
mod build;
pub mod case;
pub mod change;
mod check;
pub mod choice;
pub mod contest;
pub mod counts;
pub mod decision;
pub mod diagnostic;
pub mod documents;
pub mod economy;
pub mod estimate;
pub mod folder;
pub mod form;
pub mod group;
pub mod history;
mod index;
pub mod institution;
pub mod issue;
pub mod judgement;
pub mod kinds;
pub mod law;
mod lexicon;
pub mod opinion;
pub mod outline;
mod patch;
pub mod proposal;
pub mod question;
pub mod reference;
pub mod region;
pub mod rivalry;
mod rows;
pub mod rules;
pub mod sarif;
pub mod schema;
pub mod source;
pub mod source_map;
pub mod state;
mod statement;
pub mod tie;
pub mod transaction;
mod tree;

pub use build::Built;
pub use case::{Advance, Case};
pub use counts::Counts;
pub use diagnostic::{Diagnostic, Severity};
pub use entry::{Estimate, Shape, Written, said, shape, unit};
pub use estimate::Belief;
pub use folder::{Folder, FolderError, FolderFault};
pub use judgement::{Decided, Judgement};
pub use patch::Forced;
pub use proposal::{Proposal, ProposalKind};
pub use tie::Channel;

/// The version of the case format that this crate reads.
pub const FORMAT: u32 = 1;
