//! Seat rules on an entry's votes.

use super::inputs::{Inputs, list, printed};
use theory::Fault;
use theory::electoral::compensatory::compensate;
use theory::electoral::districts::{District, allocate, discrepancies, totals};
use theory::electoral::divisor::{Divisor, decimal};
use theory::electoral::highest_averages::highest_averages_log as seats_by_averages;
use theory::electoral::largest_remainder::largest_remainder as seats_by_remainder;
use theory::electoral::last_parcel::{LastParcel, last_parcel as count_last_parcel};
use theory::electoral::law::{Base, Formula, Law, Poll, Standing};
use theory::electoral::needed_votes::needed_votes;
use theory::electoral::quota::Quota;
use theory::electoral::rule::{Options, named as rule_named};
use theory::electoral::sntv::Slate;
use theory::electoral::stv::{Ranking, Stage, Values, single_transferable_vote};
use theory::electoral::stv_by_slates::{Passing, stv_by_slates};
use theory::electoral::threshold::Threshold;
use theory::electoral::tie::Ties;
use theory::electoral::tier::{Tier, TierKind};
use toml::{Table, Value};

fn seats(inputs: &Inputs<'_>) -> Result<u32, String> {
    u32::try_from(inputs.whole("seats")?).map_err(|_| "too many seats".to_owned())
}

/// Seats as a list, and by name where the entry names its lists, so that a partial official count
/// can be checked.
fn named(inputs: &Inputs<'_>, seats: &[u32]) -> Result<Table, String> {
    let mut table = Table::new();
    table.insert("seats".to_owned(), list(seats));
    if inputs.has("lists") {
        let names = inputs.texts("lists")?;
        if names.len() != seats.len() {
            return Err("there must be as many lists as votes".to_owned());
        }
        let by_name: Table =
            names.into_iter().zip(seats).map(|(n, s)| (n, Value::Integer((*s).into()))).collect();
        table.insert("seats_of".to_owned(), Value::Table(by_name));
    }
    Ok(table)
}

fn divisor(inputs: &Inputs<'_>) -> Result<Divisor, String> {
    Ok(match inputs.text("divisor")? {
        "d'hondt" => Divisor::DHondt,
        "sainte-lague" => Divisor::SainteLague,
        "modified sainte-lague" => {
            let first = decimal(inputs.text("first_divisor")?).map_err(|e| e.to_string())?;
            Divisor::ModifiedSainteLague { first }
        }
        "imperiali" => Divisor::Imperiali,
        "danish" => Divisor::Danish,
        "adams" => Divisor::Adams,
        "dean" => Divisor::Dean,
        "huntington-hill" => Divisor::HuntingtonHill,
        other => return Err(format!("divisor \"{other}\" is unknown")),
    })
}

/// Ties are refused: a certified result that hung on a lot would have to say so.
pub fn highest_averages(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, divisor) = (inputs.wholes("votes")?, divisor(inputs)?);
    let won = seats_by_averages(&votes, seats(inputs)?, &divisor, Ties::Refuse);
    let (won, log) = won.map_err(|e| e.to_string())?;
    let mut table = named(inputs, &won)?;
    if inputs.has("lists") {
        let names = inputs.texts("lists")?;
        let order: Vec<&String> = log.iter().map(|award| &names[award.winner]).collect();
        table.insert("order".to_owned(), printed(&order));
    }
    Ok(table)
}

fn quota(inputs: &Inputs<'_>) -> Result<Quota, String> {
    Ok(match inputs.text("quota")? {
        "hare" => Quota::Hare,
        "droop" => Quota::Droop,
        "hagenbach-bischoff" => Quota::HagenbachBischoff,
        "imperiali" => Quota::Imperiali,
        other => return Err(format!("quota \"{other}\" is unknown")),
    })
}

pub fn largest_remainder(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, total) = (inputs.wholes("votes")?, inputs.whole("total_valid")?);
    let won = seats_by_remainder(&votes, total, seats(inputs)?, quota(inputs)?, Ties::Refuse);
    named(inputs, &won.map_err(|e| e.to_string())?)
}

/// The law an entry describes: a divisor or a quota, and perhaps a threshold and a bonus.
fn law_of(inputs: &Inputs<'_>) -> Result<Law, String> {
    let formula = if inputs.has("rule") {
        let name = inputs.text("rule")?;
        let rule = rule_named(name).ok_or_else(|| format!("rule \"{name}\" is unknown"))?;
        (rule.formula)(&Options::default()).map_err(|e| e.to_string())?
    } else if inputs.has("divisor") {
        Formula::HighestAverages(divisor(inputs)?)
    } else {
        Formula::LargestRemainder(quota(inputs)?)
    };
    let mut law = Law::plain(formula);
    if inputs.has("threshold") {
        let share = decimal(inputs.text("threshold")?).map_err(|e| e.to_string())?;
        law.thresholds = vec![Threshold { share, above: inputs.has("more_than") }];
    }
    if inputs.has("quotient") {
        law.base = Base::Quotient;
    }
    law.waived_if_none_pass = inputs.has("waived");
    if inputs.has("winner_bonus") {
        let bonus = inputs.whole("winner_bonus")?;
        law.winner_bonus = u32::try_from(bonus).map_err(|_| "too large a bonus".to_owned())?;
    }
    Ok(law)
}

/// What an entry says of its lists: agreements, and how many candidates some stand.
fn standing(inputs: &Inputs<'_>, lists: usize) -> Result<Vec<Standing>, String> {
    let mut standing = vec![Standing::default(); lists];
    let place = |name: &str| {
        let at = inputs.texts("lists")?.iter().position(|n| n == name);
        at.ok_or_else(|| format!("no list is called \"{name}\""))
    };
    if inputs.has("agreements") {
        for (number, agreement) in inputs.tables("agreements")?.iter().enumerate() {
            for name in agreement.texts("lists")? {
                standing[place(&name)?].agreement = Some(number);
            }
        }
    }
    if inputs.has("candidates") {
        for (name, number) in inputs.by_name("candidates")? {
            standing[place(name)?].candidates = Some(number as u32);
        }
    }
    if inputs.has("kinds") {
        for (kind, of_kind) in inputs.tables("kinds")?.iter().enumerate() {
            for name in of_kind.texts("lists")? {
                let exempt = of_kind.has("exempt");
                let own = &mut standing[place(&name)?];
                (own.kind, own.exempt) = (kind, exempt);
            }
        }
    }
    Ok(standing)
}

pub fn law(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, total) = (inputs.wholes("votes")?, inputs.whole("total_valid")?);
    let lists = standing(inputs, votes.len())?;
    let poll = Poll { lists: &lists, ..Poll::new(&votes, total, seats(inputs)?) };
    let won = law_of(inputs)?.apply(&poll, Ties::Refuse);
    named(inputs, &won.map_err(|e| e.to_string())?)
}

/// Which lists pass thresholds by their kind.
pub fn passing(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, total) = (inputs.wholes("votes")?, inputs.whole("total_valid")?);
    let lists = standing(inputs, votes.len())?;
    let mut law = Law::plain(Formula::HighestAverages(Divisor::DHondt));
    for kind in inputs.tables("kinds")? {
        let share = decimal(kind.text("threshold")?).map_err(|e| e.to_string())?;
        law.thresholds.push(Threshold::at_least(share));
    }
    let poll = Poll { lists: &lists, ..Poll::new(&votes, total, 1) };
    let passing = law.passing(&poll).map_err(|e| e.to_string())?;
    let names = inputs.texts("lists")?;
    let of = |names: Vec<String>, is: bool| -> Vec<String> {
        names.into_iter().zip(&passing).filter(|(_, p)| **p == is).map(|(n, _)| n).collect()
    };
    let mut table = Table::new();
    table.insert("out".to_owned(), printed(&of(names.clone(), false)));
    table.insert("passing".to_owned(), printed(&of(names, true)));
    Ok(table)
}

/// A mixed-member election: lists below the threshold are in if they won a district.
pub fn compensatory(inputs: &Inputs<'_>) -> Result<Table, String> {
    let said = |e: Fault| e.to_string();
    let (votes, total) = (inputs.wholes("votes")?, inputs.whole("total_valid")?);
    let holds: Vec<u32> = inputs.wholes("districts_won")?.iter().map(|d| *d as u32).collect();
    let won = |d: &u32| Standing { exempt: *d > 0, ..Standing::default() };
    let lists: Vec<Standing> = holds.iter().map(won).collect();
    let law = law_of(inputs)?;
    let poll = Poll { lists: &lists, ..Poll::new(&votes, total, seats(inputs)?) };
    let all = compensate(&poll, &holds, &law, Ties::Refuse).map_err(said)?;
    let mut table = Table::new();
    table.insert("due".to_owned(), list(&all.due));
    table.insert("list_seats".to_owned(), list(&all.added));
    table.insert("overhang".to_owned(), list(&all.overhang));
    Ok(table)
}

/// Additional members in a house of fixed size.
pub fn additional_members(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, total) = (inputs.wholes("votes")?, inputs.whole("total_valid")?);
    let holds: Vec<u32> = inputs.wholes("districts_won")?.iter().map(|d| *d as u32).collect();
    let kind = TierKind::AdditionalMembers;
    let tier = Tier { seats: seats(inputs)?, kind, law: law_of(inputs)? };
    let won = tier.apply(&Poll::new(&votes, total, tier.seats), &holds, Ties::Refuse);
    named(inputs, &won.map_err(|e| e.to_string())?)
}

/// Several districts, some with votes and some with certified seats only, against certified totals.
pub fn districts(inputs: &Inputs<'_>) -> Result<Table, String> {
    let certified = inputs.by_name("certified")?;
    let mut names: Vec<String> = certified.iter().map(|(n, _)| (*n).to_owned()).collect();
    let entries = inputs.tables("districts")?;
    for (name, _) in entries.iter().filter_map(|d| d.by_name("votes").ok()).flatten() {
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    let law = law_of(inputs)?;
    let in_order = |by_name: Vec<(&str, u64)>| -> Vec<u64> {
        let of = |n: &String| by_name.iter().find(|(m, _)| m == n).map_or(0, |(_, v)| *v);
        names.iter().map(of).collect()
    };
    let mut counted_districts = Vec::new();
    let mut given = Vec::new();
    let mut open = 0;
    for district in &entries {
        let seats = seats(district)?;
        if district.has("votes") {
            let votes = in_order(district.by_name("votes")?);
            counted_districts.push(District { seats, votes });
        } else {
            let known =
                if district.has("certified") { district.by_name("certified")? } else { vec![] };
            let known: Vec<u32> = in_order(known).iter().map(|s| *s as u32).collect();
            open += seats.saturating_sub(known.iter().sum());
            given.push(known);
        }
    }
    let mut rows = allocate(&counted_districts, &law, Ties::Refuse).map_err(|e| e.to_string())?;
    rows.extend(given);
    let won = totals(&rows);
    let certified_in_order: Vec<u32> = certified.iter().map(|(_, s)| *s as u32).collect();
    let found = discrepancies(&won[..certified.len()], &certified_in_order, open);
    let mut table = Table::new();
    let by_name: Table =
        names.iter().zip(&won).map(|(n, s)| (n.clone(), Value::Integer((*s).into()))).collect();
    let contradicted: Vec<&String> = found.iter().map(|d| &names[d.list]).collect();
    table.insert("seats_of".to_owned(), Value::Table(by_name));
    table.insert("open_seats".to_owned(), Value::Integer(open.into()));
    table.insert("contradicted".to_owned(), printed(&contradicted));
    Ok(table)
}

fn rankings(inputs: &Inputs<'_>, names: &[String]) -> Result<Vec<Ranking>, String> {
    let mut ballots = Vec::new();
    for ballot in inputs.tables("ballots")? {
        let place = |n: &String| {
            let at = names.iter().position(|m| m == n);
            at.ok_or_else(|| format!("nobody is called \"{n}\""))
        };
        let order = ballot.texts("order")?.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        ballots.push(Ranking { order, count: ballot.whole("count")? });
    }
    Ok(ballots)
}

/// A transferable vote of lists of which no more is known than their votes and how they stand.
pub fn by_slates(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("lists")?;
    let (mut slates, mut next) = (Vec::new(), Vec::new());
    for slate in inputs.tables("slates")? {
        slates.push(Slate {
            votes: slate.whole("votes")?,
            candidates: slate.whole("candidates")? as u32,
            evenness: slate.real("evenness")?,
        });
        let place = |name: &String| names.iter().position(|n| n == name);
        let others: Option<Vec<usize>> = slate.texts("next")?.iter().map(place).collect();
        next.push(others.ok_or("a slate passes on to no list")?);
    }
    let passing = Passing { within: inputs.real("within")?, next: &next };
    let decimals = inputs.whole("decimals")? as u32;
    let done = stv_by_slates(&slates, passing, seats(inputs)?, decimals, Ties::Refuse);
    let done = done.map_err(|e| e.to_string())?;
    let told = |stage: &Stage| {
        let (what, candidate) = match stage {
            Stage::Elected(c, _) => ("elected", c),
            Stage::Surplus(c, _) => ("surplus", c),
            Stage::Remaining(c, _) => ("last", c),
            Stage::Excluded(c, _) => ("excluded", c),
        };
        format!("{what} {}", names[done.owner[*candidate]])
    };
    let stages: Vec<String> = done.stages.iter().map(told).collect();
    let mut table = named(inputs, &done.seats)?;
    table.insert("stages".to_owned(), printed(&stages));
    Ok(table)
}

pub fn stv(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("candidates")?;
    let ballots = rankings(inputs, &names)?;
    let values = match inputs.has("decimals") {
        true => Values::Decimals(inputs.whole("decimals")? as u32),
        false => Values::Exact,
    };
    let counted =
        single_transferable_vote(&ballots, names.len(), seats(inputs)?, values, Ties::Refuse);
    let (elected, stages) = counted.map_err(|e| e.to_string())?;
    let elected: Vec<&String> = elected.iter().map(|c| &names[*c]).collect();
    let mut first = vec![0_i64; names.len()];
    for ballot in &ballots {
        if let Some(votes) = ballot.order.first().and_then(|c| first.get_mut(*c)) {
            *votes += i64::try_from(ballot.count).map_err(|_| "too many ballots")?;
        }
    }
    let mut table = Table::new();
    table.insert("elected".to_owned(), printed(&elected));
    table.insert("first_preferences".to_owned(), list(&first));
    table.insert("stages".to_owned(), printed(&told(&stages, &names)));
    Ok(table)
}

/// The stages of a count, a sentence each.
fn told(stages: &[Stage], names: &[String]) -> Vec<String> {
    let tell = |stage: &Stage| match stage {
        Stage::Elected(c, votes) => format!("{} elected, {votes}", names[*c]),
        Stage::Surplus(c, votes) => format!("{} passes on {votes}", names[*c]),
        Stage::Remaining(c, votes) => format!("{} is left, {votes}", names[*c]),
        Stage::Excluded(c, votes) => format!("{} out, {votes}", names[*c]),
    };
    stages.iter().map(tell).collect()
}

/// A count by the last parcel.
pub fn last_parcel(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("candidates")?;
    let ballots = rankings(inputs, &names)?;
    let rule = match inputs.text("parts")? {
        "hundredths" => LastParcel::HUNDREDTHS,
        "thousandths" => LastParcel::THOUSANDTHS,
        other => return Err(format!("parts \"{other}\" are unknown")),
    };
    let counted = count_last_parcel(&ballots, names.len(), seats(inputs)?, rule, Ties::Refuse);
    let (elected, stages) = counted.map_err(|e| e.to_string())?;
    let elected: Vec<&String> = elected.iter().map(|c| &names[*c]).collect();
    let mut table = Table::new();
    table.insert("elected".to_owned(), printed(&elected));
    table.insert("stages".to_owned(), printed(&told(&stages, &names)));
    Ok(table)
}

/// The least votes with which one list wins each number of seats wanted.
pub fn needed(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, divisor) = (inputs.wholes("votes")?, divisor(inputs)?);
    let list_at = inputs.whole("list")? as usize;
    let least = |wanted: u64| -> Result<Value, String> {
        let found = needed_votes(&votes, list_at, wanted as u32, seats(inputs)?, &divisor);
        let found = found.map_err(|e| e.to_string())?;
        let number = found.and_then(|n| i64::try_from(n).ok());
        Ok(Value::Integer(number.ok_or("no number of votes will do")?))
    };
    let all = inputs.wholes("wanted")?.into_iter().map(least).collect::<Result<Vec<_>, _>>()?;
    Ok(Table::from_iter([("needed".to_owned(), Value::Array(all))]))
}
