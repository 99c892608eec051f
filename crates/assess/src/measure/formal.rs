//! The formal measure beside sway: what states could make a state do through relations between states alone.
//!
//! As in the Formal Bilateral Influence Capacity index (`moyer2021`) the capacity of a sender is bandwidth times
//! dependence, here channel by channel over the ties between states, x_c = bandwidth * dependence, and their mean over
//! the three channels that are formal between states: economic, security, diplomatic. A channel without a tie
//! counts 0. It is made of the case's own estimates and not the published index: its indicators (trade, arms,
//! missions, treaties) are not read. The mean over channels is *Judged*; the index weighs its indicators otherwise.
//!
//! What it leaves out is the point of setting it beside sway: ties to parties, armed factions and creed, who counts
//! in the house, and what passes through others.

use std::collections::BTreeMap;

use case::Channel;
use case::actor::ActorKind;
use rayon::prelude::*;
use serde::Serialize;

use super::course::Query;
use super::frame::{Frame, State};
use crate::interval::Interval;

/// The channels that are formal between states.
pub const FORMAL: [Channel; 3] = [Channel::Economic, Channel::Security, Channel::Diplomatic];

/// The formal capacity of states to influence a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Formal {
    /// The id of the state they influence.
    pub target: String,
    /// Its short name.
    pub label: String,
    /// The states, the largest capacity at the last date first.
    pub senders: Vec<Sender>,
}

/// A state's formal capacity over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sender {
    /// The state's id.
    pub actor: String,
    /// Its short name.
    pub label: String,
    /// On each date; none where the course has no estimate.
    pub at: Vec<Option<Capacity>>,
}

/// A state's formal capacity on a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capacity {
    /// The mean over the formal channels of bandwidth times dependence.
    pub capacity: Interval,
    /// Its mean channel by channel.
    pub channels: BTreeMap<Channel, f64>,
    /// Its mean share of all states' capacity.
    pub share: f64,
}

/// The formal measure on the frame's dates; none where no tie runs from a state to the target.
pub(super) fn formal(frame: &Frame<'_>, target: &str, query: &Query) -> Option<Formal> {
    let to = frame.actor(target)?;
    let is_formal = |t: &usize| {
        let tie = &frame.ties[*t];
        tie.to == to
            && frame.actors[tie.from].kind == ActorKind::State
            && FORMAL.contains(&tie.channel)
    };
    let ties: Vec<usize> = (0..frame.ties.len()).filter(is_formal).collect();
    let mut senders: Vec<usize> = ties.iter().map(|t| frame.ties[*t].from).collect();
    senders.sort_unstable();
    senders.dedup();
    if senders.is_empty() {
        return None;
    }
    // State by state and tie by tie, what passes in a draw.
    let one = |draw: u32| -> Vec<Vec<f64>> {
        let values = frame.values(query.seed, draw, false);
        let pull = |state: &State, t: usize| {
            state.ties[t].map_or(0.0, |(b, d)| values[b].clamp(0.0, 1.0) * values[d])
        };
        frame.states.iter().map(|s| ties.iter().map(|t| pull(s, *t)).collect()).collect()
    };
    let all: Vec<Vec<Vec<f64>>> = (0..query.draws.max(1)).into_par_iter().map(one).collect();
    let n = all.len() as f64;
    let width = FORMAL.len() as f64;
    let at = |state: usize, sender: usize| {
        let own = || ties.iter().enumerate().filter(|(_, t)| frame.ties[**t].from == sender);
        let capacity = |d: &Vec<Vec<f64>>| own().map(|(i, _)| d[state][i]).sum::<f64>() / width;
        let whole = |d: &Vec<Vec<f64>>| d[state].iter().sum::<f64>() / width;
        let share = |d: &Vec<Vec<f64>>| {
            if whole(d) > 0.0 { capacity(d) / whole(d) } else { 0.0 }
        };
        let mean = |i: usize| all.iter().map(|d| d[state][i]).sum::<f64>() / n;
        Capacity {
            capacity: Interval::of(all.iter().map(capacity)),
            channels: own().map(|(i, t)| (frame.ties[*t].channel, mean(i))).collect(),
            share: all.iter().map(share).sum::<f64>() / n,
        }
    };
    let mut rows: Vec<Sender> = (senders.iter())
        .map(|sender| {
            let states: Vec<Capacity> =
                (0..frame.states.len()).map(|state| at(state, *sender)).collect();
            let on = |m: &super::frame::Moment| m.state.as_ref().ok().map(|s| states[*s].clone());
            Sender {
                actor: frame.actors[*sender].id.clone(),
                label: frame.actors[*sender].label.clone(),
                at: frame.moments.iter().map(on).collect(),
            }
        })
        .collect();
    let last = |s: &Sender| s.at.iter().flatten().next_back().map_or(0.0, |c| c.capacity.mean);
    rows.sort_by(|a, b| last(b).total_cmp(&last(a)).then_with(|| a.actor.cmp(&b.actor)));
    let label = frame.actors[to].label.clone();
    Some(Formal { target: target.to_owned(), label, senders: rows })
}
