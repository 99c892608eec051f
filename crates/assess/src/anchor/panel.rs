//! Contested decisions elsewhere, in which a foreign patron wanted something: the reference class `decisions`.
//!
//! There are no networks of these states. So a patron, and one that opposes it, holds the same unknown share v of whoever
//! decided, and home the rest: U(a) is the sum of share, care and wish over that of share and care, as in a case. Rows of
//! the case's own country are left out, rows that were not known before the as-of date, and rows of which nobody can say what the
//! majority at home wanted. The rows of a country and its level are no base rate: failures were sought on purpose.

use case::choice::Care;
use jiff::civil::Date;
use simulate::decide::UNSAID;
use theory::Fault;
use theory::decision::anchor::{Grid, Posterior, Settled, posterior};

/// The class that holds it.
const CLASS: &str = "decisions";
/// The shares of a decision that a patron may hold, before anything is known: level up to six tenths. *Judged*.
const SHARES: (f64, usize) = (0.6, 60);

/// The decisions elsewhere that may be used.
#[derive(Debug, Clone)]
pub struct Panel {
    rows: Vec<Row>,
    countries: usize,
}

#[derive(Debug, Clone)]
struct Row {
    country: String,
    episode: String,
    alternatives: usize,
    outcome: usize,
    majority: usize,
    patron: usize,
    opponent: Option<usize>,
    care: f64,
}

/// What is known elsewhere of lambda and of the share that a patron holds.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// The shares.
    shares: Vec<f64>,
    /// The probability of each pair, share by share.
    weights: Vec<f64>,
    precisions: usize,
}

impl Panel {
    /// The rows known before a day, but for those of a country by any of its names.
    ///
    /// # Errors
    /// [`Fault`](reference::Fault): the class is not there, or not as it says.
    pub fn read(as_of: Date, own: &[&str]) -> Result<Self, reference::Fault> {
        let class = reference::class(CLASS)?;
        let mut rows = Vec::new();
        for row in class.known_before(as_of) {
            let ours = own.iter().any(|name| name.eq_ignore_ascii_case(&row.country));
            let cell = |column: &str| class.cell(row, column).unwrap_or_default();
            let all: Vec<&str> = cell("alternatives").split('|').collect();
            let place = |column: &str| all.iter().position(|a| *a == cell(column));
            let (Some(outcome), Some(majority), Some(patron), false) =
                (place("outcome"), place("domestic_majority_wanted"), place("patron_wanted"), ours)
            else {
                continue;
            };
            let care = match cell("patron_salience") {
                "high" => Care::High,
                "low" => Care::Low,
                _ => Care::Medium,
            };
            rows.push(Row {
                country: row.country.clone(),
                episode: row.episode.clone(),
                alternatives: all.len(),
                outcome,
                majority,
                patron,
                opponent: place("opposing_wanted").filter(|_| !cell("opposing_patron").is_empty()),
                care: care.number(),
            });
        }
        let mut countries: Vec<&str> = rows.iter().map(|r| r.country.as_str()).collect();
        countries.sort_unstable();
        countries.dedup();
        let countries = countries.len();
        Ok(Self { rows, countries })
    }

    /// How many decisions, and in how many countries.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.countries)
    }

    /// How often patrons got their way, by the mean of a Beta from one success and one failure.
    #[must_use]
    pub fn rate(&self) -> f64 {
        let won = self.rows.iter().filter(|r| r.patron == r.outcome).count() as f64;
        (won + 1.0) / (self.rows.len() as f64 + 2.0)
    }

    /// The posterior of lambda and the share.
    ///
    /// # Errors
    /// As [`posterior`].
    pub fn fit(&self, precisions: &[f64]) -> Result<Elsewhere, Fault> {
        let shares: Vec<f64> =
            (0..SHARES.1).map(|i| SHARES.0 * (i as f64 + 0.5) / SHARES.1 as f64).collect();
        let found = self.posterior(shares.clone(), precisions)?;
        Ok(Elsewhere { shares, weights: found.weights(), precisions: precisions.len() })
    }

    /// The logarithm of the posterior of lambda where nobody outside holds anything.
    ///
    /// # Errors
    /// As [`posterior`].
    pub fn alone(&self, precisions: &[f64]) -> Result<Vec<Vec<f64>>, Fault> {
        let found = self.posterior(vec![0.0], precisions)?;
        Ok(vec![found.weights().iter().map(|w| w.max(f64::MIN_POSITIVE).ln()).collect()])
    }

    fn posterior(&self, shares: Vec<f64>, precisions: &[f64]) -> Result<Posterior, Fault> {
        let mut episodes: Vec<&str> = self.rows.iter().map(|r| r.episode.as_str()).collect();
        episodes.sort_unstable();
        episodes.dedup();
        let group = |row: &Row| episodes.binary_search(&row.episode.as_str()).unwrap_or(0);
        let decisions: Vec<Settled> = (self.rows.iter())
            .map(|row| Settled {
                wishes: shares.iter().map(|v| row.wishes(*v)).collect(),
                outcome: row.outcome,
                group: group(row),
            })
            .collect();
        posterior(Grid::level(shares, precisions.to_vec()), &decisions)
    }
}

impl Row {
    /// What those who decided settled on where a patron held a share.
    fn wishes(&self, share: f64) -> Vec<f64> {
        let abroad = share * (1.0 + f64::from(u8::from(self.opponent.is_some())));
        // Two patrons never hold more than nine tenths between them.
        let share = if abroad > 0.9 { 0.9 * share / abroad } else { share };
        let home = 1.0 - abroad.min(0.9);
        let held: Vec<(f64, f64, usize)> = [
            Some((home, UNSAID.number(), self.majority)),
            Some((share, self.care, self.patron)),
            self.opponent.map(|wanted| (share, self.care, wanted)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let weight: f64 = held.iter().map(|(v, s, _)| v * s).sum();
        (0..self.alternatives)
            .map(|a| {
                let sum: f64 = (held.iter())
                    .map(|(v, s, wanted)| if *wanted == a { v * s } else { -v * s })
                    .sum();
                (sum / weight).clamp(-1.0, 1.0)
            })
            .collect()
    }
}

impl Elsewhere {
    /// The logarithm of the prior of a case, scale by scale, where a scale gives patrons these shares on average: the
    /// density of the share elsewhere, turned into one of the logarithm of the scale.
    #[must_use]
    pub fn prior(&self, shares: &[f64]) -> Vec<Vec<f64>> {
        let step = self.shares.get(1).map_or(1.0, |s| s - self.shares[0]);
        let density = |v: f64, l: usize| {
            let at = ((v / step - 0.5).round().max(0.0) as usize).min(self.shares.len() - 1);
            self.weights[at * self.precisions + l] / step
        };
        let slope = |k: usize| {
            let (low, high) = (k.saturating_sub(1), (k + 1).min(shares.len() - 1));
            if high > low { (shares[low] - shares[high]).abs() / (high - low) as f64 } else { 1.0 }
        };
        // Without ties the scale moves nothing, and nothing is known of it.
        let tied = shares.iter().any(|v| *v > 1e-6);
        (0..shares.len())
            .map(|k| {
                let beyond = shares[k] > SHARES.0;
                (0..self.precisions)
                    .map(|l| match (tied, beyond) {
                        (false, _) => density(0.0, l).max(f64::MIN_POSITIVE).ln(),
                        (true, true) => f64::NEG_INFINITY,
                        (true, false) => {
                            (density(shares[k], l) * slope(k)).max(f64::MIN_POSITIVE).ln()
                        }
                    })
                    .collect()
            })
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rows_known_later_and_those_of_the_case_itself_are_not_seen() {
        let all = Panel::read(Date::MAX, &[]).unwrap();
        let one = all.rows[0].country.clone();
        let others = Panel::read(Date::MAX, &[&one.to_uppercase()]).unwrap();
        assert!(others.rows.iter().all(|r| r.country != one));
        assert_eq!(others.countries + 1, all.countries);
        let early = Panel::read(jiff::civil::date(2010, 1, 1), &[]).unwrap();
        assert!(early.rows.len() < all.rows.len() && !early.rows.is_empty());
        assert!(Panel::read(jiff::civil::date(1900, 1, 1), &[]).unwrap().rows.is_empty());
    }

    #[test]
    fn a_patron_that_holds_nothing_leaves_the_majority_its_way() {
        let row = Row {
            country: String::new(),
            episode: String::new(),
            alternatives: 2,
            outcome: 0,
            majority: 1,
            patron: 0,
            opponent: None,
            care: 0.9,
        };
        assert_eq!(row.wishes(0.0), [-1.0, 1.0]);
        // A fifth held with care .9 against four fifths with care .6.
        let u = (0.2 * 0.9 - 0.8 * 0.6) / (0.2 * 0.9 + 0.8 * 0.6);
        assert!((row.wishes(0.2)[0] - u).abs() < 1e-12);
    }
}
