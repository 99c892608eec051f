//! What differs between two dates, part by part: each part can be moved from the old date to the new one alone.

use case::Channel;
use jiff::civil::Date;
use serde::Serialize;

use super::frame::{Frame, State};
use super::house::House;

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Who sits in the body, and so how much each member counts, with the ties of lists that sit on one of the dates
    /// only: a list that comes or goes brings its ties or takes them, and nobody pulls more or less for that.
    House,
    /// A tie that came into force or ceased, with both its numbers.
    Tie,
    /// How much passes through a tie.
    Bandwidth,
    /// How much the pulled actor depends on a tie.
    Dependence,
    /// What a channel is worth.
    Weight,
    /// An actor's weight on its own view.
    Autonomy,
}

/// A part by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    House,
    Tie(usize),
    Bandwidth(usize),
    Dependence(usize),
    Weight(Channel),
    Autonomy(usize),
}

impl Part {
    pub fn kind(self) -> PartKind {
        match self {
            Self::House => PartKind::House,
            Self::Tie(_) => PartKind::Tie,
            Self::Bandwidth(_) => PartKind::Bandwidth,
            Self::Dependence(_) => PartKind::Dependence,
            Self::Weight(_) => PartKind::Weight,
            Self::Autonomy(_) => PartKind::Autonomy,
        }
    }

    /// Moves this part of a state to what it is in the other.
    fn apply(self, state: &mut State, new: &State) {
        match self {
            Self::House => state.house = new.house,
            Self::Tie(t) => state.ties[t] = new.ties[t],
            Self::Bandwidth(t) => {
                if let (Some(old), Some(new)) = (&mut state.ties[t], new.ties[t]) {
                    old.0 = new.0;
                }
            }
            Self::Dependence(t) => {
                if let (Some(old), Some(new)) = (&mut state.ties[t], new.ties[t]) {
                    old.1 = new.1;
                }
            }
            Self::Weight(c) => state.weights[c.index()] = new.weights[c.index()],
            Self::Autonomy(a) => state.autonomy[a] = new.autonomy[a],
        }
    }

    /// The channel it belongs to, if it belongs to one.
    pub fn channel(self, frame: &Frame<'_>) -> Option<Channel> {
        match self {
            Self::Tie(t) | Self::Bandwidth(t) | Self::Dependence(t) => Some(frame.ties[t].channel),
            Self::Weight(c) => Some(c),
            Self::House | Self::Autonomy(_) => None,
        }
    }

    /// The places of the statements before and after.
    pub fn versions(self, old: &State, new: &State) -> (Vec<usize>, Vec<usize>) {
        let of = |state: &State| match self {
            Self::House => Vec::new(),
            Self::Tie(t) => state.ties[t].map_or(Vec::new(), |(b, d)| vec![b, d]),
            Self::Bandwidth(t) => state.ties[t].map_or(Vec::new(), |(b, _)| vec![b]),
            Self::Dependence(t) => state.ties[t].map_or(Vec::new(), |(_, d)| vec![d]),
            Self::Weight(c) => state.weights[c.index()].into_iter().collect(),
            Self::Autonomy(a) => state.autonomy[a].into_iter().collect(),
        };
        (of(old), of(new))
    }
}

/// Gives an actor that is not there on one of two dates the autonomy it has on the other: without ties it counts for
/// nothing, and it comes and goes with its ties.
pub(super) fn fill(old: &mut State, new: &mut State) {
    for (a, b) in old.autonomy.iter_mut().zip(&mut new.autonomy) {
        match (&a, &b) {
            (None, Some(_)) => *a = *b,
            (Some(_), None) => *b = *a,
            _ => {}
        }
    }
}

/// All in which two states differ.
pub(super) struct Parts {
    /// The parts, in a fixed order.
    pub all: Vec<Part>,
    /// The ties that come and go with the lists of the two houses, which move with the house.
    turnover: Vec<usize>,
}

impl Parts {
    /// Finds them.
    pub fn of(frame: &Frame<'_>, old: &State, new: &State) -> Self {
        let mut all = Vec::new();
        let mut turnover = Vec::new();
        let mut passing = vec![false; frame.actors.len()];
        if old.house != new.house {
            all.push(Part::House);
            for (sits, other) in [(old, new), (new, old)] {
                let others = frame.houses[other.house].members();
                let members = frame.houses[sits.house].members();
                members.into_iter().filter(|a| !others.contains(a)).for_each(|a| passing[a] = true);
            }
        }
        for (t, pair) in old.ties.iter().zip(&new.ties).enumerate() {
            match pair {
                (Some(a), Some(b)) => {
                    if a.0 != b.0 {
                        all.push(Part::Bandwidth(t));
                    }
                    if a.1 != b.1 {
                        all.push(Part::Dependence(t));
                    }
                }
                (None, None) => {}
                _ if passing[frame.ties[t].from] || passing[frame.ties[t].to] => turnover.push(t),
                _ => all.push(Part::Tie(t)),
            }
        }
        let weights = Channel::ALL.into_iter();
        all.extend(
            weights.filter(|c| old.weights[c.index()] != new.weights[c.index()]).map(Part::Weight),
        );
        let autonomy = (0..old.autonomy.len()).filter(|a| old.autonomy[*a] != new.autonomy[*a]);
        all.extend(autonomy.map(Part::Autonomy));
        Self { all, turnover }
    }

    /// Moves a part of a state to what it is in the other, with what moves with it.
    pub fn apply(&self, part: Part, state: &mut State, new: &State) {
        part.apply(state, new);
        if part == Part::House {
            self.turnover.iter().for_each(|t| state.ties[*t] = new.ties[*t]);
        }
    }
}

impl Part {
    /// What changed, for people.
    pub fn tell(self, frame: &Frame<'_>, old: &State, new: &State) -> String {
        let label = |a: usize| frame.actors[a].label.as_str();
        let tie = |t: usize| {
            let key = &frame.ties[t];
            format!("{} → {} ({})", label(key.from), label(key.to), key.channel.name())
        };
        let value = |v: usize| figure(frame.versions[v].value);
        let (before, after) = self.versions(old, new);
        let step = match (before.as_slice(), after.as_slice()) {
            ([a], [b]) if value(*a) == value(*b) => format!("{}, of another range", value(*a)),
            ([a], [b]) => format!("{} from {}", value(*b), value(*a)),
            _ => String::new(),
        };
        match self {
            Self::House => {
                let (a, b) = (&frame.houses[old.house], &frame.houses[new.house]);
                let told = |h: &House<'_>| match h.is_coming() {
                    true => format!("the house expected of {}", h.elected),
                    false => format!("the house of {}", h.elected),
                };
                if (a.elected, a.is_coming()) != (b.elected, b.is_coming()) {
                    format!("Members: {} in place of {}", told(b), told(a))
                } else if a.quota != b.quota {
                    format!("Quota {} from {}", b.quota, a.quota)
                } else {
                    format!("Members: {}, by other numbers", told(b))
                }
            }
            Self::Tie(t) if after.is_empty() => format!("{}: ceased", tie(t)),
            Self::Tie(t) => format!("{}: began", tie(t)),
            Self::Bandwidth(t) => format!("{}: bandwidth {step}", tie(t)),
            Self::Dependence(t) => format!("{}: dependence {step}", tie(t)),
            Self::Weight(c) => format!("Weight of the {} channel: {step}", c.name()),
            Self::Autonomy(a) => format!("Autonomy of {}: {step}", label(a)),
        }
    }

    /// Since when the new holds, if that is known: the latest `from` of the new statements, or election day.
    pub fn since(self, frame: &Frame<'_>, old: &State, new: &State) -> Option<Date> {
        if self == Self::House {
            let (old, new) = (&frame.houses[old.house], &frame.houses[new.house]);
            let sits = !new.is_coming() && (new.elected != old.elected || old.is_coming());
            return Some(new.elected).filter(|_| sits);
        }
        let (_, after) = self.versions(old, new);
        after.iter().filter_map(|v| frame.versions[*v].from).max()
    }

    /// Keys of the sources that carry the new values; of a tie that ceased, those of the tie.
    pub fn documents(self, frame: &Frame<'_>, old: &State, new: &State) -> Vec<String> {
        let mut keys: Vec<String> = match (self, self.versions(old, new)) {
            (Self::House, _) => frame.houses[new.house].sources.clone(),
            (Self::Tie(t), (_, after)) if after.is_empty() => frame.tie_sources[t].clone(),
            (_, (_, after)) => {
                after.iter().flat_map(|v| frame.versions[*v].sources.clone()).collect()
            }
        };
        keys.sort();
        keys.dedup();
        keys
    }
}

fn figure(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Part {
    /// The place of the tie it is of.
    pub fn tie(self) -> Option<usize> {
        match self {
            Self::Tie(t) | Self::Bandwidth(t) | Self::Dependence(t) => Some(t),
            Self::House | Self::Weight(_) | Self::Autonomy(_) => None,
        }
    }

    /// The ids of the actors it is of: a tie's two ends, the members of the new house.
    pub fn actors(self, frame: &Frame<'_>, new: &State) -> Vec<String> {
        let places = match self {
            Self::Autonomy(a) => vec![a],
            Self::House => frame.houses[new.house].members(),
            _ => self.tie().map_or(Vec::new(), |t| vec![frame.ties[t].from, frame.ties[t].to]),
        };
        places.into_iter().map(|a| frame.actors[a].id.clone()).collect()
    }
}
