//! The later pictures hold at every size of input and whatever they are given.

use crate::fixture;
use crate::look;

use crate::fixture::figures;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use report::picture::*;

fn hold(picture: &Picture) {
    for (drawing, width) in [(&picture.wide, 720.0), (&picture.narrow, 340.0)] {
        let svg = drawing.standalone("x", "T", "D");
        assert_eq!(look::well_formed(&svg), Ok(()));
        for wrong in ["=\"NaN", "=\"inf", "=\"-inf", "\u{1}"] {
            assert!(!svg.contains(wrong), "{}", picture.name);
        }
        let name = &picture.name;
        assert_eq!(look::faults(drawing, width), Vec::<String>::new(), "{name} {width}");
        for text in look::texts(&svg) {
            assert!(text.size >= 11.0, "{name}: {text:?}");
        }
    }
    assert_eq!(look::not_in_table(picture), Vec::<String>::new(), "{}", picture.name);
    assert_eq!(picture.csv().lines().count(), picture.table.rows.len() + 1, "{}", picture.name);
}

fn nothing(picture: &Picture) {
    hold(picture);
    assert!(picture.description.starts_with("Nothing to show: "), "{}", picture.name);
    assert!(picture.table.rows.is_empty());
}

const LONG: &str =
    "Federation of Unreasonably Long-Named Municipal Associations of the Lower Plain";
const RIGHT: &str = "اتحاد جمعيات البلديات في السهل الجنوبي والميناء القديم";

/// Names of all kinds: plain, very long, from right to left, without a break, empty.
fn named(place: usize) -> String {
    match place % 7 {
        1 => format!("{LONG} {place}"),
        3 => format!("{RIGHT} {place}"),
        5 => format!("{}{place}", "W".repeat(90)),
        6 => String::new(),
        _ => format!("Name {place}"),
    }
}

fn day(place: usize) -> Date {
    date(2031, 1, 1).saturating_add((place as i32 * 11).days())
}

/// One of each picture with `count` items of hard names and values from nothing to much.
fn of_size(count: usize) -> Vec<Picture> {
    let value = |place: usize| match place % 5 {
        0 => 0.0,
        1 => 1e-7,
        _ => figures::noise(place, 1) / count.max(1) as f64,
    };
    let flows = (0..count)
        .map(|k| sway_sankey::Flow {
            patron: named(k),
            channel: named(k / 3),
            client: named(k * 2),
            body: named(k / 9),
            share: value(k + 2),
        })
        .collect();
    let money = (0..count)
        .map(|k| dependence_sankey::Flow {
            from: named(k),
            kind: named(k / 4),
            to: named(k * 3),
            value: value(k + 2) * 1e6,
            exposed: k % 2 == 0,
        })
        .collect();
    let ties = (1..count)
        .map(|k| signed_network::Tie {
            one: k,
            other: k * 7 % 13 % k,
            channel: k % 3,
            weight: if k % 3 == 0 { -0.4 } else { 0.9 },
            since: None,
            until: None,
        })
        .collect();
    let spread = |place: usize| {
        let middle = value(place);
        Spread::new(middle, middle / 2.0, middle * 2.0).with_inner(middle * 0.8, middle * 1.2)
    };
    let rungs: Vec<String> = (0..count.min(30)).map(named).collect();
    vec![
        sway_sankey::draw(&sway_sankey::Input { title: "T".into(), flows }),
        dependence_sankey::draw(&dependence_sankey::Input {
            title: "T".into(),
            unit: "billion a year".into(),
            as_of: day(0),
            flows: money,
        }),
        signed_network::draw(&signed_network::Input {
            title: "T".into(),
            actors: (0..count).map(named).collect(),
            channels: (0..3).map(named).collect(),
            ties,
            ego: 0,
            as_of: day(0),
            top: 60,
        }),
        swimlanes::draw(&swimlanes::Input {
            title: "T".into(),
            lanes: (0..count.max(1)).map(named).collect(),
            events: (0..count)
                .map(|k| swimlanes::Event {
                    date: day(k),
                    lane: k / 2,
                    label: named(k),
                    sources: k as u32 % 4,
                })
                .collect(),
            intervals: (0..count / 3)
                .map(|k| swimlanes::Interval {
                    from: day(k),
                    to: day(k + 4),
                    lane: k % 4,
                    label: named(k),
                })
                .collect(),
            deadlines: (0..count.min(5))
                .map(|k| swimlanes::Deadline { date: day(k * 3), label: named(k) })
                .collect(),
        }),
        influence_fan::draw(&influence_fan::Input {
            title: "T".into(),
            unit: named(count),
            shares: true,
            points: (0..count)
                .map(|k| influence_fan::Point {
                    date: day(k),
                    spread: (k % 9 != 4).then(|| spread(k)),
                })
                .collect(),
            evidence: (0..count)
                .map(|k| influence_fan::Evidence { date: day(k * 2), label: named(k) })
                .collect(),
        }),
        tornado::draw(&tornado::Input {
            title: "T".into(),
            outcome: named(1),
            places: 1,
            estimates: (0..count)
                .map(|k| tornado::Estimate {
                    name: named(k),
                    low: named(k + 1),
                    high: named(k + 2),
                    low_effect: -value(k) * 1e4,
                    high_effect: value(k + 3) * if k % 2 == 0 { 1e4 } else { -1e4 },
                    total_order: (k % 3 != 0).then(|| spread(k)),
                })
                .collect(),
            top: 0,
        }),
        prim_strip::draw(&prim_strip::Input {
            title: "T".into(),
            sentence: named(1),
            density: 1.0,
            base: 0.0,
            coverage: value(2),
            rules: (0..count)
                .map(|k| prim_strip::Rule {
                    variable: named(k),
                    unit: named(k + 1),
                    tried: (0.0, 10f64.powi((k % 9) as i32 - 4)),
                    least: (k % 2 == 0).then_some(1e-5),
                    most: None,
                    pieces: (0..k as u64 % 5).map(|piece| (piece, piece / 2)).collect(),
                })
                .collect(),
        }),
        calibration::draw(&calibration::Input {
            title: "T".into(),
            bins: (0..count)
                .map(|k| {
                    let said = k as f64 / count as f64;
                    let came = value(k);
                    calibration::Bin { said, came, low: 0.0, high: 1.0, count: k as u64 * 900 + 1 }
                })
                .collect(),
            scores: vec![named(1), named(2), named(3)],
            forecasters: (0..count)
                .map(|k| calibration::Score {
                    forecaster: named(k),
                    values: vec![value(k), -value(k + 1), 1e9],
                })
                .collect(),
        }),
        escalation_ladder::draw(&escalation_ladder::Input {
            title: "T".into(),
            steps: (0..count)
                .map(|k| escalation_ladder::Step {
                    label: named(k),
                    shares: if k < count / 2 {
                        Vec::new()
                    } else {
                        rungs.iter().enumerate().map(|(rung, _)| value(rung)).collect()
                    },
                    observed: (k <= count / 2 && k % 6 != 5).then_some(k % rungs.len().max(1)),
                })
                .collect(),
            rungs,
        }),
        district_map::draw(&district_map::Input {
            title: "T".into(),
            unit: named(1),
            shares: false,
            groups: vec![named(2), named(3)],
            places: vec![district_map::Place { name: named(4), at: (0.5, 0.5) }],
            districts: (0..count)
                .map(|k| {
                    let (x, y) = ((k % 8) as f64, (k / 8) as f64);
                    let ring = vec![(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)];
                    district_map::District {
                        name: named(k),
                        code: format!("D{k}"),
                        value: (k % 4 != 3).then(|| value(k) * 1e5),
                        holder: (k % 3 == 0)
                            .then(|| district_map::Holder { name: named(k), group: k % 2 }),
                        outline: vec![ring],
                        hexagon: Some((k as i32 % 8, k as i32 / 8)),
                    }
                })
                .collect(),
        }),
        claims_matrix::draw(&claims_matrix::Input {
            title: "T".into(),
            sources: (0..count)
                .map(|k| claims_matrix::Source {
                    name: named(k),
                    rating: if k % 3 == 0 { String::new() } else { named(k) },
                    cluster: (k % 4 == 0).then(|| "a".to_owned()),
                })
                .collect(),
            claims: (0..count)
                .map(|k| claims_matrix::Claim {
                    slot: named(k / 2),
                    value: named(k),
                    stances: (0..count)
                        .map(|j| match (j + k) % 3 {
                            0 => claims_matrix::Stance::Asserts,
                            1 => claims_matrix::Stance::Denies,
                            _ => claims_matrix::Stance::Absent,
                        })
                        .collect(),
                })
                .collect(),
        }),
        ridgelines::draw(&ridgelines::Input {
            title: "T".into(),
            unit: named(1),
            differences: count.is_multiple_of(2),
            places: 1,
            scenarios: (0..count)
                .map(|k| ridgelines::Scenario {
                    name: named(k),
                    values: (0..k * 5 + 1).map(|run| figures::noise(run, k) * value(k)).collect(),
                })
                .collect(),
        }),
    ]
    .into_iter()
    .map(Result::unwrap)
    .collect()
}

#[test]
fn nothing_at_all_is_said_to_be_nothing() {
    for picture in of_size(0) {
        nothing(&picture);
    }
    let mut sway = fixture::sway_input();
    sway.actors.clear();
    nothing(&sway_bars::draw(&sway).unwrap());
    let mut coalitions = fixture::coalition_input();
    (coalitions.coalitions, coalitions.facts) = (Vec::new(), Vec::new());
    nothing(&coalition_matrix::draw(&coalitions).unwrap());
    let mut events = fixture::timeline_input();
    events.events.clear();
    nothing(&timeline::draw(&events).unwrap());
    let mut lines = fixture::intervals_input();
    lines.lines.clear();
    nothing(&seat_intervals::draw(&lines).unwrap());
    let mut rows = fixture::difference_input();
    rows.quantities.clear();
    nothing(&paired_difference::draw(&rows).unwrap());
}

#[test]
fn one_item_two_and_sixty_are_drawn() {
    let faults: Vec<String> = [1, 2, 3, 12, 60]
        .into_iter()
        .flat_map(|count| of_size(count).into_iter().map(move |picture| (count, picture)))
        .filter_map(|(count, picture)| {
            let fault = std::panic::catch_unwind(|| hold(&picture)).err()?;
            let fault = fault.downcast_ref::<String>().cloned().unwrap_or_default();
            Some(format!("{} of {count}: {fault}", picture.name))
        })
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (one, other) in of_size(23).iter().zip(of_size(23)) {
        assert_eq!(one.svg(), other.svg());
        assert_eq!(one.csv(), other.csv());
    }
}

#[test]
fn a_network_stands_still_across_dates() {
    // what the nodes have in common: every place of a circle
    fn circles(input: &signed_network::Input) -> std::collections::BTreeSet<String> {
        let svg = signed_network::draw(input).unwrap().narrow.inline("x", "", "");
        let dots = svg.split("<circle cx=\"").skip(1);
        dots.filter_map(|dot| dot.split(" r=").next()).map(str::to_owned).collect()
    }
    let now = figures::network_input();
    let mut before = now.clone();
    before.as_of = date(2034, 5, 1);
    assert_ne!(
        signed_network::draw(&now).unwrap().table.rows.len(),
        signed_network::draw(&before).unwrap().table.rows.len()
    );
    assert_eq!(circles(&now), circles(&before));
}

#[test]
fn a_network_never_draws_more_than_twenty_five() {
    let input = signed_network::Input {
        title: "T".into(),
        actors: (0..200).map(|k| format!("Actor {k}")).collect(),
        channels: vec!["all".into()],
        ties: (1..200)
            .map(|k| signed_network::Tie {
                one: 0,
                other: k,
                channel: 0,
                weight: 0.5,
                since: None,
                until: None,
            })
            .collect(),
        ego: 0,
        as_of: date(2034, 1, 1),
        top: 150,
    };
    let picture = signed_network::draw(&input).unwrap();
    let svg = picture.wide.inline("x", "", "");
    assert_eq!(svg.matches("w2 l-c4").count(), 24);
    let more = "… 175 more actors in the table, less tied to Actor 0";
    assert!(picture.table.marks.iter().any(|note| note == more));
}

#[test]
fn nothing_is_drawn_across_a_gap() {
    let mut input = figures::fan_input();
    let pieces = |input: &influence_fan::Input| {
        influence_fan::draw(input).unwrap().wide.inline("x", "", "").matches("w3 l-c0").count()
    };
    assert_eq!(pieces(&input), 2);
    input.points[5].spread = None;
    assert_eq!(pieces(&input), 3);
}

#[test]
fn copies_count_as_one_voice() {
    let picture = claims_matrix::draw(&figures::claims_input()).unwrap();
    // seven sources assert it in two clusters; one denies
    assert_eq!(picture.table.rows[0][2].to_plain(), "2 : 1");
}

#[test]
fn what_a_stream_loses_in_no_stage() {
    // the sums at the nodes of each stage, in the notes of the table, are the same whole
    let picture = dependence_sankey::draw(&figures::dependence_input()).unwrap();
    let svg = picture.wide.inline("x", "", "");
    assert!(svg.contains("url(#x-strike)"));
    let sum = |note: &String| -> f64 {
        note.trim_end_matches('.')
            .split(", ")
            .filter_map(|part| part.split(' ').next_back()?.parse::<f64>().ok())
            .sum()
    };
    for note in &picture.table.notes[..3] {
        assert!((sum(note) - 41.74).abs() < 0.2, "{note}");
    }
}

#[test]
fn wrong_input_is_refused_with_its_place() {
    let mut input = figures::claims_input();
    input.claims[1].stances.pop();
    assert!(claims_matrix::draw(&input).unwrap_err().place.starts_with("claim 2"));
    let mut input = figures::ladder_input();
    input.steps[3].observed = Some(9);
    assert!(escalation_ladder::draw(&input).unwrap_err().place.starts_with("step 4"));
    let mut input = figures::map_input();
    input.districts[2].outline[0][0] = (44.0, 95.0);
    assert!(district_map::draw(&input).unwrap_err().fault.contains("not on the globe"));
    let mut input = figures::map_input();
    input.districts[2].hexagon = input.districts[1].hexagon;
    assert!(district_map::draw(&input).unwrap_err().fault.contains("Snowline"));
    let mut input = figures::map_input();
    input.districts[2].holder = Some(district_map::Holder { name: "Reds".into(), group: 1 });
    assert!(district_map::draw(&input).unwrap_err().place.starts_with("district 3"));
    let mut input = figures::map_input();
    input.places[0].at = (f64::NAN, 36.0);
    assert!(district_map::draw(&input).unwrap_err().place.contains("Old Port"));
    let mut input = figures::prim_input();
    input.rules[0].least = Some(0.9);
    assert!(prim_strip::draw(&input).is_err());
    let mut input = figures::network_input();
    input.ties[0].weight = 1.5;
    assert!(signed_network::draw(&input).is_err());
    let mut input = figures::swimlanes_input();
    input.intervals[0].to = date(2030, 1, 1);
    assert!(swimlanes::draw(&input).is_err());
    for wrong in [f64::NAN, f64::INFINITY, -1.0] {
        let mut input = figures::sway_sankey_input();
        input.flows[0].share = wrong;
        assert!(sway_sankey::draw(&input).is_err());
        let mut input = figures::dependence_input();
        input.flows[0].value = wrong;
        assert!(dependence_sankey::draw(&input).is_err());
        let mut input = figures::calibration_input();
        input.bins[0].came = wrong;
        assert!(calibration::draw(&input).is_err());
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Z][a-z]{2,12}( [A-Z][a-z]{2,12}){0,3}",
        1 => "[\u{0627}-\u{064a}]{3,10} [\u{0627}-\u{064a}]{3,10}",
        1 => Just("<script>alert('x')</script> & \"Sons\"".to_owned()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_streams_are_drawn(
        flows in prop::collection::vec((words(), words(), words(), words(), 0.0..0.2f64), 0..40),
    ) {
        let flows = flows
            .into_iter()
            .map(|(patron, channel, client, body, share)| {
                sway_sankey::Flow { patron, channel, client, body, share }
            })
            .collect();
        hold(&sway_sankey::draw(&sway_sankey::Input { title: "T".into(), flows }).unwrap());
    }

    #[test]
    fn any_lanes_are_drawn(
        lanes in prop::collection::vec(words(), 1..6),
        events in prop::collection::vec((0i32..900, 0usize..60, words(), 0u32..6), 0..40),
        deadlines in prop::collection::vec((0i32..900, words()), 0..5),
    ) {
        let at = |days: i32| date(2030, 1, 1).saturating_add(days.days());
        let count = lanes.len();
        let input = swimlanes::Input {
            title: "T".into(),
            intervals: events
                .iter()
                .step_by(3)
                .map(|(from, lane, label, sources)| swimlanes::Interval {
                    from: at(*from),
                    to: at(from + *sources as i32 * 20),
                    lane: lane % count,
                    label: label.clone(),
                })
                .collect(),
            events: events
                .into_iter()
                .map(|(day, lane, label, sources)| {
                    swimlanes::Event { date: at(day), lane: lane % count, label, sources }
                })
                .collect(),
            deadlines: deadlines
                .into_iter()
                .map(|(day, label)| swimlanes::Deadline { date: at(day), label })
                .collect(),
            lanes,
        };
        hold(&swimlanes::draw(&input).unwrap());
    }

    #[test]
    fn any_network_is_drawn(
        ties in prop::collection::vec((0usize..40, 0usize..40, 0usize..4, -1.0..1.0f64), 0..120),
        names in prop::collection::vec(words(), 40),
        top in 0usize..30,
    ) {
        let ties = ties
            .into_iter()
            .map(|(one, other, channel, weight)| {
                signed_network::Tie { one, other, channel, weight, since: None, until: None }
            })
            .collect();
        let input = signed_network::Input {
            title: "T".into(),
            actors: names,
            channels: (0..4).map(|k| format!("channel {k}")).collect(),
            ties,
            ego: 3,
            as_of: date(2034, 1, 1),
            top,
        };
        hold(&signed_network::draw(&input).unwrap());
    }
}
