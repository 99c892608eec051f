//! The story told from the page around it.
//!
//! Every container is weighed by the running text under it: paragraphs of some length that are not
//! mostly links. The story is the innermost container the page itself names (`article`, `main`, an
//! article's body) that holds at least half of that text, else the innermost of any kind that holds
//! at least four fifths. Regions whose class or id names furniture are left out, unless most of the
//! page's text is in one, for then the name misleads. Within the story, blocks that are mostly links
//! go: tags, teasers, lists of other stories. After Kohlschütter, Fankhauser and Nejdl's finding that
//! length and share of links tell most (kohlschuetter2010). *Judged*: the shares.

use super::{Container, Found};
use crate::decode::page::Kind;

/// A paragraph of running text has at least so many bytes.
const PARAGRAPH: usize = 60;

/// The blocks of the story in order, and how many others were dropped.
pub(super) fn choose<'a>(found: &'a [Found], containers: &[Container]) -> (Vec<&'a Found>, usize) {
    let dropped_regions = regions(found, containers);
    let stays = |b: &Found| !dropped_regions[b.container];
    let weights = weigh(found.iter().filter(|b| stays(b)), containers);
    let whole = weights[0];
    // containers are numbered outside in: the last that holds enough is an innermost one
    let holding = |share: usize, story: bool| {
        (0..containers.len())
            .rev()
            .find(|c| (!story || containers[*c].story) && weights[*c] * 100 >= whole * share)
    };
    let story = if whole == 0 { Some(0) } else { holding(50, true).or_else(|| holding(80, false)) };
    let story = story.unwrap_or(0);
    let inside = within(story, containers);
    let mut kept: Vec<&Found> = Vec::new();
    let title = found.iter().find(|b| b.title && stays(b));
    if let Some(title) = title.filter(|t| !inside[t.container]) {
        kept.push(title);
    }
    let links = link_lists(found);
    kept.extend(
        found
            .iter()
            .enumerate()
            .filter(|(i, b)| inside[b.container] && stays(b) && !links[*i])
            .map(|(_, b)| b),
    );
    let dropped = found.len() - kept.len();
    (kept, dropped)
}

fn is_running(block: &Found) -> bool {
    let prose = matches!(block.kind, Kind::Paragraph | Kind::Item);
    prose && block.text.len() >= PARAGRAPH && block.linked * 2 < block.text.len()
}

/// Bytes of running text under each container.
fn weigh<'a>(blocks: impl Iterator<Item = &'a Found>, containers: &[Container]) -> Vec<usize> {
    let mut out = vec![0; containers.len()];
    for block in blocks.filter(|b| is_running(b)) {
        out[block.container] += block.text.len();
    }
    // parents come before their children
    for c in (1..containers.len()).rev() {
        out[containers[c].parent] += out[c];
    }
    out
}

/// Which containers lie in a region that is furniture by name.
fn regions(found: &[Found], containers: &[Container]) -> Vec<bool> {
    let weights = weigh(found.iter(), containers);
    let mut out = vec![false; containers.len()];
    for c in 1..containers.len() {
        let named = containers[c].perhaps && weights[c] * 2 < weights[0].max(1);
        out[c] = out[containers[c].parent] || named;
    }
    out
}

fn within(story: usize, containers: &[Container]) -> Vec<bool> {
    let mut out = vec![false; containers.len()];
    out[story] = true;
    for c in story + 1..containers.len() {
        out[c] = out[containers[c].parent];
    }
    out
}

/// Blocks that are little but a link, where they stand together or are items; a heading over such a
/// list goes with it.
fn link_lists(found: &[Found]) -> Vec<bool> {
    let linked = |b: &Found| b.linked * 3 >= b.text.len() * 2;
    let mut out = vec![false; found.len()];
    for i in 0..found.len() {
        let block = &found[i];
        if !linked(block) || block.title {
            continue;
        }
        let near = |j: Option<usize>| j.and_then(|j| found.get(j)).is_some_and(linked);
        let company = near(i.checked_sub(1)) || near(Some(i + 1));
        out[i] = block.kind == Kind::Item || company || block.text.len() < PARAGRAPH;
    }
    for i in (0..found.len()).rev() {
        let over = found.get(i + 1).is_some_and(|next| out[i + 1] && linked(next));
        if over && found[i].kind == Kind::Heading && !found[i].title {
            out[i] = true;
        }
    }
    out
}
