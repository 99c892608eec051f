//! Seat rules on an entry's votes.

use super::inputs::{Inputs, list};
use theory::electoral::divisor::{Divisor, decimal};
use theory::electoral::highest_averages::highest_averages as seats_by_averages;
use theory::electoral::largest_remainder::largest_remainder as seats_by_remainder;
use theory::electoral::quota::Quota;
use theory::electoral::tie::Ties;
use toml::{Table, Value};

fn seats(inputs: &Inputs<'_>) -> Result<u32, String> {
    u32::try_from(inputs.whole("seats")?).map_err(|_| "too many seats".to_owned())
}

/// Seats as a list, and by name where the entry names its lists, so that a partial official count
/// can be checked.
fn named(inputs: &Inputs<'_>, seats: &[u32]) -> Result<Table, String> {
    let mut table = Table::new();
    table.insert("seats".to_owned(), list(seats));
    if inputs.has("lists") {
        let names = inputs.texts("lists")?;
        if names.len() != seats.len() {
            return Err("there must be as many lists as votes".to_owned());
        }
        let by_name: Table = names
            .into_iter()
            .zip(seats)
            .map(|(n, s)| (n, Value::Integer((*s).into())))
            .collect();
        table.insert("seats_of".to_owned(), Value::Table(by_name));
    }
    Ok(table)
}

fn divisor(inputs: &Inputs<'_>) -> Result<Divisor, String> {
    Ok(match inputs.text("divisor")? {
        "d'hondt" => Divisor::DHondt,
        "sainte-lague" => Divisor::SainteLague,
        "modified sainte-lague" => {
            let first = decimal(inputs.text("first_divisor")?).map_err(|e| e.to_string())?;
            Divisor::ModifiedSainteLague { first }
        }
        "imperiali" => Divisor::Imperiali,
        "danish" => Divisor::Danish,
        "adams" => Divisor::Adams,
        "dean" => Divisor::Dean,
        "huntington-hill" => Divisor::HuntingtonHill,
        other => return Err(format!("divisor \"{other}\" is unknown")),
    })
}

/// Ties are refused: a certified result that hung on a lot would have to say so.
pub fn highest_averages(inputs: &Inputs<'_>) -> Result<Table, String> {
    let (votes, divisor) = (inputs.wholes("votes")?, divisor(inputs)?);
    let won = seats_by_averages(&votes, seats(inputs)?, &divisor, Ties::Refuse);
    named(inputs, &won.map_err(|e| e.to_string())?)
}

pub fn largest_remainder(inputs: &Inputs<'_>) -> Result<Table, String> {
    let quota = match inputs.text("quota")? {
        "hare" => Quota::Hare,
        "droop" => Quota::Droop,
        "hagenbach-bischoff" => Quota::HagenbachBischoff,
        "imperiali" => Quota::Imperiali,
        other => return Err(format!("quota \"{other}\" is unknown")),
    };
    let votes = inputs.wholes("votes")?;
    let total = inputs.whole("total_valid")?;
    let won = seats_by_remainder(&votes, total, seats(inputs)?, quota, Ties::Refuse);
    named(inputs, &won.map_err(|e| e.to_string())?)
}
