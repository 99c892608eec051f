//! The tidy table as Parquet holds the rows of the CSV, and is the same bytes wherever the parts were made.
#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::path::Path;

use case::Folder;
use jiff::ToSpan;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use simulate::Model;
use tables::{Columns, Made, Part};

/// Writes runs into a folder, then their table.
fn write(folder: &Path, asked: [u32; 2]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let case = Folder::read(&path).unwrap().build(None).case.unwrap();
    let made = Made {
        program: "test".to_owned(),
        case: "toyland".to_owned(),
        as_of: None,
        scenarios: Vec::new(),
        set: Vec::new(),
        case_hash: case.hash.clone(),
        processes: Vec::new(),
        seed: 3,
    };
    let model = Model::new(&case).unwrap();
    let mut part = Part::begin(folder, made, asked, Columns::of(&model)).unwrap();
    let [from, to] = asked;
    model.stream(3, from..to, &|| true, &mut |run, outcome| part.push(run, &outcome)).unwrap();
    part.finish().unwrap();
}

#[test]
fn parquet_holds_the_rows_of_the_csv_and_parts_join_to_its_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    write(&at("whole"), [0, 1100]);
    write(&at("a"), [0, 700]);
    write(&at("b"), [700, 1100]);
    tables::merge(&[at("b"), at("a")], &at("joined")).unwrap();
    let [whole, joined] =
        ["whole", "joined"].map(|name| tables::parquet::write(&at(name)).unwrap());
    assert_eq!(std::fs::read(&whole).unwrap(), std::fs::read(&joined).unwrap());

    let csv = std::fs::read(at("whole").join("results.csv.zst")).unwrap();
    let csv = String::from_utf8(zstd::decode_all(&csv[..]).unwrap()).unwrap();
    let reader = SerializedFileReader::new(File::open(&whole).unwrap()).unwrap();
    assert_eq!(reader.num_row_groups(), 2, "one for each block of runs");
    let mut rows = 0;
    let mut lines = csv.lines().skip(1);
    for row in reader.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let shown: Vec<String> = row
            .get_column_iter()
            .filter_map(|(_, field)| match field {
                Field::UInt(n) => Some(n.to_string()),
                Field::Date(days) => {
                    Some((jiff::civil::date(1970, 1, 1) + i64::from(*days).days()).to_string())
                }
                Field::Str(text) => Some(text.clone()),
                Field::Double(number) => Some(number.to_string()),
                Field::Null => None,
                other => panic!("{other:?}"),
            })
            .collect();
        let shown = shown.join(",");
        assert_eq!(Some(shown.as_str()), lines.next());
        rows += 1;
    }
    assert_eq!(lines.next(), None);
    assert!(rows > 10_000, "{rows}");
}
