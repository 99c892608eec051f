//! One measured thing with different values.
//!
//! Two numbers are of one matter when their unit and "per" agree, the noun measured is the same and
//! its describing words do not part it ("oil exports", "gas exports"), the owner is the same, the
//! counterpart (the other end of a border, a trade, a distance) is the same or left unsaid in a
//! document that is mostly about it, and the times overlap. What does not change from month to
//! month (a border, an area, the size of a chamber) needs no time; what is counted of one occasion
//! (the dead of a raid) needs the same day and the same kind of event. *Judged*: "about" allows a
//! tenth either way, a bare round number a fiftieth, and two units of one length a twentieth.

use std::collections::{BTreeMap, BTreeSet};

use super::{Comparison, Kind, Named, Passed, Testimony, side};
use crate::dates::{Precision, When};
use crate::quantities::listed;
use crate::records::{Bound, Class, Quantity};
use crate::words::{singular, words};

struct Figure<'a> {
    testimony: &'a Testimony,
    quantity: &'a Quantity,
    /// Head noun of what is measured, the words that describe it.
    noun: String,
    describing: BTreeSet<String>,
    owners: Vec<&'a str>,
    counterparts: Vec<&'a str>,
    unit: String,
    scale: f64,
    when: Option<When>,
    /// How many were killed or hurt on one occasion: the parties are those of the deed.
    toll: bool,
}

/// How long a figure of a noun holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// For years.
    Lasting,
    /// For the period it is told of.
    Period,
    /// Of one occasion.
    Occasion,
}

pub(super) fn compare(testimonies: &[Testimony], names: Named<'_>) -> Vec<Comparison> {
    let figures: Vec<Figure<'_>> =
        testimonies.iter().flat_map(|t| t.quantities.iter().filter_map(|q| figure(t, q))).collect();
    let mut slots: BTreeMap<(&str, &str), Vec<Vec<&Figure<'_>>>> = BTreeMap::new();
    for one in &figures {
        let groups = slots.entry((one.noun.as_str(), one.unit.as_str())).or_default();
        match groups.iter_mut().find(|g| g.iter().all(|other| same_matter(one, other))) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    slots.values().flatten().filter(|g| g.len() > 1).filter_map(|g| comparison(g, names)).collect()
}

/// Lengths given in two units that do not agree.
pub(super) fn units(testimonies: &[Testimony]) -> Vec<Comparison> {
    let mut out = Vec::new();
    for testimony in testimonies {
        for q in &testimony.quantities {
            let (Some(value), Some((other, unit))) = (q.value, &q.also) else { continue };
            if q.units_agree() != Some(false) {
                continue;
            }
            let at = |says: String| side(says, vec![testimony.passed(q.sentence, &q.quote, &q.id)]);
            out.push(Comparison {
                kind: Kind::Units,
                matter: q.quote.text().to_owned(),
                sides: vec![at(format!("{value} {}", q.unit)), at(format!("{other} {unit}"))],
            });
        }
    }
    out
}

fn figure<'a>(testimony: &'a Testimony, quantity: &'a Quantity) -> Option<Figure<'a>> {
    quantity.value.or(quantity.low).or(quantity.high)?;
    if let Some(figure) = toll(testimony, quantity) {
        return Some(figure);
    }
    // names say whose, the other words say what
    let what: Vec<&str> = quantity.what.as_ref()?.text().split_whitespace().collect();
    let last = what.len().checked_sub(1)?;
    let plain = |(i, w): (usize, &&str)| i == last || !w.starts_with(char::is_uppercase);
    let kept: Vec<&str> =
        what.iter().enumerate().filter(|(i, w)| plain((*i, w))).map(|(_, w)| *w).collect();
    let what = kept.join(" ").to_lowercase();
    let mut list: Vec<&str> = what
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty() && w.chars().any(char::is_alphabetic))
        .collect();
    // seats and votes are won by somebody: the noun is the unit, the owner the winner
    let won = matches!(quantity.unit.as_str(), "seats" | "votes");
    let noun = if won { quantity.unit.clone() } else { singular(list.pop()?) };
    let describing = list
        .into_iter()
        .filter(|w| !words().closed.contains_key(w) && *w != "s")
        .map(singular)
        .collect::<BTreeSet<_>>();
    let named = testimony.named(quantity.sentence);
    let relational = is_relation(&noun);
    let owners: Vec<&str> = if quantity.actors.is_empty() && relational {
        named.iter().take(1).copied().collect()
    } else {
        quantity.actors.iter().map(String::as_str).collect()
    };
    let counterparts = if relational {
        named.into_iter().filter(|a| !owners.contains(a)).collect()
    } else {
        Vec::new()
    };
    let (unit, scale) = base_unit(&quantity.unit);
    let per = quantity.per.as_ref().map_or_else(String::new, |p| format!(" per {p}"));
    (!owners.is_empty()).then_some(Figure {
        testimony,
        quantity,
        noun,
        describing,
        owners,
        counterparts,
        unit: format!("{unit}{per}"),
        scale,
        when: quantity.when,
        toll: false,
    })
}

/// How near a word for the killed or the hurt stands to a number of people.
const BESIDE: usize = 3;

/// "Killed 12 people", "31 dead": a toll belongs to the deed of its sentence, its parties and its day.
fn toll<'a>(testimony: &'a Testimony, quantity: &'a Quantity) -> Option<Figure<'a>> {
    let sentence = testimony.sentences.get(&quantity.sentence)?;
    let (before, after) = sentence.split_once(quantity.quote.text())?;
    let list = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let own = list(quantity.quote.text());
    let (before, after) = (list(before), list(after));
    let near = || {
        let before = before.iter().rev().take(BESIDE);
        own.iter().chain(after.iter().take(BESIDE)).chain(before)
    };
    let of = |list: &str| near().position(|w| listed(list, w));
    let noun = match (of("killed"), of("hurt")) {
        (Some(dead), hurt) if hurt.is_none_or(|hurt| dead < hurt) => "dead",
        (_, Some(_)) => "wounded",
        _ => return None,
    };
    let deed = testimony
        .events
        .iter()
        .find(|e| e.sentence == quantity.sentence && e.class == Class::Assault && e.is_fact())?;
    let owners: Vec<&str> = deed.source_actors().chain(deed.recipient_actors()).collect();
    (!owners.is_empty()).then(|| Figure {
        testimony,
        quantity,
        noun: noun.to_owned(),
        describing: BTreeSet::new(),
        owners,
        counterparts: Vec::new(),
        unit: "persons".to_owned(),
        scale: 1.0,
        when: quantity.when.or(deed.when),
        toll: true,
    })
}

fn is_relation(noun: &str) -> bool {
    matches!(noun, "border" | "frontier" | "distance" | "trade" | "pipeline" | "boundary")
}

fn holds(noun: &str, unit: &str) -> Holds {
    match noun {
        "border" | "frontier" | "boundary" | "distance" | "area" | "coastline" | "parliament"
        | "assembly" | "chamber" | "legislature" | "pipeline" => Holds::Lasting,
        "seats" | "votes" => Holds::Period,
        _ if matches!(unit, "persons") => Holds::Occasion,
        "trade" | "export" | "import" | "revenue" | "budget" | "deficit" | "debt" | "income"
        | "turnout" | "inflation" | "production" | "output" | "reserve" | "population"
        | "arrear" | "price" | "growth" | "unemployment" => Holds::Period,
        _ => Holds::Occasion,
    }
}

fn same_matter(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let here = a.testimony.source == b.testimony.source;
    if a.unit != b.unit || a.noun != b.noun || here && a.quantity.sentence == b.quantity.sentence {
        return false;
    }
    let apart = !a.describing.is_empty()
        && !b.describing.is_empty()
        && !a.describing.is_subset(&b.describing)
        && !b.describing.is_subset(&a.describing);
    let wholes = matches!((a.quantity.of, b.quantity.of), (Some(x), Some(y)) if x != y);
    !apart && !wholes && same_parties(a, b) && same_time(a, b)
}

/// Whose figure it is, in whatever order the text names them.
fn parties<'a>(figure: &Figure<'a>) -> BTreeSet<&'a str> {
    figure.owners.iter().copied().collect()
}

/// The owners agree, and so do the counterparts, or the side that leaves its own unsaid is mostly
/// about it.
fn same_parties(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    if a.toll || b.toll {
        return a.toll == b.toll && parties(a) == parties(b);
    }
    if !is_relation(&a.noun) {
        return a.owners == b.owners;
    }
    let all = |f: &Figure<'_>| -> BTreeSet<String> {
        f.owners.iter().chain(&f.counterparts).map(|s| (*s).to_owned()).collect()
    };
    let (left, right) = (all(a), all(b));
    if left.is_disjoint(&right) {
        return false;
    }
    let about = |f: &Figure<'_>, missing: &BTreeSet<String>| {
        let chief = f.testimony.chief(2);
        missing.iter().all(|m| chief.contains(&m.as_str()))
    };
    match (a.counterparts.is_empty(), b.counterparts.is_empty()) {
        (false, false) => left == right,
        (true, false) => about(a, &(&right - &left)),
        (false, true) => about(b, &(&left - &right)),
        (true, true) => left == right && a.testimony.source == b.testimony.source,
    }
}

fn same_time(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let overlap = |x: When, y: When| x.from <= y.to && y.from <= x.to;
    let told = |f: &Figure<'_>| f.when;
    let near = |days: i32| match (a.testimony.dated, b.testimony.dated) {
        (Some(x), Some(y)) => x.until(y).is_ok_and(|s| s.get_days().abs() <= days),
        _ => false,
    };
    match (holds(&a.noun, &a.unit), told(a), told(b)) {
        (Holds::Lasting, ..) => true,
        (Holds::Period, Some(x), Some(y)) => overlap(x, y) && x.precision == y.precision,
        (Holds::Period, None, None) => near(45) || a.testimony.source == b.testimony.source,
        (Holds::Occasion, Some(x), Some(y)) => {
            x.precision == Precision::Day && x == y && shares_event(a, b)
        }
        _ => false,
    }
}

/// Whether the two sentences tell of the same kind of event by or against somebody in common.
fn shares_event(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let events = |f: &Figure<'_>| {
        let sentence = f.quantity.sentence;
        f.testimony
            .events
            .iter()
            .filter(move |e| e.sentence == sentence)
            .cloned()
            .collect::<Vec<_>>()
    };
    events(a).iter().any(|x| {
        events(b).iter().any(|y| {
            let parties = |e: &crate::records::Event| -> Vec<String> {
                e.source_actors().chain(e.recipient_actors()).map(str::to_owned).collect()
            };
            x.class == y.class && parties(x).iter().any(|p| parties(y).contains(p))
        })
    })
}

fn comparison(group: &[&Figure<'_>], names: Named<'_>) -> Option<Comparison> {
    let mut sides: Vec<(Vec<&Figure<'_>>, (f64, f64))> = Vec::new();
    for one in group {
        let own = range(one);
        match sides.iter_mut().find(|(_, r)| r.0 <= own.1 && own.0 <= r.1) {
            Some((list, r)) => {
                list.push(one);
                *r = (r.0.max(own.0), r.1.min(own.1));
            }
            None => sides.push((vec![one], own)),
        }
    }
    let kind = if sides.len() > 1 { Kind::Figures } else { Kind::Agreement };
    let first = group.first()?;
    let documents: BTreeSet<&str> = group.iter().map(|f| f.testimony.source.as_str()).collect();
    if kind == Kind::Agreement && documents.len() < 2 {
        return None;
    }
    let mut parties: Vec<&str> =
        group.iter().flat_map(|f| f.owners.iter().chain(&f.counterparts)).copied().collect();
    parties.sort_unstable();
    parties.dedup();
    let matter = format!("{} ({}): {}", first.noun, first.unit, names.list(parties.into_iter()));
    let sides = sides
        .into_iter()
        .map(|(list, _)| {
            let passages: Vec<Passed> = list
                .iter()
                .map(|f| f.testimony.passed(f.quantity.sentence, &f.quantity.quote, &f.quantity.id))
                .collect();
            side(list[0].quantity.quote.text().to_owned(), passages)
        })
        .collect();
    Some(Comparison { kind, matter, sides })
}

/// What a statement allows, in the base unit.
fn range(figure: &Figure<'_>) -> (f64, f64) {
    let q = figure.quantity;
    let low = q.low.unwrap_or(f64::NEG_INFINITY);
    let high = q.high.unwrap_or(f64::INFINITY);
    let (low, high) = match (q.bound, q.value) {
        (Bound::About, Some(v)) => (v - v.abs() * 0.1, v + v.abs() * 0.1),
        (Bound::Exactly, Some(v)) if is_round(v) => (v - v.abs() * 0.02, v + v.abs() * 0.02),
        _ => (low, high),
    };
    (low * figure.scale, high * figure.scale)
}

/// Two digits and noughts: a number that was rounded before it was written.
fn is_round(value: f64) -> bool {
    let mut v = value.abs();
    while v >= 100.0 {
        if v % 10.0 != 0.0 {
            return false;
        }
        v /= 10.0;
    }
    value.abs() >= 100.0
}

/// Lengths and masses in one unit.
fn base_unit(unit: &str) -> (&str, f64) {
    match unit {
        "mi" => ("km", 1.609_344),
        "nmi" => ("km", 1.852),
        "m" => ("km", 0.001),
        "kg" => ("t", 0.001),
        other => (other, 1.0),
    }
}

impl Quantity {
    /// Whether the length in brackets is the same within a twentieth; none where there is none, or
    /// its unit is not of the same sort.
    pub fn units_agree(&self) -> Option<bool> {
        let (other, unit) = self.also.as_ref()?;
        let ((a, x), (b, y)) = (base_unit(&self.unit), base_unit(unit));
        let (a_value, b_value) = (self.value? * x, other * y);
        (a == b).then(|| (a_value - b_value).abs() <= 0.05 * a_value.abs().max(b_value.abs()))
    }
}
