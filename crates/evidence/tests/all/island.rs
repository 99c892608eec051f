//! An invented island with invented parties, for the tests.

use evidence::{Lexicon, LexiconActor};

pub fn lexicon() -> Lexicon {
    let actor = |id: &str,
                 name: &str,
                 kind: &str,
                 aliases: &[&str],
                 demonyms: &[&str],
                 metonyms: &[&str]| {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        LexiconActor {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            aliases: own(aliases),
            demonyms: own(demonyms),
            metonyms: own(metonyms),
            roles: Vec::new(),
            ..LexiconActor::default()
        }
    };
    Lexicon {
        actors: vec![
            actor(
                "vesla",
                "Vesla",
                "state",
                &["Republic of Vesla"],
                &["Veslan", "Veslans"],
                &["Port Amar"],
            ),
            actor("korrin", "Korrin", "state", &[], &["Korrinese"], &["Halm"]),
            actor("harbour", "Harbour Front", "party", &["HF", "جبهة الميناء"], &[], &[]),
            actor("dawn", "Dawn Brigade", "armed-faction", &["Dawn"], &[], &[]),
            actor("orsa", "Tamar al-Orsa", "person", &[], &[], &[]),
            actor("venn", "Ilya Venn", "person", &[], &[], &[]),
        ],
    }
}

pub const STORY: &str = "\
Harbour dues divide the island

Harbour dues divide the island

By Mara Tolle

PORT AMAR, Vesla, March 14, 2031 - The Veslan government on Tuesday imposed sanctions on the Dawn Brigade. \
Prime Minister Tamar al-Orsa visited Halm last month, and met Korrinese officials. \
The brigade had fired 12 rockets at Port Amar in late 2030, killing at least three people.

The Harbour Front has not signed an agreement with Korrin.

“We will never pay,” said Ilya Venn, leader of the Harbour Front (HF). “The dues cost $1.5 million per month.” \
Venn warned that the HF could attack Korrinese ships. The Harbour Front has not signed an agreement with Korrin.

Al-Orsa accused Korrin of paying the Dawn Brigade between 2 and 3 million dollars a year. Korrin denied the accusation. \
If the talks fail, Vesla may expel Korrinese diplomats. The Front won 27 seats in the 80-seat council.

Published originally on March 14, 2031.

Mara Tolle is a journalist and the author of two books on the sea. She writes for many papers and has a B.A. in history.

Related articles
A Storm Sinks the Ferry off the Northern Cape
Why the Lighthouse Must Be Saved
";
