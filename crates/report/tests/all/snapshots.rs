//! The pictures and the brief as they are, committed and reviewed when they change.

use crate::fixture;

#[test]
fn every_picture_is_drawn_as_before() {
    for picture in fixture::pictures().unwrap() {
        insta::assert_snapshot!(picture.name.clone(), picture.svg());
        insta::assert_snapshot!(format!("{}-narrow", picture.name), picture.narrow_svg());
        insta::assert_snapshot!(format!("{}-table", picture.name), picture.table.words());
    }
}

#[test]
fn the_brief_is_set_as_before() {
    let brief = fixture::brief().unwrap();
    assert_eq!(brief.faults(), vec![]);
    insta::assert_snapshot!("brief-html", report::html::write(&brief));
    insta::assert_snapshot!("brief-markdown", report::markdown::write(&brief));
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let brief = fixture::brief().unwrap();
    assert_eq!(report::html::write(&brief), report::html::write(&brief.clone()));
}
