//! What is reported of a run beside seats and governments: named numbers with their units.

use serde::Serialize;

use crate::model::Model;

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share or a chance, in \[0, 1\].
    Share,
    /// Whether something came about: 0 or 1.
    Happens,
    /// How many.
    Count,
    /// Days.
    Days,
    /// Days from the as-of date until something came about.
    DaysUntil,
    /// A place on an issue's line, in \[0, 1\].
    Position,
    /// A rung of a ladder, from 0.
    Rung,
    /// A multiple of what it was on the as-of date.
    Multiple,
    /// From -1 (all reject) to 1 (all approve).
    Favour,
}

/// Which quantity it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The process that reports it.
    pub process: &'static str,
    /// What of it: a word of the process, or the id of what it is of where there is but one thing to report.
    pub what: String,
    /// Of what in the case, where it is of something.
    pub of: Option<String>,
}

impl Key {
    /// Something that a process reports of the whole case.
    #[must_use]
    pub fn new(process: &'static str, what: impl Into<String>) -> Self {
        Self { process, what: what.into(), of: None }
    }

    /// The same of one thing in the case.
    #[must_use]
    pub fn of(self, of: impl Into<String>) -> Self {
        Self { of: Some(of.into()), ..self }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.process, self.what)?;
        self.of.as_ref().map_or(Ok(()), |of| write!(f, ".{of}"))
    }
}

/// What a movement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Rivalries, strikes and attacks.
    Violence,
    /// Designations and waivers.
    Sanctions,
    /// Bills and decrees.
    Laws,
    /// Other decisions.
    Decisions,
    /// Dialogues and complaints.
    Talks,
    /// Flows from abroad and what lacks without them.
    Supplies,
    /// Protest.
    Streets,
    /// Shocks from outside and the fall of allies.
    Shocks,
}

/// A piece of a clause; how names stand in a sentence is for whoever writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Plain(String),
    /// A name in the middle of a sentence.
    Name(String),
    /// A name as the case writes it.
    Title(String),
    /// A sentence of the case within another.
    Sentence(String),
    /// A verb that agrees with a name: of one, of several.
    Verb(String, &'static str, &'static str),
}

/// What of a reported value counts as having come about.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// That it is reported.
    Reported,
    /// That it is above this.
    Above(f64),
    /// That it is above where the run began, which is followed under the id; above the number where it is not.
    Climbed(String, f64),
}

/// How a quantity is told as an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Tale {
    /// What it is about.
    pub subject: Subject,
    /// What follows "It is likely that".
    pub clause: Vec<Piece>,
    /// What counts as having come about.
    pub came: Came,
    /// The beginnings of the paths of the estimates that it rests on.
    pub roots: Vec<String>,
}

/// How a quantity is told as an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// What it is about.
    pub subject: Subject,
    /// Its form.
    pub form: AmountForm,
    /// The beginnings of the paths of the estimates that it rests on.
    pub roots: Vec<String>,
}

/// The form of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountForm {
    /// Somebody does something to somebody so many times: who, the verb of one and of several, to whom.
    Times(String, [&'static str; 2], String),
    /// A share stands between words.
    Share(&'static str, &'static str),
}

/// The events by which a quantity is seen from outside: PLOVER's classes, by whom and to whom; anybody if empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The classes, any of which will do.
    pub classes: &'static [&'static str],
    /// Who does it: any of these.
    pub sources: Vec<String>,
    /// To whom: any of these.
    pub recipients: Vec<String>,
}

/// A named number of a run, and what its process says of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    /// Its key as text, such as `sanctions.imposed.a>b:bank`.
    pub id: String,
    /// What it is, for people: a noun phrase.
    pub name: String,
    /// What it counts.
    pub unit: Unit,
    /// Which it is.
    #[serde(skip)]
    pub key: Key,
    /// How it is told as an event, if it is one.
    #[serde(skip)]
    pub tale: Option<Tale>,
    /// How it is told as an amount, if it is one.
    #[serde(skip)]
    pub amount: Option<Amount>,
    /// The events that show it, if any do.
    #[serde(skip)]
    pub shown: Option<Shown>,
    /// Whether nobody sees it from outside: a state of mind or of means.
    #[serde(skip)]
    pub unseen: bool,
}

impl Quantity {
    /// A quantity.
    #[must_use]
    pub fn new(key: Key, name: impl Into<String>, unit: Unit) -> Self {
        let (id, name) = (key.to_string(), name.into());
        Self { id, name, unit, key, tale: None, amount: None, shown: None, unseen: false }
    }

    /// Told as an event, with the beginnings of the paths that it rests on beside its process's parameters. What has
    /// come about follows from the unit.
    #[must_use]
    pub fn told(self, subject: Subject, clause: Vec<Piece>, roots: &[String]) -> Self {
        let came = match self.unit {
            Unit::Happens => Came::Above(0.5),
            Unit::DaysUntil => Came::Reported,
            _ => Came::Above(0.0),
        };
        self.told_when(came, subject, clause, roots)
    }

    /// Told as an event that has come about by a rule of its own.
    #[must_use]
    pub fn told_when(
        mut self,
        came: Came,
        subject: Subject,
        clause: Vec<Piece>,
        roots: &[String],
    ) -> Self {
        let mut roots = roots.to_vec();
        roots.push(format!("process.{}.", self.key.process));
        self.tale = Some(Tale { subject, clause, came, roots });
        self
    }

    /// Told as an amount.
    #[must_use]
    pub fn amounts(mut self, subject: Subject, form: AmountForm, roots: &[String]) -> Self {
        self.amount = Some(Amount { subject, form, roots: roots.to_vec() });
        self
    }

    /// Shown by events.
    #[must_use]
    pub fn shown(
        mut self,
        classes: &'static [&'static str],
        sources: &[&String],
        recipients: &[&String],
    ) -> Self {
        let own = |ids: &[&String]| ids.iter().map(|id| (*id).clone()).collect();
        self.shown = Some(Shown { classes, sources: own(sources), recipients: own(recipients) });
        self
    }

    /// Seen by nobody.
    #[must_use]
    pub fn unseen(self) -> Self {
        Self { unseen: true, ..self }
    }
}

/// Words of a clause.
pub(crate) fn plain(words: impl Into<String>) -> Piece {
    Piece::Plain(words.into())
}

/// A title in quotes, and what becomes of it.
pub(crate) fn quoted(title: &str, rest: &str) -> Vec<Piece> {
    vec![plain("\u{201c}"), Piece::Title(title.to_owned()), plain(format!("\u{201d} {rest}"))]
}

/// An actor's name in a clause; its id where the case does not hold it.
pub(crate) fn name_of(model: &Model<'_>, id: &str) -> String {
    model.case.actor(id).map_or_else(|| id.to_owned(), |a| a.name.clone())
}

/// The two sides of a rivalry in a clause.
pub(crate) fn pair(model: &Model<'_>, rivalry: &case::rivalry::Rivalry) -> Vec<Piece> {
    // A name such as "A and B" says more than the two actors, one of whom may stand for many.
    if rivalry.name.contains(" and ") {
        return vec![Piece::Name(rivalry.name.clone())];
    }
    let side = |id: &toml::Spanned<String>| Piece::Name(name_of(model, id.get_ref()));
    vec![side(&rivalry.a), plain(" and "), side(&rivalry.b)]
}

/// What follows sway: no process, but named like one.
pub const SWAY: &str = "sway";

/// The sway of the case's focus over its body, which is followed in every run that moves.
pub(crate) fn sway(model: &Model<'_>) -> Vec<Quantity> {
    if !model.moves() {
        return Vec::new();
    }
    let case = model.case;
    let body = case.bodies.iter().find(|b| b.id.get_ref() == case.head.body.get_ref());
    let over = body.map_or("the body", |b| b.name.as_str());
    focus(model)
        .map(|actor| {
            let actor = &case.actors[actor];
            let name = format!("Sway of {} over {over}", actor.label());
            Quantity::new(Key::new(SWAY, actor.id.get_ref()), name, Unit::Share)
        })
        .collect()
}

/// The actors of the case's focus, by place.
pub(crate) fn focus<'m>(model: &'m Model<'_>) -> impl Iterator<Item = usize> + 'm {
    model.case.head.focus.iter().filter_map(|id| model.case.actor_index(id.get_ref()))
}
