//! Who does a deed and whom it is done to: a linear model over the phrases of its sentence, of which
//! what the rules chose is one feature among others.
//!
//! The rules of `chunks` know the order of English; where a sentence is turned, or a deed is told by a
//! noun, they find nobody or somebody else. The model is learned from the doers and targets that are
//! marked in the invented sentences of `sentences/`, by the same command as the classes, and gives each
//! phrase a share for each side. *Judged*: the features, and how sure it must be.

use std::sync::OnceLock;

use super::sentences::Labelled;
use super::{Example, Feature, Hash, Linear, main_verb, mask, softmax};
use crate::chunks::{Clauses, Range};
use crate::events::{SUGGESTED, Scene, Seen, can_act, is_dated, is_measure};
use crate::records::Class;
use crate::tokens::Kind;
use crate::words::{Tag, singular};

/// No part in it, who does it, whom it is done to.
pub const SIDES: usize = 3;

/// The label of a phrase without a part.
pub const NEITHER: usize = 0;
/// The label of who does it.
pub const DOER: usize = 1;
/// The label of whom it is done to.
pub const TARGET: usize = 2;

/// Weights for the sides of a deed.
pub type Roles = Linear<SIDES>;

/// How sure the model must be of a phrase before it fills a side that the rules leave empty. *Judged* by
/// cross-validation.
const FILLS: f64 = 0.5;

/// How little it may give a phrase that the rules chose for a deed that is only suggested. *Judged* by
/// cross-validation. What the rules chose for the deed of a pattern stands: the pattern knows where its
/// parties are.
const DROPS: f64 = 0.1;

impl Roles {
    /// The weights that the reader was built with.
    pub fn built_in() -> &'static Roles {
        static ROLES: OnceLock<Roles> = OnceLock::new();
        ROLES.get_or_init(|| {
            let bytes = include_bytes!("../../lexicon/english/roles.weights");
            Roles::from_bytes(bytes).unwrap_or_else(|_| Roles::empty())
        })
    }

    /// Fills the sides that the rules leave empty with the phrases that the model is sure of, and takes
    /// from a suggested deed those of which it is sure that they have no such part. A deed whose sides do
    /// it to each other keeps them.
    pub(crate) fn settle(&self, scene: &Scene<'_>, seen: &mut Seen) {
        let suggested = seen.rule == SUGGESTED;
        let whole = !seen.sources.is_empty() && !seen.recipients.is_empty();
        // what takes another deed back is held against that deed by who is said to do it
        if seen.reciprocal || seen.undoes.is_some() || whole && !suggested {
            return;
        }
        let all = candidates(scene, seen);
        let view = View::of(scene, seen, &all);
        let share = |(at, range): (usize, &Range)| softmax(self.logits(&view.features(at, *range)));
        let shares: Vec<[f64; SIDES]> = all.iter().enumerate().map(share).collect();
        let given = |range: &Range, side: usize| {
            all.iter().position(|r| r == range).map_or(0.0, |at| shares[at][side])
        };
        let (mut sources, mut recipients) = (seen.sources.clone(), seen.recipients.clone());
        if suggested {
            sources.retain(|r| given(r, DOER) >= DROPS);
            recipients.retain(|r| given(r, TARGET) >= DROPS);
        }
        let open = [sources.is_empty(), recipients.is_empty()];
        // of phrases that overlap, an owner and what he owns, the surer one takes part
        let part = |at: &usize| shares[*at][DOER].max(shares[*at][TARGET]);
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|a, b| part(b).total_cmp(&part(a)).then(a.cmp(b)));
        for at in order {
            let range = all[at];
            let overlaps = |r: &Range| r.first < range.end && range.first < r.end;
            if sources.iter().chain(&recipients).any(overlaps) {
                continue;
            }
            if open[0] && shares[at][DOER] >= FILLS {
                sources.push(range);
            } else if open[1] && shares[at][TARGET] >= FILLS {
                recipients.push(range);
            }
        }
        sources.sort_unstable();
        recipients.sort_unstable();
        (seen.sources, seen.recipients) = (sources, recipients);
        // who meets, agrees or works together, with nobody besides, does it with each other
        let mutual = matches!(seen.class, Class::Agree | Class::Consult | Class::Cooperate);
        seen.reciprocal = mutual && seen.recipients.is_empty() && seen.sources.len() > 1;
    }
}

/// The phrases of a sentence that may take part in a deed, in the order of the text: noun phrases, the
/// owner in them and what he owns, and what the rules chose.
fn candidates(scene: &Scene<'_>, seen: &Seen) -> Vec<Range> {
    let c = &scene.clauses;
    let nominal = |i: usize| {
        matches!(
            c.tag(i),
            Some(Tag::Noun | Tag::Name | Tag::Adj | Tag::Num | Tag::Poss | Tag::Pron)
        )
    };
    let mut out: Vec<Range> = seen.sources.iter().chain(&seen.recipients).copied().collect();
    let mut at = 0;
    while at < c.tokens.len() {
        let found = Some(at).filter(|i| nominal(*i)).and_then(|i| c.phrase_at(i));
        let Some(range) = found.filter(|r| r.end > at) else {
            at += 1;
            continue;
        };
        at = range.end;
        let head = c.tag(range.end - 1);
        // "lost by seven to eleven": a score is nobody
        let score = head == Some(Tag::Num)
            && range.first > 0
            && matches!(c.word(range.first - 1), "by" | "to");
        if is_dated(c, range)
            || is_measure(c, range)
            || score
            || !matches!(head, Some(Tag::Noun | Tag::Name | Tag::Pron | Tag::Num))
        {
            continue;
        }
        out.push(range);
        if let Some(mark) = owner_mark(c, range) {
            out.push(Range { first: range.first, end: mark });
            out.push(Range { first: mark + 1, end: range.end });
        }
    }
    out.sort_unstable();
    out.dedup();
    out.truncate(MOST);
    out
}

/// Phrases looked at in one sentence: a longer one is a list, and no deed has so many sides.
const MOST: usize = 60;

/// The last "'s" or "'" within a phrase.
fn owner_mark(c: &Clauses<'_>, range: Range) -> Option<usize> {
    (range.first + 1..range.end.saturating_sub(1)).rev().find(|i| {
        c.tag(*i) == Some(Tag::Poss) && c.tokens[*i].kind != Kind::Word || c.word(*i) == "'s"
    })
}

/// What the features of all phrases of a deed have in common.
struct View<'a> {
    scene: &'a Scene<'a>,
    seen: &'a Seen,
    subject: Vec<Range>,
    object: Vec<Range>,
    main: Option<usize>,
    /// The phrases that can act.
    acting: Vec<Range>,
    kind: &'static str,
    trigger: &'a str,
}

impl<'a> View<'a> {
    fn of(scene: &'a Scene<'a>, seen: &'a Seen, all: &[Range]) -> View<'a> {
        let c = &scene.clauses;
        let at = seen.trigger.0;
        let verbal = matches!(c.tag(at), Some(Tag::Verb | Tag::Be | Tag::Have));
        let group = c.verb_group(at);
        let (subject, object) = match verbal {
            true => (c.subject(&group), c.object(seen.trigger.1)),
            false => (Vec::new(), Vec::new()),
        };
        let kind = match (verbal, group.passive, group.reduced, group.infinitive || group.gerund) {
            (false, ..) => "noun",
            (_, true, true, _) => "reduced",
            (_, true, ..) => "passive",
            (_, _, _, true) => "inner",
            _ => "active",
        };
        let main = main_verb(c.tokens, c.tags).map(|(verb, _)| verb);
        let trigger = mask(&c.tokens[at], c.tags[at], false);
        let acting = all.iter().copied().filter(|r| can_act(scene, *r)).collect();
        View { scene, seen, subject, object, main, acting, kind, trigger }
    }

    fn features(&self, order: usize, range: Range) -> Vec<Feature> {
        let c = &self.scene.clauses;
        let (first, last) = (range.first, range.end - 1);
        let (from, to) = self.seen.trigger;
        let has = |list: &[Range]| list.iter().any(|r| r.first < range.end && first < r.end);
        let exactly = |list: &[Range]| list.contains(&range);
        let rule = match () {
            () if exactly(&self.seen.sources) => "doer",
            () if exactly(&self.seen.recipients) => "target",
            () if has(&self.seen.sources) => "in doer",
            () if has(&self.seen.recipients) => "in target",
            () => "none",
        };
        let missing = match (self.seen.sources.is_empty(), self.seen.recipients.is_empty()) {
            (true, true) => "both",
            (true, _) => "doer",
            (_, true) => "target",
            _ => "no",
        };
        let by = if self.seen.rule == SUGGESTED { "suggested" } else { "pattern" };
        let class = self.seen.class.word();
        let side = match () {
            () if range.end <= from => "before",
            () if first >= to => "after",
            () => "within",
        };
        let distance = match side {
            "before" => from - range.end,
            "after" => first - to,
            _ => 0,
        };
        let near = match distance {
            0 => "0",
            1 => "1",
            2 => "2",
            3..=4 => "4",
            5..=7 => "7",
            8..=12 => "12",
            _ => "far",
        };
        // what stands right before it, over determiners
        let mut before = first;
        while before > 0
            && matches!(c.tag(before - 1), Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Adj))
        {
            before -= 1;
        }
        let owned = before < first && (before..first).any(|i| c.word(i) == "'s");
        let closed = |i: usize| {
            matches!(
                c.tag(i),
                Some(
                    Tag::Prep
                        | Tag::To
                        | Tag::Conj
                        | Tag::Sub
                        | Tag::Pron
                        | Tag::Be
                        | Tag::Punct
                        | Tag::Modal
                        | Tag::Have
                )
            )
        };
        let word = |i: Option<usize>| match i {
            None => "<edge>",
            Some(i) if i >= c.tokens.len() => "<edge>",
            Some(i) if closed(i) => c.word(i),
            Some(i) => tag_word(c.tag(i)),
        };
        let prep = word(before.checked_sub(1));
        let next = if c.word(range.end) == "'s" { "'s" } else { word(Some(range.end)) };
        let verb_left = (0..first).rev().take(12).find(|i| c.tag(*i) == Some(Tag::Verb));
        let verb_right =
            (range.end..c.tokens.len().min(range.end + 12)).find(|i| c.tag(*i) == Some(Tag::Verb));
        let lemma = |i: Option<usize>| i.map_or("<none>", |i| mask(&c.tokens[i], c.tags[i], false));
        let between = match side {
            "before" => range.end..from,
            "after" => to..first,
            _ => 0..0,
        };
        let breaks = between.clone().filter(|i| c.is_break(*i)).count().min(2);
        let finite = between.clone().filter(|i| c.is_finite(*i)).count().min(2);
        let subordinate = between.clone().any(|i| c.tag(i) == Some(Tag::Sub));
        let quotes = (0..first).filter(|i| c.is_quote(*i) && c.word(*i) != "'").count() % 2;
        let acts = can_act(self.scene, range);
        let named = (first..range.end).any(|i| c.tag(i) == Some(Tag::Name));
        let who = match (acts, named) {
            (true, true) => "acts, named",
            (true, _) => "acts",
            (_, true) => "named",
            _ => "thing",
        };
        let head_tag = tag_word(c.tag(last));
        let head_one = singular(c.word(last));
        let head = if c.tag(last) == Some(Tag::Name) { "<name>" } else { head_one.as_str() };
        let subject = if exactly(&self.subject) {
            "subject"
        } else if exactly(&self.object) {
            "object"
        } else {
            "-"
        };
        let of_main = match self.main {
            Some(main) if range.end <= main => "before main",
            Some(main) if first > main => "after main",
            _ => "no main",
        };
        let noun_of = match prep {
            "of" => {
                before.checked_sub(2).map_or("<edge>", |i| mask(&c.tokens[i], c.tags[i], false))
            }
            _ => "-",
        };
        let governor = match c.tag(before.saturating_sub(1)) {
            Some(Tag::Prep | Tag::To) if before > 1 => {
                mask(&c.tokens[before - 2], c.tags[before - 2], false)
            }
            _ => "-",
        };
        let owned_one = match c.word(range.end) == "'s" {
            true => c.phrase_at(range.end + 1).map(|owned| singular(c.word(owned.end - 1))),
            false => None,
        };
        let owned_head = owned_one.as_deref().unwrap_or("-");
        let nearer = self
            .acting
            .iter()
            .filter(|r| match side {
                "before" => r.first >= range.end && r.end <= from,
                _ => r.first >= to && r.end <= first,
            })
            .count()
            .min(3);
        let owner = if next == "'s" {
            "owner"
        } else if owned {
            "owned"
        } else {
            "free"
        };
        let order_word = ["0", "1", "2", "3", "4", "5"].get(order).copied().unwrap_or("6");
        let count = |n: usize| ["0", "1", "2"].get(n).copied().unwrap_or("3");
        let flag = |yes: bool| if yes { "yes" } else { "no" };

        let mut out = Vec::with_capacity(64);
        let mut add = |names: &[&str]| {
            let mut hash = Hash::new(b'R');
            for name in names {
                hash = hash.word(name);
            }
            out.push(Feature { hash: hash.end(), words: first..range.end });
        };
        add(&["a", rule, by, self.kind]);
        add(&["b", rule, class]);
        add(&["c", rule, who]);
        add(&["d", rule, missing, side]);
        add(&["e", rule, prep]);
        add(&["f", rule, subject, self.kind]);
        add(&["g", side, near, self.kind]);
        add(&["h", side, class, who]);
        add(&["i", side, prep]);
        add(&["j", side, prep, class]);
        add(&["k", side, prep, self.trigger]);
        add(&["l", prep, self.kind, side, who]);
        add(&["m", side, next]);
        add(&["n", next, prep]);
        add(&["o", lemma(verb_left), class]);
        add(&["p", lemma(verb_left), prep]);
        add(&["q", lemma(verb_right), side]);
        add(&["r", side, count(breaks), count(finite), flag(subordinate)]);
        add(&["s", side, count(finite), self.kind, flag(quotes == 1)]);
        add(&["t", who, class, missing]);
        add(&["u", head, class]);
        add(&["v", head]);
        add(&["w", head_tag, who]);
        add(&["x", subject, self.kind, class]);
        add(&["y", of_main, side, self.kind]);
        add(&["z", noun_of, class]);
        add(&["A", owner, who, side]);
        add(&["B", owner, rule, class]);
        add(&["C", order_word, side]);
        add(&["D", order_word, of_main, who]);
        add(&["E", self.trigger, side, near]);
        add(&["F", self.trigger, subject]);
        add(&["G", class, side, prep, who]);
        add(&["H", lemma(verb_left), lemma(verb_right)]);
        add(&["I", prep, who, owner]);
        add(&["J", missing, side, who, self.kind]);
        add(&["K", governor, prep]);
        add(&["L", governor, prep, class]);
        add(&["M", owned_head, class]);
        add(&["P", side, count(nearer), who, self.kind]);
        add(&["Q", side, count(nearer), who, class, prep]);
        add(&["S", rule, count(nearer), by, side]);
        out
    }
}

fn tag_word(tag: Option<Tag>) -> &'static str {
    match tag {
        None => "<edge>",
        Some(Tag::Noun) => "<noun>",
        Some(Tag::Name) => "<name>",
        Some(Tag::Verb) => "<verb>",
        Some(Tag::Adj) => "<adj>",
        Some(Tag::Adv | Tag::Neg) => "<adv>",
        Some(Tag::Num) => "<num>",
        Some(Tag::Pron) => "<pron>",
        Some(Tag::Det | Tag::Poss) => "<det>",
        Some(_) => "<other>",
    }
}

/// What a marked sentence teaches of the deed that it tells: each phrase with its side. `seen` is the
/// deed as the rules see it.
pub(crate) fn examples(scene: &Scene<'_>, seen: &Seen, one: &Labelled) -> Vec<Example> {
    let c = &scene.clauses;
    let all = candidates(scene, seen);
    let view = View::of(scene, seen, &all);
    let spans: Vec<(usize, usize)> =
        all.iter().map(|r| c.span(c.bare(*r)).map_or((0, 0), |s| (s.start(), s.end()))).collect();
    let mut labels = vec![NEITHER; all.len()];
    for (side, gold) in [(TARGET, &one.targets), (DOER, &one.doers)] {
        for span in gold {
            for at in matching(c, &all, &spans, *span) {
                labels[at] = side;
            }
        }
    }
    all.iter()
        .zip(labels)
        .enumerate()
        .map(|(at, (range, label))| (view.features(at, *range), label))
        .collect()
}

/// The phrases that a marked span names: the one it begins with, of which the rest is said, and those
/// that it lists besides.
fn matching(
    c: &Clauses<'_>,
    all: &[Range],
    spans: &[(usize, usize)],
    gold: (usize, usize),
) -> Vec<usize> {
    let shared = |s: (usize, usize)| s.1.min(gold.1).saturating_sub(s.0.max(gold.0));
    let alike = |at: &usize| {
        let s = spans[*at];
        let joined = s.1.max(gold.1) - s.0.min(gold.0);
        shared(s) * 1000 / joined.max(1)
    };
    let inside = |at: &usize| shared(spans[*at]) * 2 > spans[*at].1 - spans[*at].0;
    let Some(start) = (0..all.len()).filter(inside).map(|at| spans[at].0.max(gold.0)).min() else {
        return Vec::new();
    };
    let opening = |at: &usize| spans[*at].0.max(gold.0) == start;
    let mut out: Vec<usize> = (0..all.len())
        .filter(inside)
        .filter(opening)
        .max_by_key(|at| (alike(at), usize::MAX - at))
        .into_iter()
        .collect();
    for at in (0..all.len()).filter(inside).filter(|at| !opening(at)) {
        let first = all[at].first;
        let over = first - usize::from(first > 0 && c.tag(first - 1) == Some(Tag::Det));
        let listed = over > 0 && matches!(c.word(over - 1), "and" | "or" | "&" | ",");
        if listed && spans[at].1 <= gold.1 {
            out.push(at);
        }
    }
    out
}
