//! The third pass: from the statements in force to numbered beliefs. The number of a belief is the order in which its
//! estimate is met here, and the one by which runs ask for it.

use entry::{Entry, Path, Written};

use super::choosing::Known;
use super::typing::{Estimates, Held};
use crate::estimate::Belief;

pub(crate) struct Resolving<'a> {
    pub known: Known<'a>,
    pub beliefs: Vec<Belief>,
}

impl Resolving<'_> {
    pub fn entry<T: Entry>(&mut self, held: &mut Held<T>) {
        let path = Path::entry(T::KIND, &held.key);
        held.entry.resolve(&mut |figure, written| {
            self.belief(path.field(figure.field), figure.unit, written)
        });
    }

    pub fn table(&mut self, table: &mut Estimates) {
        for (name, estimate) in &mut table.all {
            self.belief(table.path.field(name), None, estimate);
        }
    }

    /// Numbers an estimate; false if no statement of it is in force.
    fn belief(&mut self, path: Path, unit: Option<&str>, written: &mut Written) -> bool {
        let Some(dated) = self.known.in_force(written) else { return false };
        let mut belief = Belief::of(dated, unit, path.into(), written.spot.clone());
        // A source that came out later may confirm a value, but it was not there to be cited.
        let all = belief.sources.len();
        belief.sources.retain(|key| self.known.is_out(key));
        belief.withheld = belief.sources.len() < all;
        written.id = self.beliefs.len();
        self.beliefs.push(belief);
        true
    }
}
