//! Shatterbelt in Python: the extension module `shatterbelt._native`, which the package in `python/` makes public.
//!
//! Nothing is computed here: each function takes Python's values apart, calls the crate that knows, and hands back a
//! table (Arrow), an array (NumPy) or plain values. Long work is done without Python's lock, tells how far it is and
//! stops when Python was interrupted ([`watch`]). A fault becomes a `ValueError` with the program's own words.

mod array;
#[cfg(feature = "command")]
mod command;
mod fault;
mod html;
mod inputs;
mod models;
mod opened;
mod runs;
mod table;
mod watch;

use pyo3::prelude::*;

/// What the package `shatterbelt` is made of.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<opened::Case>()?;
    module.add_class::<runs::Runs>()?;
    module.add_class::<table::Table>()?;
    #[cfg(feature = "command")]
    module.add_function(wrap_pyfunction!(command::command, module)?)?;
    models::add_to(module)
}
