//! Parts of a stated whole, shares in words, and numbers joined to their unit by a hyphen.

use super::listed;
use super::number::{number, small};
use super::{Measured, bound_before, finish, subject_of, units};
use crate::chunks::{Clauses, Range};
use crate::records::Bound;
use crate::words::{Tag, words};

/// "71 of the 210 seats", "two of its three ports": a part of a stated whole.
pub(super) fn part_of(c: &Clauses<'_>, i: usize) -> Option<Measured> {
    let (start, bound) = bound_before(c, i);
    let part = number(c, i)?;
    let of = part.end;
    let whole = whole_after(c, of)?;
    let (total, value) = (whole.value?, part.value?);
    (value < total).then(|| Measured {
        tokens: (start, whole.tokens.1),
        value: Some(value),
        low: (bound != Bound::AtMost).then_some(value),
        high: (bound != Bound::AtLeast).then_some(value),
        bound,
        of: Some(total),
        what: subject_of(c, start).or(whole.what),
        ..whole
    })
}

/// The counted whole behind "of the", "of its" or "out of".
fn whole_after(c: &Clauses<'_>, at: usize) -> Option<Measured> {
    let at = at + usize::from(c.word(at) == "out");
    let opened =
        matches!(c.tag(at + 1), Some(Tag::Det | Tag::Poss)) || c.word(at) == "of" && at > 0;
    if c.word(at) != "of" || !opened {
        return None;
    }
    let first = at + 1 + usize::from(matches!(c.tag(at + 1), Some(Tag::Det | Tag::Poss)));
    let total = number(c, first)?;
    let value = (total.value, total.value, total.value);
    finish(c, first, total.end, value, Bound::Exactly, None).filter(|m| m.value == total.value)
}

/// "A third of its 329 seats", "three quarters of the budget", "by half": a share in words, of a
/// stated whole or in percent.
pub(super) fn share(c: &Clauses<'_>, i: usize) -> Option<Measured> {
    if let Some(found) = one_in(c, i) {
        return Some(found);
    }
    let (n, at) = match c.word(i) {
        "a" | "one" => (1.0, i + 1),
        "half" => (1.0, i),
        word => (small(word).filter(|n| (2.0..=9.0).contains(n))?, i + 1),
    };
    let (top, bottom) = match c.word(at).split_once('-') {
        Some((top, bottom)) => (small(top)?, bottom),
        None => (n, c.word(at)),
    };
    let parts = match bottom {
        "half" if top == 1.0 => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    if top >= parts || (top > 1.0) != bottom.ends_with('s') {
        return None;
    }
    let (start, mut bound) = bound_before(c, i);
    let end = at + 1;
    if let Some(whole) = whole_after(c, end) {
        let value = whole.value.map(|of| of * top / parts);
        let (tokens, what) = ((start, whole.tokens.1), subject_of(c, start).or(whole.what));
        return Some(Measured {
            tokens,
            value,
            low: value,
            high: value,
            bound,
            of: whole.value,
            what,
            ..whole
        });
    }
    // "a third party", "a quarter past", "the first half": a share has something it is of, or is
    // what something changed by
    let of = c.word(end) == "of"
        && matches!(c.tag(end + 1), Some(Tag::Det | Tag::Poss | Tag::Name | Tag::Noun));
    let by = start > 0 && c.word(start - 1) == "by";
    if !of && !by {
        return None;
    }
    if bound == Bound::Exactly {
        bound = Bound::About;
    }
    let value = 100.0 * top / parts;
    let what = if of { c.phrase_at(end + 1) } else { subject_of(c, start) };
    Some(Measured { what, ..Measured::plain((start, end), value, bound, "percent") })
}

/// "One in five votes", "two in three voters": a share in percent, of what is counted.
fn one_in(c: &Clauses<'_>, i: usize) -> Option<Measured> {
    let (part, whole) = (small(c.word(i))?, small(c.word(i + 2))?);
    let counted = c.phrase_at(i + 3).filter(|p| p.first == i + 3);
    let what =
        counted.filter(|p| c.word(p.end - 1).ends_with('s') || c.word(p.end - 1) == "people")?;
    if c.word(i + 1) != "in" || part < 1.0 || part >= whole || c.dated[i + 2] {
        return None;
    }
    let (start, bound) = bound_before(c, i);
    let bound = if bound == Bound::Exactly { Bound::About } else { bound };
    let found = Measured::plain((start, what.end), 100.0 * part / whole, bound, "percent");
    Some(Measured { what: Some(what), ..found })
}

/// "1,500-kilometer (900-mile) border", "329-seat parliament".
pub(super) fn compound(c: &Clauses<'_>, i: usize) -> Option<Measured> {
    let one = |i: usize| -> Option<(f64, &'static str)> {
        let token = c.tokens.get(i)?;
        let (number, unit) = token.folded.split_once('-')?;
        let unit = units().get(unit)?;
        let value = number.replace(',', "").parse::<f64>().ok().or_else(|| small(number))?;
        Some((value, unit.name))
    };
    let (value, unit) = one(i)?;
    let mut end = i + 1;
    let mut also = None;
    if c.word(end) == "("
        && c.word(end + 2) == ")"
        && let Some((other, other_unit)) = one(end + 1)
    {
        also = Some((other, other_unit.to_owned()));
        end += 3;
    }
    let what = c.phrase_at(end).filter(|p| p.first == end);
    Some(Measured {
        tokens: (i, what.map_or(end, |w| w.end)),
        value: Some(value),
        low: Some(value),
        high: Some(value),
        bound: Bound::Exactly,
        unit: unit.to_owned(),
        per: None,
        of: None,
        what,
        by: None,
        also,
    })
}

/// Of what a share is, and who says or supplies it: "20% of the imports", "the institute gave the
/// league 36 percent", "put the league at 24 percent".
pub(super) fn of_what(c: &Clauses<'_>, first: usize, end: usize) -> (Option<Range>, Option<Range>) {
    let verb = (first.saturating_sub(9)..first)
        .rev()
        .take_while(|j| !c.is_break(*j))
        .find(|j| c.tag(*j) == Some(Tag::Verb));
    let lemma = verb.map_or("", |v| words().lemma(c.word(v)));
    let subject = || verb.and_then(|v| c.subject(&c.verb_group(v)).first().copied());
    if c.word(end) == "of"
        && matches!(c.tag(end + 1), Some(Tag::Det | Tag::Poss | Tag::Name | Tag::Noun))
    {
        let supplies = listed("supplies", lemma);
        return (c.phrase_at(end + 1), if supplies { subject() } else { None });
    }
    // "gives 31 percent to the league, 22 percent to the front"
    let gave = || {
        let verbs =
            (first.saturating_sub(24)..first).rev().filter(|j| c.tag(*j) == Some(Tag::Verb));
        verbs.take(1).find(|v| listed("gives", words().lemma(c.word(*v))))
    };
    if matches!(c.word(end), "to" | "for")
        && let Some(to) = c.phrase_at(end + 1).filter(|p| c.has_name(*p))
        && let Some(gave) = gave()
    {
        let by = c.subject(&c.verb_group(gave)).first().copied().filter(|s| c.has_name(*s));
        return (Some(to), by);
    }
    let polled = listed("gives", lemma).then_some(()).and(verb);
    let object = polled.and_then(|v| c.phrase_at(v + 1)).filter(|p| p.end <= first);
    match object {
        Some(object) => (Some(object), subject()),
        None => (None, None),
    }
}
