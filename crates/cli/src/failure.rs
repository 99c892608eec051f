//! Why the command stops, and the exit code that says so.

use study::Fault;
use study::opening::Refused;

use crate::screen;

/// A reason to stop.
#[derive(Debug)]
pub enum Failure {
    /// The program is at fault: 1.
    Internal(String),
    /// The arguments are: 2.
    Usage(String),
    /// A file is: 3.
    Input(String),
    /// The case's files are; each finding is printed with its place: 3.
    Refused(Box<Refused>),
    /// A check found errors, which have been printed: 4.
    Check(String),
    /// The user stopped it: 130.
    Interrupted(String),
    /// Whoever read our output went away.
    Closed,
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Internal(_) => 1,
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Refused(_) => 3,
            Self::Check(_) => 4,
            Self::Interrupted(_) => 130,
            Self::Closed => 0,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Internal(text) => write!(f, "error: {text}"),
            Self::Usage(text) | Self::Input(text) => write!(f, "error: {text}"),
            Self::Refused(refused) => {
                let colour = screen::colour_on_stderr();
                for finding in refused.errors() {
                    write!(f, "{}\n\n", finding.render(&refused.map, colour))?;
                }
                write!(f, "error: {refused}")
            }
            Self::Check(text) | Self::Interrupted(text) => write!(f, "{text}"),
            Self::Closed => Ok(()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Input(error.to_string()),
        }
    }
}

impl From<Box<Refused>> for Failure {
    fn from(refused: Box<Refused>) -> Self {
        Self::Refused(refused)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refused) => refused.into(),
            Fault::Cancelled => Self::Interrupted(fault.to_string()),
            fault if fault.is_internal() => Self::Internal(fault.to_string()),
            fault => Self::Input(fault.to_string()),
        }
    }
}

impl From<study::frozen::Unusable> for Failure {
    fn from(fault: study::frozen::Unusable) -> Self {
        Self::Input(fault.to_string())
    }
}

impl From<case::FolderError> for Failure {
    fn from(error: case::FolderError) -> Self {
        Self::Input(error.to_string())
    }
}

impl From<case::documents::Unread> for Failure {
    fn from(error: case::documents::Unread) -> Self {
        Self::Input(error.to_string())
    }
}

impl From<simulate::process::StepError> for Failure {
    fn from(error: simulate::process::StepError) -> Self {
        Self::Input(error.to_string())
    }
}
