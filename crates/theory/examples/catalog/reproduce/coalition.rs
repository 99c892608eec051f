//! What coalition theories predict for an entry's parliament.

use super::inputs::{Inputs, one, printed, reals};
use num_rational::Ratio;
use theory::Fault;
use theory::coalition::baron_ferejohn::closed_rule;
use theory::coalition::formateur::{Selection, recognition};
use theory::coalition::formation_delay::{
    AFTER_ELECTIONS, ALL_FORMATIONS, BETWEEN_ELECTIONS, Coefficients,
};
use theory::coalition::minimal_winning::minimal_winning;
use theory::coalition::minimum_size::{Smallest, smallest_winning};
use theory::coalition::policy::{median_member, minimal_connected_winning, minimal_range};
use theory::coalition::portfolio::{gamson_shares, share_posts_above};
use theory::coalition::utility::{Field, Weights, choice_among, worth};
use theory::power::game::WeightedGame;
use toml::{Table, Value};

const CAP: usize = 10_000;

/// Coalitions as words of the members' one-letter names, in alphabetical order.
pub fn theories(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("parties")?;
    let said = |e: Fault| e.to_string();
    let game = WeightedGame::majority(inputs.wholes("seats")?).map_err(|e| e.to_string())?;
    let positions = inputs.reals("positions")?;
    let word = |members: &Vec<usize>| members.iter().map(|i| names[*i].as_str()).collect();
    let words = |found: Vec<Vec<usize>>| {
        let mut words: Vec<String> = found.iter().map(word).collect();
        words.sort();
        Value::Array(words.into_iter().map(Value::String).collect())
    };
    let mut table = Table::new();
    let mut put = |key: &str, value| table.insert(key.to_owned(), value);
    put("minimal_winning", words(minimal_winning(&game, CAP).map_err(said)?));
    let smallest = |what| smallest_winning(&game, what, CAP).map_err(said);
    put("minimum_size", words(smallest(Smallest::Weight)?));
    put("fewest_members", words(smallest(Smallest::Members)?));
    put("minimal_range", words(minimal_range(&game, &positions, CAP).map_err(said)?));
    let connected = minimal_connected_winning(&game, &positions).map_err(said)?;
    put("minimal_connected_winning", words(connected));
    let median = median_member(&game, &positions).map_err(said)?;
    put("median", Value::String(names[median].clone()));
    Ok(table)
}

pub fn baron_ferejohn(inputs: &Inputs<'_>) -> Result<Table, String> {
    let number = |key: &str| u32::try_from(inputs.whole(key)?).map_err(|e| e.to_string());
    let delta = inputs.reals("discount")?;
    let delta = delta.first().copied().ok_or("discount must hold one number")?;
    let shares = closed_rule(number("members")?, number("votes")?, delta);
    let shares = shares.map_err(|e| e.to_string())?;
    let mut table = Table::new();
    table.insert("proposer".to_owned(), Value::Float(shares.proposer));
    table.insert("partner".to_owned(), Value::Float(shares.partner));
    Ok(table)
}

/// The coefficients the crate offers as priors, against the published table.
pub fn formation_delay(inputs: &Inputs<'_>) -> Result<Table, String> {
    let model = match inputs.text("formations")? {
        "all" => ALL_FORMATIONS,
        "between elections" => BETWEEN_ELECTIONS,
        "after elections" => AFTER_ELECTIONS,
        other => return Err(format!("formations \"{other}\" are unknown")),
    };
    let Coefficients {
        post_election,
        legislative_parties,
        polarisation,
        positive_parliamentarism,
        majority_party,
        continuation_rule,
    } = model;
    let mut table = Table::new();
    for (key, c) in [
        ("post_election", post_election),
        ("legislative_parties", legislative_parties),
        ("polarisation", polarisation),
        ("positive_parliamentarism", positive_parliamentarism),
        ("majority_party", majority_party),
        ("continuation_rule", continuation_rule),
    ] {
        table.insert(key.to_owned(), reals(&[c.value, c.error]));
    }
    Ok(table)
}

/// Who takes which post in turn, the points each ends with, and the shares Gamson's law predicts.
pub fn portfolio(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (parties, posts) = (inputs.texts("parties")?, inputs.texts("posts")?);
    let (seats, points) = (inputs.wholes("seats")?, inputs.wholes("points")?);
    let least = match inputs.wholes("threshold")?.as_slice() {
        [] => None,
        [over, under] => Some(Ratio::new_raw(*over as u32, *under as u32)),
        _ => return Err("\"threshold\" must hold two numbers or none".to_owned()),
    };
    let said = |e: Fault| e.to_string();
    let picks = share_posts_above(&seats, &points, &inputs.rows("wants")?, least).map_err(said)?;
    let mut taken = vec![0.0; parties.len()];
    for pick in &picks {
        taken[pick.member] += points[pick.post] as f64;
    }
    let turns: Vec<String> =
        picks.iter().map(|p| format!("{} {}", parties[p.member], posts[p.post])).collect();
    Ok(Table::from_iter([
        ("turns".to_owned(), printed(&turns)),
        ("points".to_owned(), reals(&taken)),
        ("due".to_owned(), reals(&gamson_shares(&seats).map_err(said)?)),
    ]))
}

/// The chance of being asked, at first and once the parties of `tried` have failed.
pub fn formateur(inputs: &Inputs<'_>) -> Result<Table, String> {
    let seats = inputs.wholes("seats")?;
    let tried: Vec<usize> = inputs.wholes("tried")?.iter().map(|i| *i as usize).collect();
    let selection = match inputs.text("selection")? {
        "largest first" => Selection::LargestFirst,
        "proportional" => Selection::Proportional,
        "incumbency" => Selection::Incumbency {
            incumbent: inputs.whole("incumbent")? as usize,
            advantage: inputs.real("advantage")?,
        },
        other => return Err(format!("selection \"{other}\" is unknown")),
    };
    let chances = |tried: &[usize]| recognition(&seats, tried, selection);
    let said = |e: Fault| e.to_string();
    Ok(Table::from_iter([
        ("first".to_owned(), reals(&chances(&[]).map_err(said)?)),
        ("then".to_owned(), reals(&chances(&tried).map_err(said)?)),
    ]))
}

/// What each coalition is worth to the former and how likely it is to be chosen.
pub fn stated_utility(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (seats, positions) = (inputs.wholes("seats")?, inputs.reals("positions")?);
    let ties = inputs.rows("ties")?;
    let refuses: Vec<Vec<bool>> =
        inputs.rows("refuses")?.iter().map(|r| r.iter().map(|x| *x > 0.0).collect()).collect();
    let field = Field { seats: &seats, positions: &positions, ties: &ties, refuses: &refuses };
    let weights = Weights {
        office: inputs.real("office")?,
        distance: inputs.real("distance")?,
        ties: inputs.real("ties_weight")?,
        members: inputs.real("members")?,
        precision: inputs.real("precision")?,
    };
    let former = inputs.whole("former")? as usize;
    let options: Vec<Vec<usize>> = inputs
        .rows("coalitions")?
        .iter()
        .map(|members| members.iter().map(|i| *i as usize).collect())
        .collect();
    let each = options.iter().map(|members| worth(&field, &weights, former, members));
    let said = |e: Fault| e.to_string();
    let each = each.collect::<Result<Vec<f64>, _>>().map_err(said)?;
    let chances = choice_among(&field, &weights, former, &options).map_err(said)?;
    let mut table = one("worth", reals(&each));
    table.insert("chance".to_owned(), reals(&chances));
    Ok(table)
}
