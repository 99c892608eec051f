//! Word classes for one sentence: closed words by list, verbs by their forms and neighbours, the
//! rest nominal.
//!
//! It tells what the chunker must know (is this word a verb here, where does a noun phrase end) and
//! nothing finer: adjectives and nouns are one class unless their form says otherwise.

use crate::quantities::small;
use crate::tokens::{Kind, Token};
use crate::words::{Tag, VerbForm, singular, words};

/// The class of every token.
pub(crate) fn tag(tokens: &[Token]) -> Vec<Tag> {
    let capitals = tokens.iter().filter(|t| t.is_word() && t.capital).count();
    let all = tokens.iter().filter(|t| t.is_word()).count();
    // in a line written large throughout, capitals say nothing
    let shouting = all > 3 && capitals * 10 > all * 8;
    let mut tags: Vec<Tag> = Vec::with_capacity(tokens.len());
    for i in 0..tokens.len() {
        let tag = first_guess(tokens, &tags, i, shouting);
        tags.push(tag);
    }
    for i in 0..tokens.len() {
        if tags[i] == Tag::Verb {
            tags[i] = settle_verb(tokens, &tags, i);
        }
    }
    find_predicate(tokens, &mut tags);
    for i in 0..tokens.len() {
        // "the Dockers' Federation": an apostrophe behind a plural, with the owned thing after it
        let plural = i > 0 && tokens[i].joined && tokens[i - 1].folded.ends_with('s');
        let owned = tokens.get(i + 1).is_some_and(|t| t.is_word() && !t.joined);
        if matches!(tokens[i].folded.as_str(), "'" | "’")
            && plural
            && owned
            && !tokens[..i].iter().any(|t| t.is("‘"))
            && matches!(tags[i - 1], Tag::Noun | Tag::Name)
            && matches!(tags[i + 1], Tag::Noun | Tag::Name | Tag::Adj)
        {
            tags[i] = Tag::Poss;
        }
        // "accused her of it": no owner where nothing owned follows
        if tokens[i].is("her")
            && tags[i] == Tag::Poss
            && !tags.get(i + 1).is_some_and(|t| {
                matches!(t, Tag::Noun | Tag::Name | Tag::Adj | Tag::Num | Tag::Adv | Tag::Verb)
            })
        {
            tags[i] = Tag::Pron;
        }
        // "the government first banned it"
        let verb_next = tags.get(i + 1) == Some(&Tag::Verb) && i > 0;
        if verb_next
            && matches!(tokens[i].folded.as_str(), "first" | "twice" | "then" | "finally")
            && matches!(tags[i - 1], Tag::Noun | Tag::Name | Tag::Pron | Tag::Have)
        {
            tags[i] = Tag::Adv;
        }
        // "in return, in response": said of the whole clause
        let clause = i > 0
            && tokens[i - 1].is("in")
            && matches!(
                tokens[i].folded.as_str(),
                "return"
                    | "response"
                    | "turn"
                    | "retaliation"
                    | "addition"
                    | "exchange"
                    | "fact"
                    | "protest"
                    | "reply"
            )
            && !tokens.get(i + 1).is_some_and(|t| matches!(t.folded.as_str(), "to" | "for" | "of"));
        if clause {
            (tags[i - 1], tags[i]) = (Tag::Adv, Tag::Adv);
        }
    }
    tags
}

/// A whole sentence has a finite verb: where none was found, the first word that may be one and
/// stands behind its subject is it ("the league calls on the island to pay").
fn find_predicate(tokens: &[Token], tags: &mut [Tag]) {
    let whole = tokens.last().is_some_and(|t| matches!(t.folded.as_str(), "." | "!" | "?"));
    let finite = |i: usize| match tags[i] {
        Tag::Be | Tag::Have | Tag::Do | Tag::Modal => true,
        // "to disarm" is no predicate
        Tag::Verb => {
            let form = words().verbs.get(tokens[i].folded.as_str());
            form.is_some_and(|f| !f.ing) && (i == 0 || tags[i - 1] != Tag::To)
        }
        _ => false,
    };
    if !whole || (0..tokens.len()).any(finite) {
        return;
    }
    let found = (1..tokens.len()).find(|i| {
        let form = words().verbs.get(tokens[*i].folded.as_str());
        let subject = match tags[i - 1] {
            Tag::Name => true,
            Tag::Noun => is_plural(&tokens[i - 1]) != form.is_some_and(|f| f.third),
            _ => false,
        };
        let goes_on = tags.get(i + 1).is_some_and(|t| {
            matches!(
                t,
                Tag::Prep
                    | Tag::To
                    | Tag::Det
                    | Tag::Name
                    | Tag::Pron
                    | Tag::Poss
                    | Tag::Num
                    | Tag::Adv
            )
        });
        tags[*i] == Tag::Noun
            && form.is_some_and(|f| (f.third || f.base) && f.noun_too)
            && !tokens[*i].capital
            && subject
            && goes_on
    });
    if let Some(i) = found {
        tags[i] = Tag::Verb;
    }
}

fn first_guess(tokens: &[Token], before: &[Tag], i: usize, shouting: bool) -> Tag {
    let token = &tokens[i];
    let last = before.last().copied();
    match token.kind {
        Kind::Mark => return Tag::Punct,
        Kind::Number => {
            // "1,500-kilometer" describes what follows
            return if token.folded.contains('-') { Tag::Adj } else { Tag::Num };
        }
        Kind::Possessive => {
            let contracted = last == Some(Tag::Pron);
            return if contracted { Tag::Be } else { Tag::Poss };
        }
        Kind::Word => {}
    }
    let folded = token.folded.as_str();
    let opening = i == 0 || (last == Some(Tag::Punct) && opens_sentence(&tokens[i - 1]));
    let large = token.capital && !opening && !shouting;
    let acronym = is_acronym(token) && !shouting;
    if acronym {
        return Tag::Name;
    }
    if let Some(tag) = words().closed.get(folded) {
        // "has since left", "the rest have since"
        if folded == "since" && matches!(last, Some(Tag::Have | Tag::Be)) {
            return Tag::Adv;
        }
        if *tag == Tag::Modal && large && folded == "may" {
            return Tag::Noun;
        }
        // a closed word written large inside a name: "the Call To Order Party"
        return *tag;
    }
    if words().calendar.contains(folded) && token.capital {
        return Tag::Noun;
    }
    // "twenty-one soldiers"
    if !large && folded.contains('-') && small(folded).is_some() {
        return Tag::Num;
    }
    if large {
        return Tag::Name;
    }
    if token.article_name {
        return Tag::Name;
    }
    if folded.contains('-') {
        return match folded.rsplit('-').next() {
            Some(end) if token.capital && !end.ends_with("ed") && end != "led" => Tag::Name,
            Some(end)
                if end.ends_with("ed") || end.ends_with("ing") || end == "led" || end == "born" =>
            {
                Tag::Adj
            }
            _ if words().verbs.contains_key(folded) => Tag::Verb,
            _ => Tag::Noun,
        };
    }
    if words().verbs.contains_key(folded) {
        return Tag::Verb;
    }
    let made = ["ize", "ise", "ify"].iter().any(|e| folded.len() > 6 && folded.ends_with(e));
    if made && last == Some(Tag::To) {
        return Tag::Verb;
    }
    if folded.len() > 4 && folded.ends_with("ly") {
        return Tag::Adv;
    }
    // "Gunmen of the front": people, and nobody's name
    let people =
        || words().people.contains(folded) || words().people.contains(singular(folded).as_str());
    if token.capital && opening && !shouting && !words().is_ordinary(folded) && !people() {
        return Tag::Name;
    }
    Tag::Noun
}

fn opens_sentence(mark: &Token) -> bool {
    matches!(mark.folded.as_str(), "“" | "\"" | ":" | "•" | "-" | "‘" | ".")
}

/// Two capitals or more and nothing small, or single letters with stops.
fn is_acronym(token: &Token) -> bool {
    token.upper && token.folded.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// Decides whether a word that has a verb's form is a verb here.
fn settle_verb(tokens: &[Token], tags: &[Tag], i: usize) -> Tag {
    let Some(form) = words().verbs.get(tokens[i].folded.as_str()) else {
        return Tag::Verb;
    };
    // adverbs between do not matter: "was later released", "to quickly leave"
    let mut j = i;
    while j > 0 && matches!(tags[j - 1], Tag::Adv | Tag::Neg) {
        j -= 1;
    }
    let before = (j > 0).then(|| tags[j - 1]);
    let after = tags.get(i + 1).copied();
    if matches!(before, Some(Tag::To | Tag::Modal | Tag::Do)) && form.base {
        // "according to plan", "the right to work": a bare noun may follow, but a verb is likelier
        return Tag::Verb;
    }
    if matches!(before, Some(Tag::Be | Tag::Have))
        && (form.participle || form.ing)
        && !is_plain_noun(form)
    {
        return Tag::Verb;
    }
    let nominal_after = matches!(after, Some(Tag::Noun | Tag::Name | Tag::Verb | Tag::Num));
    if form.ing {
        let listed = matches!(before, Some(Tag::Punct | Tag::Conj))
            && matches!(after, Some(Tag::Conj | Tag::Punct) | None);
        let modifies =
            matches!(before, Some(Tag::Name | Tag::Adj)) && matches!(after, Some(Tag::Noun));
        // "since fighting resumed": what resumes is named
        let subject = matches!(before, Some(Tag::Sub | Tag::Prep) | None)
            && tokens.get(i + 1).is_some_and(|t| {
                words()
                    .verbs
                    .get(t.folded.as_str())
                    .is_some_and(|f| (f.past || f.third) && !f.noun_too)
            });
        return match before {
            Some(Tag::Det | Tag::Poss) => Tag::Noun,
            _ if subject => Tag::Noun,
            _ if listed || modifies => Tag::Noun,
            Some(Tag::Noun | Tag::Name)
                if matches!(after, Some(Tag::Prep | Tag::Punct) | None) && form.noun_too =>
            {
                Tag::Noun
            }
            _ => Tag::Verb,
        };
    }
    let described = form.participle_adjective
        && form.participle
        && matches!(after, Some(Tag::Noun))
        // "Venn, a former judge, promised elections": behind what is said of him stands the verb
        && !matches!(before, Some(Tag::Pron))
        && !(before == Some(Tag::Punct) && tokens[j - 1].is(",") && j > 3);
    let after_compound =
        j > 0 && tokens[j - 1].folded.contains('-') && matches!(after, Some(Tag::Noun));
    if form.participle && (described || after_compound && before == Some(Tag::Adj)) {
        return Tag::Adj;
    }
    if form.past || form.participle {
        if form.base && form.noun_too && matches!(before, Some(Tag::Det | Tag::Poss | Tag::Num)) {
            return Tag::Noun;
        }
        return match before {
            Some(Tag::Det | Tag::Poss | Tag::Num) if nominal_after => Tag::Adj,
            Some(Tag::Det | Tag::Poss) => Tag::Noun,
            Some(Tag::Prep | Tag::To) if nominal_after => Tag::Adj,
            None if nominal_after => Tag::Adj,
            _ => Tag::Verb,
        };
    }
    if form.adjective_too && form.base && !matches!(before, Some(Tag::Pron)) {
        return if matches!(after, Some(Tag::Det)) { Tag::Verb } else { Tag::Adj };
    }
    if !form.noun_too {
        return match before {
            Some(Tag::Det | Tag::Poss) => Tag::Noun,
            _ => Tag::Verb,
        };
    }
    // "Korrinese rebels who", "from harbour guards that": people are nouns but before an object
    let follows = tokens.get(i + 1).map_or("", |t| t.folded.as_str());
    let people = words().people.contains(singular(&tokens[i].folded).as_str());
    let relative = matches!(follows, "who" | "which" | "whom" | "whose" | "that");
    if people && relative && matches!(before, Some(Tag::Noun | Tag::Name | Tag::Adj)) {
        return Tag::Noun;
    }
    // base and -s forms that are nouns too
    match before {
        Some(Tag::Pron) => Tag::Verb,
        Some(Tag::Det | Tag::Poss | Tag::Adj | Tag::Num | Tag::Prep | Tag::Have | Tag::Be)
        | None => Tag::Noun,
        Some(Tag::Noun | Tag::Name) => {
            let object = matches!(after, Some(Tag::Det | Tag::Pron | Tag::Name | Tag::Poss))
                || tokens.get(i + 1).is_some_and(|t| t.is("that"));
            let plural_before = j > 0 && is_plural(&tokens[j - 1]);
            // "ministers meet the", "the minister meets the": number agrees with the form
            if object && (form.third != plural_before || tags[j - 1] == Tag::Name) {
                Tag::Verb
            } else {
                Tag::Noun
            }
        }
        _ if matches!(after, Some(Tag::Det | Tag::Pron)) => Tag::Verb,
        _ => Tag::Noun,
    }
}

fn is_plain_noun(form: &VerbForm) -> bool {
    form.noun_too && form.base
}

fn is_plural(token: &Token) -> bool {
    token.folded.ends_with('s')
        || matches!(token.folded.as_str(), "people" | "police" | "men" | "women" | "children")
}
