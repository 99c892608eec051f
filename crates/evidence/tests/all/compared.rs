//! What is found where documents agree or contradict each other, and what must not be.

use evidence::{
    Comparison, DocumentSource, Kind, Lexicon, LexiconRole, Limits, Reading, Store, Testimony,
    comparisons, read,
};

fn reading(key: &str, text: &str, lexicon: &Lexicon) -> Reading {
    read(text.as_bytes(), &DocumentSource::new(key), lexicon, &Limits::default()).unwrap()
}

fn compared(texts: &[(&str, &str)]) -> Vec<Comparison> {
    let lexicon = super::island::lexicon();
    let readings: Vec<Reading> = texts.iter().map(|(k, t)| reading(k, t, &lexicon)).collect();
    comparisons(&Testimony::all(&readings.iter().collect::<Vec<_>>()), &str::to_owned)
}

fn kinds(texts: &[(&str, &str)]) -> Vec<Kind> {
    compared(texts).iter().map(|c| c.kind).collect()
}

#[test]
fn one_border_with_two_lengths_is_shown_and_two_borders_are_not() {
    let a = ("a", "Vesla shares a 1,600-kilometer border with Korrin.");
    let b = ("b", "Vesla and Korrin share a 1,500-kilometer border.");
    assert_eq!(kinds(&[a, b]), [Kind::Figures]);
    let other = ("c", "Vesla shares a 900-kilometer border with the Harbour Front.");
    assert_eq!(kinds(&[a, other]), []);
}

#[test]
fn figures_of_different_things_times_or_owners_are_left_apart() {
    for (a, b) in [
        (
            "Veslan oil exports fell to $3 billion in 2030.",
            "Veslan gas exports fell to $1 billion in 2030.",
        ),
        (
            "Veslan oil exports fell to $3 billion in 2030.",
            "Veslan oil exports fell to $5 billion in 2028.",
        ),
        ("The Harbour Front won 27 seats in 2030.", "The Dawn Brigade won 12 seats in 2030."),
        ("Vesla killed 12 rebels on 3 May 2030.", "Vesla killed 30 rebels on 9 May 2030."),
    ] {
        assert_eq!(kinds(&[("a", a), ("b", b)]), [], "{a} / {b}");
    }
}

#[test]
fn two_tolls_of_one_deed_are_shown_and_tolls_of_two_are_not() {
    let of =
        |toll: &str, day: &str| format!("Vesla bombed the Dawn Brigade on {day} 2030, {toll}.");
    let first = of("killing 12 people", "3 May");
    for other in [of("killing 31 people", "3 May"), of("leaving 31 dead", "3 May")] {
        assert!(kinds(&[("a", &first), ("b", &other)]).contains(&Kind::Figures), "{other}");
    }
    for other in [
        of("killing 31 people", "9 May"),
        of("wounding 31 people", "3 May"),
        of("killing 12 soldiers", "3 May"),
        "Vesla shelled Korrin on 3 May 2030, killing 31 people.".to_owned(),
        "The Dawn Brigade has 31 members who died of old age.".to_owned(),
    ] {
        let found = kinds(&[("a", &first), ("b", &other)]);
        assert!(!found.contains(&Kind::Figures), "{other}");
    }
}

#[test]
fn seats_of_one_election_that_differ_stand_side_by_side() {
    let found = compared(&[
        ("a", "The Harbour Front won 27 seats in 2030."),
        ("b", "The Harbour Front won 31 seats in 2030."),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, Kind::Figures);
    let says: Vec<&str> = found[0].sides.iter().map(|s| s.says.as_str()).collect();
    assert_eq!(says, ["27 seats", "31 seats"]);
}

#[test]
fn what_happened_here_and_did_not_there_is_a_contradiction() {
    let yes = ("a", "Korrin attacked Vesla on 3 May 2030.");
    let no = ("b", "Korrin did not attack Vesla on 3 May 2030.");
    assert_eq!(kinds(&[yes, no]), [Kind::Acts]);
    for other in [
        "Korrin did not attack Vesla on 9 June 2030.",
        "Korrin may attack Vesla on 3 May 2030.",
        "Vesla did not attack Korrin on 3 May 2030.",
    ] {
        assert_eq!(kinds(&[yes, ("b", other)]), [], "{other}");
    }
}

#[test]
fn one_deed_told_with_two_days_is_shown_and_two_deeds_are_not() {
    for (a, b) in [
        ("Ilya Venn visited Korrin on 7 May 2030.", "Ilya Venn arrived in Korrin on 9 May 2030."),
        (
            "Ilya Venn met Tamar al-Orsa at Stone House on 7 May 2030.",
            "Tamar al-Orsa resigned. Ilya Venn met Tamar al-Orsa at Stone House on 8 May 2030.",
        ),
        (
            "Vesla and Korrin signed the fishing treaty on 3 May 2030.",
            "Vesla and Korrin signed the fishing treaty on 12 May 2030.",
        ),
        ("Korrin arrested Ilya Venn on 3 May 2030.", "Korrin arrested Ilya Venn on 5 May 2030."),
        // told with his party by one, and somebody the case does not know
        (
            "Harbour Front leader Ilya Venn visited Korrin on 7 May 2030.",
            "Ilya Venn visited Korrin on 9 May 2030.",
        ),
        (
            "Oto Brandt of the Harbour Front visited Korrin on 7 May 2030.",
            "Oto Brandt, a member of the Harbour Front, flew to Korrin on 9 May 2030.",
        ),
    ] {
        assert_eq!(kinds(&[("a", a), ("b", b)]), [Kind::Days], "{a} / {b}");
    }
    for (a, b) in [
        ("Ilya Venn visited Korrin on 7 May 2030.", "Ilya Venn visited Korrin on 9 July 2030."),
        (
            "Ilya Venn visited Korrin on 7 May 2030.",
            "Ilya Venn visited Korrin again on 9 May 2030.",
        ),
        ("Ilya Venn visited Korrin on 7 May 2030.", "Ilya Venn may visit Korrin on 9 May 2030."),
        (
            "Ilya Venn visited Korrin on 7 May 2030.",
            "Ilya Venn visited Korrin on 7 May 2030. Ilya Venn visited Korrin on 9 May 2030.",
        ),
        ("Vesla attacked Korrin on 3 May 2030.", "Vesla attacked Korrin on 5 May 2030."),
        (
            "Ilya Venn met Tamar al-Orsa at Stone House on 7 May 2030.",
            "Ilya Venn met Tamar al-Orsa in Westmere on 9 May 2030.",
        ),
        (
            "Oto Brandt of the Harbour Front visited Korrin on 7 May 2030.",
            "Nia Brandt of the Harbour Front visited Korrin on 9 May 2030.",
        ),
        (
            "Ministers of the Harbour Front visited Korrin on 7 May 2030.",
            "Envoys of the league visited Korrin on 9 May 2030.",
        ),
    ] {
        let found = kinds(&[("a", a), ("b", b)]);
        assert!(!found.contains(&Kind::Days), "{a} / {b}");
    }
}

#[test]
fn one_deed_told_of_two_doers_is_shown_and_two_deeds_are_not() {
    for (a, b) in [
        (
            "Korrinese troops shot down a Veslan drone over Ashford on 3 May 2030.",
            "The Dawn Brigade said it shot down the Veslan drone on 3 May 2030.",
        ),
        (
            "Korrin killed Ilya Venn on 3 May 2030.",
            "Ilya Venn was assassinated by the Dawn Brigade on 3 May 2030.",
        ),
        (
            "The Dawn Brigade claimed responsibility for the bombing of the Eastgate market on 3 May 2030.",
            "Korrin bombed the Eastgate market on 3 May 2030.",
        ),
    ] {
        assert_eq!(kinds(&[("a", a), ("b", b)]), [Kind::Doers], "{a} / {b}");
    }
    for (a, b) in [
        ("Korrin attacked Vesla on 3 May 2030.", "The Dawn Brigade attacked Vesla on 3 May 2030."),
        (
            "Korrin shot down a Veslan drone over Ashford on 3 May 2030.",
            "The Dawn Brigade shot down a Veslan drone over Westmere on 3 May 2030.",
        ),
        (
            "Korrin shot down a Veslan drone over Ashford on 3 May 2030.",
            "The Dawn Brigade shot down a Veslan drone over Ashford on 5 May 2030.",
        ),
        (
            "Korrin killed Ilya Venn on 3 May 2030.",
            "The Dawn Brigade, armed by Korrin, killed Ilya Venn on 3 May 2030.",
        ),
        ("Korrin visited Vesla on 3 May 2030.", "Ilya Venn visited Vesla on 3 May 2030."),
    ] {
        let found = kinds(&[("a", a), ("b", b)]);
        assert!(!found.contains(&Kind::Doers), "{a} / {b}");
    }
}

#[test]
fn a_comparison_tells_actors_by_the_names_it_is_given() {
    let lexicon = super::island::lexicon();
    let texts =
        ["Korrin attacked Vesla on 3 May 2030.", "Korrin did not attack Vesla on 3 May 2030."];
    let readings: Vec<Reading> = texts.iter().map(|t| reading(t, t, &lexicon)).collect();
    let testimonies = Testimony::all(&readings.iter().collect::<Vec<_>>());
    let found = comparisons(&testimonies, &|id| lexicon.name(id).to_owned());
    assert_eq!(found[0].matter, "ASSAULT: Korrin on Vesla, 2030-05-03");
}

#[test]
fn a_denial_answers_what_somebody_else_said() {
    let found = compared(&[(
        "a",
        "Ilya Venn accused Korrin of theft. Korrin rejected the accusation. Venn spoke again.",
    )]);
    assert_eq!(found.iter().map(|c| c.kind).collect::<Vec<_>>(), [Kind::Denial]);
    assert!(found[0].sides[1].says.contains("korrin"), "{found:#?}");
}

#[test]
fn deeds_taken_back_in_several_wordings_point_at_what_they_undo() {
    for text in [
        "Vesla imposed sanctions on Korrin. A day later Vesla reversed its decision.",
        "Vesla imposed sanctions on Korrin. The order was rescinded.",
        "Vesla imposed sanctions on Korrin. Vesla lifted the sanctions in May.",
        "The Harbour Front called a strike. The strike was called off.",
        "Vesla banned the rally. The government withdrew the ban.",
        "Vesla signed an agreement with Korrin. Two weeks afterwards Vesla revoked it.",
    ] {
        let kinds = kinds(&[("a", text)]);
        assert_eq!(kinds, [Kind::Undone], "{text}");
    }
    let plan = "Vesla imposed sanctions on Korrin. Vesla may lift the sanctions in May.";
    assert_eq!(kinds(&[("a", plan)]), []);
}

#[test]
fn two_units_of_one_length_that_disagree_are_flagged() {
    assert_eq!(kinds(&[("a", "Vesla has a 1,500-kilometer (600-mile) coast.")]), [Kind::Units]);
    assert_eq!(kinds(&[("a", "Vesla has a 1,500-kilometer (900-mile) coast.")]), []);
}

#[test]
fn copies_of_one_report_are_one_source() {
    let report = "Korrin attacked Vesla on 3 May 2030, and the raid on the old harbour at Port Amar \
                  went on for three hours before the last of the ships turned back to the open sea.";
    let found =
        compared(&[("a", report), ("b", report), ("c", "Korrin attacked Vesla on 3 May 2030.")]);
    let agreement = found.iter().find(|c| c.agrees()).unwrap();
    assert_eq!((agreement.sides[0].passages.len(), agreement.independent()), (3, 2));
}

#[test]
fn the_store_compares_what_it_keeps() {
    let lexicon = super::island::lexicon();
    let mut store = Store::in_memory().unwrap();
    for (key, text) in [
        ("a", "Korrin attacked Vesla on 3 May 2030."),
        ("b", "Korrin did not attack Vesla on 3 May 2030."),
    ] {
        store.keep(&reading(key, text, &lexicon)).unwrap();
    }
    let found = store.comparisons(&str::to_owned).unwrap();
    assert_eq!(found.iter().map(|c| c.kind).collect::<Vec<_>>(), [Kind::Acts]);
}

#[test]
fn an_office_is_its_holder_on_the_day() {
    let mut lexicon = super::island::lexicon();
    let day = |text: &str| Some(text.parse().unwrap());
    for (id, from, to) in
        [("orsa", "2030-01-01", "2031-12-31"), ("venn", "2032-01-01", "2033-12-31")]
    {
        let actor = lexicon.actors.iter_mut().find(|a| a.id == id).unwrap();
        actor.roles.push(LexiconRole {
            title: "prime minister".into(),
            of: Some("vesla".into()),
            from: day(from),
            to: day(to),
        });
    }
    for (dated, holder) in [("14 March 2031", "orsa"), ("14 March 2033", "venn")] {
        let text = format!(
            "PORT AMAR, {dated} - Vesla closed its ports. The prime minister met Korrinese officials."
        );
        let reading = reading("a", &text, &lexicon);
        let met = reading.events.iter().find(|e| e.trigger.text() == "met").unwrap();
        assert_eq!(met.source_actors().collect::<Vec<_>>(), [holder], "{dated}");
    }
}

/// Whom the sources of the last event of a text are taken for.
fn doers_last(text: &str) -> Vec<String> {
    let lexicon = super::island::lexicon();
    let reading = reading("a", text, &lexicon);
    let last = reading.events.iter().rfind(|e| !e.suggested).unwrap();
    last.source_actors().map(str::to_owned).collect()
}

#[test]
fn the_government_is_the_nearest_state_s_and_nobody_s_where_two_are_near() {
    for (text, whose) in [
        ("Vesla banned the rally. The government withdrew the ban.", &["vesla"][..]),
        ("Korrin held a vote. The parliament approved the treaty with Vesla.", &["korrin"]),
        ("Vesla spoke. The government in Halm condemned the Dawn Brigade.", &["korrin"]),
        (
            "Vesla is old. Vesla is poor.\n\nKorrin recalled its envoy. The army attacked the Dawn Brigade.",
            &["korrin"],
        ),
        ("Korrin struck Vesla. The government condemned the Dawn Brigade.", &[]),
        ("After Korrinese strikes on the valley, the army attacked the Dawn Brigade.", &[]),
        ("Korrin sent soldiers. The army fired on Korrinese soldiers.", &[]),
        ("Vesla spoke. The rebel army attacked the Harbour Front.", &[]),
        ("Vesla spoke. The government of Freedonia condemned the Dawn Brigade.", &[]),
    ] {
        assert_eq!(doers_last(text), whose, "{text}");
    }
}

#[test]
fn whoever_acts_on_the_government_does_not_mean_his_own() {
    let lexicon = super::island::lexicon();
    let text = "Vesla closed its ports. Korrin urged the government to open them.";
    let reading = reading("a", text, &lexicon);
    let urged = reading.events.iter().find(|e| e.trigger.text().starts_with("urged")).unwrap();
    assert_eq!(urged.recipient_actors().collect::<Vec<_>>(), ["vesla"]);
}
