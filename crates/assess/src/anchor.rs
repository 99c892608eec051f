//! How far wishes carry in a case, learned from its precedents, with what is known of other states as the prior.
//!
//! Of each precedent the network is taken as it was on the day before, by what is known on the as-of date. Those who
//! decided settle on a wish for each alternative ([`simulate::decide`]): a patron wants what it wanted, all others at home
//! what the domestic majority wanted. From what came of it kappa and lambda get a posterior on a grid
//! ([`theory::decision::anchor`]). The prior is the posterior of the same model over contested decisions elsewhere
//! ([`panel`]), where there are no networks and a patron holds one unknown share.
//!
//! A decision of which nobody can say what the majority at home wanted cannot tell pull from support at home. It is
//! shown and left out of the fit.
//!
//! How good it is, is told by leaving out each group of decisions in turn, beside rivals that know no ties.

pub mod panel;

use std::collections::BTreeMap;

use case::choice::Precedent;
use case::{Case, Folder};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use simulate::decide::{self, UNSAID, Wishes};
use simulate::model::{ActorId, Model};
use simulate::pulls::{Pulls, Strengths};
use theory::Fault;
use theory::decision::anchor::{Grid, Posterior, Settled, posterior, quantile};

use panel::Panel;

/// The values of kappa that are considered: from a fiftieth to fifty times, in even steps of the logarithm.
const SCALES: (f64, f64, usize) = (0.02, 50.0, 41);
/// The values of lambda, likewise.
const PRECISIONS: (f64, f64, usize) = (0.1, 8.0, 33);

/// What a case's precedents say.
#[derive(Debug, Clone, Serialize)]
pub struct Anchored {
    /// By when it is known.
    pub as_of: Date,
    /// How far anybody outside counts at all: what every autonomy is multiplied by.
    pub kappa: Spread,
    /// How surely what is wanted more is chosen.
    pub lambda: Spread,
    /// The same by what is known elsewhere alone.
    pub before: [Spread; 2],
    /// The precedents, by day.
    pub precedents: Vec<Judged>,
    /// How good forecasts of them are, each group left out in turn, beside rivals; best first.
    pub board: Vec<Rival>,
    /// How many decisions elsewhere the prior rests on, and in how many countries.
    pub panel: (usize, usize),
}

/// Where a number lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The 5 % point.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % point.
    pub high: f64,
}

/// A precedent, and what was said of it with its group left out.
#[derive(Debug, Clone, Serialize)]
pub struct Judged {
    /// Its id.
    pub id: String,
    /// What was decided.
    pub name: String,
    /// The day.
    pub date: Date,
    /// Who wanted what: label, alternative, how much of those who decided the actor held at the median kappa.
    pub wanted: Vec<(String, String, f64)>,
    /// What the majority at home wanted.
    pub majority: Option<String>,
    /// What came.
    pub outcome: String,
    /// How likely that was; none where it is left out of the fit.
    pub probability: Option<f64>,
    /// Why it is left out of the fit.
    pub left_out: Option<String>,
}

/// A way to forecast who gets his way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rival {
    /// Its name.
    pub name: String,
    /// The mean logarithmic score over what patrons wanted: -ln of what was said of what came; less is better.
    pub log: f64,
    /// The mean Brier score over the same.
    pub brier: f64,
    /// Over how many wishes.
    pub wishes: usize,
}

/// Why nothing could be learned.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The numbers do not go together.
    #[error("precedents: {0}")]
    Theory(#[from] Fault),
    /// The case cannot be built on a day.
    #[error("the case cannot be built as of {0}: {1}")]
    Case(Date, String),
    /// The panel is not as it should be.
    #[error("the panel of decisions elsewhere: {0}")]
    Panel(#[from] reference::Fault),
}

/// Which precedents are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// All of which the domestic majority is known.
    #[default]
    Known,
    /// Of these the ones in which no wish was read off an actor's clients.
    Confirmed,
}

/// Even steps of the logarithm.
fn steps((low, high, count): (f64, f64, usize)) -> Vec<f64> {
    let ratio = (high / low).powf(1.0 / (count as f64 - 1.0));
    (0..count).map(|i| low * ratio.powi(i as i32)).collect()
}

/// A precedent ready for the fit.
struct Ready<'p> {
    of: &'p Precedent,
    /// For each scale what those who decided settled on.
    wishes: Vec<Vec<f64>>,
    /// For each want what share of those who decided the actor held, scale by scale.
    held: Vec<Vec<f64>>,
    outcome: usize,
    left_out: Option<String>,
}

/// Learns from the precedents of a case that are known on its as-of date.
///
/// # Errors
/// [`AnchorError`].
pub fn anchor(folder: &Folder, case: &Case, which: Which) -> Result<Anchored, AnchorError> {
    let (scales, precisions) = (steps(SCALES), steps(PRECISIONS));
    let state = case.actor(case.head.state.get_ref());
    let own: Vec<&str> = state.map_or(Vec::new(), |a| {
        std::iter::once(a.name.as_str()).chain(a.aliases.iter().map(String::as_str)).collect()
    });
    let panel = Panel::read(case.as_of, &own)?;
    let elsewhere = panel.fit(&precisions)?;
    let mut days: BTreeMap<Date, Result<Case, String>> = BTreeMap::new();
    let mut ready = Vec::new();
    let mut precedents: Vec<&Precedent> =
        case.precedents.iter().filter(|p| p.date <= case.as_of).collect();
    precedents.sort_by_key(|p| (p.date, p.id.get_ref()));
    for precedent in precedents {
        let day = precedent.date.saturating_sub(1.day());
        let built = days.entry(day).or_insert_with(|| {
            let built = folder.build_on(day, case.as_of);
            let fault = built.findings.iter().find(|f| f.severity == case::Severity::Error);
            let fault = fault.map_or_else(String::new, |f| f.message.clone());
            built.case.ok_or(fault)
        });
        match built {
            Ok(then) => ready.push(make(then, precedent, &scales, which)?),
            Err(fault) => ready.push(Ready {
                of: precedent,
                wishes: Vec::new(),
                held: Vec::new(),
                outcome: 0,
                left_out: Some(format!("the case cannot be built as of {day}: {fault}")),
            }),
        }
    }
    let fitted: Vec<&Ready<'_>> = ready.iter().filter(|r| r.left_out.is_none()).collect();
    let shares = mean_shares(case, &fitted, &scales);
    let mut grid = Grid::level(scales, precisions);
    grid.prior = elsewhere.prior(&shares);
    let before = posterior(grid.clone(), &[])?;
    let mut groups: Vec<&str> = Vec::new();
    let decisions: Vec<Settled> = (fitted.iter())
        .map(|ready| {
            let group = ready.of.cluster.as_deref().unwrap_or(ready.of.id.get_ref());
            let known = groups.iter().position(|g| *g == group);
            let group = known.unwrap_or_else(|| {
                groups.push(group);
                groups.len() - 1
            });
            Settled { wishes: ready.wishes.clone(), outcome: ready.outcome, group }
        })
        .collect();
    let found = posterior(grid, &decisions)?;
    let kappa = spread(&found.scales())?;
    let said: Vec<Vec<f64>> = (decisions.iter())
        .map(|d| found.predict(&found.without(d.group), &d.wishes))
        .collect::<Result<_, _>>()?;
    let board = board(&fitted, &decisions, &said, &panel, case)?;
    let mut said = said.iter();
    let judged = ready.iter().map(|ready| {
        let probability =
            ready.left_out.is_none().then(|| said.next()).flatten().map(|p| p[ready.outcome]);
        tell(case, ready, probability, kappa.median)
    });
    Ok(Anchored {
        as_of: case.as_of,
        kappa,
        lambda: spread(&found.precisions())?,
        before: [spread(&before.scales())?, spread(&before.precisions())?],
        precedents: judged.collect(),
        board,
        panel: panel.size(),
    })
}

fn spread(points: &[(f64, f64)]) -> Result<Spread, Fault> {
    let at = |share| quantile(points, share);
    Ok(Spread { low: at(0.05)?, median: at(0.5)?, high: at(0.95)? })
}

/// What those who decided settled on, scale by scale, in a case as it was.
fn make<'p>(
    then: &Case,
    precedent: &'p Precedent,
    scales: &[f64],
    which: Which,
) -> Result<Ready<'p>, AnchorError> {
    let place = |word: &str| precedent.alternatives.iter().position(|a| a.get_ref() == word);
    let outcome = place(precedent.outcome.get_ref()).unwrap_or(0);
    let nothing = |why: String| Ready {
        of: precedent,
        wishes: Vec::new(),
        held: Vec::new(),
        outcome,
        left_out: Some(why),
    };
    let Some(majority) = precedent.majority.as_ref().and_then(|m| place(m.get_ref())) else {
        return Ok(nothing("nobody can say what the majority at home wanted".to_owned()));
    };
    if which == Which::Confirmed && precedent.wants.iter().any(|w| w.inferred) {
        return Ok(nothing("a wish was read off the actor's clients".to_owned()));
    }
    let model = Model::still(then).map_err(|findings| {
        let fault = findings.first().map_or_else(String::new, |f| f.message.clone());
        AnchorError::Case(then.as_of, fault)
    })?;
    let home = [then.head.state.clone()];
    let by = if precedent.by.is_empty() { &home[..] } else { &precedent.by[..] };
    let by: Vec<ActorId> = by.iter().filter_map(|id| then.actor_index(id.get_ref())).collect();
    if by.is_empty() {
        return Ok(nothing("those who decided are not in the case on its day".to_owned()));
    }
    let row = |wanted: usize| -> Vec<f64> {
        let wish = |a: usize| if a == wanted { 1.0 } else { -1.0 };
        (0..precedent.alternatives.len()).map(wish).collect()
    };
    let voices = decide::voices(&model);
    let mut said: Vec<(ActorId, f64, Vec<f64>)> = Vec::new();
    for want in &precedent.wants {
        if let (Some(actor), Some(wanted)) =
            (then.actor_index(want.actor.get_ref()), place(want.alternative.get_ref()))
        {
            said.push((actor, want.care.number(), row(wanted)));
        }
    }
    let abroad = said.clone();
    for (actor, voice) in voices.iter().enumerate() {
        if *voice == decide::Voice::Home && !said.iter().any(|s| s.0 == actor) {
            said.push((actor, UNSAID.number(), row(majority)));
        }
    }
    let wishes = Wishes::from(&voices, precedent.alternatives.len(), &said);
    let whole = unscaled(&model);
    let (mut settled, mut held) = (Vec::new(), vec![Vec::new(); abroad.len()]);
    for kappa in scales {
        let mut strengths = whole.clone();
        strengths.autonomy.iter_mut().for_each(|own| *own *= kappa);
        let pulls = Pulls::of(&model.network, &strengths, |_| 1.0)
            .map_err(|e| AnchorError::Case(then.as_of, e.to_string()))?;
        let rows: Vec<Vec<f64>> = by.iter().map(|actor| pulls.holds(*actor)).collect();
        let mut mean = vec![0.0; precedent.alternatives.len()];
        for row in &rows {
            let own = wishes.settled(row)?;
            mean.iter_mut().zip(own).for_each(|(sum, u)| *sum += u / rows.len() as f64);
        }
        settled.push(mean.iter().map(|u| u.clamp(-1.0, 1.0)).collect());
        for (of, (actor, ..)) in held.iter_mut().zip(&abroad) {
            let camp = (0..voices.len())
                .filter(|a| a == actor || voices[*a] == decide::Voice::State(*actor));
            let share: f64 = camp.map(|a| rows.iter().map(|r| r[a]).sum::<f64>()).sum();
            of.push(share / rows.len() as f64);
        }
    }
    Ok(Ready { of: precedent, wishes: settled, held, outcome, left_out: None })
}

/// A network at its best single values and with a kappa of 1, whatever the case has learned before.
fn unscaled(model: &Model<'_>) -> Strengths {
    let mut drawn = model.central();
    model.network.kappa.iter().for_each(|kappa| drawn.set(*kappa, 1.0));
    Strengths::of(&model.network, &drawn)
}

/// What share of those who decide a patron that wants something holds, on average, scale by scale: over the precedents,
/// or, where there are none, of the actors in focus over the contested state today.
fn mean_shares(case: &Case, fitted: &[&Ready<'_>], scales: &[f64]) -> Vec<f64> {
    let rows: Vec<&Vec<f64>> = fitted.iter().flat_map(|r| &r.held).collect();
    if !rows.is_empty() {
        let mean = |k: usize| rows.iter().map(|r| r[k]).sum::<f64>() / rows.len() as f64;
        return (0..scales.len()).map(mean).collect();
    }
    let today = || {
        let model = Model::still(case).ok()?;
        let whole = unscaled(&model);
        let home = case.actor_index(case.head.state.get_ref())?;
        let focus: Vec<ActorId> =
            case.head.focus.iter().filter_map(|id| case.actor_index(id.get_ref())).collect();
        let share = |kappa: &f64| {
            let mut strengths = whole.clone();
            strengths.autonomy.iter_mut().for_each(|own| *own *= kappa);
            let held = Pulls::of(&model.network, &strengths, |_| 1.0).ok()?.holds(home);
            Some(focus.iter().map(|a| held[*a]).sum::<f64>() / focus.len().max(1) as f64)
        };
        scales.iter().map(share).collect::<Option<Vec<f64>>>()
    };
    today().unwrap_or_else(|| vec![0.0; scales.len()])
}

/// The forecast beside its rivals, over what patrons wanted.
fn board(
    fitted: &[&Ready<'_>],
    decisions: &[Settled],
    said: &[Vec<f64>],
    panel: &Panel,
    case: &Case,
) -> Result<Vec<Rival>, AnchorError> {
    let rate = panel.rate();
    // The majority alone: nobody outside holds anything, which is the network at an endless kappa.
    let precisions = steps(PRECISIONS);
    let alone: Vec<Settled> = (fitted.iter().zip(decisions))
        .map(|(ready, d)| {
            let majority = ready.of.majority.as_ref().map(|m| m.get_ref().as_str());
            let wish = |a: &str| if majority == Some(a) { 1.0 } else { -1.0 };
            let all = ready.of.alternatives.iter().map(|a| wish(a.get_ref())).collect();
            Settled { wishes: vec![all], ..d.clone() }
        })
        .collect();
    let mut grid = Grid::level(vec![1.0], precisions);
    grid.prior = panel.alone(&grid.precisions)?;
    let majority: Posterior = posterior(grid, &alone)?;
    let mut rows: Vec<(&str, Vec<(f64, bool)>)> = vec![
        ("ties, wishes and the majority at home", Vec::new()),
        ("the majority at home alone", Vec::new()),
        ("the rate at which patrons elsewhere got their way", Vec::new()),
        ("even odds", Vec::new()),
    ];
    for (at, ready) in fitted.iter().enumerate() {
        let by_majority =
            majority.predict(&majority.without(decisions[at].group), &alone[at].wishes)?;
        for want in &ready.of.wants {
            // Those at home want as the majority does or not; the board is about who is outside.
            let outside = case.actor_index(want.actor.get_ref()).is_some();
            let place = ready.of.alternatives.iter();
            let place = place.clone().position(|a| a.get_ref() == want.alternative.get_ref());
            let (Some(place), true) = (place, outside) else { continue };
            let came = place == ready.outcome;
            let even = 1.0 / ready.of.alternatives.len() as f64;
            for (row, p) in rows.iter_mut().zip([said[at][place], by_majority[place], rate, even]) {
                row.1.push((p, came));
            }
        }
    }
    let mut board: Vec<Rival> = rows
        .into_iter()
        .map(|(name, all)| {
            let n = all.len().max(1) as f64;
            let log =
                all.iter().map(|(p, came)| -(if *came { *p } else { 1.0 - p }).ln()).sum::<f64>();
            let brier =
                all.iter().map(|(p, came)| (p - f64::from(u8::from(*came))).powi(2)).sum::<f64>();
            Rival { name: name.to_owned(), log: log / n, brier: brier / n, wishes: all.len() }
        })
        .collect();
    board.sort_by(|a, b| a.log.total_cmp(&b.log));
    Ok(board)
}

fn tell(case: &Case, ready: &Ready<'_>, probability: Option<f64>, kappa: f64) -> Judged {
    let scales = steps(SCALES);
    let near = (0..scales.len())
        .min_by(|a, b| (scales[*a] - kappa).abs().total_cmp(&(scales[*b] - kappa).abs()))
        .unwrap_or(0);
    let wanted = ready.of.wants.iter().enumerate().map(|(at, want)| {
        let id = want.actor.get_ref();
        let label = case.actor(id).map_or(id.as_str(), |a| a.label()).to_owned();
        let share = ready.held.get(at).and_then(|row| row.get(near)).copied().unwrap_or(0.0);
        (label, want.alternative.get_ref().clone(), share)
    });
    Judged {
        id: ready.of.id.get_ref().clone(),
        name: ready.of.name.clone(),
        date: ready.of.date,
        wanted: wanted.collect(),
        majority: ready.of.majority.as_ref().map(|m| m.get_ref().clone()),
        outcome: ready.of.outcome.get_ref().clone(),
        probability,
        left_out: ready.left_out.clone(),
    }
}
