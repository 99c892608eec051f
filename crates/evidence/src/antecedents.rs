//! Who a pronoun or a short form stands for: "he", "its forces", "the government", "the two
//! countries", "the group".
//!
//! Plain rules over what was named last; where they find nobody the role stays without an actor. A
//! resolved role still quotes the words of its own sentence and quotes beside them the words it was
//! resolved to.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::chunks::{Clauses, Range};
use crate::recording::Near;
use crate::span::Span;
use crate::tokens::Kind;
use crate::words::{Tag, rows, singular, words};

/// An actor or more, and the words that name them.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) span: Span,
    pub(crate) actors: Vec<String>,
}

/// Who was named last, sentence by sentence.
#[derive(Default)]
pub(crate) struct Memory {
    /// The last person named or quoted.
    pub(crate) person: Option<Named>,
    /// The states named in the last sentence that named any.
    pub(crate) states: Vec<Named>,
    /// The states of the last sentence that named any in whatever sense, and its paragraph.
    pub(crate) near: Option<(usize, Vec<Near>)>,
    /// The states that did something in the last paragraph where any did.
    pub(crate) acted: Option<(usize, Vec<Named>)>,
    /// The last state that did something.
    pub(crate) acting_state: Option<Named>,
    /// The state the document is mostly about.
    pub(crate) home: Option<Named>,
    /// The last party, faction or force named.
    pub(crate) group: Option<Named>,
    /// Who acted last, and the sentence.
    pub(crate) acting: Option<(Named, usize)>,
    /// The sentence being read.
    pub(crate) sentence: usize,
    /// In whose name the document speaks: "Statement of the General Staff of".
    pub(crate) issuer: Option<Named>,
}

/// What a phrase may stand for.
pub(crate) enum Stands {
    /// An earlier phrase of the same sentence.
    Here(Range),
    /// Somebody named before.
    Before(Named),
    /// The last party, faction or force named, in this sentence or before.
    Group,
    /// The state whose body it is: "the government", "the defence ministry".
    Organ,
    /// Whoever the document speaks for.
    Writer,
    /// Nobody that can be told.
    Nobody,
}

impl Memory {
    pub(crate) fn stands_for(&self, c: &Clauses<'_>, range: Range) -> Stands {
        let word = c.word(range.first);
        let head = c.word(range.end - 1);
        let single = range.end == range.first + 1;
        if matches!(word, "we" | "our" | "us") {
            let own = single || is_own_body(head) || singular(head) == "aircraft";
            return if own && !is_quoted(c, range.first) { Stands::Writer } else { Stands::Nobody };
        }
        if single && c.tag(range.first) == Some(Tag::Pron) {
            return match word {
                "he" | "she" => self.or_person(earlier_subject(c, range.first)),
                "they" | "it" => match earlier_subject(c, range.first) {
                    Some(here) => Stands::Here(here),
                    None => self.acted_before(c, range.first),
                },
                _ => Stands::Nobody,
            };
        }
        if c.tag(range.first) == Some(Tag::Poss)
            && c.tokens[range.first].kind == Kind::Word
            && is_own_body(head)
        {
            return match word {
                "his" | "her" => self.or_person(earlier_subject(c, range.first)),
                "its" | "their" => {
                    earlier_subject(c, range.first).map_or(Stands::Nobody, Stands::Here)
                }
                _ => Stands::Nobody,
            };
        }
        let named = (range.first..range.end).any(|i| c.tag(i) == Some(Tag::Name));
        let definite =
            range.first > 0 && matches!(c.word(range.first - 1), "the" | "this" | "that" | "both");
        if named || !definite {
            return Stands::Nobody;
        }
        let one = singular(head);
        if matches!(
            one.as_str(),
            "country" | "side" | "nation" | "neighbour" | "neighbor" | "state"
        ) && head.ends_with('s')
            && (c.word(range.first) == "two" || c.word(range.first - 1) == "both")
        {
            return match self.states.as_slice() {
                [a, b] => Stands::Before(Named {
                    span: a.span.join(b.span),
                    actors: a.actors.iter().chain(&b.actors).cloned().collect(),
                }),
                _ => Stands::Nobody,
            };
        }
        if is_organ_alone(c, range) {
            return Stands::Organ;
        }
        if single
            && matches!(
                head,
                "group"
                    | "militia"
                    | "movement"
                    | "faction"
                    | "party"
                    | "bloc"
                    | "brigade"
                    | "front"
                    | "organisation"
                    | "organization"
                    | "alliance"
                    | "coalition"
                    | "force"
                    | "federation"
                    | "union"
                    | "league"
            )
        {
            return Stands::Group;
        }
        Stands::Nobody
    }

    /// "They" at the head of a sentence: whoever acted in the sentence before.
    fn acted_before(&self, c: &Clauses<'_>, at: usize) -> Stands {
        let opens = (0..at).all(|i| {
            c.dated[i] || matches!(c.tag(i), Some(Tag::Prep | Tag::Adv | Tag::Conj | Tag::Punct))
        });
        match &self.acting {
            Some((named, sentence)) if opens && self.sentence <= sentence + 1 => {
                Stands::Before(named.clone())
            }
            _ => Stands::Nobody,
        }
    }

    fn or_person(&self, here: Option<Range>) -> Stands {
        match (here, &self.person) {
            (Some(range), _) => Stands::Here(range),
            (None, Some(person)) => Stands::Before(person.clone()),
            (None, None) => Stands::Nobody,
        }
    }
}

/// Whether a word stands on a list of `lexicon/english/reference.tsv`.
pub(crate) fn listed(list: &str, word: &str) -> bool {
    rows_of(list).contains(&word)
}

/// The words of a list of `lexicon/english/reference.tsv`.
pub(crate) fn rows_of(list: &str) -> &'static [&'static str] {
    static LISTS: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let file = rows(include_str!("../lexicon/english/reference.tsv"));
        file.filter_map(|row| Some((row[0], row.get(1)?.split_whitespace().collect()))).collect()
    });
    lists.get(list).map_or(&[], Vec::as_slice)
}

/// "The government", "the defence ministry", "the central government"; not "the rebel army".
fn is_organ_alone(c: &Clauses<'_>, range: Range) -> bool {
    let head = c.word(range.end - 1);
    let mut before = range.first..range.end - 1;
    let plain = listed("office", head) || before.all(|i| listed("whole", c.word(i)));
    listed("organ", head) && plain
}

/// Whether a token stands between quotation marks.
fn is_quoted(c: &Clauses<'_>, at: usize) -> bool {
    let mut open = false;
    for i in 0..at {
        match c.word(i) {
            "“" | "«" => open = true,
            "”" | "»" => open = false,
            "\"" => open = !open,
            _ => {}
        }
    }
    open
}

/// The subject of the nearest earlier verb of the sentence, pronouns passed over.
fn earlier_subject(c: &Clauses<'_>, before: usize) -> Option<Range> {
    let person = matches!(c.word(before), "he" | "she" | "his" | "her");
    let mut at = before;
    for _ in 0..4 {
        let verb = c.verb_before(at)?;
        let subject = c.subject(&c.verb_group(verb));
        let found = subject.iter().find(|r| {
            r.end <= before
                && c.tag(r.first) != Some(Tag::Pron)
                && (c.agentive(**r) || person && is_somebody(c, **r))
        });
        if let Some(range) = found {
            return Some(*range);
        }
        at = verb;
    }
    None
}

/// A common noun in the singular for somebody: "the decision maker", "a columnist".
pub(crate) fn is_somebody(c: &Clauses<'_>, range: Range) -> bool {
    let head = c.word(range.end - 1);
    c.tag(range.end - 1) == Some(Tag::Noun)
        && head.len() > 4
        && ["er", "or", "ist", "man", "ian"].iter().any(|e| head.ends_with(e))
        && !matches!(head, "border" | "power" | "order" | "number" | "matter" | "factor" | "river")
}

/// A body that acts for whoever has it: "his bloc", "its troops". Allies and rivals are somebody
/// else.
fn is_own_body(head: &str) -> bool {
    let one = singular(head);
    matches!(
        one.as_str(),
        "government"
            | "administration"
            | "force"
            | "troop"
            | "army"
            | "faction"
            | "bloc"
            | "party"
            | "movement"
            | "list"
            | "coalition"
            | "fighter"
            | "soldier"
            | "ministry"
            | "regime"
            | "side"
            | "official"
            | "warship"
            | "navy"
            | "police"
    ) && !words().closed.contains_key(one.as_str())
}
