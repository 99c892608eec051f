//! Judgements on names, appended to their file and taken away from it.

use std::path::Path;

use jiff::civil::Date;

use super::edit::{append_to, text};
use super::write::{About, NotWritten, before, changes, sound};
use crate::folder::Folder;
use crate::judgement::{self, Decided};
use crate::transaction::{Change, commit};

/// Appends a judgement on a name and an actor.
///
/// # Errors
/// If there is no such actor, the words cited are not in their document, or the file cannot be written.
pub fn judge(
    root: &Path,
    decided: Decided,
    (name, actor): (&str, &str),
    cited: Option<(&str, &str)>,
    about: &About,
    today: Date,
) -> Result<String, NotWritten> {
    let folder = Folder::read(root)?;
    let first = before(&folder);
    let mut lines =
        vec![("decided", text(decided.word())), ("name", text(name)), ("actor", text(actor))];
    lines.push(("by", text(about.by.as_deref().unwrap_or("unnamed"))));
    lines.push(("on", about.on.unwrap_or(today).to_string()));
    lines.push(("why", text(about.why.as_deref().unwrap_or_default())));
    if let Some((source, quote)) = cited {
        let at = place_of(&folder, source, quote)?;
        lines.push(("source", text(source)));
        lines.push(("quote", text(quote)));
        lines.push(("at", text(&at)));
    }
    let mut texts = first.clone();
    append_to(texts.entry(judgement::FILE.to_owned()).or_default(), "judgement", &lines);
    sound(&folder, &texts)?;
    commit(root, &changes(&first, &texts))?;
    Ok(lines.iter().map(|(n, v)| format!("{n} = {v}\n")).collect())
}

/// Where the words stand in the document of a source.
fn place_of(folder: &Folder, key: &str, quote: &str) -> Result<String, NotWritten> {
    let case = folder.build_for_review();
    let document = case.as_ref().and_then(|c| c.source(key)?.document.clone());
    let path = document.and_then(|d| folder.documents.get(d.get_ref()).cloned());
    let path = path.ok_or_else(|| {
        NotWritten::Asked(format!("{key}: the case has no source of that key with a document"))
    })?;
    let content = crate::folder::read_text(&path)?;
    match content.find(quote) {
        Some(at) => Ok(format!("bytes {at}..{}", at + quote.len())),
        None => Err(NotWritten::Asked(format!(
            "{}: the document does not hold \"{quote}\"",
            path.display()
        ))),
    }
}

/// Takes away the last judgement on a name and an actor.
///
/// # Errors
/// If there is none, or the file cannot be written.
pub fn take_back(root: &Path, name: &str, actor: &str) -> Result<String, NotWritten> {
    let folder = Folder::read(root)?;
    let mut faults = Vec::new();
    let all = judgement::judgements(&folder.map, &mut faults);
    if let Some(fault) = faults.first() {
        return Err(NotWritten::Fault(fault.line(&folder.map)));
    }
    let key = evidence::name_key(name);
    let at = all
        .iter()
        .rposition(|j| evidence::name_key(j.name.get_ref()) == key && j.actor.get_ref() == actor);
    let Some(at) = at else {
        return Err(NotWritten::Asked(format!("nothing was judged of \"{name}\" and \"{actor}\"")));
    };
    let was = before(&folder).remove(judgement::FILE).unwrap_or_default();
    let (now, taken) = judgement::without(&was, at);
    let after = (!now.trim().is_empty()).then_some(now);
    commit(root, &[Change { file: judgement::FILE.to_owned(), before: Some(was), after }])?;
    Ok(taken)
}
