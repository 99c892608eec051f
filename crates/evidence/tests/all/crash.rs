//! A writer killed at any moment leaves whole documents or none.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use evidence::{DocumentSource, Kept, Limits, Reading, Store, read};

const PATH: &str = "EVIDENCE_CRASH_STORE";

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
        store.keep(&document(n)).unwrap();
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
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // long enough to write some, and at another moment each time
        std::thread::sleep(Duration::from_millis(120 + round * 37));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let mut store = Store::open(&path).unwrap();
        let documents = store.documents().unwrap();
        assert!(documents.len() >= before, "a finished document was lost");
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
    assert!(before > 0, "the writer never finished a document; give it more time");
}
