//! Rings on the globe and in the plane.

type Point = (f64, f64);
type Rings = Vec<Vec<Point>>;

/// Brings longitudes and latitudes of districts and of places to the plane about the districts'
/// middle by Lambert's azimuthal equal-area projection, y downwards.
///
/// With the middle at (l0, p0): k = sqrt(2 / (1 + sin p0 sin p + cos p0 cos p cos(l - l0))),
/// x = k cos p sin(l - l0), y = -k (cos p0 sin p - sin p0 cos p cos(l - l0)).
///
/// Reference: Snyder, *Map Projections: A Working Manual*, 1987, equations 24-2 to 24-4
/// (snyder1987).
pub(super) fn projected(districts: &[Rings], places: &[Point]) -> (Vec<Rings>, Vec<Point>) {
    let all = || districts.iter().flatten().flatten();
    let middle = |of: fn(&Point) -> f64| {
        let low = all().map(of).fold(f64::INFINITY, f64::min);
        let high = all().map(of).fold(f64::NEG_INFINITY, f64::max);
        if low <= high { (low + high) / 2.0 } else { 0.0 }
    };
    let (lon, lat) = (middle(|at| at.0).to_radians(), middle(|at| at.1).to_radians());
    let plane = |(l, p): &Point| {
        let (l, p) = (l.to_radians() - lon, p.to_radians());
        let below = 1.0 + lat.sin() * p.sin() + lat.cos() * p.cos() * l.cos();
        // the far side of the globe has no place; it is brought to the rim
        let k = (2.0 / below.max(1e-6)).sqrt();
        let y = k * (lat.cos() * p.sin() - lat.sin() * p.cos() * l.cos());
        (k * p.cos() * l.sin(), -y)
    };
    let districts = districts
        .iter()
        .map(|rings| rings.iter().map(|ring| ring.iter().map(plane).collect()).collect())
        .collect();
    (districts, places.iter().map(plane).collect())
}

/// The corners of a hexagon with a point on top, in axial coordinates.
pub(super) fn hexagon((column, row): (i32, i32)) -> Vec<Point> {
    let wide = 3f64.sqrt();
    let x = wide * (f64::from(column) + f64::from(row) / 2.0);
    let y = 1.5 * f64::from(row);
    (0..6)
        .map(|corner| {
            let angle =
                std::f64::consts::FRAC_PI_3 * f64::from(corner) - std::f64::consts::FRAC_PI_2;
            (x + 0.97 * angle.cos(), y + 0.97 * angle.sin())
        })
        .collect()
}

/// Scales and moves shapes, and places with them, so that the shapes fill a rectangle from its top, centred across.
pub(super) fn fitted(
    (districts, places): (Vec<Rings>, Vec<Point>),
    corner: Point,
    size: Point,
) -> (Vec<Rings>, Vec<Point>) {
    let ends = |of: fn(&Point) -> f64| {
        let all = || districts.iter().flatten().flatten().map(of);
        (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max))
    };
    let (across, down) = (ends(|at| at.0), ends(|at| at.1));
    let (wide, tall) = ((across.1 - across.0).max(1e-9), (down.1 - down.0).max(1e-9));
    // a single hexagon need not fill the page
    let scale = (size.0 / wide).min(size.1 / tall);
    let scale = if wide > 1.6 && tall > 1.6 { scale.min(46.0) } else { scale };
    let left = corner.0 + (size.0 - wide * scale) / 2.0;
    let put = |(x, y): Point| (left + (x - across.0) * scale, corner.1 + (y - down.0) * scale);
    let districts = districts
        .into_iter()
        .map(|rings| rings.into_iter().map(|ring| ring.into_iter().map(put).collect()).collect())
        .collect();
    (districts, places.into_iter().map(put).collect())
}

/// A place inside the largest ring for its words, and the width they have there: of a grid of
/// points inside, the one whose level has the most room to both sides.
pub(super) fn heart(rings: &Rings) -> (Point, f64) {
    let Some(ring) = rings.iter().max_by(|a, b| area(a).total_cmp(&area(b))) else {
        return ((0.0, 0.0), 0.0);
    };
    let low = ring.iter().map(|at| at.1).fold(f64::INFINITY, f64::min);
    let high = ring.iter().map(|at| at.1).fold(f64::NEG_INFINITY, f64::max);
    let mut best = ((0.0, 0.0), 0.0);
    let mut score = f64::NEG_INFINITY;
    for level in 1..24 {
        let y = low + (high - low) * f64::from(level) / 24.0;
        for (from, to) in spans(ring, y) {
            // words are two lines high, and stand best halfway down
            let middle = (from + to) / 2.0;
            let room = [y - 12.0, y, y + 14.0]
                .iter()
                .map(|y| about(ring, *y, middle))
                .fold(f64::INFINITY, f64::min);
            let worth = room - 0.5 * (y - (low + high) / 2.0).abs();
            if worth > score {
                score = worth;
                best = ((middle, y), (room - 4.0).max(0.0));
            }
        }
    }
    best
}

/// Twice the narrower of the rooms to the left and right of a point inside.
fn about(ring: &[Point], y: f64, x: f64) -> f64 {
    spans(ring, y)
        .into_iter()
        .find(|(from, to)| *from <= x && x <= *to)
        .map_or(0.0, |(from, to)| 2.0 * (x - from).min(to - x))
}

/// The spans of a level that lie inside a ring.
fn spans(ring: &[Point], y: f64) -> Vec<(f64, f64)> {
    let mut cuts: Vec<f64> = Vec::new();
    for (place, from) in ring.iter().enumerate() {
        let to = ring[(place + 1) % ring.len()];
        if (from.1 > y) != (to.1 > y) {
            cuts.push(from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0));
        }
    }
    cuts.sort_by(f64::total_cmp);
    cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

fn area(ring: &[Point]) -> f64 {
    let mut sum = 0.0;
    for (place, from) in ring.iter().enumerate() {
        let to = ring[(place + 1) % ring.len()];
        sum += from.0 * to.1 - to.0 * from.1;
    }
    (sum / 2.0).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_areas_stay_equal() {
        // a square degree at two latitudes: its area on the unit sphere is
        // (sin(p + 1°) - sin p) times 1° in radians
        for lat in [30.0f64, 48.0] {
            let ring = |from: f64| {
                let mut ring = Vec::new();
                for step in 0..50 {
                    ring.push((40.0 + f64::from(step) / 50.0, from));
                }
                for step in 0..50 {
                    ring.push((41.0, from + f64::from(step) / 50.0));
                }
                for step in 0..50 {
                    ring.push((41.0 - f64::from(step) / 50.0, from + 1.0));
                }
                for step in 0..50 {
                    ring.push((40.0, from + 1.0 - f64::from(step) / 50.0));
                }
                ring
            };
            let (plane, _) = projected(&[vec![ring(lat)], vec![ring(10.0)]], &[]);
            let on_globe = |from: f64| {
                ((from + 1.0).to_radians().sin() - from.to_radians().sin()) * 1f64.to_radians()
            };
            assert!((area(&plane[0][0]) / on_globe(lat) - 1.0).abs() < 1e-4);
            assert!((area(&plane[1][0]) / on_globe(10.0) - 1.0).abs() < 1e-4);
        }
    }

    #[test]
    fn words_stand_inside() {
        // an L: its middle of mass lies outside of its arms
        let ring = vec![
            (0.0, 0.0),
            (20.0, 0.0),
            (20.0, 70.0),
            (100.0, 70.0),
            (100.0, 110.0),
            (0.0, 110.0),
        ];
        let ((x, y), room) = heart(&vec![ring.clone()]);
        assert!(spans(&ring, y).iter().any(|(from, to)| *from < x && x < *to));
        assert!(room > 20.0);
    }

    #[test]
    fn neighbouring_hexagons_touch_and_do_not_overlap() {
        let distance = |a: (i32, i32), b: (i32, i32)| {
            let middle = |at| {
                let ring = hexagon(at);
                let sum = ring.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
                (sum.0 / 6.0, sum.1 / 6.0)
            };
            let (a, b) = (middle(a), middle(b));
            (a.0 - b.0).hypot(a.1 - b.1)
        };
        for near in [(1, 0), (0, 1), (-1, 1), (1, -1)] {
            assert!((distance((0, 0), near) - 3f64.sqrt()).abs() < 1e-9);
        }
    }
}
