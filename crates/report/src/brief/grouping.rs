//! Citations as a reader wants them: what is said once for several values is printed once.
//!
//! A citation that names only a source is a further source of the one before it; values that rest
//! on the same judgement and the same sources stand together. Nothing is dropped.

use super::{Citation, EvidenceNote, SourceEntry};

/// Values, the words that carry them, and all the sources behind them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group<'a> {
    pub values: Vec<&'a str>,
    pub quote: Option<&'a str>,
    pub sentence: Option<&'a str>,
    pub judged: Option<&'a str>,
    pub sources: Vec<&'a SourceEntry>,
}

/// The citations of a note, grouped, in their order.
pub(crate) fn groups(note: &EvidenceNote) -> Vec<Group<'_>> {
    let mut alone: Vec<Group<'_>> = Vec::new();
    for citation in &note.citations {
        let group = group(citation);
        let names_only_a_source = group.values.is_empty()
            && group.quote.is_none()
            && group.sentence.is_none()
            && group.judged.is_none();
        match alone.last_mut() {
            Some(before) if names_only_a_source => before.sources.extend(group.sources),
            _ => alone.push(group),
        }
    }
    let mut together: Vec<Group<'_>> = Vec::new();
    for group in alone {
        match together.last_mut() {
            Some(before) if rest_on_the_same(before, &group) => before.values.extend(group.values),
            _ => together.push(group),
        }
    }
    together
}

fn group(citation: &Citation) -> Group<'_> {
    fn filled(text: &Option<String>) -> Option<&str> {
        text.as_deref().filter(|text| !text.is_empty())
    }
    Group {
        values: filled(&citation.value).into_iter().collect(),
        quote: filled(&citation.quote),
        sentence: filled(&citation.sentence),
        judged: filled(&citation.judged),
        sources: Some(&citation.source)
            .filter(|source| !source.key.is_empty())
            .into_iter()
            .collect(),
    }
}

fn rest_on_the_same(before: &Group<'_>, after: &Group<'_>) -> bool {
    let is_bare = |group: &Group<'_>| {
        group.quote.is_none() && group.sentence.is_none() && !group.values.is_empty()
    };
    is_bare(before)
        && is_bare(after)
        && before.judged == after.judged
        && before.sources == after.sources
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cite(value: &str, source: &str, quote: &str) -> Citation {
        let text = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        Citation {
            source: SourceEntry { key: source.to_owned(), ..SourceEntry::default() },
            value: text(value),
            quote: text(quote),
            ..Citation::default()
        }
    }

    #[test]
    fn values_on_the_same_sources_stand_together_and_quotes_stand_alone() {
        let note = EvidenceNote {
            citations: vec![
                cite("1", "a", ""),
                cite("", "b", ""),
                cite("2", "a", ""),
                cite("", "b", ""),
                cite("3", "a", ""),
                cite("4", "a", "four"),
                cite("5", "a", ""),
            ],
            ..EvidenceNote::default()
        };
        let found: Vec<(Vec<&str>, usize)> =
            groups(&note).into_iter().map(|group| (group.values, group.sources.len())).collect();
        assert_eq!(found, [(vec!["1", "2"], 2), (vec!["3"], 1), (vec!["4"], 1), (vec!["5"], 1)]);
    }
}
