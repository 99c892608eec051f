//! The closed vocabulary of the reader: word classes, verb forms and the cue tables, read once from
//! the text files in `lexicon/`.
//!
//! It holds general English and the PLOVER scheme; it names no actor.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Word classes of the rule chunker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tag {
    Det,
    Poss,
    Prep,
    Conj,
    Sub,
    Pron,
    Neg,
    Be,
    Have,
    Do,
    Modal,
    To,
    Adv,
    Num,
    Verb,
    Noun,
    Name,
    Adj,
    Punct,
}

/// One reading of a form as a verb.
#[derive(Clone, Debug)]
pub(crate) struct VerbForm {
    pub(crate) lemma: &'static str,
    pub(crate) base: bool,
    pub(crate) third: bool,
    pub(crate) past: bool,
    pub(crate) participle: bool,
    pub(crate) ing: bool,
    /// The base and -s forms may be nouns.
    pub(crate) noun_too: bool,
    /// The base form may be an adjective.
    pub(crate) adjective_too: bool,
    /// The participle is mostly an adjective.
    pub(crate) participle_adjective: bool,
}

pub(crate) struct Words {
    pub(crate) closed: HashMap<&'static str, Tag>,
    pub(crate) verbs: HashMap<String, VerbForm>,
    pub(crate) titles: HashSet<&'static str>,
    pub(crate) institutions: HashSet<&'static str>,
    pub(crate) directions: HashSet<&'static str>,
    pub(crate) calendar: HashSet<&'static str>,
    /// Nouns, in the singular, for people and bodies that act.
    pub(crate) people: HashSet<&'static str>,
}

/// Lines of a lexicon file without comments, each cut at its tabs.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|l| l.split('\t').collect())
}

pub(crate) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(Words::load)
}

impl Words {
    fn load() -> Words {
        let mut closed = HashMap::new();
        for row in rows(include_str!("../lexicon/closed.tsv")) {
            let [tag, list] = row[..] else { continue };
            let tag = match tag {
                "det" => Tag::Det,
                "poss" => Tag::Poss,
                "prep" => Tag::Prep,
                "conj" => Tag::Conj,
                "sub" => Tag::Sub,
                "pron" => Tag::Pron,
                "neg" => Tag::Neg,
                "be" => Tag::Be,
                "have" => Tag::Have,
                "do" => Tag::Do,
                "modal" => Tag::Modal,
                "adv" => Tag::Adv,
                _ => Tag::Num,
            };
            for word in list.split_whitespace() {
                closed.entry(word).or_insert(tag);
            }
        }
        closed.insert("to", Tag::To);
        let mut lists: HashMap<&str, HashSet<&'static str>> = HashMap::new();
        for row in rows(include_str!("../lexicon/titles.tsv")) {
            let [kind, list] = row[..] else { continue };
            lists.entry(kind).or_default().extend(list.split_whitespace());
        }
        let mut list = |kind: &str| lists.remove(kind).unwrap_or_default();
        Words {
            closed,
            verbs: verb_forms(include_str!("../lexicon/verbs.txt")),
            titles: list("title"),
            institutions: list("institution"),
            directions: list("direction"),
            calendar: list("calendar"),
            people: list("people"),
        }
    }

    /// Whether the folded word is of the language rather than part of somebody's name.
    pub(crate) fn is_ordinary(&self, folded: &str) -> bool {
        self.closed.contains_key(folded)
            || self.verbs.contains_key(folded)
            || self.titles.contains(folded)
            || self.institutions.contains(folded)
            || self.directions.contains(folded)
            || self.calendar.contains(folded)
            || ["ing", "ly", "ed", "tion", "tions", "ment", "ments", "ness", "ity"]
                .iter()
                .any(|end| folded.len() > end.len() + 2 && folded.ends_with(end))
    }

    /// The dictionary form a pattern is written in.
    pub(crate) fn lemma<'a>(&'a self, folded: &'a str) -> &'a str {
        match (self.verbs.get(folded), self.closed.get(folded)) {
            (_, Some(Tag::Be)) => "be",
            (_, Some(Tag::Have)) => "have",
            (Some(form), _) => form.lemma,
            (None, _) => folded,
        }
    }
}

/// Singular of a plural by its ending; other words come back as they are.
pub(crate) fn singular(folded: &str) -> String {
    if folded.len() > 4 && folded.ends_with("ies") {
        return format!("{}y", &folded[..folded.len() - 3]);
    }
    for ending in ["ches", "shes", "sses", "xes"] {
        if let Some(stem) = folded.strip_suffix("es").filter(|_| folded.ends_with(ending)) {
            return stem.to_owned();
        }
    }
    match folded.strip_suffix('s') {
        Some(stem) if folded.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => folded.to_owned(),
    }
}

fn verb_forms(file: &'static str) -> HashMap<String, VerbForm> {
    let mut forms: HashMap<String, VerbForm> = HashMap::new();
    for line in file.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let (mut parts, mut flags) = (Vec::new(), Vec::new());
        for word in line.split_whitespace() {
            if word.starts_with('/') { flags.push(word) } else { parts.push(word) }
        }
        let Some(&lemma) = parts.first() else {
            continue;
        };
        let regular = past_of(lemma, flags.contains(&"/d"));
        let past = parts.get(1).map_or(regular.clone(), |w| (*w).to_owned());
        let participle = parts.get(2).map_or(past.clone(), |w| (*w).to_owned());
        let (noun_too, adjective_too) = (flags.contains(&"/n"), flags.contains(&"/a"));
        let participle_adjective = flags.contains(&"/j");
        let mut add = |form: String, set: fn(&mut VerbForm)| {
            let entry = forms.entry(form).or_insert(VerbForm {
                lemma,
                base: false,
                third: false,
                past: false,
                participle: false,
                ing: false,
                noun_too,
                adjective_too,
                participle_adjective,
            });
            if entry.lemma == lemma {
                set(entry);
            }
        };
        add(lemma.to_owned(), |f| f.base = true);
        add(third_of(lemma), |f| f.third = true);
        add(past, |f| f.past = true);
        add(participle, |f| f.participle = true);
        add(ing_of(lemma, flags.contains(&"/d")), |f| f.ing = true);
    }
    forms
}

fn third_of(lemma: &str) -> String {
    let before = lemma.chars().rev().nth(1);
    match lemma.strip_suffix('y') {
        Some(stem) if before.is_some_and(|c| !"aeiou".contains(c)) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| lemma.ends_with(e)) => {
            format!("{lemma}es")
        }
        _ => format!("{lemma}s"),
    }
}

/// Whether the last consonant is written twice before -ed and -ing: one short syllable such as
/// "stop".
fn doubles(lemma: &str) -> bool {
    let letters: Vec<char> = lemma.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let [.., before, middle, last] = letters[..] else {
        return false;
    };
    !vowel(before)
        && vowel(middle)
        && !vowel(last)
        && !"wxy".contains(last)
        && letters.iter().filter(|c| vowel(**c)).count() == 1
}

fn stem_of(lemma: &str, doubled: bool) -> String {
    match lemma.chars().last() {
        Some(last) if doubled || doubles(lemma) => format!("{lemma}{last}"),
        _ => lemma.to_owned(),
    }
}

fn past_of(lemma: &str, doubled: bool) -> String {
    if lemma.ends_with('e') {
        return format!("{lemma}d");
    }
    let before = lemma.chars().rev().nth(1);
    match lemma.strip_suffix('y') {
        Some(stem) if before.is_some_and(|c| !"aeiou".contains(c)) => format!("{stem}ied"),
        _ => format!("{}ed", stem_of(lemma, doubled)),
    }
}

fn ing_of(lemma: &str, doubled: bool) -> String {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match lemma.strip_suffix('e') {
        Some(stem) if !lemma.ends_with("ee") && lemma != "be" => format!("{stem}ing"),
        _ => format!("{}ing", stem_of(lemma, doubled)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_and_irregular_forms_lead_to_their_lemma() {
        for (form, lemma) in [
            ("visited", "visit"),
            ("denies", "deny"),
            ("denied", "deny"),
            ("stopping", "stop"),
            ("freezing", "freeze"),
            ("withdrew", "withdraw"),
            ("led", "lead"),
            ("attacks", "attack"),
            ("agreeing", "agree"),
            ("permitted", "permit"),
        ] {
            assert_eq!(words().verbs.get(form).map(|f| f.lemma), Some(lemma), "{form}");
        }
        assert_eq!(singular("countries"), "country");
        assert_eq!(singular("crisis"), "crisis");
        assert_eq!(singular("churches"), "church");
    }
}
