//! Great-circle distances against known ones.

use simulate::process::escalation::great_circle_km;

/// Latitude and longitude in degrees.
type Point = (f64, f64);

/// Airports, with the distance in km on the WGS 84 ellipsoid as great-circle calculators give it; a sphere is
/// right to half a percent.
const KNOWN: &[(Point, Point, f64)] = &[
    // A degree of latitude, and a quarter of the Earth's girth.
    ((0.0, 0.0), (1.0, 0.0), 110.57),
    ((0.0, 0.0), (0.0, 90.0), 10_018.75),
    ((90.0, 0.0), (0.0, 45.0), 10_001.97),
    // London Heathrow to New York JFK (3,451 miles), Sydney to Los Angeles (7,488 miles).
    ((51.4706, -0.4619), (40.6398, -73.7789), 5_554.0),
    ((-33.9461, 151.1772), (33.9425, -118.4081), 12_051.0),
];

#[test]
fn distances_are_those_of_the_globe_to_half_a_percent() {
    for (from, to, km) in KNOWN {
        let found = great_circle_km(*from, *to);
        assert!((found / km - 1.0).abs() < 0.006, "{from:?} to {to:?}: {found} for {km}");
        assert!((found - great_circle_km(*to, *from)).abs() < 1e-9, "there and back");
    }
}

#[test]
fn on_a_sphere_known_arcs_come_out_to_the_metre() {
    let radius = 6371.0;
    let arc = |degrees: f64| radius * degrees.to_radians();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
    assert!(near(great_circle_km((10.0, 20.0), (10.0, 20.0)), 0.0));
    assert!(near(great_circle_km((0.0, 0.0), (0.0, 180.0)), arc(180.0)));
    assert!(near(great_circle_km((-35.0, 0.0), (25.0, 0.0)), arc(60.0)));
    assert!(near(great_circle_km((0.0, 170.0), (0.0, -170.0)), arc(20.0)), "over the date line");
    // The worked example of two points at 45 degrees: cos d = sin² 45 + cos² 45 cos 90 = 1/2.
    assert!(near(great_circle_km((45.0, 0.0), (45.0, 90.0)), arc(60.0)));
}
