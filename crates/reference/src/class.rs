//! The classes: their descriptions and their rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::fault::Fault;
use crate::row::{Row, Sure};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// What a column holds, and so what can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Is {
    /// A name, to choose rows by.
    Name,
    /// A day.
    Day,
    /// Running text.
    Text,
    /// A number that says something of the row.
    Number,
    /// Yes, no or partly.
    Truth,
    /// How many of several trials came out yes.
    Trials,
    /// A duration in days, censored where it was not seen to its end.
    Days,
    /// Events in an exposure.
    Count,
    /// The change of a level since the time before.
    Change,
    /// A level.
    Level,
}

impl Is {
    /// Whether a forecast can be made of it.
    #[must_use]
    pub fn answers(self) -> bool {
        !matches!(self, Self::Name | Self::Day | Self::Text | Self::Number)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What it holds.
    pub is: Is,
    /// What it says.
    pub says: String,
    /// Of a duration: the column of how long a row was watched that has none.
    pub censored: Option<String>,
    /// Of trials: the column of how many there were.
    pub trials: Option<String>,
    /// Of a count: the column of its exposure.
    pub exposure: Option<String>,
    /// Of a change: the column of the level that changes.
    pub level: Option<String>,
    /// The least that it can be.
    pub least: Option<f64>,
    /// The most.
    pub most: Option<f64>,
}

/// What is kept of a table whose rows may not be copied.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fit {
    /// Student's t.
    StudentT {
        /// The middle.
        location: f64,
        /// The scale.
        scale: f64,
        /// The degrees of freedom.
        df: f64,
        /// What is distributed so.
        of: String,
    },
    /// A beta distribution of a rate of yes over countries.
    Beta {
        /// Yes counted.
        alpha: f64,
        /// No counted.
        beta: f64,
        /// What is yes.
        of: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    title: String,
    row: String,
    licence: String,
    #[serde(default)]
    biases: Vec<String>,
    /// The first day on which a forecaster could have had the table.
    known: Option<Date>,
    /// How a fit was come by.
    made: Option<String>,
    fit: Option<Fit>,
    #[serde(default)]
    column: BTreeMap<String, Column>,
}

/// A reference class.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// The id: the name of its file.
    pub id: String,
    /// What it is a class of.
    pub title: String,
    /// What a row is.
    pub row: String,
    /// The terms under which it may be used.
    pub licence: String,
    /// What is known to be wrong with it.
    pub biases: Vec<String>,
    /// What is kept where the rows may not be.
    pub fit: Option<Fit>,
    /// How the fit was come by, and from when.
    pub made: Option<String>,
    /// The first day on which a forecaster could have had the fit.
    pub known: Option<Date>,
    columns: BTreeMap<String, Column>,
    order: Vec<String>,
    rows: Vec<Row>,
}

/// How much less than a row that was looked up a lead counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leads {
    /// The weight of a lead.
    pub weight: f64,
    /// Why.
    pub judged: String,
}

impl Class {
    /// The columns with their names, in alphabetical order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column))
    }

    /// A column by its name.
    ///
    /// # Errors
    /// [`Fault::NoColumn`].
    pub fn column(&self, name: &str) -> Result<&Column, Fault> {
        self.columns.get(name).ok_or_else(|| Fault::NoColumn {
            class: self.id.clone(),
            column: name.to_owned(),
            columns: joined(self.columns.keys().map(String::as_str)),
        })
    }

    /// All rows, whatever the date: for descriptions and tests. A forecast asks
    /// [`Class::known_before`].
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that were public before a day.
    pub fn known_before(&self, day: Date) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.known < day)
    }

    /// The cell of a row in a column; none where it is empty or there is no such column.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, column: &str) -> Option<&'r str> {
        let at = self.order.iter().position(|name| name == column)?;
        row.cells.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// The cell as a number.
    #[must_use]
    pub fn number(&self, row: &Row, column: &str) -> Option<f64> {
        self.cell(row, column)?.parse().ok()
    }

    /// Whether rows can be chosen so.
    ///
    /// # Errors
    /// [`Fault::NoColumn`], [`Fault::NoValue`].
    pub fn chooses(&self, column: &str, value: &str) -> Result<(), Fault> {
        self.column(column)?;
        let values: BTreeSet<&str> =
            self.rows.iter().filter_map(|row| self.cell(row, column)).collect();
        if values.contains(value) {
            return Ok(());
        }
        Err(Fault::NoValue {
            class: self.id.clone(),
            column: column.to_owned(),
            value: value.to_owned(),
            values: joined(values.into_iter().take(12)),
        })
    }

    fn read(id: &str, described: &str, rows: &str) -> Result<Self, Fault> {
        let wrong = |file: String, fault: String| Fault::File { file, fault };
        let beside = format!("{id}.toml");
        let all: Described =
            toml::from_str(described).map_err(|e| wrong(beside.clone(), e.to_string()))?;
        let file = format!("{id}.csv");
        let mut reader = csv::Reader::from_reader(rows.as_bytes());
        let order: Vec<String> = match rows.is_empty() {
            true => Vec::new(),
            false => (reader.headers().map_err(|e| wrong(file.clone(), e.to_string()))?.iter())
                .map(str::to_owned)
                .collect(),
        };
        if let Some(name) = order.iter().find(|name| !all.column.contains_key(*name)) {
            return Err(wrong(beside, format!("the column \"{name}\" is not described")));
        }
        if let Some(name) = all.column.keys().find(|name| !order.contains(name)) {
            return Err(wrong(file, format!("there is no column \"{name}\"")));
        }
        if order.is_empty() && all.fit.is_none() {
            return Err(wrong(beside, "the class has neither rows nor a fit".to_owned()));
        }
        let mut found = Vec::new();
        for (n, record) in reader.records().enumerate() {
            let at = |fault: String| wrong(file.clone(), format!("row {}: {fault}", n + 2));
            let record = record.map_err(|e| at(e.to_string()))?;
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            let cell = |name: &str| {
                let place = order.iter().position(|column| column == name);
                place.and_then(|place| cells.get(place)).map_or("", String::as_str)
            };
            let (country, known) = (cell("country"), cell("known"));
            if country.is_empty() {
                return Err(at("it has no country".to_owned()));
            }
            let known =
                known.parse().map_err(|_| at(format!("known is \"{known}\", which is no day")))?;
            let sure = Sure::read(cell("sure"))
                .ok_or_else(|| at(format!("sure is \"{}\", not A, B or C", cell("sure"))))?;
            found.push(Row {
                country: country.to_owned(),
                episode: cell("episode").to_owned(),
                known,
                sure,
                cells,
            });
        }
        Ok(Self {
            id: id.to_owned(),
            title: all.title,
            row: all.row,
            licence: all.licence,
            biases: all.biases,
            fit: all.fit,
            made: all.made,
            known: all.known,
            columns: all.column,
            order,
            rows: found,
        })
    }
}

fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<&str>>().join(", ")
}

/// The name of the file that says how much leads count; it describes no class.
const LEADS: &str = "leads";

/// All classes, by their ids.
///
/// # Errors
/// [`Fault::File`]: a class whose files do not go together.
pub fn classes() -> Result<&'static BTreeMap<String, Class>, &'static Fault> {
    static ALL: OnceLock<Result<BTreeMap<String, Class>, Fault>> = OnceLock::new();
    let read = || {
        (TABLES.iter().filter(|(id, ..)| *id != LEADS))
            .map(|(id, described, rows)| Ok((*id, Class::read(id, described, rows)?)))
            .map(|read| read.map(|(id, class)| (id.to_owned(), class)))
            .collect()
    };
    ALL.get_or_init(read).as_ref()
}

/// A class by its id.
///
/// # Errors
/// [`Fault::NoClass`], [`Fault::File`].
pub fn class(id: &str) -> Result<&'static Class, Fault> {
    let all = classes().map_err(Clone::clone)?;
    let names = || joined(all.keys().map(String::as_str));
    all.get(id).ok_or_else(|| Fault::NoClass(id.to_owned(), names()))
}

/// How much a lead counts.
///
/// # Errors
/// [`Fault::File`].
pub fn leads() -> Result<Leads, Fault> {
    let file = || format!("{LEADS}.toml");
    let text = TABLES.iter().find(|(id, ..)| *id == LEADS).map(|(_, text, _)| *text);
    let text =
        text.ok_or_else(|| Fault::File { file: file(), fault: "it is missing".to_owned() })?;
    let read: Leads =
        toml::from_str(text).map_err(|e| Fault::File { file: file(), fault: e.to_string() })?;
    match (0.0..=1.0).contains(&read.weight) {
        true => Ok(read),
        false => Err(Fault::File { file: file(), fault: "weight must lie in 0..1".to_owned() }),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const DESCRIBED: &str = "title = \"t\"\nrow = \"r\"\nlicence = \"l\"\n\
        [column.country]\nis = \"name\"\nsays = \"c\"\n[column.sure]\nis = \"name\"\nsays = \"s\"\n\
        [column.known]\nis = \"day\"\nsays = \"k\"\n";

    #[test]
    fn a_class_whose_files_do_not_go_together_says_where() {
        let read = |rows: &str| Class::read("x", DESCRIBED, rows).unwrap_err().to_string();
        let good = Class::read("x", DESCRIBED, "country,sure,known\nA,B,2001-02-03\n").unwrap();
        assert_eq!(good.rows()[0].known, jiff::civil::date(2001, 2, 3));
        assert!(read("country,sure,known,more\n").contains("x.toml: the column \"more\""));
        assert!(read("country,sure\n").contains("x.csv: there is no column \"known\""));
        assert!(read("country,sure,known\nA,B,soon\n").contains("row 2: known is \"soon\""));
        assert!(read("country,sure,known\nA,D,2001-02-03\n").contains("not A, B or C"));
        assert!(read("country,sure,known\n,A,2001-02-03\n").contains("no country"));
        assert!(Class::read("x", "title = 1", "").is_err());
    }
}
