//! `read`: documents into evidence.
//!
//! Documents are read one at a time and let go of, so that a corpus of any size takes the memory of
//! its largest document. A document that cannot be read stops no other: all faults are told at the
//! end, and the exit code says that there were some.

mod bounds;
mod model;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use case::{Case, documents};
use clap::Args;
use evidence::{
    Batch, DocumentSource, Format, Kept, Lexicon, ModelReader, ReadDocument, Reader, Reading,
    SearchLimits, Store,
};
use jiff::civil::Date;
use report::compose::Evidence;
use serde::Serialize;

use self::bounds::Bounds;
pub use self::bounds::limits;
use self::model::ModelArguments;
use super::print;
use crate::failure::{Cause, Failure};
use crate::opening::Opening;
use crate::screen;
use crate::screen::number;

/// Read documents into evidence: who is mentioned, what happened, what is counted
///
/// A document may say where it comes from in a sidecar, NAME.source.toml with the keys title,
/// publisher, published, author, address and rating, or, in text and Markdown, in a block of
/// `key: value` lines between two lines of three hyphens at its head. What the sidecar says goes before
/// the options here, these before the header, and the header before what a page says of itself.
#[derive(Args)]
pub struct Read {
    /// Files (text, Markdown, web pages, mail, PDF, Word, OpenDocument, spreadsheets, feeds, archives of
    /// web pages), folders, patterns, or - for standard input; without any, the case's own documents are read
    #[arg(value_name = "DOC")]
    documents: Vec<PathBuf>,
    /// The case whose actors are looked for
    #[arg(long, value_name = "FOLDER")]
    case: PathBuf,
    /// The day the documents were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    published: Option<Date>,
    /// The store (default: this machine's own, outside the case)
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Print every record as JSON
    #[arg(long)]
    json: bool,
    /// One line a document (the default for more than five), or all that was found in each
    #[arg(long, value_name = "WHAT")]
    show: Option<Show>,
    #[command(flatten)]
    bounds: Bounds,
    #[command(flatten)]
    model: ModelArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Show {
    Line,
    All,
}

/// What `pdf-text` does: takes the PDF on standard input apart.
pub fn pdf_text() -> Result<(), Failure> {
    evidence::pdf_child(std::io::stdin().lock(), std::io::stdout().lock()).map_err(Failure::from)
}

#[derive(Serialize)]
struct Record {
    kept: Kept,
    reading: Reading,
}

/// A document to read and what is known of it.
struct Item {
    /// Where it stands; none is standard input.
    path: Option<PathBuf>,
    about: DocumentSource,
}

/// What the reading of many came to.
#[derive(Default)]
struct Tally {
    read: usize,
    /// Documents found of which nothing can be believed until their sidecar is mended.
    unread: usize,
    faults: Vec<Cause>,
}

impl Read {
    /// Reads.
    pub fn go(&self) -> Result<(), Failure> {
        let opening = Opening { case: self.case.clone(), as_of: Some(Date::MAX), set: Vec::new() };
        let folder = opening.folder(&[])?;
        // A quote that is gone from its document is mended by a proposal: reading must go on.
        let case = folder.build_for_review().map_or_else(|| opening.case(&folder), Ok)?;
        let lexicon = case.lexicon();
        let mut store = open_store(&self.case, self.store.as_deref())?;
        let mut tally = Tally::default();
        let items = self.items(&case, &mut tally);
        let rules = Reader::new(&lexicon, self.bounds.limits());
        let reader: Box<dyn ReadDocument> = match self.model.model()? {
            Some(model) => Box::new(ModelReader::new(rules, model)),
            None => Box::new(rules),
        };
        let bar = screen::progress(items.len() as u64, "documents");
        let began = Instant::now();
        let total = items.len();
        let all = total + tally.unread;
        let show = self.show.unwrap_or(if total > 5 { Show::Line } else { Show::All });
        let keeping = |e: evidence::StoreError| Failure::input(e);
        let told = store.batch(|batch| -> Result<(), Failure> {
            for (n, item) in items.into_iter().enumerate() {
                if let Some(limit) = self.bounds.seconds.filter(|s| began.elapsed().as_secs() >= *s) {
                    tally.faults.push(format!(
                        "{} documents not read: {:.1} s have passed, and one reading takes at most {limit}; raise --seconds",
                        total - n,
                        began.elapsed().as_secs_f64()
                    ).into());
                    break;
                }
                match self.one(&item, reader.as_ref(), batch) {
                    Ok(record) => {
                        tally.read += 1;
                        let key = &record.reading.document.source.key;
                        let faults = record.reading.faults.iter();
                        tally.faults.extend(
                            faults.map(|f| format!("{key}: {f}; the rest of it is kept").into()),
                        );
                        bar.suspend(|| self.show(&record, &lexicon, show, tally.read == 1))?;
                    }
                    Err(fault) => tally.faults.push(fault),
                }
                bar.inc(1);
            }
            Ok(())
        });
        told.map_err(keeping)??;
        bar.finish_and_clear();
        if self.json {
            print([if tally.read == 0 { "[]" } else { "]" }.to_owned()])?;
        } else {
            self.close(&folder, &case, &store)?;
        }
        tally.end(all)
    }

    /// The documents the arguments stand for; what cannot be found is a fault.
    fn items(&self, case: &Case, tally: &mut Tally) -> Vec<Item> {
        if self.documents.is_empty() {
            let own = documents::own_documents(case, &self.case);
            return own.into_iter().map(|(path, about)| Item { path: Some(path), about }).collect();
        }
        let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
            self.documents.iter().cloned().partition(|p| p.as_os_str() == "-");
        let limits = SearchLimits {
            max_depth: self.bounds.max_depth,
            max_documents: self.bounds.max_documents,
        };
        let found = evidence::search(&paths, limits);
        tally.faults.extend(found.faults.into_iter().map(Cause::from));
        if found.passed_over > 0 {
            let files = number(found.passed_over, "file");
            let endings = Format::ENDINGS.map(|(ending, _)| format!(".{ending}")).join(" ");
            say!("{files} passed over: not named as a document ({endings})");
        }
        // A document of the case is that, however it is named here.
        let real = |path: &PathBuf| path.canonicalize().ok();
        let own: BTreeMap<PathBuf, DocumentSource> = documents::own_documents(case, &self.case)
            .into_iter()
            .filter_map(|(path, about)| Some((real(&path)?, about)))
            .collect();
        let mut items = Vec::new();
        for path in found.files {
            if let Some(about) = real(&path).and_then(|path| own.get(&path)) {
                items.push(Item { path: Some(path), about: about.clone() });
                continue;
            }
            match evidence::source_of(&path) {
                Ok(mut about) => {
                    about.published = about.published.or(self.published);
                    items.push(Item { path: Some(path), about });
                }
                Err(e) => {
                    tally.unread += 1;
                    tally.faults.push(e.into());
                }
            }
        }
        if !stdin.is_empty() {
            let mut about = DocumentSource::new("standard input");
            about.published = self.published;
            items.push(Item { path: None, about });
        }
        items
    }

    fn one(
        &self,
        item: &Item,
        reader: &dyn ReadDocument,
        batch: &mut Batch<'_>,
    ) -> Result<Record, Cause> {
        let mut about = item.about.clone();
        let bytes = match &item.path {
            Some(path) => documents::bytes_of(path, self.bounds.max_bytes)?,
            None => {
                let mut bytes = Vec::new();
                let most = self.bounds.max_bytes as u64 + 1;
                let stdin = std::io::stdin().lock();
                stdin.take(most).read_to_end(&mut bytes)?;
                // two texts piped in are two documents, not two versions of one
                about.key = format!("standard input {:016x}", fingerprint(&bytes));
                bytes
            }
        };
        // a case calls its documents by other names than their files have
        let name = item.path.as_ref().map_or_else(String::new, |p| p.display().to_string());
        let format = Format::of(&name, &bytes);
        let reading = reader.read_document(format, &bytes, &about)?;
        let kept = batch.keep(&reading)?;
        Ok(Record { kept, reading })
    }

    fn show(
        &self,
        record: &Record,
        lexicon: &Lexicon,
        show: Show,
        first: bool,
    ) -> Result<(), Failure> {
        if self.json {
            // an array is begun and gone on with, so that no more than one document is held
            let json = serde_json::to_string_pretty(record)?;
            let mut out = std::io::stdout().lock();
            write!(out, "{}{json}", if first { "[\n" } else { ",\n" })?;
            writeln!(out)?;
            return Ok(());
        }
        if show == Show::Line {
            return print([line(record)]);
        }
        let mut lines = evidence::summary_lines(&record.reading, lexicon);
        lines.push(format!("  {}", said(record.kept)));
        if record.reading.document.words == 0 {
            lines.push("  nothing was read in it: it has no words".to_owned());
        }
        lines.push(String::new());
        print(lines)
    }

    fn close(
        &self,
        folder: &case::Folder,
        case: &case::Case,
        store: &Store,
    ) -> Result<(), Failure> {
        let counts = store.counts()?;
        let store_name = match &self.store {
            Some(path) => path.display().to_string(),
            None => format!("the evidence of {}", self.case.display()),
        };
        print([format!(
            "{store_name} now holds {}, {}, {}, {}, {}",
            number(counts.documents, "document"),
            number(counts.sentences, "sentence"),
            number(counts.mentions, "mention"),
            number(counts.events, "event"),
            number(counts.quantities, "quantity")
        )])?;
        super::evidence::invite(folder, case, store, &self.case)
    }
}

impl Tally {
    /// All faults at once; results of what was read are kept.
    fn end(self, total: usize) -> Result<(), Failure> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let mut lines = vec![format!(
            "{} of {} read and kept; {}:",
            self.read,
            number(total, "document"),
            number(self.faults.len(), "fault")
        )];
        lines.extend(self.faults.iter().map(|f| format!("  {f}")));
        Err(Failure::input(lines.join("\n")))
    }
}

/// A document in a line: what was done, its format, its day, how much was found, where it stands.
fn line(record: &Record) -> String {
    let d = &record.reading.document;
    let kept = match record.kept {
        Kept::New => "new",
        Kept::Unchanged => "unchanged",
        Kept::NewVersion => "new version",
        Kept::Reread => "read again",
    };
    let dated = d.date.as_ref().filter(|date| date.exact);
    let dated = dated.map_or_else(|| "undated".to_owned(), |date| date.date.to_string());
    let events = record.reading.events.iter().filter(|e| e.is_fact()).count();
    let notes = if d.notices.is_empty() { "" } else { "  (with notes; --show all)" };
    format!(
        "{kept:<11} {:<8} {dated:<10} {:>6} words {events:>4} events  {}{notes}",
        d.format.word(),
        d.words,
        d.source.key
    )
}

fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01B3))
}

fn said(kept: Kept) -> &'static str {
    match kept {
        Kept::New => "kept as a new document",
        Kept::Unchanged => "already in the store, unchanged",
        Kept::NewVersion => "kept as a new version; the old one stays",
        Kept::Reread => "read again with other names; its records were replaced",
    }
}

/// Where a case keeps its evidence.
pub fn store_path(case: &Path, given: Option<&Path>) -> Result<PathBuf, Failure> {
    Ok(given.map_or_else(|| documents::store_path(case), |path| Ok(path.to_owned()))?)
}

/// Opens the store of a case, making its folder.
pub fn open_store(case: &Path, given: Option<&Path>) -> Result<Store, Failure> {
    Ok(documents::open_store(case, &store_path(case, given)?)?)
}

/// Reads all documents of a case into its store, with a progress bar, and gathers what a brief
/// shows of them.
pub fn read_case(case: &Case, root: &Path) -> Result<Evidence, Failure> {
    let mut store = open_store(root, None)?;
    Ok(study::read(case, root, &mut store, &limits(), &screen::Bars::default())?)
}
