//! Claims: who says what. Four shapes: words in quotation marks with a speaker and a cue beside
//! them, a cue followed by what was said, a noun such as "warning" with its owner, and "according
//! to". Who a pronoun stands for is found elsewhere.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::chunks::{Clauses, Range};
use crate::events::{List, disputed_at};
use crate::records::{Speech, Stance};
use crate::span::Span;
use crate::words::{Tag, rows, singular, words};

/// A claim before it is made a record.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) content: Span,
    pub(crate) speaker: Vec<Range>,
    pub(crate) cue: Range,
    pub(crate) speech: Speech,
    pub(crate) stance: Stance,
    pub(crate) rule: &'static str,
}

struct Cue {
    rule: &'static str,
    stance: Stance,
}

fn cues() -> &'static HashMap<&'static str, Cue> {
    static CUES: OnceLock<HashMap<&'static str, Cue>> = OnceLock::new();
    CUES.get_or_init(|| {
        rows(include_str!("../lexicon/cues.tsv"))
            .filter_map(|row| match row[..] {
                [rule, lemma, stance] => {
                    let stance = match stance {
                        "hedged" => Stance::Hedged,
                        "accusation" => Stance::Accusation,
                        "denial" => Stance::Denial,
                        "forecast" => Stance::Forecast,
                        _ => Stance::Plain,
                    };
                    Some((lemma, Cue { rule, stance }))
                }
                _ => None,
            })
            .collect()
    })
}

pub(crate) fn claims(c: &Clauses<'_>) -> Vec<Said> {
    let quoted = quoted(c);
    let mut out = Vec::new();
    if let Some(said) = according_to(c) {
        out.push(said);
    }
    let mut quotes_used = vec![false; quoted.len()];
    for i in 0..c.tokens.len() {
        if c.tag(i) != Some(Tag::Verb) || quoted.iter().any(|q| q.0 < i && i < q.1) {
            continue;
        }
        let Some(cue) = cues().get(words().lemma(c.word(i))) else {
            continue;
        };
        let group = c.verb_group(i);
        if group.infinitive {
            continue;
        }
        let mut speaker =
            if group.passive { c.after_preposition(i + 1, &["by"], 8) } else { c.subject(&group) };
        // "“...,” said the minister": the speaker stands after the cue
        let inverted = i > 0 && (c.is_quote(i - 1) || c.word(i - 1) == "," && i > 1);
        if inverted
            && !group.passive
            && (speaker.is_empty()
                || quoted.iter().any(|q| speaker.iter().any(|s| q.0 < s.first && s.first < q.1)))
            || inverted && c.phrase_at(i + 1).is_some_and(|p| p.first <= i + 2 && c.is_break(p.end))
        {
            let after = c.object(i + 1);
            if !after.is_empty() {
                speaker = after;
            }
        }
        // "stated that 'steps' were taken and added": what was quoted does not speak
        if speaker.iter().any(|s| quoted.iter().any(|q| q.0 < s.first && s.first < q.1))
            && let Some(last) = out.last().filter(|s: &&Said| s.cue.end <= i)
        {
            speaker = last.speaker.clone();
        }
        // an apposition between speaker and cue belongs to the speaker: the subject rule has
        // stepped over it
        let content = content_of(c, i, &quoted, &mut quotes_used, cue.stance)
            .or_else(|| disputed_before(c, i, cue.stance));
        let Some((content, speech)) = content else {
            continue;
        };
        if speaker.is_empty()
            || speech == Speech::Indirect
                && !speaker
                    .iter()
                    .any(|r| c.agentive(*r) || List::Speaks.has(&singular(c.word(r.end - 1))))
        {
            continue;
        }
        let stance =
            if group.negated && cue.stance == Stance::Plain { Stance::Denial } else { cue.stance };
        out.push(Said {
            content,
            speaker,
            cue: Range { first: i, end: i + 1 },
            speech,
            stance,
            rule: cue.rule,
        });
    }
    out.extend((0..c.tokens.len()).filter_map(|i| by_noun(c, i, &quoted)));
    out.sort_by_key(|s| s.content);
    out
}

/// "The minister's warning that": a noun hands on what its owner said.
fn by_noun(c: &Clauses<'_>, i: usize, quoted: &[(usize, usize)]) -> Option<Said> {
    if c.tag(i) != Some(Tag::Noun) {
        return None;
    }
    let cue = cues().get(format!("noun:{}", singular(c.word(i))).as_str())?;
    let phrase = c.phrase_before(i).filter(|p| p.end == i + 1)?;
    let mark = (phrase.first..i).rev().find(|j| c.word(*j) == "'s");
    let speaker = match mark {
        Some(mark) if mark > phrase.first => vec![Range { first: phrase.first, end: mark }],
        _ => c.after_preposition(i + 1, &["by"], 3),
    };
    let that = (i + 1..(i + 12).min(c.tokens.len())).find(|j| c.word(*j) == "that")?;
    let quote = quoted.iter().find(|(open, _)| *open == that + 1);
    let end =
        quote.map_or_else(|| clause_end(c, that + 1), |(_, close)| (close + 1).min(c.tokens.len()));
    (!speaker.is_empty()).then_some(Said {
        content: c.span(Range { first: that + 1, end })?,
        speaker,
        cue: Range { first: i, end: i + 1 },
        speech: if quote.is_some() { Speech::Partial } else { Speech::Indirect },
        stance: cue.stance,
        rule: cue.rule,
    })
}

/// Token ranges of quotations: the marks themselves.
fn quoted(c: &Clauses<'_>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut single: Option<usize> = None;
    let joined = |i: usize| c.tokens.get(i).is_some_and(|t| t.joined);
    for i in 0..c.tokens.len() {
        match c.word(i) {
            // single marks: one that opens stands against the word behind it and not the one before
            "'" | "’" | "‘" if open.is_none() && c.tag(i) == Some(Tag::Punct) => match single {
                None if !joined(i) && joined(i + 1) => single = Some(i),
                Some(o)
                    if joined(i)
                        && !c.tokens.get(i + 1).is_some_and(|t| t.joined && t.is_word()) =>
                {
                    out.push((o, i));
                    single = None;
                }
                _ => {}
            },
            "“" | "«" => open = open.or(Some(i)),
            "”" | "»" => out.extend(open.take().map(|o| (o, i))),
            "\"" => match open.take() {
                Some(o) => out.push((o, i)),
                None => open = Some(i),
            },
            _ => {}
        }
    }
    // a quotation that runs on into the next sentence
    out.extend(open.map(|o| (o, c.tokens.len())));
    out
}

fn content_of(
    c: &Clauses<'_>,
    cue: usize,
    quoted: &[(usize, usize)],
    used: &mut [bool],
    stance: Stance,
) -> Option<(Span, Speech)> {
    let span = |first: usize, end: usize| c.span(Range { first, end: end.min(c.tokens.len()) });
    // the nearest quotation of the sentence, before or after
    let near =
        quoted.iter().enumerate().filter(|(n, _)| !used[*n]).min_by_key(|(_, (open, close))| {
            if *open > cue { open - cue } else { cue.saturating_sub(*close) }
        });
    if let Some((n, (open, close))) = near {
        let words_inside = close - open;
        let reach = if *open > cue { open - cue } else { cue.saturating_sub(*close) };
        if reach <= 30 {
            used[n] = true;
            let after_that = (cue + 1..*open).find(|j| c.word(*j) == "that");
            let direct = *open == 0
                || words_inside > 8 && after_that.is_none() && (*open <= cue + 3 || *close < cue);
            let content = match after_that {
                // "said that the use “is illegal”": the clause, not the marked words alone
                Some(that) if *open > cue => span(that + 1, close + 1)?,
                _ => span(*open, close + 1)?,
            };
            return Some((content, if direct { Speech::Direct } else { Speech::Partial }));
        }
    }
    // what follows the cue
    let mut start = cue + 1;
    while matches!(c.tag(start), Some(Tag::Adv)) || c.dated.get(start).copied().unwrap_or(false) {
        start += 1;
    }
    let that = (start..(start + 10).min(c.tokens.len()))
        .find(|j| c.word(*j) == "that")
        .filter(|j| (start..*j).all(|k| !c.is_break(k)));
    if let Some(that) = that {
        return Some((span(that + 1, clause_end(c, that + 1))?, Speech::Indirect));
    }
    let lemma = words().lemma(c.word(cue));
    let clause = matches!(
        lemma,
        "say"
            | "believe"
            | "think"
            | "argue"
            | "claim"
            | "insist"
            | "warn"
            | "fear"
            | "hope"
            | "expect"
            | "announce"
            | "add"
            | "note"
            | "report"
            | "predict"
            | "worry"
            | "tell"
            | "deny"
            | "allege"
            | "accuse"
            | "blame"
            | "reject"
            | "dispute"
            | "dismiss"
    );
    if !clause || start >= c.tokens.len() || c.is_break(start) {
        // "..., the ministry said.": what stands before the comma
        if let (
            Some(comma),
            "say" | "report" | "announce" | "add" | "note" | "write" | "tell" | "state",
        ) = (before_comma(c, cue), lemma)
        {
            return Some((span(0, comma)?, Speech::Indirect));
        }
        return None;
    }
    let end = clause_end(c, start);
    let finite = (start..end).any(|j| c.is_finite(j));
    // "expects prices to rise": a forecast of an infinitive
    let infinitive = stance == Stance::Forecast
        && (start + 1..end).any(|j| c.tag(j) == Some(Tag::To) && c.tag(j + 1) == Some(Tag::Verb));
    if !finite && !infinitive && matches!(lemma, "say" | "report" | "announce" | "note") {
        return before_comma(c, cue).and_then(|comma| Some((span(0, comma)?, Speech::Indirect)));
    }
    if finite || infinitive || stance == Stance::Accusation || stance == Stance::Denial {
        return Some((span(start, end)?, Speech::Indirect));
    }
    None
}

/// ", a claim the army denied": the noun that stands for what was said before it.
fn disputed_before(c: &Clauses<'_>, cue: usize, stance: Stance) -> Option<(Span, Speech)> {
    let noun = disputed_at(c, 0).filter(|n| *n < cue && cue <= n + 10)?;
    let clear = (noun + 1..cue).all(|j| !c.is_break(j) && !c.is_finite(j));
    (clear && stance == Stance::Denial)
        .then(|| Some((c.span(Range { first: noun - 1, end: noun + 1 })?, Speech::Indirect)))?
}

/// The comma before "the ministry said", with the speaker alone between.
fn before_comma(c: &Clauses<'_>, cue: usize) -> Option<usize> {
    let comma = (0..cue).rev().find(|j| c.word(*j) == ",")?;
    (comma > 0 && (comma + 1..cue).all(|j| !c.is_finite(j) && !c.is_break(j))).then_some(comma)
}

/// Where a clause ends: the sentence's last mark, a semicolon, or the comma before ", a claim that".
fn clause_end(c: &Clauses<'_>, from: usize) -> usize {
    let end = (from..c.tokens.len()).find(|j| c.word(*j) == ";").unwrap_or(c.tokens.len());
    let end = disputed_at(c, from).map_or(end, |noun| end.min(noun - 2));
    if end > from && matches!(c.word(end - 1), "." | "!" | "?") { end - 1 } else { end }
}

fn according_to(c: &Clauses<'_>) -> Option<Said> {
    let at = (0..c.tokens.len().saturating_sub(2))
        .find(|i| c.word(*i) == "according" && c.word(i + 1) == "to")?;
    let speaker = c.object(at + 2);
    let last = speaker.last()?;
    // "according to plan" has no speaker
    if at > 0 && !speaker.iter().any(|r| c.agentive(*r)) {
        return None;
    }
    let content = if at == 0 {
        let start = (last.end..c.tokens.len()).find(|j| c.word(*j) == ",")? + 1;
        Range { first: start, end: clause_end(c, start) }
    } else {
        let end = if c.is_break(at - 1) { at - 1 } else { at };
        Range { first: 0, end }
    };
    Some(Said {
        content: c.span(content)?,
        speaker,
        cue: Range { first: at, end: at + 2 },
        speech: Speech::Indirect,
        stance: Stance::Plain,
        rule: "cue.according",
    })
}
