//! The figures of a table as records: each with what stands at its row and over its column.

use super::Into;
use crate::grids::Figure;
use crate::quantities::cells::{Amount, Heading, amount, heading};
use crate::reading::Read;
use crate::records::Quantity;
use crate::span::{Quote, Span};
use crate::words::words;

/// Whether a word is of the language, and not the name of a place.
fn is_counted(word: &str) -> bool {
    word == "persons" || words().is_ordinary(word)
}

impl Into<'_> {
    /// Records the figures that stand in this sentence; `read` is the whole document.
    pub(crate) fn figures(&mut self, figures: &[Figure], read: &[Read]) {
        let from = figures.partition_point(|f| f.cell.start() < self.one.span.start());
        for figure in figures[from..].iter().take_while(|f| self.one.span.contains(f.cell)) {
            if let Some(quantity) = self.figure(figure, read) {
                self.out.quantities.push(quantity);
            }
        }
    }

    fn figure(&self, figure: &Figure, read: &[Read]) -> Option<Quantity> {
        let Amount { value, low, high, bound, unit } = amount(self.text, figure.cell)?;
        let actors = |span: Option<Span>| span.map_or_else(Vec::new, |s| self.actors_at(read, s));
        let (of_row, of_column) = (actors(figure.row), actors(figure.column));
        // a name gives no unit: "Lake Party" counts nothing
        let gives = |span: Option<Span>, named: bool| -> Option<Heading> {
            heading(self.text, span?).filter(|h| h.measure || !named)
        };
        let column = gives(figure.column, !of_column.is_empty())
            .or_else(|| gives(figure.over, !actors(figure.over).is_empty()));
        // at the row a place may stand as well: "Ansel" is no unit
        let counts = |h: &Heading| h.measure || is_counted(&h.unit) || h.plural;
        let row = gives(figure.row, !of_row.is_empty()).filter(counts);
        let title = gives(figure.title, true);
        let measure = |h: &Option<Heading>| h.clone().filter(|h| h.measure);
        // a measure before a noun counted, the column before the row, and both before the title
        let given = measure(&column).or_else(|| measure(&row)).or(column.clone());
        let given = given.or_else(|| if figure.column.is_some() { measure(&title) } else { None });
        let given = given.or(row.clone()).or_else(|| measure(&title));
        let scale = given.as_ref().map_or(1.0, |h| h.scale);
        let own = unit.map(str::to_owned);
        let unit = own.clone().or_else(|| given.as_ref().map(|h| h.unit.clone()))?;
        let by_column = own.is_none() && given.is_some() && given == column;
        // "Exports (t)" says what is measured; under "Seats" it is the row that has them
        let says = |h: &Option<Heading>| h.as_ref().is_some_and(|h| h.measure && h.more);
        let by_measure = unit != "percent" && says(&column) && !of_row.is_empty();
        let named = !of_column.is_empty() && row.is_some() && !by_column && !says(&row);
        let what = if by_measure || named { figure.column } else { figure.row.or(figure.column) };
        let days = [figure.column, figure.over, figure.row, figure.day, figure.title];
        let quote = |span: Option<Span>| span.map(|s| Quote::cut(self.text, s));
        Some(Quantity {
            id: self.id("quantity", figure.cell, 0),
            sentence: self.index,
            quote: Quote::cut(self.text, figure.cell),
            standing: self.one.standing,
            value: value.map(|v| v * scale),
            low: low.map(|v| v * scale),
            high: high.map(|v| v * scale),
            bound,
            unit,
            per: None,
            of: None,
            what: quote(what),
            actors: if of_row.is_empty() { of_column } else { of_row },
            by: None,
            when: days.into_iter().flatten().find_map(|s| self.day_at(s)),
            also: None,
            row: quote(figure.row),
            column: quote(figure.column),
        })
    }

    /// Who is named within a span that may stand in another sentence.
    fn actors_at(&self, read: &[Read], span: Span) -> Vec<String> {
        let at = read.partition_point(|r| r.span.end() <= span.start());
        let here = read[at..].iter().take_while(|r| r.span.start() < span.end());
        let mut out: Vec<String> = Vec::new();
        for found in here.flat_map(|r| &r.found).filter(|f| span.contains(f.span)) {
            let actor = self.lexicon.actors.get(found.actor);
            out.extend(actor.map(|a| a.id.clone()).filter(|id| !out.contains(id)));
        }
        out
    }

    /// The day or the year that stands within a span.
    fn day_at(&self, span: Span) -> Option<crate::dates::When> {
        let dates = &self.out.dates;
        let first = dates.partition_point(|d| d.quote.span().start() < span.start());
        let mut within = dates[first..].iter().take_while(|d| span.contains(d.quote.span()));
        let told = within.find(|d| d.when.is_some());
        told.and_then(|d| d.when).or_else(|| crate::dates::bare_year(span.of(self.text)))
    }
}
