//! Paragraphs cut into sentences. It knows stops that end no sentence: titles, initials,
//! abbreviated countries and months, numbers; and the full stops and question marks of Arabic
//! script. A sentence longer than the limit is cut at a word.

use crate::span::Span;

/// Abbreviations after which a sentence goes on, with the next word written large or small.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "capt", "maj", "sgt",
    "cpl", "cmdr", "adm", "brig", "st", "rev", "hon", "pres", "vs", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no", "vol", "pp", "fig", "e.g",
    "i.e", "cf", "ca", "approx", "al", "ave",
];

/// Abbreviations that may also end a sentence: the next word decides.
const EITHER: &[&str] = &[
    "inc", "ltd", "co", "corp", "jr", "sr", "etc", "a.m", "p.m", "dept", "univ", "est", "b.c",
    "a.d",
];

/// Words that mostly begin sentences when written large in the middle of a text.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "he",
    "his",
    "she",
    "her",
    "they",
    "their",
    "we",
    "i",
    "but",
    "and",
    "in",
    "on",
    "at",
    "as",
    "for",
    "if",
    "when",
    "while",
    "after",
    "before",
    "however",
    "yet",
    "since",
    "with",
    "there",
    "what",
    "who",
    "some",
    "many",
    "most",
    "both",
    "under",
    "despite",
    "although",
    "meanwhile",
    "also",
    "one",
    "last",
    "earlier",
    "so",
];

pub(crate) fn sentences(text: &str, paragraph: Span, max_words: usize) -> Vec<Span> {
    let part = paragraph.of(text);
    let chars: Vec<(usize, char)> = part.char_indices().collect();
    let mut out = Vec::new();
    let mut begin = 0;
    let mut i = 0;
    while i < chars.len() {
        if is_stop(chars[i].1) {
            let mut after = i + 1;
            while after < chars.len() && (is_stop(chars[after].1) || is_closing(chars[after].1)) {
                after += 1;
            }
            if ends_sentence(&chars, part, begin, i, after) {
                push(text, paragraph, &chars, begin, after, &mut out);
                begin = after;
            }
            i = after;
        } else {
            i += 1;
        }
    }
    push(text, paragraph, &chars, begin, chars.len(), &mut out);
    out.into_iter().flat_map(|s| cut_long(text, s, max_words)).collect()
}

fn push(
    text: &str,
    within: Span,
    chars: &[(usize, char)],
    from: usize,
    to: usize,
    out: &mut Vec<Span>,
) {
    let offset = |i: usize| within.start() + chars.get(i).map_or(within.len(), |(o, _)| *o);
    let span = Span::new(text, offset(from), offset(to)).map(|s| s.trimmed(text));
    out.extend(span.filter(|s| !s.is_empty()));
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

fn ends_sentence(
    chars: &[(usize, char)],
    part: &str,
    begin: usize,
    stop: usize,
    after: usize,
) -> bool {
    let Some(&(_, next)) = chars.get(after) else {
        return true;
    };
    if !next.is_whitespace() {
        return false;
    }
    let mut rest = chars[after..].iter().map(|(_, c)| *c).skip_while(|c| c.is_whitespace());
    let first = rest.find(|c| !is_closing(*c) && !matches!(c, '“' | '‘' | '«' | '(' | '['));
    let Some(first) = first else { return true };
    if first.is_lowercase() {
        return false;
    }
    if chars[stop].1 != '.'
        || after > stop + 1 && chars[stop + 1..after].iter().any(|(_, c)| is_stop(*c))
    {
        return true;
    }
    let word_begin = (begin..stop)
        .rev()
        .find(|i| chars[*i].1.is_whitespace() || matches!(chars[*i].1, '(' | '“' | '"' | '‘'))
        .map_or(begin, |i| i + 1);
    let end_offset = chars[stop].0;
    let start_offset = chars.get(word_begin).map_or(end_offset, |(o, _)| *o);
    let word = part.get(start_offset..end_offset).unwrap_or("").to_lowercase();
    if TITLES.contains(&word.as_str()) {
        return false;
    }
    let next_word = || -> String {
        let tail = chars[after..].iter().map(|(_, c)| *c);
        tail.skip_while(|c| !c.is_alphanumeric())
            .take_while(|c| c.is_alphabetic())
            .collect::<String>()
            .to_lowercase()
    };
    let initials =
        word.chars().count() <= 1 && word.chars().all(char::is_alphabetic) && !word.is_empty()
            || word.contains('.') && word.split('.').all(|p| p.chars().count() == 1);
    if initials || EITHER.contains(&word.as_str()) {
        let alone = word.chars().count() == 1;
        return !(alone && word != "i") && STARTERS.contains(&next_word().as_str());
    }
    // "1. Item": the number of a list item opens the sentence
    let opening = (begin..word_begin).all(|i| chars[i].1.is_whitespace());
    !(opening && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()))
}

fn cut_long(text: &str, span: Span, max_words: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut words, mut begin, mut in_word, mut run) = (0, span.start(), false, 0usize);
    let cut = |from: usize, to: usize, out: &mut Vec<Span>| {
        let piece = Span::new(text, from, to).map(|s| s.trimmed(text));
        out.extend(piece.filter(|s| !s.is_empty()));
    };
    for (at, c) in span.of(text).char_indices() {
        let at = span.start() + at;
        let starts = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric();
        run += 1;
        words += usize::from(starts);
        if (starts && words > max_words) || run > max_words * 40 {
            cut(begin, at, &mut out);
            (begin, words, run) = (at, 1, 0);
        }
    }
    cut(begin, span.end(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, Span::whole(text), 200).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn stops_inside_names_titles_and_numbers_end_nothing() {
        assert_eq!(cut("Col. Arda said the U.S. Senate met J. Venn. It paid 3.5 marks.").len(), 2);
        assert_eq!(cut("They left the U.S. The rest stayed.").len(), 2);
        assert_eq!(cut("1. The coast is clear. 2. The road is not.").len(), 2);
        assert_eq!(cut("It opens at 9 a.m. on Friday, on Nov. 18 that is.").len(), 1);
    }

    #[test]
    fn quotes_close_with_their_sentence() {
        assert_eq!(
            cut("“We go,” he said. “You stay.” She left!"),
            ["“We go,” he said.", "“You stay.”", "She left!"]
        );
    }

    #[test]
    fn arabic_and_persian_stops_count() {
        assert_eq!(cut("هل عاد الوزير؟ نعم. عاد أمس.").len(), 3);
        assert_eq!(cut("وہ آیا۔ وہ گیا۔").len(), 2);
    }

    #[test]
    fn a_line_without_end_is_cut_at_words() {
        let text = "word ".repeat(5_000);
        assert!(sentences(&text, Span::whole(&text), 200).len() == 25);
        let text = "x".repeat(100_000);
        assert!(!sentences(&text, Span::whole(&text), 200).is_empty());
    }
}
