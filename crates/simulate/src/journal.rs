//! What happened in a run and why: entries whose causes are what was read, not what an author remembered to list.
//!
//! Between two entries the journal collects every belief looked up, every number drawn and every tracked value
//! read; the next entry takes them as its causes. Tracing is off in an ensemble and costs nothing there.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::luck::{Name, Who};
use crate::model::ActorId;
use crate::person::{AtWork, Choice, Person, Put};

/// The number of an entry in its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EntryId(usize);

impl EntryId {
    /// Its place among the entries.
    #[must_use]
    pub fn place(self) -> usize {
        self.0
    }
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Something an entry depended on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Cause {
    /// An earlier entry set a value that was read.
    Entry {
        /// The entry.
        id: EntryId,
    },
    /// A belief of the case, at the value drawn for this run.
    Belief {
        /// Its place in the case's beliefs.
        id: usize,
        /// The value in this run.
        value: f64,
    },
    /// A number drawn by name.
    Draw {
        /// What was drawn.
        name: &'static str,
        /// For whom: `Model::who_names` tells.
        who: Who,
        /// The uniform number.
        number: f64,
    },
}

/// One thing that happened.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// The day.
    pub day: Date,
    /// The process that wrote it.
    pub process: &'static str,
    /// What happened.
    pub what: String,
    /// What it depended on.
    pub causes: Vec<Cause>,
    /// Who gets to know of it in the run.
    #[serde(skip_serializing_if = "Known::is_public")]
    pub known: Known,
}

/// Who gets to know of something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// Everybody.
    #[default]
    Public,
    /// These actors, by places among the case's.
    Among(Vec<ActorId>),
    /// Nobody: it is what the model works out.
    Nobody,
}

impl Known {
    fn is_public(&self) -> bool {
        *self == Self::Public
    }

    /// Whether one of these actors knows of it.
    #[must_use]
    pub fn to(&self, actors: &[ActorId]) -> bool {
        match self {
            Self::Public => true,
            Self::Among(among) => among.iter().any(|a| actors.contains(a)),
            Self::Nobody => false,
        }
    }
}

#[derive(Debug, Default)]
struct Pages {
    entries: Vec<Entry>,
    reads: Vec<Cause>,
    seen: BTreeSet<(Date, Name, Who)>,
    twice: Option<&'static str>,
}

/// The journal of one run.
#[derive(Debug)]
pub struct Journal {
    pages: Option<RefCell<Pages>>,
    person: Option<AtWork>,
}

impl Journal {
    /// A journal that keeps nothing, for ensembles.
    #[must_use]
    pub fn closed() -> Self {
        Self { pages: None, person: None }
    }

    /// A journal that keeps everything, for one run.
    #[must_use]
    pub fn open() -> Self {
        Self { pages: Some(RefCell::new(Pages::default())), person: None }
    }

    /// The same, and somebody takes an actor's decisions.
    #[must_use]
    pub fn with(self, person: Option<Person>) -> Self {
        Self { person: person.map(AtWork::new), ..self }
    }

    /// What an actor does: as the person in its place says, if there is one, or as it would.
    pub(crate) fn takes(
        &self,
        day: Date,
        actor: ActorId,
        model: usize,
        put: impl FnOnce() -> Put,
    ) -> usize {
        self.person.as_ref().map_or(model, |person| person.take(day, actor, model, put))
    }

    /// As [`Journal::takes`], of yes or no; `p` is the probability of yes.
    pub(crate) fn agrees(
        &self,
        day: Date,
        actor: ActorId,
        (model, p): (bool, f64),
        put: impl FnOnce() -> (String, String),
    ) -> bool {
        let put = || {
            let (id, what) = put();
            Put::yes_or_no(id, what, p)
        };
        self.takes(day, actor, usize::from(model), put) == 1
    }

    /// Says of an entry who alone knows of it.
    pub fn known(&self, entry: Option<EntryId>, known: Known) {
        let (Some(pages), Some(id)) = (&self.pages, entry) else { return };
        if let Some(entry) = pages.borrow_mut().entries.get_mut(id.0) {
            entry.known = known;
        }
    }

    /// Whether it keeps anything.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.pages.is_some()
    }

    /// Writes an entry; its causes are all that was read since the one before. Returns its number.
    pub fn note(
        &self,
        day: Date,
        process: &'static str,
        what: impl FnOnce() -> String,
    ) -> Option<EntryId> {
        let mut pages = self.pages.as_ref()?.borrow_mut();
        let id = EntryId(pages.entries.len());
        let causes = std::mem::take(&mut pages.reads);
        pages.entries.push(Entry { id, day, process, what: what(), causes, known: Known::Public });
        Some(id)
    }

    /// Remembers that a belief was looked up.
    #[inline]
    pub fn looked_up(&self, id: usize, value: f64) {
        if self.pages.is_some() {
            self.read(Cause::Belief { id, value });
        }
    }

    /// Remembers that a number was drawn; the same name twice on one day is a fault of the process.
    pub fn drew(&self, day: Date, name: Name, who: Who, number: f64) {
        let Some(pages) = &self.pages else { return };
        let mut pages = pages.borrow_mut();
        if !pages.seen.insert((day, name, who)) {
            pages.twice = Some(name.text);
        }
        pages.reads.push(Cause::Draw { name: name.text, who, number });
    }

    /// Keeps a number that may be looked at several times as a cause of the next entry.
    pub fn looked(&self, name: Name, who: Who, number: f64) {
        self.read(Cause::Draw { name: name.text, who, number });
    }

    /// Until what is returned is dropped, reads go to the entries that are written; those to which no entry came by
    /// then are no cause of a later one.
    pub fn scope(&self) -> Scope<'_> {
        Scope(self)
    }

    /// Makes an earlier entry a cause of the next one.
    pub fn follow(&self, entry: Option<EntryId>) {
        if let Some(id) = entry {
            self.read(Cause::Entry { id });
        }
    }

    fn read(&self, cause: Cause) {
        let Some(pages) = &self.pages else { return };
        let mut pages = pages.borrow_mut();
        if !pages.reads.contains(&cause) {
            pages.reads.push(cause);
        }
    }

    /// The name that was drawn twice for one purpose on one day, if any was.
    #[must_use]
    pub fn drawn_twice(&self) -> Option<&'static str> {
        self.pages.as_ref()?.borrow().twice
    }

    /// All entries in order.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        self.into_told().0
    }

    /// All entries in order, and what was put to a person.
    #[must_use]
    pub fn into_told(self) -> (Vec<Entry>, Vec<Choice>) {
        let entries = self.pages.map_or_else(Vec::new, |pages| pages.into_inner().entries);
        (entries, self.person.map_or_else(Vec::new, AtWork::into_choices))
    }
}

/// A stretch of a step, at whose end what was read since the last entry is dropped: nothing came of it.
#[derive(Debug)]
#[must_use = "reads are dropped when this is"]
pub struct Scope<'j>(&'j Journal);

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        if let Some(pages) = &self.0.pages {
            pages.borrow_mut().reads.clear();
        }
    }
}

/// A value of the world that remembers the entry that last set it.
#[derive(Debug, Clone, Default)]
pub struct Tracked<T> {
    value: T,
    set_by: Option<EntryId>,
}

impl<T> Tracked<T> {
    /// A value that no entry has set yet.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value, set_by: None }
    }

    /// The value; reading it makes the entry that set it a cause of the next entry.
    pub fn get(&self, journal: &Journal) -> &T {
        journal.follow(self.set_by);
        &self.value
    }

    /// The value, for showing it; leaves no trace.
    pub fn peek(&self) -> &T {
        &self.value
    }

    /// The entry that set the value.
    #[must_use]
    pub fn set_by(&self) -> Option<EntryId> {
        self.set_by
    }

    /// Sets the value by an entry.
    pub fn set(&mut self, value: T, by: Option<EntryId>) {
        self.value = value;
        self.set_by = by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entrys_causes_are_what_was_read_since_the_last() {
        let day = jiff::civil::date(2031, 3, 1);
        let journal = Journal::open();
        let mut value = Tracked::default();
        journal.looked_up(3, 0.5);
        value.set(7, journal.note(day, "a", || "first".into()));
        assert_eq!(*value.get(&journal), 7);
        journal.drew(day, Name::new("a/b"), Who::ALL, 0.25);
        journal.note(day, "a", || "second".into());
        let entries = journal.into_entries();
        assert_eq!(entries[0].causes, [Cause::Belief { id: 3, value: 0.5 }]);
        assert_eq!(
            entries[1].causes,
            [
                Cause::Entry { id: EntryId(0) },
                Cause::Draw { name: "a/b", who: Who::ALL, number: 0.25 }
            ]
        );
    }

    #[test]
    fn what_came_to_nothing_in_a_scope_is_no_cause_after_it() {
        let day = jiff::civil::date(2031, 3, 1);
        let journal = Journal::open();
        {
            let _reads = journal.scope();
            journal.looked_up(1, 0.5);
        }
        {
            let _reads = journal.scope();
            journal.looked_up(2, 0.5);
            journal.note(day, "a", || "it came to something".into());
            journal.looked_up(3, 0.5);
        }
        journal.looked_up(4, 0.5);
        journal.note(day, "a", || "later".into());
        let causes = journal.into_entries().into_iter().map(|e| e.causes);
        let of = |id| vec![Cause::Belief { id, value: 0.5 }];
        assert_eq!(causes.collect::<Vec<_>>(), [of(2), of(4)]);
    }

    #[test]
    fn two_draws_under_one_name_on_a_day_are_noticed() {
        let day = jiff::civil::date(2031, 3, 1);
        let journal = Journal::open();
        journal.drew(day, Name::new("a/b"), Who::ALL, 0.1);
        assert_eq!(journal.drawn_twice(), None);
        journal.drew(day, Name::new("a/b"), Who::ALL, 0.1);
        assert_eq!(journal.drawn_twice(), Some("a/b"));
    }
}
