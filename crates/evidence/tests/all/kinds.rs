//! Kinds of sentences that the reader once got wrong, each with several of its sort.

use evidence::{
    Class, DocumentSource, Event, Lexicon, LexiconActor, Limits, Reader, Reading, Stance,
};

/// An actor of a lexicon; a kind without a word for its people has an empty one.
pub(crate) fn actor(id: &str, name: &str, kind: &str, demonym: &str) -> LexiconActor {
    LexiconActor {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        demonyms: if demonym.is_empty() { Vec::new() } else { vec![demonym.to_owned()] },
        ..LexiconActor::default()
    }
}

fn lexicon() -> Lexicon {
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

/// The first event of a class that a pattern found.
fn first(reading: &Reading, class: Class) -> &Event {
    let found = reading.events.iter().find(|e| e.class == class && !e.suggested);
    found.unwrap_or_else(|| panic!("no {class:?} in {:#?}", reading.events))
}

fn day(event: &Event) -> String {
    event.when.map_or_else(String::new, |w| format!("{}..{}", w.from, w.to))
}

#[test]
fn a_participle_behind_a_noun_parts_no_date_from_its_verb() {
    for text in [
        "Tessalian jets hit two camps tied to the Marsh Guard on Sunday.",
        "Orland released six men held since spring by the Marsh Guard on Sunday.",
        "Orland bombed a mill used by smugglers on Sunday.",
    ] {
        let reading = read(text);
        let event = reading.events.iter().find(|e| e.is_fact()).unwrap();
        assert_eq!(day(event), "2031-06-08..2031-06-08", "{text}: {event:#?}");
    }
}

#[test]
fn a_deadline_lies_ahead() {
    for text in [
        "Orland told the Marsh Guard to give up its rockets by August 31.",
        "Tessaly tasked the Lake Party with naming a cabinet by August 31.",
        "Orland ordered the Marsh Guard to leave the valley before August 31.",
    ] {
        let reading = read(text);
        let event = first(&reading, Class::Request);
        assert_eq!(day(event), "2031-08-31..2031-08-31", "{text}: {event:#?}");
    }
    // what had been done by then had been done
    let reading = read("The Marsh Guard had been driven from the valley by August 31.");
    assert_eq!(reading.dates[0].when.map(|w| w.from.to_string()).as_deref(), Some("2030-08-31"));
}

#[test]
fn the_weekend_is_two_days_and_dates_the_deed_beside_it() {
    let reading = read(
        "Orlander crowds stormed the embassy on Tuesday, during rallies against Tessalian airstrikes on the Marsh \
         Guard over the weekend.",
    );
    assert_eq!(day(first(&reading, Class::Assault)), "2031-06-07..2031-06-08");
    assert_eq!(day(first(&reading, Class::Protest)), "2031-06-10..2031-06-10");
}

#[test]
fn the_year_of_a_protest_is_no_crowd() {
    for text in [
        "In the protests of 2023 crowds filled the square.",
        "After the riots of 2027 soldiers guarded the port.",
        "Since the election of 2026 voters have stayed at home.",
    ] {
        assert_eq!(read(text).quantities, [], "{text}");
    }
    assert_eq!(read("A band of 2000 soldiers left.").quantities.len(), 1);
}

#[test]
fn one_deed_is_told_once() {
    for text in [
        "Ivo Venn, the Orlander envoy killed by a Tessalian drone strike on June 3, was buried today.",
        "A mill was hit by a Tessalian air strike on June 3.",
        "Three men were wounded on June 3 by a Tessalian rocket attack.",
        "Orland said its navy carried out a raid targeting a Marsh Guard depot.",
    ] {
        let reading = read(text);
        let found: Vec<_> =
            reading.events.iter().filter(|e| e.class == Class::Assault && !e.suggested).collect();
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
    }
}

#[test]
fn sides_are_found_over_what_is_said_of_one() {
    for text in [
        "Battles continue between Orland, backed by tribesmen, and the Marsh Guard.",
        "Clashes erupted on Monday between Orland, supported by gunboats, and the Marsh Guard.",
        "Fighting rages between Orland and the Marsh Guard.",
    ] {
        let reading = read(text);
        let (mut who, _) = sides(first(&reading, Class::Assault));
        who.sort_unstable();
        assert_eq!(who, ["marsh", "orland"], "{text}: {:#?}", reading.events);
        let supports = reading.events.iter().filter(|e| e.class == Class::Support && !e.suggested);
        for support in supports {
            assert!(!sides(support).0.contains(&"marsh"), "{text}: {support:#?}");
        }
    }
}

#[test]
fn whoever_did_it_is_found_over_a_date_or_a_place() {
    for (text, class) in [
        ("The Lake Party, dissolved on 19 June 2030 by Tessaly, has returned.", Class::Coerce),
        ("The Lake Party, banned in May by Tessaly, won two seats.", Class::Coerce),
        ("A ferry seized on Sunday by Tessaly was let go.", Class::Coerce),
    ] {
        let reading = read(text);
        assert_eq!(sides(first(&reading, class)).0, ["tessaly"], "{text}: {:#?}", reading.events);
    }
}

#[test]
fn a_numbered_place_and_a_backer_are_no_doers() {
    let reading = read("Orland accused the Lake Party of involvement in the Pier 9 attack.");
    assert_eq!(sides(first(&reading, Class::Accuse)).1, ["lake"]);
    assert!(
        reading.events.iter().all(|e| e.class != Class::Assault || e.suggested),
        "{:#?}",
        reading.events
    );
    let reading = read("In the Orland-backed protests of 2029 crowds filled the square.");
    assert!(sides(first(&reading, Class::Protest)).0.is_empty());
}

#[test]
fn idioms_and_figures_of_speech_are_no_deeds() {
    for text in [
        "Orland struck a balance between the two.",
        "The island met a demand of 45 GWh.",
        "The impostor diplomat is destroying Orland.",
        "An Orlander man inspects the site.",
        "The central bank is fighting inflation.",
        "Shares hit a record on Monday.",
        "The league seized the opportunity to speak.",
        "Doctors are fighting a disease in Orland.",
    ] {
        let reading = read(text);
        assert!(reading.events.iter().all(|e| e.suggested), "{text}: {:#?}", reading.events);
    }
}

#[test]
fn deeds_told_with_many_verbs_and_nouns_have_their_class() {
    for (text, class, who) in [
        ("Tessaly pounded the harbour of Orland for a third night.", Class::Assault, "tessaly"),
        ("The Marsh Guard lobbed mortars at a checkpoint.", Class::Assault, "marsh"),
        ("Tessaly rounded up sixty activists on Wednesday.", Class::Coerce, "tessaly"),
        ("Orland sealed off the main road.", Class::Coerce, "orland"),
        ("Orland halted budget support worth 140 million dollars.", Class::Sanction, "orland"),
        ("Orland has frozen arms sales to Tessaly.", Class::Sanction, "orland"),
        ("Orland flew 80 tonnes of ammunition to Tessaly on Sunday.", Class::Aid, "orland"),
        ("Tessaly massed troops along the frontier.", Class::Mobilize, "tessaly"),
        ("The Lake Party downed tools on Monday.", Class::Protest, "lake"),
        ("Orland pulled 1,200 guards back from the river.", Class::Retreat, "orland"),
        ("Tessaly lifted a blockade of the river towns.", Class::Concede, "tessaly"),
        ("Orland pointed the finger at the Marsh Guard.", Class::Accuse, "orland"),
        ("The Lake Party walked out of the session.", Class::Reject, "lake"),
        ("Tessaly telephoned Orland on Monday.", Class::Consult, "tessaly"),
        ("Orland sent its condolences to Tessaly.", Class::Support, "orland"),
        ("Tessaly has promised elections within a year.", Class::Agree, "tessaly"),
        (
            "Parliament in Orland passed a law on Tuesday that orders foreign troops to leave.",
            Class::Request,
            "",
        ),
    ] {
        let reading = read(text);
        let event = first(&reading, class);
        assert!(who.is_empty() || sides(event).0.contains(&who), "{text}: {event:#?}");
    }
}

#[test]
fn speakers_are_found_in_single_marks_and_by_the_last_person_named() {
    let reading = read(
        "Finance Minister Oto Lind said the plan was late. Trade Minister Nia Brandt attended. 'I will read it first,' she said.",
    );
    let last = reading.claims.last().unwrap();
    assert_eq!(last.resolved.as_ref().map(|q| q.text()), Some("Nia Brandt"), "{last:#?}");
    let reading =
        read("Tolle stated that 'clear steps' were taken and added, 'We are not done yet.'");
    let who: Vec<&str> =
        reading.claims.iter().filter_map(|c| Some(c.speaker.as_ref()?.text())).collect();
    assert_eq!(who, ["Tolle", "Tolle"]);
    let reading =
        read("A Marsh Guard commander, speaking in private, said a second batch would follow.");
    assert!(reading.claims[0].speaker.as_ref().unwrap().text().contains("commander"));
}

#[test]
fn people_are_counted_without_the_word_for_them() {
    for (text, wanted) in [
        (
            "The war displaced more than 700,000 people and prompted 150,000 to flee abroad.",
            150_000.0,
        ),
        ("A bomber rammed a truck into a checkpoint, killing eight.", 8.0),
        ("The shell killed three traders and wounded eleven others.", 11.0),
        ("The toll stood at 17 dead and 30 hurt.", 30.0),
    ] {
        let reading = read(text);
        let found = reading.quantities.iter().find(|q| q.value == Some(wanted));
        assert_eq!(
            found.map(|q| q.unit.as_str()),
            Some("persons"),
            "{text}: {:#?}",
            reading.quantities
        );
    }
}

#[test]
fn a_share_is_of_something_and_somebody_says_it() {
    let find = |text: &str| {
        let reading = read(text);
        let q = reading.quantities.iter().find(|q| q.unit == "percent").unwrap().clone();
        (q.what.map(|w| w.text().to_owned()), q.actors, q.by.map(|b| b.text().to_owned()))
    };
    let (what, actors, by) = find("Panel Nine gave the Lake Party 36 percent.");
    assert_eq!((what.as_deref(), by.as_deref()), (Some("Lake Party"), Some("Panel Nine")));
    assert_eq!(actors, ["lake"]);
    let (what, _, by) = find("Orland supplies up to 20% of Tessaly's imports.");
    assert_eq!((what.as_deref(), by.as_deref()), (Some("Tessaly's imports"), Some("Orland")));
}

#[test]
fn every_share_of_a_poll_has_its_list_its_pollster_and_its_sample() {
    let shares = |text: &str| -> Vec<(f64, String, String, Option<f64>)> {
        let all =
            read(text).quantities.into_iter().filter(|q| q.unit == "percent" && q.by.is_some());
        let words =
            |quote: Option<evidence::Quote>| quote.map_or(String::new(), |q| q.text().to_owned());
        all.map(|q| (q.value.unwrap(), words(q.what), words(q.by), q.of)).collect()
    };
    let expected = |by: &str, of: Option<f64>| {
        [(24.0, "Lake Party"), (18.0, "Hill List")]
            .map(|(n, of_whom)| (n, of_whom.to_owned(), by.to_owned(), of))
    };
    for (text, by, of) in [
        (
            "In a poll by the Harrow Institute of 1,200 people the Lake Party had 24 percent and the Hill List 18 percent.",
            "Harrow Institute",
            Some(1200.0),
        ),
        (
            "Panel Nine gave the Lake Party 24 percent and the Hill List 18 percent.",
            "Panel Nine",
            None,
        ),
        (
            "An iPanel survey of 1,012 adults puts the Lake Party at 24 % and the Hill List at 18 %.",
            "iPanel",
            Some(1012.0),
        ),
        (
            "The Lake Party has 24 % and the Hill List 18 % in a poll by iPanel. The sample was 900 people.",
            "iPanel",
            Some(900.0),
        ),
    ] {
        assert_eq!(shares(text), expected(by, of), "{text}");
    }
    assert_eq!(
        shares("Turnout was 54 percent, and the Lake Party won 24 percent of the vote."),
        []
    );
}

fn of_the_east() -> Lexicon {
    let mut lexicon = lexicon();
    lexicon.actors[0].aliases = vec!["أورلاند".to_owned(), "اورلند".to_owned()];
    lexicon.actors[1].aliases = vec!["تيسالي".to_owned(), "تسالی".to_owned()];
    lexicon
}

fn read_east(text: &str) -> Reading {
    let about = DocumentSource {
        published: Some("2031-06-10".parse().unwrap()),
        ..DocumentSource::new("e.txt")
    };
    Reader::new(&of_the_east(), Limits::default()).read(text.as_bytes(), &about).unwrap()
}

#[test]
fn arabic_deeds_dates_figures_and_speakers_are_read() {
    let reading = read_east("قصفت تيسالي ميناء أورلاند في 3 حزيران 2031 وقتل 14 مدنيا.");
    let event = first(&reading, Class::Assault);
    assert_eq!(sides(event), (vec!["tessaly"], vec!["orland"]));
    assert_eq!(day(event), "2031-06-03..2031-06-03");
    assert_eq!(
        (reading.quantities[0].value, reading.quantities[0].unit.as_str()),
        (Some(14.0), "persons")
    );
    let reading = read_east("قال وزير الخارجية في أورلاند إن المحادثات لم تنجح.");
    assert!(reading.claims[0].speaker.as_ref().unwrap().text().starts_with("وزير الخارجية"));
    let reading = read_east("زار وفد من أورلاند تيسالي في ١٢ رمضان ١٤٥٢ هـ ولم تتهم أورلاند تيسالي.");
    assert_eq!(reading.dates.len(), 1, "{:#?}", reading.dates);
    assert!(
        reading.events.iter().any(|e| e.class == Class::Accuse && e.negated),
        "{:#?}",
        reading.events
    );
}

#[test]
fn persian_deeds_dates_figures_and_speakers_are_read() {
    let reading = read_east("تسالی روز ۱۲ خرداد ۱۴۱۰ به بندر اورلند حمله کرد و ۱۴ نفر کشته شدند.");
    let event = first(&reading, Class::Assault);
    assert_eq!(sides(event), (vec!["tessaly"], vec!["orland"]), "{event:#?}");
    assert_eq!(day(event), "2031-06-02..2031-06-02");
    assert!(reading.quantities.iter().any(|q| q.value == Some(14.0) && q.unit == "persons"));
    let reading = read_east("وزیر خارجه اورلند گفت که گفتگوها ادامه دارد.");
    assert_eq!(reading.claims[0].speaker.as_ref().unwrap().text(), "وزیر خارجه اورلند");
    assert_eq!(reading.claims[0].actors, ["orland"]);
    let reading = read_east("اورلند تسالی را محکوم نکرد.");
    assert!(first(&reading, Class::Accuse).negated);
}

#[test]
fn whoever_a_relative_clause_is_about_goes_on_behind_it() {
    for (text, speaker) in [
        ("The Marsh Guard, which Orland has fought since May, said a mill had been hit.", "marsh"),
        ("Tessaly, whose envoy the Marsh Guard shot in April, said the truce was over.", "tessaly"),
        ("The Lake Party, with which Orland had talked, said the talks had failed.", "lake"),
        // what it does itself it also says
        ("The Lake Party, which leads the senate, said the talks had failed.", "lake"),
    ] {
        let reading = read(text);
        assert_eq!(reading.claims.len(), 1, "{text}: {:#?}", reading.claims);
        assert_eq!(reading.claims[0].actors, [speaker], "{text}");
    }
    // the day between the commas is of the clause between them
    let reading =
        read("Tessaly, whose envoy the Marsh Guard shot in April, accused Orland of lying.");
    let accused = facts(&reading, Class::Accuse);
    assert_eq!(accused.len(), 1);
    assert_eq!(sides(accused[0]), (vec!["tessaly"], vec!["orland"]));
    assert!(accused[0].date.is_none());
    assert!(facts(&reading, Class::Assault)[0].date.is_some());
}

#[test]
fn a_fight_that_goes_on_is_no_deed_of_the_day_it_began() {
    assert!(
        facts(&read("Orland has been fighting the Marsh Guard since May."), Class::Assault)
            .is_empty()
    );
    assert!(!facts(&read("Orland fought the Marsh Guard on 3 May."), Class::Assault).is_empty());
    assert!(
        !facts(&read("Orland has fired on the Marsh Guard since May."), Class::Assault).is_empty()
    );
}

#[test]
fn a_denial_in_the_same_sentence_is_tied_to_what_was_said() {
    for text in [
        "The Marsh Guard said a mill had been hit by a Tessalian air strike, a claim Tessaly denied.",
        "Orland left the talks, the Marsh Guard said, an accusation that Orland rejected.",
        "The Lake Party said votes had been bought, a charge Orland disputed.",
    ] {
        let reading = read(text);
        let denial = reading.claims.iter().find(|c| c.stance == Stance::Denial);
        let Some(denial) = denial else { panic!("{text}: {:#?}", reading.claims) };
        let told = reading.claims.iter().find(|c| Some(&c.id) == denial.answers.as_ref());
        let Some(told) = told else { panic!("{text}: {:#?}", reading.claims) };
        assert_ne!(told.actors, denial.actors, "{text}");
        assert!(!told.quote.text().contains("a charge"), "{text}");
    }
    // a claim that nobody disputes stays within what was said
    let reading = read("Orland said the Marsh Guard had won, a claim heard often.");
    assert_eq!(reading.claims.len(), 1);
    assert!(reading.claims[0].quote.text().ends_with("heard often"));
}

#[test]
fn people_made_to_do_something_are_counted_with_the_others() {
    for (text, second) in [
        (
            "The war displaced more than 700,000 people and prompted 150,000 to flee abroad.",
            150_000.0,
        ),
        ("The flood uprooted 40,000 people and forced 9,000 to sleep in tents.", 9_000.0),
    ] {
        let reading = read(text);
        assert_eq!(reading.quantities.len(), 2, "{text}: {:#?}", reading.quantities);
        assert_eq!(reading.quantities[1].value, Some(second), "{text}");
        assert_eq!(reading.quantities[1].what, reading.quantities[0].what, "{text}");
    }
    let reading = read("It took 40,000 people to the coast and cost 9,000 to print.");
    assert_eq!(reading.quantities.len(), 1);
}

#[test]
fn a_call_with_somebody_is_a_talk() {
    let text =
        "The toll will rise if traffic grows, President Ilan Mord said after a call with Tessaly.";
    assert_eq!(facts(&read(text), Class::Consult).len(), 1);
    assert!(facts(&read("The choir answered a call with a song."), Class::Consult).is_empty());
}

#[test]
fn whoever_is_of_a_group_acts_for_it_and_people_of_a_state_do_not() {
    for text in [
        "Gunmen of the Marsh Guard attacked a patrol on Sunday.",
        "Snipers of the Marsh Guard shot two soldiers.",
        "On Sunday four gunmen of the Marsh Guard attacked a patrol.",
        "Fighters of the Marsh Guard attacked a patrol.",
        "A patrol was attacked by gunmen of the Marsh Guard.",
    ] {
        let reading = read(text);
        let found = facts(&reading, Class::Assault);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert_eq!(sides(found[0]).0, ["marsh"], "{text}");
    }
    for text in [
        "Critics of the Marsh Guard attacked a patrol on Sunday.",
        "Gunmen near the Marsh Guard attacked a patrol.",
        "Rivals of the Marsh Guard attacked a patrol.",
        "On Sunday students of Tessaly attacked a patrol.",
        "Gunmen of Tessaly attacked a patrol.",
    ] {
        let reading = read(text);
        let found = facts(&reading, Class::Assault);
        assert!(found.iter().all(|e| sides(e).0.is_empty()), "{text}: {found:#?}");
    }
    let reading = read("Soldiers of Tessaly attacked a patrol.");
    assert_eq!(sides(facts(&reading, Class::Assault)[0]).0, ["tessaly"]);
}

#[test]
fn a_list_in_a_poll_has_the_word_for_what_it_is() {
    let reading = read(
        "A poll by Statline put the Lake Party at 24 percent, the Tern list at 11 percent and the Heron bloc at 6 percent.",
    );
    let what: Vec<&str> =
        reading.quantities.iter().filter_map(|q| q.what.as_ref()).map(|q| q.text()).collect();
    assert_eq!(what, ["Lake Party", "Tern list", "Heron bloc"]);
    let reading = read("The poll gives 31 percent to the Lake Party, 22 percent to the Tern list.");
    let what: Vec<&str> =
        reading.quantities.iter().filter_map(|q| q.what.as_ref()).map(|q| q.text()).collect();
    assert_eq!(what, ["Lake Party", "Tern list"]);
    // what is given to nobody by name is no poll figure
    let reading = read("The bank gives 3 percent to savers.");
    assert!(reading.quantities.iter().all(|q| q.by.is_none()));
}

#[test]
fn whoever_struck_did_what_the_strike_did() {
    let reading =
        read("A strike by Tessalian aircraft on a Marsh Guard camp killed eleven men on Monday.");
    let found = facts(&reading, Class::Assault);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(sides(found[0]), (vec!["tessaly"], vec!["marsh"]));
    // a strike that nobody is said to have made has no doer but itself
    let reading = read("A strike near the coast killed eleven men of the Marsh Guard.");
    assert!(facts(&reading, Class::Assault).iter().all(|e| sides(e).0.is_empty()));
}

#[test]
fn a_participle_that_opens_the_sentence_is_said_of_the_subject() {
    let reading = read("Accusing Tessaly of fraud, Orland recalled its ambassador.");
    let accused = facts(&reading, Class::Accuse);
    assert_eq!(accused.len(), 1, "{:#?}", reading.events);
    assert_eq!(sides(accused[0]), (vec!["orland"], vec!["tessaly"]));
    let reading = read("Shelled at dawn by the Marsh Guard, the Tessalian garrison left.");
    let shelled = facts(&reading, Class::Assault);
    assert_eq!(shelled.len(), 1, "{:#?}", reading.events);
    assert_eq!(sides(shelled[0]).0, ["marsh"]);
    // as the subject it is no deed
    for text in
        ["Accusing Tessaly of lies would help nobody.", "Bombing Tessaly is out of the question."]
    {
        let reading = read(text);
        assert!(
            reading.events.iter().all(|e| !e.is_fact() || e.class == Class::Reject),
            "{text}: {:#?}",
            reading.events
        );
    }
}

#[test]
fn what_somebody_is_to_do_is_to_come() {
    let reading = read("Under the accord, Orland is to lift its ban on Tessalian papers.");
    let lifted = reading.events.iter().find(|e| e.class == Class::Concede && !e.suggested);
    let lifted = lifted.unwrap_or_else(|| panic!("{:#?}", reading.events));
    assert!(lifted.future && !lifted.is_fact());
    assert_eq!(sides(lifted).0, ["orland"]);
}

#[test]
fn a_range_that_falls_is_as_wide_as_one_that_rises_and_a_number_without_end_is_none() {
    for text in [
        "The share fell from 30 to 20 percent.",
        "The share rose from 20 to 30 percent.",
        "Between 30 and 20 percent stayed.",
    ] {
        let found = read(text).quantities;
        let told: Vec<_> = found.iter().map(|q| (q.low, q.value, q.high)).collect();
        assert_eq!(told, [(Some(20.0), Some(25.0), Some(30.0))], "{text}");
    }
    for endless in ["hundred ".repeat(190), "thousands of ".repeat(120), "thousand ".repeat(190)] {
        let found = read(&format!("They sold {endless}barrels.")).quantities;
        let numbers = found.iter().flat_map(|q| [q.value, q.low, q.high]).flatten();
        assert!(numbers.into_iter().all(f64::is_finite), "{endless}: {found:?}");
    }
    let found = read("The raid killed twenty-one soldiers.").quantities;
    assert_eq!(found.iter().map(|q| q.value).collect::<Vec<_>>(), [Some(21.0)]);
    let hyphens = format!("The raid killed {}one soldiers.", "twenty-".repeat(200_000));
    assert!(read(&hyphens).quantities.iter().all(|q| q.value != Some(21.0)));
}

#[test]
fn numbers_in_words_are_read_whole() {
    for (text, value) in [
        ("Orland paid wages worth one and a half million crowns.", 1_500_000.0),
        ("Orland sent two and a half thousand soldiers.", 2_500.0),
        ("Orland sent half a dozen soldiers.", 6.0),
        ("Orland spent a million and a half crowns.", 1_500_000.0),
        ("Orland sent half a million soldiers.", 500_000.0),
        ("One in five votes went to the Lake Party.", 20.0),
        ("The Lake Party won two in three votes.", 200.0 / 3.0),
        ("Prices in Orland rose by fifteen per cent.", 15.0),
    ] {
        let found = read(text).quantities;
        let values: Vec<_> = found.iter().map(|q| q.value).collect();
        assert_eq!(values, [Some(value)], "{text}: {found:?}");
    }
    let share = &read("One in five votes went to the Lake Party.").quantities[0];
    assert_eq!(share.unit, "percent");
}

#[test]
fn it_was_one_and_not_the_other() {
    for text in [
        "It was Orland, not Tessaly, that supplied the rifles to the Marsh Guard.",
        "It was Orland, not the Lake Party, that attacked the Marsh Guard.",
    ] {
        let reading = read(text);
        let told = reading.events.iter().find(|e| !e.suggested).expect(text);
        assert_eq!(sides(told).0, ["orland"], "{text}: {:#?}", reading.events);
    }
}

#[test]
fn what_somebody_alleges_behind_it_is_hearsay() {
    for text in [
        "The Lake Party was armed by Orland, a report by Tessaly claims.",
        "The Marsh Guard shelled the port, Orland insists.",
        "Tessaly bribed the Lake Party, a minister alleged on Monday.",
    ] {
        let reading = read(text);
        // that it was alleged is a fact
        let plain = |e: &Event| e.is_fact() && !e.hedged && e.class != Class::Accuse;
        assert!(!reading.events.iter().any(plain), "{text}: {:#?}", reading.events);
    }
    // and who says it of himself, or says something else, hedges nothing
    assert!(
        !facts(&read("The Marsh Guard shelled the port, Orland said."), Class::Assault).is_empty()
    );
}

#[test]
fn nobody_rejects_himself_and_a_score_is_no_party() {
    let reading = read("The Lake Party, which had been invited by Orland, rejected the offer.");
    let refused = reading.events.iter().find(|e| e.class == Class::Reject).unwrap();
    assert!(!sides(refused).1.contains(&"lake"), "{refused:#?}");
    let reading =
        read("The leader of the Lake Party resigned after losing a vote by seven to eleven.");
    for event in &reading.events {
        assert!(event.recipients.iter().all(|r| r.quote.text() != "eleven"), "{event:#?}");
    }
    let reading = read("The Marsh Guard shot dead an Orlander clerk on Monday.");
    let shot = first(&reading, Class::Assault);
    assert_eq!(shot.recipients[0].quote.text(), "Orlander clerk");
}
