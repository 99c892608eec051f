//! A number somebody believes: its value, its range, when it was true, and who says so.

use jiff::civil::Date;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::source_map::Spot;

/// The shape of what is not known about an estimate between its low and its high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// The PERT distribution: a beta on \[low, high\] with mode `value` and concentration 4 (Malcolm et al. 1959).
    #[default]
    Pert,
    /// Triangular on \[low, high\] with mode `value`.
    Triangular,
    /// Uniform on \[low, high\].
    Uniform,
    /// Normal with mean `value` whose 5 % and 95 % points are `low` and `high` on average.
    Normal,
    /// No spread at all: the value is known.
    Constant,
}

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
#[derive(Debug, Clone, Deserialize)]
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
    pub quote: Option<Spanned<String>>,
    /// The reason, where the value is the author's judgement.
    pub judged: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
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

impl<'de> Deserialize<'de> for Estimate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms(Vec<Dated>);
        struct Form;
        impl<'de> Visitor<'de> for Form {
            type Value = Vec<Dated>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an estimate { value, low, high, source } or an array of dated ones")
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
        impl<'de> Deserialize<'de> for Forms {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Form).map(Forms)
            }
        }
        let spanned = Spanned::<Forms>::deserialize(deserializer)?;
        let spot = spanned.span();
        Ok(Self { dated: spanned.into_inner().0, spot, id: usize::MAX })
    }
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
        let (low, high) = (dated.low.unwrap_or(dated.value), dated.high.unwrap_or(dated.value));
        Self {
            path,
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
