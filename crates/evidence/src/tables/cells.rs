//! Values as cells and cells as values.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::dates::{Precision, When};
use crate::records::Standing;
use crate::span::Quote;

/// Cells that all kinds have.
pub(super) fn place_cell(
    column: &str,
    id: &str,
    sentence: usize,
    quote: &Quote,
    standing: Standing,
) -> String {
    match column {
        "id" => id.to_owned(),
        "sentence" => sentence.to_string(),
        "start" => quote.span().start().to_string(),
        "end" => quote.span().end().to_string(),
        "quote" => quote.text().to_owned(),
        "standing" => standing.word().to_owned(),
        _ => String::new(),
    }
}

pub(super) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

pub(super) fn from_word<T: DeserializeOwned>(word: &str) -> Result<T, String> {
    let fault = |e: serde_json::Error| e.to_string();
    serde_json::from_value(serde_json::Value::from(word)).map_err(fault)
}

pub(super) fn list(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect()
}

pub(super) fn optional(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

pub(super) fn truth(cell: &str) -> Result<bool, String> {
    match cell.to_lowercase().as_str() {
        "true" => Ok(true),
        "false" | "" => Ok(false),
        _ => Err("write true or false".to_owned()),
    }
}

pub(super) fn number(cell: &str) -> Result<Option<f64>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let value: f64 = cell.parse().map_err(|_| "is no number")?;
    value.is_finite().then_some(Some(value)).ok_or_else(|| "is no finite number".to_owned())
}

pub(super) fn shown(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

pub(super) fn when_cell(when: Option<When>, column: &str) -> String {
    when.map_or_else(String::new, |when| match column {
        "from" => when.from.to_string(),
        "to" => when.to.to_string(),
        _ => word(&when.precision),
    })
}

/// One cell of a date; taking the first day out takes the date out.
pub(super) fn set_when(when: &mut Option<When>, column: &str, cell: &str) -> Result<(), String> {
    if column == "precision" {
        match when {
            Some(when) if !cell.is_empty() => when.precision = from_word(cell)?,
            _ => {}
        }
        return Ok(());
    }
    if cell.is_empty() {
        if column == "from" {
            *when = None;
        }
        return Ok(());
    }
    let day = cell.parse().map_err(|_| "write a day as YYYY-MM-DD")?;
    let now = when.get_or_insert(When { from: day, to: day, precision: Precision::Day });
    match column {
        "from" => {
            now.from = day;
            now.to = now.to.max(day);
        }
        _ if day < now.from => return Err("it ends before it begins".to_owned()),
        _ => now.to = day,
    }
    Ok(())
}
