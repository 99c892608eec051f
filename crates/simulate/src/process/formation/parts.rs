//! What forming a government is made of: its parameters, and the case's rules and people by their places.

use case::Diagnostic;
use case::institution::StageKind;

use super::Parameters;
use crate::decide::{UNSAID, Voice, voices};
use crate::luck::Who;
use crate::model::{ActorId, BeliefId, ListId, Model};

/// The most candidates a case may have: outcomes keep a nominee in one byte.
const MOST_CANDIDATES: usize = 250;

/// Forming a government as a process.
#[derive(Debug)]
pub struct Formation {
    pub(super) parameters: Parameters,
    pub(super) stages: Vec<Stage>,
    pub(super) members: Vec<Member>,
    pub(super) offices: Vec<Office>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) preferences: Vec<Preference>,
    /// What actors have said of how much they care.
    pub(super) cares: Vec<(ActorId, BeliefId)>,
    /// Who speaks for those that have said nothing.
    pub(super) voices: Vec<Voice>,
    /// Candidate by candidate, for each actor the belief of its stated preference.
    pub(super) stated: Vec<Option<BeliefId>>,
    /// Actors that are lists or pull on one, directly or through others.
    pub(super) heard: Vec<ActorId>,
    pub(super) majority: u32,
    pub(super) seats: u32,
    pub(super) government: Option<ActorId>,
    /// Actors without seats other than the government: those who pull from outside.
    pub(super) outside: Vec<ActorId>,
    /// The community of each list, as a place among the communities of the case.
    pub(super) community: Vec<Option<usize>>,
    pub(super) communities: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Stage {
    pub name: String,
    pub kind: StageKind,
    pub days: BeliefId,
    /// How likely it is that it waits for the talks on the package; certain if nothing is said.
    pub package: Option<BeliefId>,
    pub threshold: u32,
    pub quorum: u32,
    pub runoff: bool,
}

#[derive(Debug)]
pub(super) struct Member {
    pub list: ListId,
    pub umbrella: ActorId,
    pub cohesion: BeliefId,
}

#[derive(Debug)]
pub(super) struct Office {
    pub who: Who,
    pub points: BeliefId,
    pub vacancy: Option<BeliefId>,
    pub custom: Option<usize>,
    /// The list that has held it each time, and how likely it is to hold it again.
    pub convention: Option<(ListId, BeliefId)>,
    pub ministry: bool,
    pub head: bool,
}

/// Somebody who may be named.
#[derive(Debug)]
pub(super) struct Candidate {
    pub who: Who,
    pub name: String,
    pub list: Option<ListId>,
    pub incumbent: bool,
    pub appeal: BeliefId,
}

/// What an actor thinks of a candidate.
#[derive(Debug)]
pub(super) struct Preference {
    pub actor: ActorId,
    pub candidate: usize,
    pub value: BeliefId,
    pub threat: Option<BeliefId>,
}

impl Formation {
    /// How much an actor cares who it is: what it has said, or as those at home who have said nothing.
    pub(super) fn care(&self, actor: ActorId, belief: impl Fn(BeliefId) -> f64) -> f64 {
        let said = self.cares.iter().filter(|c| c.0 == actor).map(|c| belief(c.1)).reduce(f64::max);
        said.unwrap_or(UNSAID.number()).clamp(0.0, 1.0)
    }

    /// The forming of a government in a model's case; none if the last election's government has been formed.
    ///
    /// # Errors
    /// What the case lacks for it.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        if !case.formation_pending() {
            return Ok(None);
        }
        let lacking = |what: &str, hint: &str| {
            let spot = case.head.processes.last().map_or(0..0, crate::model::toml_span);
            let message = format!("no government can be formed: {what}");
            vec![Diagnostic::error("process", spot, message).hint(hint)]
        };
        let Some(assembly) = &case.assembly else {
            return Err(lacking("the case has no [assembly]", "add [assembly]"));
        };
        let kinds: Vec<StageKind> = case.stages.iter().map(|s| s.kind).collect();
        if kinds.last() != Some(&StageKind::Confidence)
            || !kinds.contains(&StageKind::Nominate)
            || case.candidates.is_empty()
        {
            let hint =
                "add [[stage]] of kind \"nominate\" and, last, \"confidence\", and [[candidate]]";
            return Err(lacking("it needs stages and candidates", hint));
        }
        if case.candidates.len() > MOST_CANDIDATES {
            let what = format!("it has {} candidates", case.candidates.len());
            return Err(lacking(&what, "leave those out whom nobody considers"));
        }
        if model.election_day().is_none() {
            let hint = "add \"election\" to processes, or rows to result.csv";
            return Err(lacking("nobody knows who sits in the assembly", hint));
        }
        let (seats, majority) = (*assembly.seats.get_ref(), *assembly.majority.get_ref());
        let actor = |id: &toml::Spanned<String>| case.actor_index(id.get_ref());
        let government = actor(&case.head.state);
        let mut communities: Vec<String> =
            case.actors.iter().filter_map(|a| a.community.clone()).collect();
        communities.sort();
        communities.dedup();
        let community_of =
            |name: &Option<String>| communities.iter().position(|c| Some(c) == name.as_ref());
        let head = case
            .stages
            .iter()
            .find(|s| s.kind == StageKind::Confidence)
            .and_then(|s| s.office.as_ref())
            .map(|o| o.get_ref().as_str());
        let preferences: Vec<Preference> = (case.preferences.iter())
            .filter_map(|p| {
                let mut candidates = case.candidates.iter();
                Some(Preference {
                    actor: actor(&p.actor)?,
                    candidate: candidates.position(|c| c.id.get_ref() == p.candidate.get_ref())?,
                    value: p.value.id,
                    threat: p.threat.as_ref().map(|t| t.id),
                })
            })
            .collect();
        let actors = case.actors.len();
        let mut stated = vec![None; case.candidates.len() * actors];
        for p in preferences.iter().rev() {
            stated[p.candidate * actors + p.actor] = Some(p.value);
        }
        let cares =
            case.preferences.iter().filter_map(|p| Some((actor(&p.actor)?, p.care.as_ref()?.id)));
        Ok(Some(Self {
            parameters,
            cares: cares.collect(),
            voices: voices(model),
            stated,
            heard: heard(model),
            stages: (case.stages.iter())
                .map(|s| Stage {
                    name: s.name.clone(),
                    kind: s.kind,
                    days: s.days.id,
                    package: s.package.as_ref().map(|p| p.id),
                    threshold: s.threshold.unwrap_or(majority),
                    quorum: s.quorum.unwrap_or(majority),
                    runoff: s.runoff,
                })
                .collect(),
            members: (case.memberships.iter())
                .filter_map(|m| {
                    let list = model.list(m.actor.get_ref())?;
                    Some(Member { list, umbrella: actor(&m.bloc)?, cohesion: m.cohesion.id })
                })
                .collect(),
            offices: (case.offices.iter())
                .map(|o| Office {
                    who: Who::new(o.id.get_ref()),
                    points: o.points.id,
                    vacancy: o.vacancy.as_ref().map(|v| v.id),
                    custom: community_of(&o.custom),
                    convention: (o.convention.as_ref())
                        .and_then(|list| Some((model.list(list.get_ref())?, o.kept.as_ref()?.id))),
                    ministry: o.ministry,
                    head: Some(o.id.get_ref().as_str()) == head,
                })
                .collect(),
            candidates: (case.candidates.iter())
                .map(|c| Candidate {
                    who: Who::new(c.id.get_ref()),
                    name: c.name.clone(),
                    list: c.list.as_ref().and_then(|l| model.list(l.get_ref())),
                    incumbent: c.incumbent,
                    appeal: c.appeal.id,
                })
                .collect(),
            preferences,
            majority,
            seats,
            outside: (0..case.actors.len())
                .filter(|a| !model.lists.contains(a) && Some(*a) != government)
                .collect(),
            government,
            community: (model.lists.iter())
                .map(|a| community_of(&case.actors[*a].community))
                .collect(),
            communities,
        }))
    }
}

/// Actors that are lists or pull on one, directly or through others.
fn heard(model: &Model<'_>) -> Vec<ActorId> {
    let mut reaches = vec![false; model.case.actors.len()];
    let mut next: Vec<ActorId> = model.lists.clone();
    while let Some(actor) = next.pop() {
        if !std::mem::replace(&mut reaches[actor], true) {
            next.extend(model.network.ties.iter().filter(|t| t.1 == actor).map(|t| t.0));
        }
    }
    (0..reaches.len()).filter(|a| reaches[*a]).collect()
}
