//! Persons in the case: surnames lead to them, and the dead and the former lead nobody.

use super::*;

const PERSONS: &str = r#"
[[actor]]
id = "orm"
name = "Ida Orm"
kind = "person"

[[actor]]
id = "berg"
name = "Jon Berg"
kind = "person"
until = 2030-01-02
"#;

const HOLDINGS: &str = r#"
[[holding]]
office = "prime-minister"
person = "Jon Berg"
since = 2026-01-01
until = 2028-05-31
source = "courier"

[[holding]]
office = "prime-minister"
person = "Ida Orm"
since = 2028-06-01
source = "courier"
"#;

impl Desk {
    fn with_persons() -> Desk {
        let desk = Desk::new();
        for (file, more) in [("actors.toml", PERSONS), ("institutions.toml", HOLDINGS)] {
            let path = desk.root.join(file);
            let text = std::fs::read_to_string(&path).unwrap() + more;
            std::fs::write(path, text).unwrap();
        }
        desk
    }
}

#[test]
fn a_surname_leads_to_the_person_and_to_nobody_else() {
    let desk = Desk::with_persons();
    assert_eq!(desk.errors(), 0);
    assert_eq!(desk.read("Ida Orm came. Orm left."), [pair("Ida Orm", "orm"), pair("Orm", "orm")]);
    assert_eq!(desk.read("Tom Orm left."), []);
}

#[test]
fn the_late_are_still_named_in_documents_and_are_no_leaders() {
    let desk = Desk::with_persons();
    assert_eq!(desk.read("Jon Berg is remembered."), [pair("Jon Berg", "berg")]);
    let text = "Harbour list leader Jon Berg told a rally that the port would stay open.";
    let store = desk.store(&[("k", "2029-05-01", text)]);
    let all = desk.proposals(&store);
    let titles: Vec<_> =
        of_kind(&all, ProposalKind::Office).iter().map(|p| p.title.clone()).collect();
    assert_eq!(titles, Vec::<String>::new());
}

#[test]
fn whom_any_document_calls_dead_or_former_leads_nobody() {
    let leads = "Harbour list leader Tom Vint told a rally that the port would stay open.";
    for ended in [
        "Ada Hale was killed on 3 May alongside Harbour list chief Tom Vint by a mine.",
        "The Harbour list's former leader Tom Vint spoke at a school.",
        "Tom Vint, who was ousted in spring, wrote a book.",
        "The funeral of Tom Vint was held on Sunday.",
    ] {
        let desk = Desk::new();
        let store = desk.store(&[("a", "2031-01-01", leads), ("b", "2031-02-01", ended)]);
        let all = desk.proposals(&store);
        assert!(of_kind(&all, ProposalKind::Office).is_empty(), "{ended}");
    }
    let desk = Desk::new();
    let alive = "Harbour list leader Tom Vint said that nine people were killed.";
    let store = desk.store(&[("a", "2031-01-01", leads), ("b", "2031-02-01", alive)]);
    assert_eq!(of_kind(&desk.proposals(&store), ProposalKind::Office).len(), 1);
}
