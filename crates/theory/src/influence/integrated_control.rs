//! Integrated control: how much of an actor another commands, directly and through those it
//! commands.
//!
//! An alternative reading of the same influence matrix, taken from company ownership: not where
//! opinions settle but how far control reaches, without counting what comes back to the controller
//! as control over itself.

use super::friedkin_johnsen::TotalEffects;
use crate::Fault;

/// The share of `on` that `of` controls, directly and at every remove.
///
/// y_ji solves y_ji = H_ji + sum over k other than i of H_jk y_ki: paths from i to j that do not
/// return to i. With R = (I - H)^-1 that is R_ji / R_ii, and for j = i, what comes back to i, 1 - 1
/// / R_ii.
///
/// # Errors
/// An actor out of range.
///
/// Reference: `brioschi1989`, and `baldone1998` on what returns to the controller; ownership networks in
/// `vitali2011`. Checked by the catalog's two
/// circles and by a property test of the equation itself.
pub fn integrated_control(solved: &TotalEffects, on: usize, of: usize) -> Result<f64, Fault> {
    let actors = solved.actors();
    if let Some(actor) = [on, of].into_iter().find(|a| *a >= actors) {
        return Err(Fault::whole("actor", actor as u64, format!("below {actors}")));
    }
    let reach = solved.reach();
    let own = reach.at(of, of);
    Ok(if on == of { 1.0 - 1.0 / own } else { reach.at(on, of) / own })
}
