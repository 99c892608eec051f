//! A store of evidence opened on bytes that no store wrote.

use std::sync::OnceLock;

use evidence::{Filter, Store};

use crate::{Target, reading};

pub const TARGET: Target = Target {
    name: "store",
    says: "the store of evidence, its bytes changed or not its own: opened and asked everything, or refused",
    run,
};

const STORY: &str = "Harbour dues divide the island\n\nPORT AMAR, Vesla, March 14, 2031 - The Veslan government on Tuesday \
imposed sanctions on the Dawn Brigade. The brigade had fired 12 rockets at Halm in late 2030, killing at least three people.\n\n\
Al-Orsa said that the dues cost $1.5 million per month. Korrin denied it.\n";

/// The bytes of a store with one document.
#[allow(clippy::expect_used)]
fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("evidence.sqlite");
        let mut store = Store::open(&path).expect("a store can be made");
        let read = reading::read("story.txt", STORY.as_bytes()).expect("the story is read");
        store.keep(&read).expect("and kept");
        drop(store);
        std::fs::read(path).expect("it is there")
    })
}

/// Bytes that begin like a database are one. Others are changes of a good one: three bytes say where, one says how many
/// follow, which take the place of what is there.
#[allow(clippy::expect_used)]
fn run(bytes: &[u8]) {
    let whole = if bytes.starts_with(b"SQLite") { bytes.to_vec() } else { changed(bytes) };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("evidence.sqlite");
    std::fs::write(&path, whole).expect("it can be written");
    let Ok(mut store) = Store::open(&path) else { return };
    ask(&store);
    if let Some(read) = reading::read("other.txt", b"Vesla attacked Korrin on 3 June 2030.")
        && store.keep(&read).is_ok()
    {
        assert_eq!(
            store.text(&read.document.id).ok().flatten().as_deref(),
            Some(read.document.text.as_str()),
            "what was kept is there"
        );
    }
    ask(&store);
}

fn changed(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = good().to_vec();
    while let [a, b, c, many, rest @ ..] = bytes {
        let at = u32::from_be_bytes([0, *a, *b, *c]) as usize % whole.len();
        let many = usize::from(*many % 32).min(rest.len()).min(whole.len() - at);
        whole[at..at + many].copy_from_slice(&rest[..many]);
        bytes = &rest[many..];
    }
    whole
}

/// Everything that is asked of a store; any of it may be refused.
fn ask(store: &Store) {
    let _ = (store.state(), store.counts(), store.listing(), store.copy_groups());
    let _ = (store.corrections(), store.all_events(), store.events_between("vesla", "dawn"));
    let _ = (store.outline("story.txt"), store.sentences_mentioning("vesla", 10));
    if let Ok(answers) = store.find("rockets", &Filter::default(), 10) {
        for answer in answers {
            let _ = answer.marked("[", "]");
        }
    }
    for entry in store.documents().unwrap_or_default() {
        let text = store.text(&entry.id).ok().flatten().unwrap_or_default();
        if let Ok(records) = store.reading_records(&entry.id) {
            let _ = evidence::page(&entry, &text, &records, reading::lexicon());
        }
    }
    let _ = store.comparisons(&|actor| actor.to_owned());
}
