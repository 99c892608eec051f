//! Who counts for the body on a date: the house that sits, or the one that a coming election is expected to make.

use case::Case;
use jiff::civil::Date;
use simulate::luck::{Luck, Who};
use simulate::model::Model;
use simulate::play::{Play, Until};
use simulate::power::Power;

use super::frame::{Frame, NAMING, statement};
use super::{Gap, MeasureError};

/// An election that is yet to come.
#[derive(Debug)]
pub(super) struct Coming<'a> {
    model: Model<'a>,
    /// The places of its actors.
    places: Vec<usize>,
    /// The names of its beliefs where each statement errs on its own.
    fresh: Vec<Who>,
}

/// Who counts for the body.
#[derive(Debug)]
pub(super) struct House<'a> {
    /// The members' power in the house that sits; none for one that is yet to be elected.
    pub sitting: Option<Power>,
    /// The election that makes a house not yet elected.
    pub coming: Option<Coming<'a>>,
    pub quota: u32,
    /// Election day.
    pub elected: Date,
    pub sources: Vec<String>,
    /// What tells it from others.
    key: String,
}

impl House<'_> {
    /// The actors that sit or may come to sit.
    pub fn members(&self) -> Vec<usize> {
        match (&self.sitting, &self.coming) {
            // The lists that sit go on in its model; those that stand come to sit.
            (_, Some(coming)) => {
                let case = coming.model.case;
                let stand = case.entries.iter().map(|e| e.list.get_ref());
                let all = stand.chain(case.reserved.iter().map(|r| r.list.get_ref()));
                all.filter_map(|id| Some(coming.places[case.actor_index(id)?])).collect()
            }
            (sitting, None) => {
                sitting.iter().flat_map(|p| &p.members).map(|(member, _)| *member).collect()
            }
        }
    }

    /// Whether it is yet to be elected.
    pub fn is_coming(&self) -> bool {
        self.coming.is_some()
    }
}

/// Which house counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// The one that forms the next government: the one to be elected from the day an election is known to come,
    /// else the one that sits. [`super::measure`] counts this one.
    Next,
    /// The one that sits.
    Sitting,
}

impl<'a> Frame<'a> {
    /// The house that counts on the case's date.
    pub fn house(&mut self, case: &'a Case, body: &str, counted: Counted) -> Result<usize, Gap> {
        let found = case.bodies.iter().find(|b| b.id.get_ref() == body);
        let found = found.ok_or_else(|| Gap::NoBody(body.to_owned()))?;
        let quota = *found.quota.get_ref();
        if counted == Counted::Next
            && let Some(house) = self.coming(case, quota)?
        {
            return Ok(self.place_of(house));
        }
        let elected = case.last_result();
        let elected = elected.ok_or(Gap::NoResult)?;
        let sitting = case.sitting();
        let mut holders: Vec<(usize, u32)> = (sitting.iter())
            .filter(|(id, held)| *held > 0 && case.actor(id).is_some())
            .filter_map(|(id, held)| Some((self.actor(id)?, *held)))
            .collect();
        holders.sort_unstable();
        let won: u32 = sitting.iter().map(|(_, held)| held).sum();
        let all = case.assembly.as_ref().map_or(won, |a| *a.seats.get_ref()).max(won);
        let fringe = all - holders.iter().map(|(_, held)| held).sum::<u32>();
        let power = Power::among(&holders, fringe, quota).map_err(Gap::Power)?;
        let rows = case.results.iter().filter(|r| r.date == elected && r.district.is_none());
        let sources = rows.flat_map(|r| &r.source.0).map(|k| k.get_ref().clone()).collect();
        Ok(self.place_of(House {
            sitting: Some(power),
            coming: None,
            quota,
            elected,
            sources,
            key: format!("{elected}|{quota}|{fringe}|{holders:?}"),
        }))
    }

    /// The house that an election known to come will make, where the case can run it.
    fn coming(&self, case: &'a Case, quota: u32) -> Result<Option<House<'a>>, Gap> {
        let Some(contest) = &case.contest else { return Ok(None) };
        let model = Model::new(case)
            .map_err(|faults| Gap::Election(faults.into_iter().next().map(Box::new)))?;
        if !model.elects() {
            return Ok(None);
        }
        let places = case.actors.iter().filter_map(|a| self.actor(a.id.get_ref())).collect();
        let elected = *contest.date.get_ref();
        let stand = case.entries.iter().map(|e| (e.list.get_ref(), e.participates));
        let stand = stand.collect::<Vec<_>>();
        let mut key = format!("{elected}|{quota}|{:?}|{stand:?}", case.sitting());
        case.beliefs.iter().filter(|b| counts(&b.path)).for_each(|b| key.push_str(&statement(b)));
        let beliefs = case.beliefs.iter().filter(|b| b.path.starts_with("prior."));
        let sources = beliefs.flat_map(|b| b.sources.clone()).collect();
        let fresh = case.beliefs.iter().map(|b| Who::new(&statement(b))).collect();
        let coming = Some(Coming { model, places, fresh });
        Ok(Some(House { sitting: None, coming, quota, elected, sources, key }))
    }

    fn place_of(&mut self, mut house: House<'a>) -> usize {
        if let Some(at) = self.houses.iter().position(|h| h.key == house.key) {
            return at;
        }
        house.sources.sort();
        house.sources.dedup();
        self.houses.push(house);
        self.houses.len() - 1
    }
}

/// Whether a belief is one that an election hangs on.
fn counts(path: &str) -> bool {
    ["prior.", "entry.", "contest.", "district.", "law.", "group.", "process.election."]
        .iter()
        .any(|kind| path.starts_with(kind))
}

impl Coming<'_> {
    /// The power of the members that are elected in a draw.
    pub fn elect(
        &self,
        quota: u32,
        (seed, draw): (u64, u32),
        fresh: bool,
    ) -> Result<Vec<(usize, f64)>, MeasureError> {
        let others = fresh.then_some(self.fresh.as_slice());
        let drawn = Some(self.model.draw_as(Luck::new(seed, draw), &NAMING, others));
        let play = Play { drawn, until: Until::Assembly, ..self.model.play(seed, draw) };
        let seats = play.go()?.assembly.ok_or(MeasureError::NotElected)?;
        let power = Power::of(&self.model, &seats, quota)?;
        let placed = |(actor, phi): (usize, f64)| (self.places[actor], phi);
        Ok(power.members.into_iter().map(placed).collect())
    }
}
