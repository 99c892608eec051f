use std::time::{Duration, Instant};

use super::*;
use crate::limits::Limits;

fn page(html: &str) -> Decoded {
    read_text(html, &Deadline::new("p.html", &Limits::default())).unwrap()
}

fn blocks(decoded: &Decoded) -> Vec<(Kind, &str)> {
    decoded.blocks.iter().map(|b| (b.kind.unwrap(), b.span.of(&decoded.text))).collect()
}

const STORY: &str = r#"<!DOCTYPE html><html><head>
<title>Dues divide island | Courier</title>
<meta property="og:site_name" content="The Amar Courier">
<meta property="article:published_time" content="2031-03-14T09:00:00+02:00">
<link rel="canonical" href="https://courier.example/dues">
<script type="application/ld+json">{"@context":"x","@graph":[{"@type":"NewsArticle",
"headline":"Harbour dues divide the island","author":[{"name":"Mara Tolle"}]}]}</script>
<script>document.write("<p>Never to be seen, however long this paragraph of script may be.</p>")</script>
</head><body class="has-sidebar">
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav><h1>Harbour dues divide the island</h1></header>
<div id="cookie-consent"><p>We and our 812 partners use cookies to store and read what you do on this page.</p></div>
<div class="layout"><article><div class="share-bar"><a href=x>Share</a><a href=y>Post</a></div>
<figure><img src=a.jpg><figcaption>Ships wait off Port Amar in an older picture.</figcaption></figure>
<p>The Veslan government on Tuesday imposed sanctions on the Dawn Brigade &amp; its backers, officials said&nbsp;at noon.
<p>Prime Minister Tamar al-Orsa visited <a href=z>Halm</a> last month, and met officials of the other side.
<blockquote><p>&ldquo;We will never pay a single coin of these dues, not now and not later,&rdquo; he said.</p></blockquote>
<h2>What comes next</h2>
<ul><li>The council meets again on Friday to hear the report of the harbour master.</li></ul>
<h3>More on this story</h3><ul><li><a href=1>A storm sinks the ferry off the cape</a></li><li><a href=2>Why the lighthouse must be saved</a></li></ul>
</article>
<aside><p>The most read story of the week is about a cat that was elected to the council of elders.</p></aside></div>
<footer><p>Copyright The Amar Courier, all rights reserved, the company is registered in Port Amar.</p></footer></body></html>"#;

#[test]
fn the_story_is_told_from_the_page_around_it() {
    let decoded = page(STORY);
    assert_eq!(
        blocks(&decoded),
        [
            (Kind::Heading, "Harbour dues divide the island"),
            (Kind::Caption, "Ships wait off Port Amar in an older picture."),
            (
                Kind::Paragraph,
                "The Veslan government on Tuesday imposed sanctions on the Dawn Brigade & its backers, officials said at noon."
            ),
            (
                Kind::Paragraph,
                "Prime Minister Tamar al-Orsa visited Halm last month, and met officials of the other side."
            ),
            (
                Kind::Paragraph,
                "“We will never pay a single coin of these dues, not now and not later,” he said."
            ),
            (Kind::Heading, "What comes next"),
            (
                Kind::Item,
                "The council meets again on Friday to hear the report of the harbour master."
            ),
        ]
    );
}

#[test]
fn the_head_of_a_page_says_where_it_comes_from() {
    let said = page(STORY).said;
    assert_eq!(said.title.as_deref(), Some("Harbour dues divide the island"));
    assert_eq!(said.author.as_deref(), Some("Mara Tolle"));
    assert_eq!(said.publisher.as_deref(), Some("The Amar Courier"));
    assert_eq!(said.published.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
    assert_eq!(said.address.as_deref(), Some("https://courier.example/dues"));
}

#[test]
fn an_old_page_without_sections_is_read_by_its_breaks() {
    let decoded = page(
        "<html><body><table><tr><td><a href=1>Home</a><br><a href=2>Maps</a></td><td><font>The council met on Monday and heard the minister for an hour on the dues.<br><br>Nobody objected to the plan, which will be put to the vote in the spring.<br>So it was.</table>",
    );
    let text: Vec<&str> = blocks(&decoded).iter().map(|b| b.1).collect();
    assert_eq!(
        text,
        [
            "The council met on Monday and heard the minister for an hour on the dues.",
            "Nobody objected to the plan, which will be put to the vote in the spring. So it was."
        ]
    );
}

#[test]
fn a_region_that_holds_most_of_the_page_is_the_story_whatever_its_name() {
    let paragraph =
        "<p>The council met on Monday and heard the minister for an hour on the dues.</p>";
    let decoded = page(&format!("<div class=social>{}</div>", paragraph.repeat(3)));
    assert_eq!(decoded.blocks.len(), 3);
}

#[test]
fn hostile_pages_end_soon() {
    let many = |s: &str, n: usize| s.repeat(n);
    let attributes: String = (0..1_000_000).map(|i| format!(" a{i}=b")).collect();
    let pages = [
        ("nested boxes", many("<div>", 1_000_000)),
        ("nested formatting", many("<b><i>", 500_000)),
        ("nested lists", many("<ul><li>", 200_000)),
        ("nested tables", many("<table><tr><td>", 200_000)),
        ("boxes that close nothing", many("<div></p></section>", 200_000)),
        ("closed only", many("</div>", 1_000_000)),
        ("attributes", format!("<div{attributes}><p>x")),
        ("one attribute many times", format!("<div {}>", many("class=nav ", 1_000_000))),
        ("a long class", format!("<div class='{}'>x", many("nav-", 1_000_000))),
        ("a name without end", format!("<{}", many("a", 8_000_000))),
        ("entities", many("&amp;&#x41;&notanentity;&#9999999;", 300_000)),
        ("zeros", many("<p>a\0b", 300_000)),
        ("directions", many("<p>\u{202e}evil\u{2066}", 300_000)),
        ("scripts", many("<script>x</script>", 300_000)),
        ("an open script", format!("<script>{}", many("<p>x", 1_000_000))),
        ("comments", many("<!-- x --", 500_000)),
        ("json", format!("<script type=application/ld+json>{}</script>", many("[", 500_000))),
        ("links", many("<p><a href=x>word", 300_000)),
        ("breaks", many("<br>x", 1_000_000)),
        ("one line", many("Vesla attacked Korrin & ", 600_000)),
    ];
    for (name, html) in pages {
        let started = Instant::now();
        let decoded = page(&html);
        let took = started.elapsed();
        eprintln!("{name}, {} MB: {took:?}", html.len() >> 20);
        // an unoptimised build on a busy machine is some ten times slower than the program
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
        for block in &decoded.blocks {
            assert!(!block.span.of(&decoded.text).contains(['\0', '\u{202e}']), "{name}");
        }
    }
}
