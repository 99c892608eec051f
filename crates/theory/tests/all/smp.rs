//! Reads the vectors of the spatial model of politics and plays them again.
//!
//! Shared by the test and the example of that name. A file holds the options, the actors on the
//! scale 0 to 100, the accommodation shares or "identity", and every position at every turn.

use std::path::Path;

use serde::Deserialize;
use theory::bargaining::smp::{
    Accommodation, Actor, BargainRule, ChanceRule, Choice, Commitment, Interpolation, Options,
    Play, RiskAdjust, RiskRange, VictoryRule, VotingRule, play,
};

#[derive(Deserialize)]
struct Vector {
    options: Written,
    accommodation: serde_json::Value,
    actors: Vec<WrittenActor>,
    positions_by_turn: Vec<Vec<Vec<f64>>>,
}

#[derive(Deserialize)]
struct Written {
    victory_probability: String,
    pce: String,
    voting_rule: String,
    risk_adjust: String,
    risk_range: String,
    third_party_commit: String,
    interpolation: String,
    bargain: String,
}

#[derive(Deserialize)]
struct WrittenActor {
    capability: f64,
    position: Vec<f64>,
    salience: Vec<f64>,
}

/// The largest difference of any position from the file's, on its scale of 0 to 100; infinite if
/// the number of turns or actors differs.
pub fn largest_difference(path: &Path) -> Result<f64, String> {
    let (vector, play) = replay(path)?;
    let shape = |turns: &[Vec<Vec<f64>>]| -> Vec<Vec<usize>> {
        turns.iter().map(|t| t.iter().map(Vec::len).collect()).collect()
    };
    if shape(&vector.positions_by_turn) != shape(&play.positions) {
        return Ok(f64::INFINITY);
    }
    let ours = play.positions.iter().flatten().flatten();
    let theirs = vector.positions_by_turn.iter().flatten().flatten();
    Ok(ours
        .zip(theirs)
        .map(|(a, b)| (100.0 * a - b).abs())
        .fold(0.0, |most: f64, d| if d.is_nan() { f64::INFINITY } else { most.max(d) }))
}

fn replay(path: &Path) -> Result<(Vector, Play), String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let vector: Vector =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let options = options(&vector.options).map_err(|e| format!("{}: {e}", path.display()))?;
    let hundredths = |row: &[f64]| row.iter().map(|x| x / 100.0).collect();
    let actors: Vec<Actor> = vector
        .actors
        .iter()
        .map(|a| Actor {
            capability: a.capability,
            position: hundredths(&a.position),
            salience: hundredths(&a.salience),
        })
        .collect();
    let accommodation = accommodation(&vector.accommodation, actors.len())
        .map_err(|e| format!("{}: accommodation: {e}", path.display()))?;
    let play = play(&actors, &accommodation, &options, Choice::Surest)
        .map_err(|e| format!("{}: {e}", path.display()))?;
    Ok((vector, play))
}

/// "identity"; or triples of row, column and share, all other shares being zero; or, where the rows
/// are as long as there are actors and that is not three, the whole matrix.
fn accommodation(written: &serde_json::Value, actors: usize) -> Result<Accommodation, String> {
    if written.as_str() == Some("identity") {
        return Ok(Accommodation::Identity);
    }
    let rows: Vec<Vec<f64>> = serde_json::from_value(written.clone()).map_err(|e| e.to_string())?;
    if actors != 3 && rows.len() == actors && rows.iter().all(|r| r.len() == actors) {
        return Ok(Accommodation::Shares(rows));
    }
    let mut shares = vec![vec![0.0; actors]; actors];
    for row in &rows {
        let [i, j, share] = row[..] else {
            return Err(format!("{row:?} is not a row, a column and a share"));
        };
        let cell = shares.get_mut(i as usize).and_then(|r| r.get_mut(j as usize));
        *cell.ok_or_else(|| format!("{row:?} names an actor that is not there"))? = share;
    }
    Ok(Accommodation::Shares(shares))
}

fn options(w: &Written) -> Result<Options, String> {
    Ok(Options {
        victory_probability: match w.victory_probability.as_str() {
            "Linear" => VictoryRule::Linear,
            "Square" => VictoryRule::Square,
            "Quartic" => VictoryRule::Quartic,
            "Octic" => VictoryRule::Octic,
            "Binary" => VictoryRule::Binary,
            other => return Err(format!("victory_probability {other}: no such rule")),
        },
        pce: match w.pce.as_str() {
            "Conditional" => ChanceRule::Conditional,
            "MarkovUniform" => ChanceRule::MarkovUniform,
            "MarkovIncentive" => ChanceRule::MarkovIncentive,
            other => return Err(format!("pce {other}: no such rule")),
        },
        voting_rule: match w.voting_rule.as_str() {
            "Binary" => VotingRule::Binary,
            "PropBin" => VotingRule::PropBin,
            "Prop" => VotingRule::Prop,
            "PropCbc" => VotingRule::PropCbc,
            "Cubic" => VotingRule::Cubic,
            "ASymProsp" => VotingRule::ASymProsp,
            other => return Err(format!("voting_rule {other}: no such rule")),
        },
        risk_adjust: match w.risk_adjust.as_str() {
            "None" => RiskAdjust::None,
            "OneThird" => RiskAdjust::OneThird,
            "Half" => RiskAdjust::Half,
            "TwoThirds" => RiskAdjust::TwoThirds,
            "Full" => RiskAdjust::Full,
            other => return Err(format!("risk_adjust {other}: no such rule")),
        },
        risk_range: match w.risk_range.as_str() {
            "Min" => RiskRange::Min,
            "Mid" => RiskRange::Mid,
            "Max" => RiskRange::Max,
            other => return Err(format!("risk_range {other}: no such rule")),
        },
        third_party_commit: match w.third_party_commit.as_str() {
            "NoCommit" => Commitment::NoCommit,
            "SemiCommit" => Commitment::SemiCommit,
            "FullCommit" => Commitment::FullCommit,
            other => return Err(format!("third_party_commit {other}: no such rule")),
        },
        interpolation: match w.interpolation.as_str() {
            "S1P1" => Interpolation::S1P1,
            "S2P2" => Interpolation::S2P2,
            "S2PMax" => Interpolation::S2PMax,
            other => return Err(format!("interpolation {other}: no such rule")),
        },
        bargain: match w.bargain.as_str() {
            "InitOnlyInterp" => BargainRule::InitOnlyInterp,
            "InitRcvrInterp" => BargainRule::InitRcvrInterp,
            "PWCompInterp" => BargainRule::PWCompInterp,
            other => return Err(format!("bargain {other}: no such rule")),
        },
        ..Options::default()
    })
}
