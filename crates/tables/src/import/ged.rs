//! The Georeferenced Event Dataset of the Uppsala Conflict Data Program: 49 columns, a row for each event of violence with
//! its best, low and high count of deaths. A candidate release without a head occurs: then the order of the columns is
//! that of the codebook.

use case::proposal::{Row, Says};
use jiff::civil::Date;

use super::Format;
use super::rows::{Between, Fault, Record, all, records};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "ged",
    says: "events of violence of UCDP GED as CSV, 49 columns, with or without its head",
    licence: Some("CC BY 4.0"),
    publisher: Some("Uppsala Conflict Data Program"),
    looks,
    read,
    ..Format::PLAIN
};

/// The columns in the order of the codebook.
const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

fn looks(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.contains("type_of_violence")
        || records(first, Between::Comma, Some(COLUMNS.len())).is_ok_and(|r| !r.is_empty())
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let records = records(text, Between::Comma, Some(COLUMNS.len()))?;
    let names = records.first().filter(|first| first.cell(0).eq_ignore_ascii_case("id"));
    let skipped = usize::from(names.is_some());
    let place = |column: &str| match names {
        Some(head) => (0..head.len()).find(|at| head.cell(*at) == column),
        None => COLUMNS.iter().position(|known| *known == column),
    };
    let mut columns = [0; 11];
    for (at, column) in WANTED.iter().enumerate() {
        match (place(column), names) {
            (Some(found), _) => columns[at] = found,
            (None, Some(head)) => return Err(vec![head.fault(0, format!("no column {column}"))]),
            (None, None) => {}
        }
    }
    all(records.iter().skip(skipped).map(|record| row(record, columns)))
}

/// What is taken of a row.
const WANTED: [&str; 11] = [
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "where_description",
    "date_prec",
    "date_start",
    "date_end",
    "best",
    "high",
    "low",
];

fn day(record: &Record, at: usize, name: &str) -> Result<Date, Fault> {
    // A time of day may stand behind it.
    let cell = record.cell(at);
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    day.parse()
        .map_err(|_| record.fault(at, format!("{name} \"{cell}\" is no day; write YYYY-MM-DD")))
}

fn row(record: &Record, columns: [usize; 11]) -> Result<Row, Fault> {
    let [id, kind, a, b, place, precision, start, end, best, high, low] = columns;
    let count = |at, name| record.value::<u32>(at, name, "whole number");
    let (least, middle, most) = (count(low, "low")?, count(best, "best")?, count(high, "high")?);
    if !(least <= middle && middle <= most) {
        let what = format!("low {least}, best {middle} and high {most} do not rise");
        return Err(record.fault(best, what));
    }
    let kind = match record.cell(kind) {
        "1" => "state-based violence",
        "2" => "violence between others than states",
        "3" => "one-sided violence",
        other => {
            return Err(
                record.fault(kind, format!("type_of_violence \"{other}\" is not 1, 2 or 3"))
            );
        }
    };
    Ok(record.row(Says::Violence {
        id: record.cell(id).to_owned(),
        from: day(record, start, "date_start")?,
        to: day(record, end, "date_end")?,
        // 1 is a day, 2 some days, 3 a week, 4 a month, 5 more.
        exact: record.cell(precision) == "1",
        kind: kind.to_owned(),
        sides: [record.cell(a).to_owned(), record.cell(b).to_owned()],
        place: record.cell(place).to_owned(),
        deaths: [least, middle, most],
    }))
}
