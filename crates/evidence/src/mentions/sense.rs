//! What a name stands for where it is used, and when a match is only part of another name.

use super::{Found, Names};
use crate::normalise::fold_mapped;
use crate::records::{Form, Sense};
use crate::span::Span;
use crate::tokens::{Kind, Piece, Token};
use crate::words::words;

impl Names {
    /// A one-word name with an unknown capitalised neighbour is part of another name.
    pub(super) fn inside_longer_name(
        &self,
        text: &str,
        tokens: &[Token],
        pieces: &[Piece],
        i: usize,
        actor: usize,
        form: Form,
    ) -> bool {
        let piece = &pieces[i];
        let large = |p: &Piece| p.span.of(text).chars().next().is_some_and(char::is_uppercase);
        let unknown = |p: &Piece| {
            large(p)
                && !words().is_ordinary(&p.folded)
                && self.longest(pieces, i.saturating_sub(1)).is_none_or(|(end, ..)| end > i)
        };
        let adjacent = |a: &Piece, b: &Piece| {
            a.token + 1 == b.token
                && tokens[b.token].kind == Kind::Word
                && text
                    .get(a.span.end()..b.span.start())
                    .is_some_and(|gap| gap.chars().all(char::is_whitespace) && !gap.contains('\n'))
                || a.token == b.token
        };
        if let Some(before) = i.checked_sub(1).map(|b| &pieces[b])
            && adjacent(before, piece)
            && before.token != piece.token
            && form != Form::Demonym
            && unknown(before)
            && !self.persons[actor]
            && form != Form::Abbreviation
        {
            // an adjective of some nation may stand before a name
            let adjective = ["ese", "ish", "an", "i"].iter().any(|e| before.folded.ends_with(e));
            if !adjective && !self.ends_name(pieces, i) {
                return true;
            }
        }
        if self.states[actor] || form == Form::Demonym || form == Form::Surname {
            return false;
        }
        pieces.get(i + 1).is_some_and(|after| {
            adjacent(piece, after)
                && after.token != piece.token
                && large(after)
                && !words().titles.contains(after.folded.as_str())
                && !words().calendar.contains(after.folded.as_str())
                && !words().closed.contains_key(after.folded.as_str())
                && self.longest(pieces, i + 1).is_none()
        })
    }

    /// Whether the surname at `i` stands behind a first name that is not its bearer's.
    pub(super) fn other_first_name(
        &self,
        text: &str,
        pieces: &[Piece],
        i: usize,
        actor: usize,
    ) -> bool {
        let large = |p: &Piece| p.span.of(text).chars().next().is_some_and(char::is_uppercase);
        let close = |a: &Piece, b: &Piece| {
            text.get(a.span.end()..b.span.start()).is_some_and(|gap| {
                gap.chars().all(|c| c == ' ' || c == '\u{a0}' || c == '-' || c == '\u{2013}')
            })
        };
        let run: Vec<&Piece> = (i.saturating_sub(4)..i)
            .rev()
            .take_while(|b| close(&pieces[*b], &pieces[b + 1]) && large(&pieces[*b]))
            .map(|b| &pieces[b])
            .collect();
        let Some(before) = run.first() else { return false };
        let unknown = !words().is_ordinary(&before.folded)
            && before.folded.chars().count() > 2
            && !self.ends_name(pieces, i);
        unknown && !run.iter().any(|p| self.firsts[actor].contains(&p.folded))
    }

    /// Whether the piece before `i` ends a known name.
    pub(super) fn ends_name(&self, pieces: &[Piece], i: usize) -> bool {
        (i.saturating_sub(6)..i)
            .any(|from| self.longest(pieces, from).is_some_and(|(end, ..)| end == i))
    }

    /// Arabic script writes "and", "by", "to", "the" onto the word: a known name is looked for
    /// behind them.
    pub(super) fn inside_word(
        &self,
        text: &str,
        tokens: &[Token],
        pieces: &[Piece],
        i: usize,
    ) -> Option<(usize, Found)> {
        let piece = &pieces[i];
        let raw = piece.span.of(text);
        if !raw.chars().next().is_some_and(|c| ('\u{0620}'..='\u{064A}').contains(&c)) {
            return None;
        }
        let (folded, offsets) = fold_mapped(raw);
        for skip in 1..=3usize {
            let clitic = folded.get(..skip)?;
            let allowed = clitic.iter().all(|c| {
                matches!(
                    c,
                    '\u{0648}' | '\u{0641}' | '\u{0628}' | '\u{0644}' | '\u{0643}' | '\u{0627}'
                )
            });
            if !allowed || folded.len() < skip + 3 {
                return None;
            }
            let start = piece.span.start() + offsets.get(skip).copied()?;
            let Some(span) = Span::new(text, start, piece.span.end()) else {
                continue;
            };
            let mut rest = pieces[i..].iter().take(8).cloned().collect::<Vec<_>>();
            rest[0] = Piece { span, folded: folded[skip..].iter().collect(), token: piece.token };
            if let Some((end, actor, form, _)) = self.longest(&rest, 0) {
                let span = span.join(rest[end - 1].span);
                let range = (piece.token, rest[end - 1].token + 1);
                let sense = self.sense(text, tokens, span, range, actor, form);
                return Some((i + end, Found { span, tokens: range, actor, form, sense }));
            }
        }
        None
    }

    pub(super) fn sense(
        &self,
        text: &str,
        tokens: &[Token],
        span: Span,
        range: (usize, usize),
        actor: usize,
        form: Form,
    ) -> Sense {
        let rest = text.get(span.end()..tokens[range.1 - 1].span.end()).unwrap_or("");
        if !rest.is_empty() || tokens[range.0].span.start() < span.start() || form == Form::Demonym
        {
            return Sense::Modifier;
        }
        if tokens.get(range.1).is_some_and(|t| t.kind == Kind::Possessive) {
            return Sense::Modifier;
        }
        if !self.states[actor] {
            return Sense::Agent;
        }
        let mut before = range.0;
        while before > 0
            && matches!(
                tokens[before - 1].folded.as_str(),
                "the"
                    | "all"
                    | "northern"
                    | "southern"
                    | "western"
                    | "eastern"
                    | "central"
                    | "inside"
            )
        {
            before -= 1;
        }
        let word = before.checked_sub(1).map_or("", |b| tokens[b].folded.as_str());
        let travel = matches!(
            word,
            "visit" | "visited" | "visiting" | "visits" | "left" | "leave" | "entered" | "reached"
        );
        let placed = matches!(
            word,
            "in" | "near"
                | "inside"
                | "outside"
                | "via"
                | "around"
                | "through"
                | "across"
                | "into"
                | "throughout"
                | "at"
                | "within"
        );
        if placed || travel && form == Form::Metonym {
            return Sense::Place;
        }
        let next = tokens.get(range.1);
        if next.is_some_and(|t| {
            t.is_word() && t.capital
                || words().titles.contains(t.folded.as_str())
                || words().institutions.contains(t.folded.as_str())
        }) {
            return Sense::Modifier;
        }
        // a capital in a list of towns, "to the city of": the name before or after a comma in a
        // list is left as it is
        Sense::Agent
    }
}
