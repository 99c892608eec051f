//! Favour: what each segment makes of each actor.
//!
//! It moves in the log odds of the share that approves, (1 + favour) / 2, by impulses that fade as those of
//! [`theory::opinion::rally::support`] do (`mueller1970`, `baum2002`): both sides of a rivalry lose `blame` times x with
//! every segment, and a patron as much for its meddling; the state gains `rally` times x; a narrative of slant s moves
//! those about whom it is told by `persuasion` times s, times how loud it is told and whom it reaches, times 1 - `doubt`
//! times the share of the segment that rejects the speaker.

use super::Leaning;
use super::{Felt, NOTHING, Opinion};
use crate::model::{BeliefId, Model};
use crate::world::World;

/// The share that approves stays this far from none and all.
const EDGE: f64 = 1e-3;

/// What may move a favour.
#[derive(Debug)]
pub(super) struct Favour {
    /// Its place among the case's favours.
    pub(super) at: usize,
    pub(super) start: BeliefId,
    pub(super) segment: usize,
    pub(super) actor: usize,
    /// The rivalries in which the actor is a side.
    rivalries: Vec<usize>,
    /// Its place among the patrons, if it is one.
    patron: Option<usize>,
    state: bool,
    /// The narratives about it, each with the place of what the segment makes of the speaker.
    narratives: Vec<(usize, Option<usize>)>,
}

/// The log odds of the share that approves.
pub(super) fn log_odds(favour: f64) -> f64 {
    let share = ((1.0 + favour) / 2.0).clamp(EDGE, 1.0 - EDGE);
    (share / (1.0 - share)).ln()
}

impl From<f64> for Leaning {
    /// A leaning at its start.
    fn from(start: f64) -> Self {
        let base = log_odds(start);
        Self { base, odds: base, value: start }
    }
}

impl Favour {
    /// The case's favour at a place; none if it is of somebody not yet known.
    pub(super) fn of(model: &Model<'_>, at: usize) -> Option<Self> {
        let case = model.case;
        let favour = &case.favours[at];
        let (id, segment) = (favour.actor.get_ref(), favour.segment.get_ref());
        let actor = case.actor_index(id)?;
        let rivalries = case.rivalries.iter().enumerate();
        let side = |r: &case::rivalry::Rivalry| r.a.get_ref() == id || r.b.get_ref() == id;
        let of_speaker = |speaker: &str| {
            case.favours
                .iter()
                .position(|f| f.segment.get_ref() == segment && f.actor.get_ref() == speaker)
        };
        let about = case.narratives.iter().enumerate().filter(|(_, n)| n.about.get_ref() == id);
        Some(Self {
            at,
            start: favour.value.id,
            segment: case.segments.iter().position(|s| s.id.get_ref() == segment)?,
            actor,
            rivalries: rivalries.filter(|(_, r)| side(r)).map(|(at, _)| at).collect(),
            patron: model.patrons.iter().position(|p| *p == actor),
            state: id == case.head.state.get_ref(),
            narratives: about.map(|(at, n)| (at, of_speaker(n.speaker.get_ref()))).collect(),
        })
    }
}

impl Opinion {
    pub(super) fn favour(&self, world: &mut World, kept: f64, felt: Felt) {
        let belief = |world: &World, id| world.drawn.peek(id);
        let (blame, rally) =
            (belief(world, self.parameters.blame), belief(world, self.parameters.rally));
        let persuasion = belief(world, self.parameters.persuasion);
        let doubt = belief(world, self.parameters.doubt).clamp(0.0, 1.0);
        for favour in &self.favours {
            let at = favour.at;
            let mut impulse = 0.0;
            let mut by = None;
            if felt.struck > 0.0 {
                for rivalry in &favour.rivalries {
                    impulse -= blame * self.intrusion(world, *rivalry);
                }
                if favour.state {
                    impulse += rally * felt.struck;
                }
                if impulse != 0.0 {
                    by = felt.by;
                }
            }
            if let Some(patron) = favour.patron {
                impulse -= blame * self.meddling(world, patron);
            }
            for (narrative, speaker) in &favour.narratives {
                let told = &world.states.information.told(*narrative);
                if *told.peek() <= 0.0 {
                    continue;
                }
                let rejects =
                    speaker.map_or(0.5, |s| (1.0 - world.states.opinion.favour[s].peek()) / 2.0);
                impulse += persuasion
                    * world.drawn.peek(self.slants[*narrative])
                    * told.peek()
                    * world.states.information.reach(*narrative)
                    * (1.0 - doubt * rejects);
                by = by.or(told.set_by());
            }
            let start = world.drawn.peek(favour.start);
            let now = *world.states.opinion.favour[at].peek();
            if impulse == 0.0 && now == start {
                continue;
            }
            let leaning = world.states.opinion.leanings[at].unwrap_or_else(|| Leaning::from(start));
            // Something else may have moved it since: then its log odds are not known.
            let odds = if leaning.value == now { leaning.odds } else { log_odds(now) };
            let odds = leaning.base + (odds - leaning.base) * kept + impulse;
            let next = if impulse == 0.0 && (odds - leaning.base).abs() <= NOTHING {
                start
            } else {
                2.0 / (1.0 + (-odds).exp()) - 1.0
            };
            world.states.opinion.leanings[at] = Some(Leaning { odds, value: next, ..leaning });
            let by = by.or(world.states.opinion.favour[at].set_by());
            world.states.opinion.favour[at].set(next, by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use theory::opinion::rally::{Shock, support};

    #[test]
    fn an_impulse_a_week_fades_as_a_rally_does() {
        let (half_life, start): (f64, f64) = (60.0, 0.24);
        let kept = (-7.0 / half_life).exp2();
        let mut leaning = Leaning::from(start);
        let mut shocks = Vec::new();
        for (week, size) in [-0.4, 0.0, 0.9, -0.1, 0.0, 0.0].into_iter().enumerate() {
            let time = 7.0 * week as f64;
            leaning.odds = leaning.base + (leaning.odds - leaning.base) * kept + size;
            shocks.push(Shock { time, size, half_life, lasting: 0.0 });
            let share = support((1.0 + start) / 2.0, &shocks, time).unwrap();
            assert!((share - 1.0 / (1.0 + (-leaning.odds).exp())).abs() < 1e-12);
        }
    }
}
