//! The rules a case can ask for by name: one line each, and whatever else names them is made from here.

use super::divisor::Divisor;
use super::law::Formula;
use super::quota::Quota;
use super::stv_by_slates::MOST_DECIMALS;
use crate::Fault;
use num_rational::Ratio;

/// What a rule may be told beside its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The first divisor of a modified sequence.
    pub first_divisor: Option<Ratio<u64>>,
    /// The divisors, written out.
    pub divisors: Vec<Ratio<u64>>,
    /// The quota.
    pub quota: Option<Quota>,
    /// Decimals to which the value of a paper is kept.
    pub decimals: Option<u32>,
}

/// A rule that can be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub says: &'static str,
    /// The options it takes, by name.
    pub takes: &'static [&'static str],
    /// The formula under these options.
    pub formula: fn(&Options) -> Result<Formula, Fault>,
}

const fn averages(
    name: &'static str,
    says: &'static str,
    formula: fn(&Options) -> Result<Formula, Fault>,
) -> Rule {
    Rule { name, says, takes: &[], formula }
}

/// Declares the rules that have a file of their own in `rule/`, and lists them.
macro_rules! files {
    ($($file:ident),* $(,)?) => {
        $(pub mod $file;)*
        const IN_FILES: &[Rule] = &[$($file::RULE),*];
    };
}

files! {
    residual_seats,
}

/// The rules that are a divisor sequence, a quota or a count of candidates.
const PLAIN: &[Rule] = &[
    Rule {
        name: "sainte-lague",
        says: "Divisors `first_divisor`, 3, 5, 7, …: Sainte-Laguë where it is 1.",
        takes: &["first_divisor"],
        formula: sainte_lague,
    },
    averages("dhondt", "Divisors 1, 2, 3, …", |_| by(Divisor::DHondt)),
    averages("danish", "Divisors 1, 4, 7, …", |_| by(Divisor::Danish)),
    averages("imperiali", "Divisors 2, 3, 4, …", |_| by(Divisor::Imperiali)),
    averages(
        "adams",
        "Divisors 0, 1, 2, …: every list with a vote takes a seat before any takes two.",
        |_| by(Divisor::Adams),
    ),
    averages("dean", "Harmonic means of neighbouring numbers of seats.", |_| by(Divisor::Dean)),
    averages("huntington-hill", "Geometric means of neighbouring numbers of seats.", |_| {
        by(Divisor::HuntingtonHill)
    }),
    Rule {
        name: "divisors",
        says: "Divisors written out in `divisors`.",
        takes: &["divisors"],
        formula: |options| by(Divisor::Listed(options.divisors.clone())),
    },
    Rule {
        name: "hare-largest-remainder",
        says: "Hare quota, then the largest remainders: short for `largest-remainder` with the \
               quota `hare`.",
        takes: &[],
        formula: |_| Ok(Formula::LargestRemainder(Quota::Hare)),
    },
    Rule {
        name: "largest-remainder",
        says: "A quota of votes for each seat, then the largest remainders.",
        takes: &["quota"],
        formula: |options| Ok(Formula::LargestRemainder(options.quota.unwrap_or(Quota::Hare))),
    },
    Rule {
        name: "sntv",
        says: "The single non-transferable vote: one vote for a candidate, and the candidates with \
               most votes win.",
        takes: &["nomination", "evenness", "women_candidates", "women_behind"],
        formula: |_| Ok(Formula::Candidates),
    },
    Rule {
        name: "stv",
        says: "The single transferable vote: papers pass on from candidates who have votes enough, \
               and from those who have fewest.",
        takes: &["nomination", "evenness", "within_list", "decimals", "transfers"],
        formula: transferable,
    },
    averages("plurality", "Most votes in districts of one seat.", |_| Ok(Formula::Plurality)),
    averages(
        "block-vote",
        "As many votes as seats, and the candidates with most votes win.",
        |_| Ok(Formula::Plurality),
    ),
];

fn by(divisor: Divisor) -> Result<Formula, Fault> {
    divisor.check()?;
    Ok(Formula::HighestAverages(divisor))
}

fn sainte_lague(options: &Options) -> Result<Formula, Fault> {
    by(match options.first_divisor {
        Some(first) => Divisor::ModifiedSainteLague { first },
        None => Divisor::SainteLague,
    })
}

fn transferable(options: &Options) -> Result<Formula, Fault> {
    let decimals = options.decimals.ok_or_else(|| Fault::nothing("decimals", "a number to 9"))?;
    match decimals {
        0..=MOST_DECIMALS => Ok(Formula::Transferable { decimals }),
        _ => Err(Fault::whole("decimals", decimals, "at most 9")),
    }
}

/// Every rule.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    PLAIN.iter().chain(IN_FILES)
}

/// The rule of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.name == name)
}
