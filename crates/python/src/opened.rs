//! A case opened for Python: its tables, and what can be asked of it.

use std::path::PathBuf;
use std::sync::Arc;

use assess::influence::{By, Query};
use assess::sensitivity::{SensitivityError, Study};
use assess::{Ask, sensitivity};
use case::{Folder, documents};
use evidence::Store;
use jiff::civil::Date;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use simulate::{Ensemble, Model};
use study::Follow as _;
use tables::believed;

use crate::array::Grid;
use crate::inputs::{self, Scale};
use crate::runs::Runs;
use crate::table::Table;
use crate::watch::watched;
use crate::{fault, html};

/// The most draws over which sway is measured, if nobody says otherwise.
const DRAWS: u32 = 2000;

/// A case as its files were when it was opened, with scenarios and changed values laid over them.
#[derive(Debug, Clone)]
pub struct Opened {
    pub folder: Folder,
    pub case: Arc<case::Case>,
}

impl Opened {
    /// The case built from a folder.
    ///
    /// # Errors
    /// If its files have faults, or it cannot be made ready to run.
    pub fn of(folder: Folder, as_of: Option<Date>) -> PyResult<Self> {
        let case = study::opening::built(&folder, as_of).map_err(|e| fault::refused(&e))?;
        let opened = Self { folder, case: Arc::new(case) };
        opened.model()?;
        Ok(opened)
    }

    /// The case made ready to run.
    pub fn model(&self) -> PyResult<Model<'_>> {
        study::opening::ready(&self.folder, &self.case).map_err(|e| fault::refused(&e))
    }

    /// The same case, as of the same day, with more laid over it.
    pub fn with(&self, scenario: Option<&str>, set: &[String]) -> PyResult<Self> {
        let folder = laid(self.folder.clone(), scenario.map(str::to_owned).as_slice(), set)?;
        Self::of(folder, Some(self.case.as_of))
    }

    /// What was read of the case's documents on this machine, if anything was.
    fn store(&self) -> PyResult<Option<Store>> {
        let path = documents::store_path(&self.folder.root).map_err(fault::value)?;
        let store = path.is_file().then(|| documents::open_store(&self.folder.root, &path));
        store.transpose().map_err(fault::value)
    }
}

/// Scenarios and changed values laid over a folder.
fn laid(mut folder: Folder, scenarios: &[String], set: &[String]) -> PyResult<Folder> {
    for scenario in scenarios {
        folder = folder.with_scenario(scenario).map_err(fault::value)?;
    }
    for assignment in set {
        if !assignment.contains('=') {
            let example = "write PATH=VALUE, such as entry.reds.participates=true";
            return Err(fault::value(format!("set: \"{assignment}\": {example}")));
        }
        folder = folder.with_set(assignment);
    }
    Ok(folder)
}

/// A ``datetime.date``, or a day written YYYY-MM-DD.
fn day(given: &Bound<'_, PyAny>) -> PyResult<Date> {
    let text = given.str()?.to_string();
    text.parse().map_err(|_| fault::value(format!("as_of: \"{text}\" is no day; write YYYY-MM-DD")))
}

/// The most runs that are kept in memory.
const MOST: u32 = 10_000_000;

/// At least one run, and no more than there is room for.
fn some(runs: u32) -> PyResult<()> {
    match runs {
        0 => Err(fault::value("runs: run at least one future")),
        1..=MOST => Ok(()),
        _ => Err(fault::value(format!(
            "runs: {MOST} at most are kept in memory; more go to files with `shatterbelt run --out`"
        ))),
    }
}

/// What is asked of a run, read for a model.
pub fn asked(text: &str, model: &Model<'_>) -> PyResult<Ask> {
    Ask::read(text, model).map_err(|e| fault::value(format!("\"{text}\": {e}")))
}

/// A value as Python has it, by way of JSON.
pub fn plain<'py>(py: Python<'py>, value: &impl serde::Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    py.import("json")?.call_method1("loads", (text,))
}

/// A case: a folder of text that says who holds sway in a contested state, opened as it was known on a day.
///
/// ``Case(path, as_of=None, scenarios=(), set=())``: the folder; the last day whose publications count, as
/// ``datetime.date`` or "YYYY-MM-DD" (the case's own date if none is given); names of the case's scenarios, or
/// files, laid over it in order; and single values changed, each written "PATH=VALUE" as for the command.
///
/// Raises ``ValueError`` with every fault of the files, each with its place.
///
/// A case never changes: open it again to see what somebody wrote since.
#[pyclass(frozen, module = "shatterbelt")]
#[derive(Debug)]
pub struct Case {
    opened: Opened,
}

#[pymethods]
impl Case {
    #[new]
    #[pyo3(signature = (path, as_of=None, scenarios=Vec::new(), set=Vec::new()))]
    fn new(
        py: Python<'_>,
        path: PathBuf,
        as_of: Option<&Bound<'_, PyAny>>,
        scenarios: Vec<String>,
        set: Vec<String>,
    ) -> PyResult<Self> {
        let as_of = as_of.map(day).transpose()?;
        let opened = py.detach(|| {
            let folder = Folder::read(&path).map_err(fault::value)?;
            Opened::of(laid(folder, &scenarios, &set)?, as_of)
        })?;
        Ok(Self { opened })
    }

    /// The folder.
    #[getter]
    fn path(&self) -> PathBuf {
        self.opened.folder.root.clone()
    }

    /// What the case is called.
    #[getter]
    fn title(&self) -> &str {
        &self.opened.case.head.title
    }

    /// The last day of information, a ``datetime.date``.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.opened.case.as_of)
    }

    /// The last day of the runs, a ``datetime.date``.
    #[getter]
    fn until<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.opened.case.head.until)
    }

    /// The names of the case's scenarios.
    #[getter]
    fn scenarios(&self) -> Vec<String> {
        self.opened.folder.scenarios()
    }

    /// BLAKE3 over the files and all that was laid over them, as hex: one hash, one case.
    #[getter]
    fn hash(&self) -> String {
        self.opened.folder.hash()
    }

    /// What a careful author would look at, a line each with its place; the case works all the same.
    #[getter]
    fn warnings(&self, py: Python<'_>) -> Vec<String> {
        let Opened { folder, case } = &self.opened;
        let findings = py.detach(|| folder.build(Some(case.as_of)).findings);
        findings.iter().map(|finding| finding.line(&folder.map)).collect()
    }

    /// Every estimate of the case in force on its date: path, value, range, shape, unit, sources, reason.
    #[getter]
    fn estimates(&self) -> Table {
        believed::estimates(&self.opened.case).into()
    }

    /// Every tie in force on its date: who pulls on whom through which channel, with bandwidth and dependence.
    #[getter]
    fn ties(&self) -> Table {
        believed::ties(&self.opened.case).into()
    }

    /// What happened: the case's history, and what was read in its documents on this machine.
    #[getter]
    fn events(&self) -> PyResult<Table> {
        let store = self.opened.store()?;
        Ok(believed::events(&self.opened.case, store.as_ref()).map_err(fault::value)?.into())
    }

    /// Who says what, as it was read in the case's documents on this machine; no rows before they were read.
    #[getter]
    fn claims(&self) -> PyResult<Table> {
        let none = || Ok(tables::Table::of(&tables::schema::CLAIMS));
        let claims = self.opened.store()?.map_or_else(none, |store| believed::claims(&store));
        Ok(claims.map_err(fault::value)?.into())
    }

    /// Runs futures.
    ///
    /// Runs ``first`` to ``first + runs`` under a seed; the same seed gives the same runs on any machine and any
    /// number of threads, and those of ``shatterbelt run``. ``progress(done, total)`` is called while they run.
    /// Other threads of Python go on meanwhile, and Ctrl-C stops.
    #[pyo3(signature = (runs=10_000, *, seed=1, first=0, progress=None))]
    fn run(
        &self,
        py: Python<'_>,
        runs: u32,
        seed: u64,
        first: u32,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Runs> {
        some(runs)?;
        let until =
            first.checked_add(runs).ok_or_else(|| fault::value("runs: there are at most 2**32"))?;
        let model = self.opened.model()?;
        let outcomes = watched(py, progress, runs.into(), |watch| {
            study::runs_on(&model, seed, first..until, watch)
        })?;
        let outcomes = outcomes.map_err(fault::study)?;
        Ok(Runs::new(self.opened.clone(), Ensemble { seed, first, outcomes }))
    }

    /// Who holds sway over the case's body, as a table of actors: mean share in [0, 1] over draws of the estimates,
    /// its 5 % and 95 % points, and its parts by channel.
    #[pyo3(signature = (*, draws=DRAWS, seed=1))]
    fn measure(&self, py: Python<'_>, draws: u32, seed: u64) -> PyResult<Table> {
        some(draws)?;
        let model = self.opened.model()?;
        let body = self.opened.case.head.body.get_ref();
        let measured = watched(py, None, 1, |_| assess::measure(&model, body, seed, draws))?;
        Ok(study::tabled::sway(&measured.map_err(fault::value)?).into())
    }

    /// What a scenario changes, run by run under the same luck: a table of quantities with their means in both, the
    /// mean difference with its 5 % and 95 % points over runs, and how sure it is.
    ///
    /// ``scenario`` is laid over this case, and so are the values of ``set`` ("PATH=VALUE"); without a scenario, they
    /// alone. ``base`` is a scenario to compare with in place of this case as it is. ``runs`` futures of each are run.
    #[pyo3(signature = (scenario=None, *, base=None, set=Vec::new(), runs=10_000, seed=1, progress=None))]
    #[allow(clippy::too_many_arguments)]
    fn compare(
        &self,
        py: Python<'_>,
        scenario: Option<&str>,
        base: Option<&str>,
        set: Vec<String>,
        runs: u32,
        seed: u64,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        some(runs)?;
        if scenario.is_none() && set.is_empty() {
            let names = self.opened.folder.scenarios().join(", ");
            return Err(fault::value(format!("name a scenario ({names}), or give set")));
        }
        let (old, new) = (self.opened.with(base, &[])?, self.opened.with(scenario, &set)?);
        let models = [old.model()?, new.model()?];
        let both = watched(py, progress, 2 * u64::from(runs), |watch| {
            let run = |model: &Model<'_>| {
                let outcomes = study::runs_on(model, seed, 0..runs, watch)?;
                Ok::<_, study::Fault>(Ensemble { seed, first: 0, outcomes })
            };
            let ensembles = [run(&models[0])?, run(&models[1])?];
            Ok(assess::compare((&models[0], &ensembles[0]), (&models[1], &ensembles[1]))?)
        })?;
        Ok(study::tabled::differences(&both.map_err(fault::study)?).into())
    }

    /// Who gets what he wants, and whether it would have come out so anyway: a table with a row for each actor and
    /// each matter it wants something of. Every future is played twice under the same luck, with the actor and without.
    ///
    /// ``actors`` are ids (those in the case's focus if none is given), ``of`` is the id of one matter. ``by`` splits
    /// what an actor decides: "channel" or "through" (whom it touches first); each part is a row of its own.
    #[pyo3(signature = (actors=Vec::new(), *, of=None, by=None, runs=1000, seed=1, progress=None))]
    #[allow(clippy::too_many_arguments)]
    fn influence(
        &self,
        py: Python<'_>,
        actors: Vec<String>,
        of: Option<String>,
        by: Option<&str>,
        runs: u32,
        seed: u64,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        if runs < 2 {
            return Err(fault::value("runs: give at least 2 pairs of futures"));
        }
        let by = match by {
            None => By::Whole,
            Some("channel") => By::Channel,
            Some("through") => By::Through,
            Some(other) => {
                return Err(fault::value(format!(
                    "by: \"{other}\"; write \"channel\" or \"through\""
                )));
            }
        };
        let (model, query) = (self.opened.model()?, Query { actors, of, by, seed, runs });
        let found = watched(py, progress, runs.into(), |watch| {
            assess::influence::while_wanted(&model, &query, &|| watch.goes_on(), &|done| {
                watch.done(done)
            })
        })?;
        Ok(study::tabled::influence(&found.map_err(fault::value)?).into())
    }

    /// What an outcome hangs on, as ``shatterbelt sensitivity --json`` says it: a dict with the inputs ``screened``
    /// (elementary effects, the largest first) and, unless ``samples`` is 0, the shares of the ``variance``.
    ///
    /// ``of`` is what is asked of a run, ``samples`` the base points (best a power of two), ``walks`` the walks through
    /// all inputs, ``top`` how many inputs are told apart.
    #[pyo3(signature = (of, *, samples=2048, walks=16, top=12, seed=1, progress=None))]
    #[allow(clippy::too_many_arguments)]
    fn sensitivity<'py>(
        &self,
        py: Python<'py>,
        of: &str,
        samples: usize,
        walks: usize,
        top: usize,
        seed: u64,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let model = self.opened.model()?;
        let ask = asked(of, &model)?;
        let design = Study { seed, walks, samples, top };
        let total = design.most_runs(&model, &ask);
        let found = watched(py, progress, total, |watch| {
            sensitivity::while_wanted(&model, &ask, &design, &|| watch.goes_on(), &|done| {
                watch.done(done)
            })
        })?;
        plain(py, &found.map_err(|e: SensitivityError| fault::value(e))?)
    }

    /// The numbers that an outcome hangs on most, in the form SALib and the EMA workbench take: a dict with
    /// ``num_vars``, ``names`` (paths of estimates) and ``bounds`` (a pair each).
    ///
    /// The estimates are screened by elementary effects on ``of`` over ``walks`` walks; of a correlated group each
    /// member counts by itself. ``scale`` says in what they are varied: "value", in their own units between their low
    /// and high ends; or "share", in shares of belief from 0 to 1, each point standing for the value below which that
    /// share of the estimate's own distribution lies, so that shares of variance are those of what is believed. Pass
    /// the same ``scale`` to ``evaluate``.
    #[pyo3(signature = (top=20, *, of="government.days", scale="value", walks=16, seed=1, progress=None))]
    #[allow(clippy::too_many_arguments)]
    fn problem<'py>(
        &self,
        py: Python<'py>,
        top: usize,
        of: &str,
        scale: &str,
        walks: usize,
        seed: u64,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let (model, scale) = (self.opened.model()?, Scale::named(scale)?);
        let ask = asked(of, &model)?;
        let design = Study { seed, walks, samples: 0, top: 1 };
        let total = design.most_runs(&model, &ask);
        let found = watched(py, progress, total, |watch| {
            sensitivity::while_wanted(&model, &ask, &design, &|| watch.goes_on(), &|done| {
                watch.done(done)
            })
        })?;
        let inputs = inputs::ranked(&self.opened.case, &found.map_err(fault::value)?, top);
        let problem = PyDict::new(py);
        problem.set_item("num_vars", inputs.len())?;
        let names: Vec<&str> =
            inputs.iter().map(|at| self.opened.case.beliefs[*at].path.as_str()).collect();
        problem.set_item("names", names)?;
        let bounds = inputs.iter().map(|at| scale.bounds(&self.opened.case.beliefs[*at]));
        problem.set_item("bounds", bounds.collect::<Vec<[f64; 2]>>())?;
        Ok(problem)
    }

    /// What comes of chosen values: for each row of ``X`` the mean over ``runs`` futures of what is asked.
    ///
    /// ``X`` has the shape (points, len(names)); ``names`` are paths of estimates, and column k of ``X`` is what
    /// ``names[k]`` is set to, in its own unit (``scale="value"``, within its low and high ends) or as a share of belief
    /// (``scale="share"``). All other estimates are drawn, and every row is played under the same luck, so that rows
    /// differ by what was set alone. ``of`` lists what is asked of a run, such as "government.days" or
    /// "seats.reds > 12" (yes counts 1); days to what has not come about are counted to the window's end. Returns an
    /// array of the shape (points, len(of)), or (points,) where ``of`` is one string.
    #[pyo3(name = "evaluate", signature = (X, names, of, runs=64, *, scale="value", seed=1, progress=None))]
    #[allow(clippy::too_many_arguments, non_snake_case)]
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        X: Grid,
        names: Vec<String>,
        of: &Bound<'py, PyAny>,
        runs: u32,
        scale: &str,
        seed: u64,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        some(runs)?;
        let model = self.opened.model()?;
        let (of, alone) = match of.extract::<String>() {
            Ok(one) => (vec![one], true),
            Err(_) => (of.extract::<Vec<String>>()?, false),
        };
        let asks = of.iter().map(|text| asked(text, &model)).collect::<PyResult<Vec<Ask>>>()?;
        let design = inputs::Design::new(&model, &names, &X, Scale::named(scale)?)?;
        let total = u64::from(runs) * design.len() as u64;
        let found =
            watched(py, progress, total, |watch| design.evaluate(&asks, seed, runs, watch))?;
        let found = found?.into_pyobject(py)?;
        if alone { found.call_method1("reshape", (-1,)) } else { Ok(found) }
    }

    fn __repr__(&self) -> String {
        let case = &self.opened.case;
        format!("<shatterbelt.Case {} as of {}>", case.head.title, case.as_of)
    }

    /// What the case holds, for a notebook.
    fn _repr_html_(&self) -> String {
        let case = &self.opened.case;
        let rows = [
            ("estimates", case.beliefs.len()),
            ("actors", case.actors.len()),
            ("ties", case.ties.len()),
            ("events", case.events.len()),
            ("sources", case.sources.len()),
            ("scenarios", self.opened.folder.scenarios().len()),
        ];
        let rows = rows.map(|(name, count)| vec![name.to_owned(), count.to_string()]);
        let caption =
            format!("{} as of {}, runs until {}", case.head.title, case.as_of, case.head.until);
        html::table(&caption, &[String::new(), "number".to_owned()], &rows)
    }
}

fn to_python(py: Python<'_>, day: Date) -> PyResult<Bound<'_, PyAny>> {
    py.import("datetime")?.getattr("date")?.call_method1("fromisoformat", (day.to_string(),))
}
