//! The parameters of a process: declared once, in the process's own file, by [`parameters!`](crate::parameters).
//!
//! From one declaration follow the struct of beliefs that the process reads, how they are looked up in the case, the
//! table [`Parameter`] that the schema and the reference page are made from, and what is said of a case that lacks one,
//! gives one that is not there, or gives a number outside its bounds: all at once.

use std::fmt::Write as _;

use case::{Case, Diagnostic};
use serde_json::{Map, Value, json};

use crate::model::BeliefId;
use crate::process::{Listed, PROCESSES};

/// A bound that does not bind.
pub const ANY: f64 = f64::INFINITY;

/// A parameter of a process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Its name under `[process.NAME]`.
    pub name: &'static str,
    /// The unit, one of those that estimates may be given in.
    pub unit: &'static str,
    /// The least that it can be.
    pub low: f64,
    /// The most that it can be.
    pub high: f64,
    /// What it is: a sentence.
    pub doc: &'static str,
}

impl Parameter {
    /// Its bounds in words; nothing where none bind.
    #[must_use]
    pub fn bounds(&self) -> String {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => format!("from {} to {}", self.low, self.high),
            (true, false) => format!("{} or more", self.low),
            (false, true) => format!("{} or less", self.high),
            (false, false) => "any".to_owned(),
        }
    }
}

/// What the schema of a case says of `[process.NAME]`: for each process its parameters, each an `estimate` with its
/// sentence, its unit and its bounds.
#[must_use]
pub fn schema(estimate: &Value) -> Value {
    let of = |parameter: &Parameter| {
        let Parameter { name, unit, doc, .. } = parameter;
        let text = format!("{doc} Unit: {unit}; {}.", parameter.bounds());
        ((*name).to_owned(), json!({ "description": text, "allOf": [estimate] }))
    };
    let process = |process: &Listed| {
        let properties: Map<String, Value> = process.parameters.iter().map(of).collect();
        let table = json!({
            "description": format!("The parameters of the process \"{}\".", process.name),
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        (process.name.to_owned(), table)
    };
    let properties: Map<String, Value> = PROCESSES.iter().map(process).collect();
    json!({
        "description": "The parameters of each process: [process.NAME].",
        "type": "object",
        "properties": properties,
        "additionalProperties": { "type": "object", "additionalProperties": estimate },
    })
}

/// The parameters of all processes as Markdown tables.
#[must_use]
pub fn reference() -> String {
    let mut text = String::from(
        "# Parameters of the processes\n\nMade by `shatterbelt schema --parameters`. Each is an estimate under \
         `[process.NAME]`; what they do: [processes.md](processes.md).\n",
    );
    for process in PROCESSES.iter().filter(|p| !p.parameters.is_empty()) {
        let name = process.name;
        let _ = write!(
            text,
            "\n## `[process.{name}]`\n\n| parameter | meaning | unit | bounds |\n|---|---|---|---|\n"
        );
        for p in process.parameters {
            let _ = writeln!(text, "| `{}` | {} | {} | {} |", p.name, p.doc, p.unit, p.bounds());
        }
    }
    text
}

/// Declares the parameters of a process: a name, its bounds and its unit, under a sentence that says what it is.
///
/// Makes `struct Parameters` with a belief for each, `Parameters::of` and the table `PARAMETERS`. A bound that does
/// not bind is `ANY`.
macro_rules! parameters {
    ($($(#[doc = $doc:literal])+ $name:ident: $low:literal ..= $high:expr, $unit:literal;)*) => {
        /// The parameters of the process, by their beliefs.
        #[derive(Debug)]
        struct Parameters { $($name: $crate::model::BeliefId),* }

        /// The parameters of the process, as cases give them.
        pub const PARAMETERS: &[$crate::parameters::Parameter] = &[$(
            $crate::parameters::Parameter {
                name: stringify!($name),
                unit: $unit,
                low: $low,
                high: $high,
                doc: concat!($($doc),+).trim_ascii(),
            }
        ),*];

        impl Parameters {
            /// Those of a case.
            ///
            /// # Errors
            /// All that are missing, unknown or outside their bounds.
            fn of(case: &case::Case) -> Result<Self, Vec<case::Diagnostic>> {
                let found = $crate::parameters::look_up(case, NAME, PARAMETERS)?;
                let [$($name),*] = found;
                Ok(Self { $($name),* })
            }
        }
    };
}
pub(crate) use parameters;

/// The beliefs of a process's parameters in a case, in the order of its table.
///
/// # Errors
/// All that are missing, unknown or outside their bounds.
pub(crate) fn look_up<const N: usize>(
    case: &Case,
    process: &str,
    table: &[Parameter],
) -> Result<[BeliefId; N], Vec<Diagnostic>> {
    let spot = case.head.processes.iter().find(|p| p.get_ref() == process);
    let spot = spot.map_or(0..0, toml::Spanned::span);
    let given = case.processes.get(process);
    let mut findings = Vec::new();
    let mut found = Vec::new();
    for parameter in table {
        let name = parameter.name;
        let Some(estimate) = given.and_then(|given| given.get(name)) else {
            let message = format!("process \"{process}\" lacks its parameter \"{name}\"");
            let hint = format!("add {name} = {{ value = …, … }} to [process.{process}]");
            findings.push(Diagnostic::error("parameter", spot.clone(), message).hint(hint));
            continue;
        };
        found.push(estimate.id);
        let outside = estimate.dated.iter().flat_map(|statement| {
            let (low, high) = statement.range();
            [low, statement.value, high]
        });
        let inside = parameter.low..=parameter.high;
        if let Some(number) = outside.into_iter().find(|number| !inside.contains(number)) {
            let message = format!("{number} is outside the bounds of \"{name}\"");
            let hint = format!("it must be {} ({})", parameter.bounds(), parameter.unit);
            let spot = estimate.spot.clone();
            findings.push(Diagnostic::error("parameter", spot, message).hint(hint));
        }
    }
    for (name, estimate) in given.into_iter().flatten() {
        if !table.iter().any(|parameter| parameter.name == name) {
            let message = format!("process \"{process}\" has no parameter \"{name}\"");
            findings.push(
                Diagnostic::error("parameter", estimate.spot.clone(), message)
                    .nearest(name, table.iter().map(|parameter| parameter.name)),
            );
        }
    }
    match <[BeliefId; N]>::try_from(found) {
        Ok(all) if findings.is_empty() => Ok(all),
        _ => Err(findings),
    }
}
