//! POLECAT: events of the PLOVER ontology, a file a week, with tabs between and in ISO-8859-1.

use case::proposal::{Row, Says};

use super::Format;
use super::rows::{Between, Fault, Record, all, columns, records};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "polecat",
    says: "events of POLECAT with tabs between, in ISO-8859-1",
    licence: Some("CC0 1.0"),
    publisher: Some("POLECAT"),
    latin: true,
    looks,
    read,
    ..Format::PLAIN
};

const WANTED: [&str; 7] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Actor Name",
    "Recipient Name",
    "Country",
];

fn looks(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.contains('\t') && first.contains("Event Type") && first.contains("Recipient Name")
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let records = records(text, Between::Tab, None)?;
    let Some((head, rows)) = records.split_first() else { return Ok(Vec::new()) };
    let columns = columns(head, WANTED)?;
    all(rows.iter().map(|record| row(record, columns)))
}

fn row(record: &Record, columns: [usize; 7]) -> Result<Row, Fault> {
    let [id, date, kind, mode, actor, recipient, country] = columns;
    let class = record.cell(kind);
    if class.is_empty() || !class.chars().all(|c| c.is_ascii_uppercase()) {
        let what = format!("Event Type \"{class}\" is no class of PLOVER, such as CONSULT");
        return Err(record.fault(kind, what));
    }
    // Several names stand with ; between.
    let named = |at: usize| -> Vec<String> {
        let names = record.cell(at).split(';').map(str::trim);
        names.filter(|name| !matches!(*name, "" | "None")).map(str::to_owned).collect()
    };
    let mode = Some(record.cell(mode)).filter(|mode| !matches!(*mode, "" | "None"));
    Ok(record.row(Says::Deed {
        id: record.cell(id).to_owned(),
        date: record.value(date, "Event Date", "day; write YYYY-MM-DD")?,
        exact: true,
        class: Some(class.to_owned()),
        what: mode.unwrap_or(class).to_lowercase(),
        by: named(actor),
        to: named(recipient),
        place: record.cell(country).to_owned(),
        deaths: None,
    }))
}
