//! The tables of a run as Parquet, read by the reference reader, against what the outcomes say.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::path::Path;

use case::{Case, Folder};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use simulate::Model;
use tables::{Columns, Made, Part, believed};

fn case() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    Folder::read(&path).unwrap().build(None).case.unwrap()
}

fn write(folder: &Path, model: &Model<'_>, asked: [u32; 2]) {
    let made = Made {
        program: "test".to_owned(),
        build: "b0".to_owned(),
        zstd: tables::zstd_version(),
        case: "toyland".to_owned(),
        as_of: None,
        scenarios: Vec::new(),
        set: Vec::new(),
        case_hash: model.case.hash.clone(),
        processes: Vec::new(),
        seed: 3,
    };
    let mut part = Part::begin(folder, made, asked, Columns::of(model)).unwrap();
    let [from, to] = asked;
    model.stream(3, from..to, &|| true, &mut |run, outcome| part.push(run, &outcome)).unwrap();
    part.finish().unwrap();
}

#[test]
fn a_row_holds_what_the_run_came_to_and_a_row_group_a_block() {
    let dir = tempfile::tempdir().unwrap();
    let case = case();
    let model = Model::new(&case).unwrap();
    write(dir.path(), &model, [0, 1100]);
    let file = File::open(dir.path().join("runs.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    assert_eq!(reader.num_row_groups(), 2, "one for each block of runs");
    let list = model.case.actors[model.lists[0]].id.get_ref().clone();
    let mut rows = 0;
    for (run, row) in reader.get_row_iter(None).unwrap().enumerate() {
        let row = row.unwrap();
        let outcome = model.play(3, u32::try_from(run).unwrap()).go().unwrap().outcome;
        let field = |name: &str| {
            row.get_column_iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("{name}")).1
        };
        assert_eq!(field("run"), &Field::Long(run as i64));
        assert_eq!(field(&format!("seats.{list}")), &Field::Long(outcome.seats[0].into()));
        let days = outcome.days.map_or(Field::Null, |days| Field::Long(days.into()));
        assert_eq!(field("government.days"), &days);
        let head = outcome.head.map(|h| case.candidates[usize::from(h)].id.get_ref().clone());
        assert_eq!(field("head"), &head.map_or(Field::Null, Field::Str));
        let Field::Double(share) = field(&format!("votes.{list}")) else { panic!("no share") };
        assert!((*share as f32 - outcome.shares[0]).abs() < f32::EPSILON);
        rows += 1;
    }
    assert_eq!(rows, 1100);
}

#[test]
fn no_column_holds_numbers_and_names() {
    let case = case();
    let model = Model::new(&case).unwrap();
    let columns = Columns::of(&model);
    let names = |table: &tables::Table| {
        table.heads.iter().map(|head| head.name.clone()).collect::<Vec<_>>()
    };
    for table in [columns.runs(), columns.course(), believed::estimates(&case)] {
        let mut all = names(&table);
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "{}: two columns of one name", table.name);
        for head in &table.heads {
            let number = matches!(head.kind, tables::schema::Kind::Real);
            assert!(!number || !head.unit.is_empty(), "{}.{}: no unit", table.name, head.name);
            assert!(!head.about.is_empty(), "{}.{} says nothing", table.name, head.name);
        }
    }
    assert!(names(&columns.runs()).contains(&"government.days".to_owned()));
}

#[test]
fn the_case_is_told_as_it_is_written() {
    let case = case();
    let estimates = believed::estimates(&case);
    assert_eq!(estimates.rows(), case.beliefs.len());
    let paths = estimates.column("path").unwrap();
    let row = (0..estimates.rows())
        .find(|row| paths.get(*row) == tables::Cell::Text("tie.northmark>guard:security.bandwidth"))
        .unwrap();
    let cell = |name: &str| estimates.column(name).unwrap().get(row);
    // As cases/toyland/ties.toml has it.
    assert_eq!(cell("value"), tables::Cell::Real(0.8));
    assert_eq!(cell("low"), tables::Cell::Real(0.6));
    assert_eq!(cell("high"), tables::Cell::Real(0.95));
    assert_eq!(cell("sources"), tables::Cell::Text("courier"));
    assert_eq!(cell("judged"), tables::Cell::Empty);
    let ties = believed::ties(&case);
    let pull = (0..ties.rows()).find_map(|row| {
        let is = |name: &str, id| ties.column(name).unwrap().get(row) == tables::Cell::Text(id);
        (is("from", "northmark") && is("to", "guard") && is("channel", "security"))
            .then(|| ties.column("pull").unwrap().get(row))
    });
    let Some(tables::Cell::Real(pull)) = pull else { panic!("no such tie") };
    assert!((pull - 0.8 * 0.7).abs() < 1e-12, "{pull}");
}

#[test]
fn the_page_about_the_tables_is_what_the_schemas_give() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tables.md");
    let page = std::fs::read_to_string(path).unwrap();
    let hint = "run `shatterbelt schema --tables > docs/tables.md`";
    assert!(page == tables::reference::reference(), "{hint}");
}
