//! Tables as Parquet. A file is written a stretch of rows at a time, each its own row group, so
//! that its bytes depend on the stretches alone; stretches of another file are taken over without
//! being decoded.
//!
//! Units and what columns say stand in the file's own words under the key `shatterbelt`, as JSON.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::column::writer::ColumnCloseResult;
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::{
    KeyValue, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
};
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use jiff::civil::Date;

use crate::fault::{TableError, disk};
use crate::schema::Kind;
use crate::table::{Cells, Head, Table};

/// A file in the making, under another name until it is whole.
pub struct Writer {
    path: PathBuf,
    part: PathBuf,
    file: SerializedFileWriter<File>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer({})", self.path.display())
    }
}

/// A file whose row groups are taken over into another.
pub struct Source {
    path: PathBuf,
    file: File,
    says: ParquetMetaData,
}

fn column(head: &Head) -> Result<Type, ParquetError> {
    let (physical, logical) = match head.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Truth => (Physical::BOOLEAN, None),
    };
    let repetition = if head.empty { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(&head.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()
}

fn root(table: &Table) -> Result<Type, ParquetError> {
    let columns = table.heads.iter().map(|head| column(head).map(Arc::new));
    Type::group_type_builder(&table.name).with_fields(columns.collect::<Result<_, _>>()?).build()
}

impl Writer {
    /// Begins a file with the columns of a table.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn begin(path: &Path, table: &Table) -> Result<Self, TableError> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let says = serde_json::json!({ "about": table.about, "columns": table.heads });
        // Whoever made the file is told without a version, so that the same rows are the same
        // bytes.
        let properties = WriterProperties::builder()
            .set_created_by("shatterbelt".to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            // A block is small enough to be read whole, and what would tell whether to is not the
            // same bytes again once it was taken over from another file.
            .set_statistics_enabled(EnabledStatistics::None)
            .set_offset_index_disabled(true)
            .set_key_value_metadata(Some(vec![KeyValue::new(
                "shatterbelt".to_owned(),
                says.to_string(),
            )]))
            .build();
        let file = File::create(&part).map_err(disk(&part))?;
        let root = Arc::new(root(table).map_err(disk(path))?);
        let file =
            SerializedFileWriter::new(file, root, Arc::new(properties)).map_err(disk(path))?;
        Ok(Self { path: path.to_owned(), part, file })
    }

    /// Adds rows as a row group; no rows add nothing.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn rows(&mut self, table: &Table) -> Result<(), TableError> {
        if table.rows() == 0 {
            return Ok(());
        }
        let fault = disk(&self.path);
        let group = self.file.next_row_group().map_err(&fault)?;
        write(table, group).map_err(fault)
    }

    /// Takes over a row group of another file, as it is.
    ///
    /// # Errors
    /// If it is not there, or the disk refuses.
    pub fn splice(&mut self, source: &Source, group: usize) -> Result<(), TableError> {
        let fault = disk(&source.path);
        let from = source.says.row_groups().get(group).ok_or_else(|| {
            let fault = format!("row group {group} is not there");
            TableError::new(&source.path, fault, "make the part again")
        })?;
        let mut into = self.file.next_row_group().map_err(&fault)?;
        for column in from.columns() {
            let closed = ColumnCloseResult {
                bytes_written: column.compressed_size().cast_unsigned(),
                rows_written: from.num_rows().cast_unsigned(),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            into.append_column(&source.file, closed).map_err(&fault)?;
        }
        into.close().map_err(fault)?;
        Ok(())
    }

    /// Closes the file and gives it its name.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn finish(self) -> Result<(), TableError> {
        let file = self.file.into_inner().map_err(disk(&self.path))?;
        file.sync_all()
            .and_then(|()| std::fs::rename(&self.part, &self.path))
            .map_err(disk(&self.path))
    }
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// If it is not there, or is none of Parquet's.
    pub fn open(path: &Path) -> Result<Self, TableError> {
        let fault =
            |e: ParquetError| TableError::new(path, e, "the file is damaged: make the part again");
        let file = File::open(path).map_err(disk(path))?;
        // All is kept as it was written, so that it is written the same again.
        let options = ParquetMetaDataOptions::new().with_encoding_stats_as_mask(false);
        let says = ParquetMetaDataReader::new()
            .with_metadata_options(Some(options))
            .parse_and_finish(&file)
            .map_err(fault)?;
        Ok(Self { path: path.to_owned(), file, says })
    }

    /// How many row groups it has.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.says.num_row_groups()
    }
}

fn since_1970(day: Date) -> i32 {
    day.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// Writes a column: what is there, and for a column with empty cells which are.
fn cells<T: DataType, V>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    empty: bool,
    all: &[Option<V>],
    of: impl Fn(&V) -> T::T,
) -> Result<(), ParquetError> {
    let there: Vec<T::T> = all.iter().flatten().map(of).collect();
    let levels: Vec<i16> = all.iter().map(|cell| i16::from(cell.is_some())).collect();
    if !empty && there.len() < all.len() {
        let fault = "a cell of a column that is never empty is empty";
        return Err(ParquetError::General(fault.to_owned()));
    }
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more cells than columns".to_owned()));
    };
    column.typed::<T>().write_batch(&there, empty.then_some(&levels[..]), None)?;
    column.close()
}

fn write(table: &Table, mut group: SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
    for (head, all) in table.heads.iter().zip(&table.cells) {
        let (empty, group) = (head.empty, &mut group);
        match all {
            Cells::Text(all) => cells::<ByteArrayType, _>(group, empty, all, |text| {
                ByteArray::from(text.as_bytes().to_vec())
            })?,
            Cells::Whole(all) => cells::<Int64Type, _>(group, empty, all, |number| *number)?,
            Cells::Real(all) => cells::<DoubleType, _>(group, empty, all, |number| *number)?,
            Cells::Day(all) => cells::<Int32Type, _>(group, empty, all, |day| since_1970(*day))?,
            Cells::Truth(all) => cells::<BoolType, _>(group, empty, all, |truth| *truth)?,
        }
    }
    group.close()?;
    Ok(())
}
