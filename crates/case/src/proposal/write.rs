//! Accepting, refusing and taking back: each one transaction over the files of the case.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use evidence::{Store, StoreError};
use jiff::civil::Date;

use super::edit::{Citation, Edit, NoEdit, Texts};
use super::ledger::{self, Decision, Taken};
use super::material::Place;
use super::splice::Splice;
use super::undone::{self, Undone};
use super::{Proposal, propose, sources};
use crate::beneath::Beneath;
use crate::diagnostic::{Diagnostic, Severity};
use crate::folder::{Folder, FolderError};
use crate::transaction::{Change, Refusal, commit};

/// What the person who decides says of the decision, and of a source the case does not have yet.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Who decides.
    pub by: Option<String>,
    /// The day.
    pub on: Option<Date>,
    /// Why.
    pub why: Option<String>,
    /// Title of a new source.
    pub title: Option<String>,
    /// Publisher of a new source.
    pub publisher: Option<String>,
    /// Day a new source was published.
    pub published: Option<Date>,
    /// Admiralty rating of a new source; F6, cannot be judged, where none is given.
    pub rating: Option<evidence::Rating>,
    /// Kind of a new actor, instead of the one its name suggests.
    pub kind: Option<String>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The case's folder, or a file of it, cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file is not as it was, or cannot be written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A file beside the case cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The case has faults that stand in the way of proposals.
    #[error("the case has faults: mend what `shatterbelt check` reports first")]
    Faulty,
    /// A file of the case has a fault, given as a line with its place.
    #[error("{0}")]
    Fault(String),
    /// With it the case would have a fault that it does not have.
    #[error("the case would not pass check: {}: {}; nothing was written", _0.rule, _0.message)]
    Unsound(Box<Diagnostic>),
    /// A proposal cannot be made an edit of the case.
    #[error("{proposal}: {source}")]
    Edit {
        /// The proposal.
        proposal: String,
        /// Why.
        source: NoEdit,
    },
    /// What was asked for cannot be done, in words.
    #[error("{0}")]
    Asked(String),
}

/// What was written or taken back.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Written {
    /// The decision.
    pub decision: Decision,
    /// The files that changed, the record of the decision left out.
    pub files: Vec<String>,
}

/// The TOML files of a case as they are, by name.
pub(super) fn before(folder: &Folder) -> Texts {
    let files = folder.map.files().iter().filter(|f| f.name.ends_with(".toml"));
    files.map(|f| (f.short_name().to_owned(), f.text.clone())).collect()
}

/// The texts as a proposal would leave them.
pub(super) fn edited(
    folder: &Folder,
    store: &Store,
    proposal: &Proposal,
    about: &About,
) -> Result<Texts, NoEdit> {
    let mut texts = before(folder);
    apply(folder, store, proposal, about, &mut texts)?;
    Ok(texts)
}

/// Applies a proposal and says what it cites.
pub(super) fn apply(
    folder: &Folder,
    store: &Store,
    proposal: &Proposal,
    about: &About,
    texts: &mut Texts,
) -> Result<Option<Citation>, NoEdit> {
    let cited = match (proposal.places.first(), proposal.edits.first()) {
        // A source of a bibliography is cited itself: the bibliography is none.
        (Some(place), Some(Edit::AddSource { key, .. })) => Some(cited(key.clone(), place)),
        (Some(place), _) => Some(citation(folder, store, place, about, texts)?),
        (None, _) => None,
    };
    for edit in &proposal.edits {
        let edit = edit.clone().with(about);
        edit.apply(texts, &cited.clone().unwrap_or_default())?;
    }
    Ok(cited)
}

fn citation(
    folder: &Folder,
    store: &Store,
    place: &Place,
    about: &About,
    texts: &mut Texts,
) -> Result<Citation, NoEdit> {
    let key = match sources::known(texts, &place.source) {
        true => place.source.clone(),
        false => sources::add(folder, store, place, about, texts)?,
    };
    Ok(cited(key, place))
}

/// The words of a place as those of a source.
fn cited(key: String, place: &Place) -> Citation {
    let at = format!("bytes {}..{}", place.start, place.end);
    Citation { key, quote: place.quote.clone(), at }
}

impl Edit {
    /// The edit as whoever decides wants it: of another kind, or of a source that is described otherwise.
    fn with(mut self, about: &About) -> Self {
        fn over<T: Clone>(value: &mut T, other: Option<&T>) {
            if let Some(other) = other {
                value.clone_from(other);
            }
        }
        match &mut self {
            Self::AddActor { kind, .. } => over(kind, about.kind.as_ref()),
            Self::AddSource { title, publisher, published, rating, .. } => {
                over(title, about.title.as_ref());
                over(publisher, about.publisher.as_ref());
                over(published, about.published.as_ref());
                let other = about.rating.map(|r| (r.reliability().to_string(), r.credibility()));
                over(rating, other.as_ref());
            }
            _ => {}
        }
        self
    }
}

/// The case's folder and what the evidence proposes to it.
pub(super) fn proposals(root: &Path, store: &Store) -> Result<(Folder, Vec<Proposal>), NotWritten> {
    let folder = Folder::read(root)?;
    // A quote that is gone is an error of the case, and a proposal mends it.
    let Some(case) = folder.build_for_review() else {
        return Err(NotWritten::Faulty);
    };
    let all = propose(&case, &folder, store)?;
    Ok((folder, all))
}

pub(super) fn find<'a>(all: &'a [Proposal], id: &str) -> Result<&'a Proposal, NotWritten> {
    let mut starting = all.iter().filter(|p| p.id == id || id.len() > 8 && p.id.starts_with(id));
    match (starting.next(), starting.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => {
            Err(NotWritten::Asked(format!("{id}: more than one proposal begins so")))
        }
        (None, _) => {
            // Ids end in a hash: one that is near another is no slip of the pen.
            let hashed = |(_, hash): (&str, &str)| {
                hash.len() >= 7 && hash.chars().all(|c| c.is_ascii_hexdigit())
            };
            let hint = match id.rsplit_once('-').is_some_and(hashed) {
                true => "it was decided before, or the evidence no longer says so",
                false => "an id is like event-1a2b3c4d; `shatterbelt evidence review` lists them",
            };
            Err(NotWritten::Asked(format!("{id}: no such proposal; {hint}")))
        }
    }
}

/// Writes proposals into the case, each with its citation; all of them or none.
///
/// # Errors
/// If one is unknown, is not decided yet, cannot be written, or would leave the case with a new fault.
pub fn accept(
    root: &Path,
    store: &Store,
    ids: &[String],
    about: &About,
    today: Date,
) -> Result<Vec<Written>, NotWritten> {
    let (folder, all) = proposals(root, store)?;
    let first = before(&folder);
    let mut texts = first.clone();
    let mut out = Vec::new();
    for id in ids {
        let proposal = find(&all, id)?;
        decidable(proposal, about)?;
        let was = texts.clone();
        let cited = apply(&folder, store, proposal, about, &mut texts)
            .map_err(|source| NotWritten::Edit { proposal: proposal.id.clone(), source })?;
        let change: Vec<Splice> = texts
            .iter()
            .filter(|(file, text)| was.get(*file) != Some(text))
            .map(|(file, text)| Splice::between(file, was.get(file).map(String::as_str), text))
            .collect();
        let decision = Decision {
            source: cited.as_ref().map(|c| c.key.clone()),
            quote: cited.as_ref().map(|c| c.quote.clone()),
            at: cited.map(|c| c.at),
            with: (ids.len() > 1).then(|| ids[0].clone()),
            change,
            ..decision(proposal, Taken::Accepted, about, today)
        };
        let ledger = ledger::with(texts.get(ledger::FILE).map_or("", String::as_str), &decision);
        texts.insert(ledger::FILE.to_owned(), ledger);
        let files = decision.change.iter().map(|c| c.file.clone()).collect();
        out.push(Written { decision, files });
    }
    sound(&folder, &texts)?;
    commit(root, &changes(&first, &texts))?;
    undone::forget(root);
    Ok(out)
}

/// Refuses a proposal of which something has to be said first.
pub(super) fn decidable(proposal: &Proposal, about: &About) -> Result<(), NotWritten> {
    let kinded = proposal.rule == "candidate" && about.kind.is_some();
    match proposal.open.as_ref().filter(|_| !kinded) {
        Some(open) => Err(NotWritten::Asked(format!("{}: {open}", proposal.id))),
        None => Ok(()),
    }
}

pub(super) fn decision(proposal: &Proposal, taken: Taken, about: &About, today: Date) -> Decision {
    Decision {
        id: proposal.id.clone(),
        taken,
        kind: proposal.kind.word().to_owned(),
        target: proposal.target.clone(),
        title: None,
        by: about.by.clone(),
        on: about.on.unwrap_or(today),
        why: about.why.clone(),
        rule: proposal.rule.to_owned(),
        source: None,
        quote: None,
        at: None,
        with: None,
        change: Vec::new(),
    }
}

/// Refuses texts that would give the case a fault it does not have.
pub(super) fn sound(folder: &Folder, texts: &Texts) -> Result<(), NotWritten> {
    let errors = |folder: &Folder| -> Vec<Diagnostic> {
        let found = folder.build(Some(Date::MAX)).findings.into_iter();
        found.filter(|f| f.severity == Severity::Error).collect()
    };
    // A document that is to come is checked as the text it will be.
    let now = Folder::read_over(&folder.root, texts)?;
    let before = errors(folder);
    let same = |a: &Diagnostic, b: &Diagnostic| (a.rule, &a.message) == (b.rule, &b.message);
    let fault = errors(&now).into_iter().find(|e| !before.iter().any(|b| same(b, e)));
    match fault {
        Some(fault) => Err(NotWritten::Unsound(Box::new(fault))),
        None => Ok(()),
    }
}

pub(super) fn changes(first: &Texts, texts: &Texts) -> Vec<Change> {
    let changed = texts.iter().filter(|(file, text)| first.get(*file) != Some(text));
    let change = |(file, text): (&String, &String)| Change {
        file: file.clone(),
        before: first.get(file).cloned(),
        after: Some(text.clone()),
    };
    changed.map(change).collect()
}

/// Records that proposals are not wanted: they are not made again.
///
/// # Errors
/// If one is unknown or the record cannot be written.
pub fn refuse(
    root: &Path,
    store: &Store,
    ids: &[String],
    about: &About,
    today: Date,
) -> Result<Vec<Written>, NotWritten> {
    let (folder, all) = proposals(root, store)?;
    let first = before(&folder);
    let mut texts = first.clone();
    let mut out = Vec::new();
    for id in ids {
        let proposal = find(&all, id)?;
        let place = proposal.places.first();
        let decision = Decision {
            source: place.map(|p| p.source.clone()),
            quote: place.map(|p| p.quote.clone()),
            at: place.map(|p| format!("bytes {}..{}", p.start, p.end)),
            with: (ids.len() > 1).then(|| ids[0].clone()),
            ..decision(proposal, Taken::Refused, about, today)
        };
        let ledger = ledger::with(texts.get(ledger::FILE).map_or("", String::as_str), &decision);
        texts.insert(ledger::FILE.to_owned(), ledger);
        out.push(Written { decision, files: Vec::new() });
    }
    commit(root, &changes(&first, &texts))?;
    undone::forget(root);
    Ok(out)
}

/// Takes back the last decision, or all of one command: the files are as they were, byte for byte.
///
/// # Errors
/// If there is none, or a file was changed since.
pub fn undo(root: &Path) -> Result<Vec<Written>, NotWritten> {
    let folder = Folder::read(root)?;
    let (mut all, faults) = ledger::decisions(&folder.map);
    if let Some(fault) = faults.first() {
        return Err(NotWritten::Fault(fault.line(&folder.map)));
    }
    let mut now: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut file = before(&folder).remove(ledger::FILE).unwrap_or_default();
    first.insert(ledger::FILE.to_owned(), file.clone());
    let mut out: Vec<Written> = Vec::new();
    while let Some(last) = all.pop() {
        let same = |w: &Written| w.decision.with.is_some() && w.decision.with == last.with;
        if !out.is_empty() && !out.iter().all(same) {
            break;
        }
        for splice in last.change.iter().rev() {
            let text = match now.get(&splice.file) {
                Some(text) => text.clone().unwrap_or_default(),
                None => {
                    let text = Beneath::open(root)?.text(&splice.file)?.unwrap_or_default();
                    first.insert(splice.file.clone(), text.clone());
                    text
                }
            };
            let Some(undone) = splice.undone(&text) else {
                return Err(NotWritten::Asked(format!(
                    "{}: the file was changed since {} was accepted; undo it by hand or with your version control",
                    root.join(&splice.file).display(),
                    last.id
                )));
            };
            now.insert(splice.file.clone(), undone);
        }
        file = ledger::without_last(&file).ok_or_else(|| {
            NotWritten::Asked(format!("{}: the last entry cannot be found", ledger::FILE))
        })?;
        let files = last.change.iter().map(|c| c.file.clone()).collect();
        out.push(Written { decision: last, files });
    }
    if out.is_empty() {
        return Err(NotWritten::Asked("nothing was accepted or refused yet".into()));
    }
    now.insert(ledger::FILE.to_owned(), (!file.trim().is_empty()).then_some(file));
    let gone = now.iter().filter(|(file, after)| after.is_none() && *file != ledger::FILE);
    let gone =
        gone.filter_map(|(file, _)| Some((file.clone(), first.get(file)?.clone()))).collect();
    let changes: Vec<Change> = now
        .into_iter()
        .map(|(file, after)| Change { before: first.get(&file).cloned(), file, after })
        .collect();
    commit(root, &changes)?;
    let decisions = out.iter().rev().map(|w| w.decision.clone()).collect();
    undone::keep(root, Undone { decisions, gone });
    Ok(out)
}
