//! The brief as a PDF: the same bytes each time, whole, with its text in it.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be drawn fails its test")]

use crate::fixture;

#[test]
fn the_brief_is_written_whole_and_the_same_each_time() {
    let brief = fixture::brief().unwrap();
    let bytes = report::pdf::write(&brief).unwrap();
    assert_eq!(bytes, report::pdf::write(&brief).unwrap());
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&bytes);
    // Every object stands where the table says.
    let table: usize =
        text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
    let rows = String::from_utf8_lossy(&bytes[table..]).into_owned();
    let mut places = rows.lines().skip(3).take_while(|l| l.ends_with(" n "));
    for (at, row) in places.by_ref().enumerate() {
        let place: usize = row[..10].parse().unwrap();
        let begins = format!("{} 0 obj\n", at + 1);
        assert!(bytes[place..].starts_with(begins.as_bytes()), "object {}", at + 1);
    }
    if let Some(path) = std::env::var_os("PDF_OUT") {
        std::fs::write(path, &bytes).unwrap();
    }
}
