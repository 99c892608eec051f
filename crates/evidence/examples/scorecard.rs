//! Scores the reader on hand-made gold: the documents' own (`gold.jsonl`) and the PLOVER gold
//! standard's development half.
//!
//! `cargo run --release -p evidence --example scorecard -- GOLD_FOLDER DOCUMENT_FOLDER
//! [LEXICON.json] [--misses]`
//!
//! Without a lexicon the gold's own alias lists are used. The gold is not exhaustive: recall is
//! scored on it, and what the reader finds beyond it is listed for a person to judge with
//! `--misses`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use evidence::{
    Class, DocumentSource, Event, Lexicon, LexiconActor, Limits, Reader, Reading, Role, Standing,
};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let (flags, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let [gold, documents, rest @ ..] = arguments.as_slice() else {
        return Err("usage: scorecard GOLD_FOLDER DOCUMENT_FOLDER [LEXICON.json] [--misses]".into());
    };
    let (gold, documents) = (Path::new(gold), Path::new(documents));
    if !gold.join("gold.jsonl").is_file() {
        return Err(format!("{}: no gold.jsonl there; nothing was scored", gold.display()).into());
    }
    let misses = flags.iter().any(|f| f == "--misses");
    let records = lines(&gold.join("gold.jsonl"))?;
    let lexicon = match rest.first() {
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
        None => lexicon_of(&records),
    };
    score_documents(&records, documents, &lexicon, misses)?;
    if gold.join("plover_gsr_dev.jsonl").is_file() {
        score_plover(&lines(&gold.join("plover_gsr_dev.jsonl"))?, misses)?;
    }
    Ok(())
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<std::result::Result<_, _>>()?)
}

fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or("")
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(s)) => vec![s.clone()],
        Some(Value::Array(list)) => {
            list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

/// The gold's alias lists as a lexicon; the first alias is the name.
fn lexicon_of(records: &[Value]) -> Lexicon {
    let mut actors = Vec::new();
    for record in records.iter().filter(|r| text(r, "kind") == "actor") {
        let fields = &record["fields"];
        let mut aliases: Vec<String> = Vec::new();
        if let Some(lists) = fields["aliases"].as_object() {
            for alias in lists.values().flat_map(|l| strings(Some(l))) {
                if !aliases.contains(&alias) {
                    aliases.push(alias);
                }
            }
        }
        let metonym = text(fields, "metonym").to_owned();
        aliases.retain(|a| *a != metonym);
        let Some(name) = aliases.first().cloned() else {
            continue;
        };
        actors.push(LexiconActor {
            id: text(fields, "id").to_owned(),
            name,
            kind: text(fields, "type").to_owned(),
            aliases,
            demonyms: Vec::new(),
            metonyms: if metonym.is_empty() { Vec::new() } else { vec![metonym] },
            roles: Vec::new(),
        });
    }
    Lexicon { actors }
}

/// A tally printed as `name 12/15 = 80.0 %`.
#[derive(Default)]
struct Tally(usize, usize);

impl Tally {
    fn add(&mut self, hit: bool) {
        self.0 += usize::from(hit);
        self.1 += 1;
    }

    fn print(&self, name: &str) {
        println!("{name:<52} {:>4}/{:<4} {:>5.1} %", self.0, self.1, percent(self.0, self.1));
    }
}

fn percent(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 * 100.0 / b as f64 }
}

fn score_documents(
    records: &[Value],
    folder: &Path,
    lexicon: &Lexicon,
    misses: bool,
) -> Result<()> {
    let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
    let reader = Reader::new(lexicon, Limits::default());
    for record in records {
        let doc = text(record, "doc");
        if !readings.contains_key(doc) {
            let bytes = std::fs::read(folder.join(format!("{doc}.txt")))?;
            readings.insert(doc.to_owned(), reader.read(&bytes, &DocumentSource::new(doc))?);
        }
    }
    let off_topic: Vec<(&str, usize, usize)> =
        places(records, &readings, |r| text(r, "kind") == "off_topic");
    println!("documents");
    events(records, &readings, lexicon, misses);
    let inside =
        |doc: &str, at: usize| off_topic.iter().any(|(d, a, b)| *d == doc && *a <= at && at < *b);
    let false_facts = readings
        .iter()
        .flat_map(|(doc, r)| r.events.iter().map(move |e| (doc, e)))
        .filter(|(doc, e)| e.is_fact() && inside(doc, e.quote.span().start()))
        .count();
    println!("{:<52} {false_facts:>4}  (must be 0)", "events coded from off-topic text");
    quantities(records, &readings, misses);
    claims(records, &readings, misses);
    actors(records, &readings, misses);
    passages(records, &readings);
    Ok(())
}

/// Byte ranges of gold records that fit.
fn places<'a>(
    records: &'a [Value],
    readings: &BTreeMap<String, Reading>,
    fits: impl Fn(&Value) -> bool,
) -> Vec<(&'a str, usize, usize)> {
    records
        .iter()
        .filter(|r| fits(r))
        .filter_map(|r| {
            let doc = text(r, "doc");
            let (start, end) = byte_range(r, &readings.get(doc)?.document.text)?;
            Some((doc, start, end))
        })
        .collect()
}

/// Code points of the gold into bytes.
fn byte_range(record: &Value, document: &str) -> Option<(usize, usize)> {
    let number = |key: &str| usize::try_from(record[key].as_u64()?).ok();
    let (start, end) = (number("start")?, number("end")?);
    let byte = |n: usize| document.char_indices().nth(n).map_or(document.len(), |(at, _)| at);
    Some((byte(start), byte(end)))
}

fn overlaps(span: evidence::Span, range: (usize, usize)) -> bool {
    span.start() < range.1 && range.0 < span.end()
}

/// The sentences a gold quote touches.
fn sentences(reading: &Reading, range: (usize, usize)) -> Vec<usize> {
    reading.sentences.iter().filter(|s| overlaps(s.quote.span(), range)).map(|s| s.index).collect()
}

fn events(
    records: &[Value],
    readings: &BTreeMap<String, Reading>,
    lexicon: &Lexicon,
    misses: bool,
) {
    let (mut class, mut roles, mut all) = (Tally::default(), Tally::default(), Tally::default());
    let mut none = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "event") {
        let fields = &record["fields"];
        let reading = &readings[text(record, "doc")];
        let Some(range) = byte_range(record, &reading.document.text) else {
            continue;
        };
        let near = sentences(reading, range);
        let code = text(fields, "code");
        let found: Vec<&Event> =
            reading.events.iter().filter(|e| near.contains(&e.sentence)).collect();
        if code == "NONE" {
            none.add(!found.iter().any(|e| e.is_fact() && overlaps(e.trigger.span(), range)));
            continue;
        }
        if code == "OTHER" {
            continue;
        }
        let mut accepted: Vec<Class> =
            strings(fields.get("accept")).iter().filter_map(|c| Class::from_word(c)).collect();
        accepted.extend(Class::from_word(code));
        let alleged = matches!(text(fields, "factuality"), "alleged");
        let fits_class = |e: &&&Event| (accepted.contains(&e.class)) && (e.is_fact() || alleged);
        let by_class: Vec<&&Event> = found.iter().filter(fits_class).collect();
        let by_role: Vec<&&&Event> =
            by_class.iter().filter(|e| roles_fit(fields, e, lexicon)).collect();
        let by_date = by_role.iter().any(|e| date_fits(fields, e));
        class.add(!by_class.is_empty());
        roles.add(!by_role.is_empty());
        all.add(by_date);
        if misses && !by_date {
            println!(
                "  miss {} [{}] {} | {} -> {} | {}",
                text(record, "id"),
                code,
                text(record, "quote"),
                fields["actor"],
                fields["recipient"],
                fields["date"]
            );
            for e in &found {
                println!(
                    "       got {} ({}) {} -> {} {:?} fact {}",
                    e.class.word(),
                    e.rule,
                    names(&e.sources),
                    names(&e.recipients),
                    e.when.map(|w| (w.from, w.to)),
                    e.is_fact()
                );
            }
        }
    }
    class.print("events: class found as a fact in the sentence");
    roles.print("events: class, source and recipient");
    all.print("events: class, source, recipient and date");
    none.print("events that must not be coded");
    let facts: usize = readings.values().flat_map(|r| &r.events).filter(|e| e.is_fact()).count();
    println!("{:<52} {facts:>4}", "events coded as facts, all");
}

fn names(roles: &[Role]) -> String {
    roles
        .iter()
        .map(|r| format!("{:?}{:?}", r.quote.text(), r.actors))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Every actor the gold names and the lexicon knows must be among the event's; an unnamed or
/// inferred one is not asked for.
fn roles_fit(fields: &Value, event: &Event, lexicon: &Lexicon) -> bool {
    let known = |ids: Vec<String>| {
        ids.into_iter().filter(|id| lexicon.actors.iter().any(|a| a.id == *id)).collect::<Vec<_>>()
    };
    let inferred = |key: &str| fields[key].as_bool().unwrap_or(false);
    let wanted = |key: &str, flag: &str| {
        if inferred(flag) { Vec::new() } else { known(strings(fields.get(key))) }
    };
    let sources = wanted("actor", "actor_is_inferred");
    let recipients = wanted("recipient", "recipient_is_inferred");
    let mutual = event.reciprocal || fields["reciprocal"].as_bool().unwrap_or(false);
    let did = |id: &String| event.source_actors().any(|a| a == id);
    let had = |id: &String| event.recipient_actors().any(|a| a == id);
    sources.iter().all(|id| did(id) || mutual && had(id))
        && recipients.iter().all(|id| had(id) || mutual && did(id))
}

fn date_fits(fields: &Value, event: &Event) -> bool {
    if text(fields, "resolved_basis") == "external"
        || fields["date_is_inferred"].as_bool().unwrap_or(false)
    {
        return true;
    }
    let wanted = match (text(fields, "resolved"), text(fields, "date"), text(fields, "date_from")) {
        ("", "", "") => return true,
        ("", "", from) => format!("{from}/{}", text(fields, "date_to")),
        ("", date, _) => date.to_owned(),
        (resolved, ..) => resolved.to_owned(),
    };
    if !wanted.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let Some(when) = event.when else { return false };
    let (from, to) = wanted.split_once('/').unwrap_or((&wanted, &wanted));
    let from = from.trim_end_matches('s');
    let (stated_from, stated_to) = (when.from.to_string(), when.to.to_string());
    stated_from.starts_with(from) && (stated_to.starts_with(to) || wanted.ends_with('s'))
}

fn quantities(records: &[Value], readings: &BTreeMap<String, Reading>, misses: bool) {
    let mut tally = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "quantity") {
        let fields = &record["fields"];
        let reading = &readings[text(record, "doc")];
        let Some(range) = byte_range(record, &reading.document.text) else {
            continue;
        };
        let people =
            |u: &str| matches!(u.split('/').next(), Some("persons" | "candidates" | "members"));
        let plain = |u: &str| u.trim_end_matches('s').to_owned();
        let unit = text(fields, "unit");
        let hit = reading.quantities.iter().filter(|q| overlaps(q.quote.span(), range)).any(|q| {
            let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 1e-9,
                _ => false,
            };
            let number =
                close(q.value, fields["value"].as_f64()) || close(q.low, fields["low"].as_f64());
            let same_unit = plain(&q.unit) == plain(unit) || people(unit) && people(&q.unit);
            let whole = fields["of"].as_f64().is_none_or(|of| close(q.of, Some(of)));
            number && same_unit && whole
        });
        tally.add(hit);
        if misses && !hit {
            println!(
                "  miss {} quantity {} | {}",
                text(record, "id"),
                text(record, "quote"),
                fields
            );
        }
    }
    tally.print("quantities: value, unit, whole");
}

fn claims(records: &[Value], readings: &BTreeMap<String, Reading>, misses: bool) {
    let mut tally = Tally::default();
    for record in records.iter().filter(|r| text(r, "kind") == "claim") {
        let fields = &record["fields"];
        let reading = &readings[text(record, "doc")];
        let Some(range) = byte_range(record, &reading.document.text) else {
            continue;
        };
        let speaker = text(fields, "speaker");
        let plain = |s: &str| s.replace('’', "'").to_lowercase();
        let bare = plain(speaker.trim_start_matches("anonymous: "));
        let near: Vec<_> = reading
            .claims
            .iter()
            .filter(|c| {
                overlaps(c.quote.span(), range) || sentences(reading, range).contains(&c.sentence)
            })
            .collect();
        let hit = near.iter().any(|c| {
            let words = c
                .resolved
                .as_ref()
                .or(c.speaker.as_ref())
                .map_or_else(String::new, |q| plain(q.text()));
            c.actors.iter().any(|a| a == speaker)
                || !words.is_empty() && (words.contains(&bare) || bare.contains(&words))
        });
        tally.add(hit);
        if misses && !hit {
            println!("  miss {} claim {} | {}", text(record, "id"), text(record, "quote"), speaker);
            for c in near {
                println!(
                    "       got {:?} {:?} ({})",
                    c.speaker.as_ref().map(|q| q.text()),
                    c.actors,
                    c.cue.text()
                );
            }
        }
    }
    tally.print("claims: speaker");
}

/// Each alias of the gold, wherever it stands in running text: B-cubed over (alias occurrence,
/// actor), and forbidden mergers.
fn actors(records: &[Value], readings: &BTreeMap<String, Reading>, misses: bool) {
    let mut items: Vec<(String, Option<String>)> = Vec::new();
    let mut violations = 0;
    for record in records.iter().filter(|r| text(r, "kind") == "actor") {
        let fields = &record["fields"];
        let id = text(fields, "id");
        let forbidden = strings(fields.get("must_not_merge"));
        let Some(lists) = fields["aliases"].as_object() else {
            continue;
        };
        for (doc, aliases) in lists {
            for (_, reading) in readings.iter().filter(|(d, _)| doc == "*" || *d == doc) {
                for alias in strings(Some(aliases)) {
                    for found in occurrences(reading, &alias) {
                        if let Some(other) = found.as_ref().filter(|f| forbidden.contains(f)) {
                            violations += 1;
                            if misses {
                                println!("  merged {alias} of {id} into {other}");
                            }
                        }
                        items.push((id.to_owned(), found));
                    }
                }
            }
        }
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (gold, found) in &items {
        let cluster: Vec<&(String, Option<String>)> =
            items.iter().filter(|(_, f)| f == found && f.is_some()).collect();
        let truth: Vec<&(String, Option<String>)> =
            items.iter().filter(|(g, _)| g == gold).collect();
        let both = cluster.iter().filter(|(g, _)| g == gold).count();
        precision += if cluster.is_empty() { 1.0 } else { both as f64 / cluster.len() as f64 };
        recall += if truth.is_empty() { 1.0 } else { both as f64 / truth.len() as f64 };
    }
    let n = items.len().max(1) as f64;
    let (p, r) = (precision / n, recall / n);
    println!(
        "{:<52} P {:.3} R {:.3} F1 {:.3} over {} places",
        "actors: B-cubed",
        p,
        r,
        2.0 * p * r / (p + r).max(1e-9),
        items.len()
    );
    println!("{:<52} {violations:>4}  (must be 0)", "actors merged that must not be");
}

/// The actor found at each place of running text where a longer word or name does not hold the
/// alias.
fn occurrences(reading: &Reading, alias: &str) -> Vec<Option<String>> {
    let document = reading.document.text.as_str();
    let mut out = Vec::new();
    for (at, _) in document.match_indices(alias) {
        let end = at + alias.len();
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        if !edge(document[..at].chars().next_back()) || !edge(document[end..].chars().next()) {
            continue;
        }
        let body = reading
            .sentences
            .iter()
            .any(|s| s.standing == Standing::Body && overlaps(s.quote.span(), (at, end)));
        let found = reading.mentions.iter().find(|m| overlaps(m.quote.span(), (at, end)));
        // inside a longer name that is another actor's: not an occurrence of this alias
        if !body || found.is_some_and(|m| m.quote.text().len() > alias.len() + 4) {
            continue;
        }
        out.push(found.map(|m| m.actor.clone()));
    }
    out
}

fn passages(records: &[Value], readings: &BTreeMap<String, Reading>) {
    let marked = |fits: &dyn Fn(Standing) -> bool| -> Vec<(String, usize, usize)> {
        readings
            .iter()
            .flat_map(|(doc, r)| {
                r.sentences
                    .iter()
                    .filter(|s| fits(s.standing))
                    .map(|s| (doc.clone(), s.quote.span().start(), s.quote.span().end()))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let ignored =
        places(records, readings, |r| matches!(text(r, "kind"), "furniture" | "off_topic"));
    let copies = places(records, readings, |r| {
        text(r, "kind") == "duplicate"
            && r["fields"]["keep"] == Value::Bool(false)
            && r["fields"]["off_topic"] != Value::Bool(true)
    });
    characters("repeated text: characters", &copies, &marked(&|s| s == Standing::Copy), &ignored);
    let aside = places(records, readings, |r| text(r, "kind") == "off_topic");
    let copies_and_furniture =
        places(records, readings, |r| matches!(text(r, "kind"), "duplicate" | "furniture"));
    characters(
        "other stories and links: characters",
        &aside,
        &marked(&|s| matches!(s, Standing::OffTopic | Standing::Furniture)),
        &copies_and_furniture,
    );
}

fn characters(
    name: &str,
    gold: &[(&str, usize, usize)],
    found: &[(String, usize, usize)],
    ignored: &[(&str, usize, usize)],
) {
    let set = |list: &mut dyn Iterator<Item = (String, usize, usize)>| {
        list.flat_map(|(d, a, b)| (a..b).map(move |i| (d.clone(), i)))
            .collect::<std::collections::BTreeSet<_>>()
    };
    let own = |list: &[(&str, usize, usize)]| {
        set(&mut list.iter().map(|(d, a, b)| ((*d).to_owned(), *a, *b)))
    };
    let (gold, ignored) = (own(gold), own(ignored));
    let found = set(&mut found.iter().cloned());
    let both = gold.intersection(&found).count();
    let extra = found.difference(&gold).filter(|c| !ignored.contains(*c)).count();
    let (p, r) = (percent(both, both + extra), percent(both, gold.len()));
    println!("{name:<52} P {p:.1} R {r:.1} F1 {:.1}", 2.0 * p * r / (p + r).max(1e-9));
}

/// Class and role spans of the PLOVER gold standard, one event a sentence, without any lexicon.
fn score_plover(records: &[Value], misses: bool) -> Result<()> {
    let lexicon = Lexicon::default();
    let reader = Reader::new(&lexicon, Limits::default());
    let mut class = Tally::default();
    let mut any = Tally::default();
    let mut per_class: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut shared, mut stated, mut wanted) = (0usize, 0usize, 0usize);
    for record in records {
        let sentence = text(record, "text");
        let gold = match text(record, "event") {
            "DEMAND" => "REQUEST",
            "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
            "FIGHT" => "ASSAULT",
            other => other,
        };
        let reading = reader.read(sentence.as_bytes(), &DocumentSource::new("sentence"))?;
        let main = main_event(&reading);
        let found = main.map(|e| e.declares.unwrap_or(e.class).word()).unwrap_or("-");
        class.add(found == gold);
        any.add(
            reading
                .events
                .iter()
                .any(|e| e.class.word() == gold || e.declares.is_some_and(|d| d.word() == gold)),
        );
        per_class.entry(gold.to_owned()).or_default().add(found == gold);
        let spans = gold_spans(record);
        if !spans.is_empty() {
            let chars = |list: &mut dyn Iterator<Item = (usize, usize)>| {
                list.flat_map(|(a, b)| a..b).collect::<std::collections::BTreeSet<_>>()
            };
            let truth = chars(&mut spans.into_iter());
            let roles = main
                .map(|e| e.sources.iter().chain(&e.recipients).collect::<Vec<_>>())
                .unwrap_or_default();
            let own = chars(&mut roles.iter().map(|r| {
                let span = r.antecedent.as_ref().unwrap_or(&r.quote).span();
                let (a, b) = (span.start(), span.end());
                (sentence[..a].chars().count(), sentence[..b].chars().count())
            }));
            if misses && truth.intersection(&own).count() * 10 < truth.len().max(own.len()) * 8 {
                let named = |list: &std::collections::BTreeSet<usize>| {
                    sentence
                        .chars()
                        .enumerate()
                        .map(|(i, c)| if list.contains(&i) { c } else { '·' })
                        .collect::<String>()
                };
                println!(
                    "  roles {}\n    gold {}\n    own  {}",
                    text(record, "id"),
                    named(&truth),
                    named(&own)
                );
            }
            shared += truth.intersection(&own).count();
            stated += own.len();
            wanted += truth.len();
        }
        if misses && found != gold {
            let all: Vec<String> = reading
                .events
                .iter()
                .map(|e| format!("{}:{}", e.class.word(), e.trigger.text()))
                .collect();
            println!("  plover {} wanted {gold} got {found} {all:?}", text(record, "id"));
        }
    }
    println!("PLOVER gold standard, development half");
    class.print("class of the main event");
    any.print("class among all events of the sentence");
    let (p, r) = (percent(shared, stated), percent(shared, wanted));
    println!(
        "{:<52} P {p:.1} R {r:.1} F1 {:.1}",
        "source and target: characters of the main event",
        2.0 * p * r / (p + r).max(1e-9)
    );
    for (name, tally) in per_class {
        tally.print(&format!("    {name}"));
    }
    Ok(())
}

/// The event a one-event annotator would code: the first in the sentence that is stated or
/// declared, else the first.
fn main_event(reading: &Reading) -> Option<&Event> {
    reading
        .events
        .iter()
        .find(|e| (e.is_fact() || e.declares.is_some()) && !e.sources.is_empty())
        .or_else(|| reading.events.iter().find(|e| e.is_fact()))
        .or_else(|| reading.events.first())
}

fn gold_spans(record: &Value) -> Vec<(usize, usize)> {
    let number = |v: &Value, key: &str| v[key].as_u64().and_then(|n| usize::try_from(n).ok());
    record["spans"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|s| matches!(text(s, "role"), "SRC" | "TAR" | "SRC/TAR"))
        .filter_map(|s| Some((number(s, "start")?, number(s, "end")?)))
        .collect()
}
