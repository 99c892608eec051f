//! Protest: when it breaks out, how it spreads, and how it tires.
//!
//! The grievance is G = sum of the weights of shortage, prices above the start, anger over foreign hands and lost
//! legitimacy. In a quiet week protest breaks out with probability 1 - exp(-h 7 / 365.25), where h is `outbreaks` a year
//! times exp(G), times how readily the segments protest, times F / W; F are those of the `willing` share W of the people
//! who are neither out nor weary, and `spark` of F then come out. Each week those who are out, P, bring others, F (1 -
//! exp(-`spread` exp(G) P / W)), and some of them go home, P (1 - exp(-`quitting`)), and are weary, of whom the share
//! `rest` is fresh again in a week: riots spread and die down as epidemics do (`burbeck1978`, `kermack1927`). The
//! weights, and that grievance works on both, are *Judged*.

use super::Unrest;
use super::{NAME, Opinion};
use crate::hazard;
use crate::journal::Journal;
use crate::luck::{Luck, Name, Who};
use crate::world::World;

const OUTBREAK: Name = Name::new("opinion/outbreak");

/// Below this share nobody is out.
const NOBODY: f64 = 1e-7;
/// Shares in protest that get an entry when they are passed.
const WORTH_TELLING: [f64; 3] = [0.005, 0.02, 0.1];

impl Opinion {
    /// The grievance of the week, bounded so that its exponential stays finite.
    fn grievance(&self, world: &World, journal: &Journal) -> f64 {
        let belief = |id| world.drawn.get(journal, id);
        let (b, states) = (&self.parameters, &world.states);
        let sum = belief(b.shortage_grievance) * states.dependence.shortage().get(journal)
            + belief(b.price_grievance) * (states.dependence.prices().get(journal) - 1.0)
            + belief(b.anger_grievance) * states.opinion.backlash.get(journal)
            - belief(b.legitimacy_grievance) * states.opinion.legitimacy.get(journal);
        sum.clamp(-10.0, 10.0)
    }

    /// How readily the people protest, as a multiple of the country's own readiness.
    fn readiness(&self, world: &World) -> f64 {
        let (mut all, mut sum) = (0.0, 0.0);
        for (share, protest) in &self.segments {
            let share = world.drawn.peek(*share).max(0.0);
            all += share;
            sum += share * protest.map_or(1.0, |p| world.drawn.peek(p).max(0.0));
        }
        if all > 0.0 { sum / all } else { 1.0 }
    }

    pub(super) fn protest(&self, world: &mut World, luck: Luck, journal: &Journal) {
        let _reads = journal.scope();
        let (before, unrest) =
            (*world.states.opinion.protest.peek(), *world.states.opinion.unrest.peek());
        let heat = self.grievance(world, journal).exp();
        let belief = |id| world.drawn.get(journal, id).max(0.0);
        let willing = belief(self.parameters.willing).clamp(NOBODY, 1.0);
        let fresh = (willing - before - unrest.weary).clamp(0.0, willing);
        let mut out = before;
        let mut by = None;
        let mut outbreaks = unrest.outbreaks;
        let weary = unrest.weary * (1.0 - belief(self.parameters.rest).min(1.0));
        if before < NOBODY {
            let often =
                belief(self.parameters.outbreaks) * heat * self.readiness(world) * fresh / willing;
            let p = hazard::weekly(often);
            if luck.happens(journal, world.day, OUTBREAK, Who::ALL, p) {
                out = belief(self.parameters.spark).min(1.0) * fresh;
                outbreaks += 1;
                by = journal.note(world.day, NAME, || "People take to the streets".to_owned());
            } else if before == 0.0 && unrest.weary < NOBODY {
                return;
            }
        }
        let pull = belief(self.parameters.spread) * heat * out / willing;
        let joining = (fresh - (out - before)).max(0.0) * -(-pull).exp_m1();
        let leaving = before * -(-belief(self.parameters.quitting)).exp_m1();
        let mut now = (out + joining - leaving).clamp(0.0, 1.0);
        if now < NOBODY {
            now = 0.0;
        }
        if by.is_none() && WORTH_TELLING.iter().any(|mark| before < *mark && now >= *mark) {
            world.states.opinion.protest.get(journal);
            by = journal.note(world.day, NAME, || {
                format!("{:.1} % of the people are in the streets", 100.0 * now)
            });
        }
        let by = by.or(world.states.opinion.protest.set_by());
        world.states.opinion.protest.set(now, by);
        let weary = (weary + leaving).clamp(0.0, 1.0 - now);
        world.states.opinion.unrest.set(Unrest { weary, outbreaks }, by);
        world.states.opinion.largest = world.states.opinion.largest.max(now);
    }
}
