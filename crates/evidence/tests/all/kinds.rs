//! Kinds of sentences that the reader once got wrong, each with several of its sort.

use evidence::{
    Class, DocumentSource, Event, Lexicon, LexiconActor, Limits, Reader, Reading, Stance,
};

fn lexicon() -> Lexicon {
    let actor = |id: &str, name: &str, kind: &str, demonym: &str| LexiconActor {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        demonyms: if demonym.is_empty() { Vec::new() } else { vec![demonym.to_owned()] },
        ..LexiconActor::default()
    };
    Lexicon {
        actors: vec![
            actor("orland", "Orland", "state", "Orlander"),
            actor("tessaly", "Tessaly", "state", "Tessalian"),
            actor("marsh", "Marsh Guard", "organisation", ""),
            actor("lake", "Lake Party", "organisation", ""),
        ],
    }
}

fn read(text: &str) -> Reading {
    let about = DocumentSource {
        published: Some("2031-06-10".parse().unwrap()),
        ..DocumentSource::new("k.txt")
    };
    Reader::new(&lexicon(), Limits::default()).read(text.as_bytes(), &about).unwrap()
}

fn facts(reading: &Reading, class: Class) -> Vec<&Event> {
    reading.events.iter().filter(|e| e.class == class && e.is_fact()).collect()
}

fn sides(event: &Event) -> (Vec<&str>, Vec<&str>) {
    (event.source_actors().collect(), event.recipient_actors().collect())
}

#[test]
fn what_something_else_waits_for_has_not_happened() {
    for (text, class) in [
        (
            "The ministers would lift the curfew only after the Marsh Guard withdrew.",
            Class::Retreat,
        ),
        (
            "Orland said it would reopen the bridge once Tessaly released the sailors.",
            Class::Retreat,
        ),
        ("The Lake Party would sign only if Tessaly freed its leader.", Class::Retreat),
        ("Orland will not talk until the Marsh Guard surrenders its rockets.", Class::Retreat),
    ] {
        assert!(facts(&read(text), class).is_empty(), "{text}");
    }
    // but what came before something that happened did happen
    for text in [
        "Orland reopened the bridge after the Marsh Guard withdrew from the valley.",
        "Crowds cheered when Tessaly released the sailors.",
        "Orland said it would send an envoy after Tessaly released the sailors.",
    ] {
        assert!(!facts(&read(text), Class::Retreat).is_empty(), "{text}");
    }
}

#[test]
fn what_the_same_sentence_says_is_disputed_is_no_plain_fact() {
    for text in [
        "The Lake Party said Tessaly had bombed a mill, a claim the embassy denied.",
        "Orland attacked two boats, according to fishermen, a report that the navy disputed.",
        "The Marsh Guard shot a judge, an accusation its spokesman rejected.",
    ] {
        let reading = read(text);
        let assaults: Vec<_> =
            reading.events.iter().filter(|e| e.class == Class::Assault && !e.suggested).collect();
        assert!(!assaults.is_empty(), "{text}");
        assert!(assaults.iter().all(|e| e.hedged), "{text}");
    }
}

#[test]
fn the_sides_of_a_fight_did_what_the_fight_did() {
    for text in [
        "Clashes between Orland and the Marsh Guard killed 30 people on Friday.",
        "Battles between Orland and the Marsh Guard wounded nine men.",
    ] {
        let reading = read(text);
        let found = facts(&reading, Class::Assault);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        let (mut who, _) = sides(found[0]);
        who.sort_unstable();
        assert_eq!(who, ["marsh", "orland"], "{text}");
        assert!(found[0].reciprocal, "{text}");
    }
}

#[test]
fn whoever_denies_something_does_not_deny_himself() {
    for text in
        ["Orland denied that it meddles in the vote.", "Tessaly denied it had armed the rebels."]
    {
        for event in read(text).events.iter().filter(|e| e.class == Class::Reject) {
            let (who, whom) = sides(event);
            assert!(whom.iter().all(|w| !who.contains(w)), "{text}: {event:#?}");
        }
    }
}

#[test]
fn former_officials_do_not_speak_for_their_state() {
    for text in [
        "Two former Tessalian ministers say the talks failed.",
        "A retired Orlander general said the plan was late.",
    ] {
        let reading = read(text);
        assert!(!reading.claims.is_empty(), "{text}");
        assert!(reading.claims.iter().all(|c| c.actors.is_empty()), "{text}");
    }
    let reading = read("Tessalian ministers say the talks failed.");
    assert_eq!(reading.claims[0].actors, ["tessaly"]);
    assert_eq!(reading.claims[0].stance, Stance::Plain);
}

#[test]
fn deeds_told_in_other_words_are_found() {
    for (text, class, who) in [
        ("Orlander students broke into the consulate of Tessaly.", Class::Protest, None),
        ("Tessalian jets hit six positions of the Marsh Guard.", Class::Assault, Some("tessaly")),
        ("Orland hit a depot of the Marsh Guard on Sunday.", Class::Assault, Some("orland")),
        ("The Marsh Guard has previously targeted Tessaly.", Class::Assault, Some("marsh")),
        (
            "Battles between Orland and the Marsh Guard continue in the hills.",
            Class::Assault,
            Some("orland"),
        ),
        ("Orland tasked the Lake Party with drawing up a list.", Class::Request, Some("orland")),
    ] {
        let reading = read(text);
        let found = reading.events.iter().find(|e| e.class == class && !e.suggested);
        let Some(event) = found else { panic!("{text}: {:#?}", reading.events) };
        if let Some(who) = who {
            assert!(sides(event).0.contains(&who), "{text}: {event:#?}");
        }
    }
}

#[test]
fn a_document_in_another_language_says_what_is_not_read_of_it() {
    let text = "Le ministre a déclaré que les négociations avec la ligue reprendront dans la capitale \
                selon son porte-parole, et que les soldats ne sont pas partis.";
    let notices = read(text).document.notices;
    assert_eq!(notices.len(), 1);
    assert!(notices[0].starts_with("in French"), "{notices:?}");
    assert!(notices[0].contains("are not"), "{notices:?}");
    assert!(
        read("Orland signed a treaty with Tessaly on the river and the lake in May.")
            .document
            .notices
            .is_empty()
    );
}
