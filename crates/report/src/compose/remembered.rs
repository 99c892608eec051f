//! What this brief says, as a record for the next one.

use super::answers::key_of;
use super::bottom_line::leading_patron;
use super::{Findings, motion};
use crate::brief::{Brief, Judgement};
use crate::joined::Said;
use crate::record::{FORMAT, Happened, Known, Record, Stated, Told};
use crate::text::Span;

/// The record of a brief composed from these findings.
pub fn record(findings: &Findings<'_>, brief: &Brief) -> Record {
    remember(findings, &brief.judgements)
}

pub(super) fn remember(findings: &Findings<'_>, judgements: &[Judgement]) -> Record {
    let case = findings.model.case;
    let known = case.sources.iter().map(|source| Known {
        key: source.key.get_ref().clone(),
        title: source.title.clone(),
        published: source.published,
    });
    let events = case.events.iter().filter(|event| event.date <= case.as_of);
    let estimates = case.beliefs.iter().map(|b| (b.path.clone(), [b.value, b.low, b.high]));
    Record {
        format: FORMAT,
        title: case.head.title.clone(),
        as_of: case.as_of,
        case_hash: case.hash.clone(),
        program: findings.version.to_owned(),
        seed: findings.summary.seed,
        runs: findings.summary.runs,
        lexicon: findings.lexicon.name().to_owned(),
        judgements: judgements.iter().map(stated).collect(),
        numbers: numbers(findings),
        sources: known.collect(),
        events: events.map(|e| Happened { date: e.date, what: e.what.clone() }).collect(),
        estimates: estimates.collect(),
    }
}

/// A number to nine decimals, which is read back as it was written.
fn short(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

fn stated(judgement: &Judgement) -> Stated {
    let statement = judgement.statement.to_plain();
    // An answer is of its question; what follows is how it was answered.
    let asked = match judgement.statement.0.first() {
        Some(Span::Strong(question)) => Some(question.as_str()),
        _ => None,
    };
    let told = statement.split_once(" that ").map_or(statement.as_str(), |(_, clause)| clause);
    let clause = match asked {
        Some(question) if judgement.key.starts_with("answer.") => question,
        _ => told.split(". ").next().unwrap_or(told),
    };
    Stated {
        key: judgement.key.clone(),
        clause: clause.trim_end_matches('.').to_owned(),
        probability: short(judgement.likelihood.probability),
        word: judgement.likelihood.word.map(str::to_owned),
        confidence: judgement.confidence.level.word().to_owned(),
    }
}

fn numbers(findings: &Findings<'_>) -> Vec<Told> {
    let summary = findings.summary;
    let mut all = Vec::new();
    let mut tell = |key: String, name: String, share: bool, points: [f64; 3]| {
        let [value, low, high] = points;
        if points.iter().all(|p| p.is_finite()) {
            let [value, low, high] = [value, low, high].map(short);
            all.push(Told { key, name, share, value, low, high });
        }
    };
    for list in &summary.lists {
        let s = &list.seats;
        let key = format!("seats.{}", list.list);
        tell(key, format!("Seats of {}", list.label), false, [s.median, s.low, s.high]);
    }
    if findings.model.elects()
        && let Some(t) = &summary.turnout
    {
        tell("turnout".to_owned(), "Turnout".to_owned(), true, [t.median, t.low, t.high]);
    }
    if findings.forms() {
        // Of all runs, as the page says them; runs without a government count as infinitely long and are not told.
        let points = summary.days.points.map(|d| d.map_or(f64::INFINITY, f64::from));
        let name = "Days from election to confidence".to_owned();
        tell("days".to_owned(), name, false, [points[1], points[0], points[2]]);
    }
    let focus = &findings.model.case.head.focus;
    let leader = leading_patron(findings).map(|leader| leader.actor.as_str());
    for actor in &findings.measured.actors {
        let watched = focus.iter().any(|f| f.get_ref() == &actor.actor);
        if watched || leader == Some(actor.actor.as_str()) {
            let t = &actor.total;
            let name = format!("Sway of {}", actor.label);
            tell(format!("sway.{}", actor.actor), name, true, [t.mean, t.low, t.high]);
        }
    }
    for answer in &findings.joined.answers {
        if let Ok(Said::Number { value, low, high, .. }) = &answer.said {
            tell(key_of(answer), answer.question.clone(), false, [*value, *low, *high]);
        }
    }
    for event in motion::events(findings) {
        let name = super::words::upper(&event.clause.to_plain());
        let error = (event.share * (1.0 - event.share) / summary.runs.max(1) as f64).sqrt() * 1.645;
        let (low, high) = ((event.share - error).max(0.0), (event.share + error).min(1.0));
        tell(format!("motion.{}", event.id()), name, true, [event.share, low, high]);
    }
    all
}
