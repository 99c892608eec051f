//! Campaigns and rivalries by places, and what is reported of them.

use super::{NAME, Reach};
use crate::journal::Journal;
use crate::luck::Who;
use crate::model::{ActorId, BeliefId, Model};
use crate::quantity::{
    AmountForm, Came, Key, Piece, Quantity, Subject, Unit, name_of, pair, plain,
};
use crate::world::World;

/// A campaign by places.
#[derive(Debug)]
pub(super) struct Campaign {
    /// Its place among the case's campaigns.
    pub at: usize,
    pub attacker: ActorId,
    pub target: ActorId,
    pub patron: Option<ActorId>,
    /// The patron's place among the model's patrons.
    pub ranked: Option<usize>,
    pub rivalry: usize,
    pub resting: u32,
    /// Whether the attacker is a faction inside, and no side of the rivalry.
    pub inside: bool,
    pub rate: BeliefId,
    pub branching: BeliefId,
    pub heat: BeliefId,
    pub who: Who,
    pub reach: Option<Reach>,
    spoils: Vec<Spoil>,
}

/// A dialogue that the attacker or its patron would rather have fail.
#[derive(Debug)]
struct Spoil {
    dialogue: usize,
    /// For each issue on which the spoiler stands: its place in the dialogue, position, salience, status quo.
    issues: Vec<(usize, BeliefId, BeliefId, BeliefId)>,
}

impl Campaign {
    pub fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let entry = &case.campaigns[at];
        let rivalry =
            case.rivalries.iter().position(|r| r.id.get_ref() == entry.rivalry.get_ref())?;
        let ladder = &case.rivalries[rivalry];
        let (attacker, target) = (entry.attacker.get_ref(), entry.target.get_ref());
        let patron_id = entry.patron.as_ref().map(|p| p.get_ref().as_str());
        let patron = patron_id.and_then(|p| case.actor_index(p));
        let held = |p: &case::rivalry::Place| p.holder.as_ref().map(|h| h.get_ref().clone());
        let named = |id: &toml::Spanned<String>| {
            case.places.iter().find(|p| p.id.get_ref() == id.get_ref())
        };
        // Its targets are the target's own places; where the case names none, those of nobody in particular.
        let own = ladder.targets.iter().filter_map(named).any(|p| held(p).as_ref() == Some(target));
        let reach = Reach::of(case, ladder, attacker, patron_id, |p| match own {
            true => held(p).as_ref() == Some(target),
            false => held(p).is_none(),
        });
        let attacker = case.actor_index(attacker)?;
        Some(Self {
            at,
            attacker,
            target: case.actor_index(target)?,
            patron,
            ranked: patron.and_then(|p| model.patrons.iter().position(|q| *q == p)),
            rivalry,
            resting: ladder.resting,
            inside: ![ladder.a.get_ref(), ladder.b.get_ref()].contains(&entry.attacker.get_ref()),
            rate: entry.rate.id,
            branching: entry.branching.id,
            heat: entry.heat.id,
            who: Who::new(entry.attacker.get_ref()).and(Who::new(entry.target.get_ref())),
            reach,
            spoils: spoils(model, attacker, patron),
        })
    }

    /// What dialogues in progress take from the attacker, the worst of them.
    pub fn loss(&self, world: &World, journal: &Journal) -> f64 {
        let belief = |id| world.drawn.get(journal, id);
        let mut worst = 0.0_f64;
        for spoil in &self.spoils {
            let talks = world.states.bargaining.talks(spoil.dialogue).get(journal);
            if talks.ended.is_some() || talks.agreed.is_empty() {
                continue;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for (at, position, salience, stands) in &spoil.issues {
                let (x, s) = (belief(*position), belief(*salience));
                let lost = (talks.agreed[*at] - x).abs() - (belief(*stands) - x).abs();
                sum += s * lost.max(0.0);
                weight += s;
            }
            if weight > 0.0 {
                worst = worst.max(sum / weight);
            }
        }
        worst
    }
}

/// The dialogues that an attacker or its patron would rather have fail, with where it stands; an attacker without
/// positions stands where its patron does.
fn spoils(model: &Model<'_>, attacker: ActorId, patron: Option<ActorId>) -> Vec<Spoil> {
    let case = model.case;
    let mut all = Vec::new();
    for (dialogue, entry) in case.dialogues.iter().enumerate() {
        let spoils =
            |a: ActorId| entry.spoilers.iter().any(|s| s.get_ref() == case.actors[a].id.get_ref());
        if !spoils(attacker) && !patron.is_some_and(spoils) {
            continue;
        }
        let stand = |on: usize| {
            let of = |a: ActorId| model.positions[a].iter().find(|p| p.0 == on);
            of(attacker).or_else(|| of(patron?))
        };
        let issues = (entry.issues.iter().enumerate())
            .filter_map(|(at, id)| {
                let on = case.issues.iter().position(|i| i.id.get_ref() == id.get_ref())?;
                let (_, position, salience) = stand(on)?;
                Some((at, *position, *salience, case.issues[on].status_quo.as_ref()?.id))
            })
            .collect();
        all.push(Spoil { dialogue, issues });
    }
    all
}

/// A rivalry by places.
#[derive(Debug)]
pub(super) struct Rivalry {
    /// Its place among the case's rivalries.
    pub at: usize,
    pub top: u32,
    pub resting: u32,
    pub strike: Option<u32>,
    pub airspace: Option<u32>,
    pub rise: BeliefId,
    pub calm: BeliefId,
    pub who: Who,
    /// The two sides, with what they reach of the other's places.
    pub sides: [(Who, Option<Reach>); 2],
}

impl Rivalry {
    pub fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let entry = &case.rivalries[at];
        let who = Who::new(entry.id.get_ref());
        let side = |id: &str| {
            let foreign = |p: &case::rivalry::Place| {
                p.holder.as_ref().is_none_or(|h| h.get_ref().as_str() != id)
            };
            (who.and(Who::new(id)), Reach::of(case, entry, id, None, foreign))
        };
        let (a, b) = (entry.a.get_ref(), entry.b.get_ref());
        case.actor_index(a).and(case.actor_index(b))?;
        let top = u32::try_from(entry.rungs.len().saturating_sub(1)).unwrap_or(u32::MAX);
        Some(Self {
            at,
            top,
            resting: entry.resting.min(top),
            strike: entry.strike_rung.as_ref().map(|r| *r.get_ref()),
            airspace: entry.airspace_rung.as_ref().map(|r| *r.get_ref()),
            rise: entry.rise.id,
            calm: entry.calm.id,
            who,
            sides: [side(a), side(b)],
        })
    }
}

/// Attacks of each campaign; peak rung, weeks of strikes, strikes inside and crossings of each rivalry.
pub(super) fn quantities(
    model: &Model<'_>,
    campaigns: &[Campaign],
    rivalries: &[Rivalry],
) -> Vec<Quantity> {
    let case = model.case;
    let mut all: Vec<Quantity> = (campaigns.iter())
        .map(|c| {
            let entry = &case.campaigns[c.at];
            let (from, on) = (entry.attacker.get_ref(), entry.target.get_ref());
            let (attacker, target) =
                (case.actors[c.attacker].label(), case.actors[c.target].label());
            let name = format!("Attacks by {attacker} on {target}");
            let of = format!("{from}>{on}");
            let rests = [format!("campaign.{of}"), format!("campaign.{from}")];
            let full = |a: ActorId| case.actors[a].name.clone();
            let form =
                AmountForm::Times(full(c.attacker), [" attacks ", " attack "], full(c.target));
            Quantity::new(Key::new(NAME, "attacks").of(of), name, Unit::Count)
                .amounts(Subject::Violence, form, &rests)
                .shown(&["ASSAULT"], &[from], &[on])
        })
        .collect();
    for rivalry in rivalries {
        let entry = &case.rivalries[rivalry.at];
        let id = entry.id.get_ref();
        let of = |what: &str, name: &str, unit| {
            Quantity::new(Key::new(NAME, what).of(id), format!("{name}, {}", entry.name), unit)
        };
        let strikes = |end: &str| {
            let mut clause = vec![plain("strikes between ")];
            clause.extend(pair(model, entry));
            clause.push(plain(end));
            clause
        };
        let rests = [format!("rivalry.{id}")];
        let peak = of("peak", "Highest rung", Unit::Rung);
        all.push(match climbs(model, entry) {
            None => peak,
            Some((from, clause)) => {
                let came = Came::Climbed(rung(model, rivalry).to_string(), from);
                peak.told_when(came, Subject::Violence, clause, &rests)
            }
        });
        let sides = [entry.a.get_ref(), entry.b.get_ref()];
        let weeks = of("weeks", "Weeks of strikes", Unit::Count);
        all.push(weeks.shown(&["ASSAULT"], &sides, &sides));
        let state = name_of(model, model.case.head.state.get_ref());
        let inside = of("inside", &format!("Strikes inside {state}"), Unit::Count);
        let mut clause = strikes(" fall inside ");
        clause.push(Piece::Name(state.clone()));
        all.push(inside.told(Subject::Violence, clause, &rests));
        let crossings =
            of("crossings", &format!("Crossings of the airspace of {state}"), Unit::Count);
        let mut clause = strikes(" cross the airspace of ");
        clause.extend([Piece::Name(state), plain(" at least once")]);
        all.push(crossings.told(Subject::Violence, clause, &rests));
    }
    all
}

/// The key under which a rivalry's rung is followed.
pub(super) fn rung(model: &Model<'_>, rivalry: &Rivalry) -> Key {
    Key::new(NAME, "rung").of(model.case.rivalries[rivalry.at].id.get_ref())
}

/// The rung that a rivalry stands on by the case, and how it is told that it climbs above it.
fn climbs(model: &Model<'_>, entry: &case::rivalry::Rivalry) -> Option<(f64, Vec<Piece>)> {
    let belief = model.case.beliefs.get(entry.rung.id);
    let from = belief.map_or(0.0, |b| b.value.round().max(0.0));
    let now = entry.rungs.get(from as usize)?;
    let mut clause = pair(model, entry);
    clause.push(plain(match belief.is_some_and(|b| b.low.round() < b.high.round()) {
        true => {
            format!(" climb above where they stand, at about \u{201c}{now}\u{201d}")
        }
        false => format!(" climb above where they stand, at \u{201c}{now}\u{201d}"),
    }));
    Some((from, clause))
}

/// The values of [`quantities`], in their order.
pub(super) fn report(
    campaigns: &[Campaign],
    rivalries: &[Rivalry],
    world: &World,
    values: &mut Vec<Option<f32>>,
) {
    values.extend(
        campaigns.iter().map(|c| Some(world.states.escalation.attacks[c.at].peek().total as f32)),
    );
    for rivalry in rivalries {
        let strikes = world.states.escalation.strikes[rivalry.at].peek();
        let counts = [strikes.peak, strikes.weeks, strikes.hits, strikes.crossings];
        values.extend(counts.map(|n| Some(n as f32)));
    }
}
