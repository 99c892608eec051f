//! A contested state written down as dated and sourced text
