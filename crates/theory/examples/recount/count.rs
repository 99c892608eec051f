//! One file of votes, counted and held against what was declared.

use crate::ballots::{self, Sheet};
use std::collections::BTreeMap;
use theory::electoral::divisor::decimal;
use theory::electoral::law::{Law, Poll, Standing};
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

fn ranked(sheet: &Sheet) -> Result<Recount, String> {
    let values = if sheet.exact { Values::Exact } else { Values::Decimals(5) };
    let counted = single_transferable_vote(
        &sheet.ballots,
        sheet.names.len(),
        sheet.seats,
        values,
        Ties::Refuse,
    );
    let (elected, stages) = counted.map_err(|e| e.to_string())?;
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
        options.extend(line.split_whitespace().filter_map(|word| word.split_once('=')));
    }
    let mut rows = text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    let heading: Vec<&str> = rows.next().unwrap_or("").split(',').map(str::trim).collect();
    let column = |name: &str| heading.iter().position(|h| *h == name);
    let (list, votes) = match (column("list"), column("votes")) {
        (Some(list), Some(votes)) => (list, votes),
        _ => return Err("a table of votes has columns \"list\" and \"votes\"".to_owned()),
    };
    let (declared, agreement) = (column("declared"), column("agreement"));
    let (mut names, mut counts, mut due) = (Vec::new(), Vec::new(), Vec::new());
    let (mut standing, mut agreements) = (Vec::new(), Vec::<String>::new());
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
        let word = agreement.map_or("", cell);
        let place = agreements.iter().position(|a| a == word).unwrap_or(agreements.len());
        if place == agreements.len() && !word.is_empty() {
            agreements.push(word.to_owned());
        }
        let agreement = (!word.is_empty()).then_some(place);
        standing.push(Standing { agreement, ..Standing::default() });
    }
    let wanted = |key: &str| options.get(key).copied().ok_or(format!("#law lacks {key}="));
    let exact = |text: &str| decimal(text).map_err(|e| e.to_string());
    let seats: u32 = wanted("seats")?.parse().map_err(|_| "seats= is no whole number")?;
    let rule = wanted("rule")?;
    let known = || rules().map(|rule| rule.name).collect::<Vec<_>>().join(", ");
    let rule =
        named(rule).ok_or_else(|| format!("rule {rule} is unknown; there are {}", known()))?;
    let first_divisor = options.get("first_divisor").map(|text| exact(text)).transpose()?;
    let formula = (rule.formula)(&Options { first_divisor, ..Options::default() });
    let mut law = Law::plain(formula.map_err(|e| e.to_string())?);
    if let Some(share) = options.get("threshold") {
        law.thresholds = vec![Threshold::at_least(exact(share)?)];
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
