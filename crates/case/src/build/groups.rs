//! From written groups to the places of their members among the beliefs.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::estimate::Belief;
use crate::group::{Correlated, Group, fits};
use crate::source_map::Spot;
use crate::tree::Tree;

/// The groups known on the as-of date, with their members among all beliefs.
pub(super) fn correlated(
    groups: &[Group],
    tree: &Tree<'_>,
    beliefs: &[Belief],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Correlated> {
    if groups.is_empty() {
        return Vec::new();
    }
    let paths = tree.estimate_paths();
    let mut taken: BTreeMap<usize, Spot> = BTreeMap::new();
    groups.iter().map(|group| one(group, &paths, beliefs, &mut taken, faults)).collect()
}

fn one(
    group: &Group,
    paths: &[String],
    beliefs: &[Belief],
    taken: &mut BTreeMap<usize, Spot>,
    faults: &mut Vec<Diagnostic>,
) -> Correlated {
    let mut members: Vec<(usize, f64)> = Vec::new();
    let mut written = 0;
    for member in &group.members {
        let (pattern, sign) = match member.get_ref().strip_prefix('-') {
            Some(pattern) => (pattern, -1.0),
            None => (member.get_ref().as_str(), 1.0),
        };
        let hits = paths.iter().filter(|path| fits(pattern, path)).count();
        written += hits;
        if hits == 0 {
            let message = format!("\"{pattern}\": no such estimate");
            let fault = Diagnostic::error("group", member.span(), message);
            faults.push(fault.nearest(pattern, paths.iter().map(String::as_str)));
        }
        for (id, belief) in beliefs.iter().enumerate() {
            if belief.path.starts_with("group.") || !fits(pattern, &belief.path) {
                continue;
            }
            if let Some(first) = taken.insert(id, member.span()) {
                let message = format!("\"{}\" is in a group already", belief.path);
                let fault = Diagnostic::error("group", member.span(), message);
                faults.push(fault.also(first, "first here"));
                continue;
            }
            members.push((id, sign));
        }
    }
    let spot = group.rho.spot.clone();
    if written == 1 {
        let message = format!("group \"{}\" has one member alone", group.id.get_ref());
        faults.push(Diagnostic::warning("group", group.id.span(), message));
    }
    let outside = |v: &f64| !(*v > -1.0 && *v < 1.0);
    let ends = group.rho.dated.iter().flat_map(|d| {
        let (low, high) = d.range();
        [d.value, low, high]
    });
    let ends: Vec<f64> = ends.collect();
    if ends.iter().any(outside) {
        let message = "rho must lie between -1 and 1, both excluded";
        faults.push(Diagnostic::error("group", spot, message));
    } else if ends.iter().any(|v| *v < 0.0) && written > 2 {
        let message = format!("{written} members cannot all err against one another");
        faults.push(
            Diagnostic::error("group", spot, message)
                .hint("put a minus before the paths that err the other way, and take rho above 0"),
        );
    }
    let id = group.id.get_ref().clone();
    Correlated { id, kind: group.kind, rho: group.rho.id, members }
}
