//! Sections of what other parts of the program found: the record of forecasts, signs to watch for,
//! when an outcome comes about, and sway over time.

use super::notes::Notes;
use super::{Findings, words};
use crate::brief::{Block, Citation, EvidenceNote, Indicator, Section};
use crate::joined::{Course, Discovery, Scored, Sign};
use crate::likelihood::{Probability, judge};
use crate::numbers;
use crate::picture::{PictureError, calibration, influence_fan, prim_strip};
use crate::table::{Column, Table};
use crate::text::Text;

/// How frozen forecasts fared, the misses first.
pub(super) fn record(scored: &Scored) -> Result<Vec<Block>, PictureError> {
    let count = |n: usize, one: &str, many: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{} {many}", numbers::whole(n as f64)),
    };
    let lead = format!(
        "{} of this case were frozen before the event and can be scored; {} far off. A lower score is better; the plain forecasters are the base rate, the last outcome again, and a simple model.",
        words::upper(&count(scored.questions, "forecast", "forecasts")),
        match scored.misses.len() {
            0 => "none was".to_owned(),
            1 => "one was".to_owned(),
            n => format!("{n} were"),
        }
    );
    let mut blocks = vec![Block::Paragraph(Text::from(lead))];
    blocks.extend(read_out(scored).map(|words| Block::Paragraph(Text::from(words))));
    if !scored.misses.is_empty() {
        let mut table = Table::new(
            "The misses, the worst first",
            vec![
                Column::words("Question"),
                Column::words("What came true"),
                Column::numbers("Probability given to it"),
            ],
        );
        for miss in &scored.misses {
            table.row([miss.question.clone(), miss.truth.clone(), numbers::percent(miss.given)]);
        }
        blocks.push(Block::Table(table));
    }
    if !scored.standings.is_empty() {
        let mut table = Table::new(
            "Against plain forecasters",
            vec![
                Column::words("Forecaster"),
                Column::words("Score"),
                Column::numbers("Questions"),
                Column::numbers("Ours"),
                Column::numbers("Theirs"),
                Column::numbers("Theirs minus ours"),
            ],
        );
        for s in &scored.standings {
            let (mean, low, high) = s.better;
            let better = format!(
                "{} ({} to {})",
                numbers::signed(mean, 3),
                numbers::signed(low, 3),
                numbers::signed(high, 3)
            );
            let score = |value: f64| numbers::decimal(value, 3);
            table.row([
                s.against.clone(),
                s.measure.clone(),
                s.questions.to_string(),
                score(s.ours),
                score(s.theirs),
                better,
            ]);
        }
        table.notes.push(
            "Above 0 these forecasts did better; the range holds nine bootstrap samples in ten."
                .to_owned(),
        );
        blocks.push(Block::Table(table));
    }
    if !scored.bins.is_empty() {
        let picture = calibration::draw(&calibration::Input {
            title: "What was said and what came true".to_owned(),
            bins: scored.bins.clone(),
            scores: Vec::new(),
            forecasters: Vec::new(),
        })?;
        blocks.push(Block::figure(picture, "On the diagonal as much came true as was said."));
    }
    if !scored.rows.is_empty() {
        let mut table = Table::new(
            "Forecasts and what came true",
            vec![
                Column::words("Question"),
                Column::words("As of"),
                Column::numbers("Elsewhere"),
                Column::numbers("Runs"),
                Column::numbers("Forecast"),
                Column::words("What came true"),
                Column::numbers("Score"),
                Column::words("Best plain forecaster"),
            ],
        );
        for row in &scored.rows {
            let score = |value: f64| numbers::decimal(value, if value < 10.0 { 3 } else { 1 });
            let plain = row.plain.as_ref().map(|(value, who)| format!("{} ({who})", score(*value)));
            table.row([
                row.question.clone(),
                words::date(row.as_of),
                row.outside.clone().unwrap_or_else(|| "none".to_owned()),
                row.runs.clone().unwrap_or_else(|| "none".to_owned()),
                row.forecast.clone(),
                row.truth.clone(),
                format!("{} {}", score(row.score), row.measure),
                plain.unwrap_or_else(|| "none".to_owned()),
            ]);
        }
        table.notes.push(
            "A forecast joins what happened elsewhere, in the reference class of the question, with what the runs said."
                .to_owned(),
        );
        let summary = "Every forecast that can be scored".to_owned();
        blocks.push(Block::Details { summary, blocks: vec![Block::Table(table)] });
    }
    Ok(blocks)
}

/// The record read out: what the score comes to beside a coin and the best plain forecaster.
fn read_out(scored: &Scored) -> Option<String> {
    let scores: Vec<f64> =
        scored.rows.iter().filter(|r| r.measure == "Brier").map(|r| r.score).collect();
    let n = scores.len();
    (n > 0).then_some(())?;
    let mean = scores.iter().sum::<f64>() / n as f64;
    let than = match mean {
        m if m < 0.2 => "clearly better than a coin, which has .25",
        m if m < 0.25 => "a little better than a coin, which has .25",
        _ => {
            "no better than a coin, which has .25: of questions like these the forecasts here are no guide yet"
        }
    };
    let ahead = scored.standings.iter().filter(|s| s.measure == "Brier" && s.better.0 < 0.0);
    let ahead: Vec<&str> = ahead.map(|s| s.against.as_str()).collect();
    let beaten = match ahead.is_empty() {
        true => String::new(),
        false => format!(" Plain forecasters that did better: {}.", ahead.join(", ")),
    };
    Some(format!(
        "Over {} the mean Brier score is {}: {than}.{beaten}",
        numbers::counted(
            n,
            "question of yes or no or of names",
            "questions of yes or no or of names"
        ),
        numbers::decimal(mean, 2)
    ))
}

/// What would change our mind, what has been seen first.
pub(super) fn signs(signs: &[Sign], notes: &mut Notes<'_>) -> Vec<Indicator> {
    let mut order: Vec<&Sign> = signs.iter().collect();
    let weight = |sign: &Sign| sign.ratio.max(1e-9).ln().abs();
    order.sort_by(|a, b| {
        (b.seen.is_some().cmp(&a.seen.is_some()))
            .then(weight(b).total_cmp(&weight(a)))
            .then(a.event.cmp(&b.event))
    });
    let all = order.into_iter().enumerate().map(|(at, sign)| {
        let times = |ratio: f64| numbers::decimal(ratio, 1);
        let (ratio, low, high, more) = match sign.ratio >= 1.0 {
            true => (sign.ratio, sign.range.0, sign.range.1, "often"),
            false => (
                1.0 / sign.ratio.max(1e-9),
                1.0 / sign.range.1.max(1e-9),
                1.0 / sign.range.0.max(1e-9),
                "seldom",
            ),
        };
        let mut moves = Text::new();
        if let Some((day, sentence, source)) = &sign.seen {
            let note = EvidenceNote {
                subject: sign.event.clone(),
                derivation: None,
                citations: vec![Citation {
                    source: source.clone(),
                    sentence: Some(sentence.clone()),
                    ..Citation::default()
                }],
                independent: None,
            };
            let key = notes.put(format!("sign.{at}"), note);
            moves = moves.strong("Seen").plain(" ").number(words::date(*day), key).plain(". ");
        }
        let clause = words::clause(&sign.outcome);
        moves = match sign.odds {
            Some((before, after)) => {
                moves.plain("Moves the chance that ").name(clause).plain(format!(
                    " from {} to {} of the runs still open on that day",
                    numbers::percent(before),
                    numbers::percent(after)
                ))
            }
            None => moves.plain("Bears on whether ").name(clause),
        };
        moves = moves.plain(format!(
            "; it is seen {} times ({} to {}) as {more} where that comes about.",
            times(ratio),
            times(low),
            times(high)
        ));
        Indicator { event: Text::new().name(sign.event.clone()), by: sign.by, moves }
    });
    all.collect()
}

/// When outcomes come about, in plain rules.
pub(super) fn discoveries(all: &[Discovery]) -> Result<Option<Section>, PictureError> {
    let mut blocks = Vec::new();
    for found in all {
        let (inside, runs) = found.runs;
        let lead = format!(
            "{} In {} of {} runs these hold; {} of those have the outcome, against {} of all runs, and they hold {} of all runs with it.",
            found.sentence,
            numbers::whole(inside as f64),
            numbers::whole(runs as f64),
            numbers::percent(found.density),
            numbers::percent(found.base),
            numbers::percent(found.coverage)
        );
        blocks.push(Block::Heading(words::upper(&found.outcome)));
        blocks.push(Block::Paragraph(Text::from(lead)));
        let picture = prim_strip::draw(&prim_strip::Input {
            title: format!("When {}", found.outcome),
            sentence: found.sentence.clone(),
            density: found.density,
            base: found.base,
            coverage: found.coverage,
            rules: found.rules.clone(),
        })?;
        blocks.push(Block::figure(
            picture,
            "Each strip is the range tried; the bar on it is what the rule keeps.",
        ));
    }
    let heading = "When it comes about".to_owned();
    Ok((!blocks.is_empty()).then_some(Section { heading, blocks }))
}

/// Numbers over time, with the probability of a rise.
pub(super) fn courses(
    findings: &Findings<'_>,
    all: &[Course],
) -> Result<Option<Section>, PictureError> {
    let mut blocks = Vec::new();
    for course in all {
        if let (Some(rise), [first, .., last]) = (course.rise, course.points.as_slice()) {
            let (verb, share) = if rise >= 0.5 { ("rose", rise) } else { ("fell", 1.0 - rise) };
            let hits = (share * course.runs as f64).round() as u64;
            let likelihood = judge(findings.lexicon, Probability::of_runs(hits, course.runs));
            let (from, to) = (words::date(first.date), words::date(last.date));
            let text = Text::new()
                .opening(&likelihood)
                .name(words::clause(&course.name))
                .plain(format!(" {verb} between {from} and {to}, "))
                .plain(format!("which holds in {}.", numbers::of_runs(hits, course.runs)));
            blocks.push(Block::Paragraph(text));
        }
        let picture = influence_fan::draw(&influence_fan::Input {
            title: course.name.clone(),
            unit: course.unit.clone(),
            shares: course.shares,
            points: course.points.clone(),
            evidence: course.evidence.clone(),
        })?;
        blocks.push(Block::figure(picture, "The line is the mean, the dark band holds half and the pale one nine in ten; ticks mark the evidence."));
    }
    let heading = "Sway over time".to_owned();
    Ok((!blocks.is_empty()).then_some(Section { heading, blocks }))
}
