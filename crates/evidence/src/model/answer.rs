//! What a model answered, held against the document.

use serde::Deserialize;

use crate::reading::Reading;
use crate::records::{Claim, Class, Event, Role, Sentence, Speech, Stance, Standing, record_id};
use crate::span::{Quote, Span};

/// Most records of one answer.
const MOST_RECORDS: usize = 500;

#[derive(Deserialize)]
struct Answer {
    records: Vec<serde_json::Value>,
}

/// A record as the model says it.
#[derive(Deserialize)]
pub(super) struct Said {
    kind: String,
    quote: String,
    #[serde(default)]
    class: Option<Class>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    recipient: Option<String>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    cue: Option<String>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    future: bool,
    #[serde(default)]
    hypothetical: bool,
}

/// The records of an answer; one of a wrong shape counts as one that is not in the document.
pub(super) fn records(words: &str) -> Result<Vec<Option<Said>>, String> {
    // many models put JSON between fences
    let words = words.trim();
    let inside = words.strip_prefix("```json").or_else(|| words.strip_prefix("```"));
    let words = inside.and_then(|w| w.trim_end().strip_suffix("```")).unwrap_or(words);
    let answer: Answer = serde_json::from_str(words.trim())
        .map_err(|e| format!("its answer is not the JSON that was asked for: {e}"))?;
    if answer.records.len() > MOST_RECORDS {
        return Err(format!(
            "its answer has {} records; at most {MOST_RECORDS} are believable",
            answer.records.len()
        ));
    }
    Ok(answer.records.into_iter().map(|r| serde_json::from_value(r).ok()).collect())
}

/// Adds the records whose words the document holds; gives their number.
pub(super) fn add(
    reading: &mut Reading,
    stretch: (usize, usize),
    records: Vec<Option<Said>>,
    rule: &str,
) -> usize {
    let mut kept = 0;
    for said in records.into_iter().flatten() {
        let found = match said.kind.as_str() {
            "event" => event(reading, stretch, &said, rule).map(|e| reading.events.push(e)),
            "claim" => claim(reading, stretch, &said, rule).map(|c| reading.claims.push(c)),
            _ => None,
        };
        kept += usize::from(found.is_some());
    }
    kept
}

/// Where the words stand within one sentence of running text of the stretch.
fn place<'r>(
    reading: &'r Reading,
    stretch: (usize, usize),
    words: &str,
) -> Option<(&'r Sentence, Quote)> {
    if words.trim().is_empty() {
        return None;
    }
    let text = reading.document.text.as_str();
    let within = |s: &&Sentence| {
        let span = s.quote.span();
        s.standing == Standing::Body && span.start() >= stretch.0 && span.end() <= stretch.1
    };
    reading.sentences.iter().filter(within).find_map(|sentence| {
        let quote = inside(text, sentence.quote.span(), words)?;
        Some((sentence, quote))
    })
}

fn inside(text: &str, within: Span, words: &str) -> Option<Quote> {
    let start = within.start() + within.of(text).find(words)?;
    Some(Quote::cut(text, Span::new(text, start, start + words.len())?))
}

/// A role by its words: in the quote, else in its sentence. `None` where the words are not there.
fn role(reading: &Reading, sentence: &Sentence, quote: &Quote, words: &str) -> Option<Role> {
    let text = reading.document.text.as_str();
    let quote =
        inside(text, quote.span(), words).or_else(|| inside(text, sentence.quote.span(), words))?;
    let actors = actors(reading, quote.span());
    Some(Role { quote, actors, antecedent: None })
}

/// Actors the rules found in the words.
fn actors(reading: &Reading, span: Span) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for mention in reading.mentions.iter().filter(|m| span.contains(m.quote.span())) {
        if !out.contains(&mention.actor) {
            out.push(mention.actor.clone());
        }
    }
    out
}

/// Roles of a record: none where none was named, no record where one is named and not found.
fn roles(
    reading: &Reading,
    sentence: &Sentence,
    quote: &Quote,
    words: Option<&String>,
) -> Option<Vec<Role>> {
    match words.filter(|w| !w.trim().is_empty()) {
        None => Some(Vec::new()),
        Some(words) => role(reading, sentence, quote, words).map(|r| vec![r]),
    }
}

fn event(reading: &Reading, stretch: (usize, usize), said: &Said, rule: &str) -> Option<Event> {
    let (sentence, quote) = place(reading, stretch, &said.quote)?;
    let class = said.class?;
    let sources = roles(reading, sentence, &quote, said.source.as_ref())?;
    let recipients = roles(reading, sentence, &quote, said.recipient.as_ref())?;
    let date = reading.dates.iter().find(|d| quote.span().contains(d.quote.span()));
    let turn = reading.events.len();
    Some(Event {
        id: record_id(&reading.document.id, rule, quote.span(), turn),
        sentence: sentence.index,
        standing: sentence.standing,
        trigger: quote.clone(),
        class,
        mode: None,
        sources,
        recipients,
        reciprocal: false,
        when: date.and_then(|d| d.when),
        date: date.map(|d| d.quote.clone()),
        count: None,
        negated: said.negated,
        hypothetical: said.hypothetical,
        future: said.future,
        historical: false,
        hedged: false,
        declares: None,
        undone_by: None,
        answers: None,
        rule: rule.to_owned(),
        weight: 0,
        score: None,
        suggested: false,
        quote,
    })
}

fn claim(reading: &Reading, stretch: (usize, usize), said: &Said, rule: &str) -> Option<Claim> {
    let (sentence, quote) = place(reading, stretch, &said.quote)?;
    let speaker = roles(reading, sentence, &quote, said.speaker.as_ref())?.pop();
    let text = reading.document.text.as_str();
    let cue = match said.cue.as_ref().filter(|c| !c.trim().is_empty()) {
        Some(cue) => inside(text, sentence.quote.span(), cue)?,
        None => quote.clone(),
    };
    let marked = quote.text().contains(['“', '"']);
    Some(Claim {
        id: record_id(&reading.document.id, rule, quote.span(), reading.claims.len()),
        sentence: sentence.index,
        standing: sentence.standing,
        actors: speaker.as_ref().map(|s| s.actors.clone()).unwrap_or_default(),
        speaker: speaker.map(|s| s.quote),
        resolved: None,
        answers: None,
        cue,
        speech: if marked { Speech::Partial } else { Speech::Indirect },
        stance: Stance::Plain,
        rule: rule.to_owned(),
        quote,
    })
}
