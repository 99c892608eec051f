//! The election: what lists may expect, how far the country and each district swing, who stays away, and what
//! the law makes of the votes.
//!
//! In district g list l weighs w_lg = p_lg exp(s_n z_l + s_d z_lg): p_lg is its prior share as drawn, z are
//! standard normal, s_n and s_d the spreads of log shares nationally and by district (election forecasts take their
//! errors on such a scale, national and local: `linzer2013`). A list that stays away keeps a share a of its voters at
//! home; the others go to the lists of its transfers in proportion to their weights. Small lists without a prior
//! share a fringe by rank (weights 1/r). Turnout is drawn in log odds. Seats follow the district's law in exact
//! integers; a district may be cut into constituencies, which swing from it as it does from the country. A district
//! with an electorate of its own, as of voters abroad, casts its votes and not a part of the country's by its seats; one
//! without seats counts for national ones alone. The form of the model is *Judged*; the allocation is
//! `theory::electoral`, see [`allocation`]. Where candidates are counted and the law says which share of them are women, a
//! list's c candidates hold floor(share c + u) women with u uniform, behind floor(b m + v) of its m men.
//!
//! Opinion moves a list's log share, opinion and shocks turnout's log odds before the day. A vote that was held by the
//! as-of date and whose result is not known then is drawn on the first day of the run: what is not known is treated as
//! what has not happened.
//!
//! Reads the beliefs of priors, fringes, turnout, abstention, and the mood; changes the assembly.

use case::Diagnostic;
use jiff::ToSpan;
use jiff::civil::Date;
use theory::Fault;
use theory::electoral::tie::{Tie, Ties};

use crate::journal::{Journal, Tracked};
use crate::luck::{Luck, Name, Who};
use crate::model::{BeliefId, Drawn, ListId, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::world::{InDistrict, Seats, World};

pub mod allocation;
mod stories;

use allocation::{Allocation, Reserve};
use stories::{district_story, national_story, swing_story};

/// The name of the process.
pub const NAME: &str = "election";

const NATIONAL: Name = Name::new("election/national swing");
const DISTRICT: Name = Name::new("election/district swing");
const TURNOUT: Name = Name::new("election/turnout swing");
const LOT: Name = Name::new("election/lot");
const LOCAL: Name = Name::new("election/constituency swing");
const WOMEN: Name = Name::new("election/women among candidates");
const WOMEN_BEHIND: Name = Name::new("election/men before women");
const NATIONAL_LOT: Name = Name::new("election/lot for national seats");

parameters! {
    /// The spread of a list's log share over the country.
    national_swing: 0.0..=ANY, "scale";
    /// The spread of a list's log share by district.
    district_swing: 0.0..=ANY, "scale";
    /// The spread of turnout.
    turnout_swing: 0.0..=ANY, "log odds";
}

/// What the election keeps of a run.
#[derive(Debug)]
pub struct State {
    /// Seats of the assembly that forms the next government; none before it is elected.
    assembly: Tracked<Option<Seats>>,
}

impl State {
    /// As it stands on the as-of date.
    #[must_use]
    pub fn start(model: &Model<'_>, _drawn: &Drawn) -> Self {
        let sitting = if model.elects() { None } else { model.sitting.clone() };
        Self { assembly: Tracked::new(sitting) }
    }

    readable! {
        /// Seats of the assembly that forms the next government; none before it is elected.
        assembly: Option<Seats>;
    }
}

/// The election as a process.
#[derive(Debug)]
pub struct Election {
    date: Date,
    allocation: Allocation,
    electorate: BeliefId,
    turnout: BeliefId,
    parameters: Parameters,
    districts: Vec<District>,
    absent: Vec<Absent>,
    reserved: Vec<(ListId, u32)>,
    contested: u32,
}

#[derive(Debug)]
struct District {
    name: String,
    who: Who,
    /// The seats of each of its constituencies.
    parts: Vec<u32>,
    fringe: BeliefId,
    fringe_lists: BeliefId,
    /// The lists that stand or stay away here, with the belief of their share.
    priors: Vec<(ListId, BeliefId)>,
    /// Its voters and their turnout, where they are its own.
    electorate: Option<BeliefId>,
    turnout: Option<BeliefId>,
    /// Seats for members of one community.
    reserves: Vec<Reserve>,
}

/// A list that stays away.
#[derive(Debug)]
struct Absent {
    list: ListId,
    abstain: BeliefId,
    transfers: Vec<ListId>,
}

/// What the swing of a run looks like before any district votes.
struct Mood {
    national: Vec<f64>,
    national_swing: f64,
    district_swing: f64,
    turnout: f64,
    /// By how much turnout's log odds are off, by luck and by what moved them.
    off: (f64, f64),
    electorate: f64,
    /// Voters of districts that have voters of their own.
    apart: f64,
}

/// A share of turnout with its log odds moved.
fn moved_by(turnout: f64, (shift, moved): (f64, f64)) -> f64 {
    let odds = (turnout / (1.0 - turnout)).ln() + shift + moved;
    1.0 / (1.0 + (-odds).exp())
}

impl Election {
    /// The election of a model's case; none if it was held by the as-of date and its result is known.
    ///
    /// # Errors
    /// What the case lacks for it.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let lacking = |what: &str, hint: &str| {
            let spot = case.head.processes.first().map_or(0..0, crate::model::toml_span);
            let message = format!("the election cannot run: {what}");
            vec![Diagnostic::error("process", spot, message).hint(hint)]
        };
        let Some(contest) = &case.contest else {
            // Nothing is coming: if an election was held and its result is known, that assembly sits.
            return match case.last_result() {
                Some(_) => Ok(None),
                None => Err(lacking(
                    "no contest is known on this date",
                    "add [contest], or choose a later --as-of",
                )),
            };
        };
        let law = case.laws.iter().find(|l| l.id.get_ref() == contest.law.get_ref());
        let Some(law) = law else {
            return Err(lacking("its law is not known on this date", "date the law's source"));
        };
        let list_of = |id: &toml::Spanned<String>| model.list(id.get_ref());
        let mut districts = Vec::new();
        for district in &case.districts {
            let priors: Vec<_> = case
                .priors
                .iter()
                .filter(|p| p.district.get_ref() == district.id.get_ref())
                .filter_map(|p| Some((list_of(&p.list)?, p.share.id)))
                .collect();
            if priors.is_empty() {
                let message =
                    format!("district \"{}\" has no list with a prior", district.id.get_ref());
                let fault = Diagnostic::error("prior", district.id.span(), message);
                return Err(vec![fault.hint("add rows to prior.csv")]);
            }
            districts.push(District {
                name: district.name.clone(),
                who: Who::new(district.id.get_ref()),
                parts: parts(
                    *district.seats.get_ref(),
                    district.constituencies.as_ref().map_or(1, |n| *n.get_ref()),
                ),
                fringe: district.fringe.id,
                fringe_lists: district.fringe_lists.id,
                priors,
                electorate: district.electorate.as_ref().map(|e| e.id),
                turnout: district.turnout.as_ref().map(|e| e.id),
                reserves: (case.quotas.iter())
                    .filter(|q| q.district.get_ref() == district.id.get_ref())
                    .map(|q| Reserve {
                        seats: *q.seats.get_ref(),
                        lists: (!q.lists.0.is_empty())
                            .then(|| q.lists.0.iter().filter_map(list_of).collect()),
                    })
                    .collect(),
            });
        }
        if districts.is_empty() {
            return Err(lacking("the case has no districts", "add [[district]]"));
        }
        let standing: Vec<ListId> = (case.entries.iter())
            .filter(|e| e.participates)
            .filter_map(|e| list_of(&e.list))
            .collect();
        let community = |list: ListId| case.actors[model.lists[list]].community.as_deref();
        let absent = (case.entries.iter().filter(|e| !e.participates))
            .filter_map(|e| {
                let list = list_of(&e.list)?;
                let transfers = if e.transfers.is_empty() {
                    let own = community(list);
                    standing.iter().copied().filter(|l| community(*l) == own).collect()
                } else {
                    let named: Vec<ListId> = e.transfers.iter().filter_map(list_of).collect();
                    named.into_iter().filter(|l| standing.contains(l)).collect()
                };
                Some(Absent { list, abstain: e.abstain.as_ref()?.id, transfers })
            })
            .collect();
        Ok(Some(Self {
            date: *contest.date.get_ref(),
            allocation: Allocation::of(law, model.lists.len(), &|id| model.list(id))
                .map_err(|fault| vec![*fault])?
                .with_entries(&case.entries, &|id| model.list(id)),
            electorate: contest.electorate.id,
            turnout: contest.turnout.id,
            parameters,
            contested: (districts.iter().filter(|d| d.electorate.is_none()))
                .flat_map(|d| &d.parts)
                .sum(),
            districts,
            absent,
            reserved: (case.reserved.iter())
                .filter_map(|r| Some((list_of(&r.list)?, *r.seats.get_ref())))
                .collect(),
        }))
    }

    fn mood(&self, model: &Model<'_>, world: &World, luck: Luck, journal: &Journal) -> Mood {
        let drawn = &world.drawn;
        let turnout = drawn.get(journal, self.turnout).clamp(1e-6, 1.0 - 1e-6);
        let shift = drawn.get(journal, self.parameters.turnout_swing)
            * luck.normal(journal, self.date, TURNOUT, Who::ALL);
        let moved = *world.states.opinion.turnout().get(journal)
            + *world.states.shock.turnout().get(journal);
        let apart = self.districts.iter().filter_map(|d| d.electorate);
        Mood {
            national: (model.list_who.iter())
                .map(|who| luck.normal(journal, self.date, NATIONAL, *who))
                .collect(),
            national_swing: drawn.get(journal, self.parameters.national_swing),
            district_swing: drawn.get(journal, self.parameters.district_swing),
            turnout: moved_by(turnout, (shift, moved)),
            off: (shift, moved),
            electorate: drawn.get(journal, self.electorate),
            apart: apart.map(|id| drawn.get(journal, id)).sum(),
        }
    }

    /// How far each list of a district's priors swings there: once for all its constituencies.
    fn swings(
        &self,
        model: &Model<'_>,
        district: &District,
        luck: Luck,
        journal: &Journal,
    ) -> Vec<f64> {
        let who = |list: ListId| district.who.and(model.list_who[list]);
        let swing = |(list, _): &(ListId, _)| luck.normal(journal, self.date, DISTRICT, who(*list));
        district.priors.iter().map(swing).collect()
    }

    /// Votes of a constituency of a district: the lists', then the small lists' of the fringe, largest first. Where
    /// there are several, each swings as much from its district as the district does from the country.
    fn votes(
        &self,
        model: &Model<'_>,
        (district, part): (&District, usize),
        (mood, swings): (&Mood, &[f64]),
        world: &World,
        luck: Luck,
        journal: &Journal,
    ) -> (Vec<u64>, Vec<u64>) {
        let drawn = &world.drawn;
        let mut weight = vec![0.0; model.lists.len()];
        let several = district.parts.len() > 1;
        let local = |who: Who| match several {
            true => luck.normal(journal, self.date, LOCAL, who.nth(part as u32)),
            false => 0.0,
        };
        for ((list, share), z) in district.priors.iter().zip(swings) {
            let who = district.who.and(model.list_who[*list]);
            let swing = mood.national_swing * mood.national[*list]
                + mood.district_swing * (z + local(who))
                + *world.states.opinion.mood(*list).get(journal);
            weight[*list] = drawn.get(journal, *share) * swing.exp();
        }
        let fringe = drawn.get(journal, district.fringe).clamp(0.0, 0.999);
        let all: f64 = weight.iter().sum::<f64>() / (1.0 - fringe);
        for absent in &self.absent {
            let leaving = std::mem::take(&mut weight[absent.list]);
            let moving = leaving * (1.0 - drawn.get(journal, absent.abstain));
            let base: f64 = absent.transfers.iter().map(|l| weight[*l]).sum();
            if base > 0.0 {
                let factor = 1.0 + moving / base;
                absent.transfers.iter().for_each(|l| weight[*l] *= factor);
            }
        }
        let own_seats = f64::from(district.parts[part]);
        let voters = match district.electorate {
            None if self.contested == 0 => 0.0,
            None => {
                let home = (mood.electorate - mood.apart).max(0.0);
                home * own_seats / f64::from(self.contested)
            }
            Some(own) => {
                let seats = f64::from(district.parts.iter().sum::<u32>());
                drawn.get(journal, own) * if seats > 0.0 { own_seats / seats } else { 1.0 }
            }
        };
        let turnout = district.turnout.map_or(mood.turnout, |own| {
            moved_by(drawn.get(journal, own).clamp(1e-6, 1.0 - 1e-6), mood.off)
        });
        let scale = if all > 0.0 { voters * turnout / all } else { 0.0 };
        let votes = weight.iter().map(|w| (w * scale) as u64).collect();
        let count = drawn.get(journal, district.fringe_lists).round().clamp(0.0, 1000.0) as u32;
        let harmonic: f64 = (1..=count).map(|r| 1.0 / f64::from(r)).sum();
        let small = |r: u32| (all * fringe * scale / (f64::from(r) * harmonic)) as u64;
        (votes, (1..=count).map(small).collect())
    }

    /// Votes of each list over the country, and all valid votes.
    fn national(
        &self,
        model: &Model<'_>,
        mood: &Mood,
        world: &World,
        luck: Luck,
    ) -> (Vec<u64>, u64) {
        let mut national = vec![0; model.lists.len()];
        let mut valid = 0;
        for district in &self.districts {
            // The same numbers are read again, and told, when the seats are shared out.
            let journal = Journal::closed();
            let swings = self.swings(model, district, luck, &journal);
            for part in 0..district.parts.len() {
                let (lists, small) =
                    self.votes(model, (district, part), (mood, &swings), world, luck, &journal);
                national.iter_mut().zip(&lists).for_each(|(sum, votes)| *sum += votes);
                valid += lists.iter().sum::<u64>() + small.iter().sum::<u64>();
            }
        }
        (national, valid)
    }

    /// Seats above the districts.
    fn add_national(&self, seats: &mut Seats, luck: Luck, journal: &Journal) -> Result<(), Fault> {
        let mut lot = |tie: Tie<'_>| {
            let u = luck.uniform(journal, self.date, NATIONAL_LOT, Who::ALL.nth(tie.seat));
            ((u * tie.tied.len() as f64) as usize).min(tie.tied.len().saturating_sub(1))
        };
        let added = {
            let votes = (seats.votes.as_slice(), seats.valid);
            self.allocation.national(votes, &seats.lists, Ties::Lot(&mut lot))?
        };
        seats.lists.iter_mut().zip(added).for_each(|(held, more)| *held += more);
        Ok(())
    }
}

/// What a district came to, by lists' votes and seats. The model holds at most 127 lists.
fn in_district(votes: &[u64], won: &[u32]) -> InDistrict {
    let narrow = |l: usize| u8::try_from(l).unwrap_or(u8::MAX);
    let first = (0..votes.len()).max_by_key(|l| (votes[*l], std::cmp::Reverse(*l))).unwrap_or(0);
    let held = won.iter().enumerate().filter(|(_, seats)| **seats > 0);
    InDistrict {
        first: narrow(first),
        seats: held.map(|(l, s)| (narrow(l), u16::try_from(*s).unwrap_or(u16::MAX))).collect(),
    }
}

/// Seats of constituencies of like size.
fn parts(seats: u32, count: u32) -> Vec<u32> {
    let count = count.clamp(1, seats.max(1));
    (0..count).map(|i| seats / count + u32::from(i < seats % count)).collect()
}

/// Small lists that are followed nowhere by name.
const SMALL_LIST: Who = Who::new("small list");

/// Another lot for a seat for which one was drawn.
const AGAIN: Who = Who::new("again");

/// A lot drawn for a seat of a constituency.
fn lot(luck: Luck, journal: &Journal, date: Date, who: Who, tie: Tie<'_>) -> usize {
    let u = luck.uniform(journal, date, LOT, who.nth(tie.seat));
    ((u * tie.tied.len() as f64) as usize).min(tie.tied.len().saturating_sub(1))
}

impl Process for Election {
    fn name(&self) -> &'static str {
        NAME
    }

    fn appointment(&self, world: &World) -> Option<Date> {
        match world.states.election.assembly.peek() {
            Some(_) => None,
            None => Some(self.date.max(world.day.saturating_add(1.days()))),
        }
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        if world.day < self.date || world.states.election.assembly.peek().is_some() {
            return Ok(());
        }
        let mood = self.mood(model, world, luck, journal);
        let eve = journal.note(self.date, NAME, || swing_story(model, &mood));
        let n = model.lists.len();
        let mut seats = Seats {
            lists: vec![0; n],
            votes: vec![0; n],
            elected: Some(self.date),
            ..Seats::default()
        };
        let mut counts = Vec::new();
        let fault = |place: &str, e: &Fault| StepError {
            process: NAME,
            fault: format!("seats of {place}: {e}"),
        };
        let stands = self.allocation.stands(&world.drawn, journal);
        let shut_out = match self.allocation.has_national_threshold() {
            true => {
                let (national, valid) = self.national(model, &mood, world, luck);
                let out = self.allocation.shut_out(&national, valid);
                out.map_err(|e| fault("the country", &e))?
            }
            false => None,
        };
        for district in &self.districts {
            journal.follow(eve);
            let mut won = vec![0; n];
            let (mut small_won, mut women) = (0, 0);
            let mut steps = Vec::new();
            let mut cast = vec![0; n];
            let swings = self.swings(model, district, luck, journal);
            for (part, of_part) in district.parts.iter().enumerate() {
                let (lists, small) =
                    self.votes(model, (district, part), (&mood, &swings), world, luck, journal);
                let mut all = lists.clone();
                all.extend(&small);
                if let Some(out) = &shut_out {
                    let out = |l: usize| out.get(l).copied().unwrap_or(true);
                    (all.iter_mut().enumerate()).filter(|(l, _)| out(*l)).for_each(|(_, v)| *v = 0);
                }
                let who = match district.parts.len() {
                    1 => district.who,
                    _ => district.who.nth(part as u32),
                };
                let mut drawn_for = Vec::new();
                let mut draw = |tie: Tie<'_>| {
                    // A count of papers may hang on several lots before the same seat is filled.
                    let again = drawn_for.iter().filter(|seat| **seat == tie.seat).count();
                    drawn_for.push(tie.seat);
                    let who = match again {
                        0 => who,
                        again => who.and(AGAIN).nth(again as u32),
                    };
                    lot(luck, journal, self.date, who, tie)
                };
                let women_lots = |list: ListId| {
                    let whose = match model.list_who.get(list) {
                        Some(own) => who.and(*own),
                        None => who.and(SMALL_LIST).nth((list - n) as u32),
                    };
                    let drawn = |name| luck.uniform(journal, self.date, name, whose);
                    (drawn(WOMEN), drawn(WOMEN_BEHIND))
                };
                let seats_won = match of_part {
                    0 => vec![0; all.len()],
                    _ => (self.allocation)
                        .district(&all, *of_part, &stands, &women_lots, Ties::Lot(&mut draw))
                        .and_then(|(won, told)| {
                            steps.extend(told);
                            Allocation::under_quotas(&all, won, &district.reserves)
                        })
                        .map_err(|e| fault(&district.name, &e))?,
                };
                let owed = self.allocation.women(&seats_won);
                if let Some(owed) = owed.map_err(|e| fault(&district.name, &e))? {
                    seats.women.resize(n, 0);
                    women += owed.iter().sum::<u32>();
                    seats.women.iter_mut().zip(&owed).for_each(|(sum, owed)| *sum += owed);
                }
                won.iter_mut().zip(&seats_won).for_each(|(sum, seats)| *sum += seats);
                small_won += seats_won[n..].iter().sum::<u32>();
                cast.iter_mut().zip(&lists).for_each(|(sum, votes)| *sum += votes);
                seats.valid += lists.iter().sum::<u64>() + small.iter().sum::<u64>();
            }
            seats.votes.iter_mut().zip(&cast).for_each(|(sum, votes)| *sum += votes);
            seats.lists.iter_mut().zip(&won).for_each(|(sum, seats)| *sum += seats);
            seats.districts.push(in_district(&cast, &won));
            seats.fringe += small_won;
            let story = || district_story(model, district, (&won, small_won), women, &steps);
            counts.push(journal.note(self.date, NAME, story));
        }
        if self.allocation.national_seats() > 0 {
            self.add_national(&mut seats, luck, journal).map_err(|e| fault("the country", &e))?;
        }
        for (list, reserved) in &self.reserved {
            seats.lists[*list] += reserved;
        }
        seats.turnout = seats.valid as f64 / mood.electorate;
        counts.into_iter().for_each(|count| journal.follow(count));
        let by = journal.note(self.date, NAME, || national_story(model, &seats));
        world.states.election.assembly.set(Some(seats), by);
        Ok(())
    }
}
