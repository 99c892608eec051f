//! A table for Python: handed on as Arrow without copying it through text.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch,
    RecordBatchIterator, StringArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use jiff::civil::{Date, date};
use pyo3::exceptions::{PyKeyError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use tables::schema::Kind;
use tables::{Cell, Cells, Form, Head, sheet};

use crate::array::Array;
use crate::{fault, html};

/// How many rows and columns a notebook shows of a table.
const SHOWN: (usize, usize) = (10, 12);

/// A table: named columns of one type each, with units.
///
/// Any library that reads Arrow takes it as it is: ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
/// ``pyarrow.table(table).to_pandas()``. ``table["name"]`` is one column, ``len(table)`` the number of rows. What has not come about is null, never 0.
#[pyclass(frozen, module = "shatterbelt")]
#[derive(Debug)]
pub struct Table {
    pub(crate) inner: tables::Table,
}

impl From<tables::Table> for Table {
    fn from(inner: tables::Table) -> Self {
        Self { inner }
    }
}

fn field(head: &Head) -> Field {
    let kind = match head.kind {
        Kind::Text => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::Truth => DataType::Boolean,
    };
    let says = [("unit", &head.unit), ("description", &head.about)];
    let says = says.into_iter().filter(|(_, text)| !text.is_empty());
    let says: HashMap<_, _> = says.map(|(key, text)| (key.to_owned(), text.clone())).collect();
    Field::new(&head.name, kind, head.empty).with_metadata(says)
}

/// Days since 1970, as Arrow counts them.
fn epoch_day(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

fn column(cells: &Cells) -> ArrayRef {
    match cells {
        Cells::Text(all) => Arc::new(StringArray::from_iter(all.iter().map(Option::as_deref))),
        Cells::Whole(all) => Arc::new(Int64Array::from_iter(all.iter().copied())),
        Cells::Real(all) => Arc::new(Float64Array::from_iter(all.iter().copied())),
        Cells::Day(all) => {
            Arc::new(Date32Array::from_iter(all.iter().map(|day| day.map(epoch_day))))
        }
        Cells::Truth(all) => Arc::new(BooleanArray::from_iter(all.iter().copied())),
    }
}

fn shown(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_owned(),
        Cell::Whole(number) => number.to_string(),
        Cell::Real(number) => {
            format!("{number:.4}").trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Cell::Day(day) => day.to_string(),
        Cell::Truth(truth) => truth.to_string(),
    }
}

fn arrow(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

impl Table {
    fn arrow_schema(&self) -> Schema {
        Schema::new(self.inner.heads.iter().map(field).collect::<Vec<_>>())
    }

    fn batch(&self) -> Result<RecordBatch, ArrowError> {
        let columns = self.inner.cells.iter().map(column).collect();
        RecordBatch::try_new(Arc::new(self.arrow_schema()), columns)
    }

    /// Hands the table to another library, by one of its functions.
    fn through<'py>(
        slf: &Bound<'py, Self>,
        library: &str,
        function: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import(library)?.call_method1(function, (slf,))
    }
}

#[pymethods]
impl Table {
    /// The schema as an Arrow PyCapsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.arrow_schema()).map_err(|e| arrow(&e))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The rows as an Arrow PyCapsule, one batch. `requested_schema` is not obeyed, as the protocol allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batch = py.detach(|| self.batch()).map_err(|e| arrow(&e))?;
        let schema = batch.schema();
        let stream =
            FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.inner.name
    }

    /// The names of its columns, in order.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.inner.heads.iter().map(|head| head.name.as_str()).collect()
    }

    /// What each column is: a list of dicts with ``name``, ``type``, ``unit``, ``empty`` (whether a cell may be
    /// null) and ``description``.
    fn describe<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let all = self.inner.heads.iter().map(|head| {
            let one = PyDict::new(py);
            one.set_item("name", &head.name)?;
            one.set_item("type", head.kind.in_package())?;
            one.set_item("unit", &head.unit)?;
            one.set_item("empty", head.empty)?;
            one.set_item("description", &head.about)?;
            Ok(one)
        });
        PyList::new(py, all.collect::<PyResult<Vec<_>>>()?)
    }

    /// The table as a ``pyarrow.Table``; needs ``pyarrow``.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::through(slf, "pyarrow", "table")
    }

    /// The table as a ``pandas.DataFrame``; needs ``pandas`` and ``pyarrow``.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_arrow(slf)?.call_method0("to_pandas")
    }

    /// The table as a ``polars.DataFrame``; needs ``polars``.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::through(slf, "polars", "DataFrame")
    }

    /// Writes the table to a file whose name ends in ``.parquet`` or ``.csv``: the bytes that the command writes.
    ///
    /// Raises ``ValueError`` if the name ends otherwise or the disk refuses.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let form = match path.extension().and_then(|ending| ending.to_str()) {
            Some("parquet") => Form::Parquet,
            Some("csv") => Form::Csv,
            _ => {
                return Err(fault::value(format!(
                    "{}: let the name end in .parquet or .csv",
                    path.display()
                )));
            }
        };
        py.detach(|| sheet::save(&self.inner, &path, form)).map_err(fault::value)
    }

    /// How many rows it has.
    fn __len__(&self) -> usize {
        self.inner.rows()
    }

    /// A column: a NumPy array of floats where it holds numbers (NaN for null), else a list with None for null.
    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let Some(cells) = self.inner.column(name) else {
            let near = case::diagnostic::nearest(name, self.columns());
            let near = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            let table = &self.inner.name;
            return Err(PyKeyError::new_err(format!("{table} has no column \"{name}\"{near}")));
        };
        Ok(match cells {
            Cells::Text(all) => all.into_pyobject(py)?.into_any(),
            Cells::Day(all) => {
                PyList::new(py, all.iter().map(|day| day.map(|d| d.to_string())))?.into_any()
            }
            Cells::Truth(all) => all.into_pyobject(py)?.into_any(),
            Cells::Whole(all) => {
                let all: Vec<f64> = all.iter().map(|n| n.map_or(f64::NAN, |n| n as f64)).collect();
                Array::row(all).into_pyobject(py)?
            }
            Cells::Real(all) => {
                let all: Vec<f64> = all.iter().map(|n| n.unwrap_or(f64::NAN)).collect();
                Array::row(all).into_pyobject(py)?
            }
        })
    }

    fn __repr__(&self) -> String {
        let (rows, columns) = (self.inner.rows(), self.inner.heads.len());
        format!("<shatterbelt.Table {}: {rows} rows, {columns} columns>", self.inner.name)
    }

    /// Its first rows and columns, for a notebook.
    fn _repr_html_(&self) -> String {
        let (rows, columns) = (self.inner.rows(), self.inner.heads.len());
        let heads: Vec<String> =
            self.inner.heads.iter().take(SHOWN.1).map(|head| head.name.clone()).collect();
        let row = |at: usize| {
            self.inner.cells.iter().take(SHOWN.1).map(|cells| shown(cells.get(at))).collect()
        };
        let body: Vec<Vec<String>> = (0..rows.min(SHOWN.0)).map(row).collect();
        let caption =
            format!("{}: {rows} rows, {columns} columns. {}", self.inner.name, self.inner.about);
        html::table(&caption, &heads, &body)
    }
}
