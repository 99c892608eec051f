//! What a page's head says of it: `meta` elements, JSON-LD and `time` elements. Several may speak;
//! the first in the order below is believed.

use jiff::civil::Date;
use serde_json::Value;

use crate::decode::Said;
use crate::decode::page::plain;

/// Longest value taken over.
const LONGEST: usize = 500;

/// What was found, by who said it.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// JSON-LD.
    linked: Said,
    /// `meta` elements made for news and sharing.
    shared: Said,
    /// `meta` elements of the older kinds.
    plain: Said,
    page_title: Option<String>,
    time: Option<Date>,
}

impl Metadata {
    pub(super) fn meta(&mut self, name: &str, content: &str) {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "og:title" => set(&mut self.shared.title, content),
            "og:site_name" => set(&mut self.shared.publisher, content),
            "og:url" => set_address(&mut self.shared.address, content),
            "article:published_time" | "og:published_time" => {
                set_day(&mut self.shared.published, content);
            }
            "article:author" | "parsely-author" | "sailthru.author" | "citation_author"
                // an author given as an address of a profile is no name
                if !content.contains("://") =>
            {
                set(&mut self.shared.author, content);
            }
            "parsely-pub-date" | "sailthru.date" | "citation_publication_date"
            | "datepublished" => set_day(&mut self.shared.published, content),
            "author" | "dc.creator" | "dcterms.creator" | "byl" => {
                set(&mut self.plain.author, content);
            }
            "date" | "dc.date" | "dc.date.issued" | "dcterms.date" | "dcterms.created"
            | "dcterms.issued" | "pubdate" | "publish-date" | "publication_date" | "article.published" => {
                set_day(&mut self.plain.published, content);
            }
            "title" | "dc.title" | "dcterms.title" | "citation_title" => {
                set(&mut self.plain.title, content);
            }
            "dc.publisher" | "dcterms.publisher" | "application-name" => {
                set(&mut self.plain.publisher, content);
            }
            _ => {}
        }
    }

    pub(super) fn link(&mut self, canonical: bool, href: &str) {
        if canonical {
            // the canonical address is the page's own word against a shared one
            let mut address = None;
            set_address(&mut address, href);
            self.linked.address = address.or(self.linked.address.take());
        }
    }

    pub(super) fn time(&mut self, datetime: &str) {
        set_day(&mut self.time, datetime);
    }

    pub(super) fn page_title(&mut self, text: &str) {
        set(&mut self.page_title, text);
    }

    /// A script of JSON-LD; one that is not JSON, or nested too deep for the parser, says nothing.
    pub(super) fn script(&mut self, text: &str) {
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return;
        };
        let mut list = vec![&value];
        let mut seen = 0;
        while let Some(value) = list.pop().filter(|_| seen < 200) {
            seen += 1;
            match value {
                Value::Array(items) => list.extend(items.iter().rev()),
                Value::Object(object) => {
                    list.extend(object.get("@graph"));
                    if is_story(object.get("@type")) {
                        self.story(value);
                    }
                }
                _ => {}
            }
        }
    }

    fn story(&mut self, value: &Value) {
        let text = |key: &str| value[key].as_str().unwrap_or("");
        set(&mut self.linked.title, text("headline"));
        set_day(&mut self.linked.published, text("datePublished"));
        set(&mut self.linked.publisher, &names(&value["publisher"]));
        set(&mut self.linked.author, &names(&value["author"]));
        let page = &value["mainEntityOfPage"];
        let address = page.as_str().or(page["@id"].as_str()).unwrap_or(text("url"));
        set_address(&mut self.linked.address, address);
    }

    pub(super) fn said(self, heading: Option<&str>) -> Said {
        let Metadata { linked: a, shared: b, plain: c, page_title, time } = self;
        Said {
            title: a.title.or(b.title).or(heading.map(str::to_owned)).or(c.title).or(page_title),
            author: a.author.or(b.author).or(c.author),
            publisher: a.publisher.or(b.publisher).or(c.publisher),
            published: a.published.or(b.published).or(c.published).or(time),
            address: a.address.or(b.address).or(c.address),
        }
    }
}

fn is_story(kind: Option<&Value>) -> bool {
    let story = |v: &Value| {
        v.as_str().is_some_and(|t| {
            ["Article", "Posting", "Report", "WebPage"].iter().any(|end| t.ends_with(end))
        })
    };
    match kind {
        Some(Value::Array(kinds)) => kinds.iter().any(story),
        Some(one) => story(one),
        None => false,
    }
}

/// The names of one or several persons or organisations.
fn names(value: &Value) -> String {
    let name = |v: &Value| v.as_str().or(v["name"].as_str()).unwrap_or("").to_owned();
    match value {
        Value::Array(list) => {
            let list: Vec<String> = list.iter().take(8).map(name).collect();
            list.join(", ")
        }
        one => name(one),
    }
}

fn set(field: &mut Option<String>, value: &str) {
    let mut text = String::new();
    plain(value, &mut text);
    if field.is_none() && !text.is_empty() && text.len() <= LONGEST {
        *field = Some(text);
    }
}

fn set_address(field: &mut Option<String>, value: &str) {
    if value.starts_with("http://") || value.starts_with("https://") {
        set(field, value);
    }
}

/// The day as it is written: no zone is changed.
fn set_day(field: &mut Option<Date>, value: &str) {
    let day = value.trim().get(..10).map(|d| d.replace('/', "-"));
    if field.is_none() {
        *field = day.and_then(|d| d.parse().ok());
    }
}

/// The encoding a page names in its first bytes.
pub(super) fn named_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = head.windows(8).position(|w| w.eq_ignore_ascii_case(b"charset="))?;
    let rest = &head[at + 8..];
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b))?;
    Some(&rest[..end])
}
