//! The list beside the text: every record with its place, its parts, how sure it is, and its rule.

use super::escape;
use crate::dates::{Precision, When};
use crate::lexicon::Lexicon;
use crate::records::{Candidate, Claim, DateRecord, Event, Mention, Quantity, Role, Standing};
use crate::span::Quote;
use crate::store::StoredRecords;

pub(super) fn list(out: &mut String, records: &StoredRecords, lexicon: &Lexicon) {
    let events: Vec<String> = records.events.iter().map(|e| event(e, lexicon)).collect();
    section(out, "event", "Events", true, &events);
    let claims: Vec<String> = records.claims.iter().map(|c| claim(c, lexicon)).collect();
    section(out, "claim", "Claims", true, &claims);
    let quantities: Vec<String> = records.quantities.iter().map(|q| quantity(q, lexicon)).collect();
    section(out, "quantity", "Quantities", true, &quantities);
    let shown = |standing: Standing| matches!(standing, Standing::Body | Standing::Heading);
    let mentions = records.mentions.iter().filter(|m| shown(m.standing));
    let mentions: Vec<String> = mentions.map(|m| mention(m, lexicon)).collect();
    section(out, "actor", "Actors", false, &mentions);
    let dates = records.dates.iter().filter(|d| shown(d.standing));
    section(out, "date", "Dates", false, &dates.map(date).collect::<Vec<_>>());
    let candidates: Vec<String> = records.candidates.iter().map(candidate).collect();
    section(out, "candidate", "Unknown names", false, &candidates);
    let passages: Vec<String> = records
        .passages
        .iter()
        .map(|p| {
            let quote: String = p.quote.text().chars().take(90).collect();
            item(
                &p.id,
                None,
                &format!("<b>{}</b> <bdi>{}</bdi>", p.standing.word(), escape(&quote)),
                &p.rule,
            )
        })
        .collect();
    section(out, "passage", "Set aside", false, &passages);
}

fn section(out: &mut String, id: &str, title: &str, open: bool, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let open = if open { " open" } else { "" };
    out.push_str(&format!(
        "<details id=\"l-{id}\"{open}><summary>{title} <small>{}</small></summary>\n<ol>\n",
        items.len()
    ));
    out.extend(items.iter().map(String::as_str));
    out.push_str("</ol>\n</details>\n");
}

/// One record: its words, which lead to the text, what it says, and its rule.
fn item(id: &str, quote: Option<&Quote>, says: &str, why: &str) -> String {
    let words = quote.map_or_else(String::new, |quote| {
        let text = quote.text().split_whitespace().collect::<Vec<_>>().join(" ");
        format!("<a href=\"#s-{}\"><bdi>{}</bdi></a><br>", escape(id), escape(&text))
    });
    let place = quote.map_or_else(String::new, |quote| {
        format!("; bytes {}–{}", quote.span().start(), quote.span().end())
    });
    format!(
        "<li id=\"{}\">{words}{says}<span class=\"why\">{}{place}</span></li>\n",
        escape(id),
        escape(why)
    )
}

fn names(ids: &[String], lexicon: &Lexicon) -> String {
    let all: Vec<String> = ids.iter().map(|id| escape(lexicon.name(id))).collect();
    all.join(", ")
}

fn roles(roles: &[Role], lexicon: &Lexicon) -> String {
    let each = roles.iter().map(|role| match role.actors.is_empty() {
        true => format!("<bdi>{}</bdi>", escape(role.quote.text())),
        false => names(&role.actors, lexicon),
    });
    each.collect::<Vec<_>>().join(", ")
}

fn day(when: When) -> String {
    match when.precision {
        Precision::Day => when.from.to_string(),
        Precision::Month => format!("{:04}-{:02}", when.from.year(), when.from.month()),
        Precision::Year => format!("{:04}", when.from.year()),
        _ => format!("{} to {}", when.from, when.to),
    }
}

fn event(e: &Event, lexicon: &Lexicon) -> String {
    let mode = e.mode.as_ref().map_or_else(String::new, |m| format!(" {}", escape(m)));
    let mut says = format!("<b>{}</b>{mode}", e.class.word());
    let (who, whom) = (roles(&e.sources, lexicon), roles(&e.recipients, lexicon));
    let arrow = if e.reciprocal { "↔" } else { "→" };
    match (who.is_empty(), whom.is_empty()) {
        (false, false) => says.push_str(&format!(": {who} {arrow} {whom}")),
        (false, true) => says.push_str(&format!(": {who}")),
        (true, false) => says.push_str(&format!(": somebody {arrow} {whom}")),
        (true, true) => {}
    }
    if let Some(when) = e.when {
        says.push_str(&format!(", {}", day(when)));
    }
    if let Some(count) = e.count {
        says.push_str(&format!(", {count} times"));
    }
    for (holds, word) in [
        (e.negated, "denied"),
        (e.hypothetical, "conditional"),
        (e.future, "to come"),
        (e.historical, "past"),
        (e.hedged, "hedged"),
        (e.suggested, "suggested by the scorer alone"),
        (e.undone_by.is_some(), "undone"),
        (e.is_fact() && !e.hedged, "stated as a fact"),
    ] {
        if holds {
            says.push_str(&format!(" <span class=\"tag\">{word}</span>"));
        }
    }
    item(&e.id, Some(&e.quote), &says, &format!("rule {}", e.rule))
}

fn claim(c: &Claim, lexicon: &Lexicon) -> String {
    let who = match (&c.actors[..], &c.speaker) {
        ([], Some(speaker)) => format!("<bdi>{}</bdi>", escape(speaker.text())),
        ([], None) => "somebody".to_owned(),
        (actors, _) => names(actors, lexicon),
    };
    let says = format!(
        "<b>{who}</b> {} <span class=\"tag\">{}</span> <span class=\"tag\">{}</span>",
        escape(c.cue.text()),
        word(&c.stance),
        word(&c.speech)
    );
    item(&c.id, Some(&c.quote), &says, &format!("rule {}", c.rule))
}

fn quantity(q: &Quantity, lexicon: &Lexicon) -> String {
    let mut says = match (q.value, q.low, q.high) {
        (_, Some(low), Some(high)) if low < high => {
            format!("<b>{} to {}</b>", grouped(low), grouped(high))
        }
        (Some(value), ..) => format!("<b>{}</b>", grouped(value)),
        _ => "<b>a number</b>".to_owned(),
    };
    says.push_str(&format!(" {}", escape(&q.unit)));
    if let Some(per) = &q.per {
        says.push_str(&format!(" per {}", escape(per)));
    }
    if let Some(what) = &q.what {
        says.push_str(&format!(" of <bdi>{}</bdi>", escape(what.text())));
    }
    if !q.actors.is_empty() {
        says.push_str(&format!(" ({})", names(&q.actors, lexicon)));
    }
    if let Some(when) = q.when {
        says.push_str(&format!(", {}", day(when)));
    }
    item(&q.id, Some(&q.quote), &says, &word(&q.bound))
}

/// A number with thin spaces between thousands.
fn grouped(value: f64) -> String {
    let text = value.to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(w, r)| (w, Some(r)));
    let mut out = String::new();
    for (n, c) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 && !out.ends_with('-') {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    rest.map_or(out.clone(), |rest| format!("{out}.{rest}"))
}

fn mention(m: &Mention, lexicon: &Lexicon) -> String {
    let says = format!("<b>{}</b> as {}", escape(lexicon.name(&m.actor)), word(&m.sense));
    item(&m.id, Some(&m.quote), &says, &format!("by its {}", word(&m.form)))
}

fn date(d: &DateRecord) -> String {
    let says =
        d.when.map_or_else(|| "not placed".to_owned(), |when| format!("<b>{}</b>", day(when)));
    item(&d.id, Some(&d.quote), &says, &format!("reckoned from: {}", word(&d.anchor)))
}

fn candidate(c: &Candidate) -> String {
    let says = format!("<b><bdi>{}</bdi></b> {}", escape(c.quote.text()), escape(&c.kind));
    item(&c.id, None, &says, &format!("weight {}, {} places", c.weight, c.places.len()))
}

/// A word of the records as it is kept.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    escape(value.as_str().unwrap_or_default())
}
