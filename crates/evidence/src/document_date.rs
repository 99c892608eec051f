//! The day a document is dated: as the caller says, else as its head, byline or publication line
//! says, else the latest month it names in full. The last is only good for finding the year of a
//! bare month, and says so.

use jiff::civil::Date;

use crate::dates::{Anchor, Precision, Says, place};
use crate::reading::Read;
use crate::records::{DateBasis, DocumentDate, Passage, Standing};
use crate::source::DocumentSource;
use crate::span::Quote;
use crate::tokens::Token;
use crate::words::{Tag, words};

pub(crate) fn document_date(
    text: &str,
    about: &DocumentSource,
    read: &[Read],
    passages: &[Passage],
) -> Option<DocumentDate> {
    if let Some(date) = about.published {
        return Some(DocumentDate { date, exact: true, basis: DateBasis::Given, quote: None });
    }
    stated(text, read, passages).or_else(|| latest(text, read))
}

/// A full date in a publication line, a stamp or a byline, or in a dateline at a paragraph's head.
fn stated(text: &str, read: &[Read], passages: &[Passage]) -> Option<DocumentDate> {
    let ruled = |one: &Read| {
        passages.iter().any(|p| {
            p.quote.span().contains(one.span)
                && matches!(p.rule.as_str(), "publication" | "stamp" | "byline")
        })
    };
    let sent = read.iter().enumerate().filter(|(_, one)| one.standing != Standing::OffTopic);
    sent.into_iter().find_map(|(index, one)| {
        one.phrases.iter().find_map(|phrase| {
            let Says::Day { year: Some(year), month, day } = phrase.says else {
                return None;
            };
            let fits = ruled(one) || is_dateline(read, index, phrase.tokens.1);
            let date = Date::new(year, month, day).ok().filter(|_| fits)?;
            let quote = Some(Quote::cut(text, phrase.span));
            Some(DocumentDate { date, exact: true, basis: DateBasis::Stated, quote })
        })
    })
}

/// Whether the phrase that ends before `end` is a dateline: it opens its paragraph with a place and
/// a mark after it, or it is a line of its own near the head of the document.
pub(crate) fn is_dateline(read: &[Read], index: usize, end: usize) -> bool {
    let one = &read[index];
    let first = index == 0 || read[index - 1].paragraph != one.paragraph;
    let mark = one.tokens.get(end);
    let opens =
        end <= 12 && mark.is_some_and(|t| matches!(t.folded.as_str(), "-" | "–" | "—" | ":" | "("));
    let alone = mark.is_none() && one.tokens.len() <= 8 && one.paragraph < 5;
    let verbless = || !one.tags[..end].iter().any(|t| matches!(t, Tag::Verb | Tag::Be | Tag::Have));
    first && (opens || alone) && verbless()
}

/// The latest month or day named with its year in running text, where nothing later is named more
/// coarsely.
fn latest(text: &str, read: &[Read]) -> Option<DocumentDate> {
    let mut best: Option<(Date, Precision, Quote)> = None;
    for one in read.iter().filter(|one| matches!(one.standing, Standing::Body | Standing::Heading))
    {
        for phrase in &one.phrases {
            let (Some(when), Anchor::Explicit) = place(&phrase.says, None, false) else {
                continue;
            };
            if best.as_ref().is_none_or(|(date, ..)| when.to > *date) {
                best = Some((when.to, when.precision, Quote::cut(text, phrase.span)));
            }
        }
    }
    let (date, precision, quote) = best?;
    let fine = matches!(precision, Precision::Day | Precision::Month | Precision::Interval);
    fine.then_some(DocumentDate {
        date,
        exact: false,
        basis: DateBasis::Latest,
        quote: Some(quote),
    })
}

/// "Met before the vote of 12 April": the date of what something else came before. Which year is
/// meant hangs on which is nearer.
pub(crate) fn dates_another(tokens: &[Token], tags: &[Tag], phrase: (usize, usize)) -> bool {
    let near = (phrase.0.saturating_sub(6)..phrase.0.saturating_sub(1)).rev();
    let noun = near.clone().take_while(|i| !matches!(tags.get(*i), Some(Tag::Verb | Tag::Modal)));
    let opens = |i: usize| matches!(tokens[i].folded.as_str(), "before" | "until" | "till");
    let of = phrase.0 > 0 && matches!(tokens[phrase.0 - 1].folded.as_str(), "of" | "on");
    of && noun.into_iter().any(opens)
}

/// Whether a date phrase looks forward, so that a bare month in it is the next to come: by a word
/// for what is planned near it, or by the tense of the verb it goes with.
pub(crate) fn looks_ahead(tokens: &[Token], tags: &[Tag], phrase: (usize, usize)) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.folded.as_str());
    let planned = |i: usize| {
        matches!(word(i), "upcoming" | "forthcoming" | "scheduled" | "planned" | "slated")
            || word(i) == "ahead" && word(i + 1) == "of"
            || matches!(word(i), "due" | "prepare" | "prepares" | "preparing")
                && word(i + 1) == "to"
            || word(i) == "set" && word(i + 1) == "for"
    };
    let near = phrase.0.saturating_sub(10)..(phrase.1 + 4).min(tokens.len());
    if near.clone().any(planned) {
        return true;
    }
    // "to hand in its arms by May": a deadline for what is not yet done
    let deadline = phrase.0 > 0 && matches!(word(phrase.0 - 1), "by" | "before" | "until");
    let last = (0..phrase.0).rev().find(|i| matches!(tags.get(*i), Some(Tag::Verb | Tag::Be)));
    let undone = last.is_some_and(|i| {
        let form = words().verbs.get(word(i));
        (i > 0 && tags[i - 1] == Tag::To && form.is_none_or(|f| f.base))
            || form.is_some_and(|f| f.ing) && i > 0 && tags[i - 1] == Tag::Prep
    });
    if deadline && undone {
        return true;
    }
    // the first verb after the phrase, else the last before it
    let tense = |i: usize| match tags.get(i) {
        Some(Tag::Modal) => Some(matches!(word(i), "will" | "shall")),
        Some(Tag::Be | Tag::Have | Tag::Do) => Some(false),
        Some(Tag::Verb) => {
            let form = words().verbs.get(word(i));
            form.is_some_and(|f| f.past || f.third).then_some(false)
        }
        _ => None,
    };
    let mut after = phrase.1..tokens.len();
    let mut before = (0..phrase.0).rev();
    after.find_map(tense).or_else(|| before.find_map(tense)).unwrap_or(false)
}
