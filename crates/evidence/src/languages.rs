//! What language a document is in, so that it says plainly what is not read of it.
//!
//! The grammar of the reader is English. Of a document in another language it reads the names that
//! the case knows, and no more; to find nothing and say nothing would look as if there were nothing
//! to find. The language is told by its small words.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::tokens::Token;
use crate::words::rows;

/// Words looked at.
const LOOKED_AT: usize = 2_000;

/// Fewer words than this tell no language.
const FEWEST: usize = 12;

struct Languages {
    names: Vec<&'static str>,
    /// What is read of each.
    reads: Vec<(&'static str, &'static str)>,
    words: HashMap<&'static str, Vec<usize>>,
}

fn languages() -> &'static Languages {
    static LANGUAGES: OnceLock<Languages> = OnceLock::new();
    LANGUAGES.get_or_init(|| {
        let mut out = Languages { names: Vec::new(), reads: Vec::new(), words: HashMap::new() };
        for row in rows(include_str!("../lexicon/languages.tsv")) {
            let [name, read, list] = row[..] else { continue };
            out.reads.push((name, read));
            for word in list.split_whitespace() {
                out.words.entry(word).or_default().push(out.names.len());
            }
            out.names.push(name);
        }
        out
    })
}

/// The language of running text; none where it is short or no language stands out.
fn told<'a>(text: &str, tokens: impl Iterator<Item = &'a Token>) -> Option<&'static str> {
    let languages = languages();
    let mut counts = vec![0usize; languages.names.len()];
    let mut all = 0;
    for token in tokens.filter(|t| t.is_word()).take(LOOKED_AT) {
        all += 1;
        // accents tell languages apart, so the word is taken as it is written
        let word = token.span.of(text).to_lowercase();
        for language in languages.words.get(word.as_str()).into_iter().flatten() {
            counts[*language] += 1;
        }
    }
    let (best, most) = counts.iter().enumerate().max_by_key(|(i, n)| (**n, usize::MAX - *i))?;
    let next = counts.iter().enumerate().filter(|(i, _)| *i != best).map(|(_, n)| *n).max()?;
    // a twelfth of its words are small words of it, and a third more than of any other
    (all >= FEWEST && most * 12 >= all && *most * 3 > next * 4).then_some(languages.names[best])
}

/// What a document in another language than English says of itself in the notices.
pub(crate) fn notice<'a>(text: &str, tokens: impl Iterator<Item = &'a Token>) -> Option<String> {
    let language = told(text, tokens).filter(|language| *language != "English")?;
    let read = match languages().reads.iter().find(|(name, _)| *name == language) {
        Some((_, "lists")) => {
            "names that the case knows, dates, quantities, speakers and common deeds between known actors are \
             read; all else is not"
        }
        _ => {
            "only names that the case knows are read; dates, events, quantities and statements are not"
        }
    };
    Some(format!("in {language}, as its words look: {read}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::tokens::tokens;

    fn of(text: &str) -> Option<&'static str> {
        told(text, tokens(text, Span::whole(text)).iter())
    }

    #[test]
    fn each_language_is_told_by_its_small_words() {
        for (language, text) in [
            (
                "English",
                "The envoy of the league said that talks with the island would go on until the summer.",
            ),
            (
                "French",
                "Le ministre a déclaré que les négociations avec la ligue reprendront dans la capitale selon son porte-parole.",
            ),
            (
                "Spanish",
                "El ministro dijo que las conversaciones con la liga se reanudarán en la capital según su portavoz.",
            ),
            (
                "Russian",
                "Министр заявил, что переговоры с лигой не были прерваны и что они продолжатся в столице после выборов.",
            ),
            (
                "Serbo-Croatian",
                "Ministar je rekao da će se pregovori sa ligom nastaviti u glavnom gradu nakon izbora koji su bili odloženi.",
            ),
            (
                "Arabic",
                "قال الوزير في العاصمة إن المحادثات مع الرابطة لم تتوقف وإن الوفد عاد إلى المدينة بعد أن انتهى الاجتماع",
            ),
            (
                "Persian",
                "وزیر در پایتخت گفت که گفتگو با اتحادیه متوقف نشده است و هیئت پس از آن به شهر باز خواهد گشت تا این کار را",
            ),
        ] {
            assert_eq!(of(text), Some(language), "{text}");
        }
    }

    #[test]
    fn a_line_and_a_list_of_names_are_of_no_language() {
        assert_eq!(of("Rebels shell town"), None);
        assert_eq!(
            of("Orm Berg Lind Sund Rask Vint Hale Toll Marr Finch Osei Gow Dent Lowe Oke"),
            None
        );
    }
}
