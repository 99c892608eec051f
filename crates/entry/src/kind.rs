//! The contract of a kind of entry, and what is known of it without an entry in hand.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use crate::estimate::Written;
use crate::fields::fields_of;
use crate::id::{Id, Name};
use crate::key::{Key, Part, Piece};

/// An estimate that entries of a kind have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The field in which it stands.
    pub field: &'static str,
    /// Its unit; none where that depends on what the entry is about.
    pub unit: Option<&'static str>,
    /// The least and the most that it can be; infinite where nothing bounds it.
    pub bounds: (f64, f64),
    /// Whether an entry cannot be without it.
    pub required: bool,
}

/// Which contest an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contested<'a> {
    /// Its kind has nothing to do with contests.
    Never,
    /// It is left open, as it may where there is but one.
    Unsaid,
    /// The one named.
    In(&'a Name),
}

/// An entry of a case, from a struct by `#[derive(Entry)]`.
pub trait Entry: DeserializeOwned + JsonSchema {
    /// The top-level name under which it stands.
    const KIND: &'static str;
    /// The parts of its key.
    const KEY: &'static [Part];
    /// Its estimates: those that must be there, then those that may lack.
    const FIGURES: &'static [Figure];
    /// Whether it may stand as one table as well as several entries.
    const ALONE: bool;
    /// Whether a scenario may make it happen on a day.
    const FORCED: bool;
    /// Whether it is a record that no run has in a list.
    const RECORD: bool;
    /// Whether it outlives its contest, because a government may still be forming.
    const STAYS: bool;
    /// Whether it belongs to a contest or hangs on the law.
    const BALLOT: bool;

    /// Its id, if entries of the kind have one.
    fn id(&self) -> Option<&Id> {
        None
    }

    /// The sources of the entry itself, apart from those of its estimates.
    fn sources(&self) -> &[Name] {
        &[]
    }

    /// The contest of which it is.
    fn contest(&self) -> Contested<'_> {
        Contested::Never
    }

    /// The laws under which it holds; none means every law.
    fn laws(&self) -> &[Name] {
        &[]
    }

    /// Gives estimates written as bare numbers the sources of the entry.
    fn settle(&mut self);

    /// Shows each estimate that is written, in the order of [`Entry::FIGURES`].
    fn figures<'a>(&'a self, see: &mut dyn FnMut(&'static Figure, &'a Written));

    /// As [`Entry::figures`], for those who number them; one that may lack is gone if the answer is no.
    fn resolve(&mut self, resolve: &mut dyn FnMut(&'static Figure, &mut Written) -> bool);
}

/// What is known of a kind without an entry in hand.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// The name under which its entries stand.
    pub name: &'static str,
    /// The parts of their key.
    pub key: &'static [Part],
    /// Their estimates.
    pub figures: &'static [Figure],
    /// Whether one may stand as a table of its own.
    pub alone: bool,
    /// Whether a scenario may make one happen on a day.
    pub forced: bool,
    /// The fields in the order in which they are declared.
    pub fields: fn() -> &'static [&'static str],
    /// The schema of an entry.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Kind {
    /// The kind of a type.
    #[must_use]
    pub const fn of<T: Entry>() -> Self {
        Self {
            name: T::KIND,
            key: T::KEY,
            figures: T::FIGURES,
            alone: T::ALONE,
            forced: T::FORCED,
            fields: fields_of::<T>,
            schema: |generator| generator.subschema_for::<T>(),
        }
    }

    /// The key of an entry of this kind, from what it has in its fields.
    #[must_use]
    pub fn key_of<'a>(&self, piece: impl FnMut(&'static str) -> Piece<'a>) -> Option<Key> {
        Key::of(self.key, piece)
    }
}
