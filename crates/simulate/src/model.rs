//! A case made ready to run: names turned into places in lists, beliefs into quantile functions, the tie network
//! into arrays. Made once; every run reads it.

use std::collections::BTreeMap;

use case::actor::ActorKind;
use case::{Case, Channel, Diagnostic};
use jiff::civil::Date;
use theory::influence::sparse::Plan;

use crate::draw::{Joint, Naming};
use crate::journal::Journal;
use crate::luck::{Luck, Name, Who};
use crate::matter::Matter;
use crate::power::Power;
use crate::process::Process;
use crate::quantity::Quantity;
use crate::world::Seats;

/// The place of a belief in the case.
pub type BeliefId = usize;
/// The place of an actor in the case.
pub type ActorId = usize;
/// The place of a list among those that may hold seats.
pub type ListId = usize;

const BELIEF: Name = Name::new("case/belief");
const FACTOR: Name = Name::new("case/common factor");

/// A case ready to run.
#[derive(Debug)]
pub struct Model<'a> {
    /// The case.
    pub case: &'a Case,
    /// The day before the first step.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Actors that may hold seats, in the order of the case's actors.
    pub lists: Vec<ActorId>,
    /// For each list its name for luck.
    pub list_who: Vec<Who>,
    /// The tie network.
    pub network: Network,
    /// Actors that pull from outside: states with ties into the network but not the contested state, and the
    /// owners of pillars, in the order of the case's actors.
    pub patrons: Vec<ActorId>,
    /// Positions: for each actor, issue and the beliefs of position and salience.
    pub positions: Vec<Vec<(usize, BeliefId, BeliefId)>>,
    /// What is reported of a run beside its assembly and its government, in the order of the processes.
    pub quantities: Vec<Quantity>,
    /// What is followed through a run, four weeks by four weeks.
    pub followed: Vec<Quantity>,
    /// What is decided in a run, in the order of the processes.
    pub matters: Vec<Matter>,
    /// The power of the sitting assembly's members at the quota of the case's body.
    pub sitting_power: Option<Power>,
    /// The processes in play, in order.
    pub processes: Vec<Box<dyn Process>>,
    /// The assembly that sits on the as-of date, where its result is known.
    pub(crate) sitting: Option<Seats>,
    beliefs: Joint,
}

/// The tie network by places.
#[derive(Debug, Clone)]
pub struct Network {
    /// The ids of its actors.
    pub actors: Vec<String>,
    /// From, to, channel, bandwidth, dependence.
    pub ties: Vec<(ActorId, ActorId, Channel, BeliefId, BeliefId)>,
    /// The weights of channels.
    pub weights: [Option<BeliefId>; 6],
    /// Actors' autonomy.
    pub autonomy: Vec<Option<BeliefId>>,
    /// What every autonomy is multiplied by; none for 1.
    pub kappa: Option<BeliefId>,
    /// How its pulls are solved.
    pub plan: Plan,
}

/// The values all beliefs take in one run.
#[derive(Debug, Clone)]
pub struct Drawn(Vec<f64>);

impl Drawn {
    /// The value of a belief; looking it up leaves a trace.
    pub fn get(&self, journal: &Journal, id: BeliefId) -> f64 {
        let value = self.0[id];
        journal.looked_up(id, value);
        value
    }

    /// The value of a belief without a trace.
    #[must_use]
    pub fn peek(&self, id: BeliefId) -> f64 {
        self.0[id]
    }

    /// Gives a belief another value than was drawn; one the case does not have is passed over.
    pub fn set(&mut self, id: BeliefId, value: f64) {
        if let Some(held) = self.0.get_mut(id) {
            *held = value;
        }
    }

    /// All values, in the order of the case's beliefs.
    #[must_use]
    pub fn all(&self) -> &[f64] {
        &self.0
    }
}

impl<'a> Model<'a> {
    /// Makes a case ready.
    ///
    /// # Errors
    /// What the case lacks for its processes, as findings with their places.
    pub fn new(case: &'a Case) -> Result<Self, Vec<Diagnostic>> {
        Self::with(case, &case.head.processes)
    }

    /// Makes the network of a case ready and no process: for what asks who pulls on whom, and no more.
    ///
    /// # Errors
    /// As [`Model::new`].
    pub fn still(case: &'a Case) -> Result<Self, Vec<Diagnostic>> {
        Self::with(case, &[])
    }

    fn with(case: &'a Case, processes: &[toml::Spanned<String>]) -> Result<Self, Vec<Diagnostic>> {
        let start = case.as_of;
        let end = case.head.until;
        let mut findings = Vec::new();
        if end <= start {
            let message = format!("the window ends on {end}, not after the as-of date {start}");
            let spot = case.head.state.span();
            findings.push(
                Diagnostic::error("window", spot, message)
                    .hint("set until to a later day in [case], or give horizon = DAYS"),
            );
        }
        for forced in case.forced.iter().filter(|f| f.kind != "shock") {
            let message = format!("runs cannot force a {} yet", forced.kind);
            findings.push(Diagnostic::error("forced", forced.spot.clone(), message));
        }
        let place: BTreeMap<&str, ActorId> =
            case.actors.iter().enumerate().map(|(i, a)| (a.id.get_ref().as_str(), i)).collect();
        let actor = |id: &str| place.get(id).copied();
        let mut lists: Vec<ActorId> = (case.entries.iter().map(|e| e.list.get_ref().as_str()))
            .chain(case.reserved.iter().map(|r| r.list.get_ref().as_str()))
            .chain(case.sitting().iter().map(|(list, _)| *list))
            .filter_map(actor)
            .collect();
        lists.sort_unstable();
        lists.dedup();
        if lists.len() > 127 {
            let message =
                format!("{} lists may hold seats; at most 127 can be followed", lists.len());
            findings.push(
                Diagnostic::error("lists", case.head.state.span(), message)
                    .hint("leave lists without a prior to the fringe"),
            );
        }
        let ties: Vec<_> = (case.ties.iter())
            .filter_map(|t| {
                let (from, to) = (actor(t.from.get_ref())?, actor(t.to.get_ref())?);
                Some((from, to, t.channel, t.bandwidth.id, t.dependence.id))
            })
            .collect();
        let pairs: Vec<(ActorId, ActorId)> = ties.iter().map(|t| (t.0, t.1)).collect();
        let plan = Plan::new(case.actors.len(), &pairs).map_err(|e| {
            vec![Diagnostic::error("tie", case.head.state.span(), format!("the ties: {e}"))]
        })?;
        let network = Network {
            actors: case.actors.iter().map(|a| a.id.get_ref().clone()).collect(),
            ties,
            plan,
            weights: Channel::ALL.map(|c| case.channels.get(&c).map(|e| e.id)),
            autonomy: case.actors.iter().map(|a| a.autonomy.as_ref().map(|e| e.id)).collect(),
            kappa: case.kappa(),
        };
        let mut positions = vec![Vec::new(); case.actors.len()];
        let issues: BTreeMap<&str, usize> =
            case.issues.iter().enumerate().map(|(n, i)| (i.id.get_ref().as_str(), n)).collect();
        for p in &case.positions {
            let issue = issues.get(p.issue.get_ref().as_str()).copied();
            if let (Some(a), Some(issue)) = (actor(p.actor.get_ref()), issue) {
                positions[a].push((issue, p.position.id, p.salience.id));
            }
        }
        let state = actor(case.head.state.get_ref());
        let mut pulls = vec![false; case.actors.len()];
        network.ties.iter().for_each(|tie| pulls[tie.0] = true);
        case.pillars.iter().filter_map(|p| actor(p.patron.get_ref())).for_each(|a| pulls[a] = true);
        let patrons = (0..case.actors.len())
            .filter(|a| Some(*a) != state && case.actors[*a].kind == ActorKind::State)
            .filter(|a| pulls[*a])
            .collect();
        let list_who = lists.iter().map(|a| Who::new(case.actors[*a].id.get_ref())).collect();
        let mut model = Self {
            case,
            start,
            end,
            lists,
            list_who,
            network,
            patrons,
            positions,
            sitting_power: None,
            quantities: Vec::new(),
            matters: Vec::new(),
            followed: Vec::new(),
            processes: Vec::new(),
            sitting: None,
            beliefs: Joint::of(case),
        };
        for name in processes {
            match crate::process::make(name, &model) {
                Ok(process) => model.processes.extend(process),
                Err(faults) => findings.extend(faults),
            }
        }
        model.sitting = model.seated();
        let quota = case.bodies.iter().find(|b| b.id.get_ref() == case.head.body.get_ref());
        model.sitting_power = match quota {
            Some(body) if model.moves() => Power::sitting(&model, *body.quota.get_ref()),
            _ => None,
        };
        model.quantities = model.processes.iter().flat_map(|p| p.quantities(&model)).collect();
        model.matters = model.processes.iter().flat_map(|p| p.matters(&model)).collect();
        let followed = model.processes.iter().flat_map(|p| p.followed(&model));
        model.followed = crate::quantity::sway(&model).into_iter().chain(followed).collect();
        if findings.is_empty() { Ok(model) } else { Err(findings) }
    }

    /// Whether anything but an election and the forming of a government moves: runs then go on to the window's
    /// end, else they end with the government.
    #[must_use]
    pub fn moves(&self) -> bool {
        let still = [crate::process::election::NAME, crate::process::formation::NAME];
        self.processes.iter().any(|p| !still.contains(&p.name()))
    }

    /// Every belief at its best single value.
    #[must_use]
    pub fn central(&self) -> Drawn {
        Drawn(self.case.beliefs.iter().map(|b| b.value).collect())
    }

    /// Draws every belief for a run.
    #[must_use]
    pub fn draw(&self, luck: Luck) -> Drawn {
        self.draw_on(luck, self.start)
    }

    /// As [`Model::draw`], of several runs together: which is faster.
    #[must_use]
    pub fn draw_all(&self, lucks: &[Luck]) -> Vec<Drawn> {
        let naming = Naming { belief: BELIEF, factor: FACTOR, day: self.start };
        self.beliefs.draw_all(lucks, &naming, None).into_iter().map(Drawn).collect()
    }

    /// As [`Model::draw`], under the names of another day: cases that begin on two days are paired by drawing both
    /// under the names of one.
    #[must_use]
    pub fn draw_on(&self, luck: Luck, day: Date) -> Drawn {
        self.draw_as(luck, &Naming { belief: BELIEF, factor: FACTOR, day }, None)
    }

    /// As [`Model::draw`], under other names ([`Joint::draw`]).
    #[must_use]
    pub fn draw_as(&self, luck: Luck, naming: &Naming, others: Option<&[Who]>) -> Drawn {
        Drawn(self.beliefs.draw(luck, naming, others))
    }

    /// The beliefs at given points of their distributions ([`Joint::at`]).
    #[must_use]
    pub fn drawn(&self, uniforms: &[f64], factors: &[f64]) -> Drawn {
        Drawn(self.beliefs.at(uniforms, factors))
    }

    /// The place of a list among those that may hold seats.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<ListId> {
        self.lists.iter().position(|a| self.case.actors[*a].id.get_ref() == id)
    }

    /// Whether the assembly is elected in the runs; else the sitting one counts.
    #[must_use]
    pub fn elects(&self) -> bool {
        self.processes.iter().any(|p| p.name() == crate::process::election::NAME)
    }

    /// The election that makes the assembly of the runs: the coming one, or the last whose result is known.
    #[must_use]
    pub fn election_day(&self) -> Option<Date> {
        match (&self.case.contest, self.elects()) {
            (Some(contest), true) => Some(*contest.date.get_ref()),
            _ => self.case.last_result(),
        }
    }

    /// Names for the people and places that luck is drawn for, one by one and in pairs.
    #[must_use]
    pub fn who_names(&self) -> BTreeMap<Who, String> {
        let case = self.case;
        let actors: Vec<(&str, &str)> =
            case.actors.iter().map(|a| (a.id.get_ref().as_str(), a.label())).collect();
        let others: Vec<(&str, &str)> = (case.districts.iter().map(|d| (&d.id, &d.name)))
            .chain(case.candidates.iter().map(|c| (&c.id, &c.name)))
            .chain(case.offices.iter().map(|o| (&o.id, &o.name)))
            .chain(case.rivalries.iter().map(|r| (&r.id, &r.name)))
            .chain(case.waivers.iter().map(|w| (&w.id, &w.name)))
            .chain(case.bills.iter().map(|b| (&b.id, &b.name)))
            .chain(case.dialogues.iter().map(|d| (&d.id, &d.name)))
            .map(|(id, name)| (id.get_ref().as_str(), name.as_str()))
            .collect();
        let mut names = BTreeMap::new();
        for (id, name) in actors.iter().chain(&others) {
            names.insert(Who::new(id), (*name).to_owned());
            for (other, other_name) in &actors {
                let (a, b) = (Who::new(id), Who::new(other));
                names.insert(a.and(b), format!("{name}, {other_name}"));
                names.insert(b.and(a), format!("{other_name}, {name}"));
            }
        }
        names
    }

    /// A list's name for charts.
    #[must_use]
    pub fn label(&self, list: ListId) -> &str {
        self.case.actors[self.lists[list]].label()
    }
}

/// The span of a spanned value.
pub(crate) fn toml_span<T>(value: &toml::Spanned<T>) -> std::ops::Range<usize> {
    value.span()
}
