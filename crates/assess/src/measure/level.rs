//! Levels of sway over many draws, summed up as they come.

use std::collections::BTreeMap;
use std::ops::Range;

use case::Channel;
use rayon::prelude::*;
use simulate::Sway;

use super::{MeasureError, Through};
use crate::interval::Interval;

/// Draws that are summed up together: sums are made in this order on any number of threads.
const CHUNK: u32 = 32;

/// What each chunk of the draws comes to, in order.
pub(super) fn chunks<T: Send>(
    draws: u32,
    one: impl Fn(Range<u32>) -> Result<T, MeasureError> + Sync,
) -> Result<Vec<T>, MeasureError> {
    let from: Vec<u32> = (0..draws).step_by(CHUNK as usize).collect();
    from.par_iter().map(|lo| one(*lo..draws.min(lo + CHUNK))).collect()
}

/// An actor's sway over draws.
pub(super) struct Level {
    /// All of it.
    pub total: Interval,
    /// Mean share held by right of its own seats.
    pub own: f64,
    /// Mean share through each channel that carries any.
    pub channels: BTreeMap<Channel, f64>,
    /// Mean share through each of its ties, most first.
    pub hops: Vec<Through>,
}

/// Sums over some draws of the sway of some actors.
pub(super) struct Sums {
    totals: Vec<Vec<f64>>,
    own: Vec<f64>,
    ties: Vec<f64>,
}

impl Sums {
    /// Of no draw.
    pub fn empty(actors: usize, ties: usize) -> Self {
        Self { totals: vec![Vec::new(); actors], own: vec![0.0; actors], ties: vec![0.0; ties] }
    }

    /// Takes a draw in.
    pub fn add(&mut self, sway: &Sway, actors: &[usize]) {
        for (place, actor) in actors.iter().enumerate() {
            self.totals[place].push(sway.total[*actor]);
            self.own[place] += sway.own[*actor];
        }
        self.ties.iter_mut().zip(&sway.ties).for_each(|(sum, share)| *sum += share);
    }

    /// The totals of the actor at a place, draw by draw.
    pub fn totals(&self, place: usize) -> impl Iterator<Item = f64> {
        self.totals[place].iter().copied()
    }

    /// The level of the actor at a place, over sums of all draws: `ties` are its own, each with its
    /// place, the id and the label of whom it touches, and its channel.
    pub fn level<'t>(
        all: &[&Self],
        place: usize,
        ties: impl Iterator<Item = (usize, &'t str, &'t str, Channel)>,
    ) -> Level {
        let total = Interval::of(all.iter().flat_map(|sums| sums.totals(place)));
        let draws = all.iter().map(|sums| sums.totals[place].len()).sum::<usize>() as f64;
        let mean = |f: &dyn Fn(&Self) -> f64| all.iter().map(|sums| f(sums)).sum::<f64>() / draws;
        let mut channels: BTreeMap<Channel, f64> = BTreeMap::new();
        let mut hops: Vec<Through> = ties
            .map(|(tie, actor, label, channel)| {
                let share = mean(&|sums| sums.ties[tie]);
                Through { actor: actor.to_owned(), label: label.to_owned(), channel, share }
            })
            .collect();
        for hop in hops.iter().filter(|hop| hop.share > 0.0) {
            *channels.entry(hop.channel).or_default() += hop.share;
        }
        hops.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.actor.cmp(&b.actor)));
        Level { total, own: mean(&|sums| sums.own[place]), channels, hops }
    }
}
