//! Numbers between Python and Rust: anything NumPy makes an array of comes in, NumPy arrays go out.

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict};
use pyo3::{Borrowed, PyErr};

use crate::fault;

/// Numbers in one dimension: a list, a tuple, an array, a column of a frame.
#[derive(Debug, Clone)]
pub struct Row(pub Vec<f64>);

/// Numbers in two dimensions, row by row.
#[derive(Debug, Clone)]
pub struct Grid {
    /// How many rows there are.
    pub height: usize,
    /// How long a row is.
    pub width: usize,
    /// The numbers.
    pub cells: Vec<f64>,
}

/// The numbers of anything that NumPy understands, and its shape.
fn numbers(given: &Borrowed<'_, '_, PyAny>) -> PyResult<(Vec<usize>, Vec<f64>)> {
    let options = PyDict::new(given.py());
    options.set_item("dtype", "=f8")?;
    let array = given.py().import("numpy")?.call_method("asarray", (given,), Some(&options))?;
    let bytes = array.call_method0("tobytes")?;
    let numbers =
        bytes.cast::<PyBytes>()?.as_bytes().as_chunks().0.iter().map(|b| f64::from_ne_bytes(*b));
    Ok((array.getattr("shape")?.extract()?, numbers.collect()))
}

impl<'py> FromPyObject<'_, 'py> for Row {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match numbers(&given)? {
            (shape, cells) if shape.len() == 1 => Ok(Self(cells)),
            (shape, _) => Err(wrong(1, &shape)),
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Grid {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match numbers(&given)? {
            (shape, cells) if shape.len() == 2 => {
                Ok(Self { height: shape[0], width: shape[1], cells })
            }
            (shape, _) => Err(wrong(2, &shape)),
        }
    }
}

fn wrong(wanted: usize, shape: &[usize]) -> PyErr {
    fault::value(format!(
        "numbers in {wanted} dimension(s) are wanted; these have the shape {shape:?}"
    ))
}

impl Grid {
    /// Its rows.
    pub fn rows(&self) -> Vec<Vec<f64>> {
        (0..self.height).map(|row| self.cells[row * self.width..][..self.width].to_vec()).collect()
    }
}

/// Numbers on their way to NumPy.
#[derive(Debug, Clone)]
pub struct Array {
    shape: Vec<usize>,
    cells: Vec<f64>,
}

impl Array {
    /// In one dimension.
    pub fn row(cells: impl Into<Vec<f64>>) -> Self {
        let cells = cells.into();
        Self { shape: vec![cells.len()], cells }
    }

    /// In two, with rows of this length.
    pub fn rows(rows: &[Vec<f64>], width: usize) -> Self {
        Self { shape: vec![rows.len(), width], cells: rows.concat() }
    }
}

impl<'py> IntoPyObject<'py> for Array {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let bytes: Vec<u8> = self.cells.iter().flat_map(|cell| cell.to_ne_bytes()).collect();
        // NumPy may write into what it is given, which bytes would forbid.
        let flat = py
            .import("numpy")?
            .call_method1("frombuffer", (PyByteArray::new(py, &bytes), "=f8"))?;
        flat.call_method1("reshape", (self.shape,))
    }
}
