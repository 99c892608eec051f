//! Why the road was not walked to its end.

use assess::ask::AskError;
use assess::compare::CompareError;
use assess::influence::InfluenceError;
use assess::measure::MeasureError;
use assess::score::Ungraded;
use case::FolderError;
use case::documents::Unread;
use evidence::StoreError;
use report::brief::BriefFault;
use report::picture::PictureError;
use simulate::process::StepError;

use crate::frozen::Unusable;
use crate::opening::Refused;

/// Why there are no findings. Each keeps what the part of the road said; whoever shows it to people
/// chooses where.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Whoever follows wanted no more.
    #[error("it was cancelled")]
    Cancelled,
    /// The case, or a scenario of it, has faults.
    #[error(transparent)]
    Refused(#[from] Box<Refused>),
    /// The folder or a scenario cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A document cannot be read, or the store of evidence not opened.
    #[error(transparent)]
    Documents(#[from] Unread),
    /// The store of evidence does not answer.
    #[error(transparent)]
    Evidence(#[from] StoreError),
    /// Sway cannot be measured.
    #[error(transparent)]
    Sway(Box<MeasureError>),
    /// Who gets what he wants cannot be told: a fault of the program.
    #[error(transparent)]
    Influence(Box<InfluenceError>),
    /// A run failed.
    #[error(transparent)]
    Run(#[from] StepError),
    /// A frozen forecast is of another kind than its question.
    #[error(transparent)]
    Grade(Box<Ungraded>),
    /// Frozen forecasts cannot be used.
    #[error(transparent)]
    Frozen(#[from] Unusable),
    /// The scenario was not run as the base was: a fault of the program.
    #[error(transparent)]
    Unpaired(#[from] CompareError),
    /// A question that the road itself asks cannot be asked: a fault of the program.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// A picture of the brief cannot be drawn: a fault of the program.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The brief breaks its own rules: a fault of the program.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Brief(Vec<BriefFault>),
}

impl From<MeasureError> for Fault {
    fn from(error: MeasureError) -> Self {
        Self::Sway(Box::new(error))
    }
}

impl Fault {
    /// Whether the program is at fault, not a file.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::Unpaired(_)
                | Self::Ask(_)
                | Self::Influence(_)
                | Self::Picture(_)
                | Self::Brief(_)
        )
    }
}
