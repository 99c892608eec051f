//! Numbers as written: in digits, in words, or vague.

use super::units;
use crate::chunks::Clauses;
use crate::tokens::Kind;
use crate::words::Tag;

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) end: usize,
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
}

pub(super) fn number_with_sign(
    c: &Clauses<'_>,
    i: usize,
) -> Option<(Number, Option<&'static str>)> {
    let sign = units()
        .get(c.word(i))
        .filter(|u| u.family == "money" && c.tag(i) == Some(Tag::Punct))
        .map(|u| u.name);
    Some((number(c, i + usize::from(sign.is_some()))?, sign))
}

/// "between 100 and 135 million": the scale of the second belongs to both. "from 30 to 20 percent" is as wide as the other
/// way round.
pub(super) fn range_of(a: Number, b: Number) -> (Option<f64>, Option<f64>, Option<f64>) {
    let (Some(mut low), Some(high)) = (a.value, b.value) else {
        return (None, None, None);
    };
    for scale in [1e3, 1e6, 1e9, 1e12] {
        if high >= scale
            && low < 1_000.0
            && low * scale <= high
            && high / scale < 1_000.0
            && (high / scale).fract().abs() < 1.0
        {
            low *= scale;
            break;
        }
    }
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    (Some(low / 2.0 + high / 2.0), Some(low), Some(high))
}

/// A number in digits, in words, or vague ("hundreds of thousands").
pub(super) fn number(c: &Clauses<'_>, i: usize) -> Option<Number> {
    if c.dated.get(i).copied().unwrap_or(true) {
        return None;
    }
    let token = c.tokens.get(i)?;
    let word = token.folded.as_str();
    if token.kind == Kind::Number {
        let (digits, suffix) = split_suffix(word);
        let mut value: f64 = digits.replace(',', "").parse().ok()?;
        let mut end = i + 1;
        value *= suffix?;
        while let Some(scale) = scale(c.word(end)) {
            value *= scale;
            end += 1;
        }
        return value.is_finite().then_some(Number { end, value: Some(value), low: None });
    }
    // "half a dozen", "half a million"
    if word == "half" && matches!(c.word(i + 1), "a" | "an") {
        let of = if c.word(i + 2) == "dozen" { Some(12.0) } else { scale(c.word(i + 2)) };
        return of.map(|of| Number { end: i + 3, value: Some(of / 2.0), low: None });
    }
    // "one" alone is mostly a pronoun
    let one = word == "one" && (and_a_half(c, i + 1) || scale(c.word(i + 1)).is_some());
    if c.tag(i) != Some(Tag::Num) && !one {
        return None;
    }
    if let Some(mut low) = plural_scale(word) {
        let mut end = i + 1;
        while c.word(end) == "of"
            && let Some(more) = plural_scale(c.word(end + 1))
        {
            low *= more;
            end += 2;
        }
        // "hundreds" is two hundred at the least; what is said without end is no number
        return low.is_finite().then_some(Number { end, value: None, low: Some(low * 2.0) });
    }
    let (mut total, mut part, mut end) = (0.0, 0.0, i);
    let mut any = false;
    while let Some(word) = c.tokens.get(end).map(|t| t.folded.as_str()) {
        if let Some(n) = small(word) {
            part += n;
        } else if word == "hundred" {
            part = if part == 0.0 { 100.0 } else { part * 100.0 };
        } else if word == "dozen" {
            part = if part == 0.0 { 12.0 } else { part * 12.0 };
        } else if let Some(scale) = scale(word) {
            total += if part == 0.0 { scale } else { part * scale };
            part = 0.0;
            // "a million and a half"
            if and_a_half(c, end + 1) {
                total += scale / 2.0;
                end += 3;
            }
        } else if any && and_a_half(c, end) {
            // "two and a half thousand"
            part += 0.5;
            end += 2;
        } else if !(word == "and"
            && any
            && small(c.word(end + 1)).is_some()
            && (part >= 100.0 || total > 0.0))
        {
            break;
        }
        any = true;
        end += 1;
    }
    let value = total + part;
    (any && value.is_finite()).then_some(Number { end, value: Some(value), low: None })
}

/// "And a half" at a word.
fn and_a_half(c: &Clauses<'_>, at: usize) -> bool {
    c.word(at) == "and" && c.word(at + 1) == "a" && c.word(at + 2) == "half"
}

pub(super) fn split_suffix(word: &str) -> (&str, Option<f64>) {
    let cut = word
        .find(|ch: char| !(ch.is_ascii_digit() || ch == '.' || ch == ','))
        .unwrap_or(word.len());
    let (digits, suffix) = word.split_at(cut);
    let scale = match suffix {
        "" => Some(1.0),
        "k" => Some(1e3),
        "m" | "mn" => Some(1e6),
        "bn" | "b" => Some(1e9),
        "tn" => Some(1e12),
        _ => None,
    };
    (digits.trim_end_matches(['.', ',']), scale)
}

/// A number below a hundred in words: "nine", "twenty-one".
pub(crate) fn small(word: &str) -> Option<f64> {
    const NAMES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some((tens, ones)) = word.split_once('-') {
        // One hyphen, or a word of a hundred thousand would be calls within calls.
        if !TENS.contains(&tens) || ones.contains('-') {
            return None;
        }
        return Some(small(tens)? + small(ones)?);
    }
    let number = |n: usize| u32::try_from(n).ok().map(f64::from);
    NAMES
        .iter()
        .position(|n| *n == word)
        .and_then(number)
        .or_else(|| TENS.iter().position(|n| *n == word).and_then(|n| number(n * 10 + 20)))
}

pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

pub(super) fn plural_scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozens" => 12.0,
        "hundreds" => 100.0,
        "thousands" => 1e3,
        "millions" => 1e6,
        "billions" => 1e9,
        "trillions" => 1e12,
        _ => return None,
    })
}
