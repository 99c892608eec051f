//! Runs for Python: what each future came to, as tables, and what can be asked of all of them.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use simulate::{Ensemble, Outcome};
use tables::Columns;

use crate::array::Array;
use crate::opened::{Opened, asked, plain};
use crate::table::Table;
use crate::{fault, html};

/// Futures of a case, run under one seed.
#[pyclass(frozen, module = "shatterbelt")]
pub struct Runs {
    opened: Opened,
    ensemble: Ensemble,
    columns: PyOnceLock<Columns>,
    wide: PyOnceLock<Py<Table>>,
    course: PyOnceLock<Py<Table>>,
}

impl Runs {
    /// Of a case and what its runs came to.
    pub fn new(opened: Opened, ensemble: Ensemble) -> Self {
        let (columns, wide, course) = (PyOnceLock::new(), PyOnceLock::new(), PyOnceLock::new());
        Self { opened, ensemble, columns, wide, course }
    }

    fn columns(&self, py: Python<'_>) -> PyResult<&Columns> {
        self.columns.get_or_try_init(py, || Ok(Columns::of(&self.opened.model()?)))
    }

    fn numbered(&self) -> impl Iterator<Item = (u32, &Outcome)> {
        (self.ensemble.first..).zip(&self.ensemble.outcomes)
    }
}

#[pymethods]
impl Runs {
    /// The runs as a table: one row a run, one column a quantity, named as questions name it.
    #[getter]
    fn wide(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        let columns = self.columns(py)?;
        let wide = self.wide.get_or_try_init(py, || {
            let table = py.detach(|| {
                let mut table = columns.runs();
                self.numbered()
                    .for_each(|(run, outcome)| columns.push_run(run, outcome, &mut table));
                table
            });
            Py::new(py, Table::from(table))
        })?;
        Ok(wide.clone_ref(py))
    }

    /// What is followed through each run, such as sway: a row for every fourth week of every run.
    #[getter]
    fn course(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        let columns = self.columns(py)?;
        let course = self.course.get_or_try_init(py, || {
            let table = py.detach(|| {
                let mut table = columns.course();
                self.numbered()
                    .for_each(|(run, outcome)| columns.push_course(run, outcome, &mut table));
                table
            });
            Py::new(py, Table::from(table))
        })?;
        Ok(course.clone_ref(py))
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> u64 {
        self.ensemble.seed
    }

    /// The number of the first run.
    #[getter]
    fn first(&self) -> u32 {
        self.ensemble.first
    }

    /// The share of the runs in which something is so, in [0, 1].
    ///
    /// ``question`` is yes or no of a run: "government.days > 240", "head == lind", "seats.reds + seats.blues > 12". What
    /// the window's end leaves open counts as no. Raises ``ValueError`` where it names nothing of the case or asks for
    /// a number or a name.
    fn p(&self, question: &str) -> PyResult<f64> {
        let ask = asked(question, &self.opened.model()?)?;
        if !ask.is_truth() {
            let example = "such as \"government.days > 240\"";
            return Err(fault::value(format!(
                "\"{question}\" is no yes or no; compare it with something, {example}"
            )));
        }
        let yes = self
            .ensemble
            .outcomes
            .iter()
            .filter(|outcome| ask.number(outcome) == Some(1.0))
            .count();
        Ok(yes as f64 / self.ensemble.outcomes.len() as f64)
    }

    /// What is asked, in every run: an array of floats of the shape (runs,), NaN where it has not come about. Yes is 1
    /// and no 0.
    fn values(&self, question: &str) -> PyResult<Array> {
        let ask = asked(question, &self.opened.model()?)?;
        let all =
            self.ensemble.outcomes.iter().map(|outcome| ask.number(outcome).unwrap_or(f64::NAN));
        Ok(Array::row(all.collect::<Vec<_>>()))
    }

    /// What the runs have in common, as ``shatterbelt run --json`` says it: a dict of seats, heads of government,
    /// coalitions, days and more, with medians and intervals.
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let model = self.opened.model()?;
        plain(py, &py.detach(|| assess::summary(&model, &self.ensemble)))
    }

    fn __len__(&self) -> usize {
        self.ensemble.outcomes.len()
    }

    fn __repr__(&self) -> String {
        let case = &self.opened.case;
        let (runs, seed) = (self.ensemble.outcomes.len(), self.ensemble.seed);
        format!(
            "<shatterbelt.Runs {} as of {}: {runs} runs, seed {seed}>",
            case.head.title, case.as_of
        )
    }

    /// Seats, heads of government and days, for a notebook.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let model = self.opened.model()?;
        let summary = py.detach(|| assess::summary(&model, &self.ensemble));
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let lists = summary.lists.iter().take(10).map(|list| {
            let seats = format!(
                "{:.0} ({:.0} – {:.0})",
                list.seats.median, list.seats.low, list.seats.high
            );
            vec![list.label.clone(), seats, percent(list.first)]
        });
        let heads =
            summary.heads.iter().take(6).map(|head| vec![head.name.clone(), percent(head.share)]);
        let case = &self.opened.case;
        let caption = format!(
            "{} as of {}: {} runs, seed {}",
            case.head.title, case.as_of, summary.runs, summary.seed
        );
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let seats = html::table(
            &caption,
            &names(&["list", "seats (90 %)", "largest list"]),
            &lists.collect::<Vec<_>>(),
        );
        let heads = html::table(
            "head of government",
            &names(&["name", "share of runs"]),
            &heads.collect::<Vec<_>>(),
        );
        Ok(seats + &heads)
    }
}
