//! Where: a value in each district, on its outline or as a hexagon, or both side by side.
//!
//! Outlines are rings of longitude and latitude, brought to the plane without changing areas
//! (`shapes`); hexagons give every district the same area, so that a small full one is not lost
//! beside a large empty one. Both share one scale of five classes, dark for high; a district of
//! which nothing is known is hatched, never pale.

mod shapes;

use super::labels::Labels;
use super::{Check, Frame, Picture, PictureError, note};
use crate::numbers;
use crate::svg::{Canvas, Drawing, Type, scale};
use crate::table::{Column, Table};

/// A district.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// Its name.
    pub name: String,
    /// Two to four letters that stand for it where its name has no room.
    pub code: String,
    /// Its value; none where nothing is known.
    pub value: Option<f64>,
    /// Its outline: rings of (longitude, latitude) in degrees; may be empty.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// Its place in a grid of hexagons, column and row in axial coordinates.
    pub hexagon: Option<(i32, i32)>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// What the values are: "turnout", "seats lost".
    pub unit: String,
    /// Whether they are shares, said as percentages.
    pub shares: bool,
    /// The districts.
    pub districts: Vec<District>,
}

const NAME: &str = "district-map";
const UNKNOWN: &str = "nothing known";
const CLASSES: usize = 5;

/// Draws the map.
///
/// # Errors
/// If a number is not finite, an outline is not on the globe, or two districts share a hexagon.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    let mut taken = std::collections::BTreeMap::new();
    for (place, district) in input.districts.iter().enumerate() {
        let place = format!("district {} ({})", place + 1, district.name);
        if let Some(value) = district.value {
            check.number(&place, value)?;
        }
        for (lon, lat) in district.outline.iter().flatten() {
            if !(lon.abs() <= 360.0 && lat.abs() <= 90.0) {
                return Err(PictureError {
                    picture: NAME,
                    place,
                    fault: format!("({lon}, {lat}) is not on the globe"),
                    fix: "give longitude, then latitude, in degrees",
                });
            }
        }
        let Some((column, row)) = district.hexagon else {
            continue;
        };
        if column.unsigned_abs() > 1000 || row.unsigned_abs() > 1000 {
            return Err(PictureError {
                picture: NAME,
                place,
                fault: format!("hexagon ({column}, {row}) is too far out"),
                fix: "give columns and rows within a thousand of 0",
            });
        }
        if let Some(other) = taken.insert((column, row), district.name.clone()) {
            return Err(PictureError {
                picture: NAME,
                place,
                fault: format!("hexagon ({column}, {row}) is that of {other} too"),
                fix: "give each district a hexagon of its own",
            });
        }
    }
    let map = Map::of(input);
    if !map.has_outlines && !map.has_hexagons {
        return Ok(Picture::nothing(NAME, &input.title, "district with a place", map.head()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: map.describe(),
        wide: map.paint(Frame::Wide),
        narrow: map.paint(Frame::Narrow),
        table: map.table(),
    })
}

struct Map<'a> {
    input: &'a Input,
    /// The ends of the classes, from the lowest.
    ends: Vec<f64>,
    has_outlines: bool,
    has_hexagons: bool,
}

/// A district's shape in the plane.
struct Shape<'a> {
    district: &'a District,
    rings: Vec<Vec<(f64, f64)>>,
    /// Where its words stand, and how wide they may be.
    middle: (f64, f64),
    room: f64,
}

impl Map<'_> {
    fn of(input: &Input) -> Map<'_> {
        let values = || input.districts.iter().filter_map(|district| district.value);
        let (low, high) =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let ends = if low > high {
            Vec::new()
        } else {
            let step = scale::step((high - low).max(low.abs().max(1e-9) * 1e-6), CLASSES, false);
            let first = (low / step).floor();
            let count = ((high / step - first).floor() as usize + 1).max(1);
            (0..=count).map(|place| (first + place as f64) * step).collect()
        };
        Map {
            input,
            ends,
            has_outlines: input.districts.iter().any(|d| d.outline.iter().any(|r| r.len() > 2)),
            has_hexagons: input.districts.iter().any(|d| d.hexagon.is_some()),
        }
    }

    /// The shade of a value: the classes spread over the five shades.
    fn shade(&self, value: f64) -> usize {
        let classes = self.ends.len().saturating_sub(1).max(1);
        let class = self.ends.iter().skip(1).take(classes - 1).filter(|end| value >= **end).count();
        if classes == 1 { 2 } else { class * (CLASSES - 1) / (classes - 1) }
    }

    fn value(&self, value: f64) -> String {
        if self.input.shares {
            return numbers::share(value);
        }
        let step = match self.ends.as_slice() {
            [first, second, ..] => second - first,
            _ => 1.0,
        };
        numbers::decimal(value, numbers::places(step / 10.0).min(3))
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let mut y = self.legend(&mut canvas, frame) + 8.0;
        let both = self.has_outlines && self.has_hexagons && frame.is_wide();
        let wide = if both { 346.0 } else { frame.width() };
        let tall = if both { 380.0 } else { frame.pick(460.0, 350.0) };
        let mut foot = y;
        if self.has_outlines {
            let shapes = self.outlines((0.0, y), (wide, tall));
            foot = foot.max(self.shapes(&mut canvas, &shapes, (0.0, y), (wide, tall)));
        }
        if self.has_hexagons {
            let left = if both { frame.width() - wide } else { 0.0 };
            if self.has_outlines && !both {
                y = foot + 18.0;
            }
            let shapes = self.hexagons((left, y), (wide, tall));
            foot = foot.max(self.shapes(&mut canvas, &shapes, (left, y), (wide, tall)));
        }
        let end = note(&mut canvas, foot + 4.0, &self.codes());
        canvas.finish(end + 2.0)
    }

    fn outlines(&self, corner: (f64, f64), size: (f64, f64)) -> Vec<Shape<'_>> {
        let rings: Vec<Vec<Vec<(f64, f64)>>> =
            self.input.districts.iter().map(|district| district.outline.clone()).collect();
        let drawn: Vec<&District> = self.input.districts.iter().collect();
        shapes::fitted(shapes::projected(&rings), corner, size)
            .into_iter()
            .zip(drawn)
            .filter(|(rings, _)| rings.iter().any(|ring| ring.len() > 2))
            .map(|(rings, district)| {
                let (middle, room) = shapes::heart(&rings);
                Shape { district, rings, middle, room }
            })
            .collect()
    }

    fn hexagons(&self, corner: (f64, f64), size: (f64, f64)) -> Vec<Shape<'_>> {
        let drawn: Vec<&District> =
            self.input.districts.iter().filter(|district| district.hexagon.is_some()).collect();
        let rings = drawn
            .iter()
            .filter_map(|district| district.hexagon)
            .map(|at| vec![shapes::hexagon(at)])
            .collect();
        shapes::fitted(rings, corner, size)
            .into_iter()
            .zip(drawn)
            .map(|(rings, district)| {
                let (middle, room) = shapes::heart(&rings);
                Shape { district, rings, middle, room }
            })
            .collect()
    }

    /// Draws shapes and their words. Gives the y at their foot.
    fn shapes(
        &self,
        canvas: &mut Canvas,
        shapes: &[Shape<'_>],
        corner: (f64, f64),
        size: (f64, f64),
    ) -> f64 {
        let mut foot = corner.1;
        for shape in shapes {
            let mut commands = String::new();
            for ring in &shape.rings {
                if ring.len() > 2 {
                    commands.push_str(&crate::svg::closed(ring));
                }
                foot = ring.iter().map(|at| at.1).fold(foot, f64::max);
            }
            match shape.district.value {
                Some(value) => {
                    canvas.path(&commands, &format!("f-c0 q{}", self.shade(value)));
                }
                None => canvas.overlay(&commands, "hatch"),
            }
            canvas.path(&commands, "w1 l-paper");
            if shape.district.value.is_none() {
                canvas.path(&commands, "w1 l-soft");
            }
        }
        let to = (corner.0 + size.0, corner.1 + size.1 + 4.0);
        let mut labels = Labels::within(corner, to);
        let mut order: Vec<&Shape<'_>> = shapes.iter().collect();
        order.sort_by(|a, b| b.room.total_cmp(&a.room));
        for shape in order {
            self.words(canvas, &mut labels, shape);
        }
        foot
    }

    /// The name or the code, and the value, as far as they have room.
    fn words(&self, canvas: &mut Canvas, labels: &mut Labels, shape: &Shape<'_>) {
        let district = shape.district;
        let (x, y) = shape.middle;
        let dark = district.value.is_some_and(|value| self.shade(value) >= 3);
        let class = if dark { "f-paper" } else { "f-ink" };
        let name = Type { size: 12.0, ..Type::LABEL }.bold().middle();
        let code = Type { size: 12.0, ..Type::LABEL }.bold().middle();
        let small = Type { size: 12.0, ..Type::LABEL }.middle();
        let value = district.value.map(|value| self.value(value)).unwrap_or_default();
        let halo = |kind: Type| if district.value.is_none() { kind.halo() } else { kind };
        for (words, kind) in [(&district.name, name), (&district.code, code)] {
            let fits = kind.width(words) <= shape.room && small.width(&value) <= shape.room;
            let fits = fits && shape.room >= 30.0;
            let two = [((x, y - 2.0), halo(kind)), ((x, y + 13.0), halo(small))];
            if fits && labels.set_in(canvas, &[(words, two[0]), (&value, two[1])], class) {
                return;
            }
        }
        let one = ((x, y + 4.5), halo(code));
        if code.width(&district.code) <= shape.room + 4.0 {
            labels.set_in(canvas, &[(&district.code, one)], class);
        }
    }

    /// The classes, low to high, and the hatch. Gives the y below.
    fn legend(&self, canvas: &mut Canvas, frame: Frame) -> f64 {
        let unit = Type::LABEL.wrap(&self.input.unit, frame.width(), 2);
        let mut y = canvas.lines((0.0, 13.0), &unit, 17.0, Type::LABEL).max(13.0) + 24.0;
        let classes = self.ends.len().saturating_sub(1);
        let each = frame.pick(56.0, 44.0);
        let words: Vec<String> = self.ends.iter().map(|end| self.end(*end)).collect();
        let half = words.first().map_or(0.0, |words| Type::TICK.width(words) / 2.0);
        let left = half.min(40.0);
        for class in 0..classes {
            let x = left + class as f64 * each;
            let shade = self.shade((self.ends[class] + self.ends[class + 1]) / 2.0);
            canvas.rect((x, y - 11.0), (each - 1.0, 12.0), &format!("f-c0 q{shade}"));
        }
        let mut last = f64::NEG_INFINITY;
        for (place, words) in words.iter().enumerate() {
            let half = Type::TICK.width(words) / 2.0;
            let x = (left + place as f64 * each).clamp(half, (frame.width() - half).max(half));
            if x - half > last + 5.0 {
                canvas.text((x, y + 16.0), words, Type::TICK.middle());
                last = x + half;
            }
        }
        let mut x = left + classes as f64 * each + 40.0;
        if self.input.districts.iter().any(|district| district.value.is_none()) {
            if x + 24.0 + Type::SMALL.width(UNKNOWN) > frame.width() {
                (x, y) = (0.0, y + 36.0);
            }
            canvas.hatched((x, y - 11.0), (18.0, 12.0), "hatch");
            let (right, top, foot) = (x + 18.0, y - 11.0, y + 1.0);
            let corners = [(x, top), (right, top), (right, foot), (x, foot), (x, top)];
            canvas.polyline(&corners, "w1 l-soft");
            canvas.text((x + 24.0, y), UNKNOWN, Type::SMALL);
        }
        y + 26.0
    }

    fn end(&self, end: f64) -> String {
        if self.input.shares { numbers::share(end) } else { self.value(end) }
    }

    /// What the letters stand for.
    fn codes(&self) -> String {
        let each: Vec<String> = self
            .input
            .districts
            .iter()
            .map(|district| format!("{} {}", district.code, district.name))
            .collect();
        each.join(" · ")
    }

    fn describe(&self) -> String {
        let mut known: Vec<(&District, f64)> =
            self.input.districts.iter().filter_map(|d| Some((d, d.value?))).collect();
        known.sort_by(|a, b| b.1.total_cmp(&a.1));
        let said = |(district, value): &(&District, f64)| {
            format!("{} {}", district.name, self.value(*value))
        };
        let high: Vec<String> = known.iter().take(3).map(said).collect();
        let low: Vec<String> = known.iter().rev().take(2).map(said).collect();
        let without = self.input.districts.len() - known.len();
        format!(
            "{} in {}. Highest: {}. Lowest: {}. {} without a value.",
            self.input.unit,
            numbers::counted(self.input.districts.len(), "district", "districts"),
            high.join(", "),
            low.join(", "),
            numbers::counted(without, "district", "districts")
        )
    }

    fn head(&self) -> Table {
        Table::new(
            self.input.unit.clone(),
            vec![Column::words("District"), Column::words("Code"), Column::numbers("value")],
        )
    }

    fn table(&self) -> Table {
        let mut table = self.head();
        for district in &self.input.districts {
            table.row([
                district.name.clone(),
                district.code.clone(),
                district.value.map_or_else(|| UNKNOWN.to_owned(), |value| self.value(value)),
            ]);
        }
        table.notes.push(self.codes());
        table
    }
}
