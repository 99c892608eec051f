//! Divisor sequences of the highest-averages methods.
//!
//! A method is its sequence d(0), d(1), ...: a list with v votes and k seats bids v / d(k) for the
//! next seat. Terms are exact rationals; Huntington-Hill's square roots are kept as their squares.

use crate::{Fault, What};
use num_rational::Ratio;
use std::cmp::Ordering;

/// A divisor sequence, d(k) for a list that holds k seats.
///
/// | method | d(k) |
/// |---|---|
/// | D'Hondt (Jefferson) | k + 1 |
/// | Sainte-Laguë (Webster) | 2k + 1 |
/// | modified Sainte-Laguë | the first divisor, then 3, 5, 7, ... |
/// | Imperiali | k + 2 |
/// | Danish | 3k + 1 |
/// | Adams | k |
/// | Dean | 2k(k+1) / (2k+1) |
/// | Huntington-Hill | square root of k(k+1) |
///
/// Where d(0) = 0 every list with a vote takes a seat before any takes two, larger lists first.
///
/// Reference: `balinski2001`, `pukelsheim2017`. Checked by the catalog's electoral entries and the
/// property tests of [`super::highest_averages`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Divisor {
    /// D'Hondt, also Jefferson.
    DHondt,
    /// Sainte-Laguë, also Webster.
    SainteLague,
    /// Sainte-Laguë with another first divisor, such as 1.4 or 1.7; it must lie
    /// between 0 and 3, both excluded.
    ModifiedSainteLague {
        /// The first divisor.
        first: Ratio<u64>,
    },
    /// Imperiali's highest averages.
    Imperiali,
    /// The Danish method.
    Danish,
    /// Adams: every list with a vote gets a seat.
    Adams,
    /// Dean, the harmonic mean.
    Dean,
    /// Huntington-Hill, the geometric mean.
    HuntingtonHill,
    /// A sequence written out; it must rise and only its first term may be zero.
    Listed(Vec<Ratio<u64>>),
}

/// A list's bid for its next seat, v / d or, for Huntington-Hill, its square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bid {
    pub(super) over: u128,
    pub(super) under: u128,
}

impl Bid {
    /// Exact comparison; of two infinite bids (divisor zero) the one with more votes is the larger.
    #[inline]
    pub(super) fn compare(self, other: Self) -> Ordering {
        let all = self.over | self.under | other.over | other.under;
        let (left, right) = if all >> 64 == 0 {
            ((0, self.over * other.under), (0, other.over * self.under))
        } else {
            (wide_product(self.over, other.under), wide_product(other.over, self.under))
        };
        let order = left.cmp(&right);
        if order == Ordering::Equal && self.under == 0 && other.under == 0 {
            return self.over.cmp(&other.over);
        }
        order
    }
}

/// The 256-bit product of two 128-bit numbers, high half first.
pub(super) fn wide_product(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a0 * b0;
    let middle = a1 * b0 + (low >> 64);
    let cross = a0 * b1 + (middle & LOW);
    (a1 * b1 + (middle >> 64) + (cross >> 64), (cross << 64) | (low & LOW))
}

impl Divisor {
    /// Whether the sequence is one a highest-averages method can use.
    ///
    /// # Errors
    /// A bad divisor naming the position of the first term that is not.
    pub fn check(&self) -> Result<(), Fault> {
        let bad = |position| {
            Err(Fault::unfit("divisors", "above zero and above the one before it").at(position))
        };
        match self {
            Self::ModifiedSainteLague { first } => {
                let (n, d) = (u128::from(*first.numer()), u128::from(*first.denom()));
                if n == 0 || d == 0 || n >= 3 * d { bad(0) } else { Ok(()) }
            }
            Self::Listed(terms) => {
                if terms.is_empty() {
                    return Err(Fault::nothing("divisors", "at least one"));
                }
                for (position, term) in terms.iter().enumerate() {
                    if *term.denom() == 0 || (position > 0 && *term.numer() == 0) {
                        return bad(position);
                    }
                }
                for (i, pair) in terms.windows(2).enumerate() {
                    let cross = |a: &Ratio<u64>, b: &Ratio<u64>| {
                        u128::from(*a.numer()) * u128::from(*b.denom())
                    };
                    if cross(&pair[0], &pair[1]) >= cross(&pair[1], &pair[0]) {
                        return bad(i + 1);
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Whether bids are squares, as Huntington-Hill's are.
    pub(super) fn squared(&self) -> bool {
        matches!(self, Self::HuntingtonHill)
    }

    /// d(k) as a fraction, or its square where [`Self::squared`]; none past the end of a listed
    /// sequence.
    #[inline]
    pub(super) fn term(&self, held: u32) -> Option<(u128, u128)> {
        let k = u128::from(held);
        Some(match self {
            Self::DHondt => (k + 1, 1),
            Self::SainteLague => (2 * k + 1, 1),
            Self::ModifiedSainteLague { first } if held == 0 => {
                (u128::from(*first.numer()), u128::from(*first.denom()))
            }
            Self::ModifiedSainteLague { .. } => (2 * k + 1, 1),
            Self::Imperiali => (k + 2, 1),
            Self::Danish => (3 * k + 1, 1),
            Self::Adams => (k, 1),
            Self::Dean => (2 * k * (k + 1), 2 * k + 1),
            Self::HuntingtonHill => (k * (k + 1), 1),
            Self::Listed(terms) => {
                let term = terms.get(held as usize)?;
                (u128::from(*term.numer()), u128::from(*term.denom()))
            }
        })
    }

    /// The bid of a list with `votes` votes that holds `held` seats.
    #[inline]
    pub(super) fn bid(&self, votes: u64, held: u32) -> Option<Bid> {
        let (under, scale) = self.term(held)?;
        let votes = u128::from(votes);
        let over = if self.squared() { votes * votes } else { votes * scale };
        Some(Bid { over, under })
    }
}

/// A decimal such as `1.7` as an exact fraction, 17/10.
///
/// # Errors
/// No decimal when `text` is not digits with at most one point, or is too
/// long.
pub fn decimal(text: &str) -> Result<Ratio<u64>, Fault> {
    let fault = || Fault::new(What::Text(text.to_owned()), "number", "a decimal such as 1.7");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part}");
    if whole.is_empty() || part.len() > 18 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(fault());
    }
    let over: u64 = digits.parse().map_err(|_| fault())?;
    let under = part.bytes().try_fold(1_u64, |ten, _| ten.checked_mul(10)).ok_or_else(fault)?;
    Ok(Ratio::new(over, under))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_product_of_the_largest_numbers_is_right() {
        assert_eq!(wide_product(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(wide_product(1 << 100, 1 << 100), (1 << 72, 0));
    }

    #[test]
    fn a_decimal_becomes_its_exact_fraction() {
        assert_eq!(decimal("1.7"), Ok(Ratio::new(17, 10)));
        assert_eq!(decimal("3"), Ok(Ratio::new(3, 1)));
        for wrong in ["", ".", "1.7.1", "-1", "x", "1e3", "99999999999999999999"] {
            assert!(decimal(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_falling_or_zero_divisor_is_named_by_its_position() {
        let r = |a, b| Ratio::new_raw(a, b);
        let bad = |position| {
            Err(Fault::unfit("divisors", "above zero and above the one before it").at(position))
        };
        let falling = Divisor::Listed(vec![r(1, 1), r(3, 1), r(5, 2)]);
        assert_eq!(falling.check(), bad(2));
        let broken = Divisor::Listed(vec![r(1, 1), r(3, 0)]);
        assert_eq!(broken.check(), bad(1));
        let large = Divisor::ModifiedSainteLague { first: r(31, 10) };
        assert_eq!(large.check(), bad(0));
    }
}
