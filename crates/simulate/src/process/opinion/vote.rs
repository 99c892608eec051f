//! The vote: what opinion does to lists and turnout, settled on the eve of the election.
//!
//! With F_a the mean change since the start in the log odds of approving actor a, over the segments of the list's
//! community (over all where it has none, or the segments have none), list l's log share moves by
//!
//! m_l = `vote_gain` F_l + `client_cost` sum over patrons p of C_pl F_p + `incumbency` L for the incumbent's list
//!
//! where C_pl is what p holds of l over what both hold of it, and L legitimacy. Of the votes that lists lose the
//! share `stay_home` is not cast: turnout's log odds move by `turnout_gain` L + `stay_home` sum over l of s_l min(m_l, 0)
//! / (1 - T), with s_l the list's share and T turnout as expected; at `stay_home` 1 the other lists keep their votes.
//! *Judged*; that support for a government follows what it is held answerable for is the theory of retrospective
//! voting (`fiorina1981`).

use jiff::ToSpan;
use jiff::civil::Date;

use super::favour::{Favour, log_odds};
use super::{NAME, Opinion};
use crate::journal::Journal;
use crate::model::{ActorId, BeliefId, ListId, Model};
use crate::process::StepError;
use crate::world::World;

/// The change in a list's log share that gets an entry.
const WORTH_TELLING: f64 = 0.005;

/// Who votes, and what for.
#[derive(Debug)]
pub(super) struct Voters {
    /// The day before the election, if one is to come.
    pub(super) eve: Option<Date>,
    turnout: Option<BeliefId>,
    /// Actors outside that people have a view of.
    outside: Vec<ActorId>,
    lists: Vec<Backing>,
}

#[derive(Debug)]
struct Backing {
    actor: ActorId,
    incumbent: bool,
    /// For each segment whether its people may vote for the list.
    segments: Vec<bool>,
    /// The seats of each district in which it has a prior, with the prior.
    priors: Vec<(f64, BeliefId)>,
}

impl Voters {
    pub(super) fn of(model: &Model<'_>, favours: &[Favour]) -> Self {
        let case = model.case;
        let contest = case.contest.as_ref().filter(|c| *c.date.get_ref() > model.start);
        let judged = |a: &ActorId| favours.iter().any(|f| f.actor == *a);
        let communities = case.segments.iter().any(|s| s.community.is_some());
        let contested: f64 = case.districts.iter().map(|d| f64::from(*d.seats.get_ref())).sum();
        let lists = model.lists.iter().map(|actor| {
            let (id, community) =
                (case.actors[*actor].id.get_ref(), &case.actors[*actor].community);
            let own = |s: &case::opinion::Segment| s.community == *community;
            let any = communities && community.is_some() && case.segments.iter().any(own);
            let priors = case.priors.iter().filter(|p| p.list.get_ref() == id);
            Backing {
                actor: *actor,
                incumbent: case
                    .candidates
                    .iter()
                    .any(|c| c.incumbent && c.list.as_ref().is_some_and(|l| l.get_ref() == id)),
                segments: case.segments.iter().map(|s| !any || own(s)).collect(),
                priors: (priors.filter_map(|p| {
                    let at =
                        |d: &&case::institution::District| d.id.get_ref() == p.district.get_ref();
                    let seats = f64::from(*case.districts.iter().find(at)?.seats.get_ref());
                    Some((if contested > 0.0 { seats / contested } else { 0.0 }, p.share.id))
                }))
                .collect(),
            }
        });
        Self {
            eve: contest.and_then(|c| c.date.get_ref().checked_sub(1.days()).ok()),
            turnout: contest.map(|c| c.turnout.id),
            outside: model.patrons.iter().copied().filter(judged).collect(),
            lists: lists.collect(),
        }
    }

    /// Actors of whom the report tells what people make.
    pub(super) fn judged(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.outside.iter().copied()
    }
}

impl Opinion {
    /// The mean change in the log odds of approving an actor, over some segments.
    fn change(&self, world: &World, journal: &Journal, actor: ActorId, segments: &[bool]) -> f64 {
        let (mut all, mut sum) = (0.0, 0.0);
        for favour in &self.favours {
            let at = favour.at;
            if favour.actor != actor || !segments[favour.segment] {
                continue;
            }
            let share = world.drawn.peek(self.segments[favour.segment].0).max(0.0);
            all += share;
            let (start, now) =
                (world.drawn.peek(favour.start), world.states.opinion.favour[at].peek());
            if start != *now {
                world.states.opinion.favour[at].get(journal);
                sum += share * (log_odds(*now) - log_odds(start));
            }
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// What opinion does to a list's log share.
    fn mood(&self, world: &World, journal: &Journal, list: ListId, held: &[f64]) -> f64 {
        let belief = |id| world.drawn.get(journal, id);
        let backing = &self.voters.lists[list];
        let mut mood = belief(self.parameters.vote_gain)
            * self.change(world, journal, backing.actor, &backing.segments);
        for patron in &self.voters.outside {
            let both = held[*patron] + held[backing.actor];
            if both > 0.0 && held[*patron] > 0.0 {
                let change = self.change(world, journal, *patron, &backing.segments);
                mood += belief(self.parameters.client_cost) * held[*patron] / both * change;
            }
        }
        if backing.incumbent {
            mood +=
                belief(self.parameters.incumbency) * world.states.opinion.legitimacy.get(journal);
        }
        mood.clamp(-20.0, 20.0)
    }

    /// Settles the mood of the lists and turnout on the eve.
    pub(super) fn vote(
        &self,
        model: &Model<'_>,
        world: &mut World,
        journal: &Journal,
    ) -> Result<(), StepError> {
        let pulls = {
            let _reads = journal.scope();
            world.pulls(&model.network, journal, NAME)?
        };
        let mut lost = 0.0;
        let priors = |world: &World, list: &Backing| -> f64 {
            list.priors.iter().map(|(w, id)| w * world.drawn.peek(*id)).sum()
        };
        let all: f64 = self.voters.lists.iter().map(|l| priors(world, l)).sum();
        for (list, backing) in self.voters.lists.iter().enumerate() {
            let mood = self.mood(world, journal, list, &pulls.holds(backing.actor));
            if mood == 0.0 {
                continue;
            }
            if all > 0.0 {
                lost += priors(world, backing) / all * mood.min(0.0);
            }
            let small = mood.abs() < WORTH_TELLING;
            let _reads = small.then(|| journal.scope());
            if small {
                world.states.opinion.mood[list].set(mood, None);
                continue;
            }
            let by = journal.note(world.day, NAME, || {
                let (list, more) = (model.label(list), if mood > 0.0 { "more" } else { "fewer" });
                let share = 100.0 * mood.exp_m1().abs();
                format!("{list} can expect {share:.1} % {more} votes for what people think of late")
            });
            world.states.opinion.mood[list].set(mood, by);
        }
        let belief = |id| world.drawn.get(journal, id);
        let expected = self.voters.turnout.map_or(0.5, belief).clamp(0.0, 0.99);
        let turnout = belief(self.parameters.turnout_gain)
            * world.states.opinion.legitimacy.get(journal)
            + belief(self.parameters.stay_home).clamp(0.0, 1.0) * lost / (1.0 - expected);
        if turnout != 0.0 {
            let turnout = turnout.clamp(-20.0, 20.0);
            let by = journal.note(world.day, NAME, || {
                let more = if turnout > 0.0 { "More" } else { "Fewer" };
                format!("{more} people mean to vote")
            });
            world.states.opinion.turnout.set(turnout, by);
        }
        Ok(())
    }
}
