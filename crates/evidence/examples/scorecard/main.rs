//! Scores the reader on hand-made gold: the documents' own (`gold.jsonl`) and the PLOVER gold
//! standard's development half.
//!
//! `cargo run --release -p shatterbelt-evidence --example scorecard -- GOLD_FOLDER DOCUMENT_FOLDER
//! [LEXICON.json] [--misses] [--sample=N] [--contradictions]`
//!
//! `scorecard train` learns the scorer's weights from the invented sentences, `scorecard cross` says
//! how it does on sentences held back in turn, and `scorecard locked` on the third that it never
//! learns from.
//!
//! Without a lexicon the gold's own alias lists are used. The gold is not exhaustive: recall is
//! scored on it, and precision on what a person says of the sample that `--sample=N` prints, every
//! N-th event with its sentence. `--contradictions` prints each one found, both sides, for the same
//! purpose.

mod actors;
mod contradictions;
mod events;
mod figures;
mod gold;
mod passages;
mod plover;
mod sample;
mod sentences;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use evidence::{DocumentSource, Lexicon, Limits, Reader, Reading};
use gold::{lexicon_of, lines, places, text};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let (flags, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train"] => return sentences::train(),
        ["cross"] => return sentences::cross(flags.iter().any(|f| f == "--misses")),
        ["locked"] => return sentences::locked(),
        _ => {}
    }
    let [gold, documents, rest @ ..] = arguments.as_slice() else {
        return Err("usage: scorecard train | cross | locked | GOLD_FOLDER DOCUMENT_FOLDER [LEXICON.json] [--misses] \
                    [--sample=N] [--contradictions]"
            .into());
    };
    let (gold, documents) = (Path::new(gold), Path::new(documents));
    if !gold.join("gold.jsonl").is_file() {
        return Err(format!("{}: no gold.jsonl there; nothing was scored", gold.display()).into());
    }
    let flag = |name: &str| flags.iter().any(|f| f == name);
    let misses = flag("--misses");
    let records = lines(&gold.join("gold.jsonl"))?;
    let lexicon = match rest.first() {
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
        None => lexicon_of(&records),
    };
    let readings = read_folder(documents, &lexicon)?;
    let plover = gold.join("plover_gsr_dev.jsonl");
    let sentences = if plover.is_file() { lines(&plover)? } else { Vec::new() };
    if let Some(n) = flags.iter().find_map(|f| f.strip_prefix("--sample=")) {
        return sample::print(&readings, &sentences, n.parse()?);
    }
    let scored: BTreeMap<String, Reading> = readings
        .iter()
        .filter(|(doc, _)| records.iter().any(|r| text(r, "doc") == *doc))
        .map(|(doc, reading)| (doc.clone(), reading.clone()))
        .collect();
    score_documents(&records, &scored, &lexicon, misses);
    contradictions::score(&records, &readings, flag("--contradictions"));
    if !sentences.is_empty() {
        plover::score_plover(&sentences, misses)?;
    }
    Ok(())
}

/// Every text of the folder, by its name without the ending.
fn read_folder(folder: &Path, lexicon: &Lexicon) -> Result<BTreeMap<String, Reading>> {
    let reader = Reader::new(lexicon, Limits::default());
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "txt")
            && let Some(doc) = path.file_stem().and_then(|s| s.to_str())
        {
            let bytes = std::fs::read(&path)?;
            out.insert(doc.to_owned(), reader.read(&bytes, &DocumentSource::new(doc))?);
        }
    }
    Ok(out)
}

fn score_documents(
    records: &[Value],
    readings: &BTreeMap<String, Reading>,
    lexicon: &Lexicon,
    misses: bool,
) {
    let off_topic: Vec<(&str, usize, usize)> =
        places(records, readings, |r| text(r, "kind") == "off_topic");
    println!("documents");
    events::events(records, readings, lexicon, misses);
    let inside =
        |doc: &str, at: usize| off_topic.iter().any(|(d, a, b)| *d == doc && *a <= at && at < *b);
    let false_facts = readings
        .iter()
        .flat_map(|(doc, r)| r.events.iter().map(move |e| (doc, e)))
        .filter(|(doc, e)| e.is_fact() && inside(doc, e.quote.span().start()))
        .count();
    println!("{:<52} {false_facts:>4}  (must be 0)", "events coded from off-topic text");
    figures::quantities(records, readings, misses);
    figures::claims(records, readings, misses);
    actors::actors(records, readings, misses);
    passages::passages(records, readings);
}
