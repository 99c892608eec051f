//! Measure, compare and explain: what an ensemble says and why
