//! Numbers as no sane caller would give them, mixed with sane ones so that every path is walked.

#![allow(dead_code)]

use proptest::prelude::*;

/// Ordinary numbers mostly; then zero, infinities, what is no number, and the edges of the range.
pub fn real() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -2.0_f64..2.0,
        4 => 0.0_f64..1.0,
        2 => any::<f64>(),
        1 => Just(0.0),
        1 => Just(1.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
        1 => Just(f64::MAX),
        1 => Just(5e-324),
    ]
}

/// Positions that are mostly in range, and the largest there is.
pub fn place() -> impl Strategy<Value = usize> {
    prop_oneof![8 => 0_usize..5, 1 => Just(usize::MAX), 1 => Just(1_usize << 33)]
}

/// Small numbers, and the largest.
pub fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..20, Just(u64::MAX), Just(u64::MAX / 2), Just(1 << 40), any::<u64>()]
}

/// Sizes that make sense, and others.
pub fn size() -> impl Strategy<Value = u32> {
    prop_oneof![0_u32..20, Just(u32::MAX), Just(1_000_001)]
}
