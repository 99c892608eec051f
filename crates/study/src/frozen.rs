//! Forecasts frozen in files, one a question: read here for the scores, for the brief and for the
//! workbench.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use assess::Record;
use assess::score::{AnswerError, Asked, Broken, Silence};
use case::Case;
use case::question::{Question, QuestionSet};

/// Why frozen forecasts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The file cannot be read.
    #[error("{}: {fault}", path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system says.
        fault: std::io::Error,
    },
    /// A line is not what was frozen.
    #[error("{} {fault}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The line and what is wrong with it.
        fault: Broken,
    },
}

/// Where a case keeps them, if nobody names another place.
#[must_use]
pub fn folder(root: &Path) -> PathBuf {
    root.join("forecasts")
}

/// All files of forecasts that a case keeps, sorted by name.
#[must_use]
pub fn files(root: &Path) -> Vec<PathBuf> {
    let listing = std::fs::read_dir(folder(root)).into_iter().flatten().flatten();
    let mut all: Vec<PathBuf> = listing.map(|entry| entry.path()).collect();
    all.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    all.sort();
    all
}

/// The file of a question.
#[must_use]
pub fn file(folder: &Path, question: &Question) -> PathBuf {
    folder.join(format!("{}.jsonl", question.id.get_ref()))
}

/// All frozen forecasts of a question, the chain checked; none where there is no file.
///
/// # Errors
/// If the file cannot be read, or a line was changed since it was frozen.
pub fn all(folder: &Path, question: &Question) -> Result<Vec<Record>, Unusable> {
    let path = file(folder, question);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(Unusable::Unread { path, fault }),
    };
    Record::chain(&text).map_err(|fault| Unusable::Broken { path, fault })
}

/// Why nothing is asked of the runs; none if something is.
#[must_use]
pub fn unasked(question: &Question) -> Option<Silence> {
    if question.ask.is_some() {
        return None;
    }
    let plain = Silence::Answer(AnswerError::NoAsk);
    Some(question.beyond.clone().map_or(plain, Silence::Beyond))
}

/// The forecast of a question that was last frozen, or why there is none. One that was frozen when
/// the question read otherwise does not count.
///
/// # Errors
/// As [`all`].
pub fn last(folder: &Path, question: &Question) -> Result<Result<Record, Silence>, Unusable> {
    let Some(last) = all(folder, question)?.pop() else {
        return Ok(Err(unasked(question).unwrap_or(Silence::NotFrozen)));
    };
    let ask = question.ask.as_ref().map_or("", |ask| ask.get_ref().as_str());
    let same = (last.ask.as_str(), last.as_of, last.until) == (ask, question.as_of, question.until)
        && last.text == question.text;
    Ok(if same { Ok(last) } else { Err(Silence::AskedOtherwise) })
}

/// A question with the forecast that was frozen of it, or with why there is none. What was joined when it was frozen stands
/// for open questions, whose answer nobody could know; of others the runs stand, and what is joined to them is as it is now.
#[must_use]
pub fn asked(question: &Question, last: Result<Record, Silence>) -> Asked<'_> {
    let silent = || unasked(question).unwrap_or(Silence::NotFrozen);
    match last {
        Ok(record) => {
            let frozen = record.joined.filter(|_| question.set == QuestionSet::Open);
            Asked { question, inside: record.forecast.ok_or_else(silent), frozen }
        }
        Err(why) => Asked { question, inside: Err(why), frozen: None },
    }
}

/// The questions whose answer is known by the case's date, with what was last frozen of them. An
/// answer counts once one of its sources is out.
///
/// # Errors
/// As [`all`].
pub fn known<'c>(case: &'c Case, root: &Path) -> Result<Vec<Asked<'c>>, Unusable> {
    let folder = folder(root);
    let mut known = Vec::new();
    for question in case.questions.iter().filter(|question| question.truth.is_some()) {
        let out = question.source.0.iter().any(|key| case.source(key.get_ref()).is_some());
        if out && let Ok(last) = last(&folder, question)? {
            known.push(asked(question, Ok(last)));
        }
    }
    Ok(known)
}
