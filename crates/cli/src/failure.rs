//! Why the command stops, and the exit code that says so. Faults stay values, with their kind,
//! their place and what would mend them, until they are printed here.

use std::error::Error;
use std::path::Path;

use study::Fault;
use study::opening::Refused;

use crate::screen;

/// What a part of the program said.
pub type Cause = Box<dyn Error + Send + Sync>;

/// A reason to stop.
#[derive(Debug)]
pub enum Failure {
    /// The program is at fault: 1.
    Internal(Cause),
    /// The arguments are: 2.
    Usage(Cause),
    /// A file is: 3.
    Input(Cause),
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
    /// The program is at fault.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// The arguments are.
    pub fn usage(cause: impl Into<Cause>) -> Self {
        Self::Usage(cause.into())
    }

    /// A file is.
    pub fn input(cause: impl Into<Cause>) -> Self {
        Self::Input(cause.into())
    }

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
            Self::Internal(cause) | Self::Usage(cause) | Self::Input(cause) => {
                write!(f, "error: {cause}")
            }
            Self::Refused(refused) => {
                let colour = screen::colour_on_stderr();
                for finding in refused.errors() {
                    write!(f, "{}\n\n", finding.render(&refused.map, colour))?;
                }
                write!(f, "error: {refused}")
            }
            Self::Check(text) | Self::Interrupted(text) => f.write_str(text),
            Self::Closed => Ok(()),
        }
    }
}

/// A fault and what it is about: a file, a question, an option.
#[derive(Debug)]
pub struct About {
    what: String,
    fault: Cause,
}

impl About {
    /// A fault of something.
    pub fn new(what: impl std::fmt::Display, fault: impl Into<Cause>) -> Self {
        Self { what: what.to_string(), fault: fault.into() }
    }
}

impl std::fmt::Display for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.what, self.fault)
    }
}

impl Error for About {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.fault.as_ref())
    }
}

/// What becomes of a fault of a file.
pub fn at<E: Into<Cause>>(path: impl AsRef<Path>) -> impl Fn(E) -> Failure {
    let what = path.as_ref().display().to_string();
    move |fault| Failure::input(About::new(&what, fault))
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
            fault if fault.is_internal() => Self::internal(fault),
            fault => Self::input(fault),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::input(error),
        }
    }
}

/// Faults that lie with a file wherever they come up.
macro_rules! of_input {
    ($($fault:ty),* $(,)?) => {$(
        impl From<$fault> for Failure {
            fn from(fault: $fault) -> Self {
                Self::input(fault)
            }
        }
    )*};
}

of_input!(
    case::FolderError,
    case::documents::Unread,
    evidence::StoreError,
    simulate::process::StepError,
    study::frozen::Unusable,
    tables::TableError,
);

/// Faults of the program itself.
macro_rules! of_the_program {
    ($($fault:ty),* $(,)?) => {$(
        impl From<$fault> for Failure {
            fn from(fault: $fault) -> Self {
                Self::internal(fault)
            }
        }
    )*};
}

of_the_program!(assess::compare::CompareError, report::picture::PictureError, serde_json::Error);
