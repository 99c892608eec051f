//! A source for a document the case does not cite yet: its entry in `sources.toml`, and a copy of its text where
//! the document itself lies elsewhere.

use std::io::ErrorKind;
use std::path::Path;

use evidence::Store;

use super::edit::{NoEdit, Texts, add_source, text};
use super::imported::{Import, kept};
use super::material::Place;
use super::names::slug;
use super::write::About;
use crate::folder::Folder;

/// Keys of the sources in the texts.
fn keys(texts: &Texts) -> Vec<String> {
    let tables = texts.iter().filter(|(name, _)| name.ends_with(".toml"));
    let tables = tables.filter_map(|(_, text)| text.parse::<toml::Table>().ok());
    let key = |source: &toml::Value| Some(source.get("key")?.as_str()?.to_owned());
    tables
        .filter_map(|t| {
            Some(t.get("source")?.as_array()?.iter().filter_map(key).collect::<Vec<_>>())
        })
        .flatten()
        .collect()
}

/// Whether the case has a source of that key.
pub(super) fn known(texts: &Texts, key: &str) -> bool {
    keys(texts).iter().any(|k| k == key)
}

/// Adds the source of a document and gives its key.
pub(super) fn add(
    folder: &Folder,
    store: &Store,
    place: &Place,
    about: &About,
    texts: &mut Texts,
) -> Result<String, NoEdit> {
    if let Some(import) = kept(&folder.root).iter().find(|i| i.hash == place.document) {
        return Ok(add_table(import, about, texts));
    }
    let documents = store.documents()?;
    let entry = documents
        .into_iter()
        .find(|d| d.source_key == place.source && d.id == place.document)
        .ok_or_else(|| NoEdit::DocumentGone(place.source.clone()))?;
    let content = store.text(&entry.id)?.unwrap_or_default();
    let stem = Path::new(&place.source).file_stem().and_then(|s| s.to_str()).unwrap_or("document");
    let mut key = slug(stem);
    if key.is_empty() {
        key = entry.id.chars().take(8).collect();
    }
    let document = document(folder, place, &content, &key, texts)?;
    // A second proposal of the same document in one command finds the source there.
    if let Some(known) = cited_already(texts, &document) {
        return Ok(known);
    }
    while known(texts, &key) {
        key.push_str("-2");
    }
    let publisher = (about.publisher.clone().or(entry.publisher))
        .ok_or_else(|| NoEdit::NoPublisher(place.source.clone()))?;
    let dated = entry.dated.filter(|_| entry.dated_exactly);
    let published = (about.published.map(|d| d.to_string()).or(entry.published).or(dated))
        .ok_or_else(|| NoEdit::NoDay(place.source.clone()))?;
    let heading = content.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or(stem);
    let title = (about.title.clone().or(entry.title))
        .unwrap_or_else(|| heading.chars().take(120).collect());
    let rating = about.rating.or_else(|| entry.rating.as_ref().and_then(|r| r.parse().ok()));
    let (letter, digit) = rating.map_or(('F', 6), |r| (r.reliability(), r.credibility()));
    let mut lines = vec![
        ("key", text(&key)),
        ("title", text(&title)),
        ("publisher", text(&publisher)),
        ("published", published),
    ];
    lines.extend(entry.address.as_ref().map(|url| ("url", text(url))));
    lines.push(("reliability", text(&letter.to_string())));
    lines.push(("credibility", digit.to_string()));
    lines.push(("document", text(&document)));
    add_source(texts, &lines);
    if !folder.documents.contains_key(&document) {
        texts.insert(document, content);
    }
    Ok(key)
}

/// Adds the source of a table that was taken in and gives its key. The table itself stays where it was: it may be large,
/// and its terms may forbid to hand it on.
fn add_table(import: &Import, about: &About, texts: &mut Texts) -> String {
    let published = about.published.unwrap_or(import.published);
    let (letter, digit) = about.rating.map_or(('F', 6), |r| (r.reliability(), r.credibility()));
    let mut lines = vec![
        ("key", text(&import.key)),
        ("title", text(about.title.as_ref().unwrap_or(&import.title))),
        ("publisher", text(about.publisher.as_ref().unwrap_or(&import.publisher))),
        ("published", published.to_string()),
    ];
    lines.extend(import.url.as_ref().map(|url| ("url", text(url))));
    lines.push(("reliability", text(&letter.to_string())));
    lines.push(("credibility", digit.to_string()));
    lines.push(("note", text(&import.note())));
    add_source(texts, &lines);
    import.key.clone()
}

/// The document's path within the case: the file itself if it lies there and holds the words, else a new one.
///
/// # Errors
/// [`NoEdit::Unread`]: a file that cannot be looked at may be the one.
fn document(
    folder: &Folder,
    place: &Place,
    content: &str,
    key: &str,
    texts: &Texts,
) -> Result<String, NoEdit> {
    let unread = |path: &Path, error: &std::io::Error| {
        NoEdit::Unread(path.display().to_string(), error.to_string())
    };
    let real = |path: &Path| match std::fs::canonicalize(path) {
        Ok(real) => Ok(Some(real)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unread(path, &error)),
    };
    if let Some(wanted) = real(Path::new(&place.source))? {
        for (name, path) in &folder.documents {
            if real(path)?.as_ref() != Some(&wanted) {
                continue;
            }
            match std::fs::read_to_string(path) {
                Ok(text) if text.contains(&place.quote) => return Ok(name.clone()),
                // What is no text holds no quote: it is kept as it was read.
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::InvalidData => {}
                Err(error) => return Err(unread(path, &error)),
            }
        }
    }
    let mut name = format!("documents/{key}.txt");
    let other = |name: &String| match texts.get(name) {
        Some(text) => text != content,
        None => folder.documents.contains_key(name),
    };
    while other(&name) {
        name = format!("{}-2.txt", name.trim_end_matches(".txt"));
    }
    Ok(name)
}

/// The key of a source of that document.
fn cited_already(texts: &Texts, document: &str) -> Option<String> {
    let tables = texts.iter().filter(|(name, _)| name.ends_with(".toml"));
    let tables = tables.filter_map(|(_, text)| text.parse::<toml::Table>().ok());
    let mut sources = tables
        .flat_map(|t| t.get("source").and_then(|s| s.as_array()).cloned().unwrap_or_default());
    let found = sources.find(|s| s.get("document").and_then(|d| d.as_str()) == Some(document))?;
    found.get("key")?.as_str().map(str::to_owned)
}
