//! Numbers with their units: value, ends of a range, unit, per what, of what whole, and the words
//! that say what is measured.
//!
//! Dates, ordinals, list numbers and clock times are not quantities. "Millions" has no value, only
//! a lower end. The numbers are read as written; two of them are never averaged.

pub(crate) mod cells;
mod number;
mod people;
mod polls;
mod shares;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::chunks::{Clauses, Range, reads_as_people};
use crate::records::Bound;
use crate::tokens::Kind;
use crate::words::{Tag, rows, singular, words};
pub(crate) use number::small;
use number::{number, number_with_sign, range_of};
pub(crate) use polls::sample_before;
use shares::{compound, part_of, share};

/// A quantity before it is made a record.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// First token and one past the last.
    pub(crate) tokens: (usize, usize),
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) bound: Bound,
    pub(crate) unit: String,
    pub(crate) per: Option<String>,
    pub(crate) of: Option<f64>,
    pub(crate) what: Option<Range>,
    /// Who counted, polled or supplies it.
    pub(crate) by: Option<Range>,
    pub(crate) also: Option<(f64, String)>,
}

impl Measured {
    /// A figure read at once: its ends follow from what bounds it, and nothing else is said of it.
    pub(crate) fn plain(tokens: (usize, usize), value: f64, bound: Bound, unit: &str) -> Self {
        Self {
            tokens,
            value: Some(value),
            low: (bound != Bound::AtMost).then_some(value),
            high: (bound != Bound::AtLeast).then_some(value),
            bound,
            unit: unit.to_owned(),
            per: None,
            of: None,
            what: None,
            by: None,
            also: None,
        }
    }
}

struct Unit {
    name: &'static str,
    family: &'static str,
}

fn units() -> &'static HashMap<&'static str, Unit> {
    static UNITS: OnceLock<HashMap<&'static str, Unit>> = OnceLock::new();
    UNITS.get_or_init(|| {
        let mut out = HashMap::new();
        for row in rows(include_str!("../lexicon/units.tsv")) {
            let [name, family, words] = row[..] else {
                continue;
            };
            for word in words.split_whitespace() {
                out.insert(word, Unit { name, family });
            }
        }
        out
    })
}

/// Whether a dictionary form stands on a list of `lexicon/english/figures.tsv`.
pub(crate) fn listed(list: &str, lemma: &str) -> bool {
    static LISTS: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let file = rows(include_str!("../lexicon/english/figures.tsv"));
        file.filter_map(|row| Some((row[0], row.get(1)?.split_whitespace().collect()))).collect()
    });
    lists.get(list).is_some_and(|words| words.contains(&lemma))
}

pub(crate) fn quantities(c: &Clauses<'_>) -> Vec<Measured> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < c.tokens.len() {
        match read(c, i).or_else(|| people::bare(c, i, &out)) {
            Some(found) => {
                i = found.tokens.1;
                out.push(found);
            }
            None => i += 1,
        }
    }
    wholes(c, &mut out);
    polls::complete(c, &mut out);
    out
}

fn read(c: &Clauses<'_>, i: usize) -> Option<Measured> {
    if c.dated[i] {
        return None;
    }
    if let Some(found) = compound(c, i).or_else(|| share(c, i)).or_else(|| part_of(c, i)) {
        return Some(found);
    }
    let (start, opening) = bound_before(c, i);
    let mut at = i;
    let currency =
        units().get(c.word(at)).filter(|u| u.family == "money" && c.tag(at) == Some(Tag::Punct));
    at += usize::from(currency.is_some());
    let mut bound = opening;
    let mut first = start;
    if c.word(i) == "between" || c.word(i) == "from" {
        let from = number_with_sign(c, i + 1)?;
        let joint = if c.word(i) == "between" { "and" } else { "to" };
        if c.word(from.0.end) != joint {
            return None;
        }
        let to = number_with_sign(c, from.0.end + 1)?;
        first = i;
        return finish(c, first, to.0.end, range_of(from.0, to.0), Bound::Between, from.1.or(to.1));
    }
    let number = number(c, at)?;
    let dash = matches!(c.word(number.end), "-" | "–")
        || c.word(number.end) == "to" && c.tag(number.end + 1) == Some(Tag::Num);
    if dash && let Some((to, sign)) = number_with_sign(c, number.end + 1) {
        let money = currency.map(|u| u.name).or(sign);
        return finish(c, first, to.end, range_of(number, to), Bound::Between, money);
    }
    if number.value.is_none() {
        bound = Bound::AtLeast;
    }
    let value = (number.value, number.low.or(number.value), number.value);
    finish(c, first, number.end, value, bound, currency.map(|u| u.name))
}

/// Words before the number that bound it, and where they begin.
fn bound_before(c: &Clauses<'_>, i: usize) -> (usize, Bound) {
    let back = |n: usize| i.checked_sub(n).map_or("", |j| c.word(j));
    let pair = format!("{}_{}", back(2), back(1));
    for (list, bound) in
        [("at-least", Bound::AtLeast), ("at-most", Bound::AtMost), ("about", Bound::About)]
    {
        if let Some(words) =
            [(2, pair.as_str()), (1, back(1))].into_iter().find(|(_, w)| listed(list, w))
        {
            return (i - words.0, bound);
        }
    }
    // "exceeded 40": a verb, and no part of the number
    let bound = if listed("passes", back(1)) { Bound::AtLeast } else { Bound::Exactly };
    (i, bound)
}

/// Reads unit, "per", "what" after a number and makes the quantity; refuses numbers that measure
/// nothing.
fn finish(
    c: &Clauses<'_>,
    first: usize,
    number_end: usize,
    value: (Option<f64>, Option<f64>, Option<f64>),
    bound: Bound,
    currency: Option<&'static str>,
) -> Option<Measured> {
    let mut end = number_end;
    let mut what = None;
    let mut unit = currency.map(str::to_owned);
    if unit.is_none() {
        let mut at = end;
        at += usize::from(c.word(at) == "of" && value.0.is_none());
        let nation = c.tag(at) == Some(Tag::Name) && units().contains_key(c.word(at + 1));
        at += usize::from(nation || matches!(c.word(at), "us" | "more" | "other" | "additional"));
        let pair = format!("{}_{}", c.word(at), c.word(at + 1));
        let two = units().get(pair.as_str());
        let width = if two.is_some() { 2 } else { 1 };
        match two.or_else(|| units().get(c.word(at))) {
            Some(found)
                if !(matches!(c.word(at), "m" | "ton" | "foot")
                    && !c.tokens[at].joined
                    && c.word(at) == "m") =>
            {
                unit = Some(match found.family {
                    "count" if found.name == "persons" => "persons".to_owned(),
                    _ => found.name.to_owned(),
                });
                end = at + width;
            }
            _ => {
                // the noun counted: the head of the phrase that follows
                let phrase = c.phrase_at(at).filter(|p| p.first == at && p.end <= at + 5)?;
                let head = c.word(phrase.end - 1);
                let name = c.tag(phrase.end - 1) == Some(Tag::Name);
                let counted =
                    head.ends_with('s') || units().contains_key(head) || value.0 == Some(1.0);
                if name || !counted || c.tokens[phrase.end - 1].kind == Kind::Number || head == "'s"
                {
                    return None;
                }
                let people = words().people.contains(singular(head).as_str())
                    && head.ends_with('s')
                    || reads_as_people(head);
                let plain = match units().get(head) {
                    Some(unit) => unit.name.to_owned(),
                    None if people && !listed("bodies", &singular(head)) => "persons".to_owned(),
                    None => singular(head),
                };
                if matches!(
                    plain.as_str(),
                    "time" | "am" | "pm" | "side" | "other" | "thing" | "way" | "kind"
                ) {
                    return None;
                }
                unit = Some(plain);
                end = phrase.end;
            }
        }
        if unit.as_deref() == Some("USD")
            || units().get(c.word(end - 1)).is_some_and(|u| u.family == "count")
        {
            what = Some(Range { first: number_end, end });
        }
    }
    let unit = unit?;
    // "one" is mostly a pronoun, and "two countries" is a way to speak
    let small = value.0.is_some_and(|v| v < 3.0)
        && c.tokens[number_end - 1].kind == Kind::Word
        && c.tag(number_end - 1) == Some(Tag::Num);
    let measured = units().values().any(|u| u.name == unit);
    if small && (!measured || value.0 == Some(1.0)) {
        return None;
    }
    let mut per = None;
    if matches!(c.word(end), "per" | "a" | "each" | "every" | "/")
        && let Some(time) = units().get(c.word(end + 1))
        && (matches!(c.word(end), "per" | "/") || time.family == "time")
    {
        per = Some(time.name.to_owned());
        end += 2;
    }
    let (value, low, high) = match bound {
        Bound::AtLeast => (value.0, value.1, None),
        Bound::AtMost => (value.0, None, value.2),
        _ => value,
    };
    let (of, by) = if unit == "percent" { shares::of_what(c, first, end) } else { (None, None) };
    let what = of.or_else(|| subject_of(c, first)).or(what);
    Some(Measured {
        tokens: (first, end),
        value,
        low,
        high,
        bound,
        unit,
        per,
        of: None,
        what,
        by,
        also: None,
    })
}

/// What is measured: the subject of the verb before the number, where there is one near.
fn subject_of(c: &Clauses<'_>, first: usize) -> Option<Range> {
    let verb = (first.saturating_sub(8)..first)
        .rev()
        .take_while(|j| !c.is_break(*j))
        .find(|j| matches!(c.tag(*j), Some(Tag::Verb | Tag::Be | Tag::Have)))?;
    let subject = c.subject(&c.verb_group(verb));
    subject.first().copied()
}

/// "27 seats in the 329-seat parliament": the whole goes to the part.
fn wholes(c: &Clauses<'_>, list: &mut [Measured]) {
    for i in 1..list.len() {
        let (before, after) = list.split_at_mut(i);
        let (Some(part), whole) = (before.last_mut(), &after[0]) else {
            continue;
        };
        let between = part.tokens.1..whole.tokens.0;
        let inside =
            between.len() <= 3 && between.clone().any(|j| matches!(c.word(j), "in" | "of" | "out"));
        if inside && part.unit == whole.unit && whole.value > part.value {
            part.of = whole.value;
        }
    }
}
