//! Event patterns: the table `lexicon/events.tsv` ready for matching. A pattern is a head (verb or
//! noun) and the words that must follow it, by lemma; `~` lets up to seven words of the same clause
//! stand between, dates not counted. `lexicon/english/acts.tsv` holds more of them, in which `@name`
//! is a list of `lexicon/english/lists.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::chunks::Clauses;
use crate::records::Class;
use crate::words::{Tag, rows, singular, words};

/// Furthest a `~` reaches, and in an idiom.
const GAP: usize = 7;
const IDIOM_GAP: usize = 3;

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
    /// Is done to a thing or to people, never to an actor as a whole: nobody demolishes a state.
    pub(crate) thing: bool,
    /// Is no event: an idiom that a shorter pattern would take for one.
    pub(crate) guard: bool,
    /// Says by its own words that something happened, whoever took part.
    pub(crate) deed: bool,
}

struct Step {
    gap: bool,
    /// In order, to be searched.
    any: Vec<&'static str>,
}

impl Pattern {
    /// Words the pattern asks for.
    pub(crate) fn weight(&self) -> usize {
        self.steps.len()
    }

    /// Which of two that fit is the closer: more words first, then an idiom, then what says all itself.
    fn rank(&self) -> (usize, bool, bool) {
        (self.weight(), self.guard, self.deed)
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
    /// The pattern's noun, where it stands before the verb: in the passive and in a relative clause.
    pub(crate) turned: Option<usize>,
}

pub(crate) fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut out = Patterns { all: Vec::new(), verbs: HashMap::new(), nouns: HashMap::new() };
        for row in table() {
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

/// The lines of both tables.
fn table() -> impl Iterator<Item = Vec<&'static str>> {
    let more = rows(include_str!("../lexicon/english/acts.tsv"));
    rows(include_str!("../lexicon/events.tsv")).chain(more)
}

/// Words by the name of their list.
fn lists() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static LISTS: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut out: HashMap<&str, Vec<&str>> = HashMap::new();
        for row in rows(include_str!("../lexicon/english/lists.tsv")) {
            if let [name, list] = row[..] {
                out.entry(name).or_default().extend(list.split_whitespace());
            }
        }
        out
    })
}

/// The alternatives of one step, lists written out.
fn alternatives(text: &'static str) -> Vec<&'static str> {
    let mut any: Vec<&str> = Vec::new();
    for word in text.split('|') {
        match word.strip_prefix('@') {
            Some(name) => any.extend(lists().get(name).into_iter().flatten()),
            None => any.push(word),
        }
    }
    any.sort_unstable();
    any.dedup();
    any
}

fn parse(row: &[&'static str]) -> Option<Pattern> {
    let (&[rule, class, mode, head, text, slots], rest) = row.split_first_chunk::<6>()?;
    let mut steps = Vec::new();
    let mut gap = false;
    for word in text.split_whitespace() {
        if word == "~" {
            gap = true;
        } else {
            steps.push(Step { gap, any: alternatives(word) });
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
        thing: rest.contains(&"thing"),
        deed: rest.contains(&"deed"),
        guard: rest.contains(&"none"),
    })
}

impl Patterns {
    /// Every word of every pattern, with its class and whether it begins the pattern.
    pub(crate) fn vocabulary(&self) -> impl Iterator<Item = (&'static str, Class, bool)> {
        self.all.iter().filter(|p| !p.guard).flat_map(|pattern| {
            let steps = pattern.steps.iter().enumerate();
            steps.flat_map(move |(n, step)| {
                step.any.iter().map(move |w| (*w, pattern.class, n == 0))
            })
        })
    }

    /// The pattern with most words whose head is the verb at `i`. `noun` is what a passive or a relative
    /// clause puts before its verb.
    pub(crate) fn verb(
        &'static self,
        clauses: &Clauses<'_>,
        i: usize,
        noun: Option<usize>,
        passive: bool,
    ) -> Option<Match> {
        let lemma = words().lemma(clauses.word(i));
        let mut best: Option<Match> = None;
        for index in self.verbs.get(lemma)? {
            let pattern = &self.all[*index];
            let found = follow(clauses, pattern, i, 1, passive)
                .map(|end| Match { pattern, head: i, end, turned: None })
                .or_else(|| {
                    // "sanctions were imposed": the noun the pattern asks for is the subject
                    let noun = noun.filter(|_| pattern.steps.len() >= 2)?;
                    fits(clauses, noun, &pattern.steps[1]).then_some(())?;
                    let end = follow(clauses, pattern, i, 2, passive)?;
                    Some(Match { pattern, head: i, end, turned: Some(noun) })
                });
            if let Some(found) = found
                && best.is_none_or(|b| found.pattern.rank() > b.pattern.rank())
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
            let Some(end) = follow(clauses, pattern, i, 1, false) else {
                continue;
            };
            if best.is_none_or(|b| pattern.rank() > b.pattern.rank()) {
                best = Some(Match { pattern, head: i, end, turned: None });
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
    passive: bool,
) -> Option<usize> {
    let mut at = head + 1;
    for step in &pattern.steps[from_step..] {
        let far = if pattern.guard { IDIOM_GAP } else { GAP };
        let mut reach = if step.gap { far } else { 0 };
        let mut found = None;
        for j in at.. {
            if j >= clauses.tokens.len() || clauses.is_break(j) && clauses.word(j) != "," {
                break;
            }
            // "passed on Tuesday a law": a date stands where it likes
            if clauses.is_date(j) && !fits(clauses, j, step) {
                continue;
            }
            if fits(clauses, j, step) {
                found = Some(j);
                break;
            }
            // "was attacked by gunmen": whoever did it is not what it was done to
            if passive && clauses.word(j) == "by" {
                break;
            }
            // a comma, a new clause or another finite verb ends the reach; quotation marks and
            // adverbs do not use it up
            if j > at
                && (clauses.tag(j) == Some(Tag::Sub)
                    || clauses.is_finite(j) && !clauses.is_reduced(j)
                    || clauses.word(j) == ",")
            {
                break;
            }
            let Some(left) = reach.checked_sub(1) else { break };
            reach = left;
        }
        at = found? + 1;
    }
    Some(at)
}

fn fits(clauses: &Clauses<'_>, i: usize, step: &Step) -> bool {
    let word = clauses.word(i);
    let lemma = words().lemma(word);
    let has = |word: &str| step.any.binary_search(&word).is_ok();
    has(word) || has(lemma) || word.ends_with('s') && has(singular(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_pattern_with_its_own_rule_id() {
        let lines = table().count();
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
