//! What an entry of a case is. A kind of entry is declared once, at its struct, by `#[derive(Entry)]`; its name, its
//! key, the paths of its estimates, their units and bounds, its schema and its page in the reference follow from there.
//!
//! An [`Id`] that is not plain is refused when it is read, whatever the kind; a [`Key`] is made of an entry's fields in
//! one way, whoever holds the text ([`Kind::key_of`]); an [`Estimate`] has its unit in its type.

mod estimate;
mod fields;
mod id;
mod key;
mod kind;
mod path;
pub mod said;
pub mod shape;
pub mod unit;

pub use entry_derive::Entry;

pub use estimate::{Dated, Estimate, Keys, Spot, Written, bare_number_schema, number_or_estimate};
pub use fields::fields_of;
pub use id::{Id, NOT_PLAIN, Name};
pub use key::{Key, Part, Piece};
pub use kind::{Contested, Entry, Figure, Kind};
pub use path::Path;
pub use shape::{Shape, Z95, beta_shapes};
pub use unit::Unit;
