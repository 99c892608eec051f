//! One run told as a story, any entry of it walked back to inputs, sources and draws, the medoid run of each outcome
//! ([`medoid`]), and where two paired runs part ([`parting`]).

use std::collections::{BTreeMap, BTreeSet};

use case::Case;
use simulate::journal::{Cause, Entry, EntryId};
use simulate::luck::Who;
use simulate::{Ensemble, Model, Played};

pub mod medoid;
pub mod parting;

/// The run of an ensemble that best stands for it: with the commonest head of government, the one whose days are
/// nearest the median of such runs (the earliest number on ties).
#[must_use]
pub fn typical(ensemble: &Ensemble) -> Option<u32> {
    let mut heads = [0_u32; 256];
    let formed = || ensemble.outcomes.iter().enumerate();
    for (_, run) in formed() {
        if let Some(head) = run.head {
            heads[usize::from(head)] += 1;
        }
    }
    let commonest = (0..=255_u8).max_by_key(|h| (heads[usize::from(*h)], std::cmp::Reverse(*h)))?;
    let mut days: Vec<f64> = formed()
        .filter(|(_, r)| r.head == Some(commonest))
        .filter_map(|(_, r)| r.days.map(f64::from))
        .collect();
    days.sort_by(f64::total_cmp);
    let median = crate::interval::quantile(&days, 0.5);
    formed()
        .filter(|(_, r)| r.head == Some(commonest))
        .filter_map(|(i, r)| Some((i, (f64::from(r.days?) - median).abs())))
        .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
        .and_then(|(i, _)| ensemble.first.checked_add(u32::try_from(i).ok()?))
}

/// The story of a run: one line an entry.
#[must_use]
pub fn story(told: &Played) -> Vec<String> {
    told.journal
        .iter()
        .map(|e| format!("{:>4}  {}  {:<10} {}", e.id, e.day, e.process, e.what))
        .collect()
}

/// An entry walked back: what it hangs on, down to `depth` entries, then to beliefs with their sources and to
/// draws. Of many causes of one kind the first `most` are listed and the rest counted.
#[must_use]
pub fn walk(
    model: &Model<'_>,
    told: &Played,
    entry: usize,
    depth: usize,
    most: usize,
) -> Option<Vec<String>> {
    let start = told.journal.get(entry)?;
    let mut climb = Climb {
        case: model.case,
        names: model.who_names(),
        journal: &told.journal,
        depth,
        most,
        seen: BTreeSet::new(),
        lines: Vec::new(),
    };
    climb.entry(start, 0);
    Some(climb.lines)
}

/// A walk in progress.
struct Climb<'a> {
    case: &'a Case,
    names: BTreeMap<Who, String>,
    journal: &'a [Entry],
    depth: usize,
    most: usize,
    seen: BTreeSet<EntryId>,
    lines: Vec<String>,
}

impl Climb<'_> {
    fn entry(&mut self, entry: &Entry, level: usize) {
        let pad = "    ".repeat(level);
        if !self.seen.insert(entry.id) {
            self.lines.push(format!("{pad}[{}] see above", entry.id));
            return;
        }
        self.lines.push(format!("{pad}[{}] {}  {}", entry.id, entry.day, entry.what));
        let (mut inputs, mut draws, mut earlier) = (Vec::new(), Vec::new(), Vec::new());
        for cause in &entry.causes {
            match cause {
                Cause::Belief { id, value } => inputs.push(input(self.case, *id, *value)),
                Cause::Draw { name, who, number } => {
                    let whom = self.names.get(who).map_or_else(String::new, |n| format!(" ({n})"));
                    draws.push(format!("{name}{whom}: {number:.4}"));
                }
                Cause::Entry { id } => earlier.push(*id),
            }
        }
        self.some(&pad, "input", "inputs", &inputs);
        self.some(&pad, "chance", "draws", &draws);
        for id in earlier.iter().rev() {
            let Some(cause) = self.journal.get(id.place()) else {
                continue;
            };
            if level < self.depth {
                self.entry(cause, level + 1);
            } else {
                self.lines.push(format!("{pad}    after [{id}] {}", cause.what));
            }
        }
    }

    fn some(&mut self, pad: &str, one: &str, many: &str, all: &[String]) {
        let shown = all.iter().take(self.most).map(|text| format!("{pad}    {one} {text}"));
        self.lines.extend(shown);
        if all.len() > self.most {
            self.lines.push(format!("{pad}    … and {} more {many}", all.len() - self.most));
        }
    }
}

/// A belief with its range, its value in the run and its sources.
fn input(case: &Case, id: usize, value: f64) -> String {
    let Some(belief) = case.beliefs.get(id) else {
        return format!("belief {id}");
    };
    let mut sources: Vec<String> = (belief.sources.iter())
        .map(|key| match case.source(key) {
            Some(s) => format!(
                "{}, {} ({}{})",
                s.publisher,
                s.published,
                s.reliability,
                s.credibility.get_ref()
            ),
            None => key.clone(),
        })
        .collect();
    if let Some(reason) = &belief.judged {
        sources.push(format!("judged: {reason}"));
    }
    let range = match belief.low < belief.high {
        true => format!(" of {} to {}", belief.low, belief.high),
        false => String::new(),
    };
    format!("{} = {value:.3}{range} [{}]", belief.path, sources.join("; "))
}
