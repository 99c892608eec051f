//! Competing hypotheses: outcomes x evidence, as in Heuer's analysis (`heuer1999`), with cells from the ensemble.
//!
//! A cell is the likelihood ratio P(evidence | hypothesis) / P(evidence | the others), over the runs in which the matter
//! is still open on the last day of the evidence. It is filed as analysts file it: CC and C where the evidence speaks
//! for the hypothesis, N where the ratio's 95 % interval holds 1, I and II where it speaks against it; the doubled ones from a
//! ratio of [`STRONG`] (Jeffreys's "substantial") on. As Heuer has it, hypotheses are ranked by what speaks *against* them:
//! a cell I counts one, II two, and the least goes first. Beside that stand the joint posterior, the share of each
//! hypothesis among the runs that show all the evidence at once, and what becomes of both if one item were false, that
//! is left out. The thresholds and the counting are *Judged*.

use rayon::prelude::*;
use serde::Serialize;
use simulate::model::Model;
use simulate::play::{Looks, Play};
use simulate::run::Outcome;

use super::counts::{Four, Ratio};
use super::{Chance, IndicatorError};
use crate::ask::{Ask, Value};
use crate::interval::jeffreys;
use crate::update::{Observation, Seen};

/// The ratio from which evidence is filed as strong: the square root of ten.
pub const STRONG: f64 = 3.162_277_66;
/// Fewer runs than this that show all the evidence give no joint posterior.
pub const LEAST: usize = 30;

/// How a piece of evidence stands to a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Bucket {
    /// Very consistent.
    CC,
    /// Consistent.
    C,
    /// Neutral: the ratio cannot be told from 1.
    N,
    /// Inconsistent.
    I,
    /// Very inconsistent.
    II,
}

impl Bucket {
    /// The bucket of a ratio.
    #[must_use]
    pub fn of(ratio: &Ratio) -> Self {
        let (low, high) = ratio.interval;
        match ratio.value {
            _ if low <= 1.0 && high >= 1.0 => Self::N,
            r if r >= STRONG => Self::CC,
            r if r > 1.0 => Self::C,
            r if r > 1.0 / STRONG => Self::I,
            _ => Self::II,
        }
    }

    /// What it counts against a hypothesis.
    #[must_use]
    pub fn against(self) -> u32 {
        match self {
            Self::I => 1,
            Self::II => 2,
            Self::CC | Self::C | Self::N => 0,
        }
    }

    /// Its letters.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::CC => "CC",
            Self::C => "C",
            Self::N => "N",
            Self::I => "I",
            Self::II => "II",
        }
    }
}

/// What is to be told apart.
#[derive(Debug, Clone)]
pub enum Hypotheses {
    /// Questions of yes or no that exclude each other; what is none of them is one more.
    Truths(Vec<(String, Ask)>),
    /// The answers to a question for a name, the `most` most frequent; the rest are one more.
    Names {
        /// The question.
        ask: Ask,
        /// How many names to tell apart.
        most: usize,
    },
}

/// What a piece of evidence says of one hypothesis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// P(evidence | hypothesis).
    pub likelihood: f64,
    /// The likelihood ratio against all others together.
    pub ratio: Ratio,
    /// Its bucket.
    pub bucket: Bucket,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What was seen.
    pub what: String,
    /// Its day.
    pub on: jiff::civil::Date,
    /// Its probability among the open runs.
    pub probability: f64,
    /// Mutual information with the hypotheses, in bits: how well it tells them apart, whatever is true.
    pub bits: f64,
    /// A cell for each hypothesis.
    pub cells: Vec<Cell>,
    /// The standing if this item were false: places of hypotheses, the best first.
    pub without: Vec<usize>,
    /// Joint posteriors without this item.
    pub posterior_without: Option<Vec<f64>>,
    /// Whether another hypothesis would come first without it: a linchpin.
    pub linchpin: bool,
}

/// A hypothesis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hypothesis {
    /// What it is.
    pub name: String,
    /// Its probability among the open runs, before the evidence.
    pub before: Chance,
    /// What speaks against it: I counts one, II two.
    pub inconsistency: u32,
    /// Its share among the runs that show all the evidence; none if those are fewer than [`LEAST`].
    pub posterior: Option<Chance>,
}

/// The whole matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ach {
    /// Runs.
    pub runs: usize,
    /// Runs in which the matter is open on the last day of the evidence.
    pub open: usize,
    /// Of those, the runs that show all the evidence.
    pub together: usize,
    /// The hypotheses.
    pub hypotheses: Vec<Hypothesis>,
    /// The evidence, the most telling first.
    pub evidence: Vec<Item>,
    /// Places of the hypotheses, the least inconsistent first; of equal ones the likelier.
    pub standing: Vec<usize>,
}

struct Row {
    answer: Option<String>,
    open: bool,
    shown: Vec<bool>,
}

/// Sets evidence against hypotheses over `runs` runs. `done` is called with the number finished since the last call.
///
/// # Errors
/// [`IndicatorError`]: evidence that is no yes or no or lies outside the window, hypotheses that come true together or
/// are fewer than two.
pub fn ach(
    model: &Model<'_>,
    hypotheses: &Hypotheses,
    evidence: &[Observation],
    (seed, runs): (u64, u32),
    done: &(dyn Fn(u64) + Sync),
) -> Result<Ach, IndicatorError> {
    let mut evidence = evidence.to_vec();
    evidence.sort_by_key(|o| o.on);
    let Some(last) = evidence.last().map(|o| o.on) else {
        return Err(IndicatorError::Hypotheses("give at least one piece of evidence".to_owned()));
    };
    if let Some(o) = evidence.iter().find(|o| o.on < model.start || o.on > model.end) {
        return Err(IndicatorError::Day(format!(
            "\"{}\": {} lies outside the window",
            o.text, o.on
        )));
    }
    let asks: Vec<&Ask> = evidence
        .iter()
        .map(|o| match &o.seen {
            Seen::Truth(ask) => Ok(ask),
            _ => Err(IndicatorError::Hypotheses(format!(
                "\"{}\": evidence in a matrix is yes or no; compare the number with something",
                o.text
            ))),
        })
        .collect::<Result<_, _>>()?;
    let days: Vec<_> = evidence.iter().map(|o| o.on).collect();
    let rows: Vec<Result<Row, IndicatorError>> = (0..runs)
        .into_par_iter()
        .with_min_len(16)
        .map(|run| {
            let mut shown = Vec::with_capacity(days.len());
            let mut open = true;
            let mut look = |at: usize, stands: &Outcome| {
                shown.push(asks[at].of(stands) == Value::Truth(true));
                if days[at] == last {
                    open = hypotheses.open(stands, last);
                }
            };
            let looks = Some(Looks { days: &days, look: &mut look });
            let played = Play { looks, ..model.play(seed, run) }.go();
            let outcome = played.map_err(IndicatorError::Step)?.outcome;
            done(1);
            Ok(Row { answer: hypotheses.answer(&outcome, model.end, run)?, open, shown })
        })
        .collect();
    let rows = rows.into_iter().collect::<Result<Vec<Row>, _>>()?;
    let open: Vec<&Row> = rows.iter().filter(|r| r.open).collect();
    let names = hypotheses.names(&open);
    if names.len() < 2 {
        return Err(IndicatorError::Hypotheses(format!(
            "among the {} runs that are open on {last} only one hypothesis ever comes true: nothing to tell apart",
            open.len()
        )));
    }
    let rest = names.len() - 1;
    let class: Vec<usize> = (open.iter())
        .map(|r| {
            let found = |a: &String| names[..rest].iter().position(|n| n == a);
            r.answer.as_ref().and_then(found).unwrap_or(rest)
        })
        .collect();
    let shown: Vec<&[bool]> = open.iter().map(|r| r.shown.as_slice()).collect();
    Ok(matrix(&evidence, names, &class, &shown, rows.len()))
}

impl Hypotheses {
    fn open(&self, stands: &simulate::Outcome, day: jiff::civil::Date) -> bool {
        match self {
            Self::Names { ask, .. } => ask.is_open(stands, day),
            Self::Truths(all) => {
                let settled = || all.iter().map(|(_, ask)| ask.settled(stands, day));
                settled().all(|s| s != Some(true)) && settled().any(|s| s.is_none())
            }
        }
    }

    fn answer(
        &self,
        outcome: &simulate::Outcome,
        end: jiff::civil::Date,
        run: u32,
    ) -> Result<Option<String>, IndicatorError> {
        match self {
            Self::Names { ask, .. } => Ok(match ask.of(outcome) {
                Value::Name(name) => Some(name),
                _ => Some("none".to_owned()),
            }),
            Self::Truths(all) => {
                let mut came =
                    all.iter().filter(|(_, ask)| ask.came_true(outcome, end) == Some(true));
                let first = came.next().map(|(name, _)| name.clone());
                match came.next() {
                    Some((second, _)) => Err(IndicatorError::Hypotheses(format!(
                        "in run {run} both \"{}\" and \"{second}\" come true: make hypotheses exclude each other",
                        first.unwrap_or_default()
                    ))),
                    None => Ok(first),
                }
            }
        }
    }

    /// The hypotheses that come true in some open run, and the rest; the rest is left out if nothing is.
    fn names(&self, open: &[&Row]) -> Vec<String> {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for row in open {
            *counts.entry(row.answer.as_deref().unwrap_or("")).or_default() += 1;
        }
        match self {
            Self::Truths(all) => {
                let mut names: Vec<String> = (all.iter().map(|(name, _)| name.clone()))
                    .filter(|n| counts.contains_key(n.as_str()))
                    .collect();
                if counts.contains_key("") {
                    let rest = if all.len() == 1 {
                        format!("not: {}", all[0].0)
                    } else {
                        "none of these".into()
                    };
                    names.push(rest);
                }
                names
            }
            Self::Names { most, .. } => {
                let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
                order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
                let more = order.len() > *most;
                let mut names: Vec<String> =
                    order.iter().take(*most).map(|(n, _)| (*n).to_owned()).collect();
                if more {
                    names.push("any other".to_owned());
                }
                names
            }
        }
    }
}

/// The matrix of open runs: their hypothesis and what each showed.
fn matrix(
    evidence: &[Observation],
    names: Vec<String>,
    class: &[usize],
    shown: &[&[bool]],
    runs: usize,
) -> Ach {
    let count = names.len();
    let all = class.len();
    // Shares of hypotheses among runs that show everything but perhaps one item.
    let joint = |left_out: Option<usize>| {
        let mut hits = vec![0_usize; count];
        for (c, row) in class.iter().zip(shown) {
            let holds = row.iter().enumerate().all(|(at, s)| *s || Some(at) == left_out);
            hits[*c] += usize::from(holds);
        }
        hits
    };
    let together = joint(None);
    let held: usize = together.iter().sum();
    let share = |hits: &[usize]| -> Option<Vec<f64>> {
        let sum: usize = hits.iter().sum();
        (sum >= LEAST).then(|| hits.iter().map(|h| *h as f64 / sum as f64).collect())
    };
    let posterior = share(&together);
    let sizes: Vec<usize> = (0..count).map(|h| class.iter().filter(|c| **c == h).count()).collect();
    let before: Vec<f64> = sizes.iter().map(|n| *n as f64 / all.max(1) as f64).collect();
    let cells: Vec<Vec<Cell>> = (0..evidence.len())
        .map(|at| {
            let cell = |h: usize| {
                let mut four = Four::default();
                class.iter().zip(shown).for_each(|(c, row)| four.add(row[at], *c == h));
                let ratio = four.ratio();
                let likelihood = four.seen_with as f64 / sizes[h].max(1) as f64;
                Cell { likelihood, bucket: Bucket::of(&ratio), ratio }
            };
            (0..count).map(cell).collect()
        })
        .collect();
    let against = |left_out: Option<usize>| -> Vec<u32> {
        let sum = |h: usize| {
            let counted = cells.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
            counted.map(|(_, row)| row[h].bucket.against()).sum()
        };
        (0..count).map(sum).collect()
    };
    let standing = |left_out: Option<usize>, likely: &[f64]| {
        let against = against(left_out);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|a, b| {
            against[*a].cmp(&against[*b]).then(likely[*b].total_cmp(&likely[*a])).then(a.cmp(b))
        });
        order
    };
    let likely = |posterior: &Option<Vec<f64>>| posterior.clone().unwrap_or_else(|| before.clone());
    let first = standing(None, &likely(&posterior));
    let mut items: Vec<Item> = (evidence.iter().zip(&cells).enumerate())
        .map(|(at, (observation, cells))| {
            let posterior_without = share(&joint(Some(at)));
            let without = standing(Some(at), &likely(&posterior_without));
            let hits = shown.iter().filter(|row| row[at]).count();
            Item {
                what: observation.text.clone(),
                on: observation.on,
                probability: hits as f64 / all.max(1) as f64,
                bits: bits(cells, &before, hits as f64 / all.max(1) as f64),
                cells: cells.clone(),
                linchpin: without.first() != first.first(),
                without,
                posterior_without,
            }
        })
        .collect();
    items.sort_by(|a, b| b.bits.total_cmp(&a.bits));
    let inconsistency = against(None);
    let hypotheses = names.into_iter().enumerate().map(|(h, name)| Hypothesis {
        name,
        before: chance(sizes[h], all),
        inconsistency: inconsistency[h],
        posterior: posterior.as_ref().map(|_| chance(together[h], held)),
    });
    Ach {
        runs,
        open: all,
        together: held,
        hypotheses: hypotheses.collect(),
        evidence: items,
        standing: first,
    }
}

fn chance(hits: usize, all: usize) -> Chance {
    let interval = jeffreys(hits as f64, all as f64, 0.95);
    Chance { value: hits as f64 / all.max(1) as f64, interval }
}

/// Mutual information of an item and the hypotheses, in bits.
fn bits(cells: &[Cell], before: &[f64], probability: f64) -> f64 {
    let term = |p: f64, conditional: f64, marginal: f64| {
        if conditional > 0.0 && marginal > 0.0 {
            p * conditional * (conditional / marginal).log2()
        } else {
            0.0
        }
    };
    let each = cells.iter().zip(before).map(|(cell, p)| {
        term(*p, cell.likelihood, probability) + term(*p, 1.0 - cell.likelihood, 1.0 - probability)
    });
    each.sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn seen(text: &str) -> Observation {
        // The matrix reads only text and day.
        Observation { text: text.to_owned(), on: date(2031, 4, 1), seen: Seen::Near(Vec::new()) }
    }

    #[test]
    fn a_matrix_made_by_hand_gives_its_ratios_its_ranking_and_its_linchpin() {
        // 1,000 runs of A and 1,000 of B. The first item shows in 80 % of A and 20 % of B, the second in 30 % of A and
        // 50 % of B, the third in half of both.
        let mut class = Vec::new();
        let mut rows: Vec<Vec<bool>> = Vec::new();
        for run in 0..2000_usize {
            let (h, place) = (run / 1000, run % 10);
            let cut = if h == 0 { (8, 3) } else { (2, 5) };
            class.push(h);
            rows.push(vec![place < cut.0, (run / 10) % 10 < cut.1, (run / 100) % 2 == 0]);
        }
        let shown: Vec<&[bool]> = rows.iter().map(Vec::as_slice).collect();
        let evidence = [seen("first"), seen("second"), seen("third")];
        let names = vec!["A".to_owned(), "B".to_owned()];
        let found = matrix(&evidence, names, &class, &shown, 2000);
        let item = |name: &str| found.evidence.iter().find(|i| i.what == name).unwrap();
        assert_eq!(found.evidence[0].what, "first");
        let buckets = |name: &str| item(name).cells.iter().map(|c| c.bucket).collect::<Vec<_>>();
        assert_eq!(buckets("first"), [Bucket::CC, Bucket::II]);
        assert_eq!(buckets("second"), [Bucket::I, Bucket::C]);
        assert_eq!(buckets("third"), [Bucket::N, Bucket::N]);
        // The items are independent given the hypothesis: 0.8 x 0.3 against 0.2 x 0.5, one to one before.
        let posterior = found.hypotheses[0].posterior.unwrap().value;
        assert!((posterior - 0.24 / 0.34).abs() < 1e-12, "{posterior}");
        assert_eq!(found.standing, [0, 1]);
        // Without the first item B is the less inconsistent.
        assert!(item("first").linchpin && item("first").without == [1, 0]);
        assert!(!item("second").linchpin && !item("third").linchpin);
        let without = item("first").posterior_without.as_ref().unwrap();
        assert!((without[0] - 0.3 / 0.8).abs() < 1e-12);
        // H(4/5) for the first: 1 - 0.7219 bits.
        assert!((item("first").bits - 0.278_07).abs() < 1e-4);
        assert!(item("third").bits < 1e-12);
    }
}
