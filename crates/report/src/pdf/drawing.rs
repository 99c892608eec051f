//! A picture on a page: the marks that [`crate::svg`] writes, as lines, fills and letters.
//!
//! It reads the drawing's own elements and classes and no other SVG; the meaning of each class is
//! that of the stylesheet by day.

use std::fmt::Write;

use super::font::Fonts;
use super::page::{Content, colour};
use crate::svg::palette::{COLOURS, TEXTURES};

/// Where a drawing stands: its left, its top, and how large a unit is.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub left: f64,
    pub top: f64,
    pub scale: f64,
}

impl Placed {
    fn at(self, x: f64, y: f64) -> (f64, f64) {
        (self.left + self.scale * x, self.top - self.scale * y)
    }
}

/// How a mark looks.
#[derive(Clone, Default)]
struct Look {
    fill: Option<&'static str>,
    stroke: Option<&'static str>,
    width: f64,
    round: bool,
    dash: &'static str,
    fill_opacity: f64,
    stroke_opacity: f64,
    bold: bool,
    halo: bool,
    texture: Option<usize>,
}

fn named(name: &str) -> Option<&'static str> {
    COLOURS.iter().find(|(known, ..)| *known == name).map(|(_, by_day, _)| *by_day)
}

/// Draws the elements of a drawing's body.
pub(super) fn draw(body: &str, placed: Placed, content: &mut Content, fonts: &mut Fonts) {
    for line in body.lines() {
        let Some((name, rest)) = line.strip_prefix('<').and_then(|l| l.split_once(' ')) else {
            continue;
        };
        let attributes = rest.split_once('>').map_or(rest, |(inside, _)| inside);
        let get = |key: &str| attribute(attributes, key);
        let number = |key: &str| get(key).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0);
        let look = look(name, attributes);
        match name {
            "text" => {
                let words = rest.split_once('>').and_then(|(_, r)| r.split_once("</text>"));
                let words = plain(words.map_or("", |(words, _)| words));
                let size = if get("font-size").is_some() { number("font-size") } else { 13.0 };
                let (x, y) = placed.at(number("x"), number("y"));
                text(
                    content,
                    fonts,
                    &words,
                    (x, y),
                    size * placed.scale,
                    get("text-anchor"),
                    &look,
                );
            }
            "line" => {
                let (a, b) =
                    (placed.at(number("x1"), number("y1")), placed.at(number("x2"), number("y2")));
                let path = format!("{:.2} {:.2} m {:.2} {:.2} l ", a.0, a.1, b.0, b.1);
                paint(content, &path, &Look { fill: None, ..look }, placed.scale, false);
            }
            "rect" => {
                let (x, y) = placed.at(number("x"), number("y") + number("height"));
                let (w, h) = (number("width") * placed.scale, number("height") * placed.scale);
                let path = format!("{x:.2} {y:.2} {w:.2} {h:.2} re ");
                let corner = (number("x"), number("y"));
                let far = (corner.0 + number("width"), corner.1 + number("height"));
                filled(content, &path, &look, placed, (corner, far));
            }
            "circle" => {
                let path = circle(placed, (number("cx"), number("cy")), number("r"));
                paint(content, &path, &look, placed.scale, false);
            }
            "path" => {
                let commands = get("d").unwrap_or("");
                if let Some((path, area, is_dots)) = path(commands, placed) {
                    match look.texture {
                        Some(_) => filled(content, &path, &look, placed, area),
                        None => paint(content, &path, &look, placed.scale, is_dots),
                    }
                }
            }
            _ => {}
        }
    }
}

fn attribute<'a>(attributes: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"')?;
        if name.trim() == key {
            return Some(value);
        }
        rest = next;
    }
    None
}

fn look(name: &str, attributes: &str) -> Look {
    let mut look = Look {
        fill: named("ink"),
        width: 1.0,
        fill_opacity: 1.0,
        stroke_opacity: 1.0,
        ..Look::default()
    };
    for class in attribute(attributes, "class").unwrap_or("").split(' ') {
        match class {
            "t" => look.fill = named("ink"),
            "s" => look.fill = named("soft"),
            "b" => look.bold = true,
            "h" => look.halo = true,
            "d" | "cap" => look.round = true,
            "w1" => look.width = 1.0,
            "w2" => look.width = 1.75,
            "w3" => look.width = 3.0,
            "w6" => look.width = 6.0,
            "w8" => look.width = 8.0,
            "dash" => look.dash = "5 3",
            "dot" => look.dash = "1.5 3",
            "wash" => (look.fill, look.fill_opacity) = (named("c0"), 0.1),
            "wash2" => (look.fill, look.fill_opacity) = (named("c0"), 0.26),
            "pale" => look.stroke_opacity = 0.4,
            "flow" => look.fill_opacity = 0.5,
            "q0" => look.fill_opacity = 0.12,
            "q1" => look.fill_opacity = 0.3,
            "q2" => look.fill_opacity = 0.5,
            "q3" => look.fill_opacity = 0.74,
            "x" => (look.stroke, look.width, look.stroke_opacity) = (named("paper"), 1.2, 0.6),
            "y" => (look.stroke, look.width, look.stroke_opacity) = (named("soft"), 0.9, 0.55),
            "z" => (look.stroke, look.width, look.stroke_opacity) = (named("ink"), 1.0, 0.65),
            _ => match class.split_once('-') {
                Some(("f", colour)) => look.fill = named(colour).or(look.fill),
                Some(("l", colour)) => look.stroke = named(colour).or(look.stroke),
                _ => {}
            },
        }
    }
    if let Some(width) = attribute(attributes, "stroke-width").and_then(|v| v.parse().ok()) {
        look.width = width;
    }
    match attribute(attributes, "fill") {
        Some("none") => look.fill = None,
        Some(fill) if fill.starts_with("url(") => {
            look.fill = None;
            look.texture =
                TEXTURES.iter().position(|(name, _)| fill.ends_with(&format!("-{name})")));
        }
        _ => {}
    }
    if name == "line" {
        look.fill = None;
    }
    look
}

fn paint(content: &mut Content, path: &str, look: &Look, scale: f64, is_dots: bool) {
    let mut out = "q ".to_owned();
    let mut opacity = |share: f64, letter: char| {
        if share < 1.0 { content.opacity(share, letter) } else { String::new() }
    };
    if let Some(fill) = look.fill {
        let _ = write!(out, "{} {}rg ", opacity(look.fill_opacity, 'f'), colour(fill));
    }
    if let Some(stroke) = look.stroke {
        let width = look.width * scale;
        let _ =
            write!(out, "{} {}RG {width:.2} w ", opacity(look.stroke_opacity, 's'), colour(stroke));
        if look.round || is_dots {
            out.push_str("1 J ");
        }
        if !look.dash.is_empty() {
            let dashes: Vec<String> = (look.dash.split(' '))
                .filter_map(|d| d.parse::<f64>().ok())
                .map(|d| format!("{:.2}", d * scale))
                .collect();
            let _ = write!(out, "[{}] 0 d ", dashes.join(" "));
        }
    }
    let operator = match (look.fill, look.stroke) {
        (Some(_), Some(_)) => "B",
        (Some(_), None) => "f",
        (None, Some(_)) => "S",
        (None, None) => "n",
    };
    let _ = writeln!(out, "{path}{operator} Q");
    content.put(&out);
}

/// A filled area, with its texture where it has one.
fn filled(
    content: &mut Content,
    path: &str,
    look: &Look,
    placed: Placed,
    area: ((f64, f64), (f64, f64)),
) {
    let Some(texture) = look.texture else {
        return paint(content, path, look, placed.scale, false);
    };
    let Some((_, mark)) = TEXTURES.get(texture) else { return };
    content.put(&format!("q {path}W n\n"));
    let attributes = mark.split_once(' ').map_or("", |(_, rest)| rest);
    let style = self::look("path", attributes);
    let mut tiles = String::new();
    let (from, to) = area;
    // A drawing is at most some thousand units wide and high.
    let step = |v: f64| (v.clamp(-4000.0, 4000.0) / 6.0).floor() as i32;
    for column in step(from.0)..=step(to.0) {
        for row in step(from.1)..=step(to.1) {
            let tile = Placed {
                left: placed.left + placed.scale * 6.0 * f64::from(column),
                top: placed.top - placed.scale * 6.0 * f64::from(row),
                scale: placed.scale,
            };
            match attribute(attributes, "d") {
                Some(commands) => tiles.extend(self::path(commands, tile).map(|(path, ..)| path)),
                None => tiles.push_str(&circle(tile, (3.0, 3.0), 1.1)),
            }
        }
    }
    let style =
        if attribute(attributes, "d").is_some() { Look { fill: None, ..style } } else { style };
    paint(content, &tiles, &style, placed.scale, false);
    content.put("Q\n");
}

fn circle(placed: Placed, centre: (f64, f64), radius: f64) -> String {
    // Four cubic curves; this is the usual share of the radius.
    let (k, (x, y)) = (0.5523 * radius, centre);
    let r = radius;
    let p = |dx: f64, dy: f64| {
        let (x, y) = placed.at(x + dx, y + dy);
        format!("{x:.2} {y:.2} ")
    };
    format!(
        "{}m {}{}{}c {}{}{}c {}{}{}c {}{}{}c h ",
        p(r, 0.0),
        p(r, k),
        p(k, r),
        p(0.0, r),
        p(-k, r),
        p(-r, k),
        p(-r, 0.0),
        p(-r, -k),
        p(-k, -r),
        p(0.0, -r),
        p(k, -r),
        p(r, -k),
        p(r, 0.0)
    )
}

type Area = ((f64, f64), (f64, f64));

/// The commands of a path as operators, the area they take, and whether they are dots of no length.
fn path(commands: &str, placed: Placed) -> Option<(String, Area, bool)> {
    let mut out = String::new();
    let (mut here, mut begun) = ((0.0, 0.0), (0.0, 0.0));
    let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
    let mut is_dots = false;
    let mut rest = commands;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (inside, after) = rest.split_at(end);
        rest = after;
        let numbers = numbers(inside);
        let relative = letter.is_ascii_lowercase();
        let base = |here: (f64, f64)| if relative { here } else { (0.0, 0.0) };
        let mut go = |to: (f64, f64), operator: &str, out: &mut String| {
            low = (low.0.min(to.0), low.1.min(to.1));
            high = (high.0.max(to.0), high.1.max(to.1));
            let (x, y) = placed.at(to.0, to.1);
            let _ = write!(out, "{x:.2} {y:.2} {operator} ");
            to
        };
        match letter.to_ascii_uppercase() {
            'M' | 'L' => {
                for (n, pair) in numbers.chunks_exact(2).enumerate() {
                    let from = base(here);
                    let operator =
                        if letter.eq_ignore_ascii_case(&'m') && n == 0 { "m" } else { "l" };
                    here = go((from.0 + pair[0], from.1 + pair[1]), operator, &mut out);
                    if operator == "m" {
                        begun = here;
                    }
                }
            }
            'H' => {
                for x in numbers {
                    is_dots |= relative && x == 0.0;
                    here = go((base(here).0 + x, here.1), "l", &mut out);
                }
            }
            'V' => {
                for y in numbers {
                    here = go((here.0, base(here).1 + y), "l", &mut out);
                }
            }
            'C' => {
                for six in numbers.chunks_exact(6) {
                    let from = base(here);
                    for (n, pair) in six.chunks_exact(2).enumerate() {
                        let operator = if n == 2 { "c" } else { "" };
                        here = go((from.0 + pair[0], from.1 + pair[1]), operator, &mut out);
                    }
                }
            }
            'Z' => {
                out.push_str("h ");
                here = begun;
            }
            _ => return None,
        }
    }
    (low.0 <= high.0).then_some((out, (low, high), is_dots))
}

fn numbers(text: &str) -> Vec<f64> {
    let mut all = Vec::new();
    let mut word = String::new();
    for letter in text.chars().chain([' ']) {
        let parts = letter.is_whitespace() || letter == ',' || letter == '-' && !word.is_empty();
        if parts {
            all.extend(word.parse::<f64>().ok());
            word.clear();
        }
        if !letter.is_whitespace() && letter != ',' {
            word.push(letter);
        }
    }
    all
}

fn text(
    content: &mut Content,
    fonts: &mut Fonts,
    words: &str,
    at: (f64, f64),
    size: f64,
    anchor: Option<&str>,
    look: &Look,
) {
    let wide = fonts.width(words, look.bold) * size;
    let x = match anchor {
        Some("middle") => at.0 - wide / 2.0,
        Some("end") => at.0 - wide,
        _ => at.0,
    };
    if look.halo {
        let white = named("paper").unwrap_or("#ffffff");
        let halo = format!("q 1 J 1 j {:.2} w {}RG 1 Tr ", size * 0.27, colour(white));
        content.put(&halo);
        content.words(fonts, words, (x, at.1), size, look.bold);
        content.put("Q\n");
    }
    content.put(&format!("q {}rg ", colour(look.fill.unwrap_or("#1b1d21"))));
    content.words(fonts, words, (x, at.1), size, look.bold);
    content.put("Q\n");
}

/// The words of an escaped text.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !crate::svg::is_dropped(*c)).collect();
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
