//! Streams an invented corpus of a million sentences through the whole pipeline into a store on disk,
//! and prints speed and peak memory at each power of ten. The corpus is the same in every run and is
//! never held: each document is made, read, kept and let go of.
//!
//! `cargo run --release -p shatterbelt-evidence --example stream -- [SENTENCES] [--no-store]`

use std::error::Error;
use std::time::{Duration, Instant};

use evidence::{DocumentSource, Lexicon, LexiconActor, Limits, Reader, Reading, Store};

/// Sentences of a document.
const LENGTH: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, numbers): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let most: usize = numbers.first().map_or(Ok(1_000_000), |n| n.parse())?;
    if flags.iter().any(|f| f == "--no-store") {
        return stream(most, &mut |_| Ok(()));
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("evidence.sqlite");
    let mut store = Store::open(&path)?;
    store.batch(|batch| {
        stream(most, &mut |reading| {
            batch.keep(reading)?;
            Ok(())
        })
    })??;
    println!("the store has {} MB", std::fs::metadata(path)?.len() >> 20);
    Ok(())
}

/// Does with a reading what is to be done.
type Take<'t> = dyn FnMut(&Reading) -> Result<(), Box<dyn Error>> + 't;

fn stream(most: usize, take: &mut Take<'_>) -> Result<(), Box<dyn Error>> {
    let lexicon = lexicon();
    let reader = Reader::new(&lexicon, Limits::default());
    let (mut sentences, mut events, mut next) = (0usize, 0usize, most.min(10_000));
    let (mut reading_time, mut keeping_time) = (Duration::ZERO, Duration::ZERO);
    let mut last = (0usize, Duration::ZERO, Duration::ZERO);
    println!(
        "sentences     events  read /s  read and kept /s  since the last line /s  peak memory"
    );
    for n in 0.. {
        let text = document(n);
        let began = Instant::now();
        let reading = reader.read(text.as_bytes(), &DocumentSource::new(format!("d{n:07}.txt")))?;
        reading_time += began.elapsed();
        sentences += reading.sentences.len();
        events += reading.events.len();
        let began = Instant::now();
        take(&reading)?;
        keeping_time += began.elapsed();
        if sentences >= next {
            let rate = |n: usize, t: Duration| n as f64 / t.as_secs_f64();
            let since = rate(sentences - last.0, reading_time + keeping_time - last.1 - last.2);
            println!(
                "{sentences:>9} {events:>10} {:>8.0} {:>17.0} {since:>23.0}  {}",
                rate(sentences, reading_time),
                rate(sentences, reading_time + keeping_time),
                peak()
            );
            last = (sentences, reading_time, keeping_time);
            if sentences >= most {
                break;
            }
            next = (next * 10).min(most);
        }
    }
    Ok(())
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not told by this system".to_owned(), |l| l.trim().to_owned())
}

fn lexicon() -> Lexicon {
    let actor = |id: String, name: String, kind: &str| LexiconActor {
        id,
        name,
        kind: kind.into(),
        ..LexiconActor::default()
    };
    let mut actors = vec![
        actor("vesla".into(), "Vesla".into(), "state"),
        actor("korrin".into(), "Korrin".into(), "state"),
        actor("dawn".into(), "Dawn Brigade".into(), "armed-faction"),
    ];
    let more = (0..300).map(|i| actor(format!("a{i}"), format!("{} Front", name(i)), "party"));
    actors.extend(more);
    Lexicon { actors }
}

/// The next of a fixed sequence.
fn step(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// An invented name.
fn name(n: usize) -> String {
    const HEADS: [&str; 16] = [
        "Ama", "Bel", "Cor", "Dan", "Eri", "Fal", "Gor", "Hal", "Ilu", "Jor", "Kel", "Lom", "Mar",
        "Nor", "Ost", "Pel",
    ];
    const TAILS: [&str; 12] =
        ["dane", "rin", "vek", "sol", "mar", "tia", "gan", "ber", "lund", "quor", "zim", "hart"];
    format!("{}{}", HEADS[n % 16], TAILS[n / 16 % 12])
}

/// Document `n`: a headline, a byline, and paragraphs of news prose.
fn document(n: usize) -> String {
    const NOUNS: [&str; 12] = [
        "harbour", "bridge", "ministry", "council", "market", "railway", "dam", "school",
        "refinery", "border", "court", "island",
    ];
    let mut state = n as u64;
    let mut out = format!("Report {n} from {}\n\nBy {} {}\n\n", name(n), name(n * 7), name(n * 3));
    for i in 0..LENGTH {
        let r: Vec<usize> =
            (0..6).map(|_| usize::try_from(step(&mut state)).unwrap_or(0)).collect();
        let (a, b, x) = (name(r[0] % 300), name(r[1]), r[2] % 9_000 + 3);
        let (one, two) = (NOUNS[r[3] % 12], NOUNS[r[4] % 12]);
        let day = r[5] % 27 + 1;
        out.push_str(&match (r[3] + i) % 8 {
            0 => format!("The government of Vesla imposed sanctions on the {a} Front on {day} March 2031 over the {one} at {b}."),
            1 => format!("“We will not give up the {one} or the {two} for {x} crowns,” said {b} {a}, leader of the {a} Front."),
            2 => format!("More than {x} people fled the {one} near {b} after the Dawn Brigade fired rockets at the {two}."),
            3 => format!("If the talks about the {one} fail, Korrin may expel the diplomats of Vesla, a minister from {b} warned."),
            4 => format!("Trade through the {one} was worth between {x} and {} million dollars per month in 2030.", x + 40),
            5 => format!("The {one} of {b}, which had stood beside the {two} for {x} days, was painted white before the summer."),
            6 => format!("The {a} Front met officials of Korrin in {b} last week to discuss the {one} and the {two}."),
            _ => format!("He had told the {one} that {x} workers would be sent home from the {two} in {b}."),
        });
        out.push_str(if i % 4 == 3 { "\n\n" } else { " " });
    }
    out
}
