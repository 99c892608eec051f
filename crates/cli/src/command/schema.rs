//! `schema`: the JSON Schema of case files, for editors.

use clap::Args;

use super::{print, print_json};
use crate::failure::Failure;

/// Print the JSON Schema of case files, for completion in editors.
///
///     shatterbelt schema > docs/schema/case.json
///     shatterbelt schema --scenario > docs/schema/scenario.json
///     shatterbelt schema --reference > docs/case-fields.md
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Schema {
    /// Print the schema of scenarios instead
    #[arg(long, conflicts_with = "reference")]
    scenario: bool,
    /// Print every kind and field as Markdown instead
    #[arg(long)]
    reference: bool,
}

impl Schema {
    /// Prints.
    pub fn go(&self) -> Result<(), Failure> {
        match self.reference {
            true => print([case::reference::reference(&[]).trim_end().to_owned()]),
            false if self.scenario => print_json(&case::schema::scenario_schema()),
            false => print_json(&case::schema::case_schema(&[])),
        }
    }
}
