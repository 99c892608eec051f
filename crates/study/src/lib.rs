//! One road from a case to its findings: documents read, runs, sway, scenarios compared, signs and
//! rules, the record of frozen forecasts, and the brief composed of them.
//!
//! The command walks it at once, the workbench in steps, with a first version from its first runs;
//! both by [`Study`], so that what they say of a case cannot differ. Whoever follows is told what
//! is being done and is asked whether to go on ([`Follow`]). Nothing is printed here, and no file
//! but the evidence's store is written.

mod answers;
mod fault;
mod findings;
mod follow;
pub mod frozen;
pub mod game;
mod looking_back;
pub mod opening;
mod question_set;
mod record;
mod road;
mod scenarios;
pub mod shell;
pub mod tabled;
mod watched;

pub use answers::{key_questions, name as name_of_answer};
pub use fault::Fault;
pub use findings::Findings;
pub use follow::{Alone, Follow, Stage};
pub use question_set::{QuestionSet, question_set};
pub use record::record;
pub use road::{Asked, Composed, Reach, Study, futures, read, runs_on};
pub use watched::Watched;
