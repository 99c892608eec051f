//! What made an actor's sway change, for people.

use assess::measure::Heading;
use assess::measure::change::{Accounting, Change};
use report::likelihood::{Lexicon, Probability, judge};

use crate::screen;

/// The sentence on strengthening or weakening, and the account.
pub(super) fn told(change: &Change, whole: bool) -> Vec<String> {
    let mut lines = vec![sentence(change)];
    if change.likelihood.same >= 1.0 {
        return lines;
    }
    let independent = &change.if_independent;
    let up = change.likelihood.rises >= change.likelihood.falls;
    let alone = if up { independent.rises } else { independent.falls };
    lines.push(format!(
        "  {} points (90 %: {} … {}); {} if every new estimate errs apart from the one it replaces",
        signed(change.change.mean),
        signed(change.change.low),
        signed(change.change.high),
        screen::percent(alone)
    ));
    let most = if whole { 14 } else { 5 };
    lines.push(String::new());
    let rows: Vec<Vec<String>> = (change.causes.iter().take(most))
        .map(|c| {
            vec![
                c.what.clone(),
                signed(c.share.mean),
                format!("{:.2}", 100.0 * c.error),
                c.since.map_or_else(String::new, |d| d.to_string()),
                if c.documents.is_empty() { "judged".to_owned() } else { c.documents.join(", ") },
            ]
        })
        .collect();
    let mut rows = rows;
    let rest = &change.causes[change.causes.len().min(most)..];
    if !rest.is_empty() {
        let sum = rest.iter().map(|c| c.share.mean).sum::<f64>();
        let more = format!("… and {} more", rest.len());
        rows.push(vec![more, signed(sum), String::new(), String::new(), String::new()]);
    }
    let all = change.causes.iter().map(|c| c.share.mean).sum::<f64>();
    let empty = String::new;
    rows.push(vec!["all".to_owned(), signed(all), empty(), empty(), empty()]);
    lines.extend(screen::table(&["what changed", "points", "±", "since", "documents"], &rows));
    if whole {
        let groups = &change.groups;
        for (title, headings) in [
            ("by kind", &groups.kinds),
            ("by channel", &groups.channels),
            ("by tie", &groups.ties),
            ("by document", &groups.documents),
            ("by event", &groups.events),
        ] {
            lines.extend(grouped(title, headings));
        }
        lines.extend(carried(change));
    }
    let how = match change.accounting {
        Accounting::Exact => "every subset of what changed was computed".to_owned(),
        Accounting::Sampled { orders } => {
            format!("{orders} orders of moving the parts in each draw; ± is the 95 % interval")
        }
    };
    lines.extend([String::new(), format!("Shapley shares, which add up to the change: {how}.")]);
    lines
}

fn sentence(change: &Change) -> String {
    let share = |x: f64| format!("{:.1} %", 100.0 * x);
    let levels = format!(
        "from {} on {} to {} on {}",
        share(change.before.mean),
        change.from,
        share(change.after.mean),
        change.to
    );
    if change.likelihood.same >= 1.0 {
        return format!(
            "{}: nothing that the case knows of it changed between {} and {}: {}",
            change.label,
            change.from,
            change.to,
            share(change.after.mean)
        );
    }
    let parts = format!(
        "{levels}: ties {}, seats {} points",
        signed(change.ties.mean),
        signed(change.seats.mean)
    );
    let [outside, now] = &change.outside;
    let abroad = format!(
        "of what the powers outside hold: {} before, {} after",
        share(outside.mean),
        share(now.mean)
    );
    let stronger = &change.stronger;
    if stronger.same >= 1.0 {
        return format!("{}: nothing moved its ties; {parts}; {abroad}", change.label);
    }
    let up = stronger.rises >= stronger.falls;
    let p = if up { stronger.rises } else { stronger.falls };
    let verb = if up { "more" } else { "less" };
    let opening = match Probability::new(p) {
        Ok(probability) => judge(Lexicon::Icd203, probability).opening(),
        Err(_) => "It may be that".to_owned(),
    };
    let number = screen::percent(p);
    format!(
        "{}: {opening} it pulls {verb} than it did ({number} of the draws), {parts}; {abroad}",
        change.label
    )
}

/// Points with a sign.
fn signed(share: f64) -> String {
    format!("{:+.1}", 100.0 * share)
}

fn grouped(title: &str, headings: &[Heading]) -> Vec<String> {
    const MOST: usize = 8;
    let mut rows: Vec<Vec<String>> = (headings.iter().take(MOST))
        .map(|h| {
            let name: String = match h.name.char_indices().nth(84) {
                Some((cut, _)) => format!("{}…", &h.name[..cut]),
                None => h.name.clone(),
            };
            let date = h.date.map_or_else(String::new, |d| d.to_string());
            vec![name, format!("{:+.2}", 100.0 * h.share), date]
        })
        .collect();
    let rest = &headings[headings.len().min(MOST)..];
    if !rest.is_empty() {
        let sum = rest.iter().map(|h| h.share).sum::<f64>();
        let more = format!("… and {} more", rest.len());
        rows.push(vec![more, format!("{:+.2}", 100.0 * sum), String::new()]);
    }
    let mut lines = vec![String::new()];
    if rows.iter().all(|row| row[2].is_empty()) {
        rows.iter_mut().for_each(|row| row.truncate(2));
        lines.extend(screen::table(&[title, "points"], &rows));
    } else {
        lines.extend(screen::table(&[title, "points", "date"], &rows));
    }
    lines
}

fn carried(change: &Change) -> Vec<String> {
    let mut rows =
        vec![vec!["own seats".to_owned(), format!("{:+.2}", 100.0 * change.carried.own)]];
    let hops = change.carried.hops.iter();
    rows.extend(hops.clone().take(10).map(|h| {
        let way = format!("{} ({})", h.label, h.channel.name());
        vec![way, format!("{:+.2}", 100.0 * h.share)]
    }));
    let rest = hops.skip(10);
    if rest.len() > 0 {
        let (n, sum) = (rest.len(), rest.map(|h| h.share).sum::<f64>());
        rows.push(vec![format!("… and {n} more"), format!("{:+.2}", 100.0 * sum)]);
    }
    let mut lines = vec![String::new()];
    lines.extend(screen::table(&["through whom it went (first touch)", "points"], &rows));
    lines
}
