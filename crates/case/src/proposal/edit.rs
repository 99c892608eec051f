//! What a proposal writes: changes of TOML text that leave every other byte, comment and order as it was.

use std::collections::BTreeMap;

use entry::Piece;
use evidence::StoreError;
use jiff::civil::Date;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::values::{add_key, cite, push, replace};
use crate::kinds;
use crate::source_map::LEDGERS;

/// The texts of a case by file name.
pub(super) type Texts = BTreeMap<String, String>;

/// What an edit cites: the source, its words and where they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Citation {
    /// Key of the source.
    pub key: String,
    /// The words.
    pub quote: String,
    /// Where: `bytes 12..40`.
    pub at: String,
}

/// Why a change cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum NoEdit {
    /// The entry is not written in TOML.
    #[error("{0} stands in no TOML file of the case: change it by hand")]
    Nowhere(String),
    /// The field is not there, or is a table of its own.
    #[error("{0} is not written as a value")]
    NoValue(String),
    /// There is no such kind of entry.
    #[error("there is no kind of entry \"{0}\"")]
    NoKind(String),
    /// What should be the name of a field is none.
    #[error("\"{0}\" can be no field of a case")]
    NoName(String),
    /// A value cannot be read as TOML.
    #[error("{0} cannot be written")]
    NoToml(String),
    /// An estimate has no statement in that place.
    #[error("{0} has no such statement")]
    NoStatement(String),
    /// A file would be written that is there already, or outside the documents.
    #[error("{0}: a new document needs a name of its own under documents/")]
    NoDocument(String),
    /// A file is none of the case, or not one that is written by hand.
    #[error("{0} is no file of the case that is changed here")]
    NoFile(String),
    /// A file says something else than when it was opened.
    #[error("{0} was changed since it was opened; nothing was written: open it again")]
    Moved(String),
    /// A file would be larger than a case reads.
    #[error("{0} would have {1} bytes, more than a file changed here may have")]
    TooLong(String, usize),
    /// The path is that of a kind.
    #[error("the path names no estimate")]
    NoEstimate,
    /// What should be an estimate is something else.
    #[error("the estimate is no table")]
    NoTable,
    /// An actor's other names are no list.
    #[error("aliases is no list")]
    NoList,
    /// The day is none that TOML has.
    #[error("the day cannot be written")]
    Day,
    /// It is not plain which of several statements is meant.
    #[error("it has several statements: change it by hand")]
    Several,
    /// A source would be added to a judgement.
    #[error("it is a judgement without a source: change it by hand")]
    Unsourced,
    /// The quote that is to be replaced is not there.
    #[error("the quote is not where it was")]
    QuoteGone,
    /// A document cannot be looked at.
    #[error("{0}: {1}; nothing was written")]
    Unread(String, String),
    /// A source is no key.
    #[error("source is neither a key nor a list of keys")]
    OddSource,
    /// The document whose source is to be added is gone.
    #[error("{0}: the document is no longer in the store")]
    DocumentGone(String),
    /// Nobody says who published a document.
    #[error("{0}: say who published it: --publisher NAME")]
    NoPublisher(String),
    /// Nobody says when a document was published.
    #[error("{0}: say when it was published: --published YYYY-MM-DD")]
    NoDay(String),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A dated statement of an estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The value.
    pub value: f64,
    /// Its low and high, where the text gives a range.
    pub range: Option<(f64, f64)>,
    /// From when.
    pub from: Date,
    /// A remark.
    pub note: Option<String>,
}

/// One change of a case's text.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Another name of an actor.
    AddAlias {
        /// The actor.
        actor: String,
        /// The name.
        alias: String,
    },
    /// A new actor.
    AddActor {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Its kind.
        kind: String,
        /// Other names.
        aliases: Vec<String>,
    },
    /// An event of the history.
    AddEvent {
        /// Its id.
        id: String,
        /// Its day.
        date: Date,
        /// What happened.
        what: String,
        /// Who took part.
        actors: Vec<String>,
        /// Its class, how finely it is dated, where it stands.
        note: String,
    },
    /// A figure of an opinion poll.
    AddPoll {
        /// Its id.
        id: String,
        /// The last day in the field.
        date: Date,
        /// The list it is about.
        actor: String,
        /// The share that would vote for it, in percent.
        percent: f64,
        /// The ends of its interval, where they are known.
        range: Option<[f64; 2]>,
        /// Who asked, and how many.
        note: String,
    },
    /// What a list won in an election.
    AddResult {
        /// The election.
        election: String,
        /// Its day.
        date: Date,
        /// The list.
        list: String,
        /// Its share of the vote in percent, where known.
        percent: Option<f64>,
        /// Its seats, where known.
        seats: Option<u32>,
        /// Where it stands.
        note: String,
    },
    /// A source that is no document of the store.
    AddSource {
        /// Its key.
        key: String,
        /// Its title.
        title: String,
        /// Who published it.
        publisher: String,
        /// When.
        published: Date,
        /// Where it can be found.
        url: Option<String>,
        /// Its Admiralty rating.
        rating: (String, u8),
        /// A remark, such as its licence.
        note: Option<String>,
    },
    /// One more dated statement of an estimate.
    AddStatement {
        /// The estimate.
        path: String,
        /// The statement.
        said: Statement,
    },
    /// A wider range, so that the estimate allows for what the text says.
    Widen {
        /// The estimate.
        path: String,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// Another leader.
    SetLeader {
        /// The actor.
        actor: String,
        /// The leader.
        leader: String,
    },
    /// Other words in place of a quote that is gone, or none.
    SetQuote {
        /// The estimate.
        path: String,
        /// The quote that is gone.
        was: String,
        /// What the document says now.
        quote: Option<String>,
    },
}

impl Edit {
    /// The entry it writes or changes: `kind.key`.
    pub(super) fn entry(&self) -> String {
        let of = |path: &str| path.rsplit_once('.').map_or(path, |(entry, _)| entry).to_owned();
        match self {
            Self::AddAlias { actor, .. } | Self::SetLeader { actor, .. } => {
                format!("actor.{actor}")
            }
            Self::AddActor { id, .. } => format!("actor.{id}"),
            Self::AddEvent { id, .. } => format!("event.{id}"),
            Self::AddPoll { id, .. } => format!("poll.{id}"),
            Self::AddResult { election, list, .. } => format!("result.{election}:{list}"),
            Self::AddSource { key, .. } => format!("source.{key}"),
            Self::AddStatement { path, .. }
            | Self::Widen { path, .. }
            | Self::SetQuote { path, .. } => of(path),
        }
    }

    /// Applies the edit to the texts, citing where the change comes from.
    ///
    /// # Errors
    /// If the path is not in a TOML file of the case, or cannot be written so.
    pub(super) fn apply(&self, texts: &mut Texts, cited: &Citation) -> Result<(), NoEdit> {
        match self {
            Self::AddAlias { actor, alias } => change(texts, &format!("actor.{actor}"), |entry| {
                let names = entry.entry("aliases").or_insert(Item::Value(Array::new().into()));
                let names = names.as_array_mut().ok_or(NoEdit::NoList)?;
                push(names, alias.as_str().into());
                cite(entry, &cited.key)
            }),
            Self::AddActor { id, name, kind, aliases } => {
                let mut lines = vec![("id", text(id)), ("name", text(name)), ("kind", text(kind))];
                if !aliases.is_empty() {
                    lines.push(("aliases", list(aliases)));
                }
                lines.push(("source", text(&cited.key)));
                append(texts, "actor", "actors.toml", &lines);
                Ok(())
            }
            Self::AddEvent { id, date, what, actors, note } => {
                let lines = [
                    ("id", text(id)),
                    ("date", date.to_string()),
                    ("what", text(what)),
                    ("actors", list(actors)),
                    ("source", text(&cited.key)),
                    ("note", text(note)),
                ];
                append(texts, "event", "history.toml", &lines);
                Ok(())
            }
            Self::AddPoll { id, date, actor, percent, range, note } => {
                let ends = range.map_or_else(String::new, |[low, high]| {
                    format!(", low = {}, high = {}", number(low), number(high))
                });
                let source = text(&cited.key);
                let at = text(&cited.at);
                let value = number(*percent);
                let lines = [
                    ("id", text(id)),
                    ("date", date.to_string()),
                    ("what", text("would vote for it")),
                    ("actor", text(actor)),
                    (
                        "percent",
                        format!("{{ value = {value}{ends}, source = {source}, at = {at} }}"),
                    ),
                    ("source", source),
                    ("note", text(note)),
                ];
                append(texts, "poll", "opinion.toml", &lines);
                Ok(())
            }
            Self::AddResult { election, date, list, percent, seats, note } => {
                let mut lines = vec![
                    ("election", text(election)),
                    ("date", date.to_string()),
                    ("list", text(list)),
                ];
                lines.extend(percent.map(|percent| ("percent", number(percent).to_string())));
                lines.extend(seats.map(|seats| ("seats", seats.to_string())));
                lines.extend([("source", text(&cited.key)), ("note", text(note))]);
                append(texts, "result", "results.toml", &lines);
                Ok(())
            }
            Self::AddSource { key, title, publisher, published, url, rating, note } => {
                let mut lines = vec![
                    ("key", text(key)),
                    ("title", text(title)),
                    ("publisher", text(publisher)),
                    ("published", published.to_string()),
                ];
                lines.extend(url.as_ref().map(|url| ("url", text(url))));
                lines.push(("reliability", text(&rating.0)));
                lines.push(("credibility", rating.1.to_string()));
                lines.extend(note.as_ref().map(|note| ("note", text(note))));
                add_source(texts, &lines);
                Ok(())
            }
            Self::AddStatement { path, said } => estimate(texts, path, |value| {
                let mut new = InlineTable::new();
                new.insert("value", number(said.value));
                if let Some((low, high)) = said.range {
                    new.insert("low", number(low));
                    new.insert("high", number(high));
                }
                let date: toml_edit::Datetime =
                    said.from.to_string().parse().map_err(|_| NoEdit::Day)?;
                new.insert("from", date.into());
                new.insert("source", cited.key.as_str().into());
                new.insert("at", cited.at.as_str().into());
                new.insert("quote", cited.quote.as_str().into());
                if let Some(note) = &said.note {
                    new.insert("note", note.as_str().into());
                }
                add_statement(value, new)
            }),
            Self::Widen { path, low, high } => estimate(texts, path, |value| {
                let one = value.as_inline_table_mut().ok_or(NoEdit::Several)?;
                for (name, end) in [("low", *low), ("high", *high)] {
                    match one.get_mut(name) {
                        Some(old)
                            if old.as_float().or(old.as_integer().map(|i| i as f64))
                                == Some(end) => {}
                        Some(old) => replace(old, number(end)),
                        None => {
                            one.insert(name, number(end));
                        }
                    }
                }
                match one.get_mut("source") {
                    Some(source) => add_key(source, &cited.key),
                    None => Err(NoEdit::Unsourced),
                }
            }),
            Self::SetLeader { actor, leader } => {
                change(texts, &format!("actor.{actor}"), |entry| {
                    match entry.get_mut("leader").and_then(Item::as_value_mut) {
                        Some(old) => replace(old, leader.as_str().into()),
                        None => {
                            entry.insert("leader", Item::Value(leader.as_str().into()));
                        }
                    }
                    cite(entry, &cited.key)
                })
            }
            Self::SetQuote { path, was, quote } => estimate(texts, path, |value| {
                let set = |one: &mut InlineTable| {
                    if one.get("quote").and_then(Value::as_str) != Some(was) {
                        return false;
                    }
                    match (quote, one.get_mut("quote")) {
                        (Some(new), Some(old)) => replace(old, new.as_str().into()),
                        _ => drop(one.remove("quote")),
                    }
                    true
                };
                let done = match value {
                    Value::InlineTable(one) => set(one),
                    Value::Array(all) => {
                        let mut each = all.iter_mut().filter_map(Value::as_inline_table_mut);
                        each.any(set)
                    }
                    _ => false,
                };
                done.then_some(()).ok_or(NoEdit::QuoteGone)
            }),
        }
    }
}

/// A new source, appended to the file that holds sources.
pub(super) fn add_source(texts: &mut Texts, lines: &[(&str, String)]) {
    append(texts, "source", "sources.toml", lines);
}

/// A string as TOML, on one line.
pub(super) fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(values: &[String]) -> String {
    let all: Vec<String> = values.iter().map(|v| text(v)).collect();
    format!("[{}]", all.join(", "))
}

fn number(value: f64) -> Value {
    // A whole number is written as one.
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).into() } else { value.into() }
}

/// Appends an entry to the file that has most entries of its kind; every byte before it stays.
pub(super) fn append(texts: &mut Texts, kind: &str, usual: &str, lines: &[(&str, String)]) {
    let header = format!("[[{kind}]]");
    let count = |text: &str| text.lines().filter(|l| l.trim() == header).count();
    let tomls = texts.iter().filter(|(name, _)| name.ends_with(".toml") && !is_ledger(name));
    let file = (tomls.map(|(name, text)| (count(text), name.clone())))
        .filter(|(n, _)| *n > 0)
        .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
        .map_or_else(|| usual.to_owned(), |(_, name)| name);
    append_to(texts.entry(file).or_default(), kind, lines);
}

/// Appends an entry to a text.
pub(super) fn append_to(file: &mut String, kind: &str, lines: &[(&str, String)]) {
    let mut new = String::new();
    if !file.is_empty() {
        if !file.ends_with('\n') {
            new.push('\n');
        }
        new.push('\n');
    }
    new.push_str(&format!("[[{kind}]]\n"));
    for (name, value) in lines {
        new.push_str(&format!("{name} = {value}\n"));
    }
    *file = as_written(file, &format!("{file}{new}"));
}

/// A changed text with the line ends of the file as it was, and with the mark of its encoding if it had one.
fn as_written(before: &str, after: &str) -> String {
    const MARK: char = '\u{feff}';
    let marked = before.starts_with(MARK) && !after.starts_with(MARK);
    let plain = before.replace("\r\n", "");
    let after = match before.contains("\r\n") && !plain.contains('\n') {
        true => after.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => after.to_owned(),
    };
    if marked { format!("{MARK}{after}") } else { after }
}

pub(super) fn is_ledger(name: &str) -> bool {
    LEDGERS.contains(&name)
}

/// Changes one entry or table, in whichever file it stands.
pub(super) fn change(
    texts: &mut Texts,
    path: &str,
    edit: impl Fn(&mut Table) -> Result<(), NoEdit>,
) -> Result<(), NoEdit> {
    let (kind, key) = path.split_once('.').unwrap_or((path, ""));
    for (name, text) in texts.iter_mut() {
        if !name.ends_with(".toml") || is_ledger(name) {
            continue;
        }
        let Ok(mut document) = text.parse::<DocumentMut>() else {
            continue;
        };
        let Some(entry) = document.get_mut(kind).and_then(|item| entry(item, kind, key)) else {
            continue;
        };
        edit(entry)?;
        *text = as_written(text, &document.to_string());
        return Ok(());
    }
    Err(NoEdit::Nowhere(path.to_owned()))
}

/// The table under a kind: the entry of that key, or the one table, or the table within it.
fn entry<'a>(item: &'a mut Item, kind: &str, key: &str) -> Option<&'a mut Table> {
    match item {
        Item::ArrayOfTables(all) => by_key(all, kind, key),
        Item::Table(table) => match key {
            "" => Some(table),
            key => table.get_mut(key)?.as_table_mut(),
        },
        _ => None,
    }
}

fn by_key<'a>(all: &'a mut ArrayOfTables, kind: &str, key: &str) -> Option<&'a mut Table> {
    let kind = kinds::kind(kind)?;
    let own = |table: &Table| kind.key_of(|field| piece(table, field));
    all.iter_mut().find(|table| own(table).as_deref() == Some(key))
}

/// What an entry has in a field, as a part of its key.
fn piece<'a>(table: &'a Table, field: &str) -> Piece<'a> {
    let value = table.get(field).and_then(Item::as_value);
    let value = match value {
        Some(Value::Array(all)) => all.get(0),
        other => other,
    };
    match value {
        Some(Value::String(text)) => Piece::Text(text.value().into()),
        Some(Value::Integer(number)) => Piece::Text(number.value().to_string().into()),
        Some(Value::Datetime(date)) => Piece::Text(date.value().to_string().into()),
        Some(_) => Piece::Other,
        None => Piece::Absent,
    }
}

/// Changes the value of an estimate.
fn estimate(
    texts: &mut Texts,
    path: &str,
    edit: impl Fn(&mut Value) -> Result<(), NoEdit>,
) -> Result<(), NoEdit> {
    let (entry, field) = path.rsplit_once('.').ok_or(NoEdit::NoEstimate)?;
    change(texts, entry, |table| {
        let value = table.get_mut(field).and_then(Item::as_value_mut);
        edit(value.ok_or_else(|| NoEdit::NoValue(path.to_owned()))?)
    })
}

/// One more statement: a single one becomes the first of a list, one a line.
pub(super) fn add_statement(value: &mut Value, new: InlineTable) -> Result<(), NoEdit> {
    if let Value::Array(all) = value {
        push(all, new.into());
        return Ok(());
    }
    let Value::InlineTable(_) = value else {
        return Err(NoEdit::NoTable);
    };
    let decor = value.decor().clone();
    let mut first = value.clone();
    first.decor_mut().set_prefix("\n  ");
    first.decor_mut().set_suffix("");
    let mut second = Value::from(new);
    second.decor_mut().set_prefix("\n  ");
    let mut all = Array::new();
    all.push_formatted(first);
    all.push_formatted(second);
    all.set_trailing("\n");
    all.set_trailing_comma(true);
    *value = Value::Array(all);
    *value.decor_mut() = decor;
    Ok(())
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
