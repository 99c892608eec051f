//! Contradictions.
use std::collections::BTreeMap;

use evidence::Reading;
use serde_json::Value;

pub(crate) fn score(_records: &[Value], _readings: &BTreeMap<String, Reading>, _list: bool) {}
