//! What happens when lists are level.
//!
//! Laws say "by lot" or name an order. A lot needs chance, and chance is the caller's: it arrives
//! as a closure, which is told the seat so that it can name its draw.

use crate::{Fault, What};

/// Lists that are level for one seat.
#[derive(Clone, Copy, Debug)]
pub struct Tie<'t> {
    /// The seat in question, from one.
    pub seat: u32,
    /// Positions of the level lists, in written order.
    pub tied: &'t [usize],
}

/// The written rule for level lists.
pub enum Ties<'a> {
    /// The list that is written first takes the seat.
    WrittenOrder,
    /// A lot: the closure returns a position in [`Tie::tied`].
    Lot(&'a mut dyn FnMut(Tie<'_>) -> usize),
    /// Stop with a fault; for checking that a result does not hang on a lot.
    Refuse,
}

impl Ties<'_> {
    /// The same rule for one of several allocations.
    pub fn again(&mut self) -> Ties<'_> {
        match self {
            Self::WrittenOrder => Ties::WrittenOrder,
            Self::Lot(draw) => Ties::Lot(&mut **draw),
            Self::Refuse => Ties::Refuse,
        }
    }

    /// The one of `tied` that takes the seat.
    ///
    /// # Errors
    /// A fault under [`Ties::Refuse`], a lot out of range when the
    /// closure returns a position that does not exist, no lists when `tied` is
    /// empty.
    pub fn settle(&mut self, seat: u32, tied: &[usize]) -> Result<usize, Fault> {
        let first = *tied.first().ok_or_else(|| Fault::nothing("lists", "at least one"))?;
        match self {
            Self::WrittenOrder => Ok(first),
            Self::Lot(draw) => {
                let drawn = draw(Tie { seat, tied });
                tied.get(drawn).copied().ok_or_else(|| {
                    Fault::whole("lot", drawn as u64, format!("below {}", tied.len()))
                })
            }
            Self::Refuse => {
                Err(Fault::new(What::Level(tied.to_vec()), "seat", "settled by a tie rule")
                    .at(seat as usize))
            }
        }
    }
}

impl std::fmt::Debug for Ties<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WrittenOrder => "WrittenOrder",
            Self::Lot(_) => "Lot",
            Self::Refuse => "Refuse",
        })
    }
}
