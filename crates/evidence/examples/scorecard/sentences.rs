//! The invented sentences: learning from two thirds of them, and scores on those not learned from.

use std::path::{Path, PathBuf};

use evidence::scorer::roles::{Roles, SIDES};
use evidence::scorer::sentences::{Held, Labelled, is_locked, parse};
use evidence::scorer::train::{of_sentence, sides, sides_of, train as learn};
use evidence::scorer::{ByPatterns, Example, LABELS, NONE, SURE, Scorer, best, label};
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

fn examples<'a>(list: impl Iterator<Item = &'a Labelled>) -> Vec<Example> {
    list.map(|one| (of_sentence(&one.text), one.label)).collect()
}

pub(crate) fn train() -> Result<()> {
    let all = all()?;
    let own = examples(all.iter().filter(|one| !is_locked(&one.text)));
    let scorer: Scorer = learn(&own);
    let taught = all.iter().filter(|one| !is_locked(&one.text));
    let phrases: Vec<Example> = taught.flat_map(|one| sides_of(one, &scorer)).collect();
    println!("{} of {} sentences learned from, {} phrases", own.len(), all.len(), phrases.len());
    keep("scorer.weights", &scorer.to_bytes())?;
    keep("roles.weights", &learn::<SIDES>(&phrases).to_bytes())
}

fn keep(name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder("lexicon/english").join(name);
    println!("{}: {} bytes, {}", path.display(), bytes.len(), blake3::hash(bytes).to_hex());
    Ok(std::fs::write(path, bytes)?)
}

/// How a reader does on sentences of the thirds that are learned from, each held back once.
pub(crate) fn cross(misses: bool) -> Result<()> {
    let own: Vec<Labelled> = all()?.into_iter().filter(|one| !is_locked(&one.text)).collect();
    let mut scores = Scores::default();
    for fold in 0..FOLDS {
        let (held, rest): (Vec<_>, Vec<_>) =
            own.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let rest: Vec<&Labelled> = rest.into_iter().map(|(_, one)| one).collect();
        let scorer = learn(&examples(rest.iter().copied()));
        let phrases: Vec<Example> = rest.iter().flat_map(|one| sides_of(one, &scorer)).collect();
        let roles = learn(&phrases);
        for (_, one) in held {
            scores.add(one, (&scorer, &roles), misses)?;
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
        scores.add(one, (Scorer::built_in(), Roles::built_in()), false)?;
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

/// A span without the article it begins with, which says nothing of who.
fn bare(text: &str, (mut from, to): (usize, usize)) -> (usize, usize) {
    let article = ["the ", "a ", "an "].into_iter().find(|a| {
        text.get(from..from + a.len()).is_some_and(|start| start.eq_ignore_ascii_case(a))
    });
    from += article.map_or(0, str::len).min(to - from);
    (from, to)
}

/// How one side of deeds is found.
#[derive(Clone, Copy, Default)]
struct Side {
    shared: usize,
    said: usize,
    wanted: usize,
    /// Sentences with each party that is meant, and no other.
    right: usize,
    all: usize,
}

impl Side {
    fn add(&mut self, gold: &[(usize, usize)], own: &[(usize, usize)], length: usize) {
        let inside =
            |list: &[(usize, usize)], at: usize| list.iter().any(|(a, b)| *a <= at && at < *b);
        for at in 0..length {
            let (own, gold) = (inside(own, at), inside(gold, at));
            self.shared += usize::from(own && gold);
            self.said += usize::from(own);
            self.wanted += usize::from(gold);
        }
        let within = |(a, b): &(usize, usize)| gold.iter().any(|(x, y)| x <= a && b <= y);
        let met = |(x, y): &(usize, usize)| own.iter().any(|(a, b)| x <= a && b <= y);
        self.right += usize::from(own.iter().all(within) && gold.iter().all(met));
        self.all += 1;
    }

    fn print(&self, name: &str) {
        let percent = |of: usize| 100.0 * self.shared as f64 / of.max(1) as f64;
        let (p, r) = (percent(self.said), percent(self.wanted));
        let f1 = 2.0 * p * r / (p + r).max(1e-9);
        let right = interval(self.right, self.all);
        println!("{name:<52} right {right}; characters P {p:.1} R {r:.1} F1 {f1:.1}");
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
    /// By the rules and by the model; doers and targets.
    sides: [[Side; 2]; 2],
    classes: [Hits; LABELS],
}

impl Scores {
    fn add(
        &mut self,
        one: &Labelled,
        (scorer, roles): (&Scorer, &Roles),
        misses: bool,
    ) -> Result<()> {
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
        }
        for (by, model) in [None, Some(roles)].into_iter().enumerate() {
            let Some(own) = sides(one, scorer, model) else { continue };
            for (k, gold) in [&one.doers, &one.targets].into_iter().enumerate() {
                let gold: Vec<(usize, usize)> = gold.iter().map(|g| bare(&one.text, *g)).collect();
                if misses && by == 1 && gold != own[k] {
                    let of = |list: &[(usize, usize)]| -> Vec<&str> {
                        list.iter().map(|(a, b)| &one.text[*a..*b]).collect()
                    };
                    let (side, own) = (["doer", "target"][k], of(&own[k]));
                    println!("  {side} {:?}, found {own:?}: {}", of(&gold), one.text);
                }
                self.sides[by][k].add(&gold, &own[k], one.text.len());
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
        for (by, sides) in ["rules", "rules and model"].iter().zip(&self.sides) {
            for (name, side) in ["doer", "target"].iter().zip(sides) {
                side.print(&format!("{name} of a deed of the class, {by}"));
            }
        }
        for (class, hits) in Class::ALL.iter().zip(&self.classes) {
            hits.print(&format!("    {}", class.word()));
        }
    }
}
