//! A finished drawing: set on a page, written as a file of its own, or read back.

use super::{Canvas, ID, Type, at, escape, palette, slug, stylesheet};
use std::fmt::Write;

/// A finished drawing, not yet placed on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) body: String,
}

impl Drawing {
    /// The height in drawing units.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The width in drawing units.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Its marks, an element a line.
    pub(crate) fn body(&self) -> &str {
        &self.body
    }

    /// The drawing as an element of a page that carries [`stylesheet`] itself. `id` must be unique
    /// on the page and is a plain word: letters, digits and hyphens.
    pub fn inline(&self, id: &str, title: &str, description: &str) -> String {
        let id = slug(id);
        let (w, h) = (at(self.width), at(self.height));
        let (title, description) = (escape(title), escape(description));
        let defs = self.patterns();
        let body = &self.body;
        format!(
            "<svg class=\"sb\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{id}-t\">{title}</title>\n\
             <desc id=\"{id}-d\">{description}</desc>\n{defs}{body}</svg>"
        )
        .replace(ID, &id)
    }

    /// The drawing as a file of its own, with its title above it and its own stylesheet.
    pub fn standalone(&self, id: &str, title: &str, description: &str) -> String {
        self.file(id, title, description, &stylesheet())
    }

    /// The same with another stylesheet.
    pub(crate) fn file(&self, id: &str, title: &str, description: &str, style: &str) -> String {
        let id = slug(id);
        let heading = Type { size: 16.0, ..Type::LABEL }.bold();
        let lines = heading.wrap(title, self.width, 3);
        let top = 22.0 * lines.len() as f64 + 10.0;
        let mut over = Canvas::new(self.width);
        over.lines((0.0, 18.0 - top), &lines, 22.0, heading);
        let margin = 16.0;
        let (x, y) = (at(-margin), at(-top - margin));
        let (w, h) = (self.width + 2.0 * margin, self.height + top + 2.0 * margin);
        let (title, description) = (escape(title), escape(description));
        let (wide, high) = (at(w), at(h));
        let (defs, head, body) = (self.patterns(), &over.body, &self.body);
        format!(
            "<svg class=\"sb\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {wide} {high}\" \
             width=\"{wide}\" height=\"{high}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\n\
             <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{description}</desc>\n\
             <style>{style}</style>\n\
             <rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" class=\"f-paper\"/>\n\
             {defs}{head}{body}</svg>\n"
        )
        .replace(ID, &id)
    }

    /// The texts a reader sees, without axis ticks, direction marks and ellipses, unescaped.
    pub fn visible_text(&self) -> Vec<String> {
        let mut found = Vec::new();
        for piece in self.body.split("<text ").skip(1) {
            let Some((attributes, rest)) = piece.split_once('>') else {
                continue;
            };
            let Some((text, _)) = rest.split_once("</text>") else {
                continue;
            };
            let is_tick = attributes
                .split_once("class=\"")
                .and_then(|(_, class)| class.split_once('"'))
                .is_some_and(|(class, _)| class.split(' ').any(|word| word == "k"));
            if !is_tick {
                let plain: String =
                    text.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
                found.push(
                    plain
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"),
                );
            }
        }
        found
    }

    fn patterns(&self) -> String {
        let mut defs = String::new();
        for (name, mark) in palette::TEXTURES {
            if self.body.contains(&format!("url(#{ID}-{name})")) {
                let _ = writeln!(
                    defs,
                    "<pattern id=\"{ID}-{name}\" width=\"6\" height=\"6\" \
                     patternUnits=\"userSpaceOnUse\">{mark}</pattern>"
                );
            }
        }
        if defs.is_empty() { defs } else { format!("<defs>\n{defs}</defs>\n") }
    }
}
