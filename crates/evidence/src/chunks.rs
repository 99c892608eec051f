//! Noun phrases, verb groups, and who is subject and object of a verb: heuristics over word
//! classes, within one sentence.
//!
//! It is no parser. It answers three questions and says none when unsure: which noun phrase stands
//! here, what is the subject of the verb at `i`, what is its object.

mod apposition;
mod lists;
mod subject;
mod verb;

use crate::span::Span;
use crate::tokens::{Kind, Token};
use crate::words::{Tag, singular, words};

/// Tokens from `first` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Range {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// The words around a main verb.
#[derive(Clone, Debug, Default)]
pub(crate) struct VerbGroup {
    /// First token of the group, auxiliaries included.
    pub(crate) first: usize,
    pub(crate) passive: bool,
    pub(crate) perfect: bool,
    pub(crate) negated: bool,
    /// `will`, `shall`, `going to`, `is to`.
    pub(crate) future: bool,
    /// `may`, `might`, `could`, `would`, `should`, `can`, `must`.
    pub(crate) modal: bool,
    pub(crate) infinitive: bool,
    pub(crate) gerund: bool,
    /// A participle without auxiliary after its noun: "assets held by".
    pub(crate) reduced: bool,
}

/// A sentence with its tokens, classes and date phrases.
pub(crate) struct Clauses<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) tags: &'a [Tag],
    /// Whether the token belongs to a date phrase.
    pub(crate) dated: &'a [bool],
}

impl Clauses<'_> {
    pub(crate) fn tag(&self, i: usize) -> Option<Tag> {
        self.tags.get(i).copied()
    }

    pub(crate) fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.folded.as_str())
    }

    pub(crate) fn span(&self, range: Range) -> Option<Span> {
        let (first, last) =
            (self.tokens.get(range.first)?, self.tokens.get(range.end.checked_sub(1)?)?);
        (range.first < range.end).then(|| first.span.join(last.span))
    }

    pub(crate) fn is_quote(&self, i: usize) -> bool {
        matches!(self.word(i), "“" | "”" | "\"" | "‘" | "«" | "»")
            || self.tag(i) == Some(Tag::Punct) && matches!(self.word(i), "’" | "'")
    }

    /// Commas, dashes and brackets part clauses; quotation marks do not.
    pub(crate) fn is_break(&self, i: usize) -> bool {
        self.tag(i) == Some(Tag::Punct)
            && !self.is_quote(i)
            && !matches!(self.word(i), "$" | "%" | "€" | "£" | "/" | "&")
    }

    fn nominal(&self, i: usize) -> bool {
        matches!(self.tag(i), Some(Tag::Noun | Tag::Name | Tag::Adj | Tag::Num | Tag::Poss))
            && !self.dated.get(i).copied().unwrap_or(false)
            || self.is_closed_inside_name(i)
    }

    /// "of" and "for" between names that stand as one: handled by the caller; here only a title's
    /// hyphenless parts.
    fn is_closed_inside_name(&self, i: usize) -> bool {
        matches!(self.word(i), "&" | "$" | "%") && !self.dated.get(i).copied().unwrap_or(false)
    }

    fn skips(&self, i: usize) -> bool {
        matches!(self.tag(i), Some(Tag::Adv | Tag::Neg)) || self.is_date(i) || self.is_quote(i)
    }

    /// Whether the token is of a date phrase or is the preposition of one: "on Tuesday".
    pub(crate) fn is_date(&self, i: usize) -> bool {
        let dated = |i: usize| self.dated.get(i).copied().unwrap_or(false);
        dated(i) || self.tag(i) == Some(Tag::Prep) && dated(i + 1)
    }

    /// The noun phrase that begins at or just after `i`, past determiners, adverbs and quotation
    /// marks.
    pub(crate) fn phrase_at(&self, i: usize) -> Option<Range> {
        let mut first = i;
        loop {
            // "more than 100 soldiers", "up to 20 men"
            let bound = matches!(
                (self.word(first), self.word(first + 1)),
                ("more" | "less" | "fewer", "than") | ("at", "least" | "most") | ("up", "to")
            );
            if bound && self.tag(first + 2) == Some(Tag::Num) {
                first += 2;
            } else if matches!(self.word(first), "about" | "around" | "over" | "nearly" | "almost")
                && self.tag(first + 1) == Some(Tag::Num)
                || self.skips(first)
                || matches!(self.tag(first), Some(Tag::Det))
            {
                first += 1;
            } else {
                break;
            }
        }
        if self.tag(first) == Some(Tag::Pron) {
            return Some(Range { first, end: first + 1 });
        }
        // "its allies": the possessive pronoun belongs to the phrase but says nothing of who
        let opening = first;
        while self.tag(first) == Some(Tag::Poss) {
            first += 1;
        }
        let mut end = first;
        while self.nominal(end)
            && !(end > first
                && self.tag(end) == Some(Tag::Num)
                && self.tag(end - 1) == Some(Tag::Name))
        {
            end += 1;
        }
        while end > first && self.tag(end - 1) == Some(Tag::Poss) {
            end -= 1;
        }
        let first = if end > first { opening } else { first };
        (end > first).then_some(Range { first, end })
    }

    /// The noun phrase whose last token is at or just before `i`.
    pub(crate) fn phrase_before(&self, i: usize) -> Option<Range> {
        let mut end = i + 1;
        while end > 0 && self.skips(end - 1) {
            end -= 1;
        }
        if end == 0 {
            return None;
        }
        if self.tag(end - 1) == Some(Tag::Pron) {
            return Some(Range { first: end - 1, end });
        }
        let mut first = end;
        while first > 0 && self.nominal(first - 1) {
            first -= 1;
        }
        (first < end).then_some(Range { first, end })
    }

    /// The object of a verb: the phrases right after it, over adverbs, particles and dates.
    pub(crate) fn object(&self, after: usize) -> Vec<Range> {
        let mut at = after;
        let bound = |i: usize| {
            matches!((self.word(i), self.word(i + 1)), ("up", "to") | ("more" | "less", "than"))
                && self.tag(i + 2) == Some(Tag::Num)
        };
        // "shot dead a clerk"
        let dead = |i: usize| {
            self.word(i) == "dead" && i > 0 && words().lemma(self.word(i - 1)) == "shoot"
        };
        while self.skips(at) && !bound(at) || dead(at) {
            at += 1;
        }
        match self.phrase_at(at) {
            Some(range) => self.joined(range),
            None => Vec::new(),
        }
    }

    /// The phrases after the first of `preps` that stands within reach of `from`, in the same
    /// clause.
    pub(crate) fn after_preposition(
        &self,
        from: usize,
        preps: &[&str],
        reach: usize,
    ) -> Vec<Range> {
        let mut verbs = 0;
        for i in from..(from + reach).min(self.tokens.len()) {
            // the stop of "Jan. 3" parts nothing
            if self.is_break(i) && self.word(i) != "," && !self.dated[i] {
                break;
            }
            if matches!(self.tag(i), Some(Tag::Sub)) {
                break;
            }
            // "demonstrations to demand reforms by the government": the doer stands before
            let inner = self.tag(i) == Some(Tag::To) && self.tag(i + 1) == Some(Tag::Verb);
            if preps == ["by"] && i > from && inner {
                break;
            }
            verbs += usize::from(i > from && self.is_finite(i));
            if verbs > 0 {
                break;
            }
            if preps.contains(&self.word(i))
                && !self.dated[i]
                && let Some(range) = self.phrase_at(i + 1)
                && !self.dated.get(range.first).copied().unwrap_or(false)
            {
                return self.joined(range);
            }
        }
        Vec::new()
    }

    /// A phrase with the "of" that completes a title: "president of the republic".
    pub(crate) fn with_title(&self, range: Range) -> Range {
        let head = self.word(range.end.saturating_sub(1));
        let one = singular(head);
        let titled = words().titles.contains(one.as_str()) || words().institutions.contains(head);
        // "the Marsh Guard of involvement": a name is complete, and only a name goes on
        let complete = self.tag(range.end.saturating_sub(1)) == Some(Tag::Name)
            && self.tag(range.end + 1) != Some(Tag::Name)
            && self.tag(range.end + 1) != Some(Tag::Det);
        if titled
            && !complete
            && self.word(range.end) == "of"
            && let Some(next) = self.phrase_at(range.end + 1).filter(|n| n.first <= range.end + 2)
        {
            return Range { first: range.first, end: next.end };
        }
        range
    }

    /// Without a leading determiner or possessive pronoun.
    pub(crate) fn bare(&self, mut range: Range) -> Range {
        while range.first + 1 < range.end
            && (self.tag(range.first) == Some(Tag::Det)
                || self.tag(range.first) == Some(Tag::Poss)
                    && self.tokens[range.first].kind == Kind::Word)
        {
            range.first += 1;
        }
        range
    }

    /// Whether a phrase holds a name that is not an owner's: somebody one can do something to.
    pub(crate) fn has_name(&self, range: Range) -> bool {
        let mut inside = range.first..range.end;
        inside.clone().any(|i| self.tag(i) == Some(Tag::Name))
            && !inside.any(|i| self.word(i) == "'s")
    }

    /// Whether a phrase reads like somebody who acts: its head is a name, a pronoun, or a word for
    /// people and their bodies.
    pub(crate) fn agentive(&self, range: Range) -> bool {
        let Some(last) = range.end.checked_sub(1) else {
            return false;
        };
        let word = self.word(last);
        let one = singular(word);
        let people = |w: &str| {
            words().titles.contains(w)
                || words().institutions.contains(w)
                || words().people.contains(w)
        };
        match self.tag(last) {
            Some(Tag::Name) => true,
            Some(Tag::Pron) => {
                matches!(word, "he" | "she" | "they" | "it" | "them" | "him" | "who" | "we")
            }
            _ => people(&one) || people(word) || reads_as_people(word),
        }
    }
}

/// Plurals by their ending: extremists, gunmen, engineers, hijackers.
pub(crate) fn reads_as_people(word: &str) -> bool {
    const THINGS: [&str; 22] = [
        "papers",
        "orders",
        "letters",
        "numbers",
        "matters",
        "errors",
        "factors",
        "powers",
        "members",
        "borders",
        "corridors",
        "sectors",
        "doors",
        "quarters",
        "headquarters",
        "others",
        "offers",
        "waters",
        "centers",
        "talkers",
        "rumors",
        "harbors",
    ];
    word.len() > 5
        && ["ists", "men", "eers", "ians", "ers", "ors"].iter().any(|e| word.ends_with(e))
        && !THINGS.contains(&word)
}
