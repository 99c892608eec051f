//! A case in the formats of other programs: complete, the same each time, and read back where we read the format.

use std::path::Path;

use case::proposal::Says;
use case::{Case, Channel, Folder};
use serde_json::Value;
use tables::export::{FORMATS, Material, Written, named};
use tables::import;

fn toyland() -> Case {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&root).unwrap().build(None).case.unwrap()
}

fn written(case: &Case, format: &str, channels: &[Channel]) -> Written {
    named(format).unwrap().write(&Material { case, store: None, channels }).unwrap()
}

fn text(case: &Case, format: &str) -> String {
    written(case, format, &Channel::ALL).text
}

#[test]
fn every_format_is_the_same_bytes_each_time() {
    let (first, second) = (toyland(), toyland());
    for format in FORMATS {
        let [one, other] = [&first, &second].map(|case| text(case, format.name));
        assert_eq!(one, other, "{}", format.name);
        assert!(one.ends_with('\n') || one.is_empty(), "{}", format.name);
    }
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn a_network_holds_every_actor_and_the_ties_of_the_channels_asked_for() {
    let case = toyland();
    for format in ["graphml", "gexf"] {
        let all = text(&case, format);
        assert_eq!(all.matches("<node ").count(), case.actors.len(), "{format}");
        assert_eq!(all.matches("<edge ").count(), case.ties.len(), "{format}");
        let some = written(&case, format, &[Channel::Security]).text;
        let security = case.ties.iter().filter(|tie| tie.channel == Channel::Security).count();
        assert_eq!(some.matches("<edge ").count(), security, "{format}");
    }
}

#[test]
fn words_of_a_case_break_no_format() {
    let mut case = toyland();
    let odd = "A < B & \"C\" {d} 50 % \\ #1 $x_y^z~ \u{1}";
    case.actors[1].name = odd.to_owned();
    case.sources[0].title = odd.to_owned();
    assert!(
        text(&case, "graphml")
            .contains("A &lt; B &amp; &quot;C&quot; {d} 50 % \\ #1 $x_y^z~ \u{fffd}")
    );
    let bib = text(&case, "bibtex");
    assert!(
        bib.contains(
            r"\{d\} 50 \% \textbackslash{} \#1 \$x\_y\textasciicircum{}z\textasciitilde{}"
        ),
        "{bib}"
    );
    for format in ["csl", "stix", "geojson"] {
        serde_json::from_str::<Value>(&text(&case, format)).unwrap();
    }
}

#[test]
fn actors_written_as_follow_the_money_are_read_back_with_their_names_and_kinds() {
    let case = toyland();
    let rows = import::named("ftm").unwrap().rows(&text(&case, "ftm")).unwrap();
    for actor in &case.actors {
        let found = rows.iter().find_map(|row| match &row.says {
            Says::Entity { kind, names, .. } if names.contains(&actor.name) => Some((kind, names)),
            _ => None,
        });
        let (kind, names) = found.unwrap();
        assert_eq!(kind, serde_json::to_value(actor.kind).unwrap().as_str().unwrap());
        assert!(actor.aliases.iter().all(|alias| names.contains(alias)), "{names:?}");
    }
    let led = rows.iter().any(|row| {
        matches!(&row.says, Says::Entity { kind, names, .. } if kind == "person" && names == &["Otto Rask"])
    });
    assert!(led, "leaders are persons");
}

#[test]
fn links_of_follow_the_money_lead_to_entities_that_are_there() {
    let all: Vec<Value> =
        text(&toyland(), "ftm").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = all.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    let mut schemata: Vec<&str> = all.iter().map(|e| e["schema"].as_str().unwrap()).collect();
    schemata.sort_unstable();
    schemata.dedup();
    assert_eq!(
        schemata,
        ["Membership", "Organization", "Person", "PublicBody", "Sanction", "UnknownLink"]
    );
    for entity in &all {
        for end in ["member", "organization", "subject", "object", "entity"] {
            for id in entity["properties"][end].as_array().into_iter().flatten() {
                assert!(ids.contains(&id.as_str().unwrap()), "{entity}");
            }
        }
    }
    let listed: Vec<&Value> = all.iter().filter(|e| e["schema"] == "Sanction").collect();
    assert_eq!(listed.len(), 1, "a listing that is only possible is none: {listed:?}");
}

#[test]
fn a_bundle_refers_only_to_what_it_holds() {
    let bundle: Value = serde_json::from_str(&text(&toyland(), "stix")).unwrap();
    let objects = bundle["objects"].as_array().unwrap();
    let mut ids: Vec<&str> = objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for object in objects {
        let of = |name: &str| object[name].as_str().map(str::to_owned);
        let several = object["object_refs"].as_array().into_iter().flatten();
        let several = several.map(|id| id.as_str().unwrap().to_owned());
        let ends = ["source_ref", "target_ref", "created_by_ref"].into_iter().filter_map(of);
        for id in ends.chain(several) {
            assert!(ids.contains(&id.as_str()), "{object}");
        }
        assert_eq!(object["spec_version"], "2.1");
    }
    let armed: Vec<&str> = objects
        .iter()
        .filter(|object| object["type"] == "threat-actor")
        .map(|object| object["name"].as_str().unwrap())
        .collect();
    assert_eq!(armed, ["The Guard"]);
}

#[test]
fn places_are_points_and_districts_have_the_boundaries_that_the_case_holds() {
    let mut case = toyland();
    std::sync::Arc::make_mut(&mut case.boundaries).retain(|boundary| boundary.district != "hill");
    let Written { text, remarks } = written(&case, "geojson", &Channel::ALL);
    let all: Value = serde_json::from_str(&text).unwrap();
    let features = all["features"].as_array().unwrap();
    assert_eq!(features.len(), case.places.len() + case.districts.len());
    let points = features.iter().filter(|feature| feature["geometry"]["type"] == "Point");
    assert_eq!(points.count(), case.places.len());
    let areas: Vec<&Value> =
        features.iter().filter(|feature| feature["geometry"]["type"] == "Polygon").collect();
    assert_eq!(areas.len(), 2);
    assert_eq!(areas[0]["properties"]["source"], "gazette");
    let said = "1 of 3 districts have no boundary";
    assert!(remarks.iter().any(|remark| remark.contains(said)), "{remarks:?}");
}

#[test]
fn sources_written_as_a_bibliography_are_read_back_as_they_are() {
    let mut case = toyland();
    case.sources[0].title = "Käse & Brot: 50 % {more} of #1 \\ $x_y^z~".to_owned();
    case.sources[0].url = Some("https://gazette.example/a_b?c=%20&d=1#e~f".to_owned());
    case.sources[1].note = Some("seen in print".to_owned());
    for format in ["bibtex", "csl"] {
        let rows = import::named(format).unwrap().rows(&text(&case, format)).unwrap();
        assert_eq!(rows.len(), case.sources.len(), "{format}");
        for (row, source) in rows.iter().zip(&case.sources) {
            let wanted = Says::Source {
                key: source.key.get_ref().clone(),
                title: source.title.clone(),
                publisher: Some(source.publisher.clone()),
                published: source.published,
                exact: true,
                url: source.url.clone(),
                licence: None,
                rating: Some((source.reliability.to_string(), *source.credibility.get_ref())),
                note: source.note.clone(),
            };
            assert_eq!(row.says, wanted, "{format}");
        }
    }
}
