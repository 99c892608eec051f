//! Reads text files with a lexicon in JSON and prints what a person would want to see first.
//!
//! `cargo run --release -p shatterbelt-evidence --example read -- LEXICON.json FILE... [--json]`

use std::error::Error;

use evidence::{DocumentSource, Lexicon, Limits, Reader, summary_lines};

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let [lexicon, documents @ ..] = files.as_slice() else {
        return Err("usage: read LEXICON.json FILE... [--json]".into());
    };
    let lexicon: Lexicon = serde_json::from_slice(&std::fs::read(lexicon)?)?;
    let reader = Reader::new(&lexicon, Limits::default());
    for file in documents {
        let reading = reader.read(&std::fs::read(file)?, &DocumentSource::new(file.as_str()))?;
        if flags.iter().any(|f| f == "--json") {
            println!("{}", serde_json::to_string_pretty(&reading)?);
        } else {
            println!("{}\n", summary_lines(&reading, &lexicon).join("\n"));
        }
    }
    Ok(())
}
