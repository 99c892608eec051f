//! How the work of asking and keeping grows with what is stored: counted in steps of SQLite's machine and in bytes
//! written, never in seconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Store;
use crate::{DocumentSource, Lexicon, LexiconActor, Limits, Reader};

/// Actors that the invented documents name, whatever their number.
const ACTORS: usize = 60;

fn actor(n: usize) -> LexiconActor {
    let (id, name) = (format!("a{n}"), format!("Front Number{n}"));
    LexiconActor { id, name, kind: "party".into(), ..LexiconActor::default() }
}

/// A document of four sentences, of which three name two actors each.
fn text(n: usize) -> String {
    let name = |k: usize| format!("Front Number{}", (n * 7 + k * 11) % ACTORS);
    format!(
        "{} imposed sanctions on {} on 3 March 2030. {} met leaders of {} in town {n}. \
         The lighthouse of ward {n} was painted. More than {n} people fled after {} attacked {}.\n",
        name(0),
        name(1),
        name(2),
        name(3),
        name(4),
        name(5),
    )
}

/// A store of so many documents, which counts its machine's steps, and the count in tens.
fn store(path: &std::path::Path, documents: usize) -> (Store, Arc<AtomicU64>) {
    let lexicon = Lexicon { actors: (0..ACTORS).map(actor).collect() };
    let reader = Reader::new(&lexicon, Limits::default());
    let mut store = Store::open(path).unwrap();
    let kept = store.batch(|batch| {
        for n in 0..documents {
            let about = DocumentSource::new(format!("d{n:05}"));
            batch.keep(&reader.read(text(n).as_bytes(), &about).unwrap()).unwrap();
        }
    });
    kept.unwrap();
    let steps = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&steps);
    let counts = move || {
        count.fetch_add(1, Ordering::Relaxed);
        false
    };
    store.connection.progress_handler(10, Some(counts)).unwrap();
    (store, steps)
}

/// By which power of what is stored work grows from one rung to a higher one.
fn exponent(work: (u64, u64), stored: (usize, usize)) -> f64 {
    (work.1 as f64 / work.0.max(1) as f64).ln() / (stored.1 as f64 / stored.0 as f64).ln()
}

#[test]
fn what_is_asked_costs_by_what_is_found_and_not_by_the_square_of_what_is_stored() {
    const RUNGS: (usize, usize) = (36, 360);
    type Ask = fn(&Store) -> usize;
    let asks: [(&str, f64, Ask); 9] = [
        ("sentences of an actor", 1.1, |s| s.sentences_mentioning("a3", 6).unwrap().len()),
        ("sentences of two", 1.1, |s| {
            s.sentences_mentioning_both("a7", "a18", usize::MAX).unwrap().len()
        }),
        ("all ties", 1.1, |s| {
            let both = |n: usize| {
                let (a, b) = (format!("a{}", n % ACTORS), format!("a{}", (n + 11) % ACTORS));
                s.sentences_mentioning_both(&a, &b, usize::MAX).unwrap().len()
            };
            (0..ACTORS).map(both).sum()
        }),
        ("a document by key", 0.1, |s| usize::from(s.document("d00007").unwrap().is_some())),
        ("a document by digits", 0.1, |s| {
            let id = s.document("d00007").unwrap().unwrap().id;
            usize::from(s.document(&id[..12]).unwrap().is_some())
        }),
        ("an outline", 0.1, |s| s.outline("d00007").unwrap().unwrap().sentences.len()),
        ("the list", 1.1, |s| s.listing().unwrap().len()),
        ("all events", 1.1, |s| s.all_events().unwrap().len()),
        ("a search", 1.1, |s| s.search("lighthouse ward", 20).unwrap().len()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let (small, small_steps) = store(&folder.path().join("small.sqlite"), RUNGS.0);
    let (large, large_steps) = store(&folder.path().join("large.sqlite"), RUNGS.1);
    for (what, bound, ask) in asks {
        small_steps.store(0, Ordering::Relaxed);
        large_steps.store(0, Ordering::Relaxed);
        let found = (ask(&small), ask(&large));
        assert!(found.0 > 0 && found.1 > 0, "{what}: {found:?}");
        let work = (small_steps.load(Ordering::Relaxed), large_steps.load(Ordering::Relaxed));
        let power = exponent(work, RUNGS);
        println!("{what}: {work:?} tens of steps, a power of {power:.2}");
        // A few tens of steps are preparing the question.
        assert!(power < bound || work.1 < work.0 + 20, "{what}: {work:?}, a power of {power:.2}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn keeping_writes_a_steady_number_of_bytes_for_each_of_text() {
    let written = || -> u64 {
        let io = std::fs::read_to_string("/proc/thread-self/io").unwrap();
        let line = io.lines().find_map(|line| line.strip_prefix("wchar: ")).unwrap();
        line.parse().unwrap()
    };
    let bytes = |documents: usize| {
        let folder = tempfile::tempdir().unwrap();
        let before = written();
        store(&folder.path().join("evidence.sqlite"), documents);
        written() - before
    };
    let rungs = (100, 800);
    let work = (bytes(rungs.0), bytes(rungs.1));
    let text: usize = (0..rungs.1).map(|n| text(n).len()).sum();
    let power = exponent(work, rungs);
    println!("{work:?} bytes, a power of {power:.2}; {} a byte of text", work.1 / text as u64);
    assert!(power < 1.1, "{work:?}, a power of {power:.2}");
}
