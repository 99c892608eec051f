//! What several issues come to by a model of bargaining, and what an exchange between them adds.

use case::decision::Bargain;
use theory::Fault;
use theory::bargaining::exchange::{Stake, trade};
use theory::bargaining::expected_utility::{Field, play as challenges};
use theory::bargaining::nash::{Party, solution};
use theory::bargaining::smp::{Accommodation, Actor, Choice, Options, play};
use theory::bargaining::weighted_mean::weighted_mean;
use theory::bargaining::weighted_median::weighted_median;

/// Where somebody stands on an issue, how much it minds, and what it can bring to bear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stance {
    /// In \[0, 1\].
    pub position: f64,
    /// In \[0, 1\].
    pub salience: f64,
    /// Zero or more.
    pub capability: f64,
}

/// Rounds of challenges played on an issue; the published case oscillates after the first few.
const CHALLENGES: usize = 4;
/// Turns of the spatial model at most.
const TURNS: usize = 25;

/// The outcome of each issue.
///
/// `stances[p][i]` is where actor i stands on issue p, `stands[p]` what holds if nobody agrees, `parties[i]` whether i
/// is at the table. By the model: the mean or the median weighted by capability times salience (`achen2006`,
/// `black1948`); Nash's solution among the parties with things as they stand for disagreement (`nash1950`), or these if
/// not all can gain; the weighted mean of where rounds of challenges leave everybody (`scholz2011`), or of where the
/// spatial model of politics does (`ktab_smp`). An issue to which nobody brings weight stays as it stands. Then
/// `linkage` of what an exchange of votes between the issues moves (`stokman1994`) is added.
///
/// # Errors
/// Numbers that a model is not defined on.
pub fn outcomes(
    model: Bargain,
    stances: &[Vec<Option<Stance>>],
    stands: &[f64],
    parties: &[bool],
    linkage: f64,
) -> Result<Vec<f64>, Fault> {
    let mut all = Vec::with_capacity(stances.len());
    let spatial = if model == Bargain::Smp { Some(spatial(stances, stands)?) } else { None };
    for (p, row) in stances.iter().enumerate() {
        let there: Vec<Stance> = row.iter().copied().flatten().collect();
        let weight: Vec<f64> = there.iter().map(|s| s.capability * s.salience).collect();
        if weight.iter().all(|w| *w <= 0.0) {
            all.push(stands[p]);
            continue;
        }
        let position: Vec<f64> = there.iter().map(|s| s.position).collect();
        all.push(match model {
            Bargain::Mean => weighted_mean(&position, &weight)?,
            Bargain::Median => weighted_median(&position, &weight)?,
            Bargain::Nash => nash(row, stands[p], parties)?,
            Bargain::Challenge => {
                let field = Field {
                    capability: there.iter().map(|s| s.capability).collect(),
                    salience: there.iter().map(|s| s.salience).collect(),
                    position,
                };
                let last = challenges(&field, CHALLENGES)?.pop();
                weighted_mean(&last.map_or(field.position, |round| round.position), &weight)?
            }
            Bargain::Smp => spatial.as_ref().map_or(stands[p], |moved| moved[p]),
        });
    }
    if linkage > 0.0 && all.len() > 1 {
        for (outcome, moved) in all.iter_mut().zip(exchanged(stances, stands)?) {
            *outcome += linkage * moved;
        }
    }
    Ok(all.into_iter().map(|x| x.clamp(0.0, 1.0)).collect())
}

/// Nash's solution among the parties; how things stand where not all of them can gain.
fn nash(row: &[Option<Stance>], stands: f64, parties: &[bool]) -> Result<f64, Fault> {
    let at_table: Vec<Party> = (row.iter().zip(parties))
        .filter(|(_, party)| **party)
        .filter_map(|(stance, _)| *stance)
        .map(|s| Party {
            position: s.position,
            weight: s.capability * s.salience,
            disagreement: -(stands - s.position).powi(2),
        })
        .collect();
    match solution(&at_table) {
        Err(fault) if fault.is_absence() => Ok(stands),
        outcome => outcome,
    }
}

/// Where the spatial model of politics leaves each issue. Who does not stand on an issue does not mind it; capability
/// is one for all issues, its mean weighted by salience.
fn spatial(stances: &[Vec<Option<Stance>>], stands: &[f64]) -> Result<Vec<f64>, Fault> {
    let count = stances.first().map_or(0, Vec::len);
    let mut actors = Vec::new();
    let mut weights: Vec<Vec<f64>> = Vec::new();
    for i in 0..count {
        let of = |p: usize| stances[p][i];
        let issues = 0..stances.len();
        let minds: f64 = issues.clone().filter_map(|p| Some(of(p)?.salience)).sum();
        let able = issues.clone().filter_map(|p| of(p).map(|s| s.salience * s.capability));
        let able = if minds > 0.0 { able.sum::<f64>() / minds } else { 0.0 };
        if able <= 1e-9 {
            continue;
        }
        actors.push(Actor {
            capability: able,
            position: issues.clone().map(|p| of(p).map_or(stands[p], |s| s.position)).collect(),
            salience: issues
                .clone()
                .map(|p| of(p).map_or(0.0, |s| s.salience) / minds.max(1.0))
                .collect(),
        });
        weights.push(issues.map(|p| of(p).map_or(0.0, |s| s.salience * s.capability)).collect());
    }
    if actors.is_empty() {
        return Ok(stands.to_vec());
    }
    let options = Options { most_turns: TURNS, ..Options::default() };
    let played = play(&actors, &Accommodation::Identity, &options, Choice::Surest)?;
    (0..stances.len())
        .map(|p| {
            let position: Vec<f64> = played.outcome().iter().map(|x| x[p]).collect();
            let weight: Vec<f64> = weights.iter().map(|w| w[p]).collect();
            match weighted_mean(&position, &weight) {
                Err(fault) if fault.is_absence() => Ok(stands[p]),
                outcome => outcome,
            }
        })
        .collect()
}

/// By how much an exchange of votes moves the weighted mean of each issue.
fn exchanged(stances: &[Vec<Option<Stance>>], stands: &[f64]) -> Result<Vec<f64>, Fault> {
    let count = stances.first().map_or(0, Vec::len);
    let stake = |p: usize, i: usize| match stances[p][i] {
        Some(s) => Stake { capability: s.capability, salience: s.salience, position: s.position },
        None => Stake { capability: 0.0, salience: 0.0, position: stands[p] },
    };
    let stakes: Vec<Vec<Stake>> =
        (0..count).map(|i| (0..stances.len()).map(|p| stake(p, i)).collect()).collect();
    match trade(&stakes) {
        // An issue to which nobody brings weight cannot be traded.
        Err(fault) if fault.is_absence() => Ok(vec![0.0; stands.len()]),
        Err(fault) => Err(fault),
        Ok(deal) => Ok(deal.after.iter().zip(&deal.before).map(|(a, b)| a - b).collect()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn stance(position: f64, salience: f64, capability: f64) -> Option<Stance> {
        Some(Stance { position, salience, capability })
    }

    const ALL: [Bargain; 5] =
        [Bargain::Mean, Bargain::Median, Bargain::Nash, Bargain::Challenge, Bargain::Smp];

    #[test]
    fn the_mean_the_median_and_nash_are_worked_out_by_hand() {
        let row = vec![vec![stance(0.0, 0.5, 0.6), stance(1.0, 1.0, 0.6), stance(0.4, 0.5, 0.2)]];
        let of = |model, stands: f64| {
            outcomes(model, &row, &[stands], &[true, true, false], 0.0).unwrap()[0]
        };
        // (0 · 0.3 + 1 · 0.6 + 0.4 · 0.1) / 1.
        assert!((of(Bargain::Mean, 0.5) - 0.64).abs() < 1e-12);
        assert!((of(Bargain::Median, 0.5) - 1.0).abs() < 1e-12);
        // The parties stand on either side of how things stand: nothing is better for both.
        assert_eq!(of(Bargain::Nash, 0.5), 0.5);
        let both = vec![vec![stance(0.6, 1.0, 1.0), stance(0.8, 1.0, 1.0)]];
        let found = outcomes(Bargain::Nash, &both, &[0.0], &[true, true], 0.0).unwrap()[0];
        assert!(found > 0.6 && found < 0.8, "{found}");
    }

    #[test]
    fn every_model_stays_on_the_line_and_where_all_agree() {
        let same = vec![vec![stance(0.3, 0.8, 0.5), stance(0.3, 0.4, 0.9), None]];
        for model in ALL {
            let found = outcomes(model, &same, &[0.9], &[true, true, false], 1.0).unwrap()[0];
            assert!((found - 0.3).abs() < 1e-9, "{model:?}: {found}");
            let nobody = vec![vec![stance(0.3, 0.0, 0.5), None, None]];
            let stays = outcomes(model, &nobody, &[0.9], &[true, true, false], 1.0).unwrap()[0];
            assert_eq!(stays, 0.9, "{model:?}: nobody minds");
        }
        let ends = vec![
            vec![stance(0.0, 1.0, 1.0), stance(1.0, 1.0, 0.0), stance(1.0, 0.01, 1.0)],
            vec![stance(1.0, 0.01, 1.0), None, stance(0.0, 1.0, 1.0)],
        ];
        for model in ALL {
            for found in outcomes(model, &ends, &[0.5, 0.5], &[true; 3], 1.0).unwrap() {
                assert!((0.0..=1.0).contains(&found), "{model:?}: {found}");
            }
        }
    }

    #[test]
    fn an_exchange_gives_each_what_it_minds_most() {
        // The first minds the first issue, the second the second; both are as able.
        let stances = vec![
            vec![stance(0.0, 0.9, 1.0), stance(1.0, 0.3, 1.0)],
            vec![stance(0.0, 0.3, 1.0), stance(1.0, 0.9, 1.0)],
        ];
        let apart = outcomes(Bargain::Mean, &stances, &[0.5; 2], &[true; 2], 0.0).unwrap();
        let linked = outcomes(Bargain::Mean, &stances, &[0.5; 2], &[true; 2], 1.0).unwrap();
        assert!((apart[0] - 0.25).abs() < 1e-12 && (apart[1] - 0.75).abs() < 1e-12);
        assert!(linked[0] < apart[0] - 0.1 && linked[1] > apart[1] + 0.1, "{linked:?}");
    }
}
