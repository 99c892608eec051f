//! A document's text in paragraphs, with the stretches that records mark, counted as a browser counts.

use case::Case;
use evidence::{Quote, Standing, StoredRecords};
use serde::Serialize;
use utoipa::ToSchema;

/// A paragraph.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ParagraphView {
    /// Its text. Marks that turn the direction of writing are shown as the sign U+FFFD.
    pub text: String,
    /// Its first byte in the document's text.
    pub start: usize,
    /// How it stands: `body`, `heading`, or what it is instead of running text.
    pub standing: String,
    /// What is marked in it, in order; spans may overlap.
    pub spans: Vec<MarkedSpan>,
}

/// A stretch of a paragraph.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct MarkedSpan {
    /// Where it begins, in UTF-16 code units of the paragraph's text, as JavaScript counts.
    pub from: usize,
    /// One past its end.
    pub to: usize,
    /// `actor`, `event`, `claim`, `quantity`, `date`, `candidate` or `cited`.
    pub kind: String,
    /// The record's name, to be found among the marks; empty for `cited`.
    pub record: String,
}

/// What a record says.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct MarkView {
    /// The record's name.
    pub record: String,
    /// `actor`, `event`, `claim`, `quantity`, `date` or `candidate`.
    pub kind: String,
    /// What it says, in a few words.
    pub label: String,
    /// The rule that found it.
    pub rule: String,
    /// The actors it is about, by id.
    pub actors: Vec<String>,
    /// The words.
    pub quote: String,
    /// Whether it is told as a fact: not negated, hypothetical, future or hedged. Of events only.
    pub fact: Option<bool>,
}

/// A stretch in bytes and whose it is.
struct Stretch {
    start: usize,
    end: usize,
    kind: &'static str,
    record: String,
}

/// The text with marks that a browser would obey made visible; every character keeps its place in UTF-16.
fn shown(text: &str) -> String {
    let harmless = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(harmless).collect()
}

/// The paragraphs of a document and the records marked in them.
pub(crate) fn paragraphs(
    case: &Case,
    text: &str,
    records: &StoredRecords,
    cited: Option<(usize, usize)>,
) -> (Vec<ParagraphView>, Vec<MarkView>) {
    let (mut stretches, mut marks) = gathered(case, records);
    if let Some((start, end)) = cited {
        stretches.push(Stretch { start, end, kind: "cited", record: String::new() });
    }
    stretches.retain(|s| s.start < s.end && text.get(s.start..s.end).is_some());
    stretches.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    let place = |record: &str| stretches.iter().position(|s| s.record == record);
    marks.retain(|m| place(&m.record).is_some());
    marks.sort_by_key(|m| place(&m.record));
    let mut all = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let inner = line.trim_end_matches(['\n', '\r']);
        let end = start + inner.len();
        if inner.trim().is_empty() {
            continue;
        }
        let units = |byte: usize| text.get(start..byte).map_or(0, |t| t.encode_utf16().count());
        let inside = stretches.iter().filter(|s| s.start < end && s.end > start);
        let span = |s: &Stretch| MarkedSpan {
            from: units(s.start.max(start)),
            to: units(s.end.min(end)),
            kind: s.kind.to_owned(),
            record: s.record.clone(),
        };
        all.push(ParagraphView {
            text: shown(inner),
            start,
            standing: standing(records, start, end),
            spans: inside.map(span).collect(),
        });
    }
    (all, marks)
}

/// How a stretch of text stands: as the first sentence that begins in it.
fn standing(records: &StoredRecords, start: usize, end: usize) -> String {
    let inside = |at: i64| usize::try_from(at).is_ok_and(|at| start <= at && at < end);
    let first = records.sentences.iter().find(|s| inside(s.start));
    first.map_or_else(|| "body".to_owned(), |s| s.standing.clone())
}

fn gathered(case: &Case, records: &StoredRecords) -> (Vec<Stretch>, Vec<MarkView>) {
    let (mut stretches, mut marks) = (Vec::new(), Vec::new());
    let mut add = |quote: &Quote, kind: &'static str, mark: MarkView| {
        let span = quote.span();
        stretches.push(Stretch {
            start: span.start(),
            end: span.end(),
            kind,
            record: mark.record.clone(),
        });
        marks.push(mark);
    };
    let label = |id: &str| case.actor(id).map_or_else(|| id.to_owned(), |a| a.name.clone());
    let named = |ids: &[String]| ids.iter().map(|id| label(id)).collect::<Vec<_>>().join(", ");
    let mark = |record: &str, kind: &str, quote: &Quote, rule: String, label: String| MarkView {
        record: record.to_owned(),
        kind: kind.to_owned(),
        label,
        rule,
        actors: Vec::new(),
        quote: super::api::cited::flat(quote.text()),
        fact: None,
    };
    let read = |standing: Standing| matches!(standing, Standing::Body | Standing::Heading);
    for r in records.mentions.iter().filter(|r| read(r.standing)) {
        let rule = super::api::case::written(r.form);
        let found = mark(&r.id, "actor", &r.quote, rule, label(&r.actor));
        add(&r.quote, "actor", MarkView { actors: vec![r.actor.clone()], ..found });
    }
    for r in &records.events {
        let (by, to): (Vec<String>, Vec<String>) = (
            r.source_actors().map(str::to_owned).collect(),
            r.recipient_actors().map(str::to_owned).collect(),
        );
        let class = super::api::case::written(r.class);
        let arrow = if to.is_empty() { String::new() } else { format!(" → {}", named(&to)) };
        let what =
            format!("{class}: {}{arrow}", if by.is_empty() { "?".to_owned() } else { named(&by) });
        let found = mark(&r.id, "event", &r.quote, r.rule.clone(), what);
        let actors = by.into_iter().chain(to).collect();
        add(&r.quote, "event", MarkView { actors, fact: Some(r.is_fact()), ..found });
    }
    for r in &records.claims {
        let who = match (&r.actors[..], &r.speaker) {
            ([], Some(speaker)) => speaker.text().to_owned(),
            ([], None) => "somebody".to_owned(),
            (actors, _) => named(actors),
        };
        let said = super::api::case::written(r.speech);
        let found = mark(&r.id, "claim", &r.quote, r.rule.clone(), format!("{who}: {said}"));
        add(&r.quote, "claim", MarkView { actors: r.actors.clone(), ..found });
    }
    for r in &records.quantities {
        let value = r.value.map_or_else(String::new, |v| format!("{v} "));
        let what = r.what.as_ref().map_or_else(String::new, |w| format!(", {}", w.text()));
        let rule = super::api::case::written(r.bound);
        let found = mark(&r.id, "quantity", &r.quote, rule, format!("{value}{}{what}", r.unit));
        add(&r.quote, "quantity", MarkView { actors: r.actors.clone(), ..found });
    }
    for r in records.dates.iter().filter(|r| read(r.standing)) {
        let when = r.when.map_or_else(
            || "no day".to_owned(),
            |w| if w.from == w.to { w.from.to_string() } else { format!("{} to {}", w.from, w.to) },
        );
        let rule = super::api::case::written(r.anchor);
        add(&r.quote, "date", mark(&r.id, "date", &r.quote, rule, when));
    }
    for r in &records.candidates {
        let found = mark(
            &r.id,
            "candidate",
            &r.quote,
            r.kind.clone(),
            "a name nobody knows yet".to_owned(),
        );
        add(&r.quote, "candidate", found);
    }
    (stretches, marks)
}
