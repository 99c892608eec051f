//! The tidy table as Parquet: the same rows as `results.csv.zst`, for tools that read columns.
//!
//! Made from a finished folder of results, block by block, in bounded memory. One row group holds the runs of one
//! block, so the bytes depend on the runs alone. What made the results is in the manifest beside it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::parser::parse_message_type;
use jiff::civil::Date;
use simulate::Outcome;

use crate::columns::{Columns, Value};
use crate::fault::{TableError, disk};
use crate::manifest::Manifest;
use crate::part::{BLOCK, outcomes};

/// The file.
pub const NAME: &str = "results.parquet";

/// A value is a number in `value`, or an id or ids in `name`; the other is null.
const SCHEMA: &str = "message results {
    required int32 run (INTEGER(32,false));
    required int32 draw (INTEGER(32,false));
    required int32 date (DATE);
    required binary quantity (UTF8);
    optional double value;
    optional binary name (UTF8);
}";

/// The rows of a block, column by column.
#[derive(Default)]
struct Block {
    run: Vec<i32>,
    date: Vec<i32>,
    quantity: Vec<ByteArray>,
    value: Vec<f64>,
    valued: Vec<i16>,
    name: Vec<ByteArray>,
    named: Vec<i16>,
}

impl Block {
    fn push(&mut self, columns: &Columns, run: u32, outcome: &Outcome) {
        columns.each(outcome, &mut |day, quantity, value| {
            self.run.push(run.cast_signed());
            self.date.push(since_1970(day));
            self.quantity.push(ByteArray::from(quantity.concat().into_bytes()));
            let number = match value {
                Value::Whole(n) => Some(f64::from(n)),
                // The decimal that CSV shows, not the neighbour in binary.
                Value::Real(x) => Some(x.to_string().parse().unwrap_or(f64::from(x))),
                Value::Name(id) => {
                    self.name.push(ByteArray::from(id.as_bytes().to_vec()));
                    None
                }
            };
            self.valued.push(i16::from(number.is_some()));
            self.named.push(i16::from(number.is_none()));
            self.value.extend(number);
        });
    }

    fn write(&self, mut group: SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            match at {
                0 | 1 => column.typed::<Int32Type>().write_batch(&self.run, None, None)?,
                2 => column.typed::<Int32Type>().write_batch(&self.date, None, None)?,
                3 => column.typed::<ByteArrayType>().write_batch(&self.quantity, None, None)?,
                4 => {
                    let levels = Some(&self.valued[..]);
                    column.typed::<DoubleType>().write_batch(&self.value, levels, None)?
                }
                _ => {
                    let levels = Some(&self.named[..]);
                    column.typed::<ByteArrayType>().write_batch(&self.name, levels, None)?
                }
            };
            column.close()?;
            at += 1;
        }
        group.close()?;
        Ok(())
    }
}

fn since_1970(day: Date) -> i32 {
    day.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// Writes the tidy table of a folder of results into it, and says where.
///
/// # Errors
/// If the folder holds no results, or cannot be written.
pub fn write(folder: &Path) -> Result<PathBuf, TableError> {
    let manifest = Manifest::read(folder)?;
    let path = folder.join(NAME);
    let part = folder.join(format!("{NAME}.part"));
    let schema = Arc::new(parse_message_type(SCHEMA).map_err(disk(&path))?);
    // Whoever made the file is told without a version, so that the same rows are the same bytes.
    let properties = WriterProperties::builder()
        .set_created_by("shatterbelt".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let file = File::create(&part).map_err(disk(&path))?;
    let mut writer =
        SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(disk(&path))?;
    let mut block = Block::default();
    for line in outcomes(folder, manifest.runs[1])? {
        let (run, outcome) = line?;
        block.push(&manifest.columns, run, &outcome);
        if (run + 1).is_multiple_of(BLOCK) || run + 1 == manifest.runs[1] {
            let full = std::mem::take(&mut block);
            let group = writer.next_row_group().map_err(disk(&path))?;
            full.write(group).map_err(disk(&path))?;
        }
    }
    writer.close().map_err(disk(&path))?;
    std::fs::rename(&part, &path).map_err(disk(&path))?;
    Ok(path)
}
