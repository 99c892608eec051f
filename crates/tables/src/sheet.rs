//! A table written to a file as its rows come, as CSV or as Parquet; whole under its name, or not
//! at all.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use crate::comma;
use crate::fault::{TableError, disk};
use crate::parquet;
use crate::table::Table;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// Parquet.
    Parquet,
}

/// A file in the making.
#[derive(Debug)]
pub struct Sheet {
    path: PathBuf,
    part: PathBuf,
    to: To,
}

#[derive(Debug)]
enum To {
    Csv(csv::Writer<BufWriter<File>>),
    Parquet(parquet::Writer),
}

impl Sheet {
    /// Begins a file with the columns of a table.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn begin(path: &Path, form: Form, table: &Table) -> Result<Self, TableError> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let to = match form {
            Form::Parquet => To::Parquet(parquet::Writer::begin(path, table)?),
            Form::Csv => {
                let file = File::create(&part).map_err(disk(&part))?;
                let mut out = csv::Writer::from_writer(BufWriter::new(file));
                let heads = table.heads.iter().map(|head| head.name.as_str());
                out.write_record(heads).map_err(disk(&part))?;
                To::Csv(out)
            }
        };
        Ok(Self { path: path.to_owned(), part, to })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn rows(&mut self, table: &Table) -> Result<(), TableError> {
        match &mut self.to {
            To::Csv(out) => comma::rows(table, out).map_err(disk(&self.path)),
            To::Parquet(writer) => writer.rows(table),
        }
    }

    /// Closes the file and gives it its name.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn finish(self) -> Result<(), TableError> {
        match self.to {
            To::Parquet(writer) => writer.finish(),
            To::Csv(mut out) => {
                out.flush().map_err(disk(&self.path))?;
                drop(out);
                std::fs::rename(&self.part, &self.path).map_err(disk(&self.path))
            }
        }
    }
}

/// Writes a whole table to a file.
///
/// # Errors
/// If the disk refuses.
pub fn save(table: &Table, path: &Path, form: Form) -> Result<(), TableError> {
    let mut sheet = Sheet::begin(path, form, table)?;
    sheet.rows(table)?;
    sheet.finish()
}

/// A whole table as CSV.
///
/// # Errors
/// If a row cannot be written, which no table gives cause for.
pub fn csv(table: &Table) -> Result<String, TableError> {
    let fault = disk(Path::new(&table.name));
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(table.heads.iter().map(|head| head.name.as_str())).map_err(&fault)?;
    comma::rows(table, &mut out).map_err(&fault)?;
    let bytes =
        out.into_inner().map_err(|error| disk(Path::new(&table.name))(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
