//! The one stylesheet of all pictures, written from the palette: light, dark, and light again on
//! paper; or flat in one of the two, for those who read no variables.

use super::palette::COLOURS;
use std::fmt::Write;

const FONTS: &str = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",\"Noto Sans\",\
                     Arial,sans-serif";

/// By day or by night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark marks on white paper.
    Light,
    /// Light marks on dark paper.
    Dark,
}

/// The stylesheet. A page that shows pictures inline carries it once; a picture in a file of its
/// own carries it itself.
pub fn stylesheet() -> String {
    let mut css = String::new();
    let (mut light, mut dark) = (String::new(), String::new());
    for (name, by_day, by_night) in COLOURS {
        let _ = write!(light, "--{name}:{by_day};");
        let _ = write!(dark, "--{name}:{by_night};");
    }
    let _ = writeln!(css, ":root{{{light}}}");
    let _ = writeln!(css, "@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}");
    let _ = writeln!(
        css,
        ".sb{{font-family:{FONTS};font-size:13px;font-variant-numeric:tabular-nums lining-nums}}"
    );
    for (name, _, _) in COLOURS {
        let _ = write!(css, ".f-{name}{{fill:var(--{name})}}.l-{name}{{stroke:var(--{name})}}");
    }
    css.push_str(MARKS);
    css
}

/// The same with the colours of one theme written in, and one font named.
#[cfg(feature = "png")]
pub(crate) fn flat(theme: Theme, font: &str) -> String {
    let mut css = format!(".sb{{font-family:\"{font}\";font-size:13px}}\n");
    for (name, _, _) in COLOURS {
        let _ = write!(css, ".f-{name}{{fill:var(--{name})}}.l-{name}{{stroke:var(--{name})}}");
    }
    css.push_str(MARKS);
    for (name, by_day, by_night) in COLOURS {
        let colour = if theme == Theme::Light { by_day } else { by_night };
        css = css.replace(&format!("var(--{name})"), colour);
    }
    css.replace("font-weight:650", "font-weight:700")
}

// `web/palette.js` reads them here.
const MARKS: &str = "\n.sb .d{stroke-linecap:round}\
    .sb .x{stroke:var(--paper);stroke-width:1.2;stroke-opacity:.6}\
    .sb .y{stroke:var(--soft);stroke-width:.9;stroke-opacity:.55}\
    .sb .z{stroke:var(--ink);stroke-width:1;stroke-opacity:.65}\
    .sb .t{fill:var(--ink)}.sb .s{fill:var(--soft)}.sb .b{font-weight:650}\
    .sb .h{stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}\
    .sb .w1{stroke-width:1}.sb .w2{stroke-width:1.75}.sb .w3{stroke-width:3}\
    .sb .w6{stroke-width:6}.sb .w8{stroke-width:8}\
    .sb .cap{stroke-linecap:round}.sb .dash{stroke-dasharray:5 3}.sb .dot{stroke-dasharray:1.5 3}\
    .sb .wash{fill:var(--c0);fill-opacity:.1}.sb .wash2{fill:var(--c0);fill-opacity:.26}\
    .sb .pale{stroke-opacity:.4}.sb .flow{fill-opacity:.5}\
    .sb .q0{fill-opacity:.12}.sb .q1{fill-opacity:.3}.sb .q2{fill-opacity:.5}\
    .sb .q3{fill-opacity:.74}.sb .q4{fill-opacity:1}\n";
