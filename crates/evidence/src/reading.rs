//! Reading a document: the stages in order, one function call each.
//!
//! A reading is a pure function of the bytes, the lexicon, what is known of the source, and the
//! version of the reader. It fetches nothing, obeys nothing the text says, and never writes to a
//! case.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::antecedents::{Memory, Named};
use crate::candidates::Candidates;
use crate::chunks::{Clauses, Range};
use crate::copies::{Line, repeats};
use crate::dates::{Around, Phrase, Told, phrases};
use crate::decode::page::Kind;
use crate::decode::{self, Format, Said, decode};
use crate::document_date::{dates_another, document_date, is_dateline, looks_ahead};
use crate::events::{Dated, Scene, events};
use crate::foreign::{self, Tongue};
use crate::furniture::{Block, marks};
use crate::grids::grids;
use crate::lexicon::Lexicon;
use crate::limits::{Deadline, Limits, ReadError};
use crate::mentions::{Found, Introduced, Names};
use crate::paragraphs::is_bullet;
use crate::records::{
    Candidate, Claim, DateBasis, DateRecord, Document, Event, Mention, Passage, Quantity, Sentence,
    Standing, record_id,
};
use crate::sentences::sentences;
use crate::source::DocumentSource;
use crate::span::{Quote, Span};
use crate::tagging::tag;
use crate::tokens::{Token, tokens};
use crate::words::Tag;
use crate::{claims, languages, quantities, recording};

/// Raised whenever the same bytes would be read differently.
pub const READER_VERSION: u32 = 9;

/// Sentences between two looks at the clock.
const SENTENCES_PER_LOOK: usize = 256;

/// Everything found in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The document itself.
    pub document: Document,
    /// Stretches that are not plain running text.
    pub passages: Vec<Passage>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Actors named.
    pub mentions: Vec<Mention>,
    /// Unknown names, best first.
    pub candidates: Vec<Candidate>,
    /// Date phrases.
    pub dates: Vec<DateRecord>,
    /// Numbers with units.
    pub quantities: Vec<Quantity>,
    /// Coded events.
    pub events: Vec<Event>,
    /// Statements and who made them.
    pub claims: Vec<Claim>,
    /// What a reader besides the rules could not do; all else is kept.
    #[serde(default)]
    pub faults: Vec<String>,
}

/// One sentence with all that is read from it on the way.
pub(crate) struct Read {
    pub(crate) span: Span,
    pub(crate) paragraph: usize,
    pub(crate) standing: Standing,
    pub(crate) tokens: Vec<Token>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) found: Vec<Found>,
    /// The language, where it is read by lists of its own.
    pub(crate) tongue: Option<Tongue>,
}

/// Reads one document.
///
/// # Errors
/// [`ReadError`] where the bytes are more than the limit or are not text.
pub fn read(
    bytes: &[u8],
    about: &DocumentSource,
    lexicon: &Lexicon,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    Reader::new(lexicon, limits.clone()).read(bytes, about)
}

/// A reader of documents: the rules alone, or the rules and a model.
pub trait ReadDocument {
    /// Reads one document of a known format.
    ///
    /// # Errors
    /// [`ReadError`] where the document cannot be read at all; what else goes wrong is in the reading's
    /// `faults`.
    fn read_document(
        &self,
        format: Format,
        bytes: &[u8],
        about: &DocumentSource,
    ) -> Result<Reading, ReadError>;
}

impl ReadDocument for Reader<'_> {
    fn read_document(
        &self,
        format: Format,
        bytes: &[u8],
        about: &DocumentSource,
    ) -> Result<Reading, ReadError> {
        self.read_as(format, bytes, about)
    }
}

/// Reads many documents with one lexicon, which is made ready once.
pub struct Reader<'a> {
    lexicon: &'a Lexicon,
    names: Names,
    limits: Limits,
}

impl<'a> Reader<'a> {
    /// Makes the lexicon ready.
    pub fn new(lexicon: &'a Lexicon, limits: Limits) -> Reader<'a> {
        Reader { lexicon, names: Names::new(lexicon), limits }
    }

    /// Reads one document; its format is told by its first bytes, else by the ending of its key.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(&self, bytes: &[u8], about: &DocumentSource) -> Result<Reading, ReadError> {
        self.read_as(Format::of(&about.key, bytes), bytes, about)
    }

    /// Reads one document of a known format.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read_as(
        &self,
        format: Format,
        bytes: &[u8],
        about: &DocumentSource,
    ) -> Result<Reading, ReadError> {
        read_with(format, bytes, about, self.lexicon, &self.names, &self.limits)
    }
}

fn read_with(
    format: Format,
    bytes: &[u8],
    about: &DocumentSource,
    lexicon: &Lexicon,
    names: &Names,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    let deadline = Deadline::new(&about.key, limits);
    let mut decoded = decode(bytes, &about.key, format, limits, &deadline)?;
    let grids = grids(&decoded.text, &decoded.cells, &decoded.blocks);
    for row in &grids.rows {
        decoded.blocks[*row].kind = Some(Kind::Item);
    }
    let text = decoded.text.as_str();
    let id = blake3::hash(bytes).to_hex().to_string();
    let source = known_source(about, &decoded.header, &decoded.said);
    let by_page = about.published.or(decoded.header.published).is_none();

    let mut read = cut(text, &decoded.blocks, limits, &deadline)?;
    let passages = stand(text, &id, &decoded.blocks, &mut read);
    deadline.check()?;
    name(text, names, &mut read, &deadline)?;
    let mut date = document_date(text, &source, &read, &passages);
    if let Some(date) = date.as_mut().filter(|d| by_page && d.basis == DateBasis::Given) {
        date.basis = DateBasis::Page;
    }
    let today = date.as_ref().map(|d| crate::dates::Today { date: d.date, exact: d.exact });

    let mut notices = decoded.notices;
    let body = read.iter().filter(|one| one.standing == Standing::Body);
    notices.extend(languages::notice(text, body.flat_map(|one| &one.tokens)));
    let mut out = Reading {
        document: Document {
            words: read.iter().flat_map(|r| &r.tokens).filter(|t| t.is_word()).count(),
            id,
            source,
            format: decoded.format,
            encoding: decoded.encoding,
            notices,
            text: String::new(),
            date,
            reader: READER_VERSION,
            lexicon: lexicon.hash(),
        },
        passages,
        sentences: Vec::with_capacity(read.len()),
        mentions: Vec::new(),
        candidates: Vec::new(),
        dates: Vec::new(),
        quantities: Vec::new(),
        events: Vec::new(),
        claims: Vec::new(),
        faults: Vec::new(),
    };
    let mut candidates = Candidates::default();
    let mut memory = Memory { home: home(lexicon, &read), ..Memory::default() };
    let mut told = Told::default();
    let mut suggested = Vec::new();
    for (index, one) in read.iter().enumerate() {
        if index % SENTENCES_PER_LOOK == 0 {
            deadline.check()?;
        }
        let around: Vec<Around> = one
            .phrases
            .iter()
            .map(|p| Around {
                ahead: looks_ahead(&one.tokens, &one.tags, p.tokens),
                nearest: dates_another(&one.tokens, &one.tags, p.tokens),
                since: p.tokens.0 > 0 && one.tokens[p.tokens.0 - 1].is("since"),
                dateline: is_dateline(&read, index, p.tokens.1),
            })
            .collect();
        // an entry of a feed is of its own day
        let day = decoded.blocks.get(one.paragraph).and_then(|b| b.day);
        let today = day.map(|date| crate::dates::Today { date, exact: true }).or(today);
        let placed = told.place(&one.phrases, &around, today, one.paragraph, index);
        let dated = dated(one);
        let clauses = Clauses { text, tokens: &one.tokens, tags: &one.tags, dated: &dated };
        let places: Vec<Dated> = one
            .phrases
            .iter()
            .zip(placed.iter().zip(&around))
            .map(|(p, (placed, around))| Dated {
                tokens: p.tokens,
                when: placed.when,
                dateline: around.dateline,
            })
            .collect();
        let known = known(one);
        let mut into = recording::Into { text, lexicon, index, one, out: &mut out };
        into.sentence();
        into.mentions();
        into.dates(&placed);
        memory.sentence = index;
        if one.standing != Standing::Body {
            into.issuer(&mut memory);
            continue;
        }
        // a row of figures is no sentence
        if grids.rows.contains(&one.paragraph) {
            into.figures(&grids.figures, &read);
            continue;
        }
        let measured = match one.tongue {
            Some(tongue) => foreign::quantities(tongue, &clauses),
            None => quantities::quantities(&clauses),
        };
        into.quantities(&clauses, &places, measured);
        let scene = Scene { clauses, dates: &places, known: &known, today: today.map(|t| t.date) };
        let (seen, said) = match one.tongue {
            Some(tongue) => {
                (foreign::events(tongue, &scene), foreign::claims(tongue, &scene.clauses))
            }
            None => (events(&scene), claims::claims(&scene.clauses)),
        };
        let roles: Vec<Range> =
            seen.iter().flat_map(|e| e.sources.iter().chain(&e.recipients)).copied().collect();
        into.claims(&scene.clauses, &mut memory, said);
        let before = into.out.events.len();
        into.events(&scene, &memory, seen);
        if one.tongue.is_none() {
            suggested.extend(into.weigh(&scene, &memory, before));
        }
        into.remember(&mut memory);
        candidates.gather(&scene.clauses, index, &known, &roles);
    }
    recording::link_undone(&mut out.events);
    // last, so that nothing else is read out of a suggestion
    out.events.extend(suggested);
    out.events.sort_by_key(|e| e.sentence);
    out.candidates = recording::candidates(text, &out.document.id, candidates);
    out.document.text = decoded.text;
    Ok(out)
}

/// What is known of a source: what the caller says, else the header a person wrote, else the page's
/// own word.
fn known_source(about: &DocumentSource, header: &DocumentSource, said: &Said) -> DocumentSource {
    let first = |a: &Option<String>, b: &Option<String>, c: &Option<String>| {
        a.clone().or_else(|| b.clone()).or_else(|| c.clone())
    };
    DocumentSource {
        key: about.key.clone(),
        title: first(&about.title, &header.title, &said.title),
        publisher: first(&about.publisher, &header.publisher, &said.publisher),
        author: first(&about.author, &header.author, &said.author),
        published: about.published.or(header.published).or(said.published),
        address: first(&about.address, &header.address, &said.address),
        rating: about.rating.or(header.rating),
    }
}

/// Blocks into sentences, sentences into tokens, classes and date phrases.
fn cut(
    text: &str,
    blocks: &[decode::Block],
    limits: &Limits,
    deadline: &Deadline<'_>,
) -> Result<Vec<Read>, ReadError> {
    let mut out = Vec::new();
    for (paragraph, block) in blocks.iter().enumerate() {
        for span in sentences(text, block.span, limits.max_sentence_words) {
            if out.len() % SENTENCES_PER_LOOK == 0 {
                deadline.check()?;
            }
            let tokens = tokens(text, span);
            let tags = tag(&tokens);
            let tongue = foreign::tongue(span.of(text));
            let own = tongue.map(|t| foreign::phrases(t, &tokens)).filter(|own| !own.is_empty());
            let phrases = own.unwrap_or_else(|| phrases(&tokens));
            out.push(Read {
                span,
                paragraph,
                standing: Standing::Body,
                tokens,
                tags,
                phrases,
                tongue,
                found: Vec::new(),
            });
        }
    }
    Ok(out)
}

/// Furniture, headings, other stories and copies: each sentence gets its standing, each reason its
/// passage.
fn stand(
    text: &str,
    document: &str,
    paragraphs: &[decode::Block],
    read: &mut [Read],
) -> Vec<Passage> {
    let mut company = vec![0usize; paragraphs.len()];
    let mut blocks: Vec<Block<'_>> = paragraphs
        .iter()
        .map(|b| Block { span: b.span, kind: b.kind, sentences: 0, tokens: Vec::new() })
        .collect();
    for one in read.iter() {
        company[one.paragraph] += 1;
        blocks[one.paragraph].sentences += 1;
        blocks[one.paragraph].tokens.extend(&one.tokens);
    }
    let found = marks(text, &blocks);
    let mut out = Vec::new();
    let mut add = |span: Span, standing, rule: &str, of| {
        let id = record_id(document, "passage", span, 0);
        out.push(Passage {
            id,
            quote: Quote::cut(text, span),
            standing,
            rule: rule.to_owned(),
            of,
        });
    };
    for (paragraph, mark) in found.iter().enumerate() {
        if let Some((standing, rule)) = mark {
            add(paragraphs[paragraph].span, *standing, rule, None);
        }
    }
    let lines: Vec<Line<'_>> = read
        .iter()
        .map(|one| {
            let line = one.span.of(text);
            Line {
                tokens: &one.tokens,
                company: company[one.paragraph],
                bullet: paragraphs[one.paragraph].kind == Some(Kind::Item)
                    || is_bullet(paragraphs[one.paragraph].span.of(text)),
                closed: line.ends_with(['.', '!', '?', '”', '"', '؟', '۔', ')']),
            }
        })
        .collect();
    let copies = repeats(&lines);
    for one in read.iter_mut() {
        one.standing = found[one.paragraph].map_or(Standing::Body, |(standing, _)| standing);
    }
    let is_heading = |one: &Read| one.standing == Standing::Heading;
    let headings: HashSet<usize> = (0..read.len()).filter(|i| is_heading(&read[*i])).collect();
    for copy in copies {
        let of = read[copy.of].span;
        let one = &mut read[copy.copy];
        if matches!(one.standing, Standing::Furniture | Standing::OffTopic) {
            continue;
        }
        // a heading in the words of the story is still its heading, and no evidence either way
        if one.standing == Standing::Heading && !headings.contains(&copy.of) {
            continue;
        }
        let alone = company[one.paragraph] == 1;
        let rule = match (copy.exact, one.standing, alone) {
            (_, Standing::Heading, _) => "repeated-heading",
            (true, _, true) => "pull-quote",
            (true, _, false) => "repeated",
            (false, ..) => "near-copy",
        };
        one.standing = Standing::Copy;
        add(one.span, Standing::Copy, rule, Some(of));
    }
    out.sort_by_key(|p| (p.quote.span(), p.standing));
    out
}

/// Names the actors: once to learn what the document introduces, and once with all that is
/// learned, so that a headline may use a short form that the text explains below it.
fn name(
    text: &str,
    names: &Names,
    read: &mut [Read],
    deadline: &Deadline<'_>,
) -> Result<(), ReadError> {
    let mut introduced = Introduced::default();
    for _ in 0..2 {
        for (index, one) in read.iter_mut().enumerate() {
            if index % SENTENCES_PER_LOOK == 0 {
                deadline.check()?;
            }
            one.found = names.find(text, &one.tokens, &mut introduced);
            // "Italy" is no adverb, and what follows it no word that an adverb stands before
            let mut mistaken = false;
            for at in one.found.iter().flat_map(|f| f.tokens.0..f.tokens.1) {
                if one.tags[at] == Tag::Adv && one.tokens[at].capital {
                    one.tokens[at].article_name = true;
                    mistaken = true;
                }
            }
            if mistaken {
                one.tags = tag(&one.tokens);
            }
        }
    }
    Ok(())
}

/// The state named at least half as often again as any other, with its first mention.
fn home(lexicon: &Lexicon, read: &[Read]) -> Option<Named> {
    let mut uses: BTreeMap<usize, (usize, Span)> = BTreeMap::new();
    let body = read.iter().filter(|r| r.standing == Standing::Body);
    for found in body.flat_map(|r| &r.found) {
        if lexicon.actors.get(found.actor).is_some_and(|a| a.is_state()) {
            uses.entry(found.actor).or_insert((0, found.span)).0 += 1;
        }
    }
    let (actor, (most, span)) = uses.iter().max_by_key(|(_, (n, _))| *n)?;
    let next = uses.iter().filter(|(a, _)| *a != actor).map(|(_, (n, _))| *n).max().unwrap_or(0);
    let id = lexicon.actors.get(*actor)?.id.clone();
    (*most >= 2 && most * 2 >= next * 3).then_some(Named { span: *span, actors: vec![id] })
}

fn dated(one: &Read) -> Vec<bool> {
    let mut out = vec![false; one.tokens.len()];
    for phrase in &one.phrases {
        out[phrase.tokens.0..phrase.tokens.1].fill(true);
    }
    out
}

fn known(one: &Read) -> Vec<bool> {
    let mut out = vec![false; one.tokens.len()];
    for found in &one.found {
        out[found.tokens.0..found.tokens.1].fill(true);
    }
    out
}
