//! A writer killed at any moment leaves whole documents or none.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use evidence::{DocumentSource, Kept, Limits, Reading, Store, read};

const PATH: &str = "EVIDENCE_CRASH_STORE";
/// What the writer says of each document that it has finished and that was not there before.
const KEPT: &str = "one more is kept";

fn document(n: usize) -> Reading {
    let text = format!("Report {n}.\n\n{}", super::island::STORY);
    let about = DocumentSource::new(format!("document-{n:04}"));
    read(text.as_bytes(), &about, &super::island::lexicon(), &Limits::default()).unwrap()
}

/// Not a test of its own: what the killed process does.
#[test]
fn writes_without_end_when_asked_to() {
    let Some(path) = std::env::var_os(PATH) else {
        return;
    };
    let mut store = Store::open(Path::new(&path)).unwrap();
    for n in 0.. {
        if store.keep(&document(n)).unwrap() == Kept::New {
            println!("\n{KEPT}");
        }
    }
}

#[test]
fn a_killed_writer_loses_nothing_it_had_finished_and_leaves_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evidence.sqlite");
    let program = std::env::current_exe().unwrap();
    let mut before = 0;
    for round in 0..12u64 {
        let mut writer = Command::new(&program)
            .args(["--exact", "crash::writes_without_end_when_asked_to", "--nocapture"])
            .env(PATH, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // once it has finished some, and at another moment of the next each time
        let finished = 1 + (round % 3) as usize;
        let mut says = BufReader::new(writer.stdout.take().unwrap()).lines();
        let kept = says.by_ref().filter(|line| line.as_ref().unwrap() == KEPT);
        let heard = kept.take(finished).count();
        assert_eq!(heard, finished, "the writer ended before it was killed");
        std::thread::sleep(Duration::from_micros(round * 7919 % 9001));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let mut store = Store::open(&path).unwrap();
        let documents = store.documents().unwrap();
        assert!(documents.len() >= before + finished, "a finished document was lost");
        before = documents.len();
        // documents are written in order: whatever is there is all there
        for (n, entry) in documents.iter().enumerate() {
            assert_eq!(entry.source_key, format!("document-{n:04}"));
        }
        if let Some(n) = documents.len().checked_sub(1) {
            let reading = document(n);
            assert_eq!(store.keep(&reading).unwrap(), Kept::Unchanged);
            let records = store.reading_records(&reading.document.id).unwrap();
            assert_eq!(records.events, reading.events);
            assert_eq!(records.sentences.len(), reading.sentences.len());
            assert_eq!(store.search("harbour", 1).unwrap().len(), 1);
        }
    }
}
