//! What lists won, from tables of elections, as results.

use super::super::edit::Edit;
use super::super::material::Material;
use super::super::{Proposal, ProposalKind};
use super::{Says, list, new, rows};
use crate::contest::ElectionResult;

/// What lists of the case won in elections whose result it does not have.
pub(in crate::proposal) fn results(material: &Material<'_>) -> Vec<Proposal> {
    let case = material.case;
    let mut all = Vec::new();
    for (import, row) in rows(material) {
        let Says::Result { date, names, percent, seats, .. } = &row.says else { continue };
        let Some(list) = list(case, names) else { continue };
        let same = case.results.iter().filter(|result| result.date == *date);
        let has =
            |result: &ElectionResult| result.district.is_none() && result.list.get_ref() == list;
        if same.clone().any(has) || percent.is_none() && seats.is_none() {
            continue;
        }
        let held = case.contests.iter().find(|contest| contest.date.get_ref() == date);
        let known = same.clone().next().map(|result| result.election.get_ref());
        let election = known.or(held.map(|contest| contest.id.get_ref()));
        let election = election.map_or_else(|| date.year().to_string(), String::clone);
        let target = format!("result.{election}:{list}");
        let mut result = new(ProposalKind::Result, target, "import/parlgov", import, row);
        let label = case.actor(list).map_or(list, |actor| actor.label());
        let told = [percent.map(|p| format!("{p} %")), seats.map(|n| format!("{n} seats"))];
        let told: Vec<String> = told.into_iter().flatten().collect();
        result.title = format!("{label} on {date}: {}", told.join(", "));
        result.actors = vec![list.to_owned()];
        result.edits = vec![Edit::AddResult {
            election,
            date: *date,
            list: list.to_owned(),
            percent: *percent,
            seats: *seats,
            note: format!("line {} of {}", row.line, import.file),
        }];
        all.push(result);
    }
    all
}
