//! Power indices of an entry's weighted or composed game.

use super::inputs::{Inputs, printed};
use num_rational::BigRational;
use theory::Fault;
use theory::power::banzhaf::banzhaf;
use theory::power::coleman::coleman;
use theory::power::composed::{Body, ComposedGame};
use theory::power::deegan_packel::deegan_packel;
use theory::power::game::WeightedGame;
use theory::power::holler::holler;
use theory::power::johnston::johnston;
use theory::power::owen::owen as owen_values;
use theory::power::shapley_shubik::shapley_shubik;
use toml::{Table, Value};

fn game(inputs: &Inputs<'_>) -> Result<WeightedGame, String> {
    WeightedGame::new(inputs.wholes("weights")?, inputs.whole("quota")?).map_err(said)
}

fn said(fault: Fault) -> String {
    fault.to_string()
}

pub fn power_indices(inputs: &Inputs<'_>) -> Result<Table, String> {
    let game = game(inputs)?;
    let counted = banzhaf(&game).map_err(said)?;
    let measures = coleman(&game).map_err(said)?;
    let mut table = Table::new();
    let mut put = |key: &str, value| table.insert(key.to_owned(), value);
    put("swings", printed(&counted.swings));
    put("penrose", printed(&counted.penrose()));
    put("banzhaf", printed(&counted.normalised()));
    put("shapley_shubik", printed(&shapley_shubik(&game).map_err(said)?));
    put("deegan_packel", printed(&deegan_packel(&game).map_err(said)?));
    put("holler", printed(&holler(&game).map_err(said)?));
    put("johnston", printed(&johnston(&game).map_err(said)?));
    put("winning", Value::String(measures.winning.to_string()));
    put("collectivity", Value::String(measures.collectivity.to_string()));
    put("prevent", printed(&measures.prevent));
    put("initiate", printed(&measures.initiate));
    Ok(table)
}

pub fn owen(inputs: &Inputs<'_>) -> Result<Table, String> {
    let unions: Vec<usize> = inputs.wholes("unions")?.iter().map(|u| *u as usize).collect();
    let values = owen_values(&game(inputs)?, &unions).map_err(said)?;
    let mut table = Table::new();
    table.insert("owen".to_owned(), printed(&values));
    Ok(table)
}

/// Bodies of equal members, each with its quotas; routes as levels.
pub fn composed_game(inputs: &Inputs<'_>) -> Result<Table, String> {
    let mut bodies = Vec::new();
    for body in inputs.tables("bodies")? {
        let members = vec![1; body.whole("members")? as usize];
        bodies.push(Body { weights: members, quotas: body.wholes("quotas")? });
    }
    let level = |row: &Vec<f64>| row.iter().map(|x| *x as usize).collect();
    let routes = inputs.rows("routes")?.iter().map(level).collect();
    let phi = ComposedGame::new(bodies, routes).and_then(|g| g.shapley_shubik()).map_err(said)?;
    let of_bodies: Vec<BigRational> = phi.iter().map(|b| b.iter().sum()).collect();
    let of_members: Vec<BigRational> = phi.iter().map(|b| b[0].clone()).collect();
    let mut table = Table::new();
    table.insert("bodies".to_owned(), printed(&of_bodies));
    table.insert("members".to_owned(), printed(&of_members));
    Ok(table)
}
