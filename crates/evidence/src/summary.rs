//! A reading in lines a person can use: what kind of page it is, who is named, what happened, what
//! is counted, who is unknown.

use std::collections::BTreeMap;

use crate::dates::{Precision, When};
use crate::decode::Format;
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::records::{Bound, DateBasis, Event, Quantity, Role, Standing};

/// What is printed after a document is read.
pub fn summary_lines(reading: &Reading, lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    head(reading, &mut out);
    page(reading, &mut out);
    actors(reading, lexicon, &mut out);
    events(reading, lexicon, &mut out);
    quantities(reading, &mut out);
    claims(reading, lexicon, &mut out);
    candidates(reading, &mut out);
    out
}

fn head(reading: &Reading, out: &mut Vec<String>) {
    let d = &reading.document;
    let body = reading.sentences.iter().filter(|s| s.standing == Standing::Body).count();
    out.push(
        d.source
            .title
            .as_ref()
            .map_or_else(|| d.source.key.clone(), |t| format!("{} ({})", t, d.source.key)),
    );
    let dated = match &d.date {
        None => "undated: give its date to place \"last month\"".to_owned(),
        Some(date) => match date.basis {
            DateBasis::Given => format!("dated {}", date.date),
            DateBasis::Page => format!("dated {} by its page's head", date.date),
            DateBasis::Stated => format!("dated {} by its own words", date.date),
            DateBasis::Latest => format!(
                "undated; the latest month it names is {}-{:02}, taken as a floor",
                date.date.year(),
                date.date.month()
            ),
        },
    };
    out.push(format!(
        "  {} words, {} sentences ({} running text), {}; {dated}",
        d.words,
        reading.sentences.len(),
        body,
        match d.format {
            Format::Text => d.encoding.clone(),
            Format::Markdown | Format::Html | Format::Feed => {
                format!("{} in {}", d.format.word(), d.encoding)
            }
            _ => d.format.word().to_owned(),
        }
    ));
    let s = &d.source;
    let known: Vec<String> = [
        s.publisher.clone(),
        s.author.as_ref().map(|a| format!("{a} (author)")),
        s.address.clone(),
        s.rating.map(|r| format!("rated {r}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if d.format != Format::Text && !known.is_empty() {
        out.push(format!("  from: {}", known.join(", ")));
    }
    out.extend(d.notices.iter().map(|n| format!("  note: {n}")));
}

/// Shares of the page by standing, in characters of its sentences.
fn page(reading: &Reading, out: &mut Vec<String>) {
    let mut bytes: BTreeMap<Standing, usize> = BTreeMap::new();
    for sentence in &reading.sentences {
        *bytes.entry(sentence.standing).or_default() += sentence.quote.text().len();
    }
    let all: usize = bytes.values().sum();
    let shares: Vec<String> = bytes
        .iter()
        .filter(|(standing, _)| **standing != Standing::Body)
        .map(|(standing, n)| {
            format!("{} {:.0} %", standing.word(), *n as f64 * 100.0 / all.max(1) as f64)
        })
        .collect();
    if !shares.is_empty() {
        out.push(format!("  set aside: {}", shares.join(", ")));
    }
}

fn actors(reading: &Reading, lexicon: &Lexicon, out: &mut Vec<String>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in reading.mentions.iter().filter(|m| m.standing == Standing::Body) {
        *counts.entry(&mention.actor).or_default() += 1;
    }
    let mut list: Vec<(&str, usize)> = counts.into_iter().collect();
    list.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
    let words: Vec<String> =
        list.iter().map(|(id, n)| format!("{} {n}", lexicon.name(id))).collect();
    out.push(format!(
        "  actors named: {}",
        if words.is_empty() { "none of the lexicon".to_owned() } else { words.join(", ") }
    ));
}

fn events(reading: &Reading, lexicon: &Lexicon, out: &mut Vec<String>) {
    let (facts, other): (Vec<&Event>, Vec<&Event>) =
        reading.events.iter().partition(|e| e.is_fact());
    let mut facts = facts;
    facts.sort_by_key(|e| (e.when.is_none(), e.when.map(|w| (w.from, w.to)), e.quote.span()));
    if !facts.is_empty() {
        out.push(format!("  events said to have happened ({}):", facts.len()));
        out.extend(facts.iter().map(|e| event_line(e, lexicon)));
    }
    let (suggested, other): (Vec<&Event>, Vec<&Event>) =
        other.into_iter().partition(|e| e.suggested);
    if !other.is_empty() {
        out.push(format!("  not counted as facts ({}):", other.len()));
        out.extend(other.iter().map(|e| event_line(e, lexicon)));
    }
    if !suggested.is_empty() {
        out.push(format!("  suggested by the scorer alone, and no facts ({}):", suggested.len()));
        out.extend(suggested.iter().map(|e| event_line(e, lexicon)));
    }
}

fn event_line(event: &Event, lexicon: &Lexicon) -> String {
    let names = |roles: &[Role]| {
        let list: Vec<String> = roles
            .iter()
            .map(|r| {
                r.actors
                    .first()
                    .map_or_else(|| shorten(r.quote.text(), 40), |a| lexicon.name(a).to_owned())
            })
            .collect();
        if list.is_empty() { "?".to_owned() } else { list.join(", ") }
    };
    let marks: Vec<&str> = [
        (event.negated, "not"),
        (event.hypothetical, "if"),
        (event.future, "to come"),
        (event.historical, "past"),
        (event.hedged, "hearsay"),
        (event.undone_by.is_some(), "undone since"),
    ]
    .iter()
    .filter(|(on, _)| *on)
    .map(|(_, word)| *word)
    .collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
    let by = by_model(&event.rule);
    let count = event.count.map_or_else(String::new, |n| format!(" x{n}"));
    let arrow = if event.reciprocal { "<->" } else { "->" };
    format!(
        "    {:<10} {:<9}{count} {} {arrow} {}{marks}{by}  \"{}\"",
        when_word(event.when),
        event.class.word(),
        names(&event.sources),
        names(&event.recipients),
        shorten(event.quote.text(), 90)
    )
}

/// A record not made by the rules says so.
fn by_model(rule: &str) -> String {
    if rule.starts_with("model/") { format!(" [{rule}]") } else { String::new() }
}

/// A date at the fineness it is known.
fn when_word(when: Option<When>) -> String {
    let Some(w) = when else {
        return "undated".to_owned();
    };
    match w.precision {
        Precision::Day => w.from.to_string(),
        Precision::Month => format!("{}-{:02}", w.from.year(), w.from.month()),
        Precision::Year => w.from.year().to_string(),
        Precision::Decade => format!("{}s", w.from.year()),
        Precision::Week | Precision::Season | Precision::Interval => format!("{}/{}", w.from, w.to),
    }
}

fn quantities(reading: &Reading, out: &mut Vec<String>) {
    if reading.quantities.is_empty() {
        return;
    }
    out.push(format!("  quantities ({}):", reading.quantities.len()));
    for q in &reading.quantities {
        let what =
            q.what.as_ref().map_or_else(String::new, |w| format!("  {}", shorten(w.text(), 50)));
        out.push(format!("    {:<28}{what}  \"{}\"", measure(q), shorten(q.quote.text(), 60)));
    }
}

fn measure(q: &Quantity) -> String {
    let n = |x: f64| {
        // A third is shown as 33.33, not with all the digits a machine has for it.
        let x = if x.fract() == 0.0 { x } else { (x * 100.0).round() / 100.0 };
        if x.abs() >= 1e6 { format!("{x:e}") } else { format!("{x}") }
    };
    let number = match (q.bound, q.value, q.low, q.high) {
        (Bound::Between, _, Some(low), Some(high)) => format!("{} to {}", n(low), n(high)),
        (Bound::AtLeast, Some(v), ..) => format!("> {}", n(v)),
        (Bound::AtMost, Some(v), ..) => format!("< {}", n(v)),
        (Bound::About, Some(v), ..) => format!("~ {}", n(v)),
        (_, Some(v), ..) => n(v),
        (_, None, Some(low), _) => format!(">= {}", n(low)),
        _ => "?".to_owned(),
    };
    let per = q.per.as_ref().map_or_else(String::new, |p| format!(" per {p}"));
    let of = q.of.map_or_else(String::new, |o| format!(" of {}", n(o)));
    format!("{number} {}{per}{of}", q.unit)
}

fn claims(reading: &Reading, lexicon: &Lexicon, out: &mut Vec<String>) {
    if reading.claims.is_empty() {
        return;
    }
    out.push(format!("  claims ({}):", reading.claims.len()));
    for claim in &reading.claims {
        let who = claim.actors.first().map(|a| lexicon.name(a).to_owned()).or_else(|| {
            claim.resolved.as_ref().or(claim.speaker.as_ref()).map(|q| shorten(q.text(), 40))
        });
        out.push(format!(
            "    {} ({}){}: \"{}\"",
            who.unwrap_or_else(|| "?".to_owned()),
            shorten(claim.cue.text(), 40),
            by_model(&claim.rule),
            shorten(claim.quote.text(), 90)
        ));
    }
}

fn candidates(reading: &Reading, out: &mut Vec<String>) {
    const SHOWN: usize = 12;
    if reading.candidates.is_empty() {
        return;
    }
    let list: Vec<String> = reading
        .candidates
        .iter()
        .take(SHOWN)
        .map(|c| format!("{} ({}, {})", shorten(c.quote.text(), 50), c.kind, c.places.len()))
        .collect();
    let more = reading.candidates.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("; {more} more") } else { String::new() };
    out.push(format!("  unknown names, for you to judge: {}{more}", list.join("; ")));
}

/// At most `most` characters on one line.
fn shorten(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}
