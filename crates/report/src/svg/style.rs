//! The one stylesheet of all pictures, written from the palette: light, dark, and light again on
//! paper.

use super::palette::COLOURS;
use std::fmt::Write;

const FONTS: &str = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",\"Noto Sans\",\
                     Arial,sans-serif";

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
    css.push_str(
        "\n.sb path:not([class^=f-]){fill:none}\
         .sb .d{stroke-linecap:round}\
         .sb .x{stroke:var(--paper);stroke-width:1.2;stroke-opacity:.6}\
         .sb .t{fill:var(--ink)}.sb .s{fill:var(--soft)}.sb .b{font-weight:650}\
         .sb .h{stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}\
         .sb .w1{stroke-width:1}.sb .w2{stroke-width:1.75}.sb .w3{stroke-width:3}\
         .sb .w6{stroke-width:6}.sb .w8{stroke-width:8}\
         .sb .cap{stroke-linecap:round}.sb .dash{stroke-dasharray:5 3}.sb .dot{stroke-dasharray:1.5 3}\
         .sb .wash{fill:var(--c0);fill-opacity:.1}.sb .pale{stroke-opacity:.4}\n",
    );
    css
}
