//! What a verb shows, as a table in a file: `--csv` and `--parquet`.

use std::path::PathBuf;

use clap::Args;
use tables::{Form, Sheet, Table};

use crate::failure::Failure;

// Where the table is written.
#[derive(Args, Clone, Debug)]
pub struct Tabled {
    /// Write the table as CSV to this file
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write the table as Parquet to this file
    #[arg(long, value_name = "FILE")]
    parquet: Option<PathBuf>,
}

impl Tabled {
    /// The files, with the columns of a table; none if none was asked for.
    pub fn open(&self, table: &Table) -> Result<Vec<Sheet>, Failure> {
        let asked = [(&self.csv, Form::Csv), (&self.parquet, Form::Parquet)];
        let asked = asked.into_iter().filter_map(|(path, form)| Some((path.as_ref()?, form)));
        Ok(asked.map(|(path, form)| Sheet::begin(path, form, table)).collect::<Result<_, _>>()?)
    }

    /// Writes a whole table, if a file was asked for.
    pub fn save(&self, table: impl FnOnce() -> Table) -> Result<(), Failure> {
        if self.csv.is_none() && self.parquet.is_none() {
            return Ok(());
        }
        let table = table();
        for mut sheet in self.open(&table)? {
            sheet.rows(&table)?;
            sheet.finish()?;
        }
        Ok(())
    }
}
