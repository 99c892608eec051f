//! Faults as `application/problem+json` (RFC 9457), in the words of the command line.

use assess::compare::CompareError;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use case::documents::Unread;
use case::source_map::SourceMap;
use case::{Diagnostic, FolderError, Severity};
use evidence::StoreError;
use report::picture::PictureError;
use serde::Serialize;
use simulate::process::StepError;
use study::Fault;
use study::opening::Refused;
use utoipa::ToSchema;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of fault, a word that does not change: `about:blank#unknown-actor`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub kind: Box<str>,
    /// The fault in a few words.
    #[schema(value_type = String)]
    pub title: Box<str>,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong, in a sentence.
    pub detail: String,
    /// What would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Findings on the case's files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Finding>,
}

/// A finding on a file of the case.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Finding {
    /// The rule's name.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// The file, relative to the case's folder where it is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The finding with the line of the file, as the command line prints it.
    pub rendered: String,
}

impl Finding {
    /// A finding with its place.
    pub(crate) fn of(finding: &Diagnostic, map: &SourceMap) -> Self {
        let record = finding.record(map);
        Self {
            code: record.rule.to_owned(),
            severity: match record.severity {
                Severity::Error => "error".to_owned(),
                Severity::Warning => "warning".to_owned(),
            },
            message: record.message,
            file: record.file,
            line: record.line,
            column: record.column,
            help: record.hint,
            rendered: finding.render(map, false),
        }
    }

    /// The errors among findings.
    pub(crate) fn errors(findings: &[Diagnostic], map: &SourceMap) -> Vec<Self> {
        let errors = findings.iter().filter(|f| f.severity == Severity::Error);
        errors.map(|f| Self::of(f, map)).collect()
    }
}

impl Problem {
    /// A problem of a kind.
    pub(crate) fn new(status: StatusCode, kind: &str, detail: impl Into<String>) -> Self {
        let words = kind.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        Self {
            kind: format!("about:blank#{kind}").into(),
            title: first.into_iter().chain(letters).collect::<String>().into(),
            status: status.as_u16(),
            detail: detail.into(),
            hint: None,
            diagnostics: Vec::new(),
        }
    }

    /// Something that is asked for and is not there.
    pub(crate) fn missing(kind: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, kind, detail)
    }

    /// A request that cannot be done as it is asked.
    pub(crate) fn refused(kind: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, kind, detail)
    }

    /// The program is at fault.
    pub(crate) fn internal(detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail.to_string())
    }

    /// Adds what would mend it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds findings on the case's files.
    pub(crate) fn with(mut self, diagnostics: Vec<Finding>) -> Self {
        self.diagnostics = diagnostics;
        self
    }
}

/// A case that cannot be used, with all its errors.
impl From<Box<Refused>> for Problem {
    fn from(refused: Box<Refused>) -> Self {
        let all = Finding::errors(&refused.findings, &refused.map);
        Self::refused("case-faults", refused.to_string()).with(all)
    }
}

/// A folder or file that cannot be read.
impl From<FolderError> for Problem {
    fn from(error: FolderError) -> Self {
        let place = format!("{}: {}", error.path.display(), error.fault);
        Self::refused("unreadable-case", place).hint(error.hint)
    }
}

impl From<Unread> for Problem {
    fn from(error: Unread) -> Self {
        Self::refused("evidence", error.to_string())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::refused("evidence", error.to_string())
    }
}

impl From<StepError> for Problem {
    fn from(error: StepError) -> Self {
        Self::refused("run-failed", error.to_string())
    }
}

impl From<CompareError> for Problem {
    fn from(error: CompareError) -> Self {
        Self::internal(error)
    }
}

impl From<PictureError> for Problem {
    fn from(error: PictureError) -> Self {
        Self::internal(error)
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refused) => refused.into(),
            Fault::Folder(error) => error.into(),
            Fault::Documents(error) => error.into(),
            Fault::Evidence(error) => error.into(),
            Fault::Run(error) => error.into(),
            Fault::Sway(error) => Self::refused("measure", error.to_string()),
            Fault::Grade(_) | Fault::Frozen(_) => Self::refused("record", fault.to_string()),
            Fault::Cancelled
            | Fault::Unpaired(_)
            | Fault::Ask(_)
            | Fault::Influence(_)
            | Fault::Picture(_)
            | Fault::Brief(_) => Self::internal(fault),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, kind, Json(self)).into_response()
    }
}
