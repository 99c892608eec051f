//! Images have their words without any font of the machine, in both themes, in the same bytes.
#![cfg(feature = "png")]

use crate::fixture;

use report::image::{Options, png};
use report::picture::seat_intervals;
use report::svg::Theme;

#[test]
fn every_picture_becomes_an_image_of_its_size() {
    for picture in fixture::pictures().unwrap() {
        for narrow in [false, true] {
            let image =
                png(&picture, Options { narrow, scale: 1.0, ..Options::default() }).unwrap();
            assert_eq!(&image[..8], b"\x89PNG\r\n\x1a\n", "{}", picture.name);
            let wide = u32::from_be_bytes([image[16], image[17], image[18], image[19]]);
            assert_eq!(wide, if narrow { 372 } else { 752 }, "{}", picture.name);
        }
    }
}

#[test]
fn words_leave_marks_and_themes_differ() {
    let mut input = fixture::intervals_input();
    input.lines.truncate(1);
    let image = |input: &seat_intervals::Input, theme| {
        png(&seat_intervals::draw(input).unwrap(), Options { theme, ..Options::default() }).unwrap()
    };
    let plain = image(&input, Theme::Light);
    assert_eq!(plain, image(&input, Theme::Light));
    assert_ne!(plain, image(&input, Theme::Dark));
    input.lines[0].name = "Other letters".into();
    let latin = image(&input, Theme::Light);
    input.lines[0].name = "حركة".into();
    let arabic = image(&input, Theme::Light);
    input.lines[0].name = String::new();
    let without = image(&input, Theme::Light);
    assert!(plain != latin && latin != without && arabic != without && arabic != latin);
}

#[test]
fn a_scale_that_makes_no_image_is_refused() {
    let picture = seat_intervals::draw(&fixture::intervals_input()).unwrap();
    for scale in [0.0, -1.0, f32::NAN, 1e9] {
        assert!(png(&picture, Options { scale, ..Options::default() }).is_err());
    }
}
