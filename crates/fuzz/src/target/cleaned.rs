//! Tables of evidence that somebody cleaned by hand, brought back.

use evidence::{Store, tables};

use crate::{Target, first_line, parts, reading, text};

pub const TARGET: Target = Target {
    name: "cleaned",
    says: "`evidence import` of tables cleaned by hand: taken, or refused whole; a document still quotes its own bytes",
    run,
};

const STORY: &str = "Vesla, March 14, 2031 - The Veslan government on Tuesday imposed sanctions on the Dawn Brigade, killing \
at least three people.\n\nAl-Orsa said that the dues cost $1.5 million per month.\n";

/// Each part of the input is a table, by its name; a part whose first line says `as it is` and no more is left as it was
/// written.
#[allow(clippy::expect_used)]
fn run(bytes: &[u8]) {
    let mut store = Store::in_memory().expect("a store can be made in memory");
    let read = reading::read("story.txt", STORY.as_bytes()).expect("the story is read");
    store.keep(&read).expect("and kept");
    let folder = tempfile::tempdir().expect("a folder can be made");
    tables::export(&store, folder.path()).expect("tables can be written");
    for (name, part) in parts::parts(bytes) {
        let known = ["documents", "sentences", "mentions", "events", "claims", "quantities"];
        let Some(name) = known.into_iter().find(|known| *known == name) else { continue };
        let Some(text) = text(&part) else { continue };
        let path = folder.path().join(format!("{name}.csv"));
        let Ok(written) = std::fs::read_to_string(&path) else { continue };
        let (head, _) = first_line(&written);
        // Rows without a head go under the one that was written.
        let text = match text.starts_with("as it is") {
            true => written,
            false if text.starts_with("document,") => text.to_owned(),
            false => format!("{head}\n{text}"),
        };
        std::fs::write(path, text).expect("it can be written");
    }
    let before = store.reading_records(&read.document.id).expect("they are there");
    let taken = tables::import(&mut store, folder.path());
    let after = store.reading_records(&read.document.id).expect("they are there");
    match taken {
        Err(_) => assert_eq!(format!("{before:?}"), format!("{after:?}"), "refused, and changed"),
        Ok(_) => {
            let text = read.document.text.as_str();
            assert!(after.events.iter().all(|e| e.quote.holds_in(text)), "{:?}", after.events);
            assert!(after.claims.iter().all(|c| c.quote.holds_in(text)), "{:?}", after.claims);
            assert!(after.mentions.iter().all(|m| m.quote.holds_in(text)), "{:?}", after.mentions);
            assert!(after.quantities.iter().all(|q| q.quote.holds_in(text)), "{:?}", after.quantities);
        }
    }
}
