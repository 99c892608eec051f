//! Dated forecast questions: what is asked, of which quantity of a run, what came true, and what a
//! plain forecaster would have said.
//!
//! A question is known to the case from the day its truth was published, so no run ever sees it;
//! whoever keeps score reads the questions by [`questions`], whatever the date.

use std::collections::BTreeMap;

use entry::{Entry, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::source_map::SourceMap;
use crate::tree::{shift, syntax};

/// What sort of answer a question has.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum QuestionKind {
    /// Yes or no.
    Binary,
    /// A number.
    Number,
    /// One of several names.
    Category,
}

/// An answer as written: a number, yes or no, or a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Answer {
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A name; `yes` and `no` stand for yes and no.
    Name(String),
}

impl Answer {
    /// The answer as a number; yes is 1 and no 0.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Truth(truth) => Some(f64::from(u8::from(*truth))),
            Self::Number(number) => Some(*number).filter(|n| n.is_finite()),
            Self::Name(name) => match name.trim() {
                "yes" => Some(1.0),
                "no" => Some(0.0),
                text => text.parse().ok().filter(|n: &f64| n.is_finite()),
            },
        }
    }

    /// The answer as a name.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// A plain model that a question names: what a forecaster with a pencil would have said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Simple {
    /// For yes or no: the probability of yes.
    pub probability: Option<f64>,
    /// For a number: the mean of a normal distribution.
    pub mean: Option<f64>,
    /// For a number: its standard deviation.
    pub sd: Option<f64>,
    /// For a category: a probability for each name.
    pub shares: Option<BTreeMap<String, f64>>,
    /// How it was come by.
    pub why: String,
}

/// What plain forecasters would have said, from what was known by the question's as-of date.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Earlier answers to like questions, whose distribution is the base rate.
    #[serde(default)]
    pub past: Vec<Answer>,
    /// What held the last time, or now: persistence.
    pub last: Option<Answer>,
    /// A simple model.
    pub simple: Option<Simple>,
}

/// What somebody else said of a yes-or-no question: a market, a crowd, another model. It is shown and
/// scored beside ours, and never joined with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// Who said it.
    pub by: String,
    /// On which day, which is not after the question's `as_of`.
    pub on: Date,
    /// The probability of yes.
    pub p: f64,
}

/// What happened elsewhere and before, as the outside view of a question: rows of a reference
/// class.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// The reference class: the name of a table of `reference/`.
    #[schemars(with = "String")]
    pub of: Spanned<String>,
    /// The column that answers; where it lacks, the only one that can.
    pub asks: Option<String>,
    /// Which rows count: a value, or one of several, for each column named.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, Keys>,
    /// Of days: the day from which they count. Those gone by on the as-of date without an end are
    /// taken in.
    pub since: Option<Date>,
    /// The last day that counts, where it is not the question's `until`: of yes or no on days or
    /// events.
    pub by: Option<Date>,
    /// What the number of the class starts from: seats or turnout the last time, or the seats a
    /// share is of. For turnout it may lack where the class knows the country's last.
    pub base: Option<f64>,
    /// Of yes or no about a number: yes if it is more than this.
    pub above: Option<f64>,
    /// Whether the question's yes is the class's no.
    #[serde(default)]
    pub not: bool,
    /// Another class that must hold too; the two are taken to be independent.
    pub and: Option<Box<Self>>,
    /// Another class of which either may hold; the two are taken to be independent.
    pub or: Option<Box<Self>>,
}

impl Class {
    /// The column that answers.
    ///
    /// # Errors
    /// If there is no such class or column, or several columns could answer and none is named; with
    /// what would mend it.
    pub fn column(&self) -> Result<(&'static reference::Class, String), String> {
        let class = reference::class(self.of.get_ref()).map_err(|fault| fault.to_string())?;
        if class.fit.is_some() {
            return match &self.asks {
                None => Ok((class, String::new())),
                Some(_) => Err(format!("the class \"{}\" is a fit; leave out asks", class.id)),
            };
        }
        let answers = || class.columns().filter(|(_, column)| column.is.answers());
        match (&self.asks, answers().count()) {
            (None, 1) => {
                let only = answers().next().map_or_else(String::new, |(name, _)| name.to_owned());
                Ok((class, only))
            }
            (Some(name), _) => {
                let column = class.column(name).map_err(|fault| fault.to_string())?;
                match column.is.answers() {
                    true => Ok((class, name.clone())),
                    false => {
                        Err(format!("the column \"{name}\" only describes rows; {}", named(class)))
                    }
                }
            }
            (None, _) => {
                Err(format!("the class \"{}\" could answer by several; {}", class.id, named(class)))
            }
        }
    }

    /// What is wrong with it, and with what it is joined to.
    fn faults(&self, kind: QuestionKind) -> Vec<String> {
        let mut faults = Vec::new();
        match self.column() {
            Err(fault) => faults.push(fault),
            Ok((class, _)) => {
                for (column, values) in &self.only {
                    for value in &values.0 {
                        let chosen = class.chooses(column, value.get_ref());
                        faults.extend(chosen.err().map(|fault| fault.to_string()));
                    }
                }
            }
        }
        let finite = |n: &Option<f64>| n.is_none_or(f64::is_finite);
        if !finite(&self.base) || !finite(&self.above) {
            faults.push("base and above must be finite numbers".to_owned());
        }
        let joined = [&self.and, &self.or].into_iter().flatten();
        if kind != QuestionKind::Binary && (self.not || joined.clone().next().is_some()) {
            faults.push("not, and, or join classes of yes-or-no questions alone".to_owned());
        }
        faults.extend(joined.flat_map(|other| other.faults(kind)));
        faults
    }
}

fn named(class: &reference::Class) -> String {
    let answers = class.columns().filter(|(_, column)| column.is.answers());
    let names: Vec<&str> = answers.map(|(name, _)| name).collect();
    format!("name one by asks: {}", names.join(", "))
}

/// A dated forecast question.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "question", key = "id", record)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The id.
    pub id: Id,
    /// The last day of information a forecaster may use.
    pub as_of: Date,
    /// The order in which the brief of its date answers it, from 1: what the reader of the brief
    /// asks. A question without it is only kept score of.
    #[schemars(with = "Option<u32>", range(min = 1))]
    pub key: Option<Spanned<u32>>,
    /// The question.
    pub text: String,
    /// What sort of answer it has.
    pub kind: QuestionKind,
    /// What is asked of each run, such as `seats.reds + seats.blues > 12` or `government.days`; see
    /// the reference of the question format. A question without it is scored only by its baselines.
    #[schemars(with = "Option<String>")]
    pub ask: Option<Spanned<String>>,
    /// The last day of the runs that are asked, so that what is counted is counted in the window
    /// from the as-of date to that day; where it lacks, the case's own window.
    pub until: Option<Date>,
    /// Why the model has no word for it, where there is no `ask`.
    pub beyond: Option<String>,
    /// The names of a category; what is none of them counts as `other` if that is among them.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Scenarios of the case that are laid over it.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// Whether it was kept apart while the model was made: `development`, `validation`, or `open`.
    #[serde(default)]
    pub set: QuestionSet,
    /// What plain forecasters would have said.
    #[serde(default)]
    pub baseline: Baseline,
    /// What happened elsewhere and before: the outside view.
    pub class: Option<Class>,
    /// Why no class answers it, where there is none.
    pub no_class: Option<String>,
    /// What others said of it by then: markets, crowds, other models.
    #[serde(default)]
    pub others: Vec<Other>,
    /// What hangs together with it, such as one government being formed: when forecasts are weighed
    /// against each other, the questions of one episode are left out together. Where it lacks,
    /// those of the same date are.
    pub episode: Option<String>,
    /// What came true, where it is known.
    pub truth: Option<Answer>,
    /// Who says so.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

impl Question {
    /// What hangs together with it: its episode, or its date.
    #[must_use]
    pub fn together(&self) -> String {
        self.episode.clone().unwrap_or_else(|| self.as_of.to_string())
    }
}

/// Whether a question could have shaped the model.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum QuestionSet {
    /// It may have been looked at while the model was made.
    #[default]
    Development,
    /// It was looked at only after the forecasts were frozen.
    Validation,
    /// It was asked, and its forecast frozen, before anybody could know the answer.
    Open,
}

/// The questions in the texts of a map, whatever the date; entries of other kinds are passed over.
///
/// # Errors
/// Every fault with its place.
pub fn questions(map: &SourceMap) -> Result<Vec<Question>, Vec<Diagnostic>> {
    let Gathered { questions, mut unread, faults } = gathered(map);
    unread.extend(faults);
    if unread.is_empty() { Ok(questions) } else { Err(unread) }
}

/// The questions of a map with what is wrong: with their form, which whoever reads entries finds
/// too, and with what they say.
pub(crate) struct Gathered {
    pub questions: Vec<Question>,
    unread: Vec<Diagnostic>,
    pub faults: Vec<Diagnostic>,
}

/// Reads all questions.
pub(crate) fn gathered(map: &SourceMap) -> Gathered {
    let mut all = Gathered { questions: Vec::new(), unread: Vec::new(), faults: Vec::new() };
    for file in map.files().iter().filter(|f| f.name.ends_with(".toml")) {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        all.unread.extend(syntax(&errors, file.base));
        for (name, value) in table.into_inner() {
            if name.get_ref() != "question" {
                continue;
            }
            let value = shift(value, &|span| span.start + file.base..span.end + file.base);
            let spot = value.span();
            let DeValue::Array(entries) = value.into_inner() else {
                let fault = Diagnostic::error("shape", spot, "write [[question]], not [question]");
                all.unread.push(fault);
                continue;
            };
            for node in entries {
                match crate::build::typed::<Question>(node) {
                    Ok(question) => {
                        all.faults.extend(check(&question, &all.questions));
                        all.questions.push(question);
                    }
                    Err(fault) => all.unread.push(*fault),
                }
            }
        }
    }
    all
}

/// What is wrong with its place in the brief: no such place, or one that another question of its
/// date has.
fn key(question: &Question, before: &[Question]) -> Option<Diagnostic> {
    let (id, key) = (question.id.get_ref(), question.key.as_ref()?);
    let fault = |message: String, hint: &str| {
        Some(Diagnostic::error("question", key.span(), message).hint(hint))
    };
    let place = *key.get_ref();
    if place == 0 {
        return fault(format!("question \"{id}\": key = 0"), "count from key = 1");
    }
    let same = |q: &&Question| {
        q.as_of == question.as_of && q.key.as_ref().is_some_and(|k| *k.get_ref() == place)
    };
    let other = before.iter().find(same)?.id.get_ref();
    fault(
        format!("questions \"{other}\" and \"{id}\" of {} both have key = {place}", question.as_of),
        "give each key question of a date its own place",
    )
}

fn check(question: &Question, before: &[Question]) -> Vec<Diagnostic> {
    let id = question.id.get_ref();
    let fault = |message: String, hint: &str| {
        Diagnostic::error("question", question.id.span(), message).hint(hint)
    };
    let mut faults = Vec::new();
    if question.until.is_some_and(|until| until <= question.as_of) {
        let hint = "take a day after as_of";
        faults.push(fault(format!("question \"{id}\": its window ends before it begins"), hint));
    }
    faults.extend(key(question, before));
    if question.ask.is_some() && question.beyond.is_some() {
        let hint = "take out one of the two";
        faults.push(fault(format!("question \"{id}\" has an ask and a reason for none"), hint));
    }
    if let Some(class) = &question.class {
        let wrong = class.faults(question.kind).into_iter();
        faults.extend(wrong.map(|fault| {
            Diagnostic::error("class", class.of.span(), format!("question \"{id}\": {fault}"))
        }));
        if question.no_class.is_some() {
            let hint = "take out one of the two";
            faults
                .push(fault(format!("question \"{id}\" has a class and a reason for none"), hint));
        }
    }
    if before.iter().any(|q| q.id.get_ref() == id) {
        faults.push(fault(format!("question \"{id}\" is given twice"), "give each its own id"));
    }
    for (at, other) in question.others.iter().enumerate() {
        let (by, on) = (&other.by, other.on);
        let (message, hint) = if by.trim().is_empty() || by.contains(char::is_control) {
            ("says not who made it".to_owned(), "name who made it in by, on one line")
        } else if question.kind != QuestionKind::Binary {
            ("is of no yes-or-no question".to_owned(), "take it out")
        } else if !(0.0..=1.0).contains(&other.p) {
            (format!("has p = {}", other.p), "give the probability of yes, from 0 to 1")
        } else if on > question.as_of {
            (format!("is of {on}, after {}", question.as_of), "take what it said by the as_of day")
        } else if question.others[..at].iter().any(|o| (&o.by, o.on) == (by, on)) {
            (format!("of {on} is given twice"), "leave the one it made")
        } else {
            continue;
        };
        faults.push(fault(format!("question \"{id}\": the forecast of {by} {message}"), hint));
    }
    let other = question.categories.iter().any(|c| c == "other");
    let fits = |answer: &Answer| match question.kind {
        QuestionKind::Number => answer.number().is_some(),
        QuestionKind::Binary => answer.number().is_some_and(|n| n == 0.0 || n == 1.0),
        QuestionKind::Category => other || question.categories.contains(&answer.name()),
    };
    if question.kind == QuestionKind::Category && question.categories.len() < 2 {
        faults.push(fault(
            format!("question \"{id}\" has no two categories"),
            "add categories = [\"…\", \"other\"]",
        ));
        return faults;
    }
    let answers = question.baseline.past.iter().chain(&question.baseline.last);
    for answer in answers.chain(&question.truth).filter(|a| !fits(a)) {
        let what = match question.kind {
            QuestionKind::Number => "a number",
            QuestionKind::Binary => "yes or no",
            QuestionKind::Category => "one of its categories",
        };
        faults.push(fault(
            format!("question \"{id}\": \"{}\" is not {what}", answer.name()),
            "write the answer as the kind of the question wants it",
        ));
    }
    if let Some(simple) = &question.baseline.simple {
        let share = |p: f64| (0.0..=1.0).contains(&p);
        let good = match question.kind {
            QuestionKind::Binary => simple.probability.is_some_and(share),
            QuestionKind::Number => {
                simple.mean.is_some_and(f64::is_finite)
                    && simple.sd.is_some_and(|sd| sd > 0.0 && sd.is_finite())
            }
            QuestionKind::Category => simple.shares.as_ref().is_some_and(|shares| {
                let sum: f64 = shares.values().sum();
                shares.values().all(|p| share(*p)) && (sum - 1.0).abs() < 1e-6
            }),
        };
        if !good {
            faults.push(fault(
                format!("question \"{id}\": its simple model gives no forecast"),
                "give probability for yes or no, mean and sd for a number, shares that sum to 1 for a category",
            ));
        }
    }
    faults
}
