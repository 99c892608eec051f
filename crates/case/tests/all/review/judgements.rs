//! Who is whom.

use super::*;

#[test]
fn a_name_judged_the_same_is_read_and_one_judged_otherwise_is_not() {
    let desk = Desk::new();
    let text = "The Guard Hall met the Hill Boys. The Brotherhood (BH) attacked the Reds; BH left.";
    assert!(!desk.read(text).contains(&pair("Hill Boys", "guard")));
    assert!(desk.read(text).contains(&pair("Brotherhood", "guard")));
    assert_eq!(desk.read(text).iter().filter(|(name, _)| name == "BH").count(), 2);

    desk.judged(Decided::Same, "Hill Boys", "guard");
    assert!(desk.read(text).contains(&pair("Hill Boys", "guard")));
    // the alias of the case and the short form in brackets alike
    desk.judged(Decided::NotSame, "bh", "guard");
    assert!(desk.read(text).iter().all(|(name, _)| name != "BH"));
    desk.judged(Decided::Unsure, "Brotherhood", "guard");
    assert!(!desk.read(text).contains(&pair("Brotherhood", "guard")));
    assert_eq!(desk.errors(), 0);
}

#[test]
fn judgements_are_replayed_in_order_and_taken_back_byte_for_byte() {
    let desk = Desk::new();
    let hand = "# Who is whom.\n\n[[judgement]]\ndecided = \"same\"  # by hand\nname = \"Hill Boys\"\nactor = \"guard\"\nby = \"AB\"\non = 2031-02-01\nwhy = \"leaflet\"\n";
    let file = desk.root.join("judgements.toml");
    std::fs::write(&file, hand).unwrap();
    let text = "The Hill Boys met the Reds.";
    assert_eq!(desk.read(text).len(), 2);
    desk.judged(Decided::NotSame, "Hill Boys", "guard");
    assert_eq!(desk.read(text).len(), 1, "the later entry holds");
    let folder = Folder::read(&desk.root).unwrap();
    let findings = folder.build(None).findings;
    let conflict = findings.iter().find(|f| f.rule == "conflict").unwrap();
    let place = |spot| folder.map.place(spot).unwrap().to_string();
    assert!(place(&conflict.spot).ends_with("judgements.toml:13:8"), "{}", place(&conflict.spot));
    assert!(place(&conflict.also.as_ref().unwrap().0).ends_with("judgements.toml:5:8"));
    take_back(&desk.root, "hill boys", "guard").unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), hand);
    assert_eq!(desk.read(text).len(), 2);
    take_back(&desk.root, "Hill Boys", "guard").unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# Who is whom.\n");
    assert!(take_back(&desk.root, "Hill Boys", "guard").is_err());
}

#[test]
fn a_name_of_two_actors_is_nobodys_until_somebody_says_whose() {
    let desk = Desk::new();
    let actors = desk.root.join("actors.toml");
    let text = std::fs::read_to_string(&actors).unwrap();
    let shared = text.replace("aliases = [\"Justice\"]", "aliases = [\"Justice\", \"BH\"]");
    std::fs::write(&actors, shared).unwrap();
    let line = "BH attacked the Reds. BH left.";
    assert_eq!(desk.read(line), [pair("Reds", "reds")]);
    let names = case::judgement::shared_names(&desk.case());
    assert_eq!(names["bh"], ["guard", "justice"]);
    let store = desk.store(&[(
        "k",
        "2031-02-26",
        "BH attacked the Reds. BH said so. Commander of BH left.",
    )]);
    let all = desk.proposals(&store);
    let shown = all.iter().find(|p| p.title.contains("\"BH\"")).unwrap();
    assert!(shown.open.as_ref().unwrap().contains("guard or justice"), "{shown:?}");
    assert!(
        accept(&desk.root, &store, std::slice::from_ref(&shown.id), &About::default(), TODAY)
            .is_err()
    );

    desk.judged(Decided::Same, "BH", "justice");
    assert!(desk.read(line).contains(&pair("BH", "justice")));
    assert!(case::judgement::shared_names(&desk.case()).is_empty());
    desk.judged(Decided::Same, "BH", "guard");
    assert_eq!(desk.read(line), [pair("Reds", "reds")], "judged to be both is neither");
    let findings = Folder::read(&desk.root).unwrap().build(None).findings;
    assert!(findings.iter().any(|f| f.rule == "conflict" && f.message.contains("neither")));
}

#[test]
fn judgements_of_unknown_actors_and_of_no_shape_are_faults() {
    let desk = Desk::new();
    let about = About::default();
    assert!(judge(&desk.root, Decided::Same, ("X", "nobody"), None, &about, TODAY).is_err());
    assert!(!desk.root.join("judgements.toml").exists(), "nothing is written with a fault");
    std::fs::write(desk.root.join("judgements.toml"), "[[judgement]]\ndecided = \"maybe\"\n")
        .unwrap();
    assert_eq!(desk.errors(), 1);
}
