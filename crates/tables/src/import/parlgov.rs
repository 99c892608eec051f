//! The elections of ParlGov (`view_election.csv`): a row for each party in each election. Elections to the European Parliament
//! are no contest of a case and are passed over.

use case::proposal::{Row, Says};

use super::Format;
use super::rows::{Between, Fault, Record, all, columns, records};

/// The importer.
pub(super) const FORMAT: Format = Format {
    name: "parlgov",
    says: "results of elections of ParlGov as CSV (view_election)",
    publisher: Some("ParlGov"),
    looks,
    read,
    ..Format::PLAIN
};

const WANTED: [&str; 9] = [
    "country_name_short",
    "country_name",
    "election_type",
    "election_date",
    "vote_share",
    "seats",
    "seats_total",
    "party_name_short",
    "party_name_english",
];

fn looks(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.contains("election_date") && first.contains("party_name_short")
}

fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let records = records(text, Between::Comma, None)?;
    let Some((head, rows)) = records.split_first() else { return Ok(Vec::new()) };
    let columns = columns(head, WANTED)?;
    let own = (0..head.len()).find(|at| head.cell(*at) == "party_name");
    Ok(all(rows.iter().map(|record| row(record, columns, own)))?.into_iter().flatten().collect())
}

fn row(record: &Record, columns: [usize; 9], own: Option<usize>) -> Result<Option<Row>, Fault> {
    let [code, country, kind, date, share, seats, total, short, english] = columns;
    match record.cell(kind) {
        "parliament" => {}
        "ep" => return Ok(None),
        other => {
            let what = format!("election_type \"{other}\" is neither parliament nor ep");
            return Err(record.fault(kind, what));
        }
    }
    // What is not known is empty, or NA as R writes it.
    let known = |at: usize| Some(at).filter(|at| !matches!(record.cell(*at), "" | "NA"));
    let percent = match known(share) {
        Some(at) => {
            let percent = record.value::<f64>(at, "vote_share", "number")?;
            if !(0.0..=100.0).contains(&percent) {
                let what = format!("vote_share {percent} is no percentage from 0 to 100");
                return Err(record.fault(at, what));
            }
            Some(percent)
        }
        None => None,
    };
    let count = |at: usize, name: &str| {
        known(at).map(|at| record.value::<u32>(at, name, "whole number")).transpose()
    };
    let (won, all) = (count(seats, "seats")?, count(total, "seats_total")?);
    if let (Some(won), Some(all)) = (won, all)
        && won > all
    {
        return Err(record.fault(seats, format!("seats {won} are more than seats_total {all}")));
    }
    let mut names: Vec<String> = Vec::new();
    for at in [Some(english), own, Some(short)].into_iter().flatten().filter_map(known) {
        if !names.iter().any(|name| name == record.cell(at)) {
            names.push(record.cell(at).to_owned());
        }
    }
    if names.is_empty() {
        return Err(record.fault(english, "the party has no name"));
    }
    Ok(Some(record.row(Says::Result {
        country: [record.cell(code).to_owned(), record.cell(country).to_owned()],
        date: record.value(date, "election_date", "day; write YYYY-MM-DD")?,
        names,
        percent,
        seats: won,
        of: all,
    })))
}
