//! GDELT 2 events: 61 columns with tabs between, without a head. Names are those of a machine, in capitals; `--map` says whose
//! they are.

use case::proposal::{Row, Says};
use jiff::civil::Date;

use super::Format;
use super::rows::{Between, Fault, Record, all, records};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "gdelt",
    says: "events of GDELT 2, 61 columns with tabs between, without a head",
    licence: Some("free use with a reference to GDELT"),
    publisher: Some("The GDELT Project"),
    looks,
    read,
    ..Format::PLAIN
};

/// How many columns there are.
const WIDTH: usize = 61;
// Where those stand that are wanted, from 0.
const ID: usize = 0;
const DAY: usize = 1;
const FIRST: usize = 6;
const SECOND: usize = 16;
const CODE: usize = 26;
const ROOT: usize = 28;
const PLACE: usize = 52;

/// What is done, by the root codes of CAMEO from 01 on, with its PLOVER class.
const ROOTS: [(&str, Option<&str>); 20] = [
    ("makes a statement on", None),
    ("appeals to", None),
    ("says it will cooperate with", Some("AGREE")),
    ("consults", Some("CONSULT")),
    ("cooperates in diplomacy with", Some("SUPPORT")),
    ("cooperates with", Some("COOPERATE")),
    ("gives aid to", Some("AID")),
    ("yields to", Some("CONCEDE")),
    ("investigates", Some("ACCUSE")),
    ("demands of", Some("REQUEST")),
    ("disapproves of", Some("ACCUSE")),
    ("rejects", Some("REJECT")),
    ("threatens", Some("THREATEN")),
    ("protests against", Some("PROTEST")),
    ("shows force to", Some("MOBILIZE")),
    ("reduces relations with", Some("SANCTION")),
    ("coerces", Some("COERCE")),
    ("assaults", Some("ASSAULT")),
    ("fights", Some("ASSAULT")),
    ("commits mass violence against", Some("ASSAULT")),
];

fn looks(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let cells: Vec<&str> = first.split('\t').collect();
    cells.len() == WIDTH && cells[ID].parse::<u64>().is_ok()
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let records = records(text, Between::Tab, Some(WIDTH))?;
    all(records.iter().map(row))
}

fn day(record: &Record) -> Result<Date, Fault> {
    let cell = record.cell(DAY);
    let part = |from: usize, to: usize| cell.get(from..to)?.parse::<i16>().ok();
    let small = |from, to| part(from, to).and_then(|n| i8::try_from(n).ok());
    let whole = || Date::new(part(0, 4)?, small(4, 6)?, small(6, 8)?).ok();
    whole().filter(|_| cell.len() == 8).ok_or_else(|| {
        record.fault(DAY, format!("Day \"{cell}\" is no day; it is written YYYYMMDD"))
    })
}

fn row(record: &Record) -> Result<Row, Fault> {
    record.value::<u64>(ID, "GlobalEventID", "whole number")?;
    let root = record.value::<usize>(ROOT, "EventRootCode", "root code of CAMEO, 01 to 20")?;
    let Some((verb, class)) = root.checked_sub(1).and_then(|at| ROOTS.get(at)) else {
        let what =
            format!("EventRootCode \"{}\" is no root code of CAMEO, 01 to 20", record.cell(ROOT));
        return Err(record.fault(ROOT, what));
    };
    let named = |at: usize| -> Vec<String> {
        Some(record.cell(at).to_owned()).filter(|name| !name.is_empty()).into_iter().collect()
    };
    Ok(record.row(Says::Deed {
        id: record.cell(ID).to_owned(),
        date: day(record)?,
        exact: true,
        class: class.map(str::to_owned),
        what: format!("{verb} (CAMEO {})", record.cell(CODE)),
        by: named(FIRST),
        to: named(SECOND),
        place: record.cell(PLACE).to_owned(),
        deaths: None,
    }))
}
