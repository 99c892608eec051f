//! Searching with filters, and which words of a sentence answered.

use jiff::civil::Date;
use rusqlite::params;
use serde::Serialize;

use super::queries::{HIT, hit, limited, terms};
use super::{Hit, Store, StoreError, doing};
use crate::normalise::fold_mapped;

/// What a search is narrowed to; nothing set is everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Sentences that name this actor.
    pub actor: Option<String>,
    /// Documents of this source key.
    pub source: Option<String>,
    /// Documents dated on this day or later.
    pub from: Option<Date>,
    /// Documents dated on this day or earlier.
    pub to: Option<Date>,
    /// Running text only: no furniture, headings or copies.
    pub body: bool,
}

/// A sentence that answers, with the words that did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The sentence.
    pub hit: Hit,
    /// Byte ranges of the words found, within the sentence's quote, in order.
    pub marks: Vec<(usize, usize)>,
}

impl Answer {
    /// The sentence with what was found between two signs, on one line.
    #[must_use]
    pub fn marked(&self, open: &str, close: &str) -> String {
        let quote = self.hit.quote.as_str();
        let (mut out, mut at) = (String::new(), 0);
        for (start, end) in &self.marks {
            out.push_str(quote.get(at..*start).unwrap_or_default());
            out.push_str(open);
            out.push_str(quote.get(*start..*end).unwrap_or_default());
            out.push_str(close);
            at = *end;
        }
        out.push_str(quote.get(at..).unwrap_or_default());
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Store {
    /// Sentences that hold all words of the query and pass the filter, best first, running text before the rest.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn find(
        &self,
        query: &str,
        filter: &Filter,
        limit: usize,
    ) -> Result<Vec<Answer>, StoreError> {
        let terms = terms(query);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let expression: Vec<String> = terms
            .iter()
            .map(|(words, prefix)| format!("\"{words}\"{}", if *prefix { "*" } else { "" }))
            .collect();
        let sql = format!(
            "SELECT {HIT} FROM sentence_text f JOIN sentence s ON s.row = f.rowid JOIN document d ON d.row = s.document
             WHERE sentence_text MATCH ?1 AND d.current = 1
               AND (?2 IS NULL OR d.source_key = ?2)
               AND (?3 IS NULL OR d.dated >= ?3) AND (?4 IS NULL OR d.dated <= ?4)
               AND (?5 = 0 OR s.standing = 'body')
               AND (?6 IS NULL OR EXISTS (SELECT 1 FROM record_actor a WHERE a.actor = ?6
                 AND a.part = 'named' AND a.document = s.document AND a.sentence = s.ordinal))
             ORDER BY (s.standing <> 'body'), bm25(sentence_text), d.source_key, s.ordinal LIMIT ?7"
        );
        let mut statement =
            self.connection.prepare_cached(&sql).map_err(doing("preparing a query"))?;
        let rows = statement
            .query_map(
                params![
                    expression.join(" "),
                    filter.source,
                    filter.from.map(|d| d.to_string()),
                    filter.to.map(|d| d.to_string()),
                    filter.body,
                    filter.actor,
                    limited(limit)
                ],
                hit,
            )
            .map_err(doing("asking"))?;
        let mut out = Vec::new();
        for row in rows {
            let hit = row.map_err(doing("reading an answer"))?;
            out.push(Answer { marks: marks(&hit.quote, &terms), hit });
        }
        Ok(out)
    }
}

/// Where the words of the query stand in a sentence.
fn marks(quote: &str, terms: &[(String, bool)]) -> Vec<(usize, usize)> {
    let words: Vec<(&str, bool)> = terms
        .iter()
        .flat_map(|(words, prefix)| {
            let all: Vec<&str> = words.split(' ').collect();
            let last = all.len() - 1;
            all.into_iter().enumerate().map(move |(n, w)| (w, *prefix && n == last))
        })
        .collect();
    let (folded, offsets) = fold_mapped(quote);
    let (mut out, mut at) = (Vec::new(), 0);
    while at < folded.len() {
        if !folded[at].is_alphanumeric() {
            at += 1;
            continue;
        }
        let end =
            (at..folded.len()).find(|i| !folded[*i].is_alphanumeric()).unwrap_or(folded.len());
        let word: String = folded[at..end].iter().collect();
        if words.iter().any(|(w, prefix)| word == *w || *prefix && word.starts_with(w)) {
            let stop = offsets.get(end).copied().unwrap_or(quote.len());
            let start = offsets[at];
            let shown = quote.get(start..stop).unwrap_or_default().trim_end().len();
            out.push((start, start + shown));
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_found_are_marked_in_any_script() {
        let mark = |quote: &str, query: &str| {
            let marks = marks(quote, &terms(query));
            marks.iter().map(|(a, b)| quote[*a..*b].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(mark("The Harbour’s dues rose.", "dues rise*"), ["dues"]);
        assert_eq!(mark("Él pagó DUES, dues", "dues pago"), ["pagó", "DUES", "dues"]);
        assert_eq!(mark("قال إحمد", "احمد"), ["إحمد"]);
    }
}
