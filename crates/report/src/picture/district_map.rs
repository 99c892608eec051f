//! Where: a value in each district, on its outline or as a hexagon, or both side by side.
//!
//! Outlines are rings of longitude and latitude, brought to the plane without changing areas
//! (`shapes`); hexagons give every district the same area, so that a small full one is not lost
//! beside a large empty one. Both share one scale of five classes, dark for high; a district of
//! which nothing is known is hatched, never pale. Where a value belongs to somebody (the share of
//! runs in which a list comes first), its hue is that of the holder's group. Places are dots.

mod shapes;

use super::labels::Labels;
use super::{Check, Frame, Picture, PictureError, note};
use crate::numbers;
use crate::svg::palette::Hue;
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
    /// Whose value it is, where it is somebody's.
    pub holder: Option<Holder>,
    /// Its outline: rings of (longitude, latitude) in degrees; may be empty.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// Its place in a grid of hexagons, column and row in axial coordinates.
    pub hexagon: Option<(i32, i32)>,
}

/// Whose a district's value is.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The name, short enough for a map.
    pub name: String,
    /// Its group, by its place in [`Input::groups`].
    pub group: usize,
}

/// A place: a town, a base.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its longitude and latitude in degrees.
    pub at: (f64, f64),
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
    /// The groups of the holders, each with a hue; empty where values are nobody's.
    pub groups: Vec<String>,
    /// The districts.
    pub districts: Vec<District>,
    /// Places; those that lie off the map are left out.
    pub places: Vec<Place>,
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
        for at in district.outline.iter().flatten() {
            on_the_globe(&place, *at)?;
        }
        if let Some(holder) = district.holder.as_ref().filter(|h| h.group >= input.groups.len()) {
            return Err(PictureError {
                picture: NAME,
                place,
                fault: format!("{} is of group {}, which is not given", holder.name, holder.group),
                fix: "give the groups in the order in which holders name them",
            });
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
    for place in &input.places {
        on_the_globe(&place.name, place.at)?;
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

fn on_the_globe(place: &str, (lon, lat): (f64, f64)) -> Result<(), PictureError> {
    if lon.abs() <= 360.0 && lat.abs() <= 90.0 {
        return Ok(());
    }
    Err(PictureError {
        picture: NAME,
        place: place.to_owned(),
        fault: format!("({lon}, {lat}) is not on the globe"),
        fix: "give longitude, then latitude, in degrees",
    })
}

struct Map<'a> {
    input: &'a Input,
    /// The ends of the classes, from the lowest.
    ends: Vec<f64>,
    has_outlines: bool,
    has_hexagons: bool,
}

/// A place in the plane.
type Dot<'a> = (&'a Place, (f64, f64));

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
            let (shapes, dots) = self.outlines((0.0, y), (wide, tall));
            foot = foot.max(self.shapes(&mut canvas, &shapes, &dots, (0.0, y), (wide, tall)));
        }
        if self.has_hexagons {
            let left = if both { frame.width() - wide } else { 0.0 };
            if self.has_outlines && !both {
                y = foot + 18.0;
            }
            let shapes = self.hexagons((left, y), (wide, tall));
            foot = foot.max(self.shapes(&mut canvas, &shapes, &[], (left, y), (wide, tall)));
        }
        let end = note(&mut canvas, foot + 4.0, &self.codes());
        canvas.finish(end + 2.0)
    }

    /// The districts in the plane, and the places among them.
    fn outlines(&self, corner: (f64, f64), size: (f64, f64)) -> (Vec<Shape<'_>>, Vec<Dot<'_>>) {
        let rings: Vec<Vec<Vec<(f64, f64)>>> =
            self.input.districts.iter().map(|district| district.outline.clone()).collect();
        let at: Vec<(f64, f64)> = self.input.places.iter().map(|place| place.at).collect();
        let (rings, at) = shapes::fitted(shapes::projected(&rings, &at), corner, size);
        let shapes: Vec<Shape<'_>> = (rings.into_iter())
            .zip(&self.input.districts)
            .filter(|(rings, _)| rings.iter().any(|ring| ring.len() > 2))
            .map(|(rings, district)| {
                let (middle, room) = shapes::heart(&rings);
                Shape { district, rings, middle, room }
            })
            .collect();
        let foot =
            shapes.iter().flat_map(|s| s.rings.iter().flatten()).map(|p| p.1).fold(0.0, f64::max);
        let on = |(x, y): (f64, f64)| {
            x >= corner.0 && x <= corner.0 + size.0 && y >= corner.1 && y <= foot
        };
        let dots = self.input.places.iter().zip(at).filter(|(_, at)| on(*at)).collect();
        (shapes, dots)
    }

    fn hexagons(&self, corner: (f64, f64), size: (f64, f64)) -> Vec<Shape<'_>> {
        let drawn: Vec<&District> =
            self.input.districts.iter().filter(|district| district.hexagon.is_some()).collect();
        let rings = drawn
            .iter()
            .filter_map(|district| district.hexagon)
            .map(|at| vec![shapes::hexagon(at)])
            .collect();
        let (rings, _) = shapes::fitted((rings, Vec::new()), corner, size);
        rings
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
        dots: &[Dot<'_>],
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
                    let class = format!("{} q{}", hue(shape.district).fill(), self.shade(value));
                    canvas.path(&commands, &class);
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
        for (_, at) in dots {
            canvas.circle(*at, 3.6, "f-paper");
            canvas.circle(*at, 2.4, "f-ink");
            labels.keep(*at, (5.0, 5.0));
        }
        for shape in order {
            self.words(canvas, &mut labels, shape);
        }
        let kind = Type { size: 11.0, ..Type::LABEL }.halo();
        for (place, (x, y)) in dots {
            let beside = [
                ((x + 7.0, y + 4.0), kind),
                ((x - 7.0, y + 4.0), kind.end()),
                ((*x, y - 8.0), kind.middle()),
                ((*x, y + 16.0), kind.middle()),
            ];
            labels.set(canvas, &place.name, &beside);
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
        let said = district.value.map(|value| self.value(value)).unwrap_or_default();
        let value = match &district.holder {
            Some(holder) if !holder.name.is_empty() && !said.is_empty() => {
                format!("{} ({said})", holder.name)
            }
            _ => said,
        };
        let halo = |kind: Type| if district.value.is_none() { kind.halo() } else { kind };
        for (words, kind) in [(&district.name, name), (&district.code, code)] {
            let fits = kind.width(words) <= shape.room && small.width(&value) <= shape.room;
            let fits = fits && shape.room >= 30.0;
            let two = [((x, y - 2.0), halo(kind)), ((x, y + 13.0), halo(small))];
            if fits && labels.set_in(canvas, &[(words, two[0]), (&value, two[1])], class) {
                return;
            }
        }
        // a district too small for its letters lends some of its neighbours' room
        for (size, more) in [(12.0, 4.0), (11.0, 8.0)] {
            let code = Type { size, ..code };
            let one = ((x, y + 4.5), halo(code));
            if code.width(&district.code) <= shape.room + more
                && labels.set_in(canvas, &[(&district.code, one)], class)
            {
                return;
            }
        }
    }

    /// The classes, low to high, and the hatch. Gives the y below.
    fn legend(&self, canvas: &mut Canvas, frame: Frame) -> f64 {
        let unit = Type::LABEL.wrap(&self.input.unit, frame.width(), 2);
        let mut y = canvas.lines((0.0, 13.0), &unit, 17.0, Type::LABEL).max(13.0) + 24.0;
        y = self.groups(canvas, frame, y);
        let classes = self.ends.len().saturating_sub(1);
        let scale = if self.input.groups.is_empty() { Hue::nth(0) } else { Hue::NEUTRAL };
        let each = frame.pick(56.0, 44.0);
        let words: Vec<String> = self.ends.iter().map(|end| self.end(*end)).collect();
        let half = words.first().map_or(0.0, |words| Type::TICK.width(words) / 2.0);
        let left = half.min(40.0);
        for class in 0..classes {
            let x = left + class as f64 * each;
            let shade = self.shade((self.ends[class] + self.ends[class + 1]) / 2.0);
            canvas.rect((x, y - 11.0), (each - 1.0, 12.0), &format!("{} q{shade}", scale.fill()));
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

    /// The hues of the groups. Gives the y of what stands below.
    fn groups(&self, canvas: &mut Canvas, frame: Frame, mut y: f64) -> f64 {
        let mut x = 0.0;
        let held = |group: usize| {
            self.input.districts.iter().any(|d| d.holder.as_ref().is_some_and(|h| h.group == group))
        };
        for (place, name) in self.input.groups.iter().enumerate().filter(|(place, _)| held(*place))
        {
            let wide = 24.0 + Type::SMALL.width(name) + 18.0;
            if x > 0.0 && x + wide > frame.width() {
                (x, y) = (0.0, y + 20.0);
            }
            canvas.rect((x, y - 11.0), (18.0, 12.0), &Hue::nth(place).fill());
            canvas.text((x + 24.0, y), &Type::SMALL.fit(name, frame.width() - 24.0), Type::SMALL);
            x += wide;
        }
        if x > 0.0 { y + 24.0 } else { y }
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
            let holder = district.holder.as_ref().map(|h| format!("{} ", h.name));
            format!("{} {}{}", district.name, holder.unwrap_or_default(), self.value(*value))
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
        let mut columns = vec![Column::words("District"), Column::words("Code")];
        if !self.input.groups.is_empty() {
            columns.extend([Column::words("Whose"), Column::words("Group")]);
        }
        columns.push(Column::numbers("value"));
        Table::new(self.input.unit.clone(), columns)
    }

    fn table(&self) -> Table {
        let mut table = self.head();
        for district in &self.input.districts {
            let mut row = vec![district.name.clone(), district.code.clone()];
            if !self.input.groups.is_empty() {
                let holder = district.holder.as_ref();
                let group = holder.map(|h| self.input.groups[h.group].clone());
                row.extend([
                    holder.map(|h| h.name.clone()).unwrap_or_default(),
                    group.unwrap_or_default(),
                ]);
            }
            row.push(district.value.map_or_else(|| UNKNOWN.to_owned(), |value| self.value(value)));
            table.rows.push(row.into_iter().map(crate::text::Text::from).collect());
        }
        table.notes.push(self.codes());
        if !self.input.places.is_empty() {
            let names: Vec<&str> = self.input.places.iter().map(|p| p.name.as_str()).collect();
            table.notes.push(format!("Places: {}.", names.join(", ")));
        }
        table
    }
}

/// The hue of a district: its holder's group's, or the first.
fn hue(district: &District) -> Hue {
    district.holder.as_ref().map_or(Hue::nth(0), |holder| Hue::nth(holder.group))
}
