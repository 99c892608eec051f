//! Decisions: what a chooser settles on once others have pulled, what a threat costs it, how it
//! chooses, what a body makes of its members' choices, and who got what he wanted.

pub mod anchor;
pub mod choice;
pub mod control;
pub mod success;
pub mod wish;
