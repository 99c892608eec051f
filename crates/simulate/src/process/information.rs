//! Information: what each side tells about the others, how many hear it, and how much of it is believed.
//!
//! A narrative that a rivalry sets going is told as loudly as the rivalry stands high: v = q + (1 - q) (rung - rest) /
//! (top - rest), with q the loudness of a quiet one; one that a dialogue sets going is told in full while the dialogue
//! is open and at q else; one that nothing sets going is told always. Effort that its speaker spends on its information
//! ties carries it, up to full voice ([`crate::process::patronage`]). Each week it reaches 1 - (1 - reach)^(7/30) of a
//! segment at full voice; those who have heard it lately, H, are not moved twice, and forget at the share `forgetting`
//! a week. What counts is
//!
//! told = v (1 - H) (1 - d) / (1 + c sum over opposed narratives of v' reach' |slant'|)
//!
//! where d is the denial's effect if the one it is about denies it, and opposed are narratives about the same actor with
//! the other sign. That counter-arguments and earlier exposure blunt a message is the reception and acceptance model
//! (`zaller1992`); the form is *Judged*. What a narrative does to minds is in [`crate::process::opinion`].
//!
//! Reads rungs, talks, effort; changes told and heard.

use case::{Channel, Diagnostic};

use crate::journal::{EntryId, Journal, Tracked};
use crate::luck::Luck;
use crate::model::{ActorId, BeliefId, Drawn, Model};
use crate::parameters::{ANY, parameters};
use crate::process::{Process, StepError};
use crate::quantity::{Key, Quantity, Unit};
use crate::world::World;
use crate::world::joint::all;

/// The name of the process.
pub const NAME: &str = "information";

/// The share of a month that a week is.
const WEEK: f64 = 7.0 / 30.0;
/// From this voice on a narrative is worth telling of.
const LOUD: f64 = 0.5;
/// A change too small to act on.
const NOTHING: f64 = 1e-9;

parameters! {
    /// How loudly a narrative is told that nothing sets going.
    quiet: 0.0..=1.0, "share";
    /// The share of those who have heard a narrative that forgets it in a week.
    forgetting: 0.0..=1.0, "share";
    /// What a denial takes from a narrative.
    denial: 0.0..=1.0, "share";
    /// How much opposed narratives blunt each other.
    counter: 0.0..=ANY, "weight";
}

/// What information keeps of a run.
#[derive(Debug)]
pub struct State {
    /// For each narrative how loud it is told and believed this week, in \[0, 1\].
    told: Vec<Tracked<f64>>,
    /// For each narrative its speaker's voice, in \[0, 1\], and the entry behind it.
    voices: Vec<(f64, Option<EntryId>)>,
    /// For each narrative the share of the public that it reaches in a week at full voice: 1 - (1 - r)^(7/30) of a
    /// monthly reach r.
    reach: Vec<f64>,
    /// For each narrative the share of the public that has heard it lately, in \[0, 1\].
    heard: Vec<Tracked<f64>>,
}

impl State {
    /// As it stands on the as-of date, with the values of a run.
    #[must_use]
    pub fn start(model: &Model<'_>, drawn: &Drawn) -> Self {
        let narratives = &model.case.narratives;
        let reach = |n: &case::opinion::Narrative| {
            1.0 - (1.0 - drawn.peek(n.reach.id).clamp(0.0, 1.0)).powf(WEEK)
        };
        Self {
            told: all(narratives.len(), &0.0),
            voices: vec![(0.0, None); narratives.len()],
            reach: narratives.iter().map(reach).collect(),
            heard: all(narratives.len(), &0.0),
        }
    }

    readable! {
        /// How loud a narrative is told and believed this week, in \[0, 1\].
        told[]: f64;
    }

    /// The share of the public that a narrative reaches in a week at full voice.
    #[must_use]
    pub fn reach(&self, narrative: usize) -> f64 {
        self.reach[narrative]
    }
}

/// Information as a process.
#[derive(Debug)]
pub struct Information {
    parameters: Parameters,
    narratives: Vec<Narrative>,
}

#[derive(Debug)]
struct Narrative {
    about: Option<ActorId>,
    slant: BeliefId,
    reach: BeliefId,
    denied: bool,
    set_going: Going,
    /// The speaker's information ties, by place.
    carried: Vec<usize>,
}

/// What sets a narrative going.
#[derive(Debug)]
enum Going {
    Always,
    /// A rivalry, its resting and its highest rung.
    Rivalry(usize, u32, u32),
    Dialogue(usize),
    /// What sets it going is not known on the as-of date.
    Never,
}

impl Information {
    /// What is told in a model's case; none if there is no narrative.
    ///
    /// # Errors
    /// Parameters that are missing or unknown.
    pub fn new(model: &Model<'_>) -> Result<Option<Self>, Vec<Diagnostic>> {
        let case = model.case;
        let parameters = Parameters::of(case)?;
        let made = Self {
            parameters,
            narratives: case.narratives.iter().map(|n| Narrative::of(model, n)).collect(),
        };
        Ok(Some(made).filter(|made| !made.narratives.is_empty()))
    }

    /// How loudly a narrative is told, and the entry behind it.
    fn voice(&self, world: &World, journal: &Journal, at: usize) -> (f64, Option<EntryId>) {
        let narrative = &self.narratives[at];
        let quiet = world.drawn.get(journal, self.parameters.quiet).clamp(0.0, 1.0);
        let (loud, by) = match narrative.set_going {
            Going::Always => (1.0, None),
            Going::Never => (quiet, None),
            Going::Rivalry(rivalry, rest, top) => {
                let rung = *world.states.escalation.rungs(rivalry).get(journal);
                let height = f64::from(rung.saturating_sub(rest)) / f64::from((top - rest).max(1));
                let loud = quiet + (1.0 - quiet) * height.min(1.0);
                (loud, world.states.escalation.rungs(rivalry).set_by())
            }
            Going::Dialogue(dialogue) => {
                let talks = world.states.bargaining.talks(dialogue).get(journal);
                let open = talks.ended.is_none() && talks.rounds > 0;
                let loud = if open { 1.0 } else { quiet };
                (loud, world.states.bargaining.talks(dialogue).set_by())
            }
        };
        if narrative.carried.is_empty() {
            return (loud, by);
        }
        let effort =
            narrative.carried.iter().map(|t| world.states.patronage.effort(*t).get(journal));
        let effort = effort.sum::<f64>() / narrative.carried.len() as f64;
        ((loud * effort).clamp(0.0, 1.0), by)
    }
}

impl Narrative {
    fn of(model: &Model<'_>, narrative: &case::opinion::Narrative) -> Self {
        let case = model.case;
        let set_going = match (&narrative.rivalry, &narrative.dialogue) {
            (Some(id), _) => (case.rivalries.iter())
                .position(|r| r.id.get_ref() == id.get_ref())
                .map_or(Going::Never, |at| {
                    let top = case.rivalries[at].rungs.len().saturating_sub(1) as u32;
                    Going::Rivalry(at, case.rivalries[at].resting.min(top), top)
                }),
            (None, Some(id)) => (case.dialogues.iter())
                .position(|d| d.id.get_ref() == id.get_ref())
                .map_or(Going::Never, Going::Dialogue),
            (None, None) => Going::Always,
        };
        let speaker = case.actor_index(narrative.speaker.get_ref());
        let carries = |t: &(usize, usize, Channel, usize, usize)| {
            Some(t.0) == speaker && t.2 == Channel::Information
        };
        let ties = model.network.ties.iter().enumerate();
        Self {
            about: case.actor_index(narrative.about.get_ref()),
            slant: narrative.slant.id,
            reach: narrative.reach.id,
            denied: narrative.denied,
            set_going,
            carried: ties.filter(|(_, t)| carries(t)).map(|(at, _)| at).collect(),
        }
    }
}

impl Process for Information {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        _luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError> {
        if !world.weekly {
            return Ok(());
        }
        for at in 0..self.narratives.len() {
            let _reads = journal.scope();
            let (voice, behind) = self.voice(world, journal, at);
            let before = world.states.information.voices[at].0;
            let mut by = behind.or(world.states.information.voices[at].1);
            if before < LOUD && voice >= LOUD {
                by = journal.note(world.day, NAME, || story(model, at));
            }
            world.states.information.voices[at] = (voice, by);
        }
        let (counter, denial, forgetting) = (
            world.drawn.get(journal, self.parameters.counter).max(0.0),
            world.drawn.get(journal, self.parameters.denial).clamp(0.0, 1.0),
            world.drawn.get(journal, self.parameters.forgetting).clamp(0.0, 1.0),
        );
        for (at, narrative) in self.narratives.iter().enumerate() {
            let slant = world.drawn.peek(narrative.slant);
            let opposed: f64 = (self.narratives.iter().zip(&world.states.information.voices))
                .filter(|(other, _)| other.about == narrative.about)
                .map(|(other, voice)| (world.drawn.peek(other.slant), other, voice.0))
                .filter(|(other_slant, _, _)| other_slant * slant < 0.0)
                .map(|(other_slant, other, voice)| {
                    voice * world.drawn.peek(other.reach).clamp(0.0, 1.0) * other_slant.abs()
                })
                .sum();
            let (voice, by) = world.states.information.voices[at];
            let heard = *world.states.information.heard[at].peek();
            let denied = if narrative.denied { denial } else { 0.0 };
            let told = voice * (1.0 - heard) * (1.0 - denied) / (1.0 + counter * opposed);
            let reached = world.states.information.reach[at] * voice;
            let next = heard * (1.0 - forgetting) + reached * (1.0 - heard);
            if (told - world.states.information.told[at].peek()).abs() > NOTHING {
                world.states.information.told[at].set(told, by);
            }
            world.states.information.heard[at].set(next.clamp(0.0, 1.0), by);
        }
        Ok(())
    }

    fn quantities(&self, model: &Model<'_>) -> Vec<Quantity> {
        let heard = model.case.narratives.iter().map(|n| {
            let key = Key::new(NAME, "heard").of(n.id.get_ref());
            Quantity::new(key, format!("Have lately heard at the end: {}", n.says), Unit::Share)
                .unseen()
        });
        heard.collect()
    }

    fn report(&self, _model: &Model<'_>, world: &World, values: &mut Vec<Option<f32>>) {
        values.extend(world.states.information.heard.iter().map(|h| Some(*h.peek() as f32)));
    }
}

fn story(model: &Model<'_>, at: usize) -> String {
    let narrative = &model.case.narratives[at];
    let label = |id: &str| model.case.actor(id).map_or_else(|| id.to_owned(), |a| a.label().into());
    let (speaker, about) = (label(narrative.speaker.get_ref()), label(narrative.about.get_ref()));
    let denies = if narrative.denied { format!("; {about} denies it") } else { String::new() };
    format!("{speaker} tells of {about}: {}{denies}", narrative.says)
}
