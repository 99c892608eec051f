//! `schema`: the JSON Schema of case files, for editors.

use clap::Args;

use super::{print, print_json};
use crate::failure::Failure;

/// Print the JSON Schema of case files, for completion in editors
///
///     shatterbelt schema > case.json
///     shatterbelt schema --scenario > scenario.json
///     shatterbelt schema --reference > case-fields.md
///     shatterbelt schema --parameters > process-parameters.md
///     shatterbelt schema --tables > tables.md
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Schema {
    /// Print the schema of scenarios instead
    #[arg(long, conflicts_with = "reference")]
    scenario: bool,
    /// Print every kind and field as Markdown instead
    #[arg(long)]
    reference: bool,
    /// Print the columns of every table as Markdown instead
    #[arg(long, conflicts_with_all = ["scenario", "reference", "parameters"])]
    tables: bool,
    /// Print the parameters of every process as Markdown instead
    #[arg(long, conflicts_with_all = ["scenario", "reference"])]
    parameters: bool,
}

impl Schema {
    /// Prints.
    pub fn go(&self) -> Result<(), Failure> {
        match self {
            Self { tables: true, .. } => {
                print([tables::reference::reference().trim_end().to_owned()])
            }
            Self { reference: true, .. } => {
                print([case::reference::reference().trim_end().to_owned()])
            }
            Self { parameters: true, .. } => {
                print([simulate::parameters::reference().trim_end().to_owned()])
            }
            Self { scenario: true, .. } => print_json(&case::schema::scenario_schema()),
            _ => print_json(&whole()),
        }
    }
}

/// The schema of case files, with what each process says of its parameters.
fn whole() -> serde_json::Value {
    let mut schema = case::schema::case_schema();
    let process = &mut schema["properties"]["process"];
    let estimate = process["additionalProperties"]["additionalProperties"].clone();
    *process = simulate::parameters::schema(&estimate);
    schema
}
