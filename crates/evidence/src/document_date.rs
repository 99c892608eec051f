//! The day a document is dated: as the caller says, else as its head, byline or publication line says, else the latest month it
//! names in full. The last is only good for finding the year of a bare month, and says so.

use jiff::civil::Date;

use crate::dates::{Anchor, Precision, Says, place};
use crate::reading::Read;
use crate::records::{DateBasis, DocumentDate, Passage, Standing};
use crate::source::DocumentSource;
use crate::span::Quote;
use crate::tokens::Token;

pub(crate) fn document_date(
    text: &str,
    about: &DocumentSource,
    read: &[Read],
    passages: &[Passage],
) -> Option<DocumentDate> {
    if let Some(date) = about.published {
        return Some(DocumentDate {
            date,
            exact: true,
            basis: DateBasis::Given,
            quote: None,
        });
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
    let dateline = |one: &Read, end: usize| {
        one.tokens
            .get(end)
            .is_some_and(|t| matches!(t.folded.as_str(), "-" | "–" | "—" | ":" | "("))
            && end <= 12
    };
    read.iter()
        .filter(|one| one.standing != Standing::OffTopic)
        .find_map(|one| {
            one.phrases.iter().find_map(|phrase| {
                let Says::Day {
                    year: Some(year),
                    month,
                    day,
                } = phrase.says
                else {
                    return None;
                };
                let fits =
                    ruled(one) || (first_of_paragraph(one, read) && dateline(one, phrase.tokens.1));
                let date = Date::new(year, month, day).ok().filter(|_| fits)?;
                let quote = Some(Quote::cut(text, phrase.span));
                Some(DocumentDate {
                    date,
                    exact: true,
                    basis: DateBasis::Stated,
                    quote,
                })
            })
        })
}

fn first_of_paragraph(one: &Read, read: &[Read]) -> bool {
    read.iter()
        .find(|r| r.paragraph == one.paragraph)
        .is_some_and(|r| r.span == one.span)
}

/// The latest month or day named with its year in running text, where nothing later is named more coarsely.
fn latest(text: &str, read: &[Read]) -> Option<DocumentDate> {
    let mut best: Option<(Date, Precision, Quote)> = None;
    for one in read
        .iter()
        .filter(|one| matches!(one.standing, Standing::Body | Standing::Heading))
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
    let fine = matches!(
        precision,
        Precision::Day | Precision::Month | Precision::Interval
    );
    fine.then_some(DocumentDate {
        date,
        exact: false,
        basis: DateBasis::Latest,
        quote: Some(quote),
    })
}

/// Whether a sentence looks forward, so that a bare month in it is the next to come.
pub(crate) fn looks_ahead(tokens: &[Token]) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.folded.as_str());
    (0..tokens.len()).any(|i| {
        matches!(
            word(i),
            "will" | "upcoming" | "forthcoming" | "scheduled" | "shall"
        ) || word(i) == "ahead" && word(i + 1) == "of"
            || word(i) == "due" && word(i + 1) == "to"
            || word(i) == "prepare" && word(i + 1) == "to"
            || word(i) == "set" && word(i + 1) == "for"
    })
}
