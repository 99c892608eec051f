//! The body: sway, the election, the government, scenarios, what sources dispute, what happened lately.

use assess::Interval;
use assess::compare::Unit;
use case::Channel;

use super::bottom_line::{seats_note, share, sway_note};
use super::notes::Notes;
use super::{Compared, Findings, government, map, motion, persons, words};
use crate::brief::{Block, Section};
use crate::numbers;
use crate::picture::Picture;
use crate::picture::{PictureError, Spread, hemicycle, paired_difference, sway_bars, timeline};
use crate::table::{Column, Table};
use crate::text::Text;

/// The sections in their order.
pub(super) fn write(
    findings: &Findings<'_>,
    notes: &mut Notes<'_>,
) -> Result<Vec<Section>, PictureError> {
    let mut all = vec![sway(findings, notes)?];
    if findings.model.elects() {
        all.push(election(findings, notes)?);
    }
    match findings.forms() {
        true => all.push(government::write(findings, notes)?),
        false => all.push(sitting(findings)),
    }
    all.extend(motion::section(findings, notes)?);
    if !findings.scenarios.is_empty() {
        all.push(scenarios(findings)?);
    }
    all.extend(disputes(findings));
    all.extend(lately(findings)?);
    Ok(all)
}

pub(super) fn spread(interval: &Interval) -> Spread {
    Spread::new(interval.median, interval.low, interval.high)
        .with_inner(interval.lower, interval.upper)
}

/// The spread of a share, told by its mean, which is what adds up to the whole.
fn mean_spread(interval: &Interval) -> Spread {
    Spread::new(interval.mean, interval.low.min(interval.mean), interval.high.max(interval.mean))
}

fn sway(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Result<Section, PictureError> {
    let measured = findings.measured;
    let case = findings.model.case;
    let mut own: f64 = measured.actors.iter().map(|a| a.own).sum();
    own += measured.fringe.mean;
    let mut lead = Text::new().plain(format!(
        "Over {} draws members of the assembly keep on average {} of the decision to themselves; the rest is due to those who pull on them. ",
        numbers::whole(f64::from(measured.draws)),
        numbers::share(own)
    ));
    let watched: Vec<_> = (measured.actors.iter())
        .filter(|a| case.head.focus.iter().any(|f| f.get_ref() == &a.actor))
        .collect();
    for (i, actor) in watched.iter().enumerate() {
        let note = sway_note(notes, findings, actor);
        let t = &actor.total;
        let sign = if i + 1 == watched.len() { "." } else { "; " };
        let name = if i == 0 { words::start(&actor.name) } else { words::mid(&actor.name) };
        let verb = format!(" {} ", words::agree(&actor.name, "holds", "hold"));
        lead = lead.name(name).plain(verb).number(share(t.mean, t.low, t.high), note).plain(sign);
    }
    let picture = sway_bars::draw(&sway_bars::Input {
        title: format!("Sway over {}", measured.name),
        channels: Channel::ALL.iter().map(|c| c.name().to_owned()).collect(),
        actors: (measured.actors.iter())
            .map(|a| sway_bars::Actor {
                name: a.label.clone(),
                own: a.own,
                channels: Channel::ALL
                    .iter()
                    .map(|c| a.channels.get(c).copied().unwrap_or(0.0))
                    .collect(),
                total: mean_spread(&a.total),
            })
            .collect(),
        top: 14,
    })?;
    let mut table = Table::new(
        "Through whom the powers watched here reach the decision",
        vec![
            Column::words("Power"),
            Column::words("First touch"),
            Column::words("Channel"),
            Column::numbers("Share of the decision"),
        ],
    );
    for actor in &watched {
        for hop in actor.hops.iter().filter(|h| h.share >= 0.0005).take(5) {
            let share = numbers::share(hop.share);
            table.row([
                actor.label.clone(),
                hop.label.clone(),
                hop.channel.name().to_owned(),
                share,
            ]);
        }
    }
    let caption = "Each bar is an actor's share of the decision: what its own seats hold, and what it holds through others, by channel. Whiskers hold nine draws in ten.";
    let mut blocks = vec![Block::Paragraph(lead), Block::figure(picture, caption)];
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    Ok(Section { heading: format!("Who holds sway over {}", measured.name), blocks })
}

fn election(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Result<Section, PictureError> {
    let case = findings.model.case;
    let summary = findings.summary;
    let (seats, majority) = match &case.assembly {
        Some(assembly) => (*assembly.seats.get_ref(), *assembly.majority.get_ref()),
        None => (0, 0),
    };
    let mut lead = Text::new();
    if let Some(contest) = &case.contest {
        let day = words::date(*contest.date.get_ref());
        lead = match *contest.date.get_ref() > case.as_of {
            true => lead.plain(format!("Voters go to the polls on {day}. ")),
            false => lead.plain(format!(
                "The vote of {day} has been held, and the case does not know its result: it is drawn here as if it were open. "
            )),
        };
    }
    let expected = summary.lists.iter().take(4).enumerate().map(|(i, list)| {
        let note = seats_note(notes, findings, list);
        let held = numbers::about(list.seats.median, list.seats.low, list.seats.high);
        let range = numbers::range(list.seats.low, list.seats.high);
        let name = case.actor(&list.list).map_or(list.label.as_str(), |a| a.name.as_str());
        let (name, verb) = match i {
            0 => (words::start(name), " may expect "),
            _ => (words::mid(name), " "),
        };
        Text::new().name(name).plain(verb).number(format!("{held} seats ({range})"), note)
    });
    let expected: Vec<Text> = expected.collect();
    lead = lead.text(words::row(expected)).plain(". ");
    if let Some(turnout) = &summary.turnout {
        let note = notes.on(
            "turnout",
            "Turnout",
            "Valid votes over registered voters; those of absent lists who stay at home are not counted.",
            |p| p.starts_with("contest.") || p.starts_with("entry.") || p == "process.election.turnout_swing",
        );
        lead = lead
            .plain("Turnout comes to ")
            .number(share(turnout.median, turnout.low, turnout.high), note)
            .plain(". ");
    }
    for entry in case.entries.iter().filter(|e| !e.participates) {
        let name = case.actor(entry.list.get_ref()).map_or("", |a| a.name.as_str());
        lead = lead.name(words::start(name)).plain(" stays away. ");
    }
    let mut parties: Vec<hemicycle::Party> = (summary.lists.iter())
        .map(|l| hemicycle::Party {
            name: l.label.clone(),
            group: l.community.clone(),
            seats: spread(&l.seats),
        })
        .collect();
    if summary.fringe.median > 0.0 {
        parties.push(hemicycle::Party {
            name: "Small lists".to_owned(),
            group: None,
            seats: spread(&summary.fringe),
        });
    }
    let chamber = hemicycle::draw(&hemicycle::Input {
        title: "The next assembly at the lists' medians".to_owned(),
        parties,
        seats,
        majority,
        order: hemicycle::Order::ByGroup,
    })?;
    let mut blocks = vec![
        Block::Paragraph(lead),
        Block::figure(
            chamber,
            "One dot is one seat. Below, the dot is the median, the thick bar holds half of the runs and the thin one nine in ten.",
        ),
    ];
    if let Some(drawn) =
        map::map(findings.model, findings.ensemble, summary, map::Shown::First, false)?
    {
        blocks.push(Block::figure(
            drawn,
            "The list that comes first in most futures, and in how many. The darker, the surer; hues as in the assembly.",
        ));
    }
    Ok(Section { heading: "The election".to_owned(), blocks })
}

/// The government in office, where none is to be formed.
fn sitting(findings: &Findings<'_>) -> Section {
    let case = findings.model.case;
    let end = words::date(findings.model.end);
    let mut lead = Text::new();
    if let Some(formed) = findings.in_office() {
        lead = lead
            .plain("The last government known to the case is led by ")
            .name(formed.head.as_str())
            .plain(format!(" and won confidence on {}. ", words::date(formed.confidence)));
    }
    lead = lead.plain(match case.formation_pending() {
        true => format!("The processes in play form no government before {end}, the end of the runs."),
        false => format!(
            "No election is due and no government is being formed, so the runs, which end on {end}, play neither."
        ),
    });
    let mut table =
        Table::new("The sitting assembly", vec![Column::words("List"), Column::numbers("Seats")]);
    for list in &findings.summary.lists {
        let name = case.actor(&list.list).map_or(list.label.as_str(), |a| a.name.as_str());
        table.row([name.to_owned(), numbers::whole(list.seats.median)]);
    }
    let mut blocks = vec![Block::Paragraph(lead)];
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    Section { heading: "The government in office".to_owned(), blocks }
}

fn scenarios(findings: &Findings<'_>) -> Result<Section, PictureError> {
    let mut blocks = Vec::new();
    for scenario in findings.scenarios {
        blocks.push(Block::Heading(scenario.title.clone()));
        let mut lead = Text::new();
        if let Some(why) = &scenario.why {
            lead = lead.plain(format!("{why} "));
        }
        let comparison = &scenario.comparison;
        let changed: Vec<_> = comparison.differences.iter().filter(|d| moves(d)).collect();
        if changed.is_empty() {
            blocks.push(Block::Paragraph(lead.plain(
                "Under the same luck no figure followed here moves further than chance would move it.",
            )));
            continue;
        }
        lead = lead
            .plain("Under the same luck these figures move further than chance would move them.");
        blocks.push(Block::Paragraph(lead));
        let counted = changed.iter().any(|d| d.unit != Unit::Probability);
        if counted {
            blocks.push(Block::figure(
                differences(scenario)?,
                "Scenario minus base, run by run: the dot is the median pair, the bar holds nine pairs in ten.",
            ));
        }
        let odds: Vec<_> = changed.iter().filter(|d| d.unit == Unit::Probability).take(5).collect();
        if !odds.is_empty() {
            let mut table = Table::new(
                format!("{}: how often", scenario.title),
                vec![
                    Column::words("What"),
                    Column::numbers("Base"),
                    Column::numbers("Scenario"),
                    Column::numbers("Change in points"),
                ],
            );
            for d in odds {
                let points = numbers::signed(100.0 * d.difference.mean, 1);
                let change = format!("{points} ± {}", numbers::decimal(100.0 * d.error, 1));
                table.row([
                    persons::within(findings.model.case, &d.quantity),
                    numbers::percent(d.base),
                    numbers::percent(d.scenario),
                    change,
                ]);
            }
            blocks.push(Block::Table(table));
        }
    }
    Ok(Section { heading: "What would change it".to_owned(), blocks })
}

/// Whether a figure moves further than the luck of the pairs would move it.
fn moves(difference: &assess::compare::Difference) -> bool {
    difference.changed > 0.0 && difference.difference.mean.abs() > difference.error
}

fn differences(scenario: &Compared) -> Result<Picture, PictureError> {
    let rows = scenario.comparison.differences.iter();
    let counted = rows.filter(|d| moves(d) && d.unit != Unit::Probability);
    let mut quantities: Vec<paired_difference::Quantity> = counted
        .map(|d| paired_difference::Quantity {
            name: d.quantity.clone(),
            unit: if d.unit == Unit::Days { "days" } else { "seats" }.to_owned(),
            difference: spread(&d.difference),
            changed: d.changed,
            places: 1,
        })
        .collect();
    let days: Vec<_> = quantities.extract_if(.., |q| q.unit == "days").collect();
    quantities.truncate(9);
    quantities.extend(days);
    paired_difference::draw(&paired_difference::Input {
        title: scenario.title.clone(),
        scenario: scenario.name.clone(),
        base: "base".to_owned(),
        quantities,
    })
}

fn disputes(findings: &Findings<'_>) -> Option<Section> {
    let case = findings.model.case;
    let mut table = Table::new(
        "Figures on which sources disagree, side by side",
        vec![Column::words("What"), Column::words("Versions"), Column::words("Sources")],
    );
    for dispute in &case.disputes {
        // A version whose every source is later than the date is not yet known.
        let known: Vec<_> = (dispute.versions.iter())
            .filter(|v| {
                v.source.0.is_empty()
                    || v.source.0.iter().any(|k| case.source(k.get_ref()).is_some())
            })
            .collect();
        if known.len() < 2 {
            continue;
        }
        let says: Vec<&str> = known.iter().map(|v| v.says.as_str()).collect();
        let keys: Vec<String> = (known.iter().flat_map(|v| &v.source.0))
            .filter_map(|k| Some(case.source(k.get_ref())?.publisher.clone()))
            .collect();
        table.row([dispute.what.clone(), says.join(" / "), keys.join("; ")]);
    }
    (!table.rows.is_empty()).then(|| Section {
        heading: "What sources dispute".to_owned(),
        blocks: vec![Block::Table(table)],
    })
}

fn lately(findings: &Findings<'_>) -> Result<Option<Section>, PictureError> {
    let case = findings.model.case;
    let mut events: Vec<_> = case.events.iter().filter(|e| e.date <= case.as_of).collect();
    events.sort_by_key(|e| e.date);
    let recent: Vec<_> = events.into_iter().rev().take(12).rev().collect();
    if recent.is_empty() {
        return Ok(None);
    }
    let mut lanes: Vec<String> = Vec::new();
    let lane_of = |actors: &[toml::Spanned<String>]| {
        let named = actors.iter().filter_map(|a| case.actor(a.get_ref()));
        named.map(|a| a.label().to_owned()).next().unwrap_or_else(|| "Others".to_owned())
    };
    let mut marks = Vec::new();
    for event in &recent {
        let name = lane_of(&event.actors);
        let lane = lanes.iter().position(|l| *l == name).unwrap_or_else(|| {
            lanes.push(name);
            lanes.len() - 1
        });
        marks.push(timeline::Event {
            date: event.date,
            lane,
            label: event.what.clone(),
            sources: u32::try_from(event.source.0.len()).unwrap_or(1),
        });
    }
    let picture = timeline::draw(&timeline::Input {
        title: "The latest events in the case".to_owned(),
        lanes,
        events: marks,
    })?;
    Ok(Some(Section {
        heading: "What happened lately".to_owned(),
        blocks: vec![Block::figure(picture, "Events of the case by their first actor.")],
    }))
}

/// What is known of earlier outcomes, since no forecast of the case has been scored yet.
pub(super) fn record(findings: &Findings<'_>) -> Vec<Block> {
    let case = findings.model.case;
    let mut blocks = vec![Block::Paragraph(Text::from(
        "No forecast of this case has been frozen and scored yet, so nothing here claims a record.",
    ))];
    if case.formed.is_empty() {
        return blocks;
    }
    let mut table = Table::new(
        "Earlier formations, the plainest base rate",
        vec![
            Column::words("Election"),
            Column::numbers("Days to confidence"),
            Column::words("Head of government"),
            Column::words("Names that fell on the way"),
        ],
    );
    for formed in &case.formed {
        let days = formed.confidence.since(formed.date).map_or(0, |s| s.get_days());
        let failed = match formed.failed.is_empty() {
            true => "none".to_owned(),
            false => formed.failed.join(", "),
        };
        table.row([
            match formed.mid_term {
                true => format!("none; resignation of {}", words::date(formed.date)),
                false => words::date(formed.date),
            },
            days.to_string(),
            formed.head.clone(),
            failed,
        ]);
    }
    blocks.push(Block::Table(table));
    blocks
}
