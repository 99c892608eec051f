//! Findings as SARIF 2.1.0, the format in which editors and code hosts take them.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::meaning;
use crate::source_map::{SourceMap, Spot};

/// A SARIF log of one run over some cases: for each its findings and the map of its files.
#[must_use]
pub fn sarif(version: &str, cases: &[(&[Diagnostic], &SourceMap)]) -> Value {
    let mut rules: Vec<&'static str> =
        cases.iter().flat_map(|(findings, _)| findings.iter().map(|f| f.rule)).collect();
    rules.sort_unstable();
    rules.dedup();
    let place = |rule: &str| rules.iter().position(|known| *known == rule);
    let results: Vec<Value> = cases
        .iter()
        .flat_map(|(findings, map)| findings.iter().map(|f| result(f, map, place(f.rule))))
        .collect();
    let rules: Vec<Value> = rules
        .iter()
        .map(|rule| json!({ "id": rule, "shortDescription": { "text": meaning(rule) } }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "shatterbelt", "version": version, "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(finding: &Diagnostic, map: &SourceMap, rule: Option<usize>) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let text = match &finding.hint {
        Some(hint) => format!("{}; {hint}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level,
        "message": { "text": text },
        "locations": location(&finding.spot, map, None).into_iter().collect::<Vec<_>>(),
    });
    if let Some(index) = rule {
        result["ruleIndex"] = json!(index);
    }
    if let Some((spot, label)) = &finding.also
        && let Some(location) = location(spot, map, Some(label))
    {
        result["relatedLocations"] = json!([location]);
    }
    result
}

fn location(spot: &Spot, map: &SourceMap, label: Option<&str>) -> Option<Value> {
    let start = map.place(spot)?;
    let end = map.place(&(spot.end..spot.end)).filter(|end| end.file == start.file);
    let end = end.unwrap_or_else(|| start.clone());
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&start.file) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
    });
    if let Some(label) = label {
        location["message"] = json!({ "text": label });
    }
    Some(location)
}

/// A path as a URI reference: forward slashes, and everything else that is not plain escaped.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
