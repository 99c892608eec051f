//! Reading an entry's inputs, with the key in every complaint.

use toml::{Table, Value};

/// An entry's inputs.
pub struct Inputs<'t>(pub &'t Table);

impl<'t> Inputs<'t> {
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    fn get(&self, key: &str) -> Result<&'t Value, String> {
        self.0.get(key).ok_or_else(|| format!("inputs lack \"{key}\""))
    }

    pub fn text(&self, key: &str) -> Result<&'t str, String> {
        self.get(key)?.as_str().ok_or_else(|| format!("\"{key}\" must be text"))
    }

    pub fn whole(&self, key: &str) -> Result<u64, String> {
        whole(key, self.get(key)?)
    }

    pub fn wholes(&self, key: &str) -> Result<Vec<u64>, String> {
        self.array(key)?.iter().map(|v| whole(key, v)).collect()
    }

    pub fn real(&self, key: &str) -> Result<f64, String> {
        real(key, self.get(key)?)
    }

    pub fn reals(&self, key: &str) -> Result<Vec<f64>, String> {
        self.array(key)?.iter().map(|v| real(key, v)).collect()
    }

    pub fn tables(&self, key: &str) -> Result<Vec<Inputs<'t>>, String> {
        let table = |v: &'t Value| match v.as_table() {
            Some(table) => Ok(Inputs(table)),
            None => Err(format!("\"{key}\" must be a list of tables")),
        };
        self.array(key)?.iter().map(table).collect()
    }

    /// Whole numbers by name.
    pub fn by_name(&self, key: &str) -> Result<Vec<(&'t str, u64)>, String> {
        let table = self.get(key)?.as_table();
        let table = table.ok_or_else(|| format!("\"{key}\" must be a table"))?;
        table.iter().map(|(name, v)| Ok((name.as_str(), whole(key, v)?))).collect()
    }

    pub fn texts(&self, key: &str) -> Result<Vec<String>, String> {
        let text = |v: &Value| v.as_str().map(str::to_owned);
        let all: Option<Vec<String>> = self.array(key)?.iter().map(text).collect();
        all.ok_or_else(|| format!("\"{key}\" must be a list of texts"))
    }

    pub fn rows(&self, key: &str) -> Result<Vec<Vec<f64>>, String> {
        let row = |v: &Value| match v.as_array() {
            Some(cells) => cells.iter().map(|c| real(key, c)).collect(),
            None => Err(format!("\"{key}\" must be a list of lists")),
        };
        self.array(key)?.iter().map(row).collect()
    }

    fn array(&self, key: &str) -> Result<&'t Vec<Value>, String> {
        self.get(key)?.as_array().ok_or_else(|| format!("\"{key}\" must be a list"))
    }
}

fn whole(key: &str, value: &Value) -> Result<u64, String> {
    let number = value.as_integer().and_then(|n| u64::try_from(n).ok());
    number.ok_or_else(|| format!("\"{key}\" must hold whole numbers from zero up"))
}

fn real(key: &str, value: &Value) -> Result<f64, String> {
    let number = value.as_float().or(value.as_integer().map(|n| n as f64));
    number.ok_or_else(|| format!("\"{key}\" must hold numbers"))
}

/// A list of whole numbers as a TOML value.
pub fn list<T: Copy + Into<i64>>(numbers: &[T]) -> Value {
    Value::Array(numbers.iter().map(|n| Value::Integer((*n).into())).collect())
}

/// A list of real numbers as a TOML value.
pub fn reals(numbers: &[f64]) -> Value {
    Value::Array(numbers.iter().map(|x| Value::Float(*x)).collect())
}

/// A list of anything that prints, such as fractions, as a TOML value.
pub fn printed<T: ToString>(items: &[T]) -> Value {
    Value::Array(items.iter().map(|x| Value::String(x.to_string())).collect())
}

/// Real numbers one by one as a TOML list.
pub fn row(numbers: impl IntoIterator<Item = f64>) -> Value {
    Value::Array(numbers.into_iter().map(Value::Float).collect())
}

/// A table of one key.
pub fn one(key: &str, value: impl Into<Value>) -> Table {
    Table::from_iter([(key.to_owned(), value.into())])
}
