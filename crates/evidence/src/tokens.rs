//! A sentence cut into words, numbers and marks, each with its span. Hyphenated words stay whole;
//! [`pieces`] cuts them for matching names. The possessive ending is a token of its own.

use unicode_normalization::char::is_combining_mark;

use crate::normalise::fold;
use crate::span::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Possessive,
    Mark,
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// Folded spelling; for a mark the mark itself.
    pub(crate) folded: String,
    /// Begins with a capital letter.
    pub(crate) capital: bool,
    /// Has letters, and none of them is small.
    pub(crate) upper: bool,
    /// A small article hyphened to a name: `al-Dora`.
    pub(crate) article_name: bool,
    /// No white space before it.
    pub(crate) joined: bool,
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn is(&self, folded: &str) -> bool {
        self.folded == folded
    }
}

/// A part of a word between hyphens.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) folded: String,
    pub(crate) token: usize,
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
        || is_combining_mark(c)
        || matches!(c, '\u{200C}' | '\u{200D}' | '\u{0640}' | '\u{02BB}'..='\u{02BF}')
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '`')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// Tokens of one stretch of text.
pub(crate) fn tokens(text: &str, within: Span) -> Vec<Token> {
    let part = within.of(text);
    let chars: Vec<(usize, char)> = part.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let offset = |i: usize| within.start() + chars.get(i).map_or(part.len(), |(o, _)| *o);
    let mut out: Vec<Token> = Vec::new();
    let (mut i, mut joined) = (0, false);
    while let Some(c) = at(i) {
        if c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200E}' | '\u{200F}')
        {
            joined = false;
            i += 1;
            continue;
        }
        let begin = i;
        let kind = if is_word_char(c) {
            i = word_end(&at, i);
            if c.is_numeric() { Kind::Number } else { Kind::Word }
        } else {
            i += 1;
            Kind::Mark
        };
        if kind == Kind::Word && at(i) == Some('.') && is_title_stop(&chars[begin..i]) {
            i += 1;
        }
        let mut end = i;
        let mut ending = None;
        if kind == Kind::Word && i - begin > 2 {
            let (apostrophe, s) = (at(i - 2), at(i - 1));
            if apostrophe.is_some_and(is_apostrophe) && matches!(s, Some('s' | 'S')) {
                end = i - 2;
                ending = Some((i - 2, i));
            }
        }
        for (from, to, kind) in
            std::iter::once((begin, end, kind)).chain(ending.map(|(a, b)| (a, b, Kind::Possessive)))
        {
            let Some(span) = Span::new(text, offset(from), offset(to)) else {
                continue;
            };
            let raw = span.of(text);
            let folded = match kind {
                Kind::Mark => raw.to_owned(),
                Kind::Possessive => "'s".to_owned(),
                _ if raw.ends_with('.') && !raw.trim_end_matches('.').contains('.') => {
                    fold(raw.trim_end_matches('.'))
                }
                _ => fold(raw),
            };
            let capital = raw.chars().next().is_some_and(char::is_uppercase);
            let upper = capital && !raw.chars().any(char::is_lowercase);
            let article_name = !capital && kind == Kind::Word && is_article_name(raw);
            out.push(Token { span, kind, folded, capital, upper, article_name, joined });
            joined = true;
        }
    }
    out
}

fn is_article_name(raw: &str) -> bool {
    let Some((article, name)) = raw.split_once(is_hyphen) else {
        return false;
    };
    matches!(
        article,
        "al" | "el" | "ad" | "as" | "ash" | "an" | "ar" | "at" | "az" | "ul" | "ed" | "es"
    ) && name.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the word is a title written short, whose stop belongs to it.
fn is_title_stop(word: &[(usize, char)]) -> bool {
    const SHORT: [&str; 18] = [
        "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "capt", "maj", "sgt", "sen", "rep",
        "gov", "brig", "adm", "rev", "st",
    ];
    word.len() <= 4
        && word.first().is_some_and(|(_, c)| c.is_uppercase())
        && SHORT
            .contains(&word.iter().flat_map(|(_, c)| c.to_lowercase()).collect::<String>().as_str())
}

/// One past the last character of the word that begins at `i`.
fn word_end(at: &impl Fn(usize) -> Option<char>, mut i: usize) -> usize {
    let begin = i;
    loop {
        while at(i).is_some_and(is_word_char) {
            i += 1;
        }
        let (Some(mark), Some(next)) = (at(i), at(i + 1)) else {
            break;
        };
        let before = at(i - 1);
        let joins = if is_apostrophe(mark) || is_hyphen(mark) {
            is_word_char(next)
        } else if mark == '/' {
            before.is_some_and(char::is_uppercase) && next.is_uppercase()
        } else if mark == '.' || mark == ',' || mark == '\u{066B}' || mark == '\u{066C}' {
            let digits = before.is_some_and(char::is_numeric) && next.is_numeric();
            digits
                || (mark == '.'
                    && initials(at, begin, i)
                    && next.is_alphabetic()
                    && !at(i + 2).is_some_and(char::is_alphabetic))
        } else {
            false
        };
        if !joins {
            break;
        }
        i += 1;
    }
    // the last stop of "U.S." belongs to it
    if at(i) == Some('.') && i > begin + 1 && initials(at, begin, i) {
        i += 1;
        if at(i).is_some_and(is_hyphen) && at(i + 1).is_some_and(is_word_char) {
            return word_end(at, i + 1);
        }
    }
    i
}

/// Whether the characters from `begin` to `end` are single letters between stops, such as `U.S`.
fn initials(at: &impl Fn(usize) -> Option<char>, begin: usize, end: usize) -> bool {
    end - begin < 12
        && (begin..end).all(|i| {
            at(i).is_some_and(|c| {
                if (i - begin).is_multiple_of(2) { c.is_alphabetic() } else { c == '.' }
            })
        })
}

/// The words of a sentence cut at hyphens.
pub(crate) fn pieces(text: &str, tokens: &[Token]) -> Vec<Piece> {
    let mut out = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        if !matches!(token.kind, Kind::Word | Kind::Number) {
            continue;
        }
        if !token.span.of(text).contains(is_hyphen) {
            out.push(Piece { span: token.span, folded: dotless(&token.folded), token: index });
            continue;
        }
        let mut start = token.span.start();
        for part in token.span.of(text).split(is_hyphen) {
            let end = start + part.len();
            if let Some(span) = Span::new(text, start, end).filter(|s| !s.is_empty()) {
                out.push(Piece { span, folded: dotless(&fold(part)), token: index });
            }
            start = end + text[end..].chars().next().map_or(0, char::len_utf8);
        }
    }
    out
}

/// `u.s.` and `us` are one spelling of an abbreviation.
fn dotless(folded: &str) -> String {
    if folded.contains('.') && folded.chars().any(char::is_alphabetic) {
        folded.replace('.', "")
    } else {
        folded.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, Span::whole(text)).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_cut_where_a_reader_would() {
        assert_eq!(
            cut("Vesla’s $1,600.5m (U.S.-led) plan."),
            ["Vesla", "’s", "$", "1,600.5m", "(", "U.S.-led", ")", "plan", "."]
        );
        assert_eq!(cut("a – b al-Dora–backed"), ["a", "–", "b", "al-Dora–backed"]);
        assert_eq!(cut("the U.S. said"), ["the", "U.S.", "said"]);
        assert_eq!(cut("قال: نعم؟"), ["قال", ":", "نعم", "؟"]);
    }

    #[test]
    fn pieces_keep_their_own_spans() {
        let text = "pro-Vesla U.S. men";
        let tokens = tokens(text, Span::whole(text));
        let pieces: Vec<_> =
            pieces(text, &tokens).iter().map(|p| (p.span.of(text), p.folded.clone())).collect();
        assert_eq!(pieces[1], ("Vesla", "vesla".to_owned()));
        assert_eq!(pieces[2], ("U.S.", "us".to_owned()));
    }
}
