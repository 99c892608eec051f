//! One file of votes, counted and held against what was declared.

use crate::ballots::{self, Sheet};
use num_rational::Ratio;
use std::collections::BTreeMap;
use theory::electoral::divisor::decimal;
use theory::electoral::last_parcel::{LastParcel, last_parcel};
use theory::electoral::law::{Base, Law, Poll, Standing};
use theory::electoral::quota::Quota;
use theory::electoral::rule::{Options, named, rules};
use theory::electoral::stv::{Stage, Values, single_transferable_vote};
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;

/// What a recount came to.
pub struct Recount {
    /// What to print.
    pub lines: Vec<String>,
    /// Whether it is what was declared; also where nothing was.
    pub agrees: bool,
}

/// Counts a file by its name and text.
pub fn recount(name: &str, text: &str) -> Result<Recount, String> {
    if name.ends_with(".blt") {
        return ranked(&ballots::blt(text)?);
    }
    let first = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#')).unwrap_or("");
    let numbers = first.split(',').map(str::trim).filter(|word| !word.is_empty());
    if numbers.clone().count() == 2 && numbers.clone().all(|word| word.parse::<u32>().is_ok()) {
        return ranked(&ballots::csv_profile(text)?);
    }
    lists(text)
}

/// Counts ballots by a rule, named as the page on recounts names it.
fn by_rule(sheet: &Sheet) -> Result<(Vec<usize>, Vec<Stage>), String> {
    let (ballots, candidates, seats) = (&sheet.ballots, sheet.names.len(), sheet.seats);
    let inclusive =
        |values| single_transferable_vote(ballots, candidates, seats, values, Ties::Refuse);
    let last = |rule| last_parcel(ballots, candidates, seats, rule, Ties::Refuse);
    let counted = match sheet.rule.as_str() {
        "inclusive-5" => inclusive(Values::Decimals(5)),
        "inclusive-exact" => inclusive(Values::Exact),
        "last-parcel-2" => last(LastParcel::HUNDREDTHS),
        "last-parcel-3" => last(LastParcel::THOUSANDTHS),
        other => {
            return Err(format!(
                "rule {other} is unknown; there are inclusive-5, inclusive-exact, last-parcel-2 and \
                 last-parcel-3"
            ));
        }
    };
    counted.map_err(|e| e.to_string())
}

fn ranked(sheet: &Sheet) -> Result<Recount, String> {
    let (elected, stages) = by_rule(sheet)?;
    let name = |c: &usize| sheet.names[*c].clone();
    let number = |x: &num_rational::BigRational| -> String {
        let over = x.numer().to_string().parse::<f64>().unwrap_or(f64::NAN);
        format!("{:.5}", over / x.denom().to_string().parse::<f64>().unwrap_or(f64::NAN))
    };
    let mut lines: Vec<String> = stages
        .iter()
        .map(|stage| match stage {
            Stage::Elected(c, votes) => format!("{} is elected with {}", name(c), number(votes)),
            Stage::Surplus(c, votes) => format!("{} of {} pass on", number(votes), name(c)),
            Stage::Remaining(c, votes) => format!("{} is left with {}", name(c), number(votes)),
            Stage::Excluded(c, votes) => format!("{} is out with {}", name(c), number(votes)),
        })
        .collect();
    let elected: Vec<String> = elected.iter().map(name).collect();
    let Some(declared) = &sheet.declared else {
        lines.push(format!("elected: {}; nothing is declared", elected.join(", ")));
        return Ok(Recount { lines, agrees: true });
    };
    let missing: Vec<&String> = declared.iter().filter(|d| !elected.contains(d)).collect();
    let other: Vec<&String> = elected.iter().filter(|e| !declared.contains(e)).collect();
    let agrees = missing.is_empty() && other.is_empty();
    lines.push(match agrees {
        true => format!("as declared: {}", elected.join(", ")),
        false => format!("DIFFERS: counted {other:?}, declared {missing:?}"),
    });
    Ok(Recount { lines, agrees })
}

fn lists(text: &str) -> Result<Recount, String> {
    let mut options: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines().filter_map(|l| l.strip_prefix("#law")) {
        options
            .extend(line.split_whitespace().map(|word| word.split_once('=').unwrap_or((word, ""))));
        let known = [
            "rule",
            "seats",
            "threshold",
            "more_than",
            "of",
            "waived",
            "bonus",
            "quota",
            "divisors",
            "first_divisor",
            "total",
        ];
        if let Some(word) = options.keys().find(|word| !known.contains(word)) {
            return Err(format!("#law: {word} is unknown; there are {}", known.join(", ")));
        }
    }
    let mut rows = text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    let heading: Vec<&str> = rows.next().unwrap_or("").split(',').map(str::trim).collect();
    let column = |name: &str| heading.iter().position(|h| *h == name);
    let (list, votes) = match (column("list"), column("votes")) {
        (Some(list), Some(votes)) => (list, votes),
        _ => return Err("a table of votes has columns \"list\" and \"votes\"".to_owned()),
    };
    let (declared, agreement) = (column("declared"), column("agreement"));
    let (limit, own) = (column("candidates"), column("threshold"));
    let (mut names, mut counts, mut due) = (Vec::new(), Vec::new(), Vec::new());
    let (mut standing, mut agreements) = (Vec::new(), Vec::<String>::new());
    let exact = |text: &str| decimal(text).map_err(|e| e.to_string());
    let above = options.contains_key("more_than");
    let threshold = |share| Threshold { share, above };
    // The first kind is of lists with the common threshold, each list with its own is one more.
    let common = options.get("threshold").map(|share| exact(share)).transpose()?;
    let mut thresholds = vec![threshold(common.unwrap_or_else(|| Ratio::new(0, 1)))];
    for row in rows {
        let cells: Vec<&str> = row.split(',').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        let whole = |at: usize| {
            let fault = |_| format!("\"{}\" in \"{row}\" is not a whole number", cell(at));
            cell(at).parse::<u64>().map_err(fault)
        };
        names.push(cell(list).to_owned());
        counts.push(whole(votes)?);
        due.push(declared.map(whole).transpose()?);
        let mut list = Standing::default();
        let word = agreement.map_or("", cell);
        if !word.is_empty() {
            let place = agreements.iter().position(|a| a == word).unwrap_or(agreements.len());
            if place == agreements.len() {
                agreements.push(word.to_owned());
            }
            list.agreement = Some(place);
        }
        if let Some(at) = limit.filter(|at| !cell(*at).is_empty()) {
            let number = whole(at)?;
            let fault = |_| format!("\"{number}\" in \"{row}\" is more candidates than can stand");
            list.candidates = Some(u32::try_from(number).map_err(fault)?);
        }
        if let Some(share) = own.map(cell).filter(|share| !share.is_empty()) {
            let share = exact(share)?;
            list.kind = thresholds.len();
            list.exempt = *share.numer() == 0;
            thresholds.push(threshold(share));
        }
        standing.push(list);
    }
    let wanted = |key: &str| options.get(key).copied().ok_or(format!("#law lacks {key}="));
    let seats: u32 = wanted("seats")?.parse().map_err(|_| "seats= is no whole number")?;
    let rule = wanted("rule")?;
    let known = || rules().map(|rule| rule.name).collect::<Vec<_>>().join(", ");
    let rule =
        named(rule).ok_or_else(|| format!("rule {rule} is unknown; there are {}", known()))?;
    let first_divisor = options.get("first_divisor").map(|text| exact(text)).transpose()?;
    let quota = match options.get("quota").copied() {
        None => None,
        Some("hare") => Some(Quota::Hare),
        Some("droop") => Some(Quota::Droop),
        Some("hagenbach-bischoff") => Some(Quota::HagenbachBischoff),
        Some("imperiali") => Some(Quota::Imperiali),
        Some(other) => return Err(format!("quota {other} is unknown")),
    };
    let divisors = options.get("divisors").map_or("", |text| text).split('/');
    let divisors = divisors.filter(|d| !d.is_empty()).map(exact).collect::<Result<_, _>>()?;
    let formula = (rule.formula)(&Options { first_divisor, divisors, quota, ..Options::default() });
    let mut law = Law::plain(formula.map_err(|e| e.to_string())?);
    if common.is_some() || thresholds.len() > 1 {
        law.thresholds = thresholds;
    }
    law.base = match options.get("of").copied() {
        None | Some("valid") => Base::Valid,
        Some("quotient") => Base::Quotient,
        Some(other) => return Err(format!("of={other} is unknown; there are valid and quotient")),
    };
    law.waived_if_none_pass = options.contains_key("waived");
    if let Some(bonus) = options.get("bonus") {
        law.winner_bonus = bonus.parse().map_err(|_| "bonus= is no whole number")?;
    }
    let total: u64 = match options.get("total") {
        Some(total) => total.parse().map_err(|_| "total= is no whole number")?,
        None => counts.iter().sum(),
    };
    let poll = Poll { lists: &standing, ..Poll::new(&counts, total, seats) };
    let won = law.apply(&poll, Ties::Refuse).map_err(|e| e.to_string())?;
    let mut agrees = true;
    let mut lines = Vec::new();
    for ((name, won), due) in names.iter().zip(&won).zip(&due) {
        let differs = due.is_some_and(|due| due != u64::from(*won));
        agrees &= !differs;
        let word = due.filter(|_| differs).map_or(String::new(), |d| format!("  DIFFERS: {d}"));
        lines.push(format!("{name}: {won}{word}"));
    }
    lines.push(if agrees { "as declared".to_owned() } else { "not as declared".to_owned() });
    Ok(Recount { lines, agrees })
}
