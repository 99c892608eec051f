//! Long tables: each row of `name.csv` becomes one entry of the kind `name`.
//!
//! A column `x` beside a column `x_low` is an estimate: the row's `x_low`, `x_high`, `shape`, `source`, `at`,
//! `quote`, `judged`, `from`, `to` and `note` belong to it. Empty cells are left out. Lines that begin with
//! `#` are remarks.

use crate::diagnostic::Diagnostic;
use crate::source_map::{File, Spot};

/// The columns that belong to a row's estimates rather than to the entry itself.
const OF_ESTIMATES: &[&str] = &["shape", "source", "at", "quote", "judged", "from", "to", "note"];

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
    let estimates: Vec<&str> =
        head.iter().filter(|name| head.iter().any(|h| h == format!("{name}_low"))).collect();
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
        let cell = |name: &str| {
            head.iter()
                .position(|h| h == name)
                .and_then(|i| record.get(i))
                .filter(|c| !c.is_empty())
        };
        let mut text = String::new();
        for name in &head {
            let part_of_estimate = OF_ESTIMATES.contains(&name) && !estimates.is_empty()
                || estimates.iter().any(|e| {
                    name.strip_prefix(e).is_some_and(|rest| rest == "_low" || rest == "_high")
                });
            let Some(value) = cell(name).filter(|_| !part_of_estimate) else {
                continue;
            };
            if !estimates.contains(&name) {
                text.push_str(&format!("{name} = {}\n", literal(name, value)));
                continue;
            }
            text.push_str(&format!("{name} = {{ value = {}", literal(name, value)));
            for (column, field) in
                [(format!("{name}_low"), "low"), (format!("{name}_high"), "high")]
            {
                if let Some(value) = cell(&column) {
                    text.push_str(&format!(", {field} = {}", literal(field, value)));
                }
            }
            for field in OF_ESTIMATES {
                if let Some(value) = cell(field) {
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
        let file = File { name: "prior.csv".into(), text: text.into(), base: 100 };
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
    fn a_row_with_a_cell_too_many_is_pointed_at() {
        let file = File { name: "p.csv".into(), text: "a,b\n1,2,3\n".into(), base: 0 };
        let mut faults = Vec::new();
        assert!(rows(&file, "prior", &mut faults).is_empty());
        assert_eq!(faults[0].spot, 4..9);
    }
}
