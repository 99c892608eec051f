//! Who said so: a row a claim, a column a source, copies of one text joined.
//!
//! Sources that copy one another stand side by side under one bracket, so that ten reprints look
//! like the one voice they are. A filled disc asserts, a cross denies, nothing is silence. Beside
//! each claim stands how many independent voices assert and deny it, a cluster counting once.

use super::{Check, Frame, Picture, PictureError, more, note};
use crate::numbers;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// What a source says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// It says that it is so.
    Asserts,
    /// It says that it is not so.
    Denies,
    /// It says nothing of it.
    Absent,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its rating: "B2"; may be empty.
    pub rating: String,
    /// The cluster of copies to which it belongs, by any word that its copies share.
    pub cluster: Option<String>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it is about: "share of imports".
    pub slot: String,
    /// What it says of it: "20%".
    pub value: String,
    /// What each source says of it, in the order of the sources.
    pub stances: Vec<Stance>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The sources, in any order.
    pub sources: Vec<Source>,
    /// The claims; those about one thing should stand together.
    pub claims: Vec<Claim>,
}

const NAME: &str = "claims-matrix";
const SHOWN: (usize, usize) = (20, 9);
const ROWS: usize = 24;
const KEY: [&str; 2] = ["asserts", "denies"];
const VOICES: &str = "independent voices";
const JOINED: &str = "Joined columns copy one another and count as one voice.";

/// Draws the matrix.
///
/// # Errors
/// If a claim has not one stance for each source.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    for (place, claim) in input.claims.iter().enumerate() {
        let place = format!("claim {} ({})", place + 1, claim.slot);
        Check(NAME).length(place, claim.stances.len(), input.sources.len())?;
    }
    let matrix = Matrix::of(input);
    if input.claims.is_empty() || input.sources.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "claims", matrix.head()));
    }
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: matrix.describe(),
        wide: matrix.paint(Frame::Wide),
        narrow: matrix.paint(Frame::Narrow),
        table: matrix.table(),
    })
}

struct Matrix<'a> {
    input: &'a Input,
    /// Sources from left to right, copies side by side.
    order: Vec<usize>,
}

impl Matrix<'_> {
    fn of(input: &Input) -> Matrix<'_> {
        let said = |source: usize| {
            let speaks = |claim: &&Claim| claim.stances[source] != Stance::Absent;
            input.claims.iter().filter(speaks).count()
        };
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for (place, source) in input.sources.iter().enumerate() {
            let known = clusters.iter_mut().find(|cluster| {
                source.cluster.is_some() && input.sources[cluster[0]].cluster == source.cluster
            });
            match known {
                Some(cluster) => cluster.push(place),
                None => clusters.push(vec![place]),
            }
        }
        let most = |cluster: &Vec<usize>| cluster.iter().map(|s| said(*s)).max().unwrap_or(0);
        clusters.sort_by(|a, b| most(b).cmp(&most(a)).then(a[0].cmp(&b[0])));
        Matrix { input, order: clusters.concat() }
    }

    fn columns(&self, frame: Frame) -> &[usize] {
        &self.order[..self.order.len().min(frame.pick(SHOWN.0, SHOWN.1))]
    }

    /// The columns of each cluster among those shown: from, to.
    fn brackets(&self, shown: &[usize]) -> Vec<(usize, usize)> {
        let cluster = |source: usize| self.input.sources[source].cluster.as_deref();
        let mut brackets: Vec<(usize, usize)> = Vec::new();
        for (place, source) in shown.iter().enumerate() {
            let joins = place > 0
                && cluster(*source).is_some()
                && cluster(*source) == cluster(shown[place - 1]);
            match brackets.last_mut() {
                Some(last) if joins => last.1 = place,
                _ => brackets.push((place, place)),
            }
        }
        brackets.retain(|(from, to)| from < to);
        brackets
    }

    /// How many voices assert and deny a claim; a cluster counts once for each.
    fn voices(&self, claim: &Claim) -> (usize, usize) {
        let count = |stance: Stance| {
            let mut voices: Vec<(Option<&str>, usize)> = claim
                .stances
                .iter()
                .enumerate()
                .filter(|(_, said)| **said == stance)
                .map(|(place, _)| match self.input.sources[place].cluster.as_deref() {
                    Some(cluster) => (Some(cluster), 0),
                    None => (None, place),
                })
                .collect();
            voices.sort_unstable();
            voices.dedup();
            voices.len()
        };
        (count(Stance::Asserts), count(Stance::Denies))
    }

    fn voiced(&self, claim: &Claim) -> String {
        match self.voices(claim) {
            (asserts, 0) => numbers::whole(asserts as f64),
            (asserts, denies) => {
                format!("{} : {}", numbers::whole(asserts as f64), numbers::whole(denies as f64))
            }
        }
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let shown = self.columns(frame);
        let rows = &self.input.claims[..self.input.claims.len().min(ROWS)];
        let names = rows.iter().flat_map(|claim| {
            [Type::SMALL.width(&claim.slot), Type::LABEL.bold().width(&claim.value)]
        });
        let voices = rows.iter().map(|claim| Type::LABEL.bold().width(&self.voiced(claim)));
        let tail = voices.fold(Type::SMALL.width("voices"), f64::max) + 10.0;
        let least = shown.len() as f64 * frame.pick(21.0, 20.0);
        let widest = frame.width() - tail - 14.0 - least;
        let room = names.fold(60.0, f64::max).min(widest).min(frame.pick(260.0, 130.0));
        let left = room + 14.0;
        let step = ((frame.width() - tail - left) / shown.len() as f64).min(frame.pick(30.0, 26.0));
        let x = |place: usize| left + (place as f64 + 0.5) * step;
        let mut y = key(&mut canvas, frame);
        for (from, to) in self.brackets(shown) {
            let (from, to) = (x(from) - step * 0.32, x(to) + step * 0.32);
            canvas.polyline(&[(from, y + 7.0), (from, y), (to, y), (to, y + 7.0)], "w2 l-c1");
        }
        y += 20.0;
        for place in 0..shown.len() {
            let number = numbers::whole(place as f64 + 1.0);
            canvas.text((x(place), y), &number, Type::TICK.bold().middle());
        }
        let has_rating = shown.iter().any(|place| !self.input.sources[*place].rating.is_empty());
        if has_rating {
            y += 15.0;
            for (place, source) in shown.iter().enumerate() {
                let kind = Type { size: 11.0, ..Type::SMALL }.middle();
                let rating = &self.input.sources[*source].rating;
                canvas.text((x(place), y), &kind.fit(rating, step - 2.0), kind);
            }
        }
        let right = x(shown.len() - 1) + step / 2.0;
        canvas.text((right + 8.0, y), "voices", Type::SMALL);
        y += 8.0;
        canvas.line((0.0, y), (right + tail - 2.0, y), "w1 l-ink");
        let mut slot = "";
        for claim in rows {
            y = self.row(
                &mut canvas,
                claim,
                claim.slot != slot,
                y,
                (room, right),
                &|p| x(p),
                shown,
            );
            slot = &claim.slot;
        }
        y += 10.0;
        if let Some(words) = more(self.input.claims.len() - rows.len()) {
            y = note(&mut canvas, y, &words);
        }
        y = self.sources(&mut canvas, frame, y + 10.0);
        canvas.finish(y)
    }

    /// One claim. Gives the y at its foot.
    #[allow(clippy::too_many_arguments, reason = "the places of one row")]
    fn row(
        &self,
        canvas: &mut Canvas,
        claim: &Claim,
        first: bool,
        y: f64,
        (room, right): (f64, f64),
        x: &dyn Fn(usize) -> f64,
        shown: &[usize],
    ) -> f64 {
        let mut top = y;
        if first {
            let slot = Type::SMALL.wrap(&claim.slot, room + 1.0, 2);
            top = canvas.lines((0.0, y + 17.0), &slot, 14.0, Type::SMALL).max(y + 8.0);
        }
        let bold = Type::LABEL.bold();
        let lines = bold.wrap(&claim.value, room + 1.0, 2);
        let last = canvas.lines((0.0, top + 17.0), &lines, 15.0, bold).max(top + 17.0);
        let middle = top + 12.5 + (last - top - 17.0) / 2.0;
        canvas.line((x(0) - 8.0, middle), (right, middle), "w1 l-rule");
        for (from, to) in self.brackets(shown) {
            let stance = |place: usize| claim.stances[shown[place]];
            for place in from..to {
                if stance(place) != Stance::Absent && stance(place) == stance(place + 1) {
                    canvas.line((x(place), middle), (x(place + 1), middle), "w3 l-c1");
                }
            }
        }
        for (place, source) in shown.iter().enumerate() {
            mark(canvas, (x(place), middle), claim.stances[*source]);
        }
        canvas.text((right + 8.0, middle + 4.5), &self.voiced(claim), bold);
        last + 9.0
    }

    /// The names of the numbered columns, copies on one line. Gives the y below.
    fn sources(&self, canvas: &mut Canvas, frame: Frame, mut y: f64) -> f64 {
        let shown = self.columns(frame);
        let columns = frame.pick(2, 1);
        let wide = frame.width() / columns as f64;
        let half = shown.len().div_ceil(columns);
        let top = y;
        for (place, source) in shown.iter().enumerate() {
            let (column, row) = (place / half, place % half);
            let (left, at) = (column as f64 * wide, top + 14.0 + row as f64 * 18.0);
            let number = numbers::whole(place as f64 + 1.0);
            canvas.text((left + 18.0, at), &number, Type::TICK.bold().end());
            let name = &self.input.sources[*source].name;
            canvas.text((left + 26.0, at), &Type::SMALL.fit(name, wide - 46.0), Type::SMALL);
            y = y.max(at);
        }
        for (from, to) in self.brackets(shown) {
            for column in 0..columns {
                let of = |place: usize| (place / half == column).then(|| place % half);
                let within: Vec<usize> = (from..=to).filter_map(of).collect();
                if let (Some(first), Some(last)) = (within.first(), within.last()) {
                    let x = column as f64 * wide + 1.0;
                    let at = |row: usize| top + 9.5 + row as f64 * 18.0;
                    canvas.line((x, at(*first) - 5.0), (x, at(*last) + 5.0), "w3 l-c1");
                }
            }
        }
        y += 10.0;
        if let Some(words) = self.more_sources(frame) {
            y = note(canvas, y, &words);
        }
        if !self.brackets(shown).is_empty() {
            y = note(canvas, y, JOINED);
        }
        y
    }

    fn more_sources(&self, frame: Frame) -> Option<String> {
        let left = self.order.len() - self.columns(frame).len();
        (left > 0).then(|| {
            format!("… {} in the table", numbers::counted(left, "more source", "more sources"))
        })
    }

    fn describe(&self) -> String {
        let first: Vec<String> = self
            .input
            .claims
            .iter()
            .take(3)
            .map(|claim| {
                let (asserts, denies) = self.voices(claim);
                format!("{}, {}: {asserts} assert, {denies} deny", claim.slot, claim.value)
            })
            .collect();
        format!(
            "{} by {}. By independent voices: {}.",
            numbers::counted(self.input.claims.len(), "claim", "claims"),
            numbers::counted(self.input.sources.len(), "source", "sources"),
            first.join("; ")
        )
    }

    fn head(&self) -> Table {
        let mut columns =
            vec![Column::words("About"), Column::words("Claim"), Column::words(VOICES)];
        columns.extend(self.order.iter().map(|place| {
            let source = &self.input.sources[*place];
            let rating = Some(&source.rating).filter(|rating| !rating.is_empty());
            let rating = rating.map_or_else(String::new, |rating| format!(" ({rating})"));
            Column::words(format!("{}{rating}", source.name))
        }));
        Table::new("Claims by sources", columns)
    }

    fn table(&self) -> Table {
        let mut table = self.head();
        for claim in &self.input.claims {
            let mut cells = vec![claim.slot.clone(), claim.value.clone(), self.voiced(claim)];
            cells.extend(self.order.iter().map(|place| {
                match claim.stances[*place] {
                    Stance::Asserts => KEY[0],
                    Stance::Denies => KEY[1],
                    Stance::Absent => "",
                }
                .to_owned()
            }));
            table.rows.push(cells.into_iter().map(Into::into).collect());
        }
        table.notes.push(format!(
            "{VOICES}: how many assert a claim, and after a colon how many deny it."
        ));
        table.marks.push(format!("A disc {}, a cross {}.", KEY[0], KEY[1]));
        for (from, to) in self.brackets(&self.order) {
            let names: Vec<&str> = self.order[from..=to]
                .iter()
                .map(|place| self.input.sources[*place].name.as_str())
                .collect();
            table.notes.push(format!("Copies of one another: {}.", names.join(", ")));
        }
        table.marks.push(JOINED.to_owned());
        table.marks.extend(more(self.input.claims.len().saturating_sub(ROWS)));
        for frame in [Frame::Wide, Frame::Narrow] {
            table.marks.extend(self.more_sources(frame));
        }
        table
    }
}

fn mark(canvas: &mut Canvas, (x, y): (f64, f64), stance: Stance) {
    match stance {
        Stance::Asserts => canvas.circle((x, y), 6.0, "f-c0"),
        Stance::Denies => {
            canvas.circle((x, y), 6.5, "f-paper");
            canvas.line((x - 4.5, y - 4.5), (x + 4.5, y + 4.5), "w3 l-accent");
            canvas.line((x - 4.5, y + 4.5), (x + 4.5, y - 4.5), "w3 l-accent");
        }
        Stance::Absent => canvas.circle((x, y), 1.5, "f-c7"),
    }
}

/// The two marks. Gives the y below.
fn key(canvas: &mut Canvas, _: Frame) -> f64 {
    let mut x = 7.0;
    for (words, stance) in KEY.iter().zip([Stance::Asserts, Stance::Denies]) {
        mark(canvas, (x, 8.0), stance);
        canvas.text((x + 13.0, 12.0), words, Type::SMALL);
        x += 13.0 + Type::SMALL.width(words) + 24.0;
    }
    30.0
}
