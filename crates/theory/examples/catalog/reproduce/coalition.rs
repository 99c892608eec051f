//! What coalition theories predict for an entry's parliament.

use super::inputs::{Inputs, reals};
use theory::coalition::CoalitionError;
use theory::coalition::baron_ferejohn::closed_rule;
use theory::coalition::formation_delay::{
    AFTER_ELECTIONS, ALL_FORMATIONS, BETWEEN_ELECTIONS, Coefficients,
};
use theory::coalition::minimal_winning::minimal_winning;
use theory::coalition::minimum_size::{Smallest, smallest_winning};
use theory::coalition::policy::{median_member, minimal_connected_winning, minimal_range};
use theory::power::game::WeightedGame;
use toml::{Table, Value};

const CAP: usize = 10_000;

/// Coalitions as words of the members' one-letter names, in alphabetical order.
pub fn theories(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("parties")?;
    let said = |e: CoalitionError| e.to_string();
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
