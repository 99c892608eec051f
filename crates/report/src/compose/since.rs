//! What changed since the brief before, and what changed it.
//!
//! A judgement has moved if its likelihood word is another, or if its share of runs differs by more
//! than three times what chance between two sets of runs gives, sqrt(p(1 - p)/n) of each. A number has
//! moved if its middle lies a tenth of its interval away (*Judged*). What moved it is told where it
//! was measured; where it was not, the brief names what is new and says that it was not told apart.

use std::collections::BTreeSet;

use super::notes::Notes;
use super::paths::plain_path;
use super::remembered::remember;
use super::{Findings, words};
use crate::brief::{Block, Changes, Citation, EvidenceNote, Judgement};
use crate::joined::Cause;
use crate::likelihood::{Lexicon, Probability, judge};
use crate::numbers;
use crate::record::{Record, Stated, Told};
use crate::table::{Column, Table};
use crate::text::Text;

/// A number is told to have moved from this share of its interval on.
const FAR: f64 = 0.1;
/// The most causes of one change that are named.
const CAUSES: usize = 3;
/// The most rows of a table of what is new.
const ROWS: usize = 12;

/// The changes since the earlier brief, where there is one.
pub(super) fn write(
    findings: &Findings<'_>,
    judgements: &[Judgement],
    notes: &mut Notes<'_>,
) -> Option<Changes> {
    let before = findings.joined.earlier.as_ref()?;
    let now = remember(findings, judgements);
    let new = New::of(before, &now);
    let mut items = Vec::new();
    for stated in &now.judgements {
        match before.judgements.iter().find(|old| old.key == stated.key) {
            Some(old) => items.extend(moved(findings, before, old, stated, &new, notes)),
            None => items.push(
                Text::new()
                    .strong("New among the key judgements:")
                    .plain(" ")
                    .name(stated.clause.clone())
                    .plain(format!("; {}.", new.words())),
            ),
        }
    }
    for old in &before.judgements {
        if !now.judgements.iter().any(|stated| stated.key == old.key) {
            items.push(
                Text::new()
                    .strong("No longer among them:")
                    .plain(" ")
                    .name(old.clause.clone())
                    .plain(format!("; {}.", new.words())),
            );
        }
    }
    for number in &now.numbers {
        let old = before.numbers.iter().find(|old| old.key == number.key);
        let Some(old) = old.filter(|old| has_moved(old, number)) else { continue };
        // Of what moves, only what a cause is known for: the rest is in the table.
        if number.key.starts_with("motion.") && causes(findings, &number.key).is_empty() {
            continue;
        }
        let mut text = Text::new().strong(format!("{}:", number.name)).plain(format!(
            " {}, from {}",
            valued(number),
            valued(old)
        ));
        text = because(findings, &number.key, number.share, &new, notes, text);
        items.push(text.plain("."));
    }
    if items.is_empty() {
        items.push(Text::from(match new.is_empty() {
            true => "Nothing: since the brief before no source, event or estimate of the case is new, and no judgement moved.",
            false => "No judgement and no number moved further than chance does, with the new sources, events and estimates listed here.",
        }));
    }
    Some(Changes { since: before.as_of, items, detail: detail(findings, before, &now, &new) })
}

/// What is in one record and not in the other.
struct New<'r> {
    sources: Vec<&'r crate::record::Known>,
    events: Vec<&'r crate::record::Happened>,
    /// Path, before and now; none where there is no such estimate.
    estimates: Vec<Estimated<'r>>,
}

type Estimated<'r> = (&'r str, Option<[f64; 3]>, Option<[f64; 3]>);

impl<'r> New<'r> {
    fn of(before: &'r Record, now: &'r Record) -> Self {
        let known: BTreeSet<&str> = before.sources.iter().map(|s| s.key.as_str()).collect();
        let mut sources: Vec<_> =
            now.sources.iter().filter(|s| !known.contains(s.key.as_str())).collect();
        sources.sort_by(|a, b| b.published.cmp(&a.published).then(a.key.cmp(&b.key)));
        let mut events: Vec<_> =
            now.events.iter().filter(|event| !before.events.contains(event)).collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.date));
        let mut estimates = Vec::new();
        for (path, values) in &now.estimates {
            let old = before.estimates.get(path).copied();
            if old.as_ref() != Some(values) {
                estimates.push((path.as_str(), old, Some(*values)));
            }
        }
        for (path, values) in &before.estimates {
            if !now.estimates.contains_key(path) {
                estimates.push((path.as_str(), Some(*values), None));
            }
        }
        // Those that moved furthest, in their own ranges, before those that came or went.
        let far = |old: Option<[f64; 3]>, new: Option<[f64; 3]>| match (old, new) {
            (Some(a), Some(b)) => (b[0] - a[0]).abs() / (a[2] - a[1]).abs().max(1e-9),
            _ => -1.0,
        };
        estimates.sort_by(|a, b| far(b.1, b.2).total_cmp(&far(a.1, a.2)).then(a.0.cmp(b.0)));
        Self { sources, events, estimates }
    }

    fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.events.is_empty() && self.estimates.is_empty()
    }

    /// What is new, counted, as the cause of what was not told apart.
    fn words(&self) -> String {
        let count = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{} {many}", numbers::whole(n as f64))),
        };
        let parts = [
            count(self.sources.len(), "new source", "new sources"),
            count(self.events.len(), "new event", "new events"),
            count(self.estimates.len(), "estimate that changed", "estimates that changed"),
        ];
        let parts: Vec<Text> = parts.into_iter().flatten().map(Text::from).collect();
        match parts.is_empty() {
            true => "the case is the same, so the cause is chance or the program".to_owned(),
            false => format!("after {}, not told apart", words::row(parts).to_plain()),
        }
    }
}

fn lexicon(name: &str) -> Lexicon {
    match name {
        "phia" => Lexicon::Phia,
        "numeric" => Lexicon::Numeric,
        _ => Lexicon::Icd203,
    }
}

/// How a judgement moved, if it did.
fn moved(
    findings: &Findings<'_>,
    before: &Record,
    old: &Stated,
    now: &Stated,
    new: &New<'_>,
    notes: &mut Notes<'_>,
) -> Option<Text> {
    let variance = |p: f64, n: usize| p * (1.0 - p) / n.max(1) as f64;
    let chance =
        variance(old.probability, before.runs) + variance(now.probability, findings.summary.runs);
    let apart = now.probability - old.probability;
    let another = old.word != now.word || before.lexicon != findings.lexicon.name();
    if apart.abs() <= 3.0 * chance.sqrt() || (!another && apart.abs() < 0.01) {
        return None;
    }
    let word = |lexicon: Lexicon, p: f64| {
        let p = Probability::new(p.clamp(0.0, 1.0)).unwrap_or(Probability::of_runs(0, 1));
        judge(lexicon, p)
    };
    let (was, is) =
        (word(lexicon(&before.lexicon), old.probability), word(findings.lexicon, now.probability));
    let hundred = |p: f64| numbers::percent(p);
    let direction = if apart > 0.0 { "likelier" } else { "less likely" };
    let mut text = Text::new().strong(words::upper(&now.clause));
    text = match was.term() == is.term() {
        true => text.plain(format!(
            ": {direction} than before, {} of the runs, from {}",
            hundred(now.probability),
            hundred(old.probability)
        )),
        false => text.plain(": ").likely(&is).plain(", from ").likely(&was).plain(format!(
            "; {} of the runs, from {}",
            hundred(now.probability),
            hundred(old.probability)
        )),
    };
    text = because(findings, &now.key, true, new, notes, text);
    Some(text.plain("."))
}

fn causes<'f>(findings: &'f Findings<'_>, key: &str) -> Vec<&'f Cause> {
    let mut all: Vec<&Cause> =
        findings.joined.causes.iter().filter(|cause| cause.moved == key).collect();
    all.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()).then(a.name.cmp(&b.name)));
    all
}

/// Adds what moved it, each cause with how far and its sentence.
fn because(
    findings: &Findings<'_>,
    key: &str,
    share: bool,
    new: &New<'_>,
    notes: &mut Notes<'_>,
    text: Text,
) -> Text {
    let causes = causes(findings, key);
    if causes.is_empty() {
        return text.plain(format!("; {}", new.words()));
    }
    let told = causes.iter().take(CAUSES).enumerate().map(|(at, cause)| {
        let by = match share {
            true => format!("{} points", numbers::signed(100.0 * cause.by, 1)),
            false => numbers::signed(cause.by, 1),
        };
        let error = numbers::decimal(if share { 100.0 } else { 1.0 } * cause.error, 1);
        let day = cause.date.map_or(String::new(), |day| format!(" of {}", words::date(day)));
        let text = Text::new().plain(format!("the {}{day} \u{201c}", cause.kind.name()));
        let text = text.name(cause.name.clone()).plain("\u{201d} (");
        let moved = format!("{by} ± {error}");
        match &cause.sentence {
            Some((sentence, source)) => {
                let note = EvidenceNote {
                    subject: cause.name.clone(),
                    derivation: Some(Text::from(
                        "How far it alone moves the number under the same luck.",
                    )),
                    citations: vec![Citation {
                        source: source.clone(),
                        sentence: Some(sentence.clone()),
                        ..Citation::default()
                    }],
                    independent: None,
                };
                let key = notes.put(format!("cause.{key}.{at}"), note);
                text.number(moved, key).plain(")")
            }
            None => text.plain(format!("{moved})")),
        }
    });
    let told: Vec<Text> = told.collect();
    let text = text.plain("; moved by ").text(words::row(told));
    match causes.len().saturating_sub(CAUSES) {
        0 => text,
        more => text.plain(format!(" and {more} more")),
    }
}

fn has_moved(old: &Told, now: &Told) -> bool {
    let wide = (now.high - now.low).abs().max((old.high - old.low).abs());
    let finest = if now.share { 0.001 } else { 0.5 };
    (now.value - old.value).abs() > (FAR * wide).max(finest)
}

fn valued(number: &Told) -> String {
    match number.share {
        true => super::bottom_line::share(number.value, number.low, number.high),
        false => {
            let held = numbers::about(number.value, number.low, number.high);
            format!("{held} ({})", numbers::range(number.low, number.high))
        }
    }
}

/// Tables of what is new.
fn detail(findings: &Findings<'_>, before: &Record, now: &Record, new: &New<'_>) -> Vec<Block> {
    let case = findings.model.case;
    let mut blocks = Vec::new();
    let more = |table: &mut Table, all: usize| {
        if all > ROWS {
            table.notes.push(format!("… and {} more.", all - ROWS));
        }
    };
    let pairs: Vec<(&Told, &Told)> = (now.numbers.iter())
        .filter_map(|n| Some((before.numbers.iter().find(|old| old.key == n.key)?, n)))
        .filter(|(old, n)| has_moved(old, n))
        .collect();
    if !pairs.is_empty() {
        let columns = ["Now", "Before"].map(Column::numbers);
        let columns = std::iter::once(Column::words("Number")).chain(columns).collect();
        let mut table = Table::new("Numbers that moved", columns);
        for (old, number) in pairs.iter().take(ROWS) {
            table.row([number.name.clone(), valued(number), valued(old)]);
        }
        more(&mut table, pairs.len());
        blocks.push(Block::Table(table));
    }
    if !new.sources.is_empty() {
        let mut table = Table::new(
            "Sources that are new",
            vec![Column::words("Source"), Column::words("Published")],
        );
        for source in new.sources.iter().take(ROWS) {
            table.row([source.title.clone(), words::date(source.published)]);
        }
        more(&mut table, new.sources.len());
        blocks.push(Block::Table(table));
    }
    if !new.events.is_empty() {
        let mut table =
            Table::new("Events that are new", vec![Column::words("Event"), Column::words("Date")]);
        for event in new.events.iter().take(ROWS) {
            table.row([event.what.clone(), words::date(event.date)]);
        }
        more(&mut table, new.events.len());
        blocks.push(Block::Table(table));
    }
    if !new.estimates.is_empty() {
        let columns = ["Now", "Before"].map(Column::numbers);
        let columns = std::iter::once(Column::words("Estimate")).chain(columns).collect();
        let mut table = Table::new("Estimates that changed", columns);
        let said = |values: Option<[f64; 3]>| match values {
            Some([value, low, high]) => super::notes::ranged(value, low, high),
            None => "none".to_owned(),
        };
        for (path, old, values) in new.estimates.iter().take(ROWS) {
            table.row([words::upper(&plain_path(case, path)), said(*values), said(*old)]);
        }
        more(&mut table, new.estimates.len());
        blocks.push(Block::Table(table));
    }
    blocks
}
