//! XML as a stream of tags and words. Entities of its own, outside files and name spaces are not
//! followed: a prefix is part of a name. Names are in lower case.

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use crate::limits::{Deadline, ReadError};

/// Longest attribute value and name that are looked at.
const LONGEST_VALUE: usize = 4096;
/// Most attributes of one tag that are looked at.
const MOST_ATTRIBUTES: usize = 64;
/// Tokens between two looks at the clock.
const TOKENS_PER_LOOK: usize = 1 << 16;

/// What stands next.
pub(super) enum Event<'a> {
    /// A tag that opens, with its attributes; one that closes itself is followed by its [`Event::Close`].
    Open(&'a str, &'a [(String, String)]),
    /// A tag that closes.
    Close(&'a str),
    /// Words between.
    Text(&'a str),
}

/// The value of an attribute.
pub(super) fn get<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// Goes through a document and gives each event to `take`.
pub(super) fn walk(
    xml: &str,
    deadline: &Deadline<'_>,
    mut take: impl FnMut(Event<'_>),
) -> Result<(), ReadError> {
    let xml = without_cdata(xml);
    let short = |b: &[u8]| String::from_utf8_lossy(&b[..b.len().min(LONGEST_VALUE)]).into_owned();
    let (mut name, mut attributes): (String, Vec<(String, String)>) = (String::new(), Vec::new());
    let (mut count, mut late) = (0usize, None);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
        count += 1;
        if count.is_multiple_of(TOKENS_PER_LOOK) && late.is_none() {
            late = deadline.check().err();
        }
        if late.is_some() {
            return Some(());
        }
        match event {
            CallbackEvent::OpenStartTag { name: n } => {
                name = short(n);
                attributes.clear();
            }
            CallbackEvent::AttributeName { name: n } if attributes.len() < MOST_ATTRIBUTES => {
                attributes.push((short(n), String::new()));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, own)) = attributes.last_mut().filter(|(_, v)| v.is_empty()) {
                    *own = short(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                take(Event::Open(&name, &attributes));
                if self_closing {
                    take(Event::Close(&name));
                }
            }
            CallbackEvent::EndTag { name } => take(Event::Close(&String::from_utf8_lossy(name))),
            CallbackEvent::String { value } => take(Event::Text(&String::from_utf8_lossy(value))),
            _ => {}
        }
        None
    });
    // the words of a feed's title are not a page's: no tag changes how what follows is read
    emitter.naively_switch_states(false);
    let _ = Tokenizer::new_with_emitter(xml.as_ref(), emitter).next();
    late.map_or(Ok(()), Err)
}

/// `<![CDATA[a < b]]>` written as `a &lt; b`.
fn without_cdata(xml: &str) -> std::borrow::Cow<'_, str> {
    const OPEN: &str = "<![CDATA[";
    if !xml.contains(OPEN) {
        return xml.into();
    }
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(OPEN) {
        out.push_str(before);
        let (inside, next) = after.split_once("]]>").unwrap_or((after, ""));
        for c in inside.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                c => out.push(c),
            }
        }
        rest = next;
    }
    out.push_str(rest);
    out.into()
}
