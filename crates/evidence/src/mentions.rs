//! Actors found by name: a trie over folded words, longest match first, with the document's own
//! abbreviations and surnames.
//!
//! The longest known name takes its words, so "Kataib X" is never a mention of "X"; and a one-word
//! name that stands inside a longer unknown name ("Y X" with Y written large and no title) is
//! refused: it becomes a candidate instead.

mod introduced;
mod sense;
mod spelling;

use std::collections::HashMap;

use crate::lexicon::Lexicon;
use crate::records::{Form, Sense};
use crate::span::Span;
use crate::tokens::{Piece, Token, pieces};
use crate::words::words;
use introduced::{is_plain_surname, keys, surname};
use spelling::Spellings;

pub(crate) use crate::lexicon::name_key;
pub(crate) use introduced::Introduced;

/// A name found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) span: Span,
    /// First token and one past the last.
    pub(crate) tokens: (usize, usize),
    /// Index into the lexicon.
    pub(crate) actor: usize,
    pub(crate) form: Form,
    pub(crate) sense: Sense,
}

#[derive(Default)]
struct Node {
    next: HashMap<String, usize>,
    ends: Option<(usize, Form, bool)>,
}

/// The names of a lexicon, ready for matching.
pub(crate) struct Names {
    nodes: Vec<Node>,
    states: Vec<bool>,
    persons: Vec<bool>,
    surnames: Vec<Vec<Vec<String>>>,
    /// Words of a person's names that are not the last.
    firsts: Vec<Vec<String>>,
    /// Surnames that one person alone of the lexicon has.
    lone: HashMap<Vec<String>, Option<usize>>,
    spellings: Spellings,
    /// Folded spellings judged not to be the actor.
    never: Vec<Vec<String>>,
}

impl Names {
    pub(crate) fn new(lexicon: &Lexicon) -> Names {
        let mut names = Names {
            nodes: vec![Node::default()],
            states: Vec::new(),
            persons: Vec::new(),
            surnames: Vec::new(),
            firsts: Vec::new(),
            lone: HashMap::new(),
            spellings: Spellings::default(),
            never: Vec::new(),
        };
        for (index, actor) in lexicon.actors.iter().enumerate() {
            names.states.push(actor.is_state());
            names.persons.push(actor.is_person());
            let (mut surnames, mut firsts) = (Vec::new(), Vec::new());
            for alias in std::iter::once(&actor.name).chain(&actor.aliases) {
                names.add(alias, index, Form::Name);
                let keys = keys(alias);
                names.spellings.add(&keys, index);
                if actor.is_person() {
                    surnames.extend(surname(&keys));
                    firsts.extend(keys.into_iter().rev().skip(1));
                }
            }
            surnames.sort();
            surnames.dedup();
            for name in &surnames {
                names
                    .lone
                    .entry(name.clone())
                    .and_modify(|who| *who = who.filter(|other| *other == index))
                    .or_insert(Some(index));
            }
            names.firsts.push(firsts);
            names.surnames.push(surnames);
            names.never.push(actor.never.iter().map(|n| name_key(n)).collect());
            for alias in &actor.demonyms {
                names.add(alias, index, Form::Demonym);
            }
            for alias in &actor.metonyms {
                names.add(alias, index, Form::Metonym);
            }
        }
        names
    }

    /// The first actor to claim a spelling keeps it.
    fn add(&mut self, alias: &str, actor: usize, form: Form) {
        let mut at = 0;
        let mut keys = keys(alias);
        // "the Harbour Front" is found with its article or without; "the Front" only with it
        if keys.len() > 2 && keys[0] == "the" {
            keys.remove(0);
        }
        for key in keys {
            at = match self.nodes[at].next.get(&key) {
                Some(next) => *next,
                None => {
                    self.nodes.push(Node::default());
                    let next = self.nodes.len() - 1;
                    self.nodes[at].next.insert(key, next);
                    next
                }
            };
        }
        let large = alias.chars().next().is_some_and(char::is_uppercase);
        if at != 0 && self.nodes[at].ends.is_none() {
            self.nodes[at].ends = Some((actor, form, large));
        }
    }

    fn longest(&self, pieces: &[Piece], from: usize) -> Option<(usize, usize, Form, bool)> {
        let (mut at, mut best) = (0, None);
        for (n, piece) in pieces[from..].iter().enumerate() {
            // a name is not read across a mark: "the Front, Harbour"
            // but "Dockers' Federation" is one name, apostrophe and all
            let last = &pieces[from + n.saturating_sub(1)];
            let apostrophe = piece.token == last.token + 2
                && last.folded.ends_with('s')
                && piece.span.start() - last.span.end() <= 4;
            if n > 0 && piece.token > last.token + 1 && !apostrophe {
                break;
            }
            match self.nodes[at].next.get(&piece.folded) {
                Some(next) => at = *next,
                None => break,
            }
            if let Some((actor, form, large)) = self.nodes[at].ends {
                best = Some((from + n + 1, actor, form, large));
            }
        }
        best
    }

    /// Every actor named in a sentence, in order.
    pub(crate) fn find(
        &self,
        text: &str,
        tokens: &[Token],
        introduced: &mut Introduced,
    ) -> Vec<Found> {
        let pieces = pieces(text, tokens);
        let mut out: Vec<Found> = Vec::new();
        let mut i = 0;
        while i < pieces.len() {
            let at = self.at(text, tokens, &pieces, i, introduced);
            let judged = |f: &Found| {
                let never = &self.never[f.actor];
                !never.is_empty() && never.contains(&name_key(f.span.of(text)))
            };
            match at.filter(|(_, found)| !judged(found)) {
                Some((end, found)) => {
                    self.introduce(tokens, &found, introduced);
                    out.push(found);
                    i = end;
                }
                None => i += 1,
            }
        }
        out
    }

    fn at(
        &self,
        text: &str,
        tokens: &[Token],
        pieces: &[Piece],
        i: usize,
        introduced: &mut Introduced,
    ) -> Option<(usize, Found)> {
        let known = self.longest(pieces, i);
        let local =
            introduced.longest(pieces, i).filter(|(end, ..)| known.is_none_or(|k| *end > k.0));
        let spelt = || self.spelt(text, pieces, i).map(|(end, actor)| (end, actor, Form::Name));
        let lone = || self.lone(text, pieces, i, introduced);
        let (end, actor, form, large) = match (known, local) {
            (_, Some((end, actor, form))) => (end, actor, form, true),
            (Some(known), None) => known,
            (None, None) => match spelt().or_else(lone) {
                Some((end, actor, form)) => (end, actor, form, true),
                None => return self.inside_word(text, tokens, pieces, i),
            },
        };
        if form == Form::Surname && self.other_first_name(text, pieces, i, actor) {
            introduced.doubt(&pieces[i..end]);
            return None;
        }
        let (first, last) = (&pieces[i], &pieces[end - 1]);
        // "us" is no country and "is" no army: a name written large must be found large
        let written_large = first
            .span
            .of(text)
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
        if large && !written_large {
            return None;
        }
        let short = end - i == 1 && first.folded.len() <= 3;
        if short
            && large
            && first.span.of(text).chars().any(char::is_lowercase)
            && words().closed.contains_key(first.folded.as_str())
        {
            return None;
        }
        if end - i == 1 && self.inside_longer_name(text, tokens, pieces, i, actor, form) {
            return None;
        }
        let span = first.span.join(last.span);
        let range = (first.token, last.token + 1);
        let sense = self.sense(text, tokens, span, range, actor, form);
        Some((end, Found { span, tokens: range, actor, form, sense }))
    }

    /// A name of the lexicon in another transliteration; every word of it is written large.
    fn spelt(&self, text: &str, pieces: &[Piece], i: usize) -> Option<(usize, usize)> {
        let large = |p: &Piece| p.span.of(text).chars().next().is_some_and(char::is_uppercase);
        if !large(&pieces[i]) {
            return None;
        }
        let run = pieces[i..]
            .iter()
            .enumerate()
            .take(8)
            .take_while(|(n, p)| {
                (*n == 0 || p.token <= pieces[i + n - 1].token + 1)
                    && (large(p) || spelling::is_article(&p.folded))
            })
            .map(|(_, p)| p.folded.as_str());
        let words: Vec<&str> = run.collect();
        let (taken, actor) = self.spellings.find(&words).filter(|_| words.len() > 1)?;
        Some((i + taken, actor))
    }

    /// The surname of one person alone of the lexicon, in a document that does not doubt it.
    fn lone(
        &self,
        text: &str,
        pieces: &[Piece],
        i: usize,
        introduced: &Introduced,
    ) -> Option<(usize, usize, Form)> {
        (1..=2).rev().find_map(|n| {
            let name: Vec<String> =
                pieces.get(i..i + n)?.iter().map(|p| p.folded.clone()).collect();
            let actor = (*self.lone.get(&name)?)?;
            // "Prime Minister Venn": a title speaks for a short surname
            let titled = i > 0
                && words().titles.contains(pieces[i - 1].folded.as_str())
                && pieces[i - 1].span.of(text).starts_with(char::is_uppercase);
            let telling = titled || is_plain_surname(&name);
            (telling && !introduced.doubts(&name)).then_some((i + n, actor, Form::Surname))
        })
    }

    /// Learns "(AH)" after a name, and the surname of a person.
    fn introduce(&self, tokens: &[Token], found: &Found, introduced: &mut Introduced) {
        let after = found.tokens.1;
        if found.form == Form::Name && tokens.get(after).is_some_and(|t| t.is("(")) {
            let closing = (after + 1..(after + 5).min(tokens.len())).find(|i| tokens[*i].is(")"));
            if let Some(closing) = closing
                && closing == after + 2
                && tokens[after + 1].upper
                && tokens[after + 1].span.len() >= 2
            {
                introduced.learn(
                    vec![tokens[after + 1].folded.replace('.', "")],
                    found.actor,
                    Form::Abbreviation,
                );
            }
        }
        if self.persons[found.actor] && found.form == Form::Name {
            for surname in &self.surnames[found.actor] {
                introduced.learn(surname.clone(), found.actor, Form::Surname);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::LexiconActor;
    use crate::tokens::tokens;

    fn lexicon() -> Lexicon {
        let actor = |id: &str, name: &str, kind: &str, aliases: &[&str]| LexiconActor {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            ..LexiconActor::default()
        };
        let mut vesla = actor("vesla", "Vesla", "state", &["V.S.", "VS"]);
        vesla.demonyms = vec!["Veslan".into()];
        vesla.metonyms = vec!["Port Amar".into()];
        Lexicon {
            actors: vec![
                vesla,
                actor("dawn", "Dawn", "armed-faction", &["الفجر"]),
                actor("kdawn", "Kataib Dawn", "armed-faction", &[]),
                actor("league", "Asa'ib al-Bahr", "armed-faction", &[]),
                actor("orsa", "Tamar al-Orsa", "person", &[]),
            ],
        }
    }

    fn found(text: &str) -> Vec<(String, String)> {
        let lexicon = lexicon();
        let names = Names::new(&lexicon);
        let mut introduced = Introduced::default();
        names
            .find(text, &tokens(text, Span::whole(text)), &mut introduced)
            .iter()
            .map(|f| (f.span.of(text).to_owned(), lexicon.actors[f.actor].id.clone()))
            .collect()
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn the_longest_name_takes_its_words() {
        assert_eq!(
            found("Kataib Dawn met Dawn."),
            [pair("Kataib Dawn", "kdawn"), pair("Dawn", "dawn")]
        );
    }

    #[test]
    fn a_name_inside_an_unknown_longer_name_is_nobody() {
        assert_eq!(found("The Sorab Dawn group spoke, and Dawn Brigades too."), []);
        assert_eq!(found("The Red Dawn group"), []);
    }

    #[test]
    fn spelling_variants_hyphens_and_abbreviations_lead_to_one_actor() {
        assert_eq!(
            found("Asaib al Bahr (AAB) fought; AAB won, says pro-Vesla V.S. radio."),
            [
                pair("Asaib al Bahr", "league"),
                pair("AAB", "league"),
                pair("AAB", "league"),
                pair("Vesla", "vesla"),
                pair("V.S.", "vesla"),
            ]
        );
    }

    #[test]
    fn a_short_surname_needs_the_full_name_before_it() {
        assert_eq!(found("Orsa left."), []);
        assert_eq!(found("Tamar al-Orsa came. Al-Orsa left, Orsa said.").len(), 3);
    }

    #[test]
    fn a_surname_with_its_article_may_stand_alone_but_not_behind_another_first_name() {
        assert_eq!(found("Al-Orsa left."), [pair("Al-Orsa", "orsa")]);
        assert_eq!(found("He met Hatim al-Orsa. Al-Orsa left."), []);
    }

    #[test]
    fn another_transliteration_is_the_same_actor() {
        assert_eq!(found("They met Tamer al-Ursa."), [pair("Tamer al-Ursa", "orsa")]);
        assert_eq!(found("Assaib al-Bahr fought."), [pair("Assaib al-Bahr", "league")]);
        assert_eq!(found("They met Tumor al-Orsa."), []);
    }

    #[test]
    fn names_in_arabic_script_are_found_behind_their_prefixes() {
        assert_eq!(found("أعلن الفجر وقال"), [pair("الفجر", "dawn")]);
        assert_eq!(found("والفجر أعلن"), [pair("الفجر", "dawn")]);
    }

    #[test]
    fn small_words_are_no_names() {
        assert_eq!(found("at dawn they told vs others"), []);
    }
}
