//! A run without an actor's say: its wishes, its ties and its threats are taken out, all else and all luck the same.
//!
//! What a run comes to less what it comes to in silence is what the actor brought about (`barry1980a`). A part alone may
//! be silent as well: the ties of one channel, or those to one neighbour; the parts of a whole make up the whole.

use case::Channel;

use crate::model::{ActorId, Model};

/// What is taken out of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// For each tie of the network whether it carries nothing.
    ties: Vec<bool>,
    /// For each actor whether it wishes for nothing and threatens nobody.
    mute: Vec<bool>,
}

/// A part of what an actor has by which it may get its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Its ties by a channel.
    Channel(Channel),
    /// Its ties to a neighbour.
    Hop(ActorId),
    /// What it wishes and threatens, whatever its ties.
    Word,
}

impl Silence {
    /// Nothing is taken out.
    #[must_use]
    pub fn none(model: &Model<'_>) -> Self {
        Self {
            ties: vec![false; model.network.ties.len()],
            mute: vec![false; model.case.actors.len()],
        }
    }

    /// All that these actors have.
    #[must_use]
    pub fn of(model: &Model<'_>, actors: &[ActorId]) -> Self {
        let mut silence = Self::none(model);
        silence.take(model, actors, |_, _| true);
        actors.iter().for_each(|actor| silence.mute[*actor] = true);
        silence
    }

    /// Takes out a part of what these actors have, beside what is out already. Ties among themselves are no part of
    /// theirs that others see, and go with their word.
    pub fn part(&mut self, model: &Model<'_>, actors: &[ActorId], part: Part) {
        match part {
            Part::Channel(channel) => self.take(model, actors, |_, of| of == channel),
            Part::Hop(hop) => self.take(model, actors, |to, _| to == hop),
            Part::Word => actors.iter().for_each(|actor| self.mute[*actor] = true),
        }
    }

    fn take(
        &mut self,
        model: &Model<'_>,
        actors: &[ActorId],
        which: impl Fn(ActorId, Channel) -> bool,
    ) {
        for (silent, (from, to, channel, ..)) in self.ties.iter_mut().zip(&model.network.ties) {
            let within = actors.contains(to);
            *silent |= actors.contains(from) && !within && which(*to, *channel);
        }
    }

    /// Whether a tie carries nothing.
    #[must_use]
    pub fn cuts(&self, tie: usize) -> bool {
        self.ties[tie]
    }

    /// Whether an actor wishes for nothing and threatens nobody.
    #[must_use]
    pub fn mutes(&self, actor: ActorId) -> bool {
        self.mute[actor]
    }
}

impl Part {
    /// The parts by channel of what these actors have: those of their channels, and their word.
    #[must_use]
    pub fn channels(model: &Model<'_>, actors: &[ActorId]) -> Vec<Self> {
        let has = |channel: &Channel| {
            let ties = &model.network.ties;
            ties.iter().any(|t| actors.contains(&t.0) && !actors.contains(&t.1) && t.2 == *channel)
        };
        let channels = Channel::ALL.into_iter().filter(has).map(Self::Channel);
        channels.chain([Self::Word]).collect()
    }

    /// The parts by neighbour of what these actors have: those to each neighbour, and their word.
    #[must_use]
    pub fn hops(model: &Model<'_>, actors: &[ActorId]) -> Vec<Self> {
        let ties = model.network.ties.iter();
        let mut hops: Vec<ActorId> =
            ties.filter(|t| actors.contains(&t.0) && !actors.contains(&t.1)).map(|t| t.1).collect();
        hops.sort_unstable();
        hops.dedup();
        hops.into_iter().map(Self::Hop).chain([Self::Word]).collect()
    }
}
