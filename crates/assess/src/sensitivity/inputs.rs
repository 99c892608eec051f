//! What can be moved apart: each estimate that is not certain, each correlated group, and luck.

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use simulate::draw::Quantile;
use simulate::luck::{Luck, Name, Who};
use simulate::model::{BeliefId, Drawn, Model};
use simulate::play::{Play, Until};

use super::SensitivityError;
use crate::ask::Ask;

const OWN: Name = Name::new("sensitivity/belief");
const FACTOR: Name = Name::new("sensitivity/common factor");

/// What kind of input it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One estimate of the case.
    Estimate,
    /// A correlated group: its common factor, its correlation and its members' own numbers, moved together.
    Group,
    /// All numbers that were not picked, moved together.
    Others,
    /// Chance: every random draw of a run, moved together.
    Luck,
}

/// An input of the study, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// Its kind.
    pub kind: Kind,
    /// The estimate's path, the group's id, `all other numbers` or `luck`.
    pub name: String,
    /// How many estimates it holds.
    pub estimates: usize,
    /// What it rests on: the keys of its sources, or the author's reason; of a group, its members.
    pub rests_on: String,
}

/// An input, for the runs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// The point of the unit interval is the estimate's own.
    One(BeliefId),
    /// The point names an independent draw of all these estimates and the common factors of these groups.
    Many(Vec<BeliefId>, Vec<usize>),
    /// The point names the luck of a run.
    Luck,
}

/// Where a run is to be made, before the case's distributions.
pub(super) struct Place {
    pub(super) uniforms: Vec<f64>,
    pub(super) factors: Vec<f64>,
    /// Seed and number of the run that has it.
    luck: (u64, u32),
}

/// The value asked for in a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) value: f64,
    /// It counts days to something that did not come about inside the window.
    pub(super) unreached: bool,
}

/// The space of a model's inputs.
pub(super) struct Space<'m> {
    pub(super) model: &'m Model<'m>,
    ask: &'m Ask,
    seed: u64,
    who: Vec<Who>,
    group_who: Vec<Who>,
    end: Date,
    /// No run is played further than what is asked wants.
    until: Until,
    /// Asked before each run whether it is still wanted.
    pub(super) go_on: &'m (dyn Fn() -> bool + Sync),
}

impl<'m> Space<'m> {
    pub(super) fn new(model: &'m Model<'m>, ask: &'m Ask, seed: u64) -> Self {
        let case = model.case;
        Self {
            model,
            ask,
            seed,
            who: case.beliefs.iter().map(|b| Who::new(&b.path)).collect(),
            group_who: case.groups.iter().map(|g| Who::new(&g.id)).collect(),
            end: model.end,
            until: ask.reach(),
            go_on: &|| true,
        }
    }

    /// All inputs but luck: estimates that are not certain and stand in no group, in the order of the case's
    /// beliefs, then the groups that hold any that are not.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let case = self.model.case;
        let moves: Vec<bool> = (case.beliefs.iter())
            .map(|b| !matches!(Quantile::of(b), Quantile::Constant(_)))
            .collect();
        let mut alone = moves.clone();
        let mut groups = Vec::new();
        for (at, group) in case.groups.iter().enumerate() {
            let members = group.members.iter().map(|(member, _)| *member).chain([group.rho]);
            let held: Vec<BeliefId> = members.filter(|b| moves[*b] && alone[*b]).collect();
            held.iter().for_each(|b| alone[*b] = false);
            if !held.is_empty() {
                groups.push(Block::Many(held, vec![at]));
            }
        }
        (0..alone.len()).filter(|b| alone[*b]).map(Block::One).chain(groups).collect()
    }

    /// All of some blocks as one.
    pub(super) fn together(blocks: &[&Block]) -> Block {
        let (mut beliefs, mut groups) = (Vec::new(), Vec::new());
        for block in blocks {
            match block {
                Block::One(belief) => beliefs.push(*belief),
                Block::Many(more, held) => {
                    beliefs.extend(more);
                    groups.extend(held);
                }
                Block::Luck => {}
            }
        }
        Block::Many(beliefs, groups)
    }

    /// What a block is, for people. A block of several that is no group of the case is the others.
    pub(super) fn describe(&self, block: &Block) -> Input {
        let case = self.model.case;
        let input = |kind, name: &str, estimates, rests_on: String| Input {
            kind,
            name: name.to_owned(),
            estimates,
            rests_on,
        };
        let paths = |of: &[BeliefId]| {
            of.iter().map(|b| case.beliefs[*b].path.as_str()).collect::<Vec<_>>().join(", ")
        };
        match block {
            Block::Luck => input(Kind::Luck, "luck", 0, String::new()),
            Block::One(belief) => {
                let belief = &case.beliefs[*belief];
                let rests = match (&belief.judged, belief.sources.is_empty()) {
                    (Some(reason), true) => format!("judged: {reason}"),
                    (Some(reason), false) => {
                        format!("{}; judged: {reason}", belief.sources.join(", "))
                    }
                    (None, _) => belief.sources.join(", "),
                };
                input(Kind::Estimate, &belief.path, 1, rests)
            }
            Block::Many(beliefs, groups) => match (groups.as_slice(), self.of_group(block)) {
                ([group], true) => {
                    input(Kind::Group, &case.groups[*group].id, beliefs.len(), paths(beliefs))
                }
                _ => input(Kind::Others, "all other numbers", beliefs.len(), String::new()),
            },
        }
    }

    fn of_group(&self, block: &Block) -> bool {
        let Block::Many(beliefs, groups) = block else { return false };
        let [group] = groups.as_slice() else { return false };
        let group = &self.model.case.groups[*group];
        beliefs.iter().all(|b| *b == group.rho || group.members.iter().any(|(m, _)| m == b))
    }

    /// Where the inputs `blocks` at `point`, in [0, 1), put the run of this row. What an input of several numbers
    /// draws hangs on its coordinate and the row alone, so that it is kept or drawn anew as a whole.
    pub(super) fn place(&self, blocks: &[Block], point: &[f64], row: u32) -> Place {
        let named = |u: f64| {
            let key = u.to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
            (key ^ self.seed.wrapping_mul(0xA24B_AED4_963E_E407), row)
        };
        let mut place = Place {
            uniforms: vec![0.5; self.who.len()],
            factors: vec![0.5; self.group_who.len()],
            luck: (self.seed, row),
        };
        let start = self.model.start;
        for (block, u) in blocks.iter().zip(point) {
            match block {
                Block::One(belief) => place.uniforms[*belief] = *u,
                Block::Many(beliefs, groups) => {
                    let (seed, row) = named(*u);
                    let draw = Luck::new(seed, row);
                    for b in beliefs {
                        place.uniforms[*b] = draw.number(start, OWN, self.who[*b]);
                    }
                    for g in groups {
                        place.factors[*g] = draw.number(start, FACTOR, self.group_who[*g]);
                    }
                }
                Block::Luck => place.luck = named(*u),
            }
        }
        place
    }

    /// Runs at a place and reads what is asked.
    pub(super) fn run(&self, place: Place) -> Result<Found, SensitivityError> {
        let drawn: Drawn = self.model.drawn(&place.uniforms, &place.factors);
        let (seed, run) = place.luck;
        let (drawn, until) = (Some(drawn), self.until);
        let play = Play { drawn, until, ..self.model.play(seed, run) };
        let outcome = play.go().map_err(SensitivityError::Step)?.outcome;
        match self.ask.number(&outcome) {
            Some(value) => Ok(Found { value, unreached: false }),
            None => {
                let at_end = self.ask.days_at_end(self.end).ok_or(SensitivityError::NoNumber)?;
                Ok(Found { value: at_end, unreached: true })
            }
        }
    }

    /// Runs `count` places on all cores; the results come in order, and of faults the first in that order.
    pub(super) fn all(
        &self,
        count: usize,
        place: &(dyn Fn(usize) -> Place + Sync),
        done: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Found>, SensitivityError> {
        let found: Vec<Result<Found, SensitivityError>> = (0..count)
            .into_par_iter()
            .with_min_len(8)
            .map(|at| {
                // what is no longer wanted is neither drawn nor counted as done
                if !(self.go_on)() {
                    return Err(SensitivityError::Stopped);
                }
                let found = self.run(place(at))?;
                done(1);
                Ok(found)
            })
            .collect();
        found.into_iter().collect()
    }
}
