//! Long tables: each row of `name.csv` becomes one entry of the kind `name`.
//!
//! A column `x` beside a column `x_low` is an estimate: the row's `x_low`, `x_high`, `shape`, `source`, `at`,
//! `quote`, `judged`, `from`, `to` and `note` belong to it. Empty cells are left out. Lines that begin with
//! `#` are remarks.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::source_map::{File, Spot};

/// The columns that belong to a row's estimates rather than to the entry itself.
const OF_ESTIMATES: &[&str] = &["shape", "source", "at", "quote", "judged", "from", "to", "note"];

/// A column that is a field of the entry.
struct Column<'a> {
    name: &'a str,
    at: usize,
    /// Of an estimate: the columns of its low and its high.
    ends: Option<(Option<usize>, Option<usize>)>,
}

/// What the columns of a table are.
struct Columns<'a> {
    own: Vec<Column<'a>>,
    /// The columns that belong to each estimate of a row, by field.
    of_estimates: Vec<(&'static str, usize)>,
}

/// Sorts the columns of a head; of two of one name the first counts for both.
fn columns(head: &csv::StringRecord) -> Columns<'_> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, name) in head.iter().enumerate() {
        places.entry(name).or_insert(at);
    }
    let place = |name: &str| places.get(name).copied();
    let is_estimate = |name: &str| place(&format!("{name}_low")).is_some();
    let any = head.iter().any(is_estimate);
    let end = |name: &str| {
        let of = name.strip_suffix("_low").or_else(|| name.strip_suffix("_high"));
        of.is_some_and(|of| places.contains_key(of) && is_estimate(of))
    };
    let of_estimates = OF_ESTIMATES.iter().filter(|_| any);
    let of_estimates = of_estimates.filter_map(|name| Some((*name, place(name)?))).collect();
    let own = head.iter().filter(|name| !(end(name) || any && OF_ESTIMATES.contains(name)));
    let own = own.filter_map(|name| {
        let ends = || (place(&format!("{name}_low")), place(&format!("{name}_high")));
        Some(Column { name, at: place(name)?, ends: is_estimate(name).then(ends) })
    });
    Columns { own: own.collect(), of_estimates }
}

/// Turns the rows of a CSV file into TOML tables, each with the span of its row.
pub fn rows(file: &File, kind: &str, faults: &mut Vec<Diagnostic>) -> Vec<(String, Spot, String)> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file.text.as_bytes());
    let head = match reader.headers() {
        Ok(head) => head.clone(),
        Err(error) => {
            let spot = file.base..file.base;
            faults.push(Diagnostic::error("syntax", spot, format!("not a table: {error}")));
            return Vec::new();
        }
    };
    let columns = columns(&head);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |p| offset(p.byte())) + file.base;
                faults.push(Diagnostic::error("syntax", at..at, format!("bad row: {error}")));
                continue;
            }
        };
        let start = record.position().map_or(0, |p| offset(p.byte()));
        // The reader counts a row from the end of the one before it: step over remarks and blank lines.
        let start = row_start(&file.text, start);
        let end = file.text[start..].find('\n').map_or(file.text.len(), |n| start + n);
        let spot = file.base + start..file.base + end;
        if record.len() != head.len() {
            let message =
                format!("this row has {} cells, the head has {}", record.len(), head.len());
            faults.push(
                Diagnostic::error("shape", spot, message)
                    .hint("put cells that hold a comma in double quotes"),
            );
            continue;
        }
        let cell = |at: usize| record.get(at).filter(|c| !c.is_empty());
        let mut text = String::new();
        for column in &columns.own {
            let Some(value) = cell(column.at) else { continue };
            let name = column.name;
            let Some((low, high)) = column.ends else {
                text.push_str(&format!("{name} = {}\n", literal(name, value)));
                continue;
            };
            text.push_str(&format!("{name} = {{ value = {}", literal(name, value)));
            let ends = [("low", low), ("high", high)];
            let ends = ends.into_iter().filter_map(|(field, at)| Some((field, at?)));
            for (field, at) in ends.chain(columns.of_estimates.iter().copied()) {
                if let Some(value) = cell(at) {
                    text.push_str(&format!(", {field} = {}", literal(field, value)));
                }
            }
            text.push_str(" }\n");
        }
        rows.push((kind.to_owned(), spot, text));
    }
    rows
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn row_start(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    loop {
        let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
        let line = text[at..line_end].trim();
        if (line.is_empty() || line.starts_with('#')) && line_end < text.len() {
            at = line_end;
        } else {
            return at;
        }
    }
}

/// A cell as TOML: numbers, dates and truth values bare, several sources as an array, the rest in quotes.
fn literal(column: &str, cell: &str) -> String {
    if matches!(column, "source" | "laws") {
        let keys: Vec<String> = cell.split_whitespace().map(quoted).collect();
        return format!("[{}]", keys.join(", "));
    }
    let number = cell.parse::<f64>().is_ok_and(f64::is_finite)
        && cell.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
        && !matches!(
            column,
            "list"
                | "district"
                | "election"
                | "id"
                | "actor"
                | "segment"
                | "issue"
                | "contest"
                | "community"
        );
    let date = cell.len() == 10 && cell.parse::<jiff::civil::Date>().is_ok();
    if number {
        // TOML wants a digit on both sides of the point and no leading zeros.
        return cell.parse::<i64>().map_or_else(
            |_| cell.parse::<f64>().map_or_else(|_| quoted(cell), |v| format!("{v:?}")),
            |v| v.to_string(),
        );
    }
    if date || cell == "true" || cell == "false" { cell.to_owned() } else { quoted(cell) }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_a_table_and_its_ranges_an_estimate() {
        let text = "# remark\nlist,share,share_low,share_high,source\nreds,0.30,.2,0.4,a b\n";
        let file = File::new("prior.csv".into(), text.into(), 100);
        let mut faults = Vec::new();
        let rows = rows(&file, "prior", &mut faults);
        assert!(faults.is_empty());
        assert_eq!(
            rows[0].2,
            "list = \"reds\"\nshare = { value = 0.3, low = 0.2, high = 0.4, source = [\"a\", \"b\"] }\n"
        );
        assert_eq!(&text[rows[0].1.start - 100..rows[0].1.end - 100], "reds,0.30,.2,0.4,a b");
    }

    #[test]
    fn the_cells_a_row_looks_at_grow_as_its_columns_do() {
        for estimates in [1, 10, 100, 1000] {
            let of = |i: usize| [format!("e{i}"), format!("e{i}_low"), format!("e{i}_high")];
            let mut names: Vec<String> = (0..estimates).flat_map(of).collect();
            names.extend(OF_ESTIMATES.iter().map(|name| (*name).to_owned()));
            let head = csv::StringRecord::from(names);
            let columns = columns(&head);
            let of_one = |column: &Column<'_>| {
                let (low, high) = column.ends.unwrap_or_default();
                1 + usize::from(low.is_some())
                    + usize::from(high.is_some())
                    + columns.of_estimates.len()
            };
            let looks: usize = columns.own.iter().map(of_one).sum();
            assert_eq!(looks, estimates * (3 + OF_ESTIMATES.len()));
        }
    }

    #[test]
    fn a_row_with_a_cell_too_many_is_pointed_at() {
        let file = File::new("p.csv".into(), "a,b\n1,2,3\n".into(), 0);
        let mut faults = Vec::new();
        assert!(rows(&file, "prior", &mut faults).is_empty());
        assert_eq!(faults[0].spot, 4..9);
    }
}
