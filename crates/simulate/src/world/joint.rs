//! What several processes move together: each thing has one owner here, whose methods compose the parts.

use jiff::civil::Date;

use crate::journal::{EntryId, Tracked};

/// `count` values, all alike, that no entry has set yet.
pub(crate) fn all<T: Clone>(count: usize, value: &T) -> Vec<Tracked<T>> {
    (0..count).map(|_| Tracked::new(value.clone())).collect()
}

/// Factors, 1 at the start. Each process multiplies by the change of its own part, so that the parts compose and one
/// can be taken back without the others.
#[derive(Debug)]
pub struct Factors(Vec<Tracked<f64>>);

impl Factors {
    /// So many.
    #[must_use]
    pub fn start(count: usize) -> Self {
        Self(all(count, &1.0))
    }

    /// The factor at a place.
    #[must_use]
    pub fn of(&self, at: usize) -> &Tracked<f64> {
        &self.0[at]
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Tracked<f64>> + Clone {
        self.0.iter()
    }

    /// Multiplies the factor at a place.
    pub fn multiply(&mut self, at: usize, by_how_much: f64, by: Option<EntryId>) {
        let now = *self.0[at].peek();
        self.0[at].set(now * by_how_much, by);
    }

    /// Takes a multiplication back.
    pub fn divide(&mut self, at: usize, by_how_much: f64, by: Option<EntryId>) {
        let now = *self.0[at].peek();
        self.0[at].set(now / by_how_much, by);
    }

    /// Lets a part that was `from` be `to`.
    pub fn turn(&mut self, at: usize, (from, to): (f64, f64), by: Option<EntryId>) {
        let now = *self.0[at].peek();
        self.0[at].set(now * to / from, by);
    }
}

/// What a patron has told a client.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Order {
    /// The share by which the client lowers its attacks in obedience: 0 without an order, negative if told to
    /// strike.
    pub hold_back: f64,
    /// The last day on which it counts.
    pub until: Option<Date>,
}

/// For each campaign what its patron has told the attacker.
#[derive(Debug)]
pub struct Orders(Vec<Tracked<Order>>);

impl Orders {
    /// None yet, for so many campaigns.
    #[must_use]
    pub fn start(campaigns: usize) -> Self {
        Self(all(campaigns, &Order::default()))
    }

    /// What the attacker of a campaign was last told.
    #[must_use]
    pub fn of(&self, campaign: usize) -> &Tracked<Order> {
        &self.0[campaign]
    }

    /// Tells the attacker of a campaign something else.
    pub fn give(&mut self, campaign: usize, order: Order, by: Option<EntryId>) {
        self.0[campaign].set(order, by);
    }

    /// The order of a campaign has run out; who gave it stays known.
    pub fn lapse(&mut self, campaign: usize) {
        let by = self.0[campaign].set_by();
        self.0[campaign].set(Order::default(), by);
    }
}

/// Sway over the case's body, by actor.
#[derive(Debug, Default)]
pub struct BodySway {
    now: Tracked<Vec<f64>>,
    first: Vec<f64>,
}

impl BodySway {
    /// As last measured; empty before.
    #[must_use]
    pub fn now(&self) -> &Tracked<Vec<f64>> {
        &self.now
    }

    /// As it was when somebody first looked since the house that counts sits; empty before.
    #[must_use]
    pub fn first(&self) -> &[f64] {
        &self.first
    }

    /// It has been measured.
    pub fn measured(&mut self, sway: Vec<f64>, by: Option<EntryId>) {
        self.now.set(sway, by);
    }

    /// Another house counts from now on: what is followed is measured from here.
    pub fn another_house(&mut self) {
        self.first.clear();
    }

    /// Keeps sway as it is for the first, if none is kept and anybody holds some.
    pub fn look(&mut self) {
        if self.first.is_empty() && self.now.peek().iter().any(|s| *s > 0.0) {
            self.first.clone_from(self.now.peek());
        }
    }
}
