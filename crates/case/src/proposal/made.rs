//! What a person changes by hand: an entry more, fields of one otherwise, a statement of an estimate, a new document, a judgement on a
//! name. It goes the road of every proposal: the lines are shown with what `check` would say of them, and only then kept, among the
//! decisions, so that it is undone like any of them.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::Store;
use jiff::civil::Date;
use serde_json::{Map, Value};
use toml_edit::Item;

use super::edit::{self, NoEdit, Texts, add_statement, append, append_to, text};
use super::fields::{Form, is_empty, json};
use super::ledger::{self, Decision, Taken};
use super::splice::{self, Splice};
use super::values::replace;
use super::write::{
    About, NotWritten, Written, apply, before, changes, decidable, decision, find, proposals,
};
use super::{undone, words};
use crate::beneath::Beneath;
use crate::diagnostic::{Diagnostic, Severity};
use crate::folder::Folder;
use crate::judgement::{self, Decided};
use crate::kinds;
use crate::transaction::commit;

/// One change that a person makes.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// A new entry.
    Entry {
        /// Its kind.
        kind: String,
        /// What it says, as JSON; days as `YYYY-MM-DD`.
        fields: Map<String, Value>,
    },
    /// Fields of an entry that say something else; null takes one away.
    Fields {
        /// The entry: `kind.key`.
        path: String,
        /// The fields.
        fields: Map<String, Value>,
    },
    /// A statement of an estimate.
    Estimate {
        /// The estimate: `kind.key.field`.
        path: String,
        /// The statement: value, low, high, from, source, quote and what else one may have.
        said: Map<String, Value>,
        /// Which of its statements it stands for, from 0; none adds one.
        instead: Option<usize>,
    },
    /// A new document of the case; its source is an entry of its own.
    Document {
        /// Its name: `documents/NAME`.
        file: String,
        /// What it says.
        text: String,
    },
    /// Whether a name is an actor's.
    Judged {
        /// The name as written.
        name: String,
        /// The actor's id.
        actor: String,
        /// What is decided.
        decided: Decided,
    },
    /// A file of the case that says something else as a whole.
    Text {
        /// Its name, such as `ties.toml`.
        file: String,
        /// What it is to say.
        text: String,
        /// [`text_hash`] of what it said when it was opened: if it says something else by now, nothing is changed.
        was: String,
    },
}

/// The hash by which a file is known again ([`Made::Text`]): BLAKE3 of its text, in hex.
#[must_use]
pub fn text_hash(text: &str) -> String {
    splice::hash(text)
}

/// The most bytes of a file that is changed as a whole.
pub const LARGEST_TEXT: usize = 4 << 20;

impl Made {
    /// What sort of decision it is.
    fn kind(&self) -> &str {
        match self {
            Self::Entry { kind, .. } => kind,
            Self::Fields { path, .. } => path.split('.').next().unwrap_or(path),
            Self::Estimate { .. } => "estimate",
            Self::Document { .. } => "document",
            Self::Judged { .. } => "judgement",
            Self::Text { .. } => "file",
        }
    }

    /// What it is about.
    fn target(&self) -> String {
        match self {
            Self::Entry { kind, fields } => format!("{kind}.{}", words::key(kind, fields)),
            Self::Fields { path, .. } | Self::Estimate { path, .. } => path.clone(),
            Self::Document { file, .. } | Self::Text { file, .. } => file.clone(),
            Self::Judged { name, actor, decided } => format!("{name} {} {actor}", decided.word()),
        }
    }

    /// The source and the words it gives, if it gives any.
    fn cites(&self) -> (Option<String>, Option<String>) {
        let fields = match self {
            Self::Entry { fields, .. } | Self::Fields { fields, .. } => fields,
            Self::Estimate { said, .. } => said,
            Self::Document { .. } | Self::Judged { .. } | Self::Text { .. } => {
                return (None, None);
            }
        };
        let of = |map: &Map<String, Value>, name: &str| match map.get(name) {
            Some(Value::String(words)) if !words.is_empty() => Some(words.clone()),
            Some(Value::Array(all)) => all.first().and_then(Value::as_str).map(str::to_owned),
            _ => None,
        };
        let within = || fields.values().filter_map(Value::as_object);
        let find = |name: &str| of(fields, name).or_else(|| within().find_map(|map| of(map, name)));
        (find("source"), find("quote"))
    }

    fn apply(
        &self,
        form: &Form,
        folder: &Folder,
        about: &About,
        today: Date,
        texts: &mut Texts,
    ) -> Result<(), NoEdit> {
        match self {
            Self::Entry { kind, fields } => {
                let lines = form.entry(kind, fields)?;
                let lines: Vec<(&str, String)> =
                    lines.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
                append(texts, kind, usual(kind), &lines);
                Ok(())
            }
            Self::Fields { path, fields } => {
                let kind = path.split('.').next().unwrap_or(path);
                let given = fields.iter().map(|(name, value)| {
                    let value = match is_empty(value) {
                        true => None,
                        false => Some(value_of(&form.field(kind, name, value)?)?),
                    };
                    Ok((name.as_str(), value))
                });
                let given = given.collect::<Result<Vec<_>, NoEdit>>()?;
                edit::change(texts, path, |entry| {
                    for (name, value) in given.clone() {
                        match (entry.get_mut(name).and_then(Item::as_value_mut), value) {
                            (_, None) => drop(entry.remove(name)),
                            (Some(old), Some(new)) => replace(old, new),
                            (None, Some(new)) => drop(entry.insert(name, Item::Value(new))),
                        }
                    }
                    Ok(())
                })
            }
            Self::Estimate { path, said, instead } => {
                let written = form.statement(said)?;
                let (entry, field) = path.rsplit_once('.').ok_or(NoEdit::NoEstimate)?;
                edit::change(texts, entry, |table| {
                    let new = value_of(&written)?;
                    match (table.get_mut(field).and_then(Item::as_value_mut), instead) {
                        (None, _) => drop(table.insert(field, Item::Value(new))),
                        (Some(old), None) => {
                            let toml_edit::Value::InlineTable(new) = new else {
                                return Err(NoEdit::NoTable);
                            };
                            add_statement(old, new)?;
                        }
                        (Some(toml_edit::Value::Array(all)), Some(at)) => {
                            let old = all
                                .get_mut(*at)
                                .ok_or_else(|| NoEdit::NoStatement(path.clone()))?;
                            replace(old, new);
                        }
                        (Some(old), Some(0)) => replace(old, new),
                        (Some(_), Some(_)) => return Err(NoEdit::NoStatement(path.clone())),
                    }
                    Ok(())
                })
            }
            Self::Document { file, text } => {
                let name = file.strip_prefix("documents/").unwrap_or("");
                let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
                let fits = !name.is_empty()
                    && !name.starts_with('.')
                    && name.len() <= 120
                    && name.chars().all(plain);
                if !fits || folder.documents.contains_key(file) || texts.contains_key(file) {
                    return Err(NoEdit::NoDocument(file.clone()));
                }
                texts.insert(file.clone(), text.clone());
                Ok(())
            }
            Self::Text { file, text, was } => {
                // What is decided is taken back by what stands there: that record is nobody's to rewrite here.
                let old = texts.get_mut(file).filter(|_| file != ledger::FILE);
                let old = old.ok_or_else(|| NoEdit::NoFile(file.clone()))?;
                if splice::hash(old) != *was {
                    return Err(NoEdit::Moved(file.clone()));
                }
                if text.len() > LARGEST_TEXT {
                    return Err(NoEdit::TooLong(file.clone(), text.len()));
                }
                old.clone_from(text);
                Ok(())
            }
            Self::Judged { name, actor, decided } => {
                let lines = [
                    ("decided", text(decided.word())),
                    ("name", text(name)),
                    ("actor", text(actor)),
                    ("by", text(about.by.as_deref().unwrap_or("unnamed"))),
                    ("on", about.on.unwrap_or(today).to_string()),
                    ("why", text(about.why.as_deref().unwrap_or_default())),
                ];
                append_to(
                    texts.entry(judgement::FILE.to_owned()).or_default(),
                    "judgement",
                    &lines,
                );
                Ok(())
            }
        }
    }
}

/// The file in which the entries of a kind stand where the case has none yet.
fn usual(kind: &str) -> &'static str {
    match kind {
        "actor" | "wing" | "membership" => "actors.toml",
        "tie" => "ties.toml",
        "event" | "dispute" => "history.toml",
        "source" => "sources.toml",
        "question" => "questions.toml",
        "decision" | "wish" | "decided" | "precedent" => "choices.toml",
        "issue" | "position" => "issues.toml",
        "poll" | "segment" | "favour" | "narrative" => "opinion.toml",
        _ => "institutions.toml",
    }
}

fn value_of(written: &str) -> Result<toml_edit::Value, NoEdit> {
    written.parse().map_err(|_| NoEdit::NoToml(written.to_owned()))
}

/// A change as it would be kept.
#[derive(Debug, Clone)]
pub struct Draft {
    first: Texts,
    texts: Texts,
    /// The decision that keeping it records, but for what it changes.
    pub decision: Decision,
    /// The lines that differ, after the name of each file: `+` put in, `-` taken out.
    pub diff: Vec<String>,
    /// The files it changes with a hash of what they say now; empty for one that is new.
    pub seen: BTreeMap<String, String>,
    /// What `check` says of the changed case that it does not say of the case as it is.
    pub findings: Vec<Diagnostic>,
    /// The case's folder as it would be.
    pub after: Folder,
}

/// Makes changes on the case as it is on disk, and says what they would come to. Nothing is written.
///
/// # Errors
/// If the folder cannot be read, or a change cannot be made in its files.
pub fn draft(root: &Path, made: &[Made], about: &About, today: Date) -> Result<Draft, NotWritten> {
    let folder = Folder::read(root)?;
    let mut first = before(&folder);
    // Rows are written in CSV, which only a person changes.
    for one in made {
        if let Made::Text { file, .. } = one
            && let Some(found) = folder.map.named(file)
        {
            first.entry(file.clone()).or_insert_with(|| found.text.clone());
        }
    }
    let mut texts = first.clone();
    let form = Form::new();
    for one in made {
        let edit = |source| NotWritten::Edit { proposal: one.target(), source };
        one.apply(&form, &folder, about, today, &mut texts).map_err(edit)?;
    }
    let Some(main) = main(made) else {
        return Err(NotWritten::Asked("nothing is changed".into()));
    };
    let cited = made.iter().map(Made::cites);
    let (source, quote) =
        cited.fold((None, None), |(s, q), (source, quote)| (s.or(source), q.or(quote)));
    let kind = main.kind();
    let after = Folder::read_over(root, &texts)?;
    let decision = Decision {
        id: String::new(),
        taken: Taken::Accepted,
        kind: kind.to_owned(),
        target: main.target(),
        title: Some(words::title(&after, main)),
        by: about.by.clone(),
        on: about.on.unwrap_or(today),
        why: about.why.clone(),
        rule: "by-hand".to_owned(),
        source,
        quote,
        at: None,
        with: None,
        change: Vec::new(),
    };
    let mut draft = drafted(&folder, first, texts, after, decision)?;
    draft.decision.id = format!("{kind}-{}", &splice::hash(&draft.diff.join("\n"))[..8]);
    Ok(draft)
}

/// A proposal as it would be kept with changes of one's own, which are made after it: [`draft`] for what the evidence proposes.
///
/// # Errors
/// As [`draft`]; if there is no such proposal, or it cannot be written as it is.
pub fn draft_proposal(
    root: &Path,
    store: &Store,
    id: &str,
    made: &[Made],
    about: &About,
    today: Date,
) -> Result<Draft, NotWritten> {
    let (folder, all) = proposals(root, store)?;
    let proposal = find(&all, id)?;
    decidable(proposal, about)?;
    let first = before(&folder);
    let mut texts = first.clone();
    let fault = |source| NotWritten::Edit { proposal: proposal.id.clone(), source };
    let cited = apply(&folder, store, proposal, about, &mut texts).map_err(fault)?;
    let form = Form::new();
    for one in made {
        one.apply(&form, &folder, about, today, &mut texts).map_err(fault)?;
    }
    let after = Folder::read_over(root, &texts)?;
    let decision = Decision {
        title: Some(proposal.title.clone()),
        source: cited.as_ref().map(|c| c.key.clone()),
        quote: cited.as_ref().map(|c| c.quote.clone()),
        at: cited.map(|c| c.at),
        ..decision(proposal, Taken::Accepted, about, today)
    };
    drafted(&folder, first, texts, after, decision)
}

/// The entry that a proposal would write or change, as it would stand: for a form in which it is put right first.
///
/// # Errors
/// As [`draft_proposal`].
pub fn stated_by(
    root: &Path,
    store: &Store,
    id: &str,
    about: &About,
) -> Result<Option<(String, Stated)>, NotWritten> {
    let (folder, all) = proposals(root, store)?;
    let proposal = find(&all, id)?;
    let mut texts = before(&folder);
    // What has to be said of a new source is no part of the entry.
    let about = About {
        publisher: about.publisher.clone().or_else(|| Some("?".to_owned())),
        published: about.published.or(Some(Date::MIN)),
        ..about.clone()
    };
    let fault = |source| NotWritten::Edit { proposal: proposal.id.clone(), source };
    apply(&folder, store, proposal, &about, &mut texts).map_err(fault)?;
    let Some(path) = proposal.edits.first().map(edit::Edit::entry) else { return Ok(None) };
    Ok(in_texts(&texts, &path).map(|stated| (path, stated)))
}

/// What texts come to, held against the case as it is.
fn drafted(
    folder: &Folder,
    first: Texts,
    texts: Texts,
    after: Folder,
    decision: Decision,
) -> Result<Draft, NotWritten> {
    let changed = || texts.iter().filter(|(file, text)| first.get(*file) != Some(text));
    if changed().next().is_none() {
        let said = "the case says so already: nothing would change";
        return Err(NotWritten::Asked(said.into()));
    }
    let same = |a: &Diagnostic, b: &Diagnostic| (a.rule, &a.message) == (b.rule, &b.message);
    let known = folder.check(None).findings;
    let mut findings = after.check(None).findings;
    // A finding that stands twice where it stood once is a new one.
    let mut left: Vec<&Diagnostic> = known.iter().collect();
    findings.retain(|found| match left.iter().position(|old| same(found, old)) {
        Some(at) => {
            left.swap_remove(at);
            false
        }
        None => true,
    });
    let hash = |file: &String| first.get(file).map(|text| splice::hash(text)).unwrap_or_default();
    Ok(Draft {
        diff: splice::lines(&first, &texts),
        seen: changed().map(|(file, _)| (file.clone(), hash(file))).collect(),
        decision,
        findings,
        first,
        after,
        texts,
    })
}

/// The change that the others go with: a source is there for what cites it, unless it comes alone.
fn main(made: &[Made]) -> Option<&Made> {
    let is_source = |one: &&Made| matches!(one, Made::Entry { kind, .. } if kind == "source");
    made.iter()
        .find(|one| !is_source(one) && !matches!(one, Made::Document { .. }))
        .or_else(|| made.iter().find(is_source))
        .or(made.first())
}

impl Draft {
    /// What stands in the way: findings that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|f| f.severity == Severity::Error)
    }

    /// Files that do not say any more what they said when the change was shown: `seen` as [`Draft::seen`] was then.
    #[must_use]
    pub fn moved(&self, seen: &BTreeMap<String, String>) -> Vec<String> {
        let other = |(file, hash): &(&String, &String)| seen.get(*file) != Some(*hash);
        self.seen.iter().filter(other).map(|(file, _)| file.clone()).collect()
    }

    /// Writes the change and keeps it among the decisions.
    ///
    /// # Errors
    /// If the case would have a new fault, or a file was changed in the meantime.
    pub fn keep(self, root: &Path) -> Result<Written, NotWritten> {
        if let Some(fault) = self.errors().next() {
            return Err(NotWritten::Unsound(Box::new(fault.clone())));
        }
        let changed = self.texts.iter().filter(|(file, text)| self.first.get(*file) != Some(text));
        let before = |file: &String| self.first.get(file).map(String::as_str);
        let change: Vec<Splice> =
            changed.map(|(file, text)| Splice::between(file, before(file), text)).collect();
        let files: Vec<String> = change.iter().map(|c| c.file.clone()).collect();
        let decision = Decision { change, ..self.decision };
        let mut texts = self.texts;
        let record = ledger::with(texts.get(ledger::FILE).map_or("", String::as_str), &decision);
        texts.insert(ledger::FILE.to_owned(), record);
        commit(root, &changes(&self.first, &texts))?;
        undone::forget(root);
        Ok(Written { decision, files })
    }
}

/// An entry of the case as it is written, for a form.
#[derive(Debug, Clone)]
pub struct Stated {
    /// Its kind.
    pub kind: String,
    /// The file in which it stands.
    pub file: String,
    /// What it says, days as `YYYY-MM-DD`.
    pub fields: Value,
}

/// An entry as it is written in the case's TOML files; none if it stands in none of them.
///
/// # Errors
/// If the folder cannot be read.
pub fn stated(root: &Path, path: &str) -> Result<Option<Stated>, NotWritten> {
    Ok(in_texts(&before(&Folder::read(root)?), path))
}

fn in_texts(texts: &Texts, path: &str) -> Option<Stated> {
    let (kind, key) = path.split_once('.').unwrap_or((path, ""));
    let known = kinds::kind(kind)?;
    let own = |entry: &toml::Table| {
        known.key_of(|field| words::piece(entry.get(field).map(json).as_ref()))
    };
    let tomls = texts.iter().filter(|(name, _)| name.ends_with(".toml"));
    tomls.filter(|(name, text)| !edit::is_ledger(name) && text.contains(kind)).find_map(
        |(file, text)| {
            let table = text.parse::<toml::Table>().ok()?;
            let entries = match table.get(kind)? {
                toml::Value::Array(all) => all.iter().filter_map(toml::Value::as_table).collect(),
                toml::Value::Table(one) => vec![one],
                _ => Vec::new(),
            };
            let entry = entries.into_iter().find(|entry| own(entry).as_deref() == Some(key))?;
            let fields = json(&toml::Value::Table(entry.clone()));
            Some(Stated { kind: kind.to_owned(), file: file.clone(), fields })
        },
    )
}

/// A name for a new document that the case does not have yet, from the name of a file somebody brings along.
///
/// # Errors
/// If the folder cannot be read.
pub fn free_document(root: &Path, stem: &str, ending: &str) -> Result<String, NotWritten> {
    let beneath = Beneath::open(root)?;
    let there = beneath.names("documents")?;
    let stem = match super::names::slug(stem) {
        empty if empty.is_empty() => "document".to_owned(),
        slug => slug.chars().take(80).collect(),
    };
    let mut name = format!("{stem}.{ending}");
    let mut count = 2;
    while there.contains(&name) {
        name = format!("{stem}-{count}.{ending}");
        count += 1;
    }
    Ok(format!("documents/{name}"))
}
