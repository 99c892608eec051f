//! The outside view: what happened elsewhere and before, as the forecast of a question.
//!
//! A question names a reference class. Its rows that were public before the as-of date are pooled
//! over countries, and the class says what the case's own country may expect. Rows of one episode
//! count together as one, a row from memory as the reference says (`reference/leads.toml`). Where
//! the class has no row of the country, the earlier answers that the question gives
//! (`baseline.past`) are the country's record in the class. No run is looked at here.

use std::collections::{BTreeMap, BTreeSet};

use case::question::{Class, Question, QuestionKind};
use jiff::civil::Date;
use reference::{Fit, Is, Row, Sure};
use serde::Serialize;
use theory::Fault;
use theory::pooling::{
    BetaBinomial, Events, GammaPoisson, Kernel, Mixture, Pooled, Record, Share, StudentT, Trials,
};

use crate::score::{Forecast, POINTS};

/// A wait that was over on the day it began counts as half a day, since a logarithm needs some.
/// *Judged*: the middle of the day.
const SAME_DAY: f64 = 0.5;
/// Days of a year, in which exposures are counted.
const YEAR: f64 = 365.25;
/// Events beyond which the distribution of a count is cut.
const MOST: u32 = 1000;

/// A forecast from a reference class, with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outside {
    /// The forecast.
    pub forecast: Forecast,
    /// What it is a class of, for people.
    pub class: String,
    /// How many rows were known and fit.
    pub rows: usize,
    /// Of how many countries.
    pub countries: usize,
    /// How many whole rows they are worth, after episodes and leads.
    pub worth: f64,
    /// How many are the country's own.
    pub own: usize,
}

/// Why there is no outside view.
#[derive(Debug, Clone, PartialEq)]
pub enum NoOutside {
    /// The question names no class and has no earlier answers.
    Unnamed,
    /// It says why no class answers it.
    None(String),
    /// The class cannot be used as the question has it.
    Class(String),
    /// The class does not have what it takes, or was not known.
    Short(&'static str),
    /// Its rows cannot be pooled.
    Pooled(Box<Fault>),
}

impl std::fmt::Display for NoOutside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unnamed => f.write_str("no reference class is named and no earlier answer given"),
            Self::None(why) | Self::Class(why) => f.write_str(why),
            Self::Short(what) => f.write_str(what),
            Self::Pooled(fault) => write!(f, "the rows cannot be pooled: {fault}"),
        }
    }
}

impl std::error::Error for NoOutside {}

impl From<Fault> for NoOutside {
    fn from(fault: Fault) -> Self {
        Self::Pooled(Box::new(fault))
    }
}

impl Serialize for NoOutside {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// The outside view of a question of a case whose country the classes call `country`.
///
/// # Errors
/// [`NoOutside`].
pub fn outside(question: &Question, country: &str) -> Result<Outside, NoOutside> {
    match (&question.class, &question.no_class) {
        (Some(class), _) => {
            let mut seen = Seen::default();
            let forecast = match question.kind {
                QuestionKind::Binary => {
                    Forecast::Probability(chance(class, question, country, &mut seen)?)
                }
                QuestionKind::Number => {
                    let law = law(class, question, country, &mut seen)?;
                    Forecast::Points(law.points()?)
                }
                QuestionKind::Category => {
                    return Err(NoOutside::Short("no reference class answers by names"));
                }
            };
            Ok(seen.of(forecast))
        }
        // The earlier answers are a class of their own: the country's.
        (None, reason) if question.kind == QuestionKind::Binary => {
            let own = past(question);
            if own.trials == 0.0 {
                return Err(reason.clone().map_or(NoOutside::Unnamed, NoOutside::None));
            }
            let seen = Seen { class: "Earlier answers of the case".to_owned(), ..Seen::default() };
            let chance = BetaBinomial::fit(&[own])?.chance(own)?;
            let n = question.baseline.past.len();
            let seen = Seen { rows: n, own: n, worth: own.trials, ..seen };
            Ok(seen.of(Forecast::Probability(chance)))
        }
        (None, reason) => Err(reason.clone().map_or(NoOutside::Unnamed, NoOutside::None)),
    }
}

/// What a forecast rests on, as it is gathered.
#[derive(Default)]
struct Seen {
    class: String,
    rows: usize,
    countries: BTreeSet<String>,
    worth: f64,
    own: usize,
}

impl Seen {
    fn of(self, forecast: Forecast) -> Outside {
        Outside {
            forecast,
            class: self.class,
            rows: self.rows,
            countries: self.countries.len(),
            worth: self.worth,
            own: self.own,
        }
    }
}

/// The rows of a class that count for a question, each with its weight, and the class's column that
/// answers.
struct Chosen {
    class: &'static reference::Class,
    column: String,
    is: Is,
    rows: Vec<(&'static Row, f64)>,
}

fn chosen(class: &Class, question: &Question) -> Result<Chosen, NoOutside> {
    let (table, column) = class.column().map_err(NoOutside::Class)?;
    let described = table.column(&column).map_err(|e| NoOutside::Class(e.to_string()))?;
    let fits = |row: &&Row| {
        class.only.iter().all(|(column, values)| {
            let cell = table.cell(row, column);
            values.0.iter().any(|value| cell == Some(value.get_ref().as_str()))
        })
    };
    let answers = |row: &&Row| {
        let watched = described.censored.as_deref();
        table.cell(row, &column).is_some()
            || watched.is_some_and(|watched| table.cell(row, watched).is_some())
    };
    let rows: Vec<&'static Row> =
        table.known_before(question.as_of).filter(fits).filter(answers).collect();
    let mut of_episode: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *of_episode.entry(&row.episode).or_default() += 1;
    }
    let leads = reference::leads().map_err(|e| NoOutside::Class(e.to_string()))?.weight;
    let weight = |row: &Row| {
        let sure = if row.sure == Sure::Lead { leads } else { 1.0 };
        sure / of_episode[row.episode.as_str()] as f64
    };
    let rows = rows.iter().map(|row| (*row, weight(row))).collect();
    Ok(Chosen { class: table, column, is: described.is, rows })
}

impl Chosen {
    /// Leaves in `seen` what counts.
    fn tell(&self, country: &str, seen: &mut Seen) {
        if !seen.class.is_empty() {
            seen.class.push_str("; ");
        }
        seen.class.push_str(&self.class.title);
        seen.rows += self.rows.len();
        seen.countries.extend(self.rows.iter().map(|(row, _)| row.country.clone()));
        seen.worth += self.rows.iter().map(|(_, weight)| weight).sum::<f64>();
        seen.own += self.rows.iter().filter(|(row, _)| row.country == country).count();
    }

    /// The countries in alphabetical order, and the place of the case's own.
    fn countries(&self, country: &str) -> (Vec<&'static str>, Option<usize>) {
        let all: BTreeSet<&str> = self.rows.iter().map(|(row, _)| row.country.as_str()).collect();
        let all: Vec<&str> = all.into_iter().collect();
        let own = all.iter().position(|name| *name == country);
        (all, own)
    }

    fn number(&self, row: &Row, column: &str) -> Option<f64> {
        self.class.number(row, column)
    }
}

/// Earlier answers of yes or no as trials.
fn past(question: &Question) -> Trials {
    let past = &question.baseline.past;
    Trials { yes: past.iter().filter_map(|a| a.number()).sum(), trials: past.len() as f64 }
}

/// The probability of yes.
fn chance(
    class: &Class,
    question: &Question,
    country: &str,
    seen: &mut Seen,
) -> Result<f64, NoOutside> {
    let (table, column) = class.column().map_err(NoOutside::Class)?;
    let mut p = match (&table.fit, table.column(&column).map(|c| c.is)) {
        (Some(Fit::Beta { alpha, beta, .. }), _) => {
            known(table, question)?;
            table.title.clone_into(&mut seen.class);
            let own = past(question);
            seen.own += question.baseline.past.len();
            Share { alpha: *alpha, beta: *beta }.after(own).mean()
        }
        (None, Ok(Is::Truth | Is::Trials)) => {
            let chosen = chosen(class, question)?;
            chosen.tell(country, seen);
            share(&chosen, question, country, seen)?
        }
        (None, Ok(Is::Days)) => {
            let law = law(class, question, country, seen)?;
            match (class.above, class.by.or(question.until), class.since) {
                (Some(above), ..) => 1.0 - law.at_most(above),
                (None, Some(by), Some(since)) => law.at_most(days(since, by)),
                _ => {
                    return Err(NoOutside::Short(
                        "a class of days answers yes or no by since and by, or by above",
                    ));
                }
            }
        }
        (None, Ok(Is::Count)) => {
            let law = law(class, question, country, seen)?;
            1.0 - law.at_most(class.above.unwrap_or(0.0))
        }
        _ => {
            let above = class
                .above
                .ok_or(NoOutside::Short("a class of numbers answers yes or no by above"))?;
            1.0 - law(class, question, country, seen)?.at_most(above)
        }
    };
    if class.not {
        p = 1.0 - p;
    }
    if let Some(other) = &class.and {
        p *= chance(other, question, country, seen)?;
    }
    if let Some(other) = &class.or {
        p = 1.0 - (1.0 - p) * (1.0 - chance(other, question, country, seen)?);
    }
    Ok(p)
}

/// Whether the table of a fit was to be had on the question's date.
fn known(table: &reference::Class, question: &Question) -> Result<(), NoOutside> {
    match table.known.is_some_and(|known| known < question.as_of) {
        true => Ok(()),
        false => Err(NoOutside::Short("the table that the fit is made of was not known yet")),
    }
}

/// How often it was so, pooled over countries.
fn share(
    chosen: &Chosen,
    question: &Question,
    country: &str,
    seen: &mut Seen,
) -> Result<f64, NoOutside> {
    let (names, own) = chosen.countries(country);
    let mut groups = vec![Trials::default(); names.len()];
    let trials = chosen.class.column(&chosen.column).ok().and_then(|c| c.trials.as_deref());
    for (row, weight) in &chosen.rows {
        let (yes, of) = match trials {
            // Several trials of one row hang together: they are one draw, of their share.
            Some(trials) => {
                let of = chosen.number(row, trials).unwrap_or(1.0);
                (chosen.number(row, &chosen.column).unwrap_or(0.0) / of, 1.0)
            }
            None => match chosen.class.cell(row, &chosen.column) {
                Some("y") => (1.0, 1.0),
                Some("partly") => (0.5, 1.0),
                _ => (0.0, 1.0),
            },
        };
        let at = names.iter().position(|name| *name == row.country).unwrap_or(0);
        groups[at].yes += weight * yes;
        groups[at].trials += weight * of;
    }
    let own = match own {
        Some(own) => groups[own],
        None => {
            let own = past(question);
            groups.push(own);
            seen.own += question.baseline.past.len();
            own
        }
    };
    Ok(BetaBinomial::fit(&groups)?.chance(own)?)
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> f64 {
    to.since(from).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The distribution of a number.
enum Law {
    /// Days: the exponential of a mixture, given that so many have gone by.
    Days(Mixture, f64),
    /// A start times the exponential of a t.
    Multiple(f64, StudentT),
    /// A start plus a mixture, within bounds.
    Sum(f64, Mixture, (f64, f64)),
    /// A start times a mixture, within bounds.
    Share(f64, Mixture, (f64, f64)),
    /// Chances of none, one, two ...
    Count(Vec<f64>),
}

impl Law {
    /// The probability of at most x.
    fn at_most(&self, x: f64) -> f64 {
        match self {
            Self::Days(law, gone) => {
                let up_to = |days: f64| match days > 0.0 {
                    true => law.cumulative(days.ln()),
                    false => 0.0,
                };
                let (before, all) = (up_to(*gone), up_to(x.max(*gone)));
                if before < 1.0 { (all - before) / (1.0 - before) } else { 1.0 }
            }
            Self::Multiple(_, _) if x <= 0.0 => 0.0,
            Self::Multiple(base, law) => law.cumulative((x / base).ln()),
            Self::Sum(_, _, (low, _)) | Self::Share(_, _, (low, _)) if x < *low => 0.0,
            Self::Sum(_, _, (_, high)) | Self::Share(_, _, (_, high)) if x >= *high => 1.0,
            Self::Sum(base, law, _) => law.cumulative(x - base),
            Self::Share(base, law, _) => law.cumulative(x / base),
            Self::Count(chances) => {
                let up_to = chances.iter().enumerate().take_while(|(n, _)| *n as f64 <= x);
                up_to.map(|(_, p)| p).sum::<f64>().min(1.0)
            }
        }
    }

    /// Evenly spaced points of it, in rising order.
    fn points(&self) -> Result<Vec<f64>, NoOutside> {
        let at = |i: usize| -> Result<f64, Fault> {
            let share = (i as f64 + 0.5) / POINTS as f64;
            Ok(match self {
                Self::Days(law, gone) => {
                    let before = if *gone > 0.0 { law.cumulative(gone.ln()) } else { 0.0 };
                    let share = before + share * (1.0 - before);
                    law.quantile(share.clamp(1e-12, 1.0 - 1e-12))?.exp().max(*gone)
                }
                Self::Multiple(base, law) => base * law.quantile(share)?.exp(),
                Self::Sum(base, law, (low, high)) => {
                    (base + law.quantile(share)?).clamp(*low, *high)
                }
                Self::Share(base, law, (low, high)) => {
                    (base * law.quantile(share)?).clamp(*low, *high)
                }
                Self::Count(chances) => {
                    let mut up_to = 0.0;
                    let found = chances.iter().position(|p| {
                        up_to += p;
                        up_to >= share
                    });
                    found.unwrap_or(chances.len()) as f64
                }
            })
        };
        Ok((0..POINTS).map(at).collect::<Result<Vec<f64>, Fault>>()?)
    }
}

fn law(
    class: &Class,
    question: &Question,
    country: &str,
    seen: &mut Seen,
) -> Result<Law, NoOutside> {
    let (table, _) = class.column().map_err(NoOutside::Class)?;
    let base = || class.base.ok_or(NoOutside::Short("the class needs a base to start from"));
    if let Some(fit) = &table.fit {
        known(table, question)?;
        table.title.clone_into(&mut seen.class);
        return match fit {
            Fit::StudentT { location, scale, df, .. } => {
                Ok(Law::Multiple(base()?, StudentT::new(*location, *scale, *df)?))
            }
            Fit::Beta { .. } => Err(NoOutside::Short("a fit of yes or no answers no number")),
        };
    }
    let chosen = chosen(class, question)?;
    chosen.tell(country, seen);
    let column = table.column(&chosen.column).map_err(|e| NoOutside::Class(e.to_string()))?;
    let bounds = (column.least.unwrap_or(f64::NEG_INFINITY), column.most.unwrap_or(f64::INFINITY));
    match chosen.is {
        Is::Days => {
            let gone = class.since.map_or(0.0, |since| days(since, question.as_of).max(0.0));
            let watched = column.censored.as_deref();
            let value = |row: &Row| {
                let ended = chosen.number(row, &chosen.column);
                let all = ended.or_else(|| chosen.number(row, watched?))?;
                Some((all.max(SAME_DAY).ln(), ended.is_none()))
            };
            let past = |answer: f64| answer.max(SAME_DAY).ln();
            Ok(Law::Days(pooled(&chosen, question, country, seen, value, Some(past))?, gone))
        }
        Is::Change => {
            let value = |row: &Row| Some((chosen.number(row, &chosen.column)?, false));
            let level = column.level.as_deref().unwrap_or_default();
            let last = || {
                let own = table.known_before(question.as_of).filter(|row| row.country == country);
                let latest = own.max_by_key(|row| row.known);
                latest.and_then(|row| table.number(row, level))
            };
            let base = class.base.or_else(last).ok_or(NoOutside::Short(
                "the class does not know the last level of the country; give base",
            ))?;
            Ok(Law::Sum(base, pooled(&chosen, question, country, seen, value, NOT)?, bounds))
        }
        Is::Level => {
            let value = |row: &Row| Some((chosen.number(row, &chosen.column)?, false));
            let (base, law) = (base()?, pooled(&chosen, question, country, seen, value, NOT)?);
            Ok(Law::Share(base, law, (base * bounds.0, base * bounds.1)))
        }
        Is::Count => {
            let by = class.by.or(question.until).ok_or(NoOutside::Short(
                "a class of events needs the last day that counts: by, or until of the question",
            ))?;
            let (names, own) = chosen.countries(country);
            let mut groups = vec![Events::default(); names.len()];
            let exposure = column.exposure.as_deref().unwrap_or_default();
            for (row, weight) in &chosen.rows {
                let at = names.iter().position(|name| *name == row.country).unwrap_or(0);
                groups[at].count += weight * chosen.number(row, &chosen.column).unwrap_or(0.0);
                groups[at].exposure += weight * chosen.number(row, exposure).unwrap_or(1.0);
            }
            let pooled = GammaPoisson::fit(&groups)?;
            let own = own.map_or_else(Events::default, |own| groups[own]);
            let window = (days(question.as_of, by) / YEAR).max(f64::MIN_POSITIVE);
            let mut chances = Vec::new();
            let mut all = 0.0;
            for n in 0..MOST {
                let chance = pooled.chance_of(n, window, own)?;
                all += chance;
                chances.push(chance);
                if all > 1.0 - 1e-9 {
                    break;
                }
            }
            Ok(Law::Count(chances))
        }
        _ => Err(NoOutside::Short("a class of yes or no answers no number")),
    }
}

/// Earlier answers that say nothing of what the class counts.
const NOT: Option<fn(f64) -> f64> = None;

/// Values pooled over countries, and what they predict for the case's own. `past` makes a value of
/// an earlier answer, where the class may have no row of the country.
fn pooled(
    chosen: &Chosen,
    question: &Question,
    country: &str,
    seen: &mut Seen,
    value: impl Fn(&Row) -> Option<(f64, bool)>,
    past: Option<impl Fn(f64) -> f64>,
) -> Result<Mixture, NoOutside> {
    let (names, mut own) = chosen.countries(country);
    let mut groups = names.len();
    let mut records: Vec<Record> = (chosen.rows.iter())
        .filter_map(|(row, weight)| {
            let group = names.iter().position(|name| *name == row.country)?;
            let (value, censored) = value(row)?;
            Some(Record { group, value, censored, weight: *weight })
        })
        .collect();
    if let (None, Some(past), false) = (own, past, question.baseline.past.is_empty()) {
        let answers = question.baseline.past.iter().filter_map(|answer| answer.number());
        records.extend(answers.map(|answer| Record {
            group: groups,
            value: past(answer),
            censored: false,
            weight: 1.0,
        }));
        own = Some(groups);
        groups += 1;
        seen.own += question.baseline.past.len();
    }
    if records.is_empty() {
        return Err(NoOutside::Short("no row of the class was known yet"));
    }
    Ok(Pooled::fit(&records, groups, Kernel::Normal)?.predict(own))
}
