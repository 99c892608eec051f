//! GeoJSON (RFC 7946): the places of a case as points, and its districts with their boundaries. A district whose boundary
//! the case does not hold is a feature without geometry, to be joined to somebody's map by its id or name.

use evidence::StoreError;
use serde_json::{Value, json};

use super::{Format, Material, Written, pretty};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "geojson",
    says: "places as points, districts with their boundaries (QGIS, Leaflet)",
    ties: false,
    write,
};

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let case = material.case;
    let keys = |keys: &entry::Keys| -> Vec<String> {
        keys.0.iter().map(|key| key.get_ref().clone()).collect()
    };
    let place = |place: &case::rivalry::Place| {
        json!({
            "type": "Feature",
            "id": format!("place.{}", place.id.get_ref()),
            "geometry": {
                "type": "Point",
                "coordinates": [place.longitude.get_ref(), place.latitude.get_ref()],
            },
            "properties": {
                "kind": "place",
                "id": place.id.get_ref(),
                "name": place.name,
                "holder": place.holder.as_ref().map(|holder| holder.get_ref()),
                "sources": keys(&place.source),
                "note": place.note,
            },
        })
    };
    let boundary = |id: &str| case.boundaries.iter().find(|boundary| boundary.district == id);
    let district = |district: &case::institution::District| {
        let boundary = boundary(district.id.get_ref());
        json!({
            "type": "Feature",
            "id": format!("district.{}", district.id.get_ref()),
            "geometry": boundary.map(geometry),
            "properties": {
                "kind": "district",
                "id": district.id.get_ref(),
                "name": district.name,
                "seats": district.seats.get_ref(),
                "sources": keys(&district.source),
                "source": boundary.map(|boundary| &boundary.source),
                "note": district.note,
            },
        })
    };
    let features: Vec<Value> =
        case.places.iter().map(place).chain(case.districts.iter().map(district)).collect();
    let mut remarks = Vec::new();
    if case.places.is_empty() {
        remarks.push("the case has no place with coordinates".to_owned());
    }
    let bare = case.districts.iter().filter(|d| boundary(d.id.get_ref()).is_none()).count();
    if bare > 0 {
        let text = format!(
            "{bare} of {} districts have no boundary in the case and no geometry; join them to a map by id",
            case.districts.len()
        );
        remarks.push(text);
    }
    if !case.events.is_empty() {
        remarks.push("events of a case have no coordinates and are left out".to_owned());
    }
    let text = pretty(&json!({ "type": "FeatureCollection", "features": features }));
    Ok(Written { text, remarks })
}

fn geometry(boundary: &case::boundary::Boundary) -> Value {
    match boundary.polygons.as_slice() {
        [one] => json!({ "type": "Polygon", "coordinates": one }),
        many => json!({ "type": "MultiPolygon", "coordinates": many }),
    }
}
