//! Reading numbers and rows out of a catalog entry.

use toml::{Table, Value};

/// A number, written with or without a decimal point.
pub fn number(value: &Value) -> Option<f64> {
    value
        .as_float()
        .or_else(|| value.as_integer().map(|i| i as f64))
}

fn field<'a>(inputs: &'a Table, name: &str) -> Result<&'a Value, String> {
    inputs
        .get(name)
        .ok_or_else(|| format!("inputs.{name} is missing"))
}

/// The number of that name.
pub fn scalar(inputs: &Table, name: &str) -> Result<f64, String> {
    number(field(inputs, name)?).ok_or_else(|| format!("inputs.{name} is not a number"))
}

/// The row of numbers of that name.
pub fn row(inputs: &Table, name: &str) -> Result<Vec<f64>, String> {
    numbers(field(inputs, name)?).ok_or_else(|| format!("inputs.{name} is not a row of numbers"))
}

/// The rows of numbers of that name.
pub fn rows(inputs: &Table, name: &str) -> Result<Vec<Vec<f64>>, String> {
    let rows = field(inputs, name)?.as_array();
    rows.and_then(|rows| rows.iter().map(numbers).collect())
        .ok_or_else(|| format!("inputs.{name} is not a table of numbers"))
}

fn numbers(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(number).collect()
}

/// A row of numbers as a value.
pub fn list(numbers: impl IntoIterator<Item = f64>) -> Value {
    Value::Array(numbers.into_iter().map(Value::Float).collect())
}

/// A table of one name and value.
pub fn one(name: &str, value: impl Into<Value>) -> Table {
    Table::from_iter([(name.to_string(), value.into())])
}
