//! Deciding, the one mechanism by which every process chooses: wishes, pull, coercion, luck.
//!
//! Each actor has a wish u for each alternative, left to itself, and a care s for the matter. Once all have pulled, a
//! chooser settles on U = sum of V s u over sum of V s, with V its row of total effects ([`theory::decision::wish`]). A
//! threat against an alternative takes exposure times resolve from it. The chooser takes the alternative with the most
//! lambda U + g, with a Gumbel number g for each alternative under its own name ([`theory::decision::choice`]): a
//! counterfactual moves a choice only where it outweighs the luck that was dealt.
//!
//! Who says nothing: an agency on which a state abroad pulls, and nobody else, wants what that state wants; any other
//! state cares for nothing; and whoever is
//! at home is indifferent and cares as much as those who only say so ([`UNSAID`]).

use case::actor::ActorKind;
use case::choice::{Care, Matter};
use case::{Case, Diagnostic};
use theory::Fault;
use theory::decision::{choice, wish};

use crate::journal::Journal;
use crate::luck::{Luck, Name, Who};
use crate::model::{ActorId, BeliefId, Model};
use crate::pulls::Pulls;
use crate::world::World;

/// How much those at home care who have said nothing: as those who only said so. *Judged*; with it a wish from outside
/// has all of home against its indifference.
pub const UNSAID: Care = Care::Medium;

/// How much a patron that tells a client what to do cares, and the client for its own way: force against words.
/// *Judged*.
pub const CARES: (Care, Care) = (Care::High, Care::Medium);

/// Who speaks for an actor that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Nobody: it is at home and indifferent.
    Home,
    /// The state whose agency it is.
    State(ActorId),
    /// Nobody: it is abroad, and the matter is none of its own.
    Abroad,
}

/// Who speaks for each actor of a model.
#[must_use]
pub fn voices(model: &Model<'_>) -> Vec<Voice> {
    let case = model.case;
    let home = case.actor_index(case.head.state.get_ref());
    let of = |actor: usize| match case.actors[actor].kind {
        ActorKind::State if Some(actor) != home => Voice::Abroad,
        ActorKind::Agency => {
            let mut behind: Vec<ActorId> =
                model.network.ties.iter().filter(|t| t.1 == actor).map(|t| t.0).collect();
            behind.dedup();
            match behind[..] {
                [state] if Some(state) != home && case.actors[state].kind == ActorKind::State => {
                    Voice::State(state)
                }
                _ => Voice::Home,
            }
        }
        _ => Voice::Home,
    };
    (0..case.actors.len()).map(of).collect()
}

/// An actor and the agencies that speak for it, itself first.
#[must_use]
pub fn camp(model: &Model<'_>, voices: &[Voice], actor: ActorId) -> Vec<ActorId> {
    let speaks = |a: &ActorId| {
        model.case.actors[*a].kind == ActorKind::Agency && voices[*a] == Voice::State(actor)
    };
    std::iter::once(actor).chain((0..voices.len()).filter(speaks)).collect()
}

/// What everybody makes of a matter, left to itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Wishes {
    /// How much each actor cares, in \[0, 1\].
    pub care: Vec<f64>,
    /// Alternative by alternative what each actor makes of it, in \[-1, 1\].
    pub of: Vec<Vec<f64>>,
}

impl Wishes {
    /// From what some have said: each with its care and its wish for each alternative. The others are as their voices.
    #[must_use]
    pub fn from(voices: &[Voice], alternatives: usize, said: &[(ActorId, f64, Vec<f64>)]) -> Self {
        let mut wishes =
            Self { care: vec![0.0; voices.len()], of: vec![vec![0.0; voices.len()]; alternatives] };
        let mut put = |actor: ActorId, care: f64, of: Option<&Vec<f64>>| {
            wishes.care[actor] = care.clamp(0.0, 1.0);
            for (at, row) in wishes.of.iter_mut().enumerate() {
                row[actor] = of.and_then(|of| of.get(at)).map_or(0.0, |u| u.clamp(-1.0, 1.0));
            }
        };
        let found = |actor: ActorId| said.iter().find(|s| s.0 == actor);
        for (actor, voice) in voices.iter().enumerate() {
            let speaker = match voice {
                Voice::State(state) => found(actor).or_else(|| found(*state)),
                _ => found(actor),
            };
            match (speaker, voice) {
                (Some((_, care, of)), _) => put(actor, *care, Some(of)),
                (None, Voice::Home) => put(actor, UNSAID.number(), None),
                (None, _) => put(actor, 0.0, None),
            }
        }
        wishes
    }

    /// Takes out the wishes of those who are silent in a run: they want nothing, and what is held of others by them
    /// counts for indifference.
    pub fn silence(&mut self, world: &World) {
        for actor in 0..self.care.len() {
            if world.mutes(actor) {
                self.care[actor] = 0.0;
                self.of.iter_mut().for_each(|row| row[actor] = 0.0);
            }
        }
    }

    /// What every actor settles on for each alternative once all have pulled: alternative by alternative, one number
    /// an actor, in \[-1, 1\].
    #[must_use]
    pub fn settle(&self, pulls: &Pulls<'_>) -> Vec<Vec<f64>> {
        let weight = pulls.ends(&self.care);
        let row = |of: &Vec<f64>| {
            let told: Vec<f64> = of.iter().zip(&self.care).map(|(u, s)| u * s).collect();
            let ends = pulls.ends(&told);
            let value =
                |(x, w): (f64, &f64)| if *w > 1e-12 { (x / w).clamp(-1.0, 1.0) } else { 0.0 };
            ends.into_iter().zip(&weight).map(value).collect()
        };
        self.of.iter().map(row).collect()
    }

    /// What one actor settles on, from what others hold of it.
    ///
    /// # Errors
    /// As [`wish::settled`].
    pub fn settled(&self, held: &[f64]) -> Result<Vec<f64>, Fault> {
        self.of.iter().map(|of| wish::settled(held, &self.care, of)).collect()
    }
}

impl World {
    /// Whether an actor has no say in this run.
    #[must_use]
    pub fn mutes(&self, actor: ActorId) -> bool {
        self.silence.as_ref().is_some_and(|silence| silence.mutes(actor))
    }

    /// How hard a blow of one actor would fall on another, in \[0, 1\]: all its pull on it by its own ties, each
    /// bandwidth times dependence times the weight of the channel, as the network stands. The pull itself and not a
    /// share of pulls: that others pull as well softens no blow.
    #[must_use]
    pub fn exposure(&self, model: &Model<'_>, journal: &Journal, of: ActorId, to: ActorId) -> f64 {
        let mut sum = 0.0;
        for (tie, (from, on, ..)) in model.network.ties.iter().enumerate() {
            if *from == of && *on == to {
                let (width, worth) = self.strengths.ties[tie];
                let factor = *self.ties.of(tie).get(journal);
                sum += (width * factor).clamp(0.0, 1.0) * worth;
            }
        }
        sum.clamp(0.0, 1.0)
    }
}

/// How surely wishes decide in matters of a kind.
///
/// # Errors
/// The case has no anchor: the finding says what to add.
pub(crate) fn lambda(
    case: &Case,
    matter: Matter,
    process: &str,
) -> Result<BeliefId, Vec<Diagnostic>> {
    let anchor = case.anchor(matter).and_then(|anchor| anchor.lambda.as_ref());
    anchor.map(|lambda| lambda.id).ok_or_else(|| {
        let spot = case.head.processes.iter().find(|p| p.get_ref() == process);
        let spot = spot.map_or(0..0, toml::Spanned::span);
        let message = format!("process \"{process}\" needs to know how surely wishes decide");
        let hint =
            "add [[anchor]] with of = \"all\", kappa and lambda (`shatterbelt anchor` prints them)";
        vec![Diagnostic::error("anchor", spot, message).hint(hint)]
    })
}

/// A chooser's choice in a run: the place of the alternative. Luck is named by `name`, the chooser and the alternative, not
/// by the day, so that what only moves a date deals nobody other luck.
///
/// # Errors
/// As [`choice::choose`].
pub fn choose(
    luck: Luck,
    journal: &Journal,
    day: jiff::civil::Date,
    (name, chooser): (Name, Who),
    alternatives: &[Who],
    utility: &[f64],
    lambda: f64,
) -> Result<usize, Fault> {
    let numbers: Vec<f64> = (alternatives.iter())
        .map(|alternative| luck.uniform(journal, day, name, chooser.and(*alternative)))
        .collect();
    choice::choose(utility, lambda.max(0.0), &numbers)
}
