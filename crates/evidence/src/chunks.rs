//! Noun phrases, verb groups, and who is subject and object of a verb: heuristics over word classes, within one sentence.
//!
//! It is no parser. It answers three questions and says none when unsure: which noun phrase stands here, what is the subject of
//! the verb at `i`, what is its object.

use crate::span::Span;
use crate::tokens::{Kind, Token};
use crate::words::{Tag, words};

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
        let (first, last) = (
            self.tokens.get(range.first)?,
            self.tokens.get(range.end.checked_sub(1)?)?,
        );
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
        matches!(
            self.tag(i),
            Some(Tag::Noun | Tag::Name | Tag::Adj | Tag::Num | Tag::Poss)
        ) && !self.dated.get(i).copied().unwrap_or(false)
            || self.is_closed_inside_name(i)
    }

    /// "of" and "for" between names that stand as one: handled by the caller; here only a title's hyphenless parts.
    fn is_closed_inside_name(&self, i: usize) -> bool {
        matches!(self.word(i), "&" | "$" | "%") && !self.dated.get(i).copied().unwrap_or(false)
    }

    fn skips(&self, i: usize) -> bool {
        let dated = |i: usize| self.dated.get(i).copied().unwrap_or(false);
        // the preposition of a date goes with it: "on Tuesday"
        let before_date = self.tag(i) == Some(Tag::Prep) && dated(i + 1);
        matches!(self.tag(i), Some(Tag::Adv | Tag::Neg))
            || dated(i)
            || before_date
            || self.is_quote(i)
    }

    /// The noun phrase that begins at or just after `i`, past determiners, adverbs and quotation marks.
    pub(crate) fn phrase_at(&self, i: usize) -> Option<Range> {
        let mut first = i;
        while self.skips(first) || matches!(self.tag(first), Some(Tag::Det)) {
            first += 1;
        }
        if self.tag(first) == Some(Tag::Pron) {
            return Some(Range {
                first,
                end: first + 1,
            });
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
            return Some(Range {
                first: end - 1,
                end,
            });
        }
        let mut first = end;
        while first > 0 && self.nominal(first - 1) {
            first -= 1;
        }
        (first < end).then_some(Range { first, end })
    }

    /// Phrases joined to `first` by commas and "and": "the first, the second and the third".
    pub(crate) fn joined(&self, first: Range) -> Vec<Range> {
        let mut out = vec![first];
        let mut at = first.end;
        loop {
            let mut next = at;
            let comma = self.word(next) == ",";
            next += usize::from(comma);
            let and = matches!(self.word(next), "and" | "or" | "&");
            next += usize::from(and);
            if !comma && !and {
                break;
            }
            let Some(range) = self.phrase_at(next).filter(|r| r.first <= next + 2) else {
                break;
            };
            // a comma alone joins only when the list goes on; "A and B said": B with a verb after it is still of the list
            if !and && !matches!(self.word(range.end), "," | "and" | "or") {
                break;
            }
            if !and && out.len() == 1 && !self.list_closes(range.end) {
                break;
            }
            out.push(range);
            at = range.end;
            if out.len() > 12 || (and && self.word(at) != ",") {
                break;
            }
        }
        out
    }

    fn list_closes(&self, mut at: usize) -> bool {
        for _ in 0..12 {
            if matches!(self.word(at), "and" | "or") {
                return true;
            }
            if self.word(at) == "," {
                at += 1;
                continue;
            }
            match self.phrase_at(at) {
                Some(range) if range.first <= at + 2 => at = range.end,
                _ => return false,
            }
        }
        false
    }

    /// The list of phrases that ends with `last`, read backwards over commas and "and".
    fn joined_before(&self, last: Range) -> Vec<Range> {
        let mut out = vec![last];
        let mut first = last.first;
        while out.len() < 12 {
            let mut at = first;
            if at > 0 && self.tag(at - 1) == Some(Tag::Det) {
                at -= 1;
            }
            if at == 0 {
                break;
            }
            let and = matches!(self.word(at - 1), "and" | "or" | "&");
            let comma = self.word(at - 1) == "," && out.len() > 1;
            if !and && !comma || at < 2 {
                break;
            }
            let before = at - 2 - usize::from(and && at > 2 && self.word(at - 2) == ",");
            match self.phrase_before(before) {
                Some(range)
                    if range.end == before + 1 && self.tag(range.end - 1) != Some(Tag::Pron) =>
                {
                    first = range.first;
                    out.push(range);
                }
                _ => break,
            }
        }
        out.reverse();
        out
    }

    /// The verb group whose main verb is at `main`.
    pub(crate) fn verb_group(&self, main: usize) -> VerbGroup {
        let mut group = VerbGroup {
            first: main,
            ..VerbGroup::default()
        };
        let form = words().verbs.get(self.word(main));
        let (mut be, mut have, mut i) = (false, false, main);
        while i > 0 {
            let before = i - 1;
            match self.tag(before) {
                Some(Tag::Adv) => {}
                Some(Tag::Neg) => group.negated = true,
                Some(Tag::Be) => {
                    if group.infinitive && self.word(main) != "be" {
                        group.future = true; // "is to visit"
                    }
                    be = true;
                }
                Some(Tag::Have) => have = true,
                Some(Tag::Do) => {}
                Some(Tag::Modal) => {
                    if matches!(self.word(before), "will" | "shall") {
                        group.future = true
                    } else {
                        group.modal = true
                    }
                }
                Some(Tag::To) if !group.infinitive && i == group.first => group.infinitive = true,
                Some(Tag::Verb) if group.infinitive && self.word(before) == "going" => {
                    group.future = true
                }
                _ if self.dated.get(before).copied().unwrap_or(false) && before > 0 => {}
                _ if self.is_quote(before) => {}
                _ => break,
            }
            i = before;
            if matches!(
                self.tag(before),
                Some(Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::To | Tag::Neg)
            ) {
                group.first = before;
            }
            if main - i > 10 {
                break;
            }
        }
        let participle = form.is_some_and(|f| f.participle);
        let ing = form.is_some_and(|f| f.ing);
        group.passive = be && participle && !ing;
        group.perfect = have;
        group.gerund = ing && !be;
        if participle && !be && !have && group.first == main && main > 0 {
            let after_noun = matches!(self.tag(main - 1), Some(Tag::Noun | Tag::Name | Tag::Adj))
                || self.tag(main - 1) == Some(Tag::Punct);
            group.reduced = after_noun && self.word(main + 1) == "by";
            group.passive |= group.reduced;
        }
        group
    }

    /// Whether a finite verb stands at `i`.
    pub(crate) fn is_finite(&self, i: usize) -> bool {
        match self.tag(i) {
            Some(Tag::Be | Tag::Modal | Tag::Do) => true,
            Some(Tag::Have) => true,
            Some(Tag::Verb) => {
                let form = words().verbs.get(self.word(i));
                let before = i.checked_sub(1).and_then(|b| self.tag(b));
                form.is_some_and(|f| (f.past || f.third || f.base) && !f.ing)
                    && before != Some(Tag::To)
            }
            _ => false,
        }
    }

    /// The subject of a verb group: the phrases before it, over appositions, relative pronouns and shared verbs.
    pub(crate) fn subject(&self, group: &VerbGroup) -> Vec<Range> {
        self.subject_at(group, 0)
    }

    fn subject_at(&self, group: &VerbGroup, depth: usize) -> Vec<Range> {
        if depth > 4 {
            return Vec::new();
        }
        let mut at = group.first;
        while at > 0 && self.skips(at - 1) {
            at -= 1;
        }
        if at == 0 {
            return Vec::new();
        }
        if group.infinitive || group.gerund || self.word(at - 1) == "to" {
            return self.controller(at, group, depth);
        }
        let before = at - 1;
        match self.word(before) {
            "who" | "which" | "that" => {
                let antecedent =
                    before.checked_sub(1 + usize::from(before > 0 && self.word(before - 1) == ","));
                return antecedent.map_or_else(Vec::new, |b| self.head_before(b));
            }
            "and" | "or" | "but" | "," | "then" | "—" | "–" => {
                if let Some(verb) = self.verb_before(before)
                    && !(self.word(before) == ","
                        && self.apposition_start(before).is_some_and(|s| s > verb))
                {
                    return self.subject_at(&self.verb_group(verb), depth + 1);
                }
                if let Some(start) = self.apposition_start(before) {
                    return self.head_before(start - 1);
                }
                return before
                    .checked_sub(1)
                    .map_or_else(Vec::new, |b| self.head_before(b));
            }
            ")" => {
                let open = (0..before).rev().take(20).find(|i| self.word(*i) == "(");
                return open
                    .and_then(|o| o.checked_sub(1))
                    .map_or_else(Vec::new, |b| self.head_before(b));
            }
            _ => {}
        }
        self.head_before(before)
    }

    /// Where the apposition that ends with the comma at `comma` begins (its first comma), if one does.
    fn apposition_start(&self, comma: usize) -> Option<usize> {
        if self.word(comma) != "," {
            return None;
        }
        (comma.saturating_sub(30)..comma)
            .rev()
            .find(|i| self.word(*i) == ",")
            .filter(|start| {
                *start > 0
                    && self
                        .phrase_before(*start - 1)
                        .is_some_and(|p| p.end == *start)
            })
    }

    /// The head phrase of a chain "X of Y in Z" that ends at `i`, with those joined to it.
    fn head_before(&self, i: usize) -> Vec<Range> {
        let mut end = i;
        if self.word(end) == ")" {
            match (0..end)
                .rev()
                .take(20)
                .find(|o| self.word(*o) == "(")
                .and_then(|o| o.checked_sub(1))
            {
                Some(before) => end = before,
                None => return Vec::new(),
            }
        }
        let Some(mut range) = self.phrase_before(end) else {
            return Vec::new();
        };
        for _ in 0..6 {
            let mut at = range.first;
            if at > 0 && self.tag(at - 1) == Some(Tag::Det) {
                at -= 1;
            }
            let Some(prep) = at.checked_sub(1) else { break };
            if self.tag(prep) != Some(Tag::Prep) {
                break;
            }
            let Some(before) = prep.checked_sub(1) else {
                break;
            };
            if !matches!(
                self.tag(before),
                Some(Tag::Noun | Tag::Name | Tag::Num | Tag::Pron)
            ) || self.dated[before]
            {
                break;
            }
            match self.phrase_before(before) {
                Some(found) if found.end == before + 1 => range = found,
                _ => break,
            }
        }
        // "In October, the front": a phrase after a preposition at the clause's start is no subject
        let mut at = range.first;
        if at > 0 && self.tag(at - 1) == Some(Tag::Det) {
            at -= 1;
        }
        let stranded = at > 0 && self.tag(at - 1) == Some(Tag::Prep);
        if stranded
            && !matches!(
                self.word(at - 1),
                "after" | "before" | "since" | "as" | "until"
            )
        {
            return Vec::new();
        }
        self.joined_before(range)
    }

    /// Who carries out an infinitive or a gerund: the object of a verb that asks, else the subject of the governing verb.
    fn controller(&self, at: usize, group: &VerbGroup, depth: usize) -> Vec<Range> {
        let Some(verb) = self.verb_before(at) else {
            return Vec::new();
        };
        let asks = words().verbs.get(self.word(verb)).is_some_and(|f| {
            matches!(
                f.lemma,
                "urge"
                    | "ask"
                    | "order"
                    | "tell"
                    | "force"
                    | "press"
                    | "invite"
                    | "allow"
                    | "enable"
                    | "permit"
                    | "persuade"
                    | "help"
                    | "want"
                    | "call"
                    | "warn"
                    | "advise"
                    | "encourage"
                    | "request"
                    | "pressure"
                    | "push"
                    | "accuse"
            )
        });
        if asks && verb + 1 < group.first {
            let outer = self.verb_group(verb);
            if outer.passive {
                return self.subject_at(&outer, depth + 1);
            }
            let start = if matches!(self.word(verb + 1), "on" | "upon" | "for") {
                verb + 2
            } else {
                verb + 1
            };
            if let Some(object) = self.phrase_at(start).filter(|r| r.end <= group.first) {
                return self.joined(object);
            }
        }
        self.subject_at(&self.verb_group(verb), depth + 1)
    }

    /// The nearest verb before `i` in the same sentence part.
    pub(crate) fn verb_before(&self, i: usize) -> Option<usize> {
        (i.saturating_sub(40)..i)
            .rev()
            .take_while(|j| !matches!(self.word(*j), ";" | "(" | ")"))
            .find(|j| {
                self.tag(*j) == Some(Tag::Verb)
                    || self.tag(*j) == Some(Tag::Be) && self.tag(*j + 1) != Some(Tag::Verb)
            })
    }

    /// The object of a verb: the phrases right after it, over adverbs, particles and dates.
    pub(crate) fn object(&self, after: usize) -> Vec<Range> {
        let mut at = after;
        while self.skips(at) {
            at += 1;
        }
        match self.phrase_at(at) {
            Some(range) => self.joined(range),
            None => Vec::new(),
        }
    }

    /// The phrases after the first of `preps` that stands within reach of `from`, in the same clause.
    pub(crate) fn after_preposition(
        &self,
        from: usize,
        preps: &[&str],
        reach: usize,
    ) -> Vec<Range> {
        let mut verbs = 0;
        for i in from..(from + reach).min(self.tokens.len()) {
            if self.is_break(i) && self.word(i) != "," {
                break;
            }
            if matches!(self.tag(i), Some(Tag::Sub)) {
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
        let titled = words().titles.contains(head) || words().institutions.contains(head);
        if titled
            && self.word(range.end) == "of"
            && let Some(next) = self
                .phrase_at(range.end + 1)
                .filter(|n| n.first <= range.end + 2)
        {
            return Range {
                first: range.first,
                end: next.end,
            };
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
}
