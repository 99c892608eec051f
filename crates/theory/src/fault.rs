//! What can be wrong with what a model is given, or with what came out of it.
//!
//! One type for the whole crate: what was found, where, and what it must be. Whoever calls a model
//! can tell an absence from a number out of range by [`What`]; the rest is for whoever reads it.

use std::borrow::Cow;
use std::fmt;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum What {
    /// Nothing, where there must be something: no actors, no votes, no agreement, no variance.
    Nothing,
    /// A number out of range, infinite or not a number.
    Number(f64),
    /// A whole number out of range.
    Whole(u128),
    /// A row, table or list of this length, which is not the length it must have.
    Length(usize),
    /// Text that does not say what it should.
    Text(String),
    /// A value whose parts do not go together.
    Unfit,
    /// More than the method can hold or was allowed.
    TooLarge,
    /// These positions are level, and no rule was given that tells them apart.
    Level(Vec<usize>),
    /// An iteration that came to no end.
    Unsettled,
    /// Equations without a single solution.
    Singular,
    /// A result beyond the largest floating-point number, or none.
    Overflow,
}

/// Where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The argument, or the result.
    pub argument: Cow<'static, str>,
    /// The positions in it, outermost first, from zero.
    pub index: Vec<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.argument)?;
        self.index.iter().try_for_each(|i| write!(f, "[{i}]"))
    }
}

/// Why a model could not answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What was found.
    pub what: What,
    /// Where.
    pub place: Place,
    /// What it must be.
    pub must: Cow<'static, str>,
}

impl Fault {
    /// A fault of this kind in an argument.
    pub(crate) fn new(
        what: What,
        argument: &'static str,
        must: impl Into<Cow<'static, str>>,
    ) -> Self {
        let place = Place { argument: argument.into(), index: Vec::new() };
        Self { what, place, must: must.into() }
    }

    /// There is nothing.
    pub(crate) fn nothing(argument: &'static str, must: impl Into<Cow<'static, str>>) -> Self {
        Self::new(What::Nothing, argument, must)
    }

    /// A number that is out of range.
    pub(crate) fn number(
        argument: &'static str,
        value: f64,
        must: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(What::Number(value), argument, must)
    }

    /// A whole number that is out of range.
    pub(crate) fn whole(
        argument: &'static str,
        value: impl TryInto<u128>,
        must: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(What::Whole(value.try_into().unwrap_or(u128::MAX)), argument, must)
    }

    /// A row or list of the wrong length.
    pub(crate) fn length(argument: &'static str, found: usize, expected: usize) -> Self {
        Self::new(What::Length(found), argument, expected.to_string())
    }

    /// Parts that do not go together.
    pub(crate) fn unfit(argument: &'static str, must: impl Into<Cow<'static, str>>) -> Self {
        Self::new(What::Unfit, argument, must)
    }

    /// More than there is room for.
    pub(crate) fn too_large(argument: &'static str, must: impl Into<Cow<'static, str>>) -> Self {
        Self::new(What::TooLarge, argument, must)
    }

    /// Equations without a single solution.
    pub(crate) fn singular(argument: &'static str, must: impl Into<Cow<'static, str>>) -> Self {
        Self::new(What::Singular, argument, must)
    }

    /// An iteration that came to no end.
    pub(crate) fn unsettled(argument: &'static str, must: impl Into<Cow<'static, str>>) -> Self {
        Self::new(What::Unsettled, argument, must)
    }

    /// The same, at a position of its argument.
    pub(crate) fn at(mut self, index: usize) -> Self {
        self.place.index.push(index);
        self
    }

    /// The same, as a fault of one part of a larger argument: of `districts[3]`, say.
    pub(crate) fn within(mut self, part: &'static str, index: usize) -> Self {
        self.place.argument = format!("{part}[{index}]: {}", self.place.argument).into();
        self
    }

    /// Whether there is nothing where there must be something.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        self.what == What::Nothing
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, place, must } = self;
        match what {
            What::Nothing => write!(f, "{place}: there is none; there must be {must}"),
            What::Number(x) => write!(f, "{place} is {x}; it must be {must}"),
            What::Whole(n) => write!(f, "{place} is {n}; it must be {must}"),
            What::Length(n) => write!(f, "{place}: {n} given; there must be {must}"),
            What::Text(text) => write!(f, "{place} is \"{text}\"; it must be {must}"),
            What::Unfit => write!(f, "{place} must be {must}"),
            What::TooLarge => write!(f, "{place}: too large; it must be {must}"),
            What::Level(tied) => write!(f, "{place}: {tied:?} are level; they must be {must}"),
            What::Unsettled => write!(f, "{place} did not settle; there must be {must}"),
            What::Singular => write!(f, "{place}: no single solution; there must be {must}"),
            What::Overflow => {
                write!(f, "{place}: the result is no finite number; it must be {must}")
            }
        }
    }
}

impl std::error::Error for Fault {}

/// Checks numbers of a row against a range.
pub(crate) fn within(
    argument: &'static str,
    values: &[f64],
    sound: impl Fn(f64) -> bool,
    must: &'static str,
) -> Result<(), Fault> {
    match values.iter().position(|v| !sound(*v)) {
        None => Ok(()),
        Some(_) if values.len() == 1 => Err(Fault::number(argument, values[0], must)),
        Some(at) => Err(Fault::number(argument, values[at], must).at(at)),
    }
}

/// Checks a number.
pub(crate) fn finite(argument: &'static str, value: f64) -> Result<(), Fault> {
    within(argument, &[value], f64::is_finite, "finite")
}

/// Checks a number that must exceed zero.
pub(crate) fn positive(argument: &'static str, value: f64) -> Result<(), Fault> {
    within(argument, &[value], |v| v.is_finite() && v > 0.0, "positive and finite")
}

/// Results, if all of them are numbers.
pub(crate) fn all_sound(result: &'static str, values: &[f64]) -> Result<(), Fault> {
    values.iter().try_for_each(|value| sound(result, *value).map(|_| ()))
}

/// A result, if it is a number.
pub(crate) fn sound(result: &'static str, value: f64) -> Result<f64, Fault> {
    match value.is_finite() {
        true => Ok(value),
        false => {
            Err(Fault::new(What::Overflow, result, "within what a floating-point number holds"))
        }
    }
}
