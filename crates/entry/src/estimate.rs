//! A number somebody believes: its value, its range, when it was true, and who says so.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Range};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use crate::id::Name;
use crate::shape::Shape;
use crate::unit::Any;

/// A range of bytes in the numbered texts of a case.
pub type Spot = Range<usize>;

/// One or more keys, written as a string or as an array of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(pub Vec<Name>);

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
pub struct Written {
    /// The statements in the order written.
    pub dated: Vec<Dated>,
    /// Where the estimate is written.
    pub spot: Spot,
    /// The number by which a run asks for it; given when the case is built.
    pub id: usize,
}

impl Written {
    fn new(statements: Spanned<Vec<Dated>>) -> Self {
        let spot = statements.span();
        Self { dated: statements.into_inner(), spot, id: usize::MAX }
    }

    /// Statements that cite nothing take the sources, or the judgement, of what the estimate stands in.
    pub fn take_from(&mut self, source: &Keys, judged: &Option<String>) {
        for dated in &mut self.dated {
            if dated.source.0.is_empty() && dated.judged.is_none() {
                dated.source.clone_from(source);
                dated.judged.clone_from(judged);
            }
        }
    }
}

/// An estimate in a unit: what is [`Written`], with the unit in its type.
#[derive(Debug, Clone)]
pub struct Estimate<U = Any> {
    written: Written,
    unit: PhantomData<U>,
}

impl<U> Deref for Estimate<U> {
    type Target = Written;

    fn deref(&self) -> &Written {
        &self.written
    }
}

impl<U> DerefMut for Estimate<U> {
    fn deref_mut(&mut self) -> &mut Written {
        &mut self.written
    }
}

impl<'de, U> Deserialize<'de> for Estimate<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let statements = Spanned::<Statements>::deserialize(deserializer)?;
        let statements = Spanned::new(statements.span(), statements.into_inner().0);
        Ok(Self { written: Written::new(statements), unit: PhantomData })
    }
}

/// An estimate, or a bare number that takes its source from what it stands in.
///
/// # Errors
/// If it is neither.
pub fn number_or_estimate<'de, D: Deserializer<'de>, U>(
    deserializer: D,
) -> Result<Estimate<U>, D::Error> {
    let statements = Spanned::<StatementsOrNumber>::deserialize(deserializer)?;
    let statements = Spanned::new(statements.span(), statements.into_inner().0);
    Ok(Estimate { written: Written::new(statements), unit: PhantomData })
}

/// A statement of nothing but a value.
fn bare(value: f64) -> Vec<Dated> {
    vec![Dated {
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
    }]
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
            true => Ok(bare(number)),
            false => Err(E::invalid_type(de::Unexpected::Float(number), &self)),
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Vec<Dated>, E> {
        match self.numbers {
            true => Ok(bare(number as f64)),
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

impl JsonSchema for Keys {
    fn schema_name() -> Cow<'static, str> {
        "Keys".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One key in quotes, or an array of keys.",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
            ],
        })
    }
}

impl<U> JsonSchema for Estimate<U> {
    fn schema_name() -> Cow<'static, str> {
        "Estimate".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let dated = generator.subschema_for::<Dated>();
        json_schema!({
            "description": "A value with its range, its dates and its sources: one statement, or several dated ones.",
            "anyOf": [dated, { "type": "array", "minItems": 1, "items": dated }],
        })
    }
}

/// The schema of an estimate that may be a bare number.
pub fn bare_number_schema(generator: &mut SchemaGenerator) -> Schema {
    let estimate = generator.subschema_for::<Estimate>();
    json_schema!({ "anyOf": [{ "type": "number" }, estimate] })
}
