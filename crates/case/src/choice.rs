//! What is decided and by whose wish: decisions to come, wishes, what came of earlier ones, and how far wishes carry.

use entry::unit::{PerYear, Probability, Ratio, Scale, Share};
use entry::{Entry, Estimate, Id, Keys};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What a decision is about. The words are those of the panel of contested decisions elsewhere.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Who heads the government.
    HeadOfGovernment,
    /// Who is head of state.
    HeadOfState,
    /// Who presides over the assembly.
    Speaker,
    /// Who holds another office.
    Minister,
    /// Whether a law stands.
    Law,
    /// Whether a decree stands.
    Decree,
    /// What a court or a prosecutor does.
    Judicial,
    /// A treaty, or whether foreign troops may be there.
    TreatyOrBasing,
    /// Whether somebody is sent away.
    Expulsion,
    /// Whether arms are held back.
    MilitaryRestraint,
    /// Whether somebody else's sanctions are kept to.
    SanctionCompliance,
    /// What is spent.
    Budget,
    /// Anything else.
    Other,
}

impl Matter {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::HeadOfGovernment,
        Self::HeadOfState,
        Self::Speaker,
        Self::Minister,
        Self::Law,
        Self::Decree,
        Self::Judicial,
        Self::TreatyOrBasing,
        Self::Expulsion,
        Self::MilitaryRestraint,
        Self::SanctionCompliance,
        Self::Budget,
        Self::Other,
    ];

    /// Its word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::HeadOfGovernment => "head_of_government",
            Self::HeadOfState => "head_of_state",
            Self::Speaker => "speaker",
            Self::Minister => "minister",
            Self::Law => "law",
            Self::Decree => "decree",
            Self::Judicial => "judicial",
            Self::TreatyOrBasing => "treaty_or_basing",
            Self::Expulsion => "expulsion",
            Self::MilitaryRestraint => "military_restraint",
            Self::SanctionCompliance => "sanction_compliance",
            Self::Budget => "budget",
            Self::Other => "other",
        }
    }
}

/// A decision that somebody may take: one that no other entry of the case brings about by itself.
///
/// The first of those who decide chooses among the alternatives. What it chooses comes about if each other one that
/// decides, and each body at its quota, chooses it over how things stand, and nobody who can stop it chooses otherwise.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "decision", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its id.
    pub id: Id,
    /// What is decided, as a noun phrase.
    pub name: String,
    /// What it is about.
    pub matter: Matter,
    /// The alternatives, two or more, each in a few words.
    #[schemars(with = "Vec<String>")]
    pub alternatives: Vec<Spanned<String>>,
    /// How things stood before anything was decided: one of the alternatives. Later decisions are `[[decided]]`.
    #[schemars(with = "String")]
    pub status: Spanned<String>,
    /// Who decides, the first of them by proposing.
    #[schemars(with = "Vec<String>")]
    pub by: Vec<Spanned<String>>,
    /// Bodies whose lists must choose it at the body's quota.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub bodies: Vec<Spanned<String>>,
    /// Who else can stop it, by right or because too much hangs on it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub vetoes: Vec<Spanned<String>>,
    /// The day on which it is due.
    pub day: Option<Date>,
    /// If no day is given: the chance in a year that it comes up.
    pub hazard: Option<Estimate<PerYear>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What was decided, on a day.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "decided", key = "decision:date", record)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The decision.
    #[schemars(with = "String")]
    pub decision: Spanned<String>,
    /// The day.
    pub date: Date,
    /// The alternative that holds from then on.
    #[schemars(with = "String")]
    pub alternative: Spanned<String>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// What an actor makes of an alternative of a decision, left to itself: what it would want if nobody pulled on it. An
/// alternative of which it has no wish is worth 0 to it.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "wish", key = "actor>decision:alternative")]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Whose.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// The decision.
    #[schemars(with = "String")]
    pub decision: Spanned<String>,
    /// The alternative.
    #[schemars(with = "String")]
    pub alternative: Spanned<String>,
    /// From -1 (would do much to stop it) to 1 (would do much to have it), left to itself.
    pub value: Estimate<Scale>,
    /// How much it cares how the matter comes out, in \[0, 1\]; the greatest given with any of its wishes counts for all.
    pub care: Option<Estimate<Share>>,
    /// How likely it is to threaten those who decide if they choose this, in \[0, 1\].
    pub threat: Option<Estimate<Probability>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// How much somebody cared, as far as it can be told from what it did.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Care {
    /// Inferred, no more.
    Low,
    /// Words.
    Medium,
    /// Envoys, threats, money, force.
    High,
}

impl Care {
    /// As a number in \[0, 1\]. Two coders agreed on who wanted what (kappa .96 to 1) and less on how much it cared
    /// (.50), so the steps are wide and even. *Judged*.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            Self::Low => 0.3,
            Self::Medium => 0.6,
            Self::High => 0.9,
        }
    }
}

/// Who wanted what in a settled decision.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Want {
    /// The actor.
    #[schemars(with = "String")]
    pub actor: Spanned<String>,
    /// The alternative.
    #[schemars(with = "String")]
    pub alternative: Spanned<String>,
    /// How much it cared.
    pub care: Care,
    /// Whether the wish was read off the actor's clients and no page states it.
    #[serde(default)]
    pub inferred: bool,
}

/// A settled decision in which somebody outside wanted something: who wanted what, and what came. From these is learned
/// how far wishes carry. No run has it in a list.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "precedent", key = "id", record)]
#[serde(deny_unknown_fields)]
pub struct Precedent {
    /// Its id.
    pub id: Id,
    /// What was decided, as a noun phrase.
    pub name: String,
    /// What it was about.
    pub matter: Matter,
    /// The day of the outcome.
    pub date: Date,
    /// Who decided; the contested state if not given.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub by: Vec<Spanned<String>>,
    /// What could have been done.
    #[schemars(with = "Vec<String>")]
    pub alternatives: Vec<Spanned<String>>,
    /// What was done.
    #[schemars(with = "String")]
    pub outcome: Spanned<String>,
    /// What those with most votes or force at home wanted; none where nobody can say.
    #[schemars(with = "Option<String>")]
    pub majority: Option<Spanned<String>>,
    /// Who outside wanted what.
    pub wants: Vec<Want>,
    /// Decisions that were one deal bear one word here and count as one.
    pub cluster: Option<String>,
    /// Who says so.
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// How far wishes carry, as learned from precedents (`shatterbelt anchor`): of all matters, or of one.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "anchor", key = "of")]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// `all`, or the word of a matter.
    #[schemars(with = "String")]
    pub of: Spanned<String>,
    /// What every autonomy is multiplied by: how far anybody outside counts at all. Under `all` only.
    #[entry(within(0.001, 1000))]
    pub kappa: Option<Estimate<Ratio>>,
    /// How surely what is wanted more is chosen.
    #[entry(within(0, 1000))]
    pub lambda: Option<Estimate<Ratio>>,
    /// The source.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// The word of the anchor of all matters.
pub const ALL_MATTERS: &str = "all";

impl crate::Case {
    /// How far wishes carry in matters of a kind: its own anchor, or that of all.
    #[must_use]
    pub fn anchor(&self, matter: Matter) -> Option<&Anchor> {
        let of = |word: &str| self.anchors.iter().find(|a| a.of.get_ref() == word);
        of(matter.word()).filter(|a| a.lambda.is_some()).or_else(|| of(ALL_MATTERS))
    }

    /// The belief of how far anybody outside counts at all; none where the case has not learned it.
    #[must_use]
    pub fn kappa(&self) -> Option<usize> {
        let all = self.anchors.iter().find(|a| a.of.get_ref() == ALL_MATTERS)?;
        all.kappa.as_ref().map(|k| k.id)
    }

    /// The place of the alternative that holds on the as-of date.
    #[must_use]
    pub fn stands(&self, decision: &Decision) -> Option<usize> {
        let of =
            |d: &&Decided| d.decision.get_ref() == decision.id.get_ref() && d.date <= self.as_of;
        let last = self.decided.iter().filter(of).max_by_key(|d| d.date);
        decision.place(last.map_or(&decision.status, |d| &d.alternative).get_ref())
    }
}

impl Decision {
    /// The place of an alternative.
    #[must_use]
    pub fn place(&self, alternative: &str) -> Option<usize> {
        self.alternatives.iter().position(|a| a.get_ref() == alternative)
    }
}
