//! The annex: what the answers rest on, folded away for those who want to look: sway, the vote, the government, what
//! moves, scenarios, disputes, and pictures of ties and supplies.

use std::collections::BTreeMap;

use case::Channel;

use super::Findings;
use crate::brief::{Block, Section};
use crate::picture::{
    Picture, PictureError, claims_matrix, dependence_sankey, seat_intervals, signed_network,
    sway_sankey,
};

/// Shares of the decision smaller than this are not drawn as flows.
const THINNEST: f64 = 0.0005;
/// The most claims and the most sources of one picture.
const CLAIMS: usize = 14;
const VOICES: usize = 12;

/// The section, where there is anything to draw.
pub(super) fn write(
    findings: &Findings<'_>,
    behind: Vec<Section>,
) -> Result<Option<Section>, PictureError> {
    let folded = behind.into_iter().filter(|section| !section.blocks.is_empty());
    let mut blocks: Vec<Block> = folded
        .map(|section| Block::Details { summary: section.heading, blocks: section.blocks })
        .collect();
    let mut fold = |summary: &str, picture: Option<Picture>, caption: &str| {
        if let Some(picture) = picture {
            let blocks_within = vec![Block::figure(picture, caption)];
            blocks.push(Block::Details { summary: summary.to_owned(), blocks: blocks_within });
        }
    };
    fold(
        "How sway flows: power, channel, first touch, decision",
        flows(findings)?,
        "The width of a band is its share of the decision; only the powers watched here are drawn.",
    );
    fold(
        "Who is tied to whom, channel by channel",
        network(findings)?,
        "Solid lines are ties, broken ones rivalries; the places are the same in every panel and on every date.",
    );
    fold(
        "Who says what, where sources differ",
        claims(findings)?,
        "Filled: the source says so. Copies of one report stand together.",
    );
    fold(
        "What the state lives on from abroad",
        supplies(findings)?,
        "The width is the yearly value; hatched flows need a waiver.",
    );
    fold(
        "How long each constitutional step takes",
        steps(findings)?,
        "The dot is the median, the thick bar holds half of the runs and the thin one nine in ten.",
    );
    let heading = "Annex".to_owned();
    Ok((!blocks.is_empty()).then_some(Section { heading, blocks }))
}

fn flows(findings: &Findings<'_>) -> Result<Option<Picture>, PictureError> {
    let measured = findings.measured;
    let focus = &findings.model.case.head.focus;
    let watched = measured.actors.iter().filter(|a| focus.iter().any(|f| f.get_ref() == &a.actor));
    let mut all = Vec::new();
    for actor in watched {
        for hop in actor.hops.iter().filter(|hop| hop.share >= THINNEST) {
            all.push(sway_sankey::Flow {
                patron: actor.label.clone(),
                channel: hop.channel.name().to_owned(),
                client: hop.label.clone(),
                body: measured.name.clone(),
                share: hop.share,
            });
        }
    }
    if all.len() < 2 {
        return Ok(None);
    }
    let title = format!("How sway over {} flows", measured.name);
    sway_sankey::draw(&sway_sankey::Input { title, flows: all }).map(Some)
}

fn network(findings: &Findings<'_>) -> Result<Option<Picture>, PictureError> {
    let case = findings.model.case;
    let places: BTreeMap<&str, usize> =
        case.actors.iter().enumerate().map(|(at, a)| (a.id.get_ref().as_str(), at)).collect();
    let Some(ego) = places.get(case.head.state.get_ref().as_str()).copied() else {
        return Ok(None);
    };
    let mut ties = Vec::new();
    for tie in &case.ties {
        let ends = (places.get(tie.from.get_ref().as_str()), places.get(tie.to.get_ref().as_str()));
        let (Some(one), Some(other)) = ends else { continue };
        let weight = case.belief(&tie.bandwidth).value * case.belief(&tie.dependence).value;
        let channel = Channel::ALL.iter().position(|c| *c == tie.channel).unwrap_or(0);
        ties.push(signed_network::Tie {
            one: *one,
            other: *other,
            channel,
            weight: weight.clamp(-1.0, 1.0),
            since: tie.since,
            until: tie.until,
        });
    }
    let security = Channel::ALL.iter().position(|c| c.name() == "security").unwrap_or(0);
    for rivalry in &case.rivalries {
        let ends =
            (places.get(rivalry.a.get_ref().as_str()), places.get(rivalry.b.get_ref().as_str()));
        let (Some(one), Some(other)) = ends else { continue };
        let top = rivalry.rungs.len().saturating_sub(1).max(1) as f64;
        let weight = -(0.2 + 0.8 * case.belief(&rivalry.rung).value / top).clamp(0.0, 1.0);
        let channel = security;
        ties.push(signed_network::Tie {
            one: *one,
            other: *other,
            channel,
            weight,
            since: None,
            until: None,
        });
    }
    if ties.len() < 3 {
        return Ok(None);
    }
    let input = signed_network::Input {
        title: "Ties and rivalries on the date of the brief".to_owned(),
        actors: case.actors.iter().map(|a| a.label().to_owned()).collect(),
        channels: Channel::ALL.iter().map(|c| c.name().to_owned()).collect(),
        ties,
        ego,
        as_of: case.as_of,
        top: 12,
    };
    signed_network::draw(&input).map(Some)
}

fn claims(findings: &Findings<'_>) -> Result<Option<Picture>, PictureError> {
    let case = findings.model.case;
    let mut said: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for dispute in &case.disputes {
        let versions: Vec<(&str, Vec<&str>)> = (dispute.versions.iter())
            .map(|v| {
                let keys = v.source.0.iter().map(|k| k.get_ref().as_str());
                (v.says.as_str(), keys.filter(|k| case.source(k).is_some()).collect())
            })
            .filter(|(_, keys): &(&str, Vec<&str>)| !keys.is_empty())
            .collect();
        if versions.len() >= 2 && said.len() + versions.len() <= CLAIMS {
            said.extend(
                versions.into_iter().map(|(says, keys)| (dispute.what.as_str(), says, keys)),
            );
        }
    }
    let mut voices: Vec<&str> = said.iter().flat_map(|(_, _, keys)| keys.iter().copied()).collect();
    voices.sort_unstable();
    voices.dedup();
    if voices.len() > VOICES {
        // Claims whose sources have no column are left to the table above.
        voices.truncate(VOICES);
        // A dispute is shown with all its sides or not at all.
        let left: Vec<&str> = (said.iter())
            .filter(|(_, _, keys)| !keys.iter().all(|key| voices.contains(key)))
            .map(|(what, ..)| *what)
            .collect();
        said.retain(|(what, ..)| !left.contains(what));
        voices.retain(|key| said.iter().any(|(_, _, keys)| keys.contains(key)));
    }
    if said.len() < 2 {
        return Ok(None);
    }
    let sources = voices.iter().filter_map(|key| {
        let source = case.source(key)?;
        Some(claims_matrix::Source {
            name: source.publisher.clone(),
            rating: format!("{}{}", source.reliability, source.credibility.get_ref()),
            cluster: source.copies.as_ref().map(|original| original.get_ref().clone()),
        })
    });
    let claims = said.iter().map(|(what, says, keys)| claims_matrix::Claim {
        slot: (*what).to_owned(),
        value: (*says).to_owned(),
        stances: (voices.iter())
            .map(|voice| match keys.contains(voice) {
                true => claims_matrix::Stance::Asserts,
                false => claims_matrix::Stance::Absent,
            })
            .collect(),
    });
    let input = claims_matrix::Input {
        title: "Figures on which sources differ".to_owned(),
        sources: sources.collect(),
        claims: claims.collect(),
    };
    claims_matrix::draw(&input).map(Some)
}

fn supplies(findings: &Findings<'_>) -> Result<Option<Picture>, PictureError> {
    let case = findings.model.case;
    let name = |id: &str| case.actor(id).map_or_else(|| id.to_owned(), |a| a.label().to_owned());
    let values = case.supplies.iter().map(|s| case.belief(&s.value).value);
    let greatest = values.fold(0.0, f64::max);
    if greatest <= 0.0 {
        return Ok(None);
    }
    let (unit, one) = match greatest {
        v if v >= 1e9 => ("billion US dollars a year", 1e9),
        _ => ("million US dollars a year", 1e6),
    };
    let flows: Vec<dependence_sankey::Flow> = (case.supplies.iter())
        .map(|supply| dependence_sankey::Flow {
            from: name(supply.from.get_ref()),
            kind: supply.name.clone(),
            to: name(supply.to.get_ref()),
            value: case.belief(&supply.value).value / one,
            exposed: supply.waiver.is_some(),
        })
        .filter(|flow| flow.value > 0.0)
        .collect();
    let input = dependence_sankey::Input {
        title: "Supplies from abroad by their yearly value".to_owned(),
        unit: unit.to_owned(),
        as_of: case.as_of,
        flows,
    };
    dependence_sankey::draw(&input).map(Some)
}

fn steps(findings: &Findings<'_>) -> Result<Option<Picture>, PictureError> {
    let stages = &findings.summary.stages;
    if !findings.forms() || stages.len() < 2 {
        return Ok(None);
    }
    let input = seat_intervals::Input {
        title: "Days that each step takes".to_owned(),
        unit: "days".to_owned(),
        lines: (stages.iter())
            .map(|stage| seat_intervals::Line {
                name: match stage.deadline {
                    Some(days) => format!("{} ({days} allowed)", stage.name),
                    None => stage.name.clone(),
                },
                spread: super::sections::spread(&stage.took),
            })
            .collect(),
        top: 0,
    };
    seat_intervals::draw(&input).map(Some)
}
