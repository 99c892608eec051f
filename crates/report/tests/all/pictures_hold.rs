//! Whatever a picture is given, it draws well-formed marks whose words do not clip or overlap, and
//! its table says what it shows; or it refuses with a clear error.

use crate::fixture;
use crate::look;

use proptest::prelude::*;
use report::picture::*;

fn hold(picture: &Picture) {
    for svg in [picture.svg(), picture.narrow_svg()] {
        assert_eq!(look::well_formed(&svg), Ok(()));
        for wrong in ["=\"NaN\"", "=\"inf\"", "=\"-inf\""] {
            assert!(!svg.contains(wrong), "{}", picture.name);
        }
        assert!(!svg.contains('\u{1}'));
    }
    assert_eq!(look::faults(&picture.wide, 720.0), Vec::<String>::new(), "{} wide", picture.name);
    assert_eq!(
        look::faults(&picture.narrow, 340.0),
        Vec::<String>::new(),
        "{} narrow",
        picture.name
    );
    assert_eq!(look::not_in_table(picture), Vec::<String>::new(), "{}", picture.name);
}

#[test]
fn the_fixtures_hold() {
    for picture in fixture::pictures().unwrap() {
        hold(&picture);
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-z]{2,12}( [A-Z][a-z]{2,12}){0,3}",
        1 => "[\u{0627}-\u{064a}]{3,10} [\u{0627}-\u{064a}]{3,10}",
        1 => Just("<script>alert('x')</script> & \"Sons\"".to_owned()),
        1 => Just("Federation of Unreasonably Long-Named Municipal Associations ".repeat(6)),
        1 => Just("W".repeat(400)),
        1 => Just("\u{202e}evil\u{0} name\u{1}".to_owned()),
        1 => Just(String::new()),
        1 => any::<String>(),
    ]
}

fn spread(top: f64) -> impl Strategy<Value = Spread> {
    proptest::array::uniform5(0.0..=top).prop_map(|mut ends| {
        ends.sort_by(f64::total_cmp);
        Spread::new(ends[2], ends[0], ends[4]).with_inner(ends[1], ends[3])
    })
}

fn line() -> impl Strategy<Value = Line> {
    (-50.0..900.0f64, name(), any::<bool>()).prop_map(|(at, label, law)| Line {
        at,
        label,
        kind: if law { LineKind::Deadline } else { LineKind::Past },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_chamber_is_drawn(
        parties in prop::collection::vec((name(), prop::option::of("[a-c]"), spread(120.0)), 0..50),
        seats in 0u32..1200,
        majority in 0u32..1300,
        by_group: bool,
    ) {
        let parties = parties
            .into_iter()
            .map(|(name, group, seats)| hemicycle::Party { name, group, seats })
            .collect();
        let order =
            if by_group { hemicycle::Order::ByGroup } else { hemicycle::Order::AsGiven };
        let input = hemicycle::Input { title: "T".into(), parties, seats, majority, order };
        hold(&hemicycle::draw(&input).unwrap());
    }

    #[test]
    fn any_dotplot_is_drawn(
        values in prop::collection::vec(-1e4..1e4f64, 0..300),
        unfinished in 0u64..500,
        lines in prop::collection::vec(line(), 0..7),
        label in name(),
    ) {
        let input = dotplot::Input {
            title: label.clone(),
            unit: label.clone(),
            values,
            unfinished,
            unfinished_label: label,
            lines,
        };
        hold(&dotplot::draw(&input).unwrap());
    }

    #[test]
    fn any_curve_is_drawn(
        days in prop::collection::vec(0.0..900f64, 0..300),
        unfinished in 0u64..500,
        window in 1.0..900f64,
        lines in prop::collection::vec(line(), 0..7),
        label in name(),
    ) {
        let input = days_curve::Input {
            title: label.clone(),
            unit: label.clone(),
            waiting: label,
            days,
            unfinished,
            window,
            lines,
        };
        hold(&days_curve::draw(&input).unwrap());
    }

    #[test]
    fn any_sway_is_drawn(
        channels in prop::collection::vec(name(), 0..9),
        actors in prop::collection::vec((name(), 0.0..1.0f64, 0.0..0.2f64, spread(1.0)), 0..30),
        top in 0usize..12,
    ) {
        let count = channels.len();
        let actors = actors
            .into_iter()
            .map(|(name, own, each, total)| sway_bars::Actor {
                name,
                own,
                channels: vec![each; count],
                total,
            })
            .collect();
        let input = sway_bars::Input { title: "T".into(), channels, actors, top };
        hold(&sway_bars::draw(&input).unwrap());
    }

    #[test]
    fn any_coalitions_are_drawn(
        parties in prop::collection::vec(name(), 1..25),
        coalitions in prop::collection::vec(
            (prop::collection::vec(any::<prop::sample::Index>(), 0..9), 0.0..1.0f64, spread(400.0)),
            0..20,
        ),
        fact in name(),
    ) {
        let coalitions: Vec<coalition_matrix::Coalition> = coalitions
            .into_iter()
            .map(|(members, probability, seats)| coalition_matrix::Coalition {
                members: members.iter().map(|index| index.index(parties.len())).collect(),
                probability,
                seats,
            })
            .collect();
        let facts = vec![coalition_matrix::Fact {
            label: fact.clone(),
            values: vec![fact; coalitions.len()],
        }];
        let input =
            coalition_matrix::Input { title: "T".into(), parties, coalitions, majority: 165, facts };
        hold(&coalition_matrix::draw(&input).unwrap());
    }

    #[test]
    fn any_intervals_are_drawn(
        lines in prop::collection::vec((name(), spread(1e6)), 0..40),
        unit in name(),
        top in 0usize..20,
    ) {
        let lines = lines
            .into_iter()
            .map(|(name, spread)| seat_intervals::Line { name, spread })
            .collect();
        let input = seat_intervals::Input { title: "T".into(), unit, lines, top };
        hold(&seat_intervals::draw(&input).unwrap());
    }

    #[test]
    fn any_difference_is_drawn(
        rows in prop::collection::vec((name(), "[abc]|seats", spread(500.0), 0.0..=1.0f64), 0..12),
        scenario in name(),
    ) {
        let quantities = rows
            .into_iter()
            .enumerate()
            .map(|(k, (name, unit, difference, changed))| paired_difference::Quantity {
                name,
                unit,
                difference,
                changed,
                places: k % 3,
            })
            .collect();
        let input = paired_difference::Input {
            title: "T".into(),
            scenario: scenario.clone(),
            base: scenario,
            quantities,
        };
        hold(&paired_difference::draw(&input).unwrap());
    }

    #[test]
    fn any_timeline_is_drawn(
        lanes in prop::collection::vec(name(), 1..6),
        events in prop::collection::vec((-9999i16..=9999, 1i8..=12, 1i8..=28, any::<prop::sample::Index>(), name(), 0u32..4), 0..50),
        same_year: bool,
    ) {
        let events = events
            .into_iter()
            .map(|(year, month, day, lane, label, sources)| timeline::Event {
                date: jiff::civil::date(if same_year { 2031 } else { year }, month, day),
                lane: lane.index(lanes.len()),
                label,
                sources,
            })
            .collect();
        hold(&timeline::draw(&timeline::Input { title: "T".into(), lanes, events }).unwrap());
    }
}

#[test]
fn a_chamber_has_one_dot_a_seat_at_any_size() {
    for seats in [1u32, 2, 3, 25, 100, 329, 700, 1_000, 2_000] {
        let mut input = fixture::hemicycle_input();
        (input.seats, input.majority) = (seats, seats / 2 + 1);
        let picture = hemicycle::draw(&input).unwrap();
        // the list beneath has one dot a row; shapes of several layers repeat the same dots
        let svg = picture.wide.inline("x", "", "");
        let chamber = svg.split("for a majority").next().unwrap();
        let dots: std::collections::BTreeSet<&str> = chamber
            .split(" d=\"")
            .skip(1)
            .filter_map(|path| path.split('"').next())
            .flat_map(|path| path.split('M').skip(1))
            .filter_map(|dot| dot.split(['h', 'm']).next())
            .collect();
        assert_eq!(dots.len(), seats as usize);
        hold(&picture);
    }
}

#[test]
fn above_two_thousand_seats_a_dot_stands_for_several_and_says_so() {
    let mut input = fixture::hemicycle_input();
    input.seats = 4_001;
    let picture = hemicycle::draw(&input).unwrap();
    assert!(picture.table.marks.contains(&"One dot stands for 3 seats.".to_owned()));
    hold(&picture);
}

#[test]
fn a_thousand_parties_are_drawn() {
    let parties = (0..1_000)
        .map(|k| hemicycle::Party {
            name: format!("List {k}"),
            group: None,
            seats: Spread::new(1.0, 0.0, 2.0),
        })
        .collect();
    let input = hemicycle::Input {
        title: "T".into(),
        parties,
        seats: 1_000,
        majority: 501,
        order: hemicycle::Order::ByGroup,
    };
    hold(&hemicycle::draw(&input).unwrap());
}

#[test]
fn what_is_not_a_number_is_refused_with_its_place() {
    for wrong in [f64::NAN, f64::INFINITY, 1e300] {
        let mut input = fixture::hemicycle_input();
        input.parties[2].seats.high = wrong;
        let error = hemicycle::draw(&input).unwrap_err().to_string();
        assert!(error.starts_with("hemicycle: party 3 (Narrow Bridge): "), "{error}");
        let mut input = fixture::dotplot_input();
        input.values[7] = wrong;
        assert!(dotplot::draw(&input).unwrap_err().place.contains("value 8"));
        let mut input = fixture::days_curve_input();
        input.window = wrong;
        assert!(days_curve::draw(&input).is_err());
        let mut input = fixture::sway_input();
        input.actors[0].own = wrong;
        assert!(sway_bars::draw(&input).is_err());
        let mut input = fixture::coalition_input();
        input.coalitions[0].probability = wrong;
        assert!(coalition_matrix::draw(&input).is_err());
        let mut input = fixture::intervals_input();
        input.lines[0].spread.median = wrong;
        assert!(seat_intervals::draw(&input).is_err());
        let mut input = fixture::difference_input();
        input.quantities[0].changed = wrong;
        assert!(paired_difference::draw(&input).is_err());
    }
}

#[test]
fn an_interval_out_of_order_is_refused() {
    let mut input = fixture::intervals_input();
    input.lines[0].spread = Spread::new(5.0, 6.0, 7.0);
    let error = seat_intervals::draw(&input).unwrap_err();
    assert_eq!(error.fix, "give low <= median <= high");
}

#[test]
fn a_place_that_is_not_in_its_list_is_refused() {
    let mut input = fixture::coalition_input();
    input.coalitions[0].members.push(99);
    assert!(coalition_matrix::draw(&input).is_err());
    let mut input = fixture::timeline_input();
    input.events[0].lane = 9;
    assert!(timeline::draw(&input).is_err());
    let mut input = fixture::sway_input();
    input.actors[0].channels.pop();
    assert!(sway_bars::draw(&input).is_err());
}
