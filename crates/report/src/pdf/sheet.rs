//! Pages filled from the top: text, headings, pictures, tables; and at the end the whole file.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::PdfError;
use super::drawing::{self, Placed};
use super::file::{File, string};
use super::font::Fonts;
use super::lines::{self, Line, Run};
use super::page::{Content, Target, colour};
use crate::svg::Drawing;

/// A4 in points, and its margins.
const WIDE: f64 = 595.28;
const HIGH: f64 = 841.89;
const LEFT: f64 = 56.0;
const TOP: f64 = HIGH - 58.0;
const FOOT: f64 = 64.0;
/// The width of the column.
const ROOM: f64 = WIDE - 2.0 * LEFT;
const RULE: &str = "#d9dbde";
const TABLE: f64 = 7.8;

/// Pages being filled.
pub(super) struct Sheet {
    pages: Vec<Content>,
    y: f64,
    fonts: Fonts,
    /// Where each note stands: page and height.
    notes: BTreeMap<usize, (usize, f64)>,
    /// Headings: level, words, page, height.
    outline: Vec<(u8, String, usize, f64)>,
}

fn leading(size: f64) -> f64 {
    size * if size > 16.0 { 1.2 } else { 1.42 }
}

impl Sheet {
    pub fn new() -> Result<Self, PdfError> {
        Ok(Self {
            pages: vec![Content::default()],
            y: TOP,
            fonts: Fonts::new()?,
            notes: BTreeMap::new(),
            outline: Vec::new(),
        })
    }

    fn page(&mut self) -> &mut Content {
        if self.pages.is_empty() {
            self.pages.push(Content::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Goes on to the next page unless this much room is left.
    pub fn room(&mut self, high: f64) {
        if self.y - high < FOOT && self.y < TOP {
            self.pages.push(Content::default());
            self.y = TOP;
        }
    }

    pub fn space(&mut self, high: f64) {
        self.y -= high;
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, hex: &str) {
        let line = format!(
            "q {}RG {width:.2} w {:.2} {:.2} m {:.2} {:.2} l S Q\n",
            colour(hex),
            from.0,
            from.1,
            to.0,
            to.1
        );
        self.page().put(&line);
    }

    fn area(&mut self, corner: (f64, f64), size: (f64, f64), hex: &str) {
        let area = format!(
            "q {}rg {:.2} {:.2} {:.2} {:.2} re f Q\n",
            colour(hex),
            corner.0,
            corner.1,
            size.0,
            size.1
        );
        self.page().put(&area);
    }

    /// The small bar above the title.
    pub fn mark(&mut self, hex: &str) {
        let y = self.y;
        self.area((LEFT, y - 4.0), (36.0, 4.0), hex);
        self.y -= 14.0;
    }

    /// The height that runs take.
    pub fn height(&self, runs: &[Run], size: f64, indent: f64) -> f64 {
        lines::wrap(runs, ROOM - indent, size, &self.fonts).len() as f64 * leading(size)
    }

    /// Sets runs as a paragraph, with space after it.
    pub fn text(&mut self, runs: &[Run], size: f64, indent: f64, after: f64) {
        let all = lines::wrap(runs, ROOM - indent, size, &self.fonts);
        let count = all.len();
        for (at, line) in all.iter().enumerate() {
            // Two lines of a paragraph stay together at either end of a page.
            let together = if at == 0 && count > 1 || at + 2 == count { 2.0 } else { 1.0 };
            self.room(together * leading(size));
            self.y -= leading(size);
            self.set(line, LEFT + indent, size);
        }
        self.y -= after;
    }

    fn set(&mut self, line: &Line, x: f64, size: f64) {
        let at = (x, self.y + size * 0.24);
        if let Some(page) = self.pages.last_mut() {
            lines::set(line, at, size, page, &mut self.fonts);
        }
    }

    /// A heading, on the page of the first of what follows, which takes `next`.
    pub fn heading(&mut self, level: u8, words: &str, next: f64) {
        let (size, before, keep) = if level == 1 { (14.0, 16.0, 84.0) } else { (10.4, 9.0, 60.0) };
        let keep = f64::max(keep, next + 34.0);
        if self.y < TOP {
            self.y -= before;
        }
        self.room(keep);
        if level == 1 {
            let y = self.y;
            self.line((LEFT, y), (LEFT + ROOM, y), 1.2, lines::INK);
            self.y -= 5.0;
        }
        let page = self.pages.len() - 1;
        self.outline.push((level, words.to_owned(), page, self.y));
        self.text(&[Run::bold(words)], size, 0.0, 5.0);
    }

    /// A number before the paragraph that follows.
    pub fn hang(&mut self, words: &str, size: f64) {
        let line = vec![Run { colour: lines::ACCENT, ..Run::bold(words) }];
        self.y -= leading(10.6);
        self.set(&line, LEFT, size);
        self.y += leading(10.6);
    }

    pub fn bullet(&mut self, size: f64) {
        let y = self.y - leading(size) + size * 0.62;
        self.area((LEFT + 2.5, y), (2.4, 2.4), lines::SOFT);
    }

    /// The rule from 0 to 100 with a word's band and the share of runs on it.
    pub fn scale(&mut self, band: Option<(f64, f64)>, probability: f64) {
        let (left, wide, y) = (LEFT + 22.0, 190.0, self.y - 7.0);
        self.area((left, y + 1.9), (wide, 1.2), RULE);
        if let Some((low, high)) = band {
            self.area((left + wide * low, y), (wide * (high - low), 5.0), "#2f86dd");
        }
        let at = left + wide * probability.clamp(0.0, 1.0);
        self.area((at - 0.8, y - 1.0), (1.6, 7.0), lines::INK);
        self.y -= 10.0;
    }

    /// The note that follows stands here.
    pub fn arrive(&mut self, number: usize) {
        let page = self.pages.len() - 1;
        self.notes.insert(number, (page, self.y));
    }

    /// The height of a picture with its title and caption, and the scale at which it is drawn.
    pub fn figure_height(&self, title: &[Run], caption: &[Run], drawing: &Drawing) -> (f64, f64) {
        let words = self.height(title, 9.6, 0.0) + self.height(caption, 8.2, 0.0);
        let most = TOP - FOOT - words - 70.0;
        let scale = (ROOM / drawing.width()).min(most / drawing.height());
        (words + drawing.height() * scale + 24.0, scale)
    }

    /// A picture beneath its title and caption, kept whole.
    pub fn figure(&mut self, title: &[Run], caption: &[Run], drawing: &Drawing) {
        let (whole, scale) = self.figure_height(title, caption, drawing);
        let high = drawing.height() * scale;
        self.room(whole);
        self.y -= 4.0;
        let y = self.y;
        self.line((LEFT, y), (LEFT + ROOM, y), 0.6, lines::INK);
        self.y -= 3.0;
        self.text(title, 9.6, 0.0, 0.0);
        self.text(caption, 8.2, 0.0, 6.0);
        let placed = Placed { left: LEFT, top: self.y, scale };
        if let Some(page) = self.pages.last_mut() {
            drawing::draw(drawing.body(), placed, page, &mut self.fonts);
        }
        self.y -= high + 12.0;
    }

    /// A table: rows are kept whole, its head is set again on each page.
    pub fn table(&mut self, caption: &str, heads: &[(String, bool)], rows: &[Vec<Vec<Run>>]) {
        let widths = self.widths(heads, rows);
        if !caption.is_empty() {
            self.room(60.0);
            self.text(&[Run::soft(caption)], TABLE, 0.0, 2.0);
        }
        let head: Vec<Vec<Run>> =
            heads.iter().map(|(words, _)| vec![Run::bold(words.clone())]).collect();
        self.row(&head, heads, &widths, true);
        for row in rows {
            let pages = self.pages.len();
            let high = self.row_height(row, &widths);
            self.room(high);
            if self.pages.len() > pages {
                self.row(&head, heads, &widths, true);
            }
            self.row(row, heads, &widths, false);
        }
    }

    /// The widths of columns: what they want where there is room, else shared by what they want.
    fn widths(&self, heads: &[(String, bool)], rows: &[Vec<Vec<Run>>]) -> Vec<f64> {
        let gap = 10.0;
        let wants = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            let wide =
                cells.map(|cell| lines::line_width(cell, TABLE, &self.fonts)).fold(0.0, f64::max);
            // A head may break between its words, in three lines or so.
            let longest = heads[at].0.split(' ').map(|w| self.fonts.width(w, true) * TABLE);
            let head = self.fonts.width(&heads[at].0, true) * TABLE / 2.4;
            wide.max(longest.fold(head.min(80.0), f64::max)) + gap
        };
        let mut wanted: Vec<f64> = (0..heads.len()).map(wants).collect();
        let sum: f64 = wanted.iter().sum();
        if sum <= ROOM {
            // The first column takes what is left, up to some air; numbers stay near their names.
            if let Some(first) = wanted.first_mut() {
                *first += (ROOM - sum).min(60.0);
            }
            return wanted;
        }
        let narrow: f64 = wanted.iter().filter(|w| **w <= 90.0).sum();
        let broad: f64 = wanted.iter().filter(|w| **w > 90.0).sum();
        let left = (ROOM - narrow).max(ROOM * 0.4);
        let shared =
            wanted.iter().map(|w| if *w > 90.0 { (w * left / broad).max(60.0) } else { *w });
        let shared: Vec<f64> = shared.collect();
        let sum: f64 = shared.iter().sum();
        shared.into_iter().map(|w| w * (ROOM / sum).min(1.0)).collect()
    }

    fn row_height(&self, row: &[Vec<Run>], widths: &[f64]) -> f64 {
        let cells = row.iter().zip(widths);
        let most =
            cells.map(|(cell, wide)| lines::wrap(cell, wide - 10.0, TABLE, &self.fonts).len());
        most.max().unwrap_or(1).max(1) as f64 * leading(TABLE) + 4.0
    }

    fn row(&mut self, row: &[Vec<Run>], heads: &[(String, bool)], widths: &[f64], is_head: bool) {
        let high = self.row_height(row, widths);
        self.room(high);
        let top = self.y;
        let mut x = LEFT;
        for (at, wide) in widths.iter().enumerate() {
            let Some(cell) = row.get(at) else { continue };
            let all = lines::wrap(cell, wide - 10.0, TABLE, &self.fonts);
            for (n, line) in all.iter().enumerate() {
                self.y = top - 2.0 - (n + 1) as f64 * leading(TABLE);
                let numeric = heads.get(at).is_some_and(|(_, numeric)| *numeric);
                let own = lines::line_width(line, TABLE, &self.fonts);
                let shift = if numeric { wide - 10.0 - own } else { 0.0 };
                self.set(line, x + shift, TABLE);
            }
            x += wide;
        }
        self.y = top - high;
        let y = self.y;
        let hex = if is_head { lines::INK } else { RULE };
        let right = LEFT + widths.iter().sum::<f64>() - 10.0;
        self.line((LEFT, y), (right.min(LEFT + ROOM), y), 0.5, hex);
    }

    /// The whole file; `foot` stands at the foot of every page.
    pub fn finish(mut self, title: &str, foot: &str) -> Vec<u8> {
        let count = self.pages.len();
        for at in 0..count {
            let number = format!("{} / {count}", at + 1);
            let line = vec![Run::soft(number)];
            let own = lines::line_width(&line, 7.6, &self.fonts);
            let words = lines::wrap(&[Run::soft(foot)], ROOM - 60.0, 7.6, &self.fonts);
            let page = &mut self.pages[at];
            lines::set(&line, (LEFT + ROOM - own, 36.0), 7.6, page, &mut self.fonts);
            if let Some(words) = words.first() {
                lines::set(words, (LEFT, 36.0), 7.6, page, &mut self.fonts);
            }
        }
        let mut file = File::default();
        let catalog = file.reserve();
        let pages = file.reserve();
        let numbers: Vec<usize> = self.pages.iter().map(|_| file.reserve()).collect();
        let fonts = self.fonts.write(&mut file);
        let mut opacities = BTreeMap::new();
        self.pages.iter().for_each(|page| opacities.extend(page.opacities.clone()));
        let states: String =
            opacities.iter().map(|(name, state)| format!("/{name} {state} ")).collect();
        let resources = file.add(format!("<< /Font << {fonts}>> /ExtGState << {states}>> >>"));
        for (page, number) in self.pages.iter().zip(&numbers) {
            let content = file.stream("", page.out.as_bytes());
            let links: Vec<String> =
                page.links.iter().filter_map(|(area, to)| self.link(area, to, &numbers)).collect();
            file.fill(
                *number,
                format!(
                    "<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {WIDE:.2} {HIGH:.2}] \
                     /Resources {resources} 0 R /Contents {content} 0 R /Annots [{}] >>",
                    links.join(" ")
                ),
            );
        }
        let kids: Vec<String> = numbers.iter().map(|n| format!("{n} 0 R")).collect();
        file.fill(pages, format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")));
        let outline = self.bookmarks(&mut file, &numbers);
        file.fill(
            catalog,
            format!(
                "<< /Type /Catalog /Pages {pages} 0 R /Lang (en) /Outlines {outline} 0 R \
                 /PageMode /UseOutlines /ViewerPreferences << /DisplayDocTitle true >> >>"
            ),
        );
        let about = file.add(format!("<< /Title {} /Producer (shatterbelt) >>", string(title)));
        file.finish(catalog, about)
    }

    fn link(&self, area: &[f64; 4], to: &Target, numbers: &[usize]) -> Option<String> {
        let [x1, y1, x2, y2] = area;
        let action = match to {
            Target::Note(number) => {
                let (page, y) = self.notes.get(number)?;
                format!("/Dest [{} 0 R /XYZ {LEFT:.0} {y:.2} null]", numbers.get(*page)?)
            }
            Target::Address(url) => {
                let safe: String = (url.chars())
                    .map(|c| match c {
                        '(' => "%28".to_owned(),
                        ')' => "%29".to_owned(),
                        '\\' => "%5C".to_owned(),
                        c => c.to_string(),
                    })
                    .collect();
                format!("/A << /S /URI /URI ({safe}) >>")
            }
        };
        Some(format!(
            "<< /Type /Annot /Subtype /Link /Rect [{x1:.2} {y1:.2} {x2:.2} {y2:.2}] /Border [0 0 0] {action} >>"
        ))
    }

    /// The headings as bookmarks, smaller ones beneath larger ones.
    fn bookmarks(&self, file: &mut File, pages: &[usize]) -> usize {
        let root = file.reserve();
        let own: Vec<usize> = self.outline.iter().map(|_| file.reserve()).collect();
        let parent = |at: usize| match self.outline[at].0 {
            1 => None,
            _ => (0..at).rev().find(|before| self.outline[*before].0 == 1),
        };
        let children = |of: Option<usize>| -> Vec<usize> {
            (0..own.len()).filter(|at| parent(*at) == of).collect()
        };
        for (at, (_, words, page, y)) in self.outline.iter().enumerate() {
            let beside = children(parent(at));
            let place = beside.iter().position(|other| *other == at).unwrap_or(0);
            let number = |at: Option<usize>, key: &str| {
                at.and_then(|at| own.get(at)).map_or(String::new(), |n| format!("/{key} {n} 0 R "))
            };
            let mut entry = format!("<< /Title {} ", string(words));
            let above = parent(at).and_then(|up| own.get(up)).copied().unwrap_or(root);
            let _ = write!(entry, "/Parent {above} 0 R ");
            entry.push_str(&number(place.checked_sub(1).map(|p| beside[p]), "Prev"));
            entry.push_str(&number(beside.get(place + 1).copied(), "Next"));
            let within = children(Some(at));
            if let (Some(first), Some(last)) = (within.first(), within.last()) {
                entry.push_str(&number(Some(*first), "First"));
                entry.push_str(&number(Some(*last), "Last"));
                let _ = write!(entry, "/Count -{} ", within.len());
            }
            let page = pages.get(*page).copied().unwrap_or(1);
            let _ = write!(entry, "/Dest [{page} 0 R /XYZ {LEFT:.0} {:.2} null] >>", y + 12.0);
            file.fill(own[at], entry);
        }
        let top = children(None);
        let ends = match (top.first(), top.last()) {
            (Some(first), Some(last)) => {
                format!("/First {} 0 R /Last {} 0 R /Count {} ", own[*first], own[*last], top.len())
            }
            _ => String::new(),
        };
        file.fill(root, format!("<< /Type /Outlines {ends}>>"));
        root
    }
}
