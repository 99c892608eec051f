//! The second pass: what is in force. Of each estimate the statement that counts on the as-of date, of the entries those
//! that can be known on it, of these the ones that belong to the contest in play and its law.

use std::collections::BTreeMap;

use entry::{Contested, Dated, Entry, Name, Path, Written};
use jiff::civil::Date;

use super::typing::{Estimates, Held};
use crate::ballot::InPlay;
use crate::contest::{Contest, ElectionResult};
use crate::diagnostic::Diagnostic;
use crate::statement::contradicted;

/// The days that decide what counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days {
    /// The day on which the case is as it is built.
    pub as_of: Date,
    /// The day by which its sources are out: the same, unless a past day is looked back on.
    pub known_by: Date,
}

/// What is known when: the one place that decides it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub days: Days,
    /// When each source came out.
    pub published: &'a BTreeMap<String, Date>,
}

impl<'a> Known<'a> {
    /// Whether a source was out; of one that is not there that is another fault.
    pub fn is_out(&self, key: &str) -> bool {
        self.published.get(key).is_none_or(|day| *day <= self.days.known_by)
    }

    /// Whether what cites these could be known: one of them was out, or it is a judgement.
    fn could_be(&self, sources: &[Name]) -> bool {
        sources.is_empty() || sources.iter().any(|key| self.is_out(key.get_ref()))
    }

    fn statements<'w>(
        &self,
        written: &'w Written,
    ) -> impl Iterator<Item = &'w Dated> + use<'a, 'w> {
        let known = *self;
        written.dated.iter().filter(move |dated| known.could_be(&dated.source.0))
    }

    /// The statement that counts on the as-of date: of those that are known and hold, the latest.
    pub fn in_force<'w>(&self, written: &'w Written) -> Option<&'w Dated> {
        let day = self.days.as_of;
        self.statements(written)
            .filter(|d| d.from.is_none_or(|from| from <= day) && d.to.is_none_or(|to| to >= day))
            .max_by_key(|d| d.from)
    }

    /// Whether an entry is known: one of its sources is out, and each estimate it cannot be without.
    fn has<T: Entry>(&self, entry: &T) -> bool {
        let mut known = self.could_be(entry.sources());
        entry.figures(&mut |figure, written| {
            known &= !figure.required || self.in_force(written).is_some();
        });
        known
    }
}

pub(crate) struct Choosing<'a> {
    pub known: Known<'a>,
    pub play: InPlay,
    pub faults: &'a mut Vec<Diagnostic>,
    /// Paths of what cannot be known on the as-of date.
    pub hidden: Vec<String>,
}

impl Choosing<'_> {
    /// Finds out which contest is in play, of `total` in the files. An election is coming from the day on which that is
    /// known, however much is known of it later.
    pub fn contest(
        &mut self,
        all: &[Held<Contest>],
        total: usize,
        results: &[Held<ElectionResult>],
    ) {
        let Days { as_of, known_by } = self.known.days;
        let then = Known { days: Days { as_of, known_by: known_by.min(as_of) }, ..self.known };
        let known: Vec<&Contest> =
            all.iter().map(|held| &held.entry).filter(|contest| then.has(*contest)).collect();
        let results: Vec<&ElectionResult> = results.iter().map(|held| &held.entry).collect();
        self.play = InPlay::choose(&known, total, &results, as_of);
    }

    /// Leaves of a kind what is in play; what belongs to other contests or laws goes to `aside`, what cannot be known
    /// goes.
    pub fn kind<T: Entry>(&mut self, held: &mut Vec<Held<T>>, aside: &mut Vec<Held<T>>) {
        for one in std::mem::take(held) {
            self.look_over(&one);
            if !self.known.has(&one.entry) {
                self.hidden.push(Path::entry(T::KIND, &one.key).into());
            } else if self.play.holds(one.entry.contest(), T::STAYS)
                && self.play.lawful(one.entry.laws())
            {
                held.push(one);
            } else {
                aside.push(one);
            }
        }
    }

    /// What an entry refers to in order to be known, whether it is or not.
    fn look_over<T: Entry>(&mut self, held: &Held<T>) {
        if self.play.total > 1 && held.entry.contest() == Contested::Unsaid {
            let message = format!("this {} says not of which contest it is", T::KIND);
            let fault = Diagnostic::error("contest", held.spot.clone(), message);
            self.faults.push(fault.hint("the case has several: add contest = \"ID\""));
        }
        held.entry.sources().iter().for_each(|key| self.source(key));
        let path = Path::entry(T::KIND, &held.key);
        held.entry
            .figures(&mut |figure, written| self.estimate(&path.field(figure.field), written));
    }

    fn source(&mut self, key: &Name) {
        let published = self.known.published;
        if !published.contains_key(key.get_ref()) {
            let message = format!("source \"{}\": no such source", key.get_ref());
            self.faults.push(
                Diagnostic::error("source", key.span(), message)
                    .nearest(key.get_ref(), published.keys().map(String::as_str)),
            );
        }
    }

    fn estimate(&mut self, path: &Path, written: &Written) {
        written.dated.iter().flat_map(|dated| &dated.source.0).for_each(|key| self.source(key));
        let known: Vec<&Dated> = self.known.statements(written).collect();
        contradicted(&known, &written.spot, path, self.known.days.as_of, self.faults);
    }

    /// Leaves of a table of estimates those that are known.
    pub fn table(&mut self, table: &mut Estimates) {
        for (name, estimate) in std::mem::take(&mut table.all) {
            let path = table.path.field(&name);
            self.estimate(&path, &estimate);
            match self.known.in_force(&estimate) {
                Some(_) => table.all.push((name, estimate)),
                None => self.hidden.push(path.into()),
            }
        }
    }
}
