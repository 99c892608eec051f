//! Where the districts of a case lie: polygons from the GeoJSON files (RFC 7946) of its folder.
//!
//! No run depends on them; they are there to be drawn and to be handed on. A feature says whose boundary it is and where
//! that comes from by its properties `district` and `source`; what `export geojson` writes of a district
//! (`kind = "district"` and `id`) is understood too, so that an exported file comes back once geometry was joined to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::diagnostic::Diagnostic;
use crate::source_map::{File, Spot};

/// How a file of boundaries ends.
pub const ENDING: &str = ".geojson";

/// Points that the boundaries of a file may have in all; a map on a page shows some thousands.
pub const MOST_POINTS: usize = 200_000;

/// Longitude and latitude in degrees.
pub type Point = (f64, f64);

/// A closed line: its last point is its first.
pub type Ring = Vec<Point>;

/// The boundary of a district.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// The district's id.
    pub district: String,
    /// The key of the source it was taken from.
    pub source: String,
    /// Its polygons: of each the outer ring, then its holes. A ring is closed.
    pub polygons: Vec<Vec<Ring>>,
    /// Where it stands.
    pub spot: Spot,
}

impl Boundary {
    /// All its rings, the holes among them.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.polygons.iter().flatten()
    }
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    features: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Option<Geometry>,
    properties: Option<Properties>,
}

#[derive(Deserialize, Default)]
struct Properties {
    district: Option<String>,
    kind: Option<String>,
    id: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        coordinates: Vec<Vec<Position>>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Vec<Position>>>,
    },
    #[serde(other)]
    Other,
}

/// Longitude, latitude, and what else a file gives.
type Position = Vec<f64>;

/// The boundaries of a file, and what is wrong with it.
pub(crate) fn boundaries(file: &File, faults: &mut Vec<Diagnostic>) -> Vec<Boundary> {
    let read: Collection<'_> = match serde_json::from_str(&file.text) {
        Ok(read) => read,
        Err(error) => {
            let line = error.line().saturating_sub(1);
            let start = file.base + file.start_of(line) + error.column().saturating_sub(1);
            let start = start.min(file.base + file.text.len());
            let message = format!("this is no GeoJSON: {}", said(&error));
            let hint = "save the boundaries as a FeatureCollection";
            faults.push(Diagnostic::error("geojson", start..start, message).hint(hint));
            return Vec::new();
        }
    };
    if read.kind != "FeatureCollection" {
        let message = format!("the file holds a {}, not a FeatureCollection", read.kind);
        faults.push(Diagnostic::error("geojson", file.base..file.base + 1, message));
        return Vec::new();
    }
    let mut points = 0;
    let mut out = Vec::new();
    for (place, raw) in read.features.iter().enumerate() {
        let at = raw.get().as_ptr() as usize - file.text.as_ptr() as usize;
        let spot = file.base + at..file.base + at + 1;
        let refused = |fault: Refused| fault.told(place + 1, spot.clone());
        match feature(raw.get(), &mut points) {
            Ok(None) => {}
            Ok(Some((district, source, polygons))) => {
                out.push(Boundary { district, source, polygons, spot });
            }
            Err(fault) => faults.push(refused(fault)),
        }
        if points > MOST_POINTS {
            let message = format!("more than {MOST_POINTS} points in one file");
            let hint = "simplify the boundaries: a map on a page shows some thousands";
            faults.push(Diagnostic::error("geojson", file.base..file.base + 1, message).hint(hint));
            return Vec::new();
        }
    }
    out
}

/// Why a feature is no boundary, and what would mend it.
struct Refused {
    why: String,
    hint: &'static str,
}

impl Refused {
    fn told(self, number: usize, spot: Spot) -> Diagnostic {
        let message = format!("feature {number}: {}", self.why);
        Diagnostic::error("geojson", spot, message).hint(self.hint)
    }
}

type Found = (String, String, Vec<Vec<Ring>>);

/// A district with its source and polygons; none where the feature is not about a district.
fn feature(text: &str, points: &mut usize) -> Result<Option<Found>, Refused> {
    let refused = |why: &str, hint| Refused { why: why.to_owned(), hint };
    let read: Feature = serde_json::from_str(text).map_err(|error| Refused {
        why: said(&error),
        hint: "a feature has properties, and a Polygon or MultiPolygon as its geometry",
    })?;
    let own = read.properties.unwrap_or_default();
    let district = match (own.district, own.kind.as_deref(), own.id) {
        (Some(district), ..) => district,
        (None, Some("district"), Some(id)) => id,
        // places and the like, as an export holds them
        (None, Some(_), _) => return Ok(None),
        (None, None, _) => {
            let hint = "give it the property \"district\": the id of a district of the case";
            return Err(refused("it does not say whose boundary it is", hint));
        }
    };
    let polygons = match read.geometry {
        // a district of an export to which no geometry was joined
        None => return Ok(None),
        Some(Geometry::Polygon { coordinates }) => vec![coordinates],
        Some(Geometry::MultiPolygon { coordinates }) => coordinates,
        Some(Geometry::Other) => {
            let hint = "draw it as a Polygon or a MultiPolygon";
            return Err(refused("its geometry is no area", hint));
        }
    };
    let Some(source) = own.source else {
        let hint = "give it the property \"source\": the key of a source of the case";
        return Err(refused("it does not say where its boundary comes from", hint));
    };
    let polygons: Vec<Vec<Ring>> = (polygons.into_iter())
        .map(|rings| rings.iter().map(|ring| closed(ring, points)).collect())
        .collect::<Result<_, _>>()?;
    if polygons.iter().flatten().next().is_none() {
        return Err(refused("its geometry is empty", "give it at least one ring"));
    }
    Ok(Some((district, source, polygons)))
}

fn closed(ring: &[Position], points: &mut usize) -> Result<Ring, Refused> {
    *points += ring.len();
    let ring: Ring = ring.iter().map(|at| position(at)).collect::<Result<_, _>>()?;
    if ring.len() < 4 || ring.first() != ring.last() {
        return Err(Refused {
            why: "a ring of it is not closed".to_owned(),
            hint: "a ring has four points or more, and its last point is its first",
        });
    }
    Ok(ring)
}

fn position(at: &[f64]) -> Result<Point, Refused> {
    match *at {
        [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
            Ok((longitude, latitude))
        }
        _ => Err(Refused {
            why: format!("{at:?} is no place on the globe"),
            hint: "write longitude, then latitude, in degrees (WGS 84)",
        }),
    }
}

/// What a parser says, without the line and column that are told beside it.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    entry::said::plain(text.rsplit_once(" at line ").map_or(text.as_str(), |(head, _)| head))
}

/// Checks that each boundary is of a district, of whatever law and day, has a source and stands once.
pub(crate) fn check(
    boundaries: &[Boundary],
    districts: &BTreeSet<&str>,
    sources: &BTreeSet<&str>,
    faults: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, &Spot> = BTreeMap::new();
    for boundary in boundaries {
        let spot = || boundary.spot.clone();
        let district = boundary.district.as_str();
        for (what, named, known) in
            [("district", district, districts), ("source", boundary.source.as_str(), sources)]
        {
            if !known.contains(named) {
                let fault = Diagnostic::error(what, spot(), format!("\"{named}\": no such {what}"));
                faults.push(fault.nearest(named, known.iter().copied()));
            }
        }
        if let Some(first) = seen.insert(district, &boundary.spot) {
            let message = format!("the boundary of district \"{district}\" is given twice");
            let fault = Diagnostic::error("twice", spot(), message);
            faults.push(fault.also(first.clone(), "first here"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Boundary>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let file = File::new("x.geojson".to_owned(), text.to_owned(), 100);
        (boundaries(&file, &mut faults), faults)
    }

    fn of(properties: &str, geometry: &str) -> String {
        format!(
            r#"{{"type": "FeatureCollection", "features": [
{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}]}}"#
        )
    }

    const SQUARE: &str =
        r#"{"type": "Polygon", "coordinates": [[[1, 2], [3, 2, 50], [3, 4], [1, 2]]]}"#;

    #[test]
    fn a_polygon_becomes_the_boundary_of_its_district() {
        let (found, faults) = read(&of(r#"{"district": "north", "source": "S"}"#, SQUARE));
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!((found[0].district.as_str(), found[0].source.as_str()), ("north", "S"));
        assert_eq!(found[0].polygons, [[[(1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 2.0)]]]);
    }

    #[test]
    fn what_was_exported_comes_back_with_geometry_and_is_passed_over_without() {
        let own = r#"{"kind": "district", "id": "north", "source": "S", "sources": ["T"]}"#;
        assert_eq!(read(&of(own, SQUARE)).0[0].district, "north");
        let (found, faults) = read(&of(own, "null"));
        assert!(found.is_empty() && faults.is_empty(), "{faults:?}");
        let place = r#"{"kind": "place", "id": "base"}"#;
        let (found, faults) = read(&of(place, r#"{"type": "Point", "coordinates": [1, 2]}"#));
        assert!(found.is_empty() && faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn a_fault_names_the_feature_its_place_and_what_would_mend_it() {
        let whose = r#"{"district": "north", "source": "S"}"#;
        let ring = |points: &str| format!(r#"{{"type": "Polygon", "coordinates": [[{points}]]}}"#);
        let cases = [
            (of("{}", SQUARE), "whose boundary"),
            (of(r#"{"district": "north"}"#, SQUARE), "where its boundary comes from"),
            (of(whose, r#"{"type": "Point", "coordinates": [1, 2]}"#), "no area"),
            (of(whose, &ring("[1,2],[3,2],[1,2]")), "not closed"),
            (of(whose, &ring("[1,2],[3,2],[3,4],[1,4]")), "not closed"),
            (of(whose, &ring("[1,2],[3,200],[3,4],[1,2]")), "no place on the globe"),
            (of(whose, &ring("[1],[3,2],[3,4],[1]")), "no place on the globe"),
            (of(whose, r#"{"type": "Polygon", "coordinates": []}"#), "empty"),
            (
                of(whose, r#"{"type": "Polygon", "coordinates": 7}"#),
                "7 stands where a list belongs",
            ),
        ];
        for (text, wanted) in cases {
            let (found, faults) = read(&text);
            assert!(found.is_empty(), "{text}");
            assert_eq!(faults.len(), 1, "{text}");
            let told = &faults[0];
            assert!(told.message.starts_with("feature 1: "), "{}", told.message);
            assert!(told.message.contains(wanted), "{} of {text}", told.message);
            let at = told.spot.start - 100;
            assert!(text[at..].starts_with(r#"{"type": "Feature","#), "{}", &text[at..]);
            assert!(told.hint.is_some());
        }
    }

    #[test]
    fn what_is_no_collection_is_refused_where_it_breaks() {
        let (_, faults) = read("{\"type\": \"FeatureCollection\",\n \"features\": [1, }");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].message.starts_with("this is no GeoJSON"), "{}", faults[0].message);
        assert!(faults[0].spot.start > 130, "{:?}", faults[0].spot);
        let (_, faults) = read(r#"{"type": "Topology", "objects": {}}"#);
        assert!(faults[0].message.contains("holds a Topology"), "{}", faults[0].message);
        let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
        let (_, faults) = read(&of(r#"{"district": "n", "source": "S"}"#, &deep));
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn a_boundary_is_of_a_district_has_a_source_and_stands_once() {
        let (mut found, _) = read(&of(r#"{"district": "north", "source": "S"}"#, SQUARE));
        found.push(found[0].clone());
        let said = |districts: &[&str], sources: &[&str]| {
            let mut faults = Vec::new();
            let (districts, sources) =
                (districts.iter().copied().collect(), sources.iter().copied().collect());
            check(&found, &districts, &sources, &mut faults);
            faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>()
        };
        let twice = "the boundary of district \"north\" is given twice";
        assert_eq!(said(&["north"], &["S"]), [twice]);
        assert!(said(&["nort"], &["S"]).contains(&"\"north\": no such district".to_owned()));
        assert!(said(&["north"], &["T"]).contains(&"\"S\": no such source".to_owned()));
    }

    #[test]
    fn more_points_than_a_map_can_show_are_refused() {
        let point = "[1,2],";
        let many = format!(
            r#"{{"type": "Polygon", "coordinates": [[{}[1,2]]]}}"#,
            point.repeat(MOST_POINTS)
        );
        let (found, faults) = read(&of(r#"{"district": "n", "source": "S"}"#, &many));
        assert!(found.is_empty());
        assert!(faults[0].message.contains("200000 points"), "{}", faults[0].message);
    }
}
