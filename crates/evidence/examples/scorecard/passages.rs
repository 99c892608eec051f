//! Repeated text and other stories, by characters.

use std::collections::BTreeMap;

use evidence::{Reading, Standing};
use serde_json::Value;

use crate::gold::{percent, places, text};

pub(crate) fn passages(records: &[Value], readings: &BTreeMap<String, Reading>) {
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

pub(crate) fn characters(
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
