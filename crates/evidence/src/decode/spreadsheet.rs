//! A workbook (XLSX): each sheet that is shown, row by row. Cells are as a reader of the sheet sees them
//! but for the form of numbers: days are written as 2031-03-14, and what a formula last came to is taken
//! and not computed anew.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::office::Office;
use super::page::{Kind, Page};
use super::xml::{Event, get, walk};
use crate::limits::ReadError;

/// Most sheets that are read.
const MOST_SHEETS: usize = 256;

pub(super) fn read(office: &Office<'_>, notices: &mut Vec<String>) -> Result<Page, ReadError> {
    let deadline = office.deadline;
    let Some(workbook) = office.xml("xl/workbook.xml")? else {
        return Err(office.fault("it has no part xl/workbook.xml: it is another kind of archive"));
    };
    let mut sheets: Vec<(String, String)> = Vec::new();
    let (mut hidden, mut since_1904) = (0usize, false);
    walk(&workbook, deadline, |event| match event {
        Event::Open("sheet", a) => match get(a, "state") {
            Some("hidden" | "veryHidden") => hidden += 1,
            _ => sheets.push((
                get(a, "name").unwrap_or("").to_owned(),
                get(a, "r:id").unwrap_or("").to_owned(),
            )),
        },
        Event::Open("workbookpr", a) => {
            since_1904 = matches!(get(a, "date1904"), Some("1" | "true"));
        }
        _ => {}
    })?;
    let mut targets: Vec<(String, String)> = Vec::new();
    walk(&office.xml("xl/_rels/workbook.xml.rels")?.unwrap_or_default(), deadline, |event| {
        if let Event::Open("relationship", a) = event
            && let (Some(id), Some(target)) = (get(a, "id"), get(a, "target"))
        {
            targets.push((id.to_owned(), target.to_owned()));
        }
    })?;
    let shared = shared(office)?;
    let days = day_styles(office)?;
    if hidden > 0 {
        notices.push(format!("hidden sheets not read: {hidden}"));
    }
    if sheets.len() > MOST_SHEETS {
        notices.push(format!("sheets beyond the first {MOST_SHEETS} not read"));
    }
    let mut page = Page::default();
    let mut lettered = false;
    for (name, id) in sheets.iter().take(MOST_SHEETS) {
        let Some((_, target)) = targets.iter().find(|(known, _)| known == id) else { continue };
        let path = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        };
        let Some(sheet) = office.xml(&path)? else { continue };
        page.push(Kind::Heading, name);
        lettered |= rows(&sheet, office, &shared, &days, since_1904, &mut page)?;
    }
    if !lettered {
        return Err(office.fault(
            "a workbook of numbers without words; save the sheet as CSV and bring its figures in with `shatterbelt import`",
        ));
    }
    Ok(page)
}

/// The texts that cells point at.
fn shared(office: &Office<'_>) -> Result<Vec<String>, ReadError> {
    let mut out: Vec<String> = Vec::new();
    let (mut words, mut spoken) = (false, 0usize);
    let xml = office.xml("xl/sharedstrings.xml")?.or(office.xml("xl/sharedStrings.xml")?);
    walk(&xml.unwrap_or_default(), office.deadline, |event| match event {
        Event::Open("si", _) => out.push(String::new()),
        Event::Open("rph", _) => spoken += 1,
        Event::Close("rph") => spoken = spoken.saturating_sub(1),
        Event::Open("t", _) => words = spoken == 0,
        Event::Close("t") => words = false,
        Event::Text(text) if words => {
            if let Some(last) = out.last_mut() {
                last.push_str(text);
            }
        }
        _ => {}
    })?;
    Ok(out)
}

/// For each style of a cell, whether it shows a number as a day.
fn day_styles(office: &Office<'_>) -> Result<Vec<bool>, ReadError> {
    let (mut own, mut out): (Vec<String>, Vec<bool>) = (Vec::new(), Vec::new());
    let mut cells = false;
    walk(
        &office.xml("xl/styles.xml")?.unwrap_or_default(),
        office.deadline,
        |event| match event {
            Event::Open("numfmt", a) => {
                // a day has a year or a day in its form: m alone may be minutes; words stand in quotes
                let code = get(a, "formatcode").unwrap_or("").to_ascii_lowercase();
                let bare: String = code.split('"').step_by(2).collect();
                if bare.contains("yy") || bare.contains('d') && !bare.contains("[red") {
                    own.push(get(a, "numfmtid").unwrap_or("").to_owned());
                }
            }
            Event::Open("cellxfs", _) => cells = true,
            Event::Close("cellxfs") => cells = false,
            Event::Open("xf", a) if cells => {
                let id = get(a, "numfmtid").unwrap_or("");
                let known = id.parse::<u16>().is_ok_and(|n| (14..=17).contains(&n) || n == 22);
                out.push(known || own.iter().any(|o| o == id));
            }
            _ => {}
        },
    )?;
    Ok(out)
}

/// Lays out the rows of a sheet; whether any cell has a word.
fn rows(
    xml: &str,
    office: &Office<'_>,
    shared: &[String],
    days: &[bool],
    since_1904: bool,
    page: &mut Page,
) -> Result<bool, ReadError> {
    let mut row: Vec<String> = Vec::new();
    let (mut kind, mut style, mut value) = (String::new(), None, String::new());
    let (mut words, mut lettered) = (false, false);
    walk(xml, office.deadline, |event| match event {
        Event::Open("row", _) => row.clear(),
        Event::Open("c", a) => {
            get(a, "t").unwrap_or("").clone_into(&mut kind);
            style = get(a, "s").and_then(|s| s.parse::<usize>().ok());
            value.clear();
            // cells without content are left out of the file
            let column = get(a, "r").and_then(column).unwrap_or(row.len());
            row.resize(column.max(row.len()), String::new());
        }
        Event::Open("v" | "t", _) => words = true,
        Event::Close("v" | "t") => words = false,
        Event::Text(text) if words => value.push_str(text),
        Event::Close("c") => {
            let shown = match kind.as_str() {
                "s" => value.trim().parse::<usize>().ok().and_then(|i| shared.get(i)).cloned(),
                "b" => Some(if value.trim() == "1" { "yes" } else { "no" }.to_owned()),
                "e" => None,
                "" | "n" if style.is_some_and(|s| days.get(s) == Some(&true)) => {
                    day(&value, since_1904).or(Some(value.clone()))
                }
                _ => Some(value.clone()),
            };
            let shown = shown.unwrap_or_default();
            lettered |= matches!(kind.as_str(), "s" | "inlinestr" | "inlineStr" | "str")
                && shown.chars().filter(|c| c.is_alphabetic()).count() > 2;
            row.push(shown);
        }
        Event::Close("row") => page.push_row(Kind::Item, &row, false),
        _ => {}
    })?;
    Ok(lettered)
}

/// The column of a cell's name, from 0: C7 is 2.
fn column(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).take(3);
    let number = letters.fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// The day of a serial number: 1 is 1 January 1900, and the 29 February of that year, which never was,
/// is counted.
fn day(value: &str, since_1904: bool) -> Option<String> {
    let serial = value.trim().parse::<f64>().ok().filter(|n| (1.0..2_958_466.0).contains(n))?;
    let whole = serial.floor() as i32;
    let first: Date = if since_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    let late = i32::from(!since_1904 && whole < 60);
    Some(first.checked_add((whole + late).days()).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::zip::archive;
    use super::super::{Format, office};
    use super::*;
    use crate::limits::{Deadline, Limits};

    fn book(sheet: &str) -> Vec<u8> {
        archive(&[
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name=\"Results\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"x\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            ),
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>Lake Party</t></si><si><r><t>Marsh </t></r><r><t>Guard</t></r></si></sst>",
            ),
            (
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>",
            ),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    }

    fn decode(sheet: &str) -> Result<super::super::Decoded, ReadError> {
        let limits = Limits::default();
        office::read(&book(sheet), "b.xlsx", Format::Xlsx, &limits, &Deadline::new("b", &limits))
    }

    #[test]
    fn rows_are_lines_with_words_numbers_and_days() {
        let decoded = decode(
            "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>46</v></c><c s=\"1\"><v>47921</v></c></row>\
             <row><c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><t>none</t></is></c><c t=\"e\"><v>#REF!</v></c></row></sheetData></worksheet>",
        )
        .unwrap();
        assert_eq!(decoded.text, "Results\n\nLake Party; 46; 2031-03-14\n\nMarsh Guard; none");
        assert_eq!(decoded.notices, ["hidden sheets not read: 1"]);
    }

    #[test]
    fn a_workbook_of_numbers_alone_names_the_importer() {
        let error = decode("<worksheet><row><c><v>4</v></c></row></worksheet>").err().unwrap();
        assert!(error.to_string().contains("`shatterbelt import`"), "{error}");
    }

    #[test]
    fn serial_numbers_are_days_in_both_reckonings() {
        assert_eq!(day("1", false).as_deref(), Some("1900-01-01"));
        assert_eq!(day("61", false).as_deref(), Some("1900-03-01"));
        assert_eq!(day("0.5", false), None);
        assert_eq!(day("366", true).as_deref(), Some("1905-01-01"));
    }
}
