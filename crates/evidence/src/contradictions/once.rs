//! Two reports of one deed that give it two days, or two doers.
//!
//! A deed is taken for one only where it is of a kind that is done once (`lexicon/english/once.tsv`): a visit by the same to the
//! same within days, the signing of the same treaty, the death of the same man. Two raids are two raids: their
//! doers are compared only where the same thing at the same place was hit on the same day. Nothing is said where one
//! document tells of both, since then there were two; where a word says that it was done again; and where
//! a doer may belong to the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;

use super::{Comparison, Kind, Named, Testimony, side};
use crate::dates::Precision;
use crate::records::{Event, Role};
use crate::words::{rows, singular, words};

/// One row of `once.tsv`.
struct Row {
    name: &'static str,
    apart: i32,
    common: Common,
    /// Only one side can have done it.
    one: bool,
    words: Vec<&'static str>,
}

/// What two reports must have in common besides class and sides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Common {
    Sides,
    Thing,
    /// The thing, and a name of its place or its own.
    Place,
}

fn table() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let file = rows(include_str!("../../lexicon/english/once.tsv"));
        file.filter_map(|row| {
            let [name, apart, common, one, words] = row[..] else { return None };
            let common = match common {
                "sides" => Common::Sides,
                "thing" => Common::Thing,
                _ => Common::Place,
            };
            let words = words.split_whitespace().collect();
            Some(Row { name, apart: apart.parse().ok()?, common, one: one == "one", words })
        })
        .collect()
    })
}

/// Words that say that a deed was done before, or by others too.
fn is_again(word: &str) -> bool {
    table().iter().any(|row| row.name == "again" && row.words.contains(&word))
}

/// A dated deed of a kind that is done once.
struct Deed<'a> {
    testimony: &'a Testimony,
    event: &'a Event,
    row: &'static Row,
    day: Date,
    doers: BTreeSet<&'a str>,
    /// The one who did it, as written, where it is one.
    alone: Option<&'a str>,
    suffering: BTreeSet<&'a str>,
    /// Common words of the sentence in the singular, and its names in small letters, without those of
    /// the sides, of the deed and of its day.
    things: BTreeSet<String>,
    names: BTreeSet<String>,
}

pub(super) fn compare(testimonies: &[Testimony], names: Named<'_>) -> Vec<Comparison> {
    let deeds: Vec<Deed<'_>> =
        testimonies.iter().flat_map(|t| t.events.iter().filter_map(move |e| deed(t, e))).collect();
    let mut out = grouped(&deeds, same_on_two_days, names, Kind::Days);
    out.extend(grouped(&deeds, same_by_two, names, Kind::Doers));
    out
}

/// Deeds that are each the same as the first of their group, by what each says of the matter.
fn grouped(
    deeds: &[Deed<'_>],
    same: fn(&Deed<'_>, &Deed<'_>) -> bool,
    names: Named<'_>,
    kind: Kind,
) -> Vec<Comparison> {
    let says = |d: &Deed<'_>| match kind {
        Kind::Days => d.day.to_string(),
        _ => told(d, names),
    };
    let mut out = Vec::new();
    let mut used = vec![false; deeds.len()];
    for i in 0..deeds.len() {
        let group: Vec<usize> = (i..deeds.len())
            .filter(|j| !used[*j] && (*j == i || same(&deeds[i], &deeds[*j])))
            .collect();
        if used[i] || group.len() < 2 {
            continue;
        }
        let mut sides: BTreeMap<String, Vec<&Deed<'_>>> = BTreeMap::new();
        for j in &group {
            sides.entry(says(&deeds[*j])).or_default().push(&deeds[*j]);
        }
        // a document that tells of both knows two deeds
        let both = group.iter().any(|a| {
            let told = |b: &usize| {
                deeds[*a].testimony.source == deeds[*b].testimony.source
                    && says(&deeds[*a]) != says(&deeds[*b])
            };
            group.iter().any(told)
        });
        if both || sides.len() < 2 {
            continue;
        }
        group.iter().for_each(|j| used[*j] = true);
        out.push(Comparison { kind, matter: matter(&deeds[i], names, kind), sides: shown(sides) });
    }
    out
}

fn shown(sides: BTreeMap<String, Vec<&Deed<'_>>>) -> Vec<super::Side> {
    let passed = |list: &[&Deed<'_>]| {
        list.iter()
            .map(|d| d.testimony.passed(d.event.sentence, &d.event.quote, &d.event.id))
            .collect()
    };
    sides.into_iter().map(|(says, list)| side(says, passed(&list))).collect()
}

/// Who did it, by name.
fn told(deed: &Deed<'_>, names: Named<'_>) -> String {
    match deed.alone.filter(|_| deed.doers.is_empty()) {
        Some(name) => name.to_owned(),
        None => names.list(deed.doers.iter().copied()),
    }
}

fn matter(deed: &Deed<'_>, names: Named<'_>, kind: Kind) -> String {
    let (doers, suffering) = (told(deed, names), deed.suffering.iter().copied());
    let class = deed.event.class.word();
    match (kind, deed.suffering.is_empty()) {
        (Kind::Days, true) => format!("{class}: {doers}"),
        (Kind::Days, false) => {
            format!("{class}: {doers} on {}", names.list(suffering))
        }
        (_, true) => format!("{class}: {}, {}", deed.event.trigger.text(), deed.day),
        (_, false) => format!("{class}: on {}, {}", names.list(suffering), deed.day),
    }
}

fn deed<'a>(testimony: &'a Testimony, event: &'a Event) -> Option<Deed<'a>> {
    let when = event.when.filter(|w| w.precision == Precision::Day && w.from == w.to)?;
    // "on Tuesday" is a day only where the document's own is known
    let told = event.date.as_ref()?.text().contains(|c: char| c.is_numeric());
    let doers: BTreeSet<&str> = event.source_actors().collect();
    let counted = event.count.is_some_and(|n| n > 1);
    let alone = match &event.sources[..] {
        [only] => Some(only.quote.text()),
        _ => None,
    };
    // somebody whom the case does not know is known by his whole name
    let unknown = doers.is_empty() && !alone.is_some_and(is_whole_name);
    if !event.is_fact() || event.hedged || unknown || counted {
        return None;
    }
    if !told && testimony.dated.is_none() {
        return None;
    }
    let sentence = testimony.sentences.get(&event.sentence)?;
    let small = sentence.to_lowercase();
    if small.split(|c: char| !c.is_alphanumeric()).any(is_again) {
        return None;
    }
    let row = row_of(event)?;
    let (things, names) = contents(testimony, event, sentence, row);
    let suffering = event.recipient_actors().filter(|id| !doers.contains(id)).collect();
    Some(Deed { testimony, event, row, day: when.from, doers, alone, suffering, things, names })
}

/// The kind of the deed by its own words: the verb with its particle before the verb alone.
fn row_of(event: &Event) -> Option<&'static Row> {
    let trigger = event.trigger.text().to_lowercase();
    let mut list =
        trigger.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    let (first, second) = (list.next()?, list.next());
    let lemma = words().lemma(first);
    let pair = second.map(|particle| format!("{lemma}_{particle}"));
    let has =
        |word: &str| table().iter().find(|row| row.name != "again" && row.words.contains(&word));
    pair.as_deref().and_then(has).or_else(|| has(lemma)).or_else(|| has(&singular(first)))
}

/// The common nouns and the names of the sentence that are neither of its sides, its deed nor its day.
fn contents(
    testimony: &Testimony,
    event: &Event,
    sentence: &str,
    row: &Row,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut text = sentence.to_owned();
    let mut drop = |part: &str| text = text.replace(part, " , ");
    for role in &event.sources {
        drop(role.quote.text());
    }
    if let Some(date) = &event.date {
        drop(date.text());
    }
    let sides: BTreeSet<&str> = event.source_actors().chain(event.recipient_actors()).collect();
    for mention in testimony.mentions.iter().filter(|m| m.sentence == event.sentence) {
        if sides.contains(mention.actor.as_str()) {
            drop(mention.quote.text());
        }
    }
    let (mut things, mut names) = (BTreeSet::new(), BTreeSet::new());
    let list = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| w.len() > 2);
    for word in list {
        let small = word.to_lowercase();
        let lemma = words().lemma(&small);
        let ordinary = words().closed.contains_key(small.as_str())
            || words().calendar.contains(small.as_str())
            || row.words.iter().any(|w| *w == lemma || w.starts_with(&format!("{lemma}_")));
        if ordinary || small.starts_with(|c: char| c.is_numeric()) {
            continue;
        }
        if word.starts_with(char::is_uppercase) && !sentence.starts_with(word) {
            names.insert(small);
        } else if singular(&small) == small && !small.ends_with("ly") {
            things.insert(small);
        }
    }
    (things, names)
}

/// Whether the recipient is somebody or something by a name alone: "Mara Tolle", and not "Karstan ships".
fn is_named(roles: &[Role]) -> bool {
    let alone = |r: &Role| {
        let mut list = r.quote.text().split_whitespace().filter(|w| w.len() > 3);
        r.actors.len() == 1 && list.all(|w| w.starts_with(char::is_uppercase))
    };
    matches!(roles, [only] if alone(only))
}

/// Whether nothing speaks against the two reports being of one deed, days and doers apart.
fn same_deed(a: &Deed<'_>, b: &Deed<'_>, common: Common) -> bool {
    let elsewhere = !a.names.is_empty() && !b.names.is_empty() && a.names.is_disjoint(&b.names);
    let kind = a.event.class == b.event.class && a.row.name == b.row.name;
    if elsewhere || !kind || a.testimony.source == b.testimony.source || a.suffering != b.suffering
    {
        return false;
    }
    let person =
        !a.suffering.is_empty() && is_named(&a.event.recipients) && is_named(&b.event.recipients);
    let thing = !a.things.is_disjoint(&b.things);
    let name = !a.names.is_disjoint(&b.names);
    match common {
        Common::Sides => true,
        Common::Thing => person || name || thing,
        Common::Place => thing && name,
    }
}

fn same_on_two_days(a: &Deed<'_>, b: &Deed<'_>) -> bool {
    let apart = a.day.until(b.day).map_or(i32::MAX, |s| s.get_days().abs());
    let sides =
        same_doers(a, b) && (a.doers.len().max(1) + a.suffering.len() > 1 || is_alone(a.row));
    // the same day is the same deed, and stands on its day's side
    sides && apart <= a.row.apart && same_deed(a, b, a.row.common)
}

/// Two words or more, each written large.
fn is_whole_name(text: &str) -> bool {
    let list: Vec<&str> = text.split_whitespace().collect();
    list.len() > 1 && list.iter().all(|w| w.starts_with(char::is_uppercase))
}

/// The same doers; or one who is told with his party by one and without it by the other: "league leader
/// Ilya Venn".
fn same_doers(a: &Deed<'_>, b: &Deed<'_>) -> bool {
    if a.doers == b.doers {
        return !a.doers.is_empty() || a.alone == b.alone;
    }
    let (Some(x), Some(y)) = (a.alone, b.alone) else { return false };
    let within = a.doers.is_subset(&b.doers) || b.doers.is_subset(&a.doers);
    let last = |text: &str| text.split_whitespace().next_back().map(str::to_owned);
    within && !a.doers.is_empty() && !b.doers.is_empty() && last(x) == last(y)
}

/// What somebody does by himself: to resign takes no other.
fn is_alone(row: &Row) -> bool {
    row.name == "office" || row.common == Common::Thing
}

fn same_by_two(a: &Deed<'_>, b: &Deed<'_>) -> bool {
    if a.doers.is_empty()
        || b.doers.is_empty()
        || !a.row.one
        || a.day != b.day
        || !same_deed(a, b, a.row.common)
    {
        return false;
    }
    // without anybody known whom it was done to, the thing must have a name
    let sure = !a.suffering.is_empty() || !a.names.is_disjoint(&b.names);
    a.doers == b.doers || sure && stands_apart(a, b) && stands_apart(b, a)
}

/// Whether nobody who did it in `b` is named in the sentence of `a`, save as whoever says so or whom it
/// was done to: troops of the one may be the other's, or backed by it.
fn stands_apart(a: &Deed<'_>, b: &Deed<'_>) -> bool {
    let says = |id: &str| {
        let own = a.testimony.claims.iter().filter(|c| c.sentence == a.event.sentence);
        own.flat_map(|c| &c.actors).any(|actor| actor == id)
    };
    let named = a.testimony.named(a.event.sentence);
    a.doers.is_disjoint(&b.doers)
        && b.doers.iter().all(|id| {
            !named.contains(id) || a.suffering.contains(id) || says(id) && !a.doers.contains(id)
        })
}
