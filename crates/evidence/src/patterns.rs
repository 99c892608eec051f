//! Event patterns: the table `lexicon/events.tsv` ready for matching. A pattern is a head (verb or
//! noun) and the words that must follow it, by lemma; `~` lets up to seven words of the same clause
//! stand between.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::chunks::Clauses;
use crate::records::Class;
use crate::words::{Tag, rows, singular, words};

/// Furthest a `~` reaches.
const GAP: usize = 7;

pub(crate) struct Pattern {
    pub(crate) rule: &'static str,
    pub(crate) class: Class,
    pub(crate) mode: Option<&'static str>,
    pub(crate) noun: bool,
    /// Alternatives of each word; the first is the head.
    steps: Vec<Step>,
    /// Prepositions, `obj`, `recip` or `none`, in order of preference.
    pub(crate) slots: Vec<&'static str>,
    /// Means an event only between two parties that can act.
    pub(crate) weak: bool,
}

struct Step {
    gap: bool,
    any: Vec<&'static str>,
}

impl Pattern {
    /// Words the pattern asks for.
    pub(crate) fn weight(&self) -> usize {
        self.steps.len()
    }
}

pub(crate) struct Patterns {
    all: Vec<Pattern>,
    verbs: HashMap<&'static str, Vec<usize>>,
    nouns: HashMap<&'static str, Vec<usize>>,
}

/// A match: the pattern, the head, and one past the last word it used.
#[derive(Clone, Copy)]
pub(crate) struct Match {
    pub(crate) pattern: &'static Pattern,
    pub(crate) head: usize,
    pub(crate) end: usize,
    /// Passive: the pattern's noun is the subject.
    pub(crate) turned: bool,
}

pub(crate) fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut out = Patterns { all: Vec::new(), verbs: HashMap::new(), nouns: HashMap::new() };
        for row in rows(include_str!("../lexicon/events.tsv")) {
            let (Some(pattern), true) = (parse(&row), row.len() >= 6) else {
                continue;
            };
            let index = out.all.len();
            for word in &pattern.steps[0].any {
                let by_head = if pattern.noun { &mut out.nouns } else { &mut out.verbs };
                by_head.entry(word).or_default().push(index);
            }
            out.all.push(pattern);
        }
        out
    })
}

fn parse(row: &[&'static str]) -> Option<Pattern> {
    let (&[rule, class, mode, head, text, slots], rest) = row.split_first_chunk::<6>()?;
    let mut steps = Vec::new();
    let mut gap = false;
    for word in text.split_whitespace() {
        if word == "~" {
            gap = true;
        } else {
            steps.push(Step { gap, any: word.split('|').collect() });
            gap = false;
        }
    }
    (!steps.is_empty()).then_some(Pattern {
        rule,
        class: Class::from_word(class)?,
        mode: (mode != "-").then_some(mode),
        noun: head == "n",
        steps,
        slots: slots.split('|').collect(),
        weak: rest.contains(&"weak"),
    })
}

impl Patterns {
    /// Every word of every pattern, with its class and whether it begins the pattern.
    pub(crate) fn vocabulary(&self) -> impl Iterator<Item = (&'static str, Class, bool)> {
        self.all.iter().flat_map(|pattern| {
            let steps = pattern.steps.iter().enumerate();
            steps.flat_map(move |(n, step)| {
                step.any.iter().map(move |w| (*w, pattern.class, n == 0))
            })
        })
    }

    /// The pattern with most words whose head is the verb at `i`.
    pub(crate) fn verb(
        &'static self,
        clauses: &Clauses<'_>,
        i: usize,
        passive: bool,
        subject: Option<usize>,
    ) -> Option<Match> {
        let lemma = words().lemma(clauses.word(i));
        let mut best: Option<Match> = None;
        for index in self.verbs.get(lemma)? {
            let pattern = &self.all[*index];
            let found = follow(clauses, pattern, i, 1)
                .map(|end| Match { pattern, head: i, end, turned: false })
                .or_else(|| {
                    // "sanctions were imposed": the noun the pattern asks for is the subject
                    let noun = subject.filter(|_| passive && pattern.steps.len() >= 2)?;
                    fits(clauses, noun, &pattern.steps[1]).then_some(())?;
                    let end = follow(clauses, pattern, i, 2)?;
                    Some(Match { pattern, head: i, end, turned: true })
                });
            if let Some(found) = found
                && best.is_none_or(|b| found.pattern.weight() > b.pattern.weight())
            {
                best = Some(found);
            }
        }
        best
    }

    /// The pattern with most words whose last word is the noun at `i`, or that begins there.
    pub(crate) fn noun(&'static self, clauses: &Clauses<'_>, i: usize) -> Option<Match> {
        let lemma = singular(clauses.word(i));
        let mut best: Option<Match> = None;
        for index in self.nouns.get(lemma.as_str()).or_else(|| self.nouns.get(clauses.word(i)))? {
            let pattern = &self.all[*index];
            let Some(end) = follow(clauses, pattern, i, 1) else {
                continue;
            };
            if best.is_none_or(|b| pattern.weight() > b.pattern.weight()) {
                best = Some(Match { pattern, head: i, end, turned: false });
            }
        }
        best
    }
}

/// Follows the steps of a pattern from `from_step` on and says where they end.
fn follow(
    clauses: &Clauses<'_>,
    pattern: &Pattern,
    head: usize,
    from_step: usize,
) -> Option<usize> {
    let mut at = head + 1;
    for step in &pattern.steps[from_step..] {
        let reach = if step.gap { GAP } else { 0 };
        let mut found = None;
        for j in at..=at + reach {
            if j >= clauses.tokens.len() || clauses.is_break(j) && clauses.word(j) != "," {
                break;
            }
            if fits(clauses, j, step) {
                found = Some(j);
                break;
            }
            // a comma, a new clause or another finite verb ends the reach; quotation marks and
            // adverbs do not use it up
            if j > at
                && (clauses.tag(j) == Some(Tag::Sub)
                    || clauses.is_finite(j)
                    || clauses.word(j) == ",")
            {
                break;
            }
        }
        at = found? + 1;
    }
    Some(at)
}

fn fits(clauses: &Clauses<'_>, i: usize, step: &Step) -> bool {
    let word = clauses.word(i);
    let lemma = words().lemma(word);
    step.any.iter().any(|want| *want == word || *want == lemma) || {
        word.ends_with('s') && {
            let one = singular(word);
            step.any.contains(&one.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_pattern_with_its_own_rule_id() {
        let lines = rows(include_str!("../lexicon/events.tsv")).count();
        assert_eq!(patterns().all.len(), lines);
        let mut rules: Vec<_> = patterns().all.iter().map(|p| p.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(rules.len(), lines);
    }

    #[test]
    fn every_verb_a_pattern_begins_with_is_a_known_verb() {
        let unknown: Vec<_> = patterns()
            .verbs
            .keys()
            .filter(|w| {
                !matches!(**w, "be" | "have") && words().verbs.get(**w).is_none_or(|f| !f.base)
            })
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
