//! A number somebody believes: its value, its range, when it was true, and who says so.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use toml::Spanned;

pub use crate::shape::Shape;
use crate::source_map::Spot;

/// One or more keys, written as a string or as an array of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(pub Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Vec<String>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a key in quotes, or an array of keys")
            }
            fn visit_str<E: de::Error>(self, key: &str) -> Result<Vec<String>, E> {
                Ok(vec![key.to_owned()])
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut keys: A) -> Result<Vec<String>, A::Error> {
                let mut all = Vec::new();
                while let Some(key) = keys.next_element::<String>()? {
                    all.push(key);
                }
                Ok(all)
            }
        }
        struct Either(Vec<String>);
        impl<'de> Deserialize<'de> for Either {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Form).map(Either)
            }
        }
        let keys = Spanned::<Either>::deserialize(deserializer)?;
        let span = keys.span();
        let each = keys.into_inner().0.into_iter();
        Ok(Self(each.map(|key| Spanned::new(span.clone(), key)).collect()))
    }
}

/// One dated statement of an estimate, as written in a case file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// The best single value.
    pub value: f64,
    /// The low end of what is plausible (the 5 % point for shapes without bounds).
    pub low: Option<f64>,
    /// The high end of what is plausible.
    pub high: Option<f64>,
    /// How belief is spread between low and high.
    pub shape: Option<Shape>,
    /// The values that are possible, for `discrete`.
    #[serde(default)]
    pub values: Vec<f64>,
    /// Their weights, for `discrete`; equal if left out.
    #[serde(default)]
    pub weights: Vec<f64>,
    /// The unit, which must be the field's own.
    #[schemars(with = "Option<String>")]
    pub unit: Option<Spanned<String>>,
    /// When the value became true.
    pub from: Option<Date>,
    /// When it ceased to be true.
    pub to: Option<Date>,
    /// Keys of the sources that say so.
    #[serde(default)]
    pub source: Keys,
    /// Where in the source: page, section, table.
    pub at: Option<String>,
    /// The words of the source, which must be found in its document.
    #[schemars(with = "Option<String>")]
    pub quote: Option<Spanned<String>>,
    /// The reason, where the value is the author's judgement.
    pub judged: Option<String>,
    /// When somebody last looked whether it still holds.
    pub checked: Option<Date>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

impl Dated {
    /// The lowest and the highest value that is plausible.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        if self.shape == Some(Shape::Discrete) && !self.values.is_empty() {
            let low = self.values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = self.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            return (low, high);
        }
        (self.low.unwrap_or(self.value), self.high.unwrap_or(self.value))
    }

    /// The values of a discrete statement with their weights, in rising order.
    #[must_use]
    pub fn choices(&self) -> Vec<(f64, f64)> {
        let weight = |i: usize| self.weights.get(i).copied().unwrap_or(1.0);
        let mut choices: Vec<(f64, f64)> =
            self.values.iter().enumerate().map(|(i, v)| (*v, weight(i))).collect();
        choices.sort_by(|a, b| a.0.total_cmp(&b.0));
        choices
    }
}

/// A value with its range, its dates and its sources, as written: one statement or several dated ones.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// The statements in the order written.
    pub dated: Vec<Dated>,
    /// Where the estimate is written.
    pub spot: Spot,
    /// The number by which a run asks for it; given when the case is built.
    pub id: usize,
}

impl Estimate {
    /// A bare number, which takes its source from what it stands in.
    pub(crate) fn bare(value: f64, spot: Spot) -> Self {
        let dated = Dated {
            value,
            low: None,
            high: None,
            shape: None,
            values: Vec::new(),
            weights: Vec::new(),
            unit: None,
            from: None,
            to: None,
            source: Keys::default(),
            at: None,
            quote: None,
            judged: None,
            checked: None,
            note: None,
        };
        Self { dated: vec![dated], spot, id: usize::MAX }
    }
}

/// Takes one statement, an array of them, or (where `numbers` says so) a bare number.
struct Form {
    numbers: bool,
}

impl<'de> Visitor<'de> for Form {
    type Value = Vec<Dated>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an estimate { value, low, high, source } or an array of dated ones")
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Vec<Dated>, E> {
        match self.numbers {
            true => Ok(Estimate::bare(number, 0..0).dated),
            false => Err(E::invalid_type(de::Unexpected::Float(number), &self)),
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Vec<Dated>, E> {
        match self.numbers {
            true => Ok(Estimate::bare(number as f64, 0..0).dated),
            false => Err(E::invalid_type(de::Unexpected::Signed(number), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Dated>, A::Error> {
        Ok(vec![Dated::deserialize(de::value::MapAccessDeserializer::new(map))?])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Dated>, A::Error> {
        let mut all = Vec::new();
        while let Some(dated) = seq.next_element()? {
            all.push(dated);
        }
        if all.is_empty() {
            return Err(de::Error::custom("an estimate needs at least one statement"));
        }
        Ok(all)
    }
}

struct Statements(Vec<Dated>);

impl<'de> Deserialize<'de> for Statements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Form { numbers: false }).map(Self)
    }
}

struct StatementsOrNumber(Vec<Dated>);

impl<'de> Deserialize<'de> for StatementsOrNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Form { numbers: true }).map(Self)
    }
}

impl<'de> Deserialize<'de> for Estimate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Statements>::deserialize(deserializer)?;
        let spot = spanned.span();
        Ok(Self { dated: spanned.into_inner().0, spot, id: usize::MAX })
    }
}

/// An estimate, or a bare number that takes its source from what it stands in.
pub(crate) fn number_or_estimate<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Estimate, D::Error> {
    let spanned = Spanned::<StatementsOrNumber>::deserialize(deserializer)?;
    let spot = spanned.span();
    Ok(Estimate { dated: spanned.into_inner().0, spot, id: usize::MAX })
}

/// What an estimate comes to on an as-of date: the statement in force, ready to be drawn from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Belief {
    /// Where the estimate stands in the case, such as `tie.a>b:security.bandwidth`.
    pub path: String,
    /// The best single value.
    pub value: f64,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// The spread.
    pub shape: Shape,
    /// For [`Shape::Discrete`]: the values with their weights, in the order of the values; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<(f64, f64)>,
    /// The unit, if the field fixes it or the author gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether the author calls the value known exactly: the shape `constant` was written.
    #[serde(skip)]
    pub exact: bool,
    /// From when the statement holds, if it says so.
    #[serde(skip)]
    pub from: Option<Date>,
    /// When somebody last looked whether it still holds.
    #[serde(skip)]
    pub checked: Option<Date>,
    /// Keys of the sources.
    pub sources: Vec<String>,
    /// Where in the source.
    pub at: Option<String>,
    /// The words of the source.
    pub quote: Option<String>,
    /// The author's reason, if it is a judgement.
    pub judged: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Whether some of its sources were not out yet and are left away.
    #[serde(skip)]
    pub withheld: bool,
    /// Where it is written, for messages.
    #[serde(skip)]
    pub spot: Spot,
}

impl Belief {
    /// The belief of one dated statement.
    #[must_use]
    pub fn of(dated: &Dated, path: String, spot: Spot) -> Self {
        let (low, high) = dated.range();
        let unit = crate::units::unit_of(&path).map(str::to_owned);
        Self {
            path,
            choices: dated.choices(),
            unit: unit.or_else(|| dated.unit.as_ref().map(|u| u.get_ref().clone())),
            exact: dated.shape == Some(Shape::Constant),
            from: dated.from,
            checked: dated.checked,
            value: dated.value,
            low,
            high,
            shape: match dated.shape {
                Some(shape) => shape,
                None if low < high => Shape::Pert,
                None => Shape::Constant,
            },
            sources: dated.source.0.iter().map(|key| key.get_ref().clone()).collect(),
            at: dated.at.clone(),
            quote: dated.quote.as_ref().map(|q| q.get_ref().clone()),
            judged: dated.judged.clone(),
            note: dated.note.clone(),
            withheld: false,
            spot,
        }
    }
}
