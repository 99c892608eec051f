//! Figures of opinion polls that a text tells and the case does not have.
//!
//! Only a plain share of a list or a bloc of the case, given by somebody the sentence names as its pollster, on a
//! day that is known. Where the text says how many were asked, the figure comes with the interval of sampling error.

use evidence::{Bound, Precision, Quantity, Standing as Stands, When};
use jiff::civil::Date;

use super::edit::Edit;
use super::imported::around;
use super::material::{Material, Read};
use super::names::slug;
use super::{Proposal, ProposalKind};
use crate::actor::ActorKind;

/// The most days between the first and the last on which a poll asked, for the last to be its day (*Judged*).
const FIELD: i32 = 31;

/// Polls that the case does not have.
pub(super) fn propose(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for read in &material.documents {
        for quantity in &read.records.quantities {
            all.extend(proposal(material, read, quantity));
        }
    }
    all
}

fn proposal(material: &Material<'_>, read: &Read, quantity: &Quantity) -> Option<Proposal> {
    let [actor] = &quantity.actors[..] else { return None };
    let list = material
        .case
        .actor(actor)
        .filter(|a| matches!(a.kind, ActorKind::List | ActorKind::Bloc))?;
    let pollster = quantity.by.as_ref()?.text();
    let percent = quantity.value.filter(|v| (0.0..=100.0).contains(v))?;
    let plain = quantity.unit == "percent" && quantity.bound == Bound::Exactly;
    if !plain || quantity.standing != Stands::Body {
        return None;
    }
    let dated = read.entry.dated.as_ref().filter(|_| read.entry.dated_exactly);
    let published: Option<Date> = dated.and_then(|d| d.parse().ok());
    // The last day on which people were asked, where days are told; a month would be no day.
    let days = |w: &When| match w.precision {
        Precision::Day => true,
        Precision::Interval => w.from.until(w.to).is_ok_and(|span| span.get_days() <= FIELD),
        _ => false,
    };
    let said = quantity.when.filter(days).map(|w| w.to);
    let date = said.or(published)?;
    let id = slug(&format!("{pollster} {date} {actor}"));
    if material.case.polls.iter().any(|poll| *poll.id.get_ref() == id) {
        return None;
    }
    let whole = read.sentence(quantity.sentence)?;
    let ends = (usize::try_from(whole.start).ok()?, usize::try_from(whole.end).ok()?);
    let place = read.place(quantity.sentence, ends.0, ends.1)?;
    let mut new = Proposal::new(ProposalKind::Poll, format!("poll.{id}"), "poll-of-text");
    new.title = format!("{pollster}, {date}: {percent} % for {}", list.label());
    let sample = quantity.of.filter(|n| (1.0..=f64::from(u32::MAX)).contains(n)).map(|n| n as u32);
    let asked = match sample {
        Some(sample) => format!("{sample} were asked"),
        None => "how many were asked is not said".to_owned(),
    };
    new.why = format!(
        "the text gives \"{}\" of {} and names {pollster} as the one who asked; {asked}",
        quantity.quote.text(),
        list.label()
    );
    new.actors = vec![actor.clone()];
    new.edits = vec![Edit::AddPoll {
        id,
        date,
        actor: actor.clone(),
        percent,
        range: sample.map(|sample| around(percent, sample)),
        note: match sample {
            Some(sample) => {
                format!("{pollster}, {sample} asked; the range is sampling error alone")
            }
            None => format!("{pollster}; {asked}"),
        },
    }];
    new.weight = 1;
    new.places = vec![place];
    Some(new)
}
