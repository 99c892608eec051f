//! The evidence as tables to clean by hand, and the cleaned tables brought back.
//!
//! [`export`] writes six CSV files and a page that says what their columns are. [`import`] compares the files
//! with what the store holds: a changed row becomes a correction, a row that is gone marks its record as refused,
//! a row without an id becomes a record if its quote stands in the document. Everything is checked first; with one
//! fault nothing is written. Tables that were not changed change nothing.

mod cells;
mod columns;
mod files;
mod tidy;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::records::{Claim, Event, Mention, Quantity};
use crate::store::{
    Correction, DocumentEntry, Hit, Listed, Store, StoreError, StoredRecords, Verdict,
};
use columns::{DOCUMENTS, SENTENCES};
use files::{file_fault, read, whole, write};
use tidy::{Place, Tidy};

/// Why nothing was exported or imported.
#[derive(Debug)]
pub enum TableError {
    /// The store's fault.
    Store(StoreError),
    /// A file that cannot be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// The fault.
        fault: String,
    },
    /// Rows that cannot be taken, each with its file and line.
    Rows(Vec<String>),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableError::Store(fault) => write!(f, "{fault}"),
            TableError::File { path, fault } => write!(f, "{}: {fault}", path.display()),
            TableError::Rows(faults) => write!(f, "{}\nnothing was imported", faults.join("\n")),
        }
    }
}

impl std::error::Error for TableError {}

impl From<StoreError> for TableError {
    fn from(fault: StoreError) -> Self {
        TableError::Store(fault)
    }
}

/// What an import came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Records that say something else now.
    pub changed: usize,
    /// Records marked as refused.
    pub refused: usize,
    /// Records added.
    pub added: usize,
}

/// A document with its records.
struct Sheet {
    listed: Listed,
    text: String,
    records: StoredRecords,
}

fn sheets(store: &Store) -> Result<Vec<Sheet>, StoreError> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for listed in store.listing()? {
        // Two sources with the same bytes have the same records.
        if !seen.insert(listed.document.id.clone()) {
            continue;
        }
        let records = store.reading_records(&listed.document.id)?;
        let text = store.text(&listed.document.id)?.unwrap_or_default();
        out.push(Sheet { listed, text, records });
    }
    Ok(out)
}

/// Writes the tables into a folder, which is made if it is not there; each file whole or not at all.
///
/// # Errors
/// What the store says; a file that cannot be written.
pub fn export(store: &Store, folder: &Path) -> Result<Vec<PathBuf>, TableError> {
    std::fs::create_dir_all(folder).map_err(|e| file_fault(folder, &e))?;
    let sheets = sheets(store)?;
    let documents = sheets.iter().map(|s| document_row(&s.listed)).collect();
    let sentences =
        sheets.iter().flat_map(|s| s.records.sentences.iter().map(sentence_row)).collect();
    let mut out = vec![
        write(folder, "documents", DOCUMENTS, documents)?,
        write(folder, "sentences", SENTENCES, sentences)?,
    ];
    out.push(write_records::<Mention>(folder, &sheets)?);
    out.push(write_records::<Event>(folder, &sheets)?);
    out.push(write_records::<Claim>(folder, &sheets)?);
    out.push(write_records::<Quantity>(folder, &sheets)?);
    let path = folder.join("columns.md");
    whole(&path, columns::described().as_bytes())?;
    out.push(path);
    Ok(out)
}

fn write_records<T: Tidy>(folder: &Path, sheets: &[Sheet]) -> Result<PathBuf, TableError> {
    let rows =
        sheets.iter().flat_map(|s| T::of(&s.records).iter().map(|r| row(&s.listed.document, r)));
    write(folder, T::TABLE, T::COLUMNS, rows.collect())
}

fn row<T: Tidy>(document: &DocumentEntry, record: &T) -> Vec<String> {
    T::COLUMNS
        .iter()
        .map(|c| if c.name == "document" { document.id.clone() } else { record.cell(c.name) })
        .collect()
}

fn document_row(l: &Listed) -> Vec<String> {
    let d = &l.document;
    let or = |s: &Option<String>| s.clone().unwrap_or_default();
    vec![
        d.id.clone(),
        d.source_key.clone(),
        d.version.to_string(),
        or(&d.title),
        or(&d.publisher),
        or(&d.published),
        or(&d.dated),
        or(&d.address),
        or(&d.rating),
        d.words.to_string(),
        or(&l.copy_of),
    ]
}

fn sentence_row(s: &Hit) -> Vec<String> {
    vec![
        s.document.clone(),
        s.sentence.to_string(),
        s.start.to_string(),
        s.end.to_string(),
        s.standing.clone(),
        s.quote.clone(),
    ]
}

/// Brings cleaned tables back. Tables that are not in the folder are left as they are.
///
/// # Errors
/// [`TableError::Rows`] with every row that cannot be taken, by file and line; nothing is then written.
pub fn import(store: &mut Store, folder: &Path) -> Result<Imported, TableError> {
    let sheets = sheets(store)?;
    let mut corrections = Vec::new();
    let mut faults = Vec::new();
    let documents = sheets.iter().map(|s| document_row(&s.listed)).collect();
    untouched(folder, "documents", DOCUMENTS, documents, &mut faults)?;
    let sentences =
        sheets.iter().flat_map(|s| s.records.sentences.iter().map(sentence_row)).collect();
    untouched(folder, "sentences", SENTENCES, sentences, &mut faults)?;
    compare::<Mention>(folder, &sheets, &mut corrections, &mut faults)?;
    compare::<Event>(folder, &sheets, &mut corrections, &mut faults)?;
    compare::<Claim>(folder, &sheets, &mut corrections, &mut faults)?;
    compare::<Quantity>(folder, &sheets, &mut corrections, &mut faults)?;
    if !faults.is_empty() {
        return Err(TableError::Rows(faults));
    }
    let count = |v: Verdict| corrections.iter().filter(|c| c.verdict == v).count();
    let imported = Imported {
        changed: count(Verdict::Changed),
        refused: count(Verdict::Refused),
        added: count(Verdict::Added),
    };
    store.correct(&corrections)?;
    Ok(imported)
}

/// Documents and sentences are what was read: they are exported to be joined with, not to be changed.
fn untouched(
    folder: &Path,
    table: &str,
    columns: &[columns::Column],
    rows: Vec<Vec<String>>,
    faults: &mut Vec<String>,
) -> Result<(), TableError> {
    let Some(written) = read(folder, table, columns)? else {
        return Ok(());
    };
    let rows: BTreeSet<Vec<String>> = rows.into_iter().collect();
    for (line, cells) in written {
        let row: Vec<String> =
            columns.iter().map(|c| cells.get(c.name).cloned().unwrap_or_default()).collect();
        if !rows.contains(&row) {
            faults.push(format!(
                "{}:{line}: rows of this table cannot be changed: change the document or its source and read it again",
                folder.join(format!("{table}.csv")).display()
            ));
        }
    }
    Ok(())
}

fn compare<T: Tidy>(
    folder: &Path,
    sheets: &[Sheet],
    corrections: &mut Vec<Correction>,
    faults: &mut Vec<String>,
) -> Result<(), TableError> {
    let Some(written) = read(folder, T::TABLE, T::COLUMNS)? else {
        return Ok(());
    };
    let path = folder.join(format!("{}.csv", T::TABLE));
    let mut known: BTreeMap<&str, (&Sheet, &T)> = BTreeMap::new();
    for sheet in sheets {
        known.extend(T::of(&sheet.records).iter().map(|r| (r.id(), (sheet, r))));
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let body = |record: &T| serde_json::to_string(record).map_err(|e| file_fault(&path, &e));
    for (line, cells) in &written {
        let mut fault = |text: String| faults.push(format!("{}:{line}: {text}", path.display()));
        let cell = |name: &str| cells.get(name).map_or("", String::as_str);
        let id = cell("id");
        if id.is_empty() {
            match added::<T>(sheets, &cells_of::<T>(cells)) {
                Ok((document, record)) => corrections.push(Correction {
                    record: record.id().to_owned(),
                    document,
                    kind: T::KIND.to_owned(),
                    verdict: Verdict::Added,
                    body: body(&record)?,
                }),
                Err(text) => fault(text),
            }
            continue;
        }
        let Some((sheet, record)) = known.get(id) else {
            fault(format!("{id}: no such record; leave the id empty for a new one"));
            continue;
        };
        if !seen.insert(id.to_owned()) {
            fault(format!("{id} stands here a second time"));
            continue;
        }
        let was = row(&sheet.listed.document, *record);
        let mut changed = (*record).clone();
        let mut differs = false;
        for (column, was) in T::COLUMNS.iter().zip(&was) {
            let now = cell(column.name);
            if now == was {
                continue;
            }
            differs = true;
            if !column.editable {
                let name = column.name;
                fault(format!(
                    "\"{name}\" cannot be changed: take the row out and add one without an id"
                ));
            } else if let Err(text) = changed.set(column.name, now) {
                fault(format!("{} \"{now}\": {text}", column.name));
            }
        }
        if differs {
            corrections.push(Correction {
                record: id.to_owned(),
                document: sheet.listed.document.id.clone(),
                kind: T::KIND.to_owned(),
                verdict: Verdict::Changed,
                body: body(&changed)?,
            });
        }
    }
    let gone = known.iter().filter(|(id, _)| !seen.contains(**id));
    corrections.extend(gone.map(|(id, (sheet, _))| Correction {
        record: (*id).to_owned(),
        document: sheet.listed.document.id.clone(),
        kind: T::KIND.to_owned(),
        verdict: Verdict::Refused,
        body: String::new(),
    }));
    Ok(())
}

fn cells_of<T: Tidy>(cells: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    cells.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

/// A record somebody added: its quote must stand in the document, in a sentence.
fn added<T: Tidy>(sheets: &[Sheet], cells: &BTreeMap<&str, &str>) -> Result<(String, T), String> {
    let cell = |name: &str| cells.get(name).copied().unwrap_or("");
    let sheet = sheets
        .iter()
        .find(|s| s.listed.document.id == cell("document"))
        .ok_or_else(|| format!("document \"{}\": no such document", cell("document")))?;
    let quote = cell("quote");
    if quote.is_empty() {
        return Err("a new row needs a quote".to_owned());
    }
    let wanted: Option<usize> = cell("start").parse().ok();
    let sentence: Option<i64> = cell("sentence").parse().ok();
    let within = |at: usize| {
        sheet.records.sentences.iter().find(|s| {
            let (start, end) = (usize::try_from(s.start), usize::try_from(s.end));
            start.is_ok_and(|start| start <= at) && end.is_ok_and(|end| at + quote.len() <= end)
        })
    };
    let (start, sentence) = sheet
        .text
        .match_indices(quote)
        .map(|(at, _)| at)
        .filter(|at| wanted.is_none_or(|w| w == *at))
        .filter_map(|at| Some((at, within(at)?.sentence)))
        .find(|(_, s)| sentence.is_none_or(|wanted| wanted == *s))
        .ok_or_else(|| {
            format!("the quote \"{quote}\" does not stand in a sentence of the document there")
        })?;
    let place = Place {
        document: &sheet.listed.document.id,
        text: &sheet.text,
        start,
        end: start + quote.len(),
        sentence: usize::try_from(sentence).unwrap_or(0),
    };
    let mut record = T::new(&place)?;
    if T::of(&sheet.records).iter().any(|r| r.id() == record.id()) {
        return Err(format!("{} was added there before", record.id()));
    }
    for column in T::COLUMNS.iter().filter(|c| c.editable && !cell(c.name).is_empty()) {
        let now = cell(column.name);
        record
            .set(column.name, now)
            .map_err(|text| format!("{} \"{now}\": {text}", column.name))?;
    }
    if let Some(column) = T::COLUMNS.iter().find(|c| c.needed && cell(c.name).is_empty()) {
        return Err(format!("a new row needs \"{}\"", column.name));
    }
    Ok((sheet.listed.document.id.clone(), record))
}
