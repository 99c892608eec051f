//! The published models as functions of Python: `shatterbelt.theory`, one module a subject.
//!
//! A function takes sequences or NumPy arrays and gives NumPy arrays, floats, lists of positions or dicts; positions
//! count from 0. What a model is, its reference and what checks it stand at the crate `theory`; here stand shapes and
//! units. Chance comes in as a seed.

use pyo3::prelude::*;

use crate::fault;

/// The modules, and the list of functions of each.
macro_rules! subjects {
    ($($subject:ident: $says:literal [$($function:ident),* $(,)?]),* $(,)?) => {
        $(mod $subject;)*

        fn fill(theory: &Bound<'_, PyModule>) -> PyResult<()> {
            let py = theory.py();
            let loaded = py.import("sys")?.getattr("modules")?;
            $({
                let module = PyModule::new(py, concat!("shatterbelt.theory.", stringify!($subject)))?;
                module.setattr("__doc__", $says)?;
                $(module.add_function(wrap_pyfunction!($subject::$function, &module)?)?;)*
                loaded.set_item(module.name()?, &module)?;
                theory.add(stringify!($subject), module)?;
            })*
            Ok(())
        }
    };
}

subjects! {
    power: "A priori voting power in weighted games." [
        shapley_shubik, banzhaf, penrose, coleman, johnston, deegan_packel, holler, owen, composed,
        shapley_shubik_floats, banzhaf_floats, penrose_floats, is_proper, dual,
    ],
    electoral: "Votes into seats, in exact integers." [
        rules, seats, steps, passing, needed_votes, compensate, tier, single_transferable_vote, sntv, block_vote,
        most_votes, open_list, womens_quota, reserved_seats, last_parcel, slate_papers, stv_by_slates, candidate_votes,
        managed_seats, sure_seats, places_of_women, sntv_with_women, best_losers, women_owed, lists_quota, fill_quotas,
        seats_under_quotas, by_district, totals, discrepancies, seats_onto, quota, passing_votes, counted,
    ],
    coalition: "Which coalitions can form, who forms them and what each member gets." [
        minimal_winning, smallest_winning, minimal_range, minimal_connected_winning, median_member, gamson_shares,
        share_posts, recognition, closed_rule, quantal_choice, choice_among, hazard_ratio, delay,
    ],
    bargaining: "Who gives way to whom." [
        nash_split, nash_solution, weighted_mean, weighted_median, exchange, expected_utility, smp,
    ],
    influence: "Who moves whom, and where opinions settle." [
        total_effects, settle, settle_linked, first_hops, integrated_control, pn_centrality, triangles, frustration,
        walk_balance,
    ],
    opinion: "How opinions move." [hegselmann_krause, deffuant, support],
    escalation: "How crises climb." [
        signalling, quantal_crisis, logit_equilibrium, ladder, hawkes_fit, hawkes_simulate, hawkes_log_likelihood,
        hawkes_mean_rate, hawkes_rescaled_gaps, counts_fit, counts_path,
    ],
    economy: "What pressure on trade does." [
        output, rounds, inoperability, bottleneck, sanctions_base_rates, sanctions_success,
    ],
    score: "How good a forecast was." [
        brier, brier_many, decompose, log, ranked_probability, ignorance, crps, crps_ensemble, crps_fair, interval,
        interval_of_draws, calibration, skill,
    ],
    pooling: "What happened elsewhere as predictions, and several forecasts as one." [
        log_odds_pool, quantile_pool, tilt, effective_sample_size, beta_binomial, gamma_poisson, kaplan_meier, location,
        student_t,
    ],
    sensitivity: "What drives a result." [
        sobol_points, sobol_indices, morris_trajectories, morris_effects, prim_peel, prim_paste, apart,
    ],
    decision: "What is chosen, by whose wish." [settled_wish, coercive_cost, choose, reach, success],
}

/// Adds `theory` to the extension module, and to the modules that Python knows.
pub fn add_to(native: &Bound<'_, PyModule>) -> PyResult<()> {
    let theory = PyModule::new(native.py(), "shatterbelt.theory")?;
    theory.setattr(
        "__doc__",
        "The published models that the program rests on, as functions: one module a subject.",
    )?;
    fill(&theory)?;
    native.py().import("sys")?.getattr("modules")?.set_item("shatterbelt.theory", &theory)?;
    native.add("theory", theory)
}

/// What a model answers, or why it could not.
fn told<T>(answer: Result<T, theory::Fault>) -> PyResult<T> {
    answer.map_err(fault::value)
}

/// One of several words, or a fault that names them all.
fn one_of<T: Copy>(argument: &str, word: &str, known: &[(&str, T)]) -> PyResult<T> {
    known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        fault::value(format!("{argument}: \"{word}\"; write one of {}", names.join(", ")))
    })
}

/// The numbers of a seeded stream, by place: the same for the same seed on every machine.
fn number(seed: u64, stream: u32, place: u64) -> f64 {
    let who = simulate::luck::Who::ALL.nth((place >> 32) as u32).nth(place as u32);
    simulate::luck::Luck::new(seed, stream).number(DAY, DRAW, who)
}

/// Streams here belong to no day of any case.
const DAY: jiff::civil::Date = jiff::civil::date(2000, 1, 1);
const DRAW: simulate::luck::Name = simulate::luck::Name::new("python/draw");

/// A dict of a few named values.
macro_rules! dict {
    ($py:expr, $($name:literal: $value:expr),* $(,)?) => {{
        let dict = pyo3::types::PyDict::new($py);
        $(dict.set_item($name, $value)?;)*
        dict
    }};
}
use dict;
