//! The invented sentences: learning from two thirds of them, and scores on those not learned from.

use std::path::{Path, PathBuf};

use evidence::scorer::sentences::{Held, Labelled, is_locked, parse};
use evidence::scorer::train::{of_sentence, train as learn};
use evidence::scorer::{ByPatterns, Feature, LABELS, NONE, SURE, Scorer, best, label};
use evidence::{Class, DocumentSource, Event, Lexicon, Limits, Reader};

use crate::Result;
use crate::gold::interval;

/// Parts that are held back in turn.
const FOLDS: usize = 5;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All sentences, in the order of files and lines, each once.
fn all() -> Result<Vec<Labelled>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder("sentences"))?
        .map(|e| e.map(|e| e.path()))
        .collect::<std::io::Result<_>>()?;
    files.sort();
    let mut out: Vec<Labelled> = Vec::new();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "tsv")) {
        let read = parse(&std::fs::read_to_string(path)?);
        out.extend(read.map_err(|b| format!("{}:{}: {}", path.display(), b.line, b.fault))?);
    }
    Ok(out)
}

type Example = (Vec<Feature>, usize);

fn examples<'a>(list: impl Iterator<Item = &'a Labelled>) -> Vec<Example> {
    list.map(|one| (of_sentence(&one.text), one.label)).collect()
}

pub(crate) fn train() -> Result<()> {
    let all = all()?;
    let own = examples(all.iter().filter(|one| !is_locked(&one.text)));
    let bytes = learn(&own).to_bytes();
    let path = folder("lexicon/english/scorer.weights");
    println!("{} of {} sentences learned from", own.len(), all.len());
    println!("{}: {} bytes, {}", path.display(), bytes.len(), blake3::hash(&bytes).to_hex());
    Ok(std::fs::write(path, bytes)?)
}

/// How a reader does on sentences of the thirds that are learned from, each held back once.
pub(crate) fn cross(misses: bool) -> Result<()> {
    let own: Vec<Labelled> = all()?.into_iter().filter(|one| !is_locked(&one.text)).collect();
    let mut scores = Scores::default();
    for fold in 0..FOLDS {
        let (held, rest): (Vec<_>, Vec<_>) =
            own.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let scorer = learn(&examples(rest.into_iter().map(|(_, one)| one)));
        for (_, one) in held {
            scores.add(one, &scorer, misses)?;
        }
    }
    println!("invented sentences, each held back once in {FOLDS} parts");
    scores.print();
    Ok(())
}

/// How the reader does on the locked third.
pub(crate) fn locked() -> Result<()> {
    let mut scores = Scores::default();
    for one in all()?.iter().filter(|one| is_locked(&one.text)) {
        scores.add(one, Scorer::built_in(), false)?;
    }
    println!("invented sentences, the locked third");
    scores.print();
    Ok(())
}

/// Right, said and wanted.
#[derive(Clone, Copy, Default)]
struct Hits {
    right: usize,
    said: usize,
    wanted: usize,
}

impl Hits {
    fn add(&mut self, wanted: usize, said: usize) {
        self.right += usize::from(wanted == said && said != NONE);
        self.said += usize::from(said != NONE);
        self.wanted += usize::from(wanted != NONE);
    }

    fn print(&self, name: &str) {
        println!(
            "{name:<52} precision {}  recall {}",
            interval(self.right, self.said),
            interval(self.right, self.wanted)
        );
    }
}

#[derive(Default)]
struct Scores {
    patterns: Hits,
    words: Hits,
    both: Hits,
    suggested: Hits,
    /// Class right, none among them, of all sentences: by patterns, by words, by both.
    right: [usize; 3],
    all: usize,
    facts: Hits,
    characters: [(usize, usize, usize); 2],
    classes: [Hits; LABELS],
}

impl Scores {
    fn add(&mut self, one: &Labelled, scorer: &Scorer, misses: bool) -> Result<()> {
        let lexicon = Lexicon::default();
        let reader = Reader::new(&lexicon, Limits::default());
        let reading = reader.read(one.text.as_bytes(), &DocumentSource::new("sentence.txt"))?;
        let events: Vec<&Event> = reading.events.iter().filter(|e| !e.suggested).collect();
        let found = ByPatterns::of(&reading.events);
        let features = of_sentence(&one.text);
        let (words, _) = best(&scorer.shares(&features, &ByPatterns::default()));
        let shares = scorer.shares(&features, &found);
        let (joint, share) = best(&shares);
        let by_patterns = found.first.unwrap_or(NONE);
        // what a reader says: the likeliest it found, or what it suggests where it is sure
        let likeliest =
            found.found.iter().copied().max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
        let is_new = joint != NONE && !found.found.contains(&joint) && share >= SURE;
        let both = match likeliest {
            _ if is_new => joint,
            Some(label) if shares[label] >= shares[NONE] => label,
            _ => NONE,
        };
        self.patterns.add(one.label, by_patterns);
        self.words.add(one.label, words);
        self.both.add(one.label, both);
        self.classes[one.label].add(one.label, both);
        if both != NONE && both != one.label {
            self.classes[both].said += 1;
        }
        if is_new {
            self.suggested.add(one.label, joint);
        }
        for (k, said) in [by_patterns, words, both].into_iter().enumerate() {
            self.right[k] += usize::from(said == one.label);
        }
        self.all += 1;
        if misses && both != one.label {
            let word = |l: usize| Class::ALL.get(l).map_or("none", |c| c.word());
            println!(
                "  {} -> {} (patterns {:?}, words {}): {}",
                word(one.label),
                word(both),
                found.found.iter().map(|l| word(*l)).collect::<Vec<_>>(),
                word(words),
                one.text
            );
        }
        let of_class = |e: &&&Event| label(e.declares.unwrap_or(e.class)) == one.label;
        if let Some(event) = events.iter().find(of_class) {
            let stated = (event.is_fact() || event.declares.is_some()) && !event.hedged;
            let fact = |yes: bool| if yes { 0 } else { NONE };
            self.facts.add(fact(one.held == Held::Fact), fact(stated));
            for (k, (gold, roles)) in
                [(&one.doers, &event.sources), (&one.targets, &event.recipients)]
                    .into_iter()
                    .enumerate()
            {
                let own: Vec<(usize, usize)> =
                    roles.iter().map(|r| (r.quote.span().start(), r.quote.span().end())).collect();
                if misses && k == 1 {
                    let of = |list: &[(usize, usize)]| -> Vec<String> {
                        list.iter().map(|(a, b)| one.text[*a..*b].to_owned()).collect()
                    };
                    let (gold, own) = (of(gold), of(&own));
                    if gold != own {
                        let deed = event.trigger.text();
                        println!("  target {gold:?}, found {own:?} of {deed:?}: {}", one.text);
                    }
                }
                let (shared, said, wanted) = &mut self.characters[k];
                let inside = |list: &[(usize, usize)], at: usize| {
                    list.iter().any(|(a, b)| *a <= at && at < *b)
                };
                for at in 0..one.text.len() {
                    let (own, gold) = (inside(&own, at), inside(gold, at));
                    *shared += usize::from(own && gold);
                    *said += usize::from(own);
                    *wanted += usize::from(gold);
                }
            }
        }
        Ok(())
    }

    fn print(&self) {
        for (name, right) in ["patterns alone", "words alone", "both"].iter().zip(self.right) {
            let name = format!("class right or rightly none, {name}");
            println!("{name:<52} {}", interval(right, self.all));
        }
        self.patterns.print("events, patterns alone");
        self.words.print("events, words alone");
        self.both.print("events, both");
        println!(
            "{:<52} {}",
            "what the scorer alone suggests: right",
            interval(self.suggested.right, self.suggested.said)
        );
        self.facts.print("of events found: stated as facts");
        for (name, (shared, said, wanted)) in ["doer", "target"].iter().zip(self.characters) {
            let f1 = 200.0 * shared as f64 / (said + wanted).max(1) as f64;
            println!("{:<52} F1 {f1:.1}", format!("of events found: {name}, characters"));
        }
        for (class, hits) in Class::ALL.iter().zip(&self.classes) {
            hits.print(&format!("    {}", class.word()));
        }
    }
}
