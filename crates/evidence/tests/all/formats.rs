//! One story in every format reads alike; every format under hostile input.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::time::Duration;

use evidence::{
    DateBasis, DocumentSource, Format, Limits, ReadError, Reader, Reading, Standing, Store,
};
use proptest::prelude::*;

const CHILD: &str = "formats::takes_a_pdf_apart_when_asked_to";

/// Not a test of its own: what the process that takes PDFs apart does. Without a PDF on its standard
/// input it has nothing to do.
#[test]
fn takes_a_pdf_apart_when_asked_to() {
    if std::env::args().any(|a| a == "--exact") && std::env::args().any(|a| a == CHILD) {
        evidence::pdf_child(std::io::stdin().lock(), std::io::stdout().lock()).unwrap();
    }
}

/// Limits with this very program as the one that takes PDFs apart.
fn limits() -> Limits {
    let program = std::env::current_exe().unwrap().into_os_string();
    let arguments = ["--exact", CHILD, "--nocapture"].map(OsString::from);
    Limits { pdf_program: [vec![program], arguments.to_vec()].concat(), ..Limits::default() }
}

fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let lexicon = super::island::lexicon();
    Reader::new(&lexicon, limits.clone()).read(bytes, &DocumentSource::new(name))
}

/// A PDF of pages of lines.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    pdf_of(pages, "")
}

/// The same with something more in each page's own record.
fn pdf_of(pages: &[&[&str]], more: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut kids = String::new();
    for lines in pages {
        let mut content = String::from("BT /F1 11 Tf 72 760 Td 14 TL\n");
        for line in *lines {
            let line = line.replace('(', "\\(").replace(')', "\\)");
            let _ = writeln!(content, "({line}) Tj T*");
        }
        content.push_str("ET");
        let n = objects.len() + 1;
        let _ = write!(kids, "{n} 0 R ");
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R {more} /Resources << /Font << /F1 3 0 R >> >> >>", n + 1));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(
        out,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.into_bytes()
}

const FIRST: &str = "The Veslan government on Tuesday imposed sanctions on the Dawn Brigade.";
const SECOND: &str =
    "The brigade had fired 12 rockets at Port Amar in late 2030, killing at least three people.";

fn story(format: Format) -> (&'static str, Vec<u8>) {
    match format {
        Format::Text => ("s.txt", format!("Sanctions\n\n{FIRST}\n\n{SECOND}\n").into_bytes()),
        Format::Markdown => ("s.md", format!("# Sanctions\n\n{FIRST}\n\n{SECOND}\n").into_bytes()),
        Format::Html => (
            "s.html",
            format!("<html><title>x</title><nav><p>Home and all the other places of this site, with many words</nav><article><h1>Sanctions</h1><p>{FIRST}<p>{SECOND}</article>").into_bytes(),
        ),
        Format::Mail => (
            "s.eml",
            format!("From: a@b.example\r\nSubject: Sanctions\r\nDate: 14 Mar 2031 09:00:00 +0000\r\n\r\n{FIRST}\r\n\r\n{SECOND}\r\n").into_bytes(),
        ),
        Format::Pdf => {
            let (a, b) = SECOND.split_at(SECOND.find("killing").unwrap() + 3);
            ("s.pdf", pdf(&[&["Sanctions", "", "", FIRST, "", "", &format!("{a}-"), b]]))
        }
        other => panic!("no story is written as {}", other.word()),
    }
}

#[test]
fn one_story_reads_alike_in_every_format() {
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Mail, Format::Pdf] {
        let (name, bytes) = story(format);
        let reading = read(name, &bytes, &limits()).unwrap();
        assert_eq!(reading.document.format, format, "{name}");
        let body: Vec<&str> = reading
            .sentences
            .iter()
            .filter(|s| s.standing == Standing::Body)
            .map(|s| s.quote.text())
            .collect();
        assert_eq!(body, [FIRST, SECOND], "{name}: {:?}", reading.document.text);
        assert_eq!(
            reading.events.len(),
            read("t.txt", &story(Format::Text).1, &limits()).unwrap().events.len()
        );
        Store::in_memory().unwrap().keep(&reading).unwrap();
    }
}

#[test]
fn what_a_document_says_of_itself_fills_what_nobody_gave() {
    let reading = read("s.eml", &story(Format::Mail).1, &limits()).unwrap();
    let date = reading.document.date.unwrap();
    assert_eq!((date.basis, date.date.to_string().as_str()), (DateBasis::Page, "2031-03-14"));
    assert_eq!(reading.document.source.title.as_deref(), Some("Sanctions"));

    let text = format!("---\npublished: 2031-03-02\ntitle: Dues\n---\n{FIRST}\n");
    let mut about = DocumentSource::new("s.txt");
    about.title = Some("Given".to_owned());
    let lexicon = super::island::lexicon();
    let reading = Reader::new(&lexicon, limits()).read(text.as_bytes(), &about).unwrap();
    assert_eq!(reading.document.date.unwrap().basis, DateBasis::Given);
    assert_eq!(
        reading.document.source.title.as_deref(),
        Some("Given"),
        "the caller is believed first"
    );
    assert_eq!(reading.document.text, text, "plain text is kept byte for byte");
    assert_eq!(reading.sentences[0].quote.text(), FIRST);
}

#[test]
fn every_limit_has_its_error_and_names_the_option_that_changes_it() {
    let html = story(Format::Html).1;
    for (limits, option) in [
        (Limits { max_bytes: 10, ..limits() }, "--max-bytes"),
        (Limits { max_text: 10, ..limits() }, "--max-text"),
        (Limits { max_time: Duration::ZERO, ..limits() }, "--document-seconds"),
    ] {
        let error = read("s.html", &html, &limits).unwrap_err().to_string();
        assert!(error.starts_with("s.html: ") && error.contains(option), "{error}");
    }
    let pdf = story(Format::Pdf).1;
    let error = read("s.pdf", &pdf, &Limits { max_time: Duration::ZERO, ..limits() }).unwrap_err();
    assert!(error.to_string().contains("--document-seconds"), "{error}");
    let error = read("s.pdf", &pdf, &Limits { max_pdf_memory: 1, ..limits() });
    // a small file may be done before anybody looks
    assert!(error.is_ok() || error.unwrap_err().to_string().contains("--max-pdf-memory"));
    let error = read("s.pdf", &pdf, &Limits::default()).unwrap_err().to_string();
    assert!(error.contains("no program is set"), "{error}");
}

#[test]
fn a_broken_pdf_is_refused_and_harms_nobody() {
    let whole = story(Format::Pdf).1;
    let mut loops = String::from_utf8(whole.clone()).unwrap();
    loops = loops.replace("/Kids [4 0 R ]", "/Kids [2 0 R ]");
    let nested = format!("%PDF-1.4\n1 0 obj\n{}", "[".repeat(2_000_000));
    let dictionaries = format!("%PDF-1.4\n1 0 obj\n{}", "<</a ".repeat(400_000));
    // behind a valid table, where the library looks
    let lists = pdf_of(&[&["x"]], &"[".repeat(500_000));
    let words = format!("({}) Tj", "a".repeat(1_000_000));
    let content = pdf_of(&[&[&"[<<".repeat(300_000), &words]], "");
    for (name, bytes) in [("lists within a page", lists), ("content of brackets", content)] {
        let limits = Limits { max_time: Duration::from_secs(10), ..limits() };
        if let Err(error) = read("x.pdf", &bytes, &limits) {
            eprintln!("{name}: {error}");
            let named = matches!(error, ReadError::Pdf { .. } | ReadError::TooSlow { .. });
            assert!(named, "{name}: {error}");
        }
    }
    let cases: [(&str, Vec<u8>); 5] = [
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("its own child", loops.into_bytes()),
        ("nested lists", nested.into_bytes()),
        ("nested dictionaries", dictionaries.into_bytes()),
        ("only a mark", b"%PDF-1.7".to_vec()),
    ];
    for (name, bytes) in cases {
        // refused for what it is and not for how long it takes, on however busy a machine
        let limits = Limits { max_time: Duration::from_secs(600), ..limits() };
        let error = read("x.pdf", &bytes, &limits).unwrap_err().to_string();
        assert!(error.starts_with("x.pdf: PDF: "), "{name}: {error}");
        assert!(!error.contains("understood"), "{name}: {error}");
        eprintln!("{name}: {error}");
    }
}

#[test]
fn a_hundred_megabytes_in_one_line_are_refused_by_name_or_read() {
    let line = "Vesla attacked Korrin & ".repeat(100_000_000 / 24);
    for name in ["x.txt", "x.html", "x.md", "x.eml"] {
        let error = read(name, line.as_bytes(), &limits()).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { .. }), "{error}");
    }
    // raised, the clock holds: no machine reads so much in a thousandth of a second
    let page = "<p>Vesla attacked Korrin".repeat(100_000_000 / 24);
    let raised = Limits { max_bytes: 1 << 30, max_time: Duration::from_millis(1), ..limits() };
    let error = read("x.html", page.as_bytes(), &raised).unwrap_err();
    assert!(matches!(error, ReadError::TooSlow { .. }), "{error}");
}

fn holds(reading: &Reading) {
    let text = &reading.document.text;
    let quotes = reading.sentences.iter().map(|s| &s.quote);
    let quotes = quotes.chain(reading.passages.iter().map(|p| &p.quote));
    let quotes = quotes.chain(reading.mentions.iter().map(|m| &m.quote));
    let quotes = quotes.chain(reading.events.iter().map(|e| &e.quote));
    for quote in quotes.chain(reading.claims.iter().map(|c| &c.quote)) {
        assert!(quote.holds_in(text));
    }
    Store::in_memory().unwrap().keep(reading).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_in_any_format_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        for name in ["x.txt", "x.md", "x.html", "x.eml", "x"] {
            if let Ok(reading) = read(name, &bytes, &Limits::default()) {
                holds(&reading);
            }
        }
    }

    #[test]
    fn any_markup_keeps_its_offsets(text in "(<(/?(p|div|article|nav|ul|li|a href=x|h1|br|script|title|table|td|svg|b)|!--|[a-z]{0,3})>?|&(amp|#x?[0-9a-f]{1,6}|nbsp);?|Vesla |attacked |Korrin |\\. |\n|--- |\\* |# |\\[|\\]\\(|`|\u{202e}|\0|é|على |\\PC){0,80}") {
        for name in ["x.html", "x.md", "x.txt"] {
            if let Ok(reading) = read(name, text.as_bytes(), &Limits::default()) {
                holds(&reading);
            }
        }
    }

    #[test]
    fn any_mail_is_read_or_refused(text in "((From|Subject|Date|Content-Type|Content-Transfer-Encoding|MIME-Version): ?|multipart/mixed; ?boundary=x|text/(plain|html)|message/rfc822|base64|quoted-printable|charset=[a-z0-9-]{0,8}|\r\n|\r\n\r\n|--x(--)?|=\\?utf-8\\?[qb]\\?|\\?=|=[0-9A-F]{2}|<p>|Vesla attacked\\. |\\PC){0,60}") {
        if let Ok(reading) = read("x.eml", text.as_bytes(), &Limits::default()) {
            holds(&reading);
        }
    }
}

/// The figures of a document: unit, value, row, column, what is measured, year.
fn figures(name: &str, text: &str) -> Vec<String> {
    let actor = |id: &str, name: &str, kind: &str| evidence::LexiconActor {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        ..evidence::LexiconActor::default()
    };
    let lexicon = evidence::Lexicon {
        actors: vec![
            actor("lake", "Lake Party", "party"),
            actor("hill", "Hill Union", "party"),
            actor("orland", "Orland", "state"),
        ],
    };
    let reader = evidence::Reader::new(&lexicon, evidence::Limits::default());
    let reading = reader.read(text.as_bytes(), &evidence::DocumentSource::new(name)).unwrap();
    let of = |q: &Option<evidence::Quote>| q.as_ref().map_or("-", |q| q.text()).to_owned();
    reading
        .quantities
        .iter()
        .map(|q| {
            assert!(q.quote.holds_in(&reading.document.text));
            let year = q.when.map_or(String::new(), |w| format!(" {}", w.from.year()));
            let value = q.value.unwrap_or(f64::NAN);
            let who = q.actors.join("+");
            format!(
                "{value} {} | {} | {} | {} | {who}{year}",
                q.unit,
                of(&q.row),
                of(&q.column),
                of(&q.what)
            )
        })
        .collect()
}

#[test]
fn a_cell_is_read_with_its_row_and_its_column() {
    let wanted = [
        "46 seats | Lake Party | Seats | Lake Party | lake",
        "31.5 percent | Lake Party | Share (%) | Lake Party | lake",
        "12 seats | Hill Union | Seats | Hill Union | hill",
        "8 percent | Hill Union | Share (%) | Hill Union | hill",
    ];
    for (name, text) in [
        (
            "t.html",
            "<html><body><article><p>The count of the vote in the whole country was made known late in the evening by the board.</p>\
             <table><tr><th>List</th><th>Seats</th><th>Share (%)</th></tr>\
             <tr><td>Lake Party</td><td>46</td><td>31.5</td></tr>\
             <tr><td>Hill Union</td><td>12</td><td>8.0</td></tr></table></article></body></html>",
        ),
        (
            "t.md",
            "The count.\n\n| List | Seats | Share (%) |\n|---|---:|---:|\n| Lake Party | 46 | 31.5 |\n| Hill Union | 12 | 8.0 |\n",
        ),
        (
            "t.txt",
            "The count.\n\nList          Seats   Share (%)\n-----------------------\nLake Party       46        31.5\nHill Union       12         8.0\n\nThe board met.\n",
        ),
    ] {
        assert_eq!(figures(name, text), wanted, "{name}");
    }
}

#[test]
fn years_over_columns_are_days_and_a_unit_may_stand_at_the_row_or_in_the_title() {
    let text = "# Trade of Orland\n\n| | 2029 | 2030 |\n|---|---|---|\n| Oil exports (million tonnes) | 4 | 5.5 |\n| Arrivals | 1,200 | 900 |\n";
    assert_eq!(
        figures("y.md", text),
        [
            "4000000 t | Oil exports (million tonnes) | 2029 | Oil exports (million tonnes) |  2029",
            "5500000 t | Oil exports (million tonnes) | 2030 | Oil exports (million tonnes) |  2030",
            "1200 arrival | Arrivals | 2029 | Arrivals |  2029",
            "900 arrival | Arrivals | 2030 | Arrivals |  2030",
        ]
    );
    let text = "Power made, GWh\n\n| Year | Orland |\n|---|---|\n| 2029 | 310 |\n| 2030 | 290 |\n";
    assert_eq!(
        figures("u.md", text),
        [
            "310 GWh | 2029 | Orland | 2029 | orland 2029",
            "290 GWh | 2030 | Orland | 2030 | orland 2030",
        ]
    );
}

#[test]
fn a_heading_over_two_columns_is_over_both_and_a_cell_over_two_rows_moves_none() {
    let text = "<html><body><article><p>What the harbour board counted in the two years is told in the table that stands below here.</p>\
        <table><thead><tr><th rowspan=2>Port</th><th colspan=2>Ships</th></tr><tr><th>2029</th><th>2030</th></tr></thead>\
        <tbody><tr><td>Ansel</td><td>14</td><td>15</td></tr></tbody></table></article></body></html>";
    let found = figures("s.html", text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[2].starts_with("15 ship |") && found[2].ends_with("2030"), "{found:?}");
    assert!(found[2].contains("| Ansel | 2030 |"), "{found:?}");
}

#[test]
fn what_only_looks_like_a_table_gives_no_figures() {
    for (name, text) in [
        // a page laid out by a table
        (
            "l.html",
            "<html><body><table><tr><td><p>The board met on Monday and heard the minister speak for an hour about harbour dues.</p>\
             <p>It rose at noon.</p></td><td>12</td></tr></table></body></html>",
        ),
        // a chronicle: its cells are sentences
        (
            "c.md",
            "| Day | What happened |\n|---|---|\n| 3 May 2030 | Orland sent an envoy to the coast and asked the harbour board there to open its gates again. |\n",
        ),
        // ranks and telephone numbers
        ("r.md", "| No. | List |\n|---|---|\n| 1 | Lake Party |\n| 2 | Hill Union |\n"),
        ("d.txt", "He said two  things.\nShe said  three.\nThey left  4 times."),
    ] {
        let found = figures(name, text);
        assert!(found.iter().all(|f| f.contains("| - | - |")), "{name}: {found:?}");
    }
}
