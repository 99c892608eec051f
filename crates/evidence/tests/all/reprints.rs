//! Fourteen articles and two independent sources are told apart.

use evidence::{DocumentSource, Limits, Reader, Store};

const AGENCY: [&str; 8] = [
    "The Veslan government imposed sanctions on the Dawn Brigade on Tuesday after a night of talks in the capital.",
    "Officials said the measures would freeze the brigade's accounts and bar its leaders from the harbour.",
    "The brigade called the sanctions an act of theft and said its boats would go on sailing.",
    "Fishermen on the northern shore, who depend on the brigade's ice house, feared for the season.",
    "The council will debate the measures on Friday, when the harbour master presents his yearly report.",
    "Two earlier rounds of sanctions were lifted after the fishermen blocked the road to the lighthouse.",
    "A spokesman for the ministry declined to say how much money the accounts were thought to hold.",
    "Korrin, which trades with both sides, asked for calm and offered to send an envoy to the island.",
];

const OWN: [&str; 6] = [
    "Our correspondent watched from the quay as police sealed the offices used by the brigade's treasurer.",
    "Neighbours had seen vans leave before dawn, loaded with what looked like filing cabinets.",
    "A clerk at the bank, who asked not to be named, put the sum at stake at nine million crowns.",
    "Nobody in the fish market believed that the decision would last beyond the herring run.",
    "Old men recalled the embargo of their youth, when smugglers became mayors within a year.",
    "By evening the offices were open again, with a policeman drinking tea at the door.",
];

/// A reprint as papers make them: another headline, a paragraph cut, a word or two changed.
fn reprint(n: usize) -> String {
    let mut body: Vec<String> = AGENCY.iter().map(|s| (*s).to_owned()).collect();
    body[n % 8] = body[n % 8].replace(" said ", " stated ").replace("Officials", "Ministers");
    body.remove((n * 3 + 1) % 8);
    let (before, after) = body.split_at(3);
    format!(
        "Paper number {n} on the sanctions\n\nBy Reporter Number{n}\n\n{}\n\n{}\n\nSubscribe to paper {n}.\n",
        before.join(" "),
        after.join(" ")
    )
}

#[test]
fn twelve_reprints_a_source_and_another_are_two() {
    let lexicon = super::island::lexicon();
    let reader = Reader::new(&lexicon, Limits::default());
    let mut store = Store::in_memory().unwrap();
    let mut documents: Vec<(String, String)> =
        (0..12).map(|n| (format!("paper-{n}.txt"), reprint(n))).collect();
    documents.push(("agency.html".into(), format!("<article><p>{}</article>", AGENCY.join("<p>"))));
    documents.push(("own.md".into(), format!("# What we saw\n\n{}\n", OWN.join(" "))));
    let mut ids = Vec::new();
    for (name, text) in &documents {
        let reading = reader.read(text.as_bytes(), &DocumentSource::new(name)).unwrap();
        store.keep(&reading).unwrap();
        ids.push(reading.document.id);
    }
    assert_eq!(ids.len(), 14);
    assert_eq!(store.independent(&ids).unwrap(), 2);
    assert_eq!(store.independent(&ids[..12]).unwrap(), 1);
}
