//! Sway over time and the account of its changes, on the tutorial case with dated estimates.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use assess::measure::change::{Accounting, Change};
use assess::measure::course::{Counted, Course, Every, Knowing, Query, cases, course};
use assess::measure::{MeasureError, PartKind};
use case::{Channel, Folder};
use jiff::civil::{Date, date};
use simulate::pulls::Unsolved;

const SECURITY: &str = "tie.northmark>guard:security.bandwidth=[\
    { value = 0.5, low = 0.3, high = 0.7, judged = \"in the first years\" }, \
    { from = 2029-06-01, value = 0.8, low = 0.6, high = 0.95, source = \"courier\" }]";
const LIST: &str = "tie.guard>reds:political.dependence=[\
    { value = 0.4, low = 0.2, high = 0.6, judged = \"the list had clubs of its own\" }, \
    { from = 2030-02-01, value = 0.7, low = 0.5, high = 0.9, source = \"observer\" }]";

fn toyland(set: &[&str]) -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    set.iter().fold(Folder::read(&path).unwrap(), |folder, s| folder.with_set(s))
}

fn query(dates: &[Date], knowing: Knowing) -> Query {
    Query {
        body: "government".into(),
        actors: vec!["northmark".into()],
        dates: dates.to_vec(),
        knowing,
        counted: Counted::Sitting,
        as_of: date(2031, 3, 1),
        seed: 1,
        draws: 200,
    }
}

fn measured(set: &[&str], query: &Query) -> Course {
    course(&cases(&toyland(set), query), query).unwrap()
}

fn change(set: &[&str], knowing: Knowing) -> Change {
    let query = query(&[date(2028, 1, 1), date(2031, 3, 1)], knowing);
    measured(set, &query).actors[0].change.clone().unwrap()
}

#[test]
fn looked_back_on_a_value_holds_from_its_day_and_as_known_then_from_its_source() {
    let days = [date(2029, 5, 1), date(2029, 7, 1), date(2031, 2, 19), date(2031, 2, 22)];
    let at = |knowing| -> Vec<Option<f64>> {
        let course = measured(&[SECURITY], &query(&days, knowing));
        course.actors[0].at.iter().map(|at| at.as_ref().map(|a| a.total.mean)).collect()
    };
    let now = at(Knowing::Now);
    assert!(now[1].unwrap() > now[0].unwrap(), "the arms came in June 2029");
    assert_eq!(now[1], now[3]);
    let then = at(Knowing::Then);
    assert_eq!(then[0], then[2], "nobody wrote of it before 20 February 2031");
    assert!(then[3].unwrap() > then[2].unwrap());
    assert_eq!(then[3].unwrap() > 0.0, now[3].unwrap() > 0.0);
}

#[test]
fn an_account_adds_up_to_the_change_in_every_way_it_is_cut() {
    for knowing in [Knowing::Now, Knowing::Then] {
        let change = change(&[SECURITY, LIST], knowing);
        let whole = change.change.mean;
        assert!(whole.abs() > 0.001, "{knowing:?}: {whole}");
        let groups = &change.groups;
        for cut in
            [&groups.kinds, &groups.ties, &groups.channels, &groups.documents, &groups.events]
        {
            let sum: f64 = cut.iter().map(|h| h.share).sum();
            assert!((sum - whole).abs() < 1e-12, "{knowing:?}: {sum} {whole}");
        }
        let causes: f64 = change.causes.iter().map(|c| c.share.mean).sum();
        assert!((causes - whole).abs() < 1e-12);
        let carried = &change.carried;
        let hops: f64 = carried.hops.iter().map(|h| h.share).sum();
        let channels: f64 = carried.channels.values().sum();
        // Levels come from rows that are swept to 1e-7.
        assert!((carried.own + hops - whole).abs() < 1e-6);
        assert!((carried.own + channels - whole).abs() < 1e-6);
        assert!((change.after.mean - change.before.mean - whole).abs() < 1e-12);
    }
}

#[test]
fn two_parts_of_one_path_share_its_product_as_their_closed_form_says() {
    // Sway of northmark over the house grows with bandwidth and with the list's dependence; of two parts a Shapley
    // share is the mean of the effect alone and the effect last.
    let both = change(&[SECURITY, LIST], Knowing::Now);
    assert_eq!(both.accounting, Accounting::Exact);
    let old_list = "tie.guard>reds:political.dependence=\
        { value = 0.4, low = 0.2, high = 0.6, judged = \"the list had clubs of its own\" }";
    let new_list = "tie.guard>reds:political.dependence=\
        { value = 0.7, low = 0.5, high = 0.9, source = \"observer\" }";
    let first = change(&[SECURITY, old_list], Knowing::Now).change.mean;
    let last = change(&[SECURITY, new_list], Knowing::Now).change.mean;
    let share = both.causes.iter().find(|c| c.paths[0].contains("bandwidth")).unwrap();
    assert_eq!(share.kind, PartKind::Bandwidth);
    assert!((share.share.mean - (first + last) / 2.0).abs() < 1e-9);
    assert_eq!(share.documents, ["courier"]);
    assert_eq!(share.since, Some(date(2029, 6, 1)));
}

#[test]
fn a_change_of_which_nothing_is_known_is_none() {
    let change = change(&[], Knowing::Now);
    assert_eq!(change.likelihood.same, 1.0);
    assert_eq!((change.change.low, change.change.high), (0.0, 0.0));
    assert!(change.causes.is_empty());
}

#[test]
fn paired_draws_leave_less_doubt_about_a_change_than_about_a_level() {
    let change = change(&[SECURITY], Knowing::Now);
    let width = |i: &assess::Interval| i.high - i.low;
    assert!(width(&change.change) < 0.6 * width(&change.after));
    assert!(change.likelihood.rises > 0.95, "{:?}", change.likelihood);
    let apart = &change.if_independent;
    assert!(apart.rises > 0.5 && apart.rises < change.likelihood.rises, "{apart:?}");
}

#[test]
fn the_formal_measure_is_bandwidth_times_dependence_between_states() {
    let fixed = [
        "tie.seaward>toyland:economic.bandwidth=0.6",
        "tie.seaward>toyland:economic.dependence=0.5",
    ];
    let course = measured(&fixed, &query(&[date(2031, 2, 1), date(2031, 3, 1)], Knowing::Now));
    let formal = course.formal.unwrap();
    assert_eq!((formal.target.as_str(), formal.senders.len()), ("toyland", 1));
    let at = formal.senders[0].at[1].as_ref().unwrap();
    assert!((at.capacity.mean - 0.6 * 0.5 / 3.0).abs() < 1e-12);
    assert!((at.share - 1.0).abs() < 1e-12);
}

#[test]
fn a_house_yet_to_be_elected_counts_from_the_day_its_election_is_known() {
    let mut query = query(&[date(2028, 1, 1), date(2031, 3, 1)], Knowing::Now);
    query.counted = Counted::Next;
    let course = measured(&[], &query);
    let last = &course.points[1];
    assert!(last.coming && last.elected.unwrap() > date(2031, 3, 1), "{last:?}");
    let change = course.actors[0].change.as_ref().unwrap();
    let causes: f64 = change.causes.iter().map(|c| c.share.mean).sum();
    assert!((causes - change.change.mean).abs() < 1e-12);
}

#[test]
fn many_parts_are_sampled_and_still_add_up() {
    let half = |path: &str| {
        format!(
            "{path}=[{{ value = 0.3, low = 0.1, high = 0.5, judged = \"before\" }}, \
             {{ from = 2029-06-01, value = 0.6, low = 0.4, high = 0.8, judged = \"since\" }}]"
        )
    };
    let sets: Vec<String> = [
        "tie.northmark>guard:security.bandwidth",
        "tie.northmark>guard:security.dependence",
        "tie.northmark>guard:economic.bandwidth",
        "tie.northmark>guard:economic.dependence",
        "tie.guard>reds:political.bandwidth",
        "tie.guard>reds:political.dependence",
        "tie.northmark>reds:diplomatic.bandwidth",
        "channels.security",
        "channels.economic",
    ]
    .map(half)
    .to_vec();
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let change = change(&sets, Knowing::Now);
    assert_eq!(change.accounting, Accounting::Sampled { orders: 2 });
    assert_eq!(change.causes.len(), 9);
    let causes: f64 = change.causes.iter().map(|c| c.share.mean).sum();
    assert!((causes - change.change.mean).abs() < 1e-12);
    assert!(change.causes.iter().all(|c| c.error > 0.0 && c.error < 0.02));
}

#[test]
fn months_end_with_the_last_day_and_unknown_actors_are_refused() {
    let dates = Every::Quarter.dates(date(2030, 1, 31), date(2030, 9, 1));
    let expected = [date(2030, 1, 31), date(2030, 4, 30), date(2030, 7, 31), date(2030, 9, 1)];
    assert_eq!(dates, expected);
    let mut query = query(&[date(2028, 1, 1), date(2031, 3, 1)], Knowing::Now);
    query.actors = vec!["nortmark".into()];
    let cases = cases(&toyland(&[]), &query);
    let fault = course(&cases, &query).unwrap_err();
    assert!(matches!(fault, MeasureError::NoActor(..)));
    assert!(fault.to_string().contains("northmark"), "{fault}");
}

/// The tutorial case with two lists that pull on each other alone, both of this autonomy.
fn closed_pair(autonomy: &str) -> Folder {
    let point = |value: &str| {
        format!("{{ value = {value}, low = {value}, high = {value}, judged = \"a pair\" }}")
    };
    let tie = |from: &str, to: &str, dependence: &str| {
        let (half, dependence) = (point("0.5"), point(dependence));
        format!(
            "[[add]]\nkind = \"tie\"\nentry = {{ from = \"{from}\", to = \"{to}\", channel = \"political\", \
             bandwidth = {half}, dependence = {dependence} }}\n"
        )
    };
    let ties = tie("greens", "justice", "0.5") + &tie("justice", "greens", "0.4");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, format!("title = \"A pair\"\n\n{ties}").as_bytes())
        .unwrap();
    let folder = toyland(&["case.processes=[]"]);
    let folder = folder.with_scenario(file.path().to_str().unwrap()).unwrap();
    let own = point(autonomy);
    [
        format!("channels.political={}", point("1")),
        format!("actor.greens.autonomy={own}"),
        format!("actor.justice.autonomy={own}"),
        "anchor.all.kappa=1".to_owned(),
    ]
    .iter()
    .fold(folder, |folder, set| folder.with_set(set))
}

#[test]
fn a_pair_that_hardly_anybody_reaches_has_the_same_sway_on_a_date_and_over_time() {
    let folder = closed_pair("0.000001");
    let built = folder.build(None);
    let case = built.case.unwrap_or_else(|| panic!("{:#?}", built.findings));
    let model = simulate::Model::new(&case).unwrap();
    let mut query = query(&[date(2031, 3, 1)], Knowing::Now);
    query.actors = vec!["greens".into(), "justice".into()];
    query.draws = 40;
    let course = course(&cases(&folder, &query), &query).unwrap();
    let now = assess::measure(&model, "government", 1, 40).unwrap();
    for actor in &course.actors {
        let over_time = actor.at[0].as_ref().unwrap().total.mean;
        let on_date = now.actors.iter().find(|a| a.actor == actor.actor).unwrap().total.mean;
        assert!((over_time - on_date).abs() < 1e-9, "{}: {over_time}, {on_date}", actor.actor);
    }
    let both: f64 = course.actors.iter().map(|a| a.at[0].as_ref().unwrap().total.mean).sum();
    // Of the sway of a pair that nobody else reaches nothing gets lost.
    assert!(both > 0.2, "{both}");
}

#[test]
fn a_pair_that_nobody_with_autonomy_reaches_is_an_error_that_names_it() {
    let folder = closed_pair("0.000001");
    // No case may say so; numbers that drown an autonomy come to the same.
    let without = |case: &mut case::Case| {
        let own = ["actor.greens.autonomy", "actor.justice.autonomy"];
        let own = case.beliefs.iter_mut().filter(|b| own.contains(&b.path.as_str()));
        own.for_each(|b| (b.low, b.value, b.high) = (0.0, 0.0, 0.0));
    };
    let query = query(&[date(2031, 3, 1)], Knowing::Now);
    let mut dates = cases(&folder, &query);
    dates.iter_mut().for_each(|(_, case)| without(case.as_mut().unwrap()));
    let mut case = folder.build(None).case.unwrap();
    without(&mut case);
    let model = simulate::Model::new(&case).unwrap();
    let faults = [
        course(&dates, &query).unwrap_err(),
        assess::measure(&model, "government", 1, 40).unwrap_err(),
    ];
    for fault in faults {
        let MeasureError::Network(Unsolved::Closed(circle)) = &fault else { panic!("{fault}") };
        assert_eq!(circle, &["greens", "justice"]);
        assert!(fault.to_string().contains("greens, justice"), "{fault}");
    }
}

#[test]
fn before_any_result_there_is_no_estimate_and_the_gap_says_why() {
    let course = measured(&[], &query(&[date(2027, 1, 1), date(2031, 3, 1)], Knowing::Now));
    assert!(course.actors[0].at[0].is_none());
    assert!(course.points[0].gap.is_some());
}

#[test]
fn the_course_is_the_same_on_one_thread_and_on_two() {
    let query = query(&[date(2028, 1, 1), date(2030, 1, 1), date(2031, 3, 1)], Knowing::Now);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| measured(&[SECURITY, LIST], &query))
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn a_case_looked_back_on_knows_all_its_sources_and_nothing_that_had_not_happened() {
    let folder = toyland(&[SECURITY]);
    let (day, now) = (date(2026, 6, 1), date(2031, 3, 1));
    let back = folder.build_on(day, now).case.unwrap();
    assert!(back.results.is_empty() && back.last_result().is_none(), "the vote was in 2027");
    assert!(back.source("observer").is_some());
    let arms = |case: &case::Case| {
        let found =
            case.beliefs.iter().find(|b| b.path == "tie.northmark>guard:security.bandwidth");
        found.map(|b| b.value)
    };
    assert_eq!(arms(&back), Some(0.5));
    let same = (folder.build_on(now, now).case.unwrap(), folder.build(Some(now)).case.unwrap());
    assert_eq!(same.0.beliefs, same.1.beliefs);
    assert_eq!(same.0.results.len(), same.1.results.len());
}

/// A copy of the tutorial case with a file of it edited.
fn edited(edits: &[(&str, &dyn Fn(String) -> String)]) -> (tempfile::TempDir, Folder) {
    let of = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let to = tempfile::tempdir().unwrap();
    for folder in ["", "documents", "scenarios"] {
        std::fs::create_dir_all(to.path().join(folder)).unwrap();
        let files = std::fs::read_dir(of.join(folder)).unwrap().map(|f| f.unwrap().path());
        for file in files.filter(|f| f.is_file()) {
            std::fs::copy(&file, to.path().join(folder).join(file.file_name().unwrap())).unwrap();
        }
    }
    for (file, edit) in edits {
        let path = to.path().join(file);
        std::fs::write(&path, edit(std::fs::read_to_string(&path).unwrap())).unwrap();
    }
    let folder = Folder::read(to.path()).unwrap();
    (to, folder)
}

/// The Reds sat as the Old Reds until they were elected in March 2031, tied to the guard less than they are since, and
/// to the Northmark as they are.
fn renamed(succeeds: bool) -> (tempfile::TempDir, Folder) {
    let actors = |text: String| {
        let heir = "id = \"reds\"\nsucceeds = \"old-reds\"";
        let text = if succeeds { text.replace("id = \"reds\"", heir) } else { text };
        text + "\n[[actor]]\nid = \"old-reds\"\nname = \"Old Reds\"\nkind = \"list\"\n\
                autonomy = { value = 0.9, low = 0.5, high = 1.4, judged = \"a test\" }\n"
    };
    let ties = |text: String| {
        let (guard, envoy) =
            ("to = \"reds\"\nchannel = \"political\"", "to = \"reds\"\nchannel = \"diplomatic\"");
        assert!(text.contains(guard) && text.contains(envoy));
        let since =
            |text: String, tie: &str| text.replace(tie, &format!("{tie}\nsince = 2031-03-15"));
        let estimate = |name: &str, [value, low, high]: [f64; 3]| {
            format!(
                "{name} = {{ value = {value}, low = {low}, high = {high}, judged = \"a test\" }}\n"
            )
        };
        let old = |from: &str, channel: &str, [width, worth]: [[f64; 3]; 2]| {
            format!(
                "\n[[tie]]\nfrom = \"{from}\"\nto = \"old-reds\"\nchannel = \"{channel}\"\n\
                 until = 2031-03-14\n{}{}",
                estimate("bandwidth", width),
                estimate("dependence", worth)
            )
        };
        since(since(text, guard), envoy)
            + &old("guard", "political", [[0.3, 0.2, 0.4]; 2])
            + &old("northmark", "diplomatic", [[0.4, 0.2, 0.6], [0.3, 0.1, 0.5]])
    };
    let results = |text: String| {
        let seats = [("reds", 7), ("blues", 8), ("greens", 4), ("harbour", 3), ("justice", 3)];
        let rows = seats.map(|(list, n)| format!("2031,2031-03-16,,{list},,,{n},yearbook,\n"));
        text.replace(",reds,", ",old-reds,") + &rows.concat()
    };
    edited(&[("result.csv", &results), ("actors.toml", &actors), ("ties.toml", &ties)])
}

#[test]
fn a_list_under_a_new_name_is_one_list_and_a_new_list_brings_its_ties_with_its_seats() {
    let query = Query {
        counted: Counted::Sitting,
        as_of: date(2031, 6, 1),
        actors: vec!["northmark".into(), "seaward".into()],
        ..query(&[date(2028, 1, 1), date(2031, 6, 1)], Knowing::Now)
    };
    let told = |succeeds: bool| -> Vec<Change> {
        let (_kept, folder) = renamed(succeeds);
        let course = course(&cases(&folder, &query), &query).unwrap();
        course.actors.into_iter().map(|actor| actor.change.unwrap()).collect()
    };
    let (one, two) = (told(true), told(false));
    for changes in [&one, &two] {
        for change in changes {
            let sum = change.seats.mean + change.ties.mean;
            assert!((sum - change.change.mean).abs() < 1e-12, "{sum}");
        }
        // The two are all the powers outside.
        for at in 0..2 {
            let whole: f64 = changes.iter().map(|c| c.outside[at].mean).sum();
            assert!((whole - 1.0).abs() < 1e-9, "{whole}");
        }
    }
    let (one, two) = (&one[0], &two[0]);
    // As one list it leans on the guard more than it did; as two the whole of it is who sits.
    assert!(one.ties.low > 0.0 && one.stronger.rises > 0.9, "{:?}", one.ties);
    let of_reds = |c: &&assess::measure::change::Cause| c.what.contains("Reds");
    let ended = |what: &str| what.contains("ceased") || what.contains("began");
    assert!(one.causes.iter().filter(of_reds).all(|c| !ended(&c.what)), "{:#?}", one.causes);
    // What goes on as it was is the same statement under either name.
    assert!(one.causes.iter().all(|c| c.channel != Some(Channel::Diplomatic)), "{:#?}", one.causes);
    assert!(two.ties.low.abs() < 1e-12 && two.ties.high.abs() < 1e-12, "{:?}", two.ties);
    assert_eq!(two.stronger.same, 1.0);
    assert!(two.seats.mean > one.seats.mean + 0.01);
}

#[test]
fn a_name_of_which_nothing_is_known_has_the_ties_and_the_autonomy_of_the_one_after_it() {
    let actors = |text: String| {
        text.replace("id = \"reds\"", "id = \"reds\"\nsucceeds = \"old-reds\"")
            + "\n[[actor]]\nid = \"old-reds\"\nname = \"Old Reds\"\nkind = \"list\"\n"
    };
    let results = |text: String| text.replace(",reds,", ",old-reds,");
    let (_kept, folder) = edited(&[("result.csv", &results), ("actors.toml", &actors)]);
    let query = query(&[date(2028, 1, 1), date(2031, 3, 1)], Knowing::Now);
    let course = course(&cases(&folder, &query), &query).unwrap();
    let as_it_was = measured(&[], &query);
    for (named, plain) in course.actors[0].at.iter().zip(&as_it_was.actors[0].at) {
        let (named, plain) = (named.as_ref().unwrap(), plain.as_ref().unwrap());
        assert!((named.total.mean - plain.total.mean).abs() < 1e-12);
    }
    // A day has one value, on the curve and in the account.
    let (actor, change) = (&course.actors[0], course.actors[0].change.as_ref().unwrap());
    assert_eq!(actor.at[0].as_ref().unwrap().total.mean, change.before.mean);
    assert_eq!(actor.at[1].as_ref().unwrap().total.mean, change.after.mean);
}

#[test]
fn an_actor_has_one_successor_and_never_comes_before_itself() {
    let faults = |pairs: &[(&str, &str)]| -> Vec<String> {
        let actors = |text: String| {
            pairs.iter().fold(text, |text, (heir, before)| {
                let id = format!("id = \"{heir}\"");
                text.replacen(&id, &format!("{id}\nsucceeds = \"{before}\""), 1)
            })
        };
        let (_kept, folder) = edited(&[("actors.toml", &actors)]);
        folder.build(None).findings.iter().map(|f| f.message.clone()).collect()
    };
    assert_eq!(faults(&[]), Vec::<String>::new());
    let nobody = faults(&[("reds", "pinks")]);
    assert_eq!(nobody, ["\"pinks\": no such actor"]);
    let both = faults(&[("reds", "greens"), ("blues", "greens")]);
    assert_eq!(both, ["\"greens\" is succeeded by both reds and blues"]);
    let round = faults(&[("reds", "greens"), ("greens", "reds")]);
    assert_eq!(round, ["\"reds\" comes before itself", "\"greens\" comes before itself"]);
}
