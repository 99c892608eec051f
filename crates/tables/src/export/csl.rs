//! CSL-JSON: the sources of a case as pandoc, Zotero and citation processors read them.

use evidence::StoreError;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Format, Material, Written, pretty};

/// The format.
pub(super) const FORMAT: Format =
    Format { name: "csl", says: "the sources as CSL-JSON (pandoc, Zotero)", ties: false, write };

fn parts(day: Date) -> Value {
    json!({ "date-parts": [[day.year(), day.month(), day.day()]] })
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let item = |source: &case::source::Source| {
        let mut item = json!({
            "id": source.key.get_ref(),
            "type": if source.url.is_some() { "webpage" } else { "document" },
            "title": source.title,
            "publisher": source.publisher,
            "issued": parts(source.published),
            "custom": {
                "reliability": source.reliability,
                "credibility": source.credibility.get_ref(),
            },
        });
        let more = [
            ("URL", source.url.as_ref().map(|url| json!(url))),
            ("accessed", source.checked.map(parts)),
            ("note", source.note.as_ref().map(|note| json!(note))),
        ];
        for (name, value) in more {
            if let Some(value) = value {
                item[name] = value;
            }
        }
        if let Some(copied) = &source.copies {
            item["custom"]["copies"] = json!(copied.get_ref());
        }
        item
    };
    Ok(pretty(&material.case.sources.iter().map(item).collect()).into())
}
