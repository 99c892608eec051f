//! What a reported quantity says in words: of which kind it is, and the clause that tells it has come about.
//!
//! A quantity is known by its id, whose first parts are the process and what it reports. A quantity that is not
//! an event, or whose entry the case does not hold, has no clause.

use case::Case;
use case::rivalry::Rivalry;
use simulate::quantity::{Quantity, Unit};

use super::words;
use crate::text::Text;

/// What a movement is about: a heading of the section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Rivalries, strikes and attacks.
    Violence,
    /// Designations and waivers.
    Sanctions,
    /// Bills and decrees.
    Laws,
    /// Dialogues and complaints.
    Talks,
    /// Flows from abroad and what lacks without them.
    Supplies,
    /// Protest.
    Streets,
    /// Shocks from outside and the fall of allies.
    Shocks,
}

impl Kind {
    /// The heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Violence => "Strikes and attacks",
            Self::Sanctions => "Sanctions and waivers",
            Self::Laws => "Laws and decrees",
            Self::Talks => "Talks and complaints",
            Self::Supplies => "Supplies",
            Self::Streets => "The street",
            Self::Shocks => "Shocks and allies abroad",
        }
    }
}

/// A quantity told.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// What it is about.
    pub kind: Kind,
    /// What follows "It is likely that": no full stop.
    pub clause: Text,
    /// The beginnings of the paths of the estimates that it rests on.
    pub roots: Vec<String>,
    /// A value above this is the event; none where its being reported is.
    pub above: Option<f64>,
}

impl Told {
    /// Whether a run's value says that it came about.
    pub fn came(&self, value: Option<f32>) -> bool {
        match (value, self.above) {
            (Some(value), Some(above)) => f64::from(value) > above,
            (value, None) => value.is_some(),
            (None, Some(_)) => false,
        }
    }
}

/// Tells a quantity as an event, if it is one.
pub(super) fn event(case: &Case, quantity: &Quantity) -> Option<Told> {
    let mut parts = quantity.id.splitn(3, '.');
    let (process, what, of) = (parts.next()?, parts.next()?, parts.next());
    let of = of.unwrap_or(what);
    let quoted = |name: &str, rest: &str| {
        Text::new().plain("\u{201c}").name(name).plain(format!("\u{201d} {rest}"))
    };
    // What stands after the colon of the quantity's name.
    let named = || quantity.name.split_once(": ").map_or(quantity.name.as_str(), |(_, n)| n);
    let (kind, clause, roots) = match (process, what) {
        ("legislation", "passed" | "pulled" | "reversed") => {
            let fate = match what {
                "passed" => "is passed or issued",
                "pulled" => "is taken back",
                _ => "is reversed after it was issued",
            };
            (Kind::Laws, quoted(named(), fate), vec![format!("bill.{of}"), "veto.".to_owned()])
        }
        ("sanctions", "imposed") => {
            let (by, rest) = of.split_once('>')?;
            let (on, _) = rest.split_once(':').unwrap_or((rest, ""));
            let clause = Text::new()
                .name(name_of(case, by))
                .plain(words::agree(&name_of(case, by), " moves against ", " move against "))
                .name(name_of(case, on))
                .plain(format!(" ({})", named()));
            (Kind::Sanctions, clause, vec![format!("designation.{by}>{on}")])
        }
        ("sanctions", "lapsed") => {
            (Kind::Sanctions, quoted(named(), "lapses"), vec![format!("waiver.{of}")])
        }
        ("bargaining", "settled") => {
            let dialogue = case.dialogues.iter().find(|d| d.id.get_ref() == of)?;
            let clause = quoted(&dialogue.name, "ends in an agreement");
            (Kind::Talks, clause, vec![format!("dialogue.{of}")])
        }
        ("diplomacy", "complaint") => {
            let (_, pair) = rivals(case, of)?;
            let clause =
                Text::new().plain("a complaint is lodged over strikes between ").text(pair);
            (Kind::Talks, clause, vec![format!("rivalry.{of}")])
        }
        ("dependence", "cuts") => {
            let supply = case.supplies.iter().find(|s| s.id.get_ref() == of)?;
            (
                Kind::Supplies,
                quoted(&supply.name, "is cut at least once"),
                vec![format!("supply.{of}")],
            )
        }
        ("opinion", "outbreaks") => {
            (Kind::Streets, Text::from("protest breaks out"), vec!["segment.".to_owned()])
        }
        ("escalation", "peak" | "inside" | "crossings") => {
            let (rivalry, pair) = rivals(case, of)?;
            let clause = match what {
                "crossings" => Text::new()
                    .plain("strikes between ")
                    .text(pair)
                    .plain(" cross the airspace at least once"),
                "inside" => Text::new()
                    .plain("strikes between ")
                    .text(pair)
                    .plain(" fall inside the contested state"),
                _ => {
                    let now = rivalry.rungs.get(rung(case, rivalry) as usize)?;
                    let belief = case.beliefs.get(rivalry.rung.id);
                    match belief.is_some_and(|b| b.low.round() < b.high.round()) {
                        true => pair.plain(format!(
                            " climb above the rung they begin on, by the case \u{201c}{now}\u{201d}"
                        )),
                        false => pair.plain(format!(" climb above the rung \u{201c}{now}\u{201d}")),
                    }
                }
            };
            (Kind::Violence, clause, vec![format!("rivalry.{of}")])
        }
        ("shock", "pillar") => {
            let pillar = case.pillars.iter().find(|p| p.id.get_ref() == of)?;
            let verb = words::agree(&pillar.name, " falls", " fall");
            let clause = Text::new().name(words::mid(&pillar.name)).plain(verb);
            (Kind::Shocks, clause, vec![format!("pillar.{of}")])
        }
        ("shock", _) => {
            let clause = Text::new().name(words::clause(&quantity.name));
            (Kind::Shocks, clause, vec![format!("shock.{of}")])
        }
        _ => return None,
    };
    let above = match (quantity.unit, what) {
        (Unit::Happens, _) => Some(0.5),
        (Unit::Rung, _) => {
            let (rivalry, _) = rivals(case, of)?;
            Some(rung(case, rivalry))
        }
        (Unit::DaysUntil, _) => None,
        _ => Some(0.0),
    };
    let mut roots = roots;
    roots.push(format!("process.{process}."));
    Some(Told { kind, clause, roots, above })
}

/// The rung of a rivalry on the as-of date, as the case has it.
pub(super) fn rung(case: &Case, rivalry: &Rivalry) -> f64 {
    case.beliefs.get(rivalry.rung.id).map_or(0.0, |b| b.value.round().max(0.0))
}

/// A rivalry and its two sides in words.
fn rivals<'c>(case: &'c Case, id: &str) -> Option<(&'c Rivalry, Text)> {
    let rivalry = case.rivalries.iter().find(|r| r.id.get_ref() == id)?;
    // A name such as "A and B" says more than the two actors, one of whom may stand for many.
    if rivalry.name.contains(" and ") {
        return Some((rivalry, Text::new().name(words::mid(&rivalry.name))));
    }
    let side = |id: &str| Text::new().name(name_of(case, id));
    let pair = side(rivalry.a.get_ref()).plain(" and ").text(side(rivalry.b.get_ref()));
    Some((rivalry, pair))
}

/// An actor's name as it stands in the middle of a sentence.
pub(super) fn name_of(case: &Case, id: &str) -> String {
    case.actor(id).map_or_else(|| id.to_owned(), |a| words::mid(&a.name))
}
