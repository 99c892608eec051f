//! A web page: its main text, block by block, and what its head says of it.
//!
//! One streaming pass of a tokeniser that follows the HTML standard; no tree is built, so that
//! nothing can be nested too deep or hold too many attributes. Elements that hold blocks are kept on
//! a stack of bounded depth; those that set words (`b`, `font`, `a`) are not. What is the story and
//! what is the page around it is then told by [`main_text`]. Scripts are not run, nothing is fetched,
//! and a frame's content is not part of the page.

mod elements;
mod grid;
mod main_text;
mod metadata;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use self::elements::{Element, Part};
use self::grid::{Grid, Place};
use self::metadata::Metadata;
use super::encoding::characters;
use super::page::{Cell, Kind, Page, plain};
use super::{Decoded, Format};
use crate::limits::{Deadline, ReadError};

/// Elements deeper than this are taken as if they stood at this depth.
const DEEPEST: usize = 400;
/// Longest attribute value that is looked at.
const LONGEST_VALUE: usize = 4096;
/// Longest script of metadata that is looked at.
const LONGEST_SCRIPT: usize = 1 << 20;
/// A link whose words are longer was never closed.
const LONGEST_LINK: usize = 400;
/// Tokens between two looks at the clock.
const TOKENS_PER_LOOK: usize = 1 << 16;

/// A block as it stands on the page.
#[derive(Clone, Debug)]
struct Found {
    kind: Kind,
    text: String,
    /// Bytes of `text` inside links.
    linked: usize,
    /// The innermost container.
    container: usize,
    /// A heading of the first level.
    title: bool,
    /// The cell of a table it stands in.
    cell: Option<Place>,
}

/// An element that holds blocks.
#[derive(Clone, Copy, Debug)]
struct Container {
    parent: usize,
    /// The story, as the page says: `article`, `main` or an article's body.
    story: bool,
    /// Page furniture by its element or role: never part of the story.
    never: bool,
    /// Page furniture by the words of its class or id: unless most of the page is in it.
    perhaps: bool,
}

pub(super) fn read(bytes: &[u8], key: &str, deadline: &Deadline<'_>) -> Result<Decoded, ReadError> {
    let characters = characters(bytes, key, metadata::named_encoding(bytes))?;
    let mut decoded = read_text(&characters.text, deadline)?;
    decoded.encoding = characters.encoding.to_owned();
    Ok(decoded)
}

/// Reads a page already decoded.
pub(super) fn read_text(html: &str, deadline: &Deadline<'_>) -> Result<Decoded, ReadError> {
    let mut walk = Walk::new();
    let mut count = 0usize;
    let mut late = None;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
        count += 1;
        if count.is_multiple_of(TOKENS_PER_LOOK) && late.is_none() {
            late = deadline.check().err();
        }
        if late.is_some() {
            return Some(());
        }
        walk.take(&event);
        None
    });
    emitter.naively_switch_states(true);
    // the emitter gives a token only to stop early
    let _ = Tokenizer::new_with_emitter(html, emitter).next();
    if let Some(late) = late {
        return Err(late);
    }
    walk.flush();
    let Walk { found, containers, metadata, hidden, deep, .. } = walk;
    let (kept, dropped) = main_text::choose(&found, &containers);
    let mut page = Page::default();
    let mut cells: Vec<Cell> = Vec::new();
    for block in kept {
        let span = page.push(block.kind, &block.text);
        let cell = span.zip(block.cell).map(|(span, at)| at.cell(span));
        cells.extend(cell);
    }
    page.cells = grid::alone(cells);
    let said = metadata.said(found.iter().find(|b| b.title).map(|b| b.text.as_str()));
    let mut out = Decoded::laid_out(Format::Html, "UTF-8".to_owned(), page);
    out.said = said;
    if dropped + hidden > 0 {
        out.notices.push(format!("blocks of page furniture dropped: {}", dropped + hidden));
    }
    if deep {
        out.notices.push(format!("elements nested deeper than {DEEPEST} taken as flat"));
    }
    if out.blocks.is_empty() {
        out.notices.push("no running text found on the page".to_owned());
    }
    Ok(out)
}

/// An open element that holds blocks, with what holds within it.
#[derive(Clone, Copy)]
struct Level {
    element: Element,
    container: usize,
    /// What words outside any paragraph are.
    kind: Kind,
    /// Whether the page says that the story is here.
    story: bool,
}

/// Where the pass stands.
struct Walk {
    stack: Vec<Level>,
    /// Containers opened beyond the deepest.
    beyond: usize,
    deep: bool,
    containers: Vec<Container>,
    found: Vec<Found>,
    metadata: Metadata,
    /// Blocks in elements that are never shown as text.
    hidden: usize,
    line: String,
    linked: usize,
    /// Bytes since a link opened.
    link: Option<usize>,
    kind: Kind,
    title: bool,
    breaks: usize,
    tag: Option<Tag>,
    /// The element whose raw text is passing: `script`, `style`, `title`.
    raw: Option<Raw>,
    grid: Grid,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    Metadata,
    Title,
    Nothing,
}

/// A start tag being read.
#[derive(Default)]
struct Tag {
    name: String,
    attribute: &'static str,
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }
}

impl Walk {
    fn new() -> Walk {
        let root = Container { parent: 0, story: false, never: false, perhaps: false };
        Walk {
            stack: Vec::new(),
            beyond: 0,
            deep: false,
            containers: vec![root],
            found: Vec::new(),
            metadata: Metadata::default(),
            hidden: 0,
            line: String::new(),
            linked: 0,
            link: None,
            kind: Kind::Paragraph,
            title: false,
            breaks: 0,
            tag: None,
            raw: None,
            grid: Grid::default(),
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let name = String::from_utf8_lossy(&name[..name.len().min(64)]).into_owned();
                self.tag = Some(Tag { name, ..Tag::default() });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut self.tag {
                    tag.attribute = elements::attribute(name);
                    let known = !tag.attribute.is_empty() && tag.get(tag.attribute).is_none();
                    if known {
                        tag.attributes.push((tag.attribute, String::new()));
                    } else {
                        tag.attribute = "";
                    }
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(tag) = self.tag.as_mut().filter(|t| !t.attribute.is_empty())
                    && let Some((_, text)) = tag.attributes.last_mut()
                {
                    let value = &value[..value.len().min(LONGEST_VALUE)];
                    *text = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(tag) = self.tag.take() {
                    self.open(&tag, *self_closing);
                }
            }
            CallbackEvent::EndTag { name } => self.close(&String::from_utf8_lossy(name)),
            CallbackEvent::String { value } => self.words(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn container(&self) -> usize {
        self.stack.last().map_or(0, |level| level.container)
    }

    fn never(&self) -> bool {
        self.containers[self.container()].never
    }

    fn open(&mut self, tag: &Tag, self_closing: bool) {
        self.raw = None;
        match tag.name.as_str() {
            "script" => {
                let metadata = tag.get("type").is_some_and(|t| t.contains("ld+json"));
                self.raw = Some(if metadata { Raw::Metadata } else { Raw::Nothing });
                return;
            }
            "style" | "noframes" | "xmp" | "iframe" | "noembed" | "textarea" | "plaintext" => {
                self.raw = Some(Raw::Nothing);
                return;
            }
            // a picture's own title is not the page's
            "title" if !self.never() => {
                self.raw = Some(Raw::Title);
                return;
            }
            "meta" => {
                let name = tag.get("property").or(tag.get("name")).or(tag.get("itemprop"));
                self.metadata.meta(name.unwrap_or(""), tag.get("content").unwrap_or(""));
                return;
            }
            "link" => {
                let canonical = tag.get("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
                self.metadata.link(canonical, tag.get("href").unwrap_or(""));
                return;
            }
            "time" if !self.never() => self.metadata.time(tag.get("datetime").unwrap_or("")),
            "br" => {
                self.breaks += 1;
                if self.breaks >= 2 {
                    self.flush();
                } else {
                    self.line.push(' ');
                }
                return;
            }
            "a" => self.link = tag.get("href").map(|_| 0),
            _ => {}
        }
        match elements::part(&tag.name) {
            Part::Void | Part::Inline => {}
            Part::Block(kind) => {
                self.flush();
                self.kind = kind;
                self.title = tag.name == "h1";
            }
            Part::Container(element) => {
                self.flush();
                if !self_closing || !elements::is_foreign(&tag.name) {
                    self.push(element, tag);
                }
                self.grid.open(&tag.name, &|name: &str| tag.get(name)?.trim().parse().ok());
            }
        }
    }

    fn push(&mut self, element: Element, tag: &Tag) {
        if self.stack.len() >= DEEPEST {
            self.beyond += 1;
            self.deep = true;
            return;
        }
        let parent = self.container();
        let above = self.containers[parent];
        let get = |name: &str| tag.get(name);
        let never = above.never || elements::is_never(element, &get, self.in_story());
        let story = elements::is_story(element, &get);
        let perhaps = !story && elements::is_perhaps(element, &get);
        self.containers.push(Container { parent, story, never, perhaps });
        let kind = match element {
            Element::Caption => Kind::Caption,
            Element::Item => Kind::Item,
            Element::Cell | Element::Story => Kind::Paragraph,
            _ => self.kind_here(),
        };
        let story = story || self.in_story();
        self.stack.push(Level { element, container: self.containers.len() - 1, kind, story });
        self.kind = kind;
    }

    fn in_story(&self) -> bool {
        self.stack.last().is_some_and(|level| level.story)
    }

    /// What words outside any paragraph are.
    fn kind_here(&self) -> Kind {
        self.stack.last().map_or(Kind::Paragraph, |level| level.kind)
    }

    fn close(&mut self, name: &str) {
        self.raw = None;
        match elements::part(name) {
            Part::Inline if name == "a" => self.link = None,
            Part::Inline | Part::Void => {}
            Part::Block(_) => self.flush(),
            Part::Container(element) => {
                self.flush();
                if self.beyond > 0 {
                    self.beyond -= 1;
                } else if let Some(at) =
                    self.stack.iter().rposition(|level| level.element == element)
                {
                    self.stack.truncate(at);
                }
                self.kind = self.kind_here();
                self.grid.close(name);
            }
        }
    }

    fn words(&mut self, text: &str) {
        match self.raw {
            Some(Raw::Metadata) if text.len() <= LONGEST_SCRIPT => self.metadata.script(text),
            Some(Raw::Title) => self.metadata.page_title(text),
            Some(_) => {}
            None => {
                if !text.trim().is_empty() {
                    self.breaks = 0;
                }
                self.line.push_str(text);
                if let Some(bytes) = self.link.as_mut().filter(|b| **b < LONGEST_LINK) {
                    *bytes += text.len();
                    self.linked += text.trim().len();
                }
            }
        }
    }

    /// Ends a block.
    fn flush(&mut self) {
        let mut text = String::new();
        plain(&self.line, &mut text);
        let (linked, title) = (self.linked.min(text.len()), self.title);
        let kind = self.kind;
        self.line.clear();
        self.linked = 0;
        self.breaks = 0;
        self.title = false;
        self.kind = self.kind_here();
        if text.is_empty() {
            return;
        }
        if self.never() {
            self.hidden += 1;
            return;
        }
        let (container, cell) = (self.container(), self.grid.place());
        self.found.push(Found { kind, text, linked, container, title, cell });
    }
}

#[cfg(test)]
mod tests;
