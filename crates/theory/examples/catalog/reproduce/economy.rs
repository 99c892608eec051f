//! Entries of the subject economy.

use theory::economy::leontief::{bottleneck, inoperability, output};
use toml::Table;

use super::inputs::{Inputs, one, row};

/// What the model gives on the inputs.
pub fn obtain(model: &str, inputs: &Inputs) -> Result<Table, String> {
    let said = |e: theory::economy::Fault| e.to_string();
    match model {
        "leontief" => {
            let needs = inputs.rows("needs")?;
            let of = |key: &str| output(&needs, &inputs.reals(key)?).map_err(said);
            Ok(Table::from_iter([
                ("output".into(), row(of("demand")?)),
                ("output_before".into(), row(of("before")?)),
            ]))
        }
        "inoperability" => {
            let lost = inoperability(&inputs.rows("depends")?, &inputs.reals("disturbance")?);
            Ok(one("lost", row(lost.map_err(said)?)))
        }
        "bottleneck" => {
            let left = bottleneck(&inputs.rows("depends")?, &inputs.reals("cut")?);
            Ok(one("left", row(left.map_err(said)?)))
        }
        other => Err(format!("no model {other} in economy")),
    }
}
