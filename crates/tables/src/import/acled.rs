//! Armed Conflict Location & Event Data: 31 columns with a head, codes of actors as numbers or as words. Its terms forbid to pass
//! rows on, so that of a row its id alone is kept as what is cited.

use case::proposal::{Row, Says};
use jiff::civil::Date;
use jiff::fmt::strtime;

use super::Format;
use super::rows::{Between, Fault, Record, all, columns, records};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "acled",
    says: "events of ACLED as CSV, 31 columns",
    licence: Some("ACLED's terms of use: no passing on"),
    publisher: Some("Armed Conflict Location & Event Data (ACLED)"),
    looks,
    read,
    ..Format::PLAIN
};

/// How many columns there are.
const WIDTH: usize = 31;

const WANTED: [&str; 11] = [
    "event_id_cnty",
    "event_date",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "inter1",
    "actor2",
    "inter2",
    "location",
    "fatalities",
];

/// What `inter1` and `inter2` may be, by their numbers.
const SORTS: [&str; 9] = [
    "",
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
];

/// The PLOVER class of what was done, by the type of event.
const CLASSES: [(&str, Option<&str>); 6] = [
    ("Battles", Some("ASSAULT")),
    ("Explosions/Remote violence", Some("ASSAULT")),
    ("Violence against civilians", Some("ASSAULT")),
    ("Riots", Some("PROTEST")),
    ("Protests", Some("PROTEST")),
    ("Strategic developments", None),
];

fn looks(text: &str) -> bool {
    text.lines().next().unwrap_or_default().contains("event_id_cnty")
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let records = records(text, Between::Comma, Some(WIDTH))?;
    let Some((head, rows)) = records.split_first() else { return Ok(Vec::new()) };
    let columns = columns(head, WANTED)?;
    all(rows.iter().map(|record| row(record, columns)))
}

/// A day as the interface writes it, or as the export tool does.
fn day(record: &Record, at: usize) -> Result<Date, Fault> {
    let cell = record.cell(at);
    let spelt = || strtime::parse("%d %B %Y", cell).and_then(|day| day.to_date());
    cell.parse().or_else(|_| spelt()).map_err(|_| {
        record.fault(
            at,
            format!("event_date \"{cell}\" is no day; write YYYY-MM-DD or 05 January 2030"),
        )
    })
}

/// Checks the sort of an actor: a number from 0 to 8, or words.
fn sort(record: &Record, at: usize, name: &str) -> Result<(), Fault> {
    let cell = record.cell(at);
    let fits = match cell.parse::<usize>() {
        Ok(number) => number < SORTS.len(),
        Err(_) => SORTS.iter().any(|sort| sort.eq_ignore_ascii_case(cell)),
    };
    match fits {
        true => Ok(()),
        false => {
            let what =
                format!("{name} \"{cell}\" is neither a number from 0 to 8 nor a sort of actor");
            Err(record.fault(at, what))
        }
    }
}

fn row(record: &Record, columns: [usize; 11]) -> Result<Row, Fault> {
    let [id, date, precision, kind, under, one, inter1, other, inter2, place, dead] = columns;
    if record.cell(id).is_empty() {
        return Err(record.fault(id, "event_id_cnty is empty"));
    }
    let class = CLASSES.iter().find(|(name, _)| *name == record.cell(kind)).ok_or_else(|| {
        let known: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
        let what = format!("event_type \"{}\" is none of {}", record.cell(kind), known.join(", "));
        record.fault(kind, what)
    })?;
    let exact = match record.cell(precision) {
        "1" => true,
        "2" | "3" => false,
        odd => {
            let what = format!("time_precision \"{odd}\" is not 1, 2 or 3");
            return Err(record.fault(precision, what));
        }
    };
    sort(record, inter1, "inter1")?;
    sort(record, inter2, "inter2")?;
    let named = |at: usize| -> Vec<String> {
        Some(record.cell(at).to_owned()).filter(|name| !name.is_empty()).into_iter().collect()
    };
    let deaths = record.value::<u32>(dead, "fatalities", "whole number")?;
    Ok(record.row_by(
        id,
        Says::Deed {
            id: record.cell(id).to_owned(),
            date: day(record, date)?,
            exact,
            class: class.1.map(str::to_owned),
            what: record.cell(under).to_owned(),
            by: named(one),
            to: named(other),
            place: record.cell(place).to_owned(),
            deaths: Some(deaths),
        },
    ))
}
