//! `evidence documents`, `search`, `show`, `export`, `import`: the evidence itself.

use std::path::{Path, PathBuf};

use case::Folder;
use clap::Args;
use evidence::tables::TableError;
use evidence::{DocumentEntry, Filter, Lexicon, Listed, Store};
use jiff::civil::Date;
use serde::Serialize;

use super::super::report::write_whole;
use super::super::{print, print_json};
use super::{Kept, existing, keep_corrections, store_fault};
use crate::failure::Failure;
use crate::screen;

/// List the documents of the evidence
///
///     shatterbelt evidence documents toyland
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Documents {
    /// The case folder
    case: PathBuf,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Documents {
    /// Lists.
    pub fn go(&self) -> Result<(), Failure> {
        let store = existing(&self.case, self.store.as_deref())?;
        let all = store.listing().map_err(store_fault)?;
        if self.json {
            return print_json(&all);
        }
        let head = [
            "source",
            "dated",
            "rating",
            "words",
            "sentences",
            "mentions",
            "events",
            "claims",
            "quantities",
            "candidates",
            "version",
            "copy of",
        ];
        let rows: Vec<Vec<String>> = all.iter().map(row).collect();
        print(screen::table(&head, &rows))?;
        let copies = all.iter().filter(|l| l.copy_of.is_some()).count();
        let documents = screen::number(all.len(), "document");
        print([format!("{documents}, {copies} of them near-copies")])
    }
}

fn row(l: &Listed) -> Vec<String> {
    let d = &l.document;
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "·".to_owned());
    let version = match l.versions {
        1 => "1".to_owned(),
        n => format!("{} of {n}", d.version),
    };
    let counts = [d.words, d.sentences, l.mentions, d.events, l.claims, l.quantities, l.candidates];
    let mut row = vec![d.source_key.clone(), or(&d.dated), or(&d.rating)];
    row.extend(counts.map(|n| n.to_string()));
    row.extend([version, or(&l.copy_of)]);
    row
}

/// Search the sentences of the evidence
///
///     shatterbelt evidence search loans --case toyland
///     shatterbelt evidence search '"freeze the loans"' 'warn*' --case toyland --actor seaward --from 2031-02-01
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Search {
    /// Words to look for; "a phrase" in double quotes, begin* for a beginning
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    #[command(flatten)]
    kept: Kept,
    /// Only sentences that name this actor
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    /// Only this source
    #[arg(long, value_name = "KEY")]
    source: Option<String>,
    /// Only documents dated on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    from: Option<Date>,
    /// Only documents dated on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    to: Option<Date>,
    /// Only running text: no headings, copies or furniture
    #[arg(long)]
    body: bool,
    /// How many sentences to show
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Search {
    /// Searches.
    pub fn go(&self) -> Result<(), Failure> {
        let store = self.kept.open()?;
        let filter = Filter {
            actor: self.actor.clone(),
            source: self.source.clone(),
            from: self.from,
            to: self.to,
            body: self.body,
        };
        let found = store.find(&self.words.join(" "), &filter, self.limit).map_err(store_fault)?;
        if self.json {
            return print_json(&found);
        }
        let (open, close) = match screen::colour_on_stdout() {
            true => ("\u{1b}[1;33m", "\u{1b}[0m"),
            false => ("[", "]"),
        };
        if found.is_empty() {
            return print(["No sentence has these words.".to_owned()]);
        }
        print(found.iter().map(|answer| {
            let hit = &answer.hit;
            let dated = hit.dated.as_ref().map_or_else(String::new, |d| format!(" {d}"));
            let standing = match hit.standing.as_str() {
                "body" => String::new(),
                other => format!(" ({other})"),
            };
            let text = answer.marked(open, close);
            format!("{}:{}..{}{dated}{standing}  {text}", hit.source_key, hit.start, hit.end)
        }))
    }
}

/// Show one record, or one document with all that was read in it
///
///     shatterbelt evidence show event-0a1b2c3d4e5f --case toyland
///     shatterbelt evidence show courier --case toyland
///     shatterbelt evidence show courier --html --out courier.html --case toyland
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Show {
    /// A record's id, a document's source key, or the first digits of its hash
    reference: String,
    #[command(flatten)]
    kept: Kept,
    /// Write the document as one page with what was read in it marked
    #[arg(long, requires = "out")]
    html: bool,
    /// Where to write the page
    #[arg(long, value_name = "FILE", requires = "html")]
    out: Option<PathBuf>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Shown {
    document: DocumentEntry,
    records: evidence::StoredRecords,
}

impl Show {
    /// Shows.
    pub fn go(&self) -> Result<(), Failure> {
        let store = self.kept.open()?;
        if let Some(found) = store.record(&self.reference).map_err(store_fault)? {
            if self.html {
                return Err(Failure::usage(format!(
                    "{} is a record; --html takes a document, such as {}",
                    self.reference, found.source_key
                )));
            }
            return match self.json {
                true => print_json(&found),
                false => print(record_lines(&found)),
            };
        }
        let Some(entry) = store.document(&self.reference).map_err(store_fault)? else {
            return Err(Failure::input(format!(
                "{}: no such record or document; shatterbelt evidence documents {} lists the documents",
                self.reference,
                self.kept.case.display()
            )));
        };
        let records = store.reading_records(&entry.id).map_err(store_fault)?;
        if let Some(out) = &self.out {
            let text = store.text(&entry.id).map_err(store_fault)?.unwrap_or_default();
            let page = evidence::page(&entry, &text, &records, &lexicon(&self.kept.case)?);
            write_whole(out, page.as_bytes())?;
            return print([format!("{}: {} KB", out.display(), page.len() / 1024 + 1)]);
        }
        if self.json {
            return print_json(&Shown { document: entry, records });
        }
        print(document_lines(&store, &entry, &records)?)
    }
}

fn lexicon(case: &Path) -> Result<Lexicon, Failure> {
    let folder = Folder::read(case)?;
    Ok(folder.build_for_review().map(|case| case.lexicon()).unwrap_or_default())
}

fn record_lines(found: &evidence::Found) -> Vec<String> {
    let old = if found.current { "" } else { ", an older version" };
    let hand = found.corrected.as_ref().map_or_else(String::new, |c| format!(", {c} by hand"));
    let mut out = vec![
        format!("{}  {} by rule {}{hand}", found.id, found.kind, found.rule),
        format!(
            "  {} version {}{old}, bytes {}..{}, {}",
            found.source_key, found.version, found.start, found.end, found.standing
        ),
        format!("  “{}”", found.quote.split_whitespace().collect::<Vec<_>>().join(" ")),
    ];
    if let Some(hit) = &found.sentence {
        let quote = hit.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push(format!("  sentence {}: {quote}", hit.sentence));
    }
    if let Some(fields) = found.record.as_object() {
        let plain = ["id", "sentence", "quote", "standing"];
        for (name, value) in fields.iter().filter(|(n, _)| !plain.contains(&n.as_str())) {
            if let Some(value) = said(value) {
                out.push(format!("  {name}: {value}"));
            }
        }
    }
    out
}

/// A field in words; nothing where it says nothing.
fn said(value: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(all) if all.is_empty() => None,
        Value::Array(all) => Some(all.iter().filter_map(said).collect::<Vec<_>>().join("; ")),
        Value::Object(fields) if fields.contains_key("text") => {
            Some(format!("“{}”", fields.get("text")?.as_str()?))
        }
        Value::Object(fields) => {
            let each = fields.iter().filter_map(|(n, v)| Some(format!("{n} {}", said(v)?)));
            Some(each.collect::<Vec<_>>().join(", "))
        }
        other => Some(other.to_string()),
    }
}

fn document_lines(
    store: &Store,
    entry: &DocumentEntry,
    records: &evidence::StoredRecords,
) -> Result<Vec<String>, Failure> {
    let said = [&entry.publisher, &entry.dated, &entry.rating];
    let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    let mut out = vec![
        format!("{} ({})", entry.title.as_deref().unwrap_or(&entry.source_key), entry.source_key),
        format!("  {}; version {}, {} words", said.join(", "), entry.version, entry.words),
    ];
    for sentence in &records.sentences {
        let quote = sentence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let standing = match sentence.standing.as_str() {
            "body" => String::new(),
            other => format!(" ({other})"),
        };
        out.push(format!("{}{standing}  {quote}", sentence.sentence));
        let at = usize::try_from(sentence.sentence).unwrap_or(usize::MAX);
        let ids = (records.mentions.iter().filter(|r| r.sentence == at).map(|r| &r.id))
            .chain(records.events.iter().filter(|r| r.sentence == at).map(|r| &r.id))
            .chain(records.claims.iter().filter(|r| r.sentence == at).map(|r| &r.id))
            .chain(records.quantities.iter().filter(|r| r.sentence == at).map(|r| &r.id))
            .chain(records.dates.iter().filter(|r| r.sentence == at).map(|r| &r.id))
            .chain(records.candidates.iter().filter(|r| r.sentence == at).map(|r| &r.id));
        for id in ids {
            let Some(found) = store.record(id).map_err(store_fault)? else {
                continue;
            };
            let what = ["class", "actor", "unit", "when"]
                .iter()
                .find_map(|f| Some(format!(" {}", found.record.get(*f)?.as_str()?)));
            out.push(format!(
                "    {id} [{}]{}: “{}” {}..{}",
                found.rule,
                what.unwrap_or_default(),
                found.quote.split_whitespace().collect::<Vec<_>>().join(" "),
                found.start,
                found.end
            ));
        }
    }
    Ok(out)
}

/// Write the evidence as tables to clean by hand
///
///     shatterbelt evidence export toyland --csv tables
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Export {
    /// The case folder
    case: PathBuf,
    /// The folder for the tables
    #[arg(long, value_name = "DIR")]
    csv: PathBuf,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

impl Export {
    /// Exports.
    pub fn go(&self) -> Result<(), Failure> {
        let store = existing(&self.case, self.store.as_deref())?;
        let files = evidence::tables::export(&store, &self.csv).map_err(table_fault)?;
        print(files.iter().map(|path| path.display().to_string()))
    }
}

/// Bring cleaned tables back as corrections, which stay when documents are read again
///
///     shatterbelt evidence import toyland --csv tables
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Import {
    /// The case folder
    case: PathBuf,
    /// The folder with the tables
    #[arg(long, value_name = "DIR")]
    csv: PathBuf,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    /// Imports.
    pub fn go(&self) -> Result<(), Failure> {
        let mut store = existing(&self.case, self.store.as_deref())?;
        let done = evidence::tables::import(&mut store, &self.csv).map_err(table_fault)?;
        keep_corrections(&store, &self.case)?;
        if self.json {
            return print_json(&done);
        }
        print([format!("{} changed, {} refused, {} added", done.changed, done.refused, done.added)])
    }
}

fn table_fault(error: TableError) -> Failure {
    Failure::input(error)
}
