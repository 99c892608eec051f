//! Who is the subject of a verb: over appositions, relative pronouns, shared verbs, infinitives and
//! gerunds.

use super::{Clauses, Range, VerbGroup};
use crate::events::List;
use crate::words::{Tag, words};

impl Clauses<'_> {
    /// The list of phrases that ends with `last`, read backwards over commas and "and".
    pub(super) fn joined_before(&self, last: Range) -> Vec<Range> {
        let mut out = vec![last];
        let mut first = last.first;
        while out.len() < 12 {
            let mut at = first;
            if at > 0 && self.tag(at - 1) == Some(Tag::Det) {
                at -= 1;
            }
            if at == 0 {
                break;
            }
            let and = matches!(self.word(at - 1), "and" | "or" | "&");
            let comma = self.word(at - 1) == "," && out.len() > 1;
            if !and && !comma || at < 2 || comma && self.closes_opening(at - 1) {
                break;
            }
            let closes = and && at > 2 && self.word(at - 2) == ",";
            let before = at - 2 - usize::from(closes);
            if closes && self.is_apposition_tail(before + 1) {
                break;
            }
            match self.phrase_before(before) {
                Some(range)
                    if range.end == before + 1 && self.tag(range.end - 1) != Some(Tag::Pron) =>
                {
                    first = range.first;
                    out.push(range);
                }
                _ => break,
            }
        }
        out.reverse();
        out
    }

    /// Whether the comma ends an opening phrase: "With the signing of the accord, A and B".
    fn closes_opening(&self, comma: usize) -> bool {
        let opening = matches!(self.tag(0), Some(Tag::Prep | Tag::Sub | Tag::To));
        opening && (0..comma).all(|i| self.word(i) != ",")
    }

    /// The subject of a verb group: the phrases before it, over appositions, relative pronouns and
    /// shared verbs.
    pub(crate) fn subject(&self, group: &VerbGroup) -> Vec<Range> {
        let mut found = self.subject_at(group, 0);
        // ", a charge the league rejects": written without "the", the league stands right behind
        if let [only] = &mut found[..]
            && only.end - only.first > 1
            && only.first > 1
            && List::Claims.has(self.word(only.first))
            && matches!(self.word(only.first - 1), "a" | "an")
            && self.is_break(only.first - 2)
        {
            only.first += 1;
        }
        found
    }

    /// Whom a participle that opens the sentence is said of: "Accusing the league of lies, the island
    /// left", "Shelled by the front, the village burned".
    pub(crate) fn opening_subject(&self, participle: usize) -> Vec<Range> {
        let near = participle + 1..(participle + 20).min(self.tokens.len());
        let comma = near.take_while(|j| !self.is_finite(*j)).find(|j| self.word(*j) == ",");
        let Some(found) = comma.filter(|_| participle == 0).and_then(|j| self.phrase_at(j + 1))
        else {
            return Vec::new();
        };
        let list = self.joined(found);
        let end = list.last().map_or(found.end, |r| r.end);
        // over "the village of the hills" to the verb
        let verb = (end..(end + 8).min(self.tokens.len()))
            .take_while(|j| !self.is_break(*j) && self.tag(*j) != Some(Tag::Sub))
            .any(|j| self.is_finite(j));
        if verb { list } else { Vec::new() }
    }

    /// The comma that opens the relative clause which the comma at `close` ends: "the front, which the
    /// army has fought, said".
    pub(crate) fn relative_start(&self, close: usize) -> Option<usize> {
        let opens = |s: &usize| {
            let at = s + 1 + usize::from(self.tag(s + 1) == Some(Tag::Prep));
            self.word(*s) == "," && matches!(self.word(at), "who" | "which" | "whom" | "whose")
        };
        let near = (close.saturating_sub(30)..close).rev();
        let start = near
            .take_while(|j| !matches!(self.word(*j), ";" | "(" | ")" | ":"))
            .find(opens)
            .filter(|s| *s > 0 && (s + 2..close).any(|j| self.is_finite(j)))?;
        self.phrase_before(start - 1).filter(|p| p.end == start).map(|_| start)
    }

    pub(super) fn subject_at(&self, group: &VerbGroup, depth: usize) -> Vec<Range> {
        if depth > 4 {
            return Vec::new();
        }
        let mut at = group.first;
        while at > 0 && self.skips(at - 1) {
            at -= 1;
        }
        if at == 0 {
            return if group.gerund { self.opening_subject(group.first) } else { Vec::new() };
        }
        if group.gerund
            && let Some(own) = self.phrase_before(at - 1).filter(|p| p.end == at)
            && self.follows(own.first, "with")
        {
            // "with the office asserting": the gerund has a subject of its own
            return vec![own];
        }
        if group.gerund
            && let Some(own) = self.phrase_before(at - 1).filter(|p| p.end == at)
            && self.tag(own.end - 1) == Some(Tag::Name)
        {
            // "statements by the leader demanding": whoever stands right before it
            return vec![own];
        }
        // "a commander, speaking in private, said": where no verb stands before, its noun does
        if group.gerund
            && self.word(at - 1) == ","
            && at > 1
            && self.verb_before(at - 1).is_none()
            && let found @ [_, ..] = &self.head_before(at - 2)[..]
        {
            return found.to_vec();
        }
        // "the island is to lift its ban": its own subject
        let is_to = self.tag(group.first) == Some(Tag::Be);
        if group.infinitive && !is_to || group.gerund || self.word(at - 1) == "to" {
            return self.controller(at, group, depth);
        }
        let before = at - 1;
        match self.word(before) {
            "who" | "which" | "that" => return self.antecedent(before),
            "," if let Some(start) = self.relative_start(before) => {
                return self.with_earlier(self.head_before(start - 1));
            }
            "and" | "or" | "but" | "," | "then" | "—" | "–" => {
                let verb = self.main_verb_before(before).map(|v| self.over_relative(before, v));
                if let Some(verb) = verb
                    && !(self.word(before) == ","
                        && self.apposition_start(before).is_some_and(|s| s > verb))
                {
                    return self.subject_at(&self.verb_group(verb), depth + 1);
                }
                if let Some(start) = self.apposition_start(before) {
                    return self.with_earlier(self.head_before(start - 1));
                }
                return before.checked_sub(1).map_or_else(Vec::new, |b| self.head_before(b));
            }
            ")" => {
                let open = (0..before).rev().take(20).find(|i| self.word(*i) == "(");
                return open
                    .and_then(|o| o.checked_sub(1))
                    .map_or_else(Vec::new, |b| self.head_before(b));
            }
            _ => {}
        }
        self.head_before(before)
    }

    /// "before", "after" and "since" may open a clause whose subject follows them.
    pub(super) fn opens_clause(&self, i: usize) -> bool {
        matches!(self.word(i), "before" | "after" | "since" | "until" | "till" | "as")
    }

    /// Whether `word` stands before the phrase that begins at `first`, over a determiner.
    pub(crate) fn follows(&self, first: usize, word: &str) -> bool {
        let at = first - usize::from(first > 0 && self.tag(first - 1) == Some(Tag::Det));
        at > 0 && self.word(at - 1) == word
    }

    /// What a relative pronoun at `i` stands for; of "A, a citizen who" the name.
    pub(super) fn antecedent(&self, i: usize) -> Vec<Range> {
        let Some(before) = i.checked_sub(1 + usize::from(i > 0 && self.word(i - 1) == ",")) else {
            return Vec::new();
        };
        // "it was the island, not the league, that": whoever it was
        if let Some(near) = self.phrase_before(before).filter(|p| p.end == before + 1) {
            let at = near.first
                - usize::from(near.first > 0 && self.tag(near.first - 1) == Some(Tag::Det));
            if at > 2 && self.word(at - 1) == "not" && self.word(at - 2) == "," {
                return self.head_before(at - 3);
            }
        }
        // "an appeal by the minister, who": a person is whoever stands nearest
        if self.word(i) == "who"
            && let Some(near) = self.phrase_before(before).filter(|p| p.end == before + 1)
            && self.tag(near.end - 1) == Some(Tag::Name)
        {
            let joined = self.joined_before(near);
            let apposed = self.is_name_apposed(near);
            return if apposed { vec![near] } else { joined };
        }
        let found = self.head_before(before);
        // "fighting with guerrillas who": somebody, not something
        if self.word(i) == "who"
            && !found.iter().any(|r| self.agentive(*r))
            && let Some(near) = self.phrase_before(before).filter(|p| self.agentive(*p))
        {
            return vec![near];
        }
        let [only] = found[..] else { return found };
        let named = (only.first..only.end).any(|j| self.tag(j) == Some(Tag::Name));
        let at =
            only.first - usize::from(only.first > 0 && self.tag(only.first - 1) == Some(Tag::Det));
        if at > 1
            && self.word(at - 1) == ","
            && self.word(i - 1) != ","
            && (!named || self.tag(only.end - 1) != Some(Tag::Name))
            && let Some(name) = self.phrase_before(at - 2)
            && self.tag(name.end - 1) == Some(Tag::Name)
        {
            return vec![name];
        }
        found
    }

    /// The head phrase of a chain "X of Y in Z" that ends at `i`, with those joined to it.
    pub(super) fn head_before(&self, i: usize) -> Vec<Range> {
        let mut end = i;
        if self.word(end) == ")" {
            match (0..end)
                .rev()
                .take(20)
                .find(|o| self.word(*o) == "(")
                .and_then(|o| o.checked_sub(1))
            {
                Some(before) => end = before,
                None => return Vec::new(),
            }
        }
        let Some(mut range) = self.phrase_before(end) else {
            return Vec::new();
        };
        // "trade between A and B": the pair hangs on the noun before it
        if let [pair, _, ..] = self.joined_before(range)[..]
            && ["between", "among"].iter().any(|prep| self.follows(pair.first, prep))
        {
            range = Range { first: pair.first, end: range.end };
        }
        for _ in 0..6 {
            let mut at = range.first;
            if at > 0 && self.tag(at - 1) == Some(Tag::Det) {
                at -= 1;
            }
            let Some(prep) = at.checked_sub(1) else { break };
            // "troops loyal to the general": the troops
            if self.tag(prep) == Some(Tag::To)
                && prep > 1
                && List::Near.has(self.word(prep - 1))
                && let Some(found) =
                    self.phrase_before(prep - 2).filter(|p| p.end == prep - 1).or_else(|| {
                        self.phrase_before(prep - 1)
                            .filter(|p| p.end == prep && p.end - p.first > 1)
                            .map(|p| Range { first: p.first, end: p.end - 1 })
                    })
            {
                range = found;
                continue;
            }
            // "crowds waving flags": the crowds, where they have no verb before
            let gerund = self.tag(prep) == Some(Tag::Verb)
                && words().verbs.get(self.word(prep)).is_some_and(|f| f.ing)
                && prep > 0
                && matches!(self.tag(prep - 1), Some(Tag::Noun | Tag::Name))
                && !(0..prep).any(|j| self.is_finite(j));
            if gerund && let Some(found) = self.phrase_before(prep - 1).filter(|p| p.end == prep) {
                range = found;
                continue;
            }
            if self.tag(prep) != Some(Tag::Prep) || self.opens_clause(prep) {
                break;
            }
            let along = self.word(prep) == "with"
                && prep > 0
                && matches!(self.word(prep - 1), "along" | "together");
            let Some(before) = prep.checked_sub(1 + usize::from(along)) else {
                break;
            };
            // "workers affiliated with the union": over the participle to whom it describes
            // and "donors meeting in the port", "a statement read out on television"
            let particle = usize::from(
                self.tag(before) == Some(Tag::Adv)
                    && before > 1
                    && self.tag(before - 1) == Some(Tag::Verb),
            );
            let before = before - particle;
            let described = self.tag(before) == Some(Tag::Verb)
                && before > 0
                && words()
                    .verbs
                    .get(self.word(before))
                    .is_some_and(|f| f.participle && !f.third || f.ing)
                && matches!(self.tag(before - 1), Some(Tag::Noun | Tag::Name));
            let before = before - usize::from(described);
            if !matches!(self.tag(before), Some(Tag::Noun | Tag::Name | Tag::Num | Tag::Pron))
                || self.dated[before]
            {
                break;
            }
            match self.phrase_before(before) {
                Some(found) if found.end == before + 1 => range = found,
                _ => break,
            }
        }
        // "In October, the front": a phrase after a preposition at the clause's start is no subject
        let mut at = range.first;
        if at > 0 && self.tag(at - 1) == Some(Tag::Det) {
            at -= 1;
        }
        let bound = at > 1 && self.word(at - 1) == "to" && self.word(at - 2) == "up";
        let stranded = at > 0 && matches!(self.tag(at - 1), Some(Tag::Prep | Tag::To)) && !bound;
        if stranded && !matches!(self.word(at - 1), "after" | "before" | "since" | "as" | "until") {
            return Vec::new();
        }
        self.over_apposition(self.joined_before(range))
    }

    /// Who carries out an infinitive or a gerund: the object of a verb that asks, else the subject
    /// of the governing verb.
    pub(super) fn controller(&self, at: usize, group: &VerbGroup, depth: usize) -> Vec<Range> {
        // "the island's decision to rearm": the owner of the noun carries it out
        if let Some(noun) = self.phrase_before(at - 1).filter(|p| p.end == at && group.infinitive)
            && let Some(mark) = (noun.first..noun.end).rev().find(|j| self.word(*j) == "'s")
            && mark > noun.first
        {
            return vec![Range { first: noun.first, end: mark }];
        }
        if group.infinitive
            && let Some(by) = self.planned_by(at)
        {
            return by;
        }
        let Some(verb) = self.verb_before(at) else {
            return Vec::new();
        };
        let asks = words().verbs.get(self.word(verb)).is_some_and(|f| {
            matches!(
                f.lemma,
                "urge"
                    | "ask"
                    | "order"
                    | "tell"
                    | "force"
                    | "press"
                    | "invite"
                    | "allow"
                    | "enable"
                    | "permit"
                    | "persuade"
                    | "help"
                    | "want"
                    | "call"
                    | "warn"
                    | "advise"
                    | "encourage"
                    | "request"
                    | "pressure"
                    | "push"
                    | "lead"
                    | "prompt"
                    | "cause"
                    | "accuse"
            )
        });
        // "accused them of hiding", "urged them to leave"; but "urged calm, warning": the subject
        // goes on
        let handed_on = group.infinitive || self.word(at - 1) == "of";
        if asks && handed_on && verb + 1 < group.first {
            let outer = self.verb_group(verb);
            if outer.passive {
                return self.subject_at(&outer, depth + 1);
            }
            let start = if matches!(self.word(verb + 1), "on" | "upon" | "for") {
                verb + 2
            } else {
                verb + 1
            };
            if let Some(object) = self.phrase_at(start).filter(|r| r.end <= group.first) {
                return self.joined(object);
            }
        }
        self.subject_at(&self.verb_group(verb), depth + 1)
    }

    /// "Police met strikers who had blocked the road, and detained": behind a comma the verb goes on
    /// from the one before the relative clause.
    fn over_relative(&self, and: usize, verb: usize) -> usize {
        let comma = self.word(and) == "and" && and > 0 && self.word(and - 1) == ",";
        let first = self.verb_group(verb).first;
        let who =
            first.checked_sub(1).filter(|w| matches!(self.word(*w), "who" | "which" | "that"));
        let outer = who.filter(|_| comma).and_then(|w| self.main_verb_before(w));
        outer.unwrap_or(verb)
    }

    /// The nearest verb before `i` that is no participle behind the object of a preposition: of
    /// "opened its gates to those ordered out and closed", "opened".
    fn main_verb_before(&self, i: usize) -> Option<usize> {
        let mut at = i;
        for _ in 0..4 {
            let verb = self.verb_before(at)?;
            let group = self.verb_group(verb);
            if self.is_reduced(verb) {
                at = verb;
                continue;
            }
            let form = words().verbs.get(self.word(verb));
            let bare = group.first == verb && form.is_some_and(|f| f.participle && !f.third);
            let behind = bare
                && verb > 0
                && self.phrase_before(verb - 1).filter(|p| p.end == verb).is_some_and(|p| {
                    let first = p.first
                        - usize::from(p.first > 0 && self.tag(p.first - 1) == Some(Tag::Det));
                    first > 0
                        && matches!(self.tag(first - 1), Some(Tag::Prep | Tag::To))
                        && !self.opens_clause(first - 1)
                        && (0..first - 1).any(|j| self.is_finite(j))
                });
            if !behind {
                return Some(verb);
            }
            at = verb;
        }
        None
    }

    /// The nearest verb before `i` in the same sentence part.
    pub(crate) fn verb_before(&self, i: usize) -> Option<usize> {
        (i.saturating_sub(40)..i)
            .rev()
            .take_while(|j| !matches!(self.word(*j), ";" | "(" | ")"))
            .find(|j| {
                self.tag(*j) == Some(Tag::Verb)
                    || self.tag(*j) == Some(Tag::Be) && self.tag(*j + 1) != Some(Tag::Verb)
            })
    }
}
