//! Accepting, refusing and taking back: each one transaction over the files of the case.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::Store;
use jiff::civil::Date;

use super::edit::{Citation, Edit, Texts};
use super::ledger::{self, Decision, Taken};
use super::material::Place;
use super::splice::Splice;
use super::{Proposal, propose, sources};
use crate::diagnostic::Severity;
use crate::folder::Folder;
use crate::beneath::Beneath;
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
#[derive(Debug)]
pub struct NotWritten(pub String);

impl std::fmt::Display for NotWritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotWritten {}

impl From<Refusal> for NotWritten {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.to_string())
    }
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
) -> Result<Texts, String> {
    let mut texts = before(folder);
    apply(folder, store, proposal, about, &mut texts)?;
    Ok(texts)
}

/// Applies a proposal and says what it cites.
fn apply(
    folder: &Folder,
    store: &Store,
    proposal: &Proposal,
    about: &About,
    texts: &mut Texts,
) -> Result<Option<Citation>, String> {
    let cited = match proposal.places.first() {
        Some(place) => Some(citation(folder, store, place, about, texts)?),
        None => None,
    };
    for edit in &proposal.edits {
        let mut edit = edit.clone();
        if let (Edit::AddActor { kind, .. }, Some(other)) = (&mut edit, &about.kind) {
            kind.clone_from(other);
        }
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
) -> Result<Citation, String> {
    let key = match sources::known(texts, &place.source) {
        true => place.source.clone(),
        false => sources::add(folder, store, place, about, texts)?,
    };
    let at = format!("bytes {}..{}", place.start, place.end);
    Ok(Citation { key, quote: place.quote.clone(), at })
}

/// The case's folder and what the evidence proposes to it.
fn proposals(root: &Path, store: &Store) -> Result<(Folder, Vec<Proposal>), NotWritten> {
    let folder = Folder::read(root).map_err(|e| NotWritten(e.to_string()))?;
    // A quote that is gone is an error of the case, and a proposal mends it.
    let Some(case) = folder.build_for_review() else {
        return Err(NotWritten(
            "the case has faults: mend what `shatterbelt check` reports first".into(),
        ));
    };
    let all = propose(&case, &folder, store).map_err(|e| NotWritten(e.to_string()))?;
    Ok((folder, all))
}

fn find<'a>(all: &'a [Proposal], id: &str) -> Result<&'a Proposal, NotWritten> {
    let mut starting = all.iter().filter(|p| p.id == id || id.len() > 8 && p.id.starts_with(id));
    match (starting.next(), starting.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(NotWritten(format!("{id}: more than one proposal begins so"))),
        (None, _) => {
            let ids = all.iter().map(|p| p.id.as_str());
            let hint = match crate::diagnostic::nearest(id, ids) {
                Some(near) => format!("did you mean {near}?"),
                None => "it was decided before, or the evidence no longer says so".to_owned(),
            };
            Err(NotWritten(format!("{id}: no such proposal; {hint}")))
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
        let kinded = proposal.rule == "candidate" && about.kind.is_some();
        if let Some(open) = proposal.open.as_ref().filter(|_| !kinded) {
            return Err(NotWritten(format!("{}: {open}", proposal.id)));
        }
        let was = texts.clone();
        let cited = apply(&folder, store, proposal, about, &mut texts)
            .map_err(|fault| NotWritten(format!("{}: {fault}", proposal.id)))?;
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
    Ok(out)
}

fn decision(proposal: &Proposal, taken: Taken, about: &About, today: Date) -> Decision {
    Decision {
        id: proposal.id.clone(),
        taken,
        kind: proposal.kind.word().to_owned(),
        target: proposal.target.clone(),
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
    let errors = |folder: &Folder| -> Vec<String> {
        let found = folder.build(Some(Date::MAX)).findings;
        let errors = found.iter().filter(|f| f.severity == Severity::Error);
        errors.map(|f| format!("{}: {}", f.rule, f.message)).collect()
    };
    // A document that is to come is checked as the text it will be.
    let now = Folder::read_over(&folder.root, texts).map_err(|e| NotWritten(e.to_string()))?;
    let before = errors(folder);
    let fault = errors(&now).into_iter().find(|e| !before.contains(e));
    match fault {
        Some(fault) => {
            Err(NotWritten(format!("the case would not pass check: {fault}; nothing was written")))
        }
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
    Ok(out)
}

/// Takes back the last decision, or all of one command: the files are as they were, byte for byte.
///
/// # Errors
/// If there is none, or a file was changed since.
pub fn undo(root: &Path) -> Result<Vec<Written>, NotWritten> {
    let folder = Folder::read(root).map_err(|e| NotWritten(e.to_string()))?;
    let (mut all, faults) = ledger::decisions(&folder.map);
    if let Some(fault) = faults.first() {
        return Err(NotWritten(fault.line(&folder.map)));
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
                    let text = Beneath::open(root).and_then(|beneath| beneath.text(&splice.file));
                    let text = text.map_err(|e| NotWritten(e.to_string()))?.unwrap_or_default();
                    first.insert(splice.file.clone(), text.clone());
                    text
                }
            };
            let Some(undone) = splice.undone(&text) else {
                return Err(NotWritten(format!(
                    "{}: the file was changed since {} was accepted; undo it by hand or with your version control",
                    root.join(&splice.file).display(),
                    last.id
                )));
            };
            now.insert(splice.file.clone(), undone);
        }
        file = ledger::without_last(&file).ok_or_else(|| {
            NotWritten(format!("{}: the last entry cannot be found", ledger::FILE))
        })?;
        let files = last.change.iter().map(|c| c.file.clone()).collect();
        out.push(Written { decision: last, files });
    }
    if out.is_empty() {
        return Err(NotWritten("nothing was accepted or refused yet".into()));
    }
    now.insert(ledger::FILE.to_owned(), (!file.trim().is_empty()).then_some(file));
    let changes: Vec<Change> = now
        .into_iter()
        .map(|(file, after)| Change { before: first.get(&file).cloned(), file, after })
        .collect();
    commit(root, &changes)?;
    Ok(out)
}
