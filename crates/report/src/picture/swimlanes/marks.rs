//! The marks of one lane: ticks with their words, or counts where ticks would run together.

use super::{Event, SOURCES};
use crate::picture::calendar::day;
use crate::picture::labels::Labels;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Type};

/// The width of a span in which events are counted.
const SPAN: f64 = 22.0;

/// Whether more than three ticks would stand within one span.
pub(super) fn is_crowded(events: &[&Event], scale: &Scale) -> bool {
    let mut at: Vec<f64> = events.iter().map(|event| scale.at(day(event.date))).collect();
    at.sort_by(f64::total_cmp);
    at.windows(4).any(|four| four[3] - four[0] < SPAN)
}

fn weight(sources: u32) -> &'static str {
    match sources {
        0 | 1 => "w3 l-ink pale",
        2 => "w3 l-soft",
        _ => "w3 l-ink",
    }
}

/// A tick for each event, and the words of those that find room beneath.
pub(super) fn ticks(canvas: &mut Canvas, events: &[&Event], scale: &Scale, y: f64) {
    for event in events {
        let x = scale.at(day(event.date));
        canvas.line((x, y + 2.0), (x, y + 19.0), weight(event.sources));
    }
    let left = scale.at(scale.ends().0) - 8.0;
    let mut labels = Labels::within((left, y + 19.0), (canvas.width(), y + 38.0));
    let mut order: Vec<&&Event> = events.iter().collect();
    order.sort_by(|a, b| b.sources.cmp(&a.sources).then(a.date.cmp(&b.date)));
    for event in order {
        let x = scale.at(day(event.date));
        let kind = Type::SMALL.halo();
        let words = kind.fit(&event.label, 190.0);
        let short = kind.fit(&event.label, 110.0);
        for words in [&words, &short] {
            let places = [((x - 2.0, y + 31.0), kind), ((x + 2.0, y + 31.0), kind.end())];
            if labels.set(canvas, words, &places) {
                break;
            }
        }
    }
}

/// A square for each span of time with the number of its events.
pub(super) fn counts(canvas: &mut Canvas, events: &[&Event], scale: &Scale, y: f64) {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let start = scale.at(scale.ends().0);
    for event in events {
        let span = ((scale.at(day(event.date)) - start) / SPAN) as usize;
        match spans.last_mut() {
            Some((last, count)) if *last == span => *count += 1,
            _ => spans.push((span, 1)),
        }
    }
    let most = spans.iter().map(|span| span.1).max().unwrap_or(1);
    for (span, count) in spans {
        let x = start + span as f64 * SPAN;
        let wide = (SPAN - 2.0).min(canvas.width() - x);
        let shade = (count * 4).div_ceil(most).clamp(1, 4) - 1;
        canvas.rect((x, y + 4.0), (wide, 24.0), "f-paper");
        canvas.rect((x, y + 4.0), (wide, 24.0), &format!("f-c0 q{shade}"));
        let words = if count > 999 { "1k+".to_owned() } else { count.to_string() };
        let kind = Type { size: 11.0, tick: true, ..Type::LABEL }.bold().middle();
        let ink = if shade >= 3 { "f-paper" } else { "f-ink" };
        canvas.text_in((x + wide / 2.0, y + 20.0), &words, kind, ink);
    }
}

/// What the strength of a tick means. Gives the y of its baseline.
pub(super) fn key(canvas: &mut Canvas, y: f64) -> f64 {
    let mut x = 2.0;
    for (words, sources) in SOURCES.iter().zip(1..) {
        canvas.line((x, y - 13.0), (x, y + 2.0), weight(sources));
        canvas.text((x + 8.0, y), words, Type::SMALL);
        x += 8.0 + Type::SMALL.width(words) + 18.0;
    }
    y
}
