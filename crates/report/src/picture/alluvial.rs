//! Streams through stages: the drawing that the two Sankey pictures share.
//!
//! Every stream passes one node of each stage and keeps its hue from end to end. Nodes of a stage
//! stand in the order that makes streams cross little (weighted middles of their neighbours, swept
//! forwards and backwards), and small nodes are folded into one of the rest.

use super::Frame;
use crate::numbers;
use crate::svg::palette::Hue;
use crate::svg::{Canvas, Type, at};
use std::collections::BTreeMap;

/// The nodes that streams pass in one place: patrons, channels, bodies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stage {
    pub name: String,
    pub nodes: Vec<String>,
}

/// One stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stream {
    /// Its node in each stage.
    pub stops: Vec<usize>,
    pub value: f64,
    pub hue: Hue,
    /// Struck through along its whole length.
    pub struck: bool,
}

/// The streams and their stages.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Streams {
    pub stages: Vec<Stage>,
    pub streams: Vec<Stream>,
}

const BAR: f64 = 7.0;

impl Streams {
    pub(crate) fn total(&self) -> f64 {
        self.streams.iter().map(|stream| stream.value).sum()
    }

    /// What flows through each node of a stage.
    pub(crate) fn through(&self, stage: usize) -> Vec<f64> {
        let mut sums = vec![0.0; self.stages[stage].nodes.len()];
        for stream in &self.streams {
            sums[stream.stops[stage]] += stream.value;
        }
        sums
    }

    /// The same with at most `most` nodes a stage: those below 1 % of the whole or beyond the
    /// greatest are folded into one, "4 others". Gives too what was folded, a sentence a stage.
    pub(crate) fn folded(&self, most: usize) -> (Streams, Vec<String>) {
        let total = self.total();
        let mut folded = Streams { stages: Vec::new(), streams: self.streams.clone() };
        let mut notes = Vec::new();
        for (place, stage) in self.stages.iter().enumerate() {
            let sums = self.through(place);
            let mut order: Vec<usize> = (0..sums.len()).filter(|node| sums[*node] > 0.0).collect();
            order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]).then(a.cmp(b)));
            let big = order.iter().filter(|node| sums[**node] >= 0.01 * total).count();
            let kept = match big.min(most) {
                kept if kept + 1 == order.len() && kept < most => order.len(),
                kept if kept + 1 == order.len() => kept - 1,
                kept => kept,
            };
            let mut nodes: Vec<String> =
                order[..kept].iter().map(|node| stage.nodes[*node].clone()).collect();
            if kept < order.len() {
                let words = format!("{} others", numbers::whole((order.len() - kept) as f64));
                let names: Vec<&str> =
                    order[kept..].iter().map(|node| stage.nodes[*node].as_str()).collect();
                notes.push(format!("{}, {words}: {}.", stage.name, names.join(", ")));
                nodes.push(words);
            }
            let mut moved = vec![nodes.len().saturating_sub(1); sums.len()];
            for (new, old) in order[..kept].iter().enumerate() {
                moved[*old] = new;
            }
            for stream in &mut folded.streams {
                stream.stops[place] = moved[stream.stops[place]];
            }
            folded.stages.push(Stage { name: stage.name.clone(), nodes });
        }
        folded.streams.retain(|stream| stream.value > 0.0);
        (folded, notes)
    }

    /// The nodes of each stage from top to bottom.
    fn orders(&self) -> Vec<Vec<usize>> {
        let count = self.stages.len();
        let mut orders: Vec<Vec<usize>> = (0..count)
            .map(|stage| {
                let sums = self.through(stage);
                let mut order: Vec<usize> = (0..sums.len()).collect();
                order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]).then(a.cmp(b)));
                order
            })
            .collect();
        for sweep in 0..4 {
            for step in 1..count {
                let (stage, near) = if sweep % 2 == 0 {
                    (step, step - 1)
                } else {
                    (count - 1 - step, count - step)
                };
                let mut places = vec![0.0; orders[near].len()];
                for (place, node) in orders[near].iter().enumerate() {
                    places[*node] = place as f64;
                }
                let sums = self.through(stage);
                let mut middles = vec![0.0; sums.len()];
                for stream in &self.streams {
                    middles[stream.stops[stage]] += stream.value * places[stream.stops[near]];
                }
                for (middle, sum) in middles.iter_mut().zip(&sums) {
                    *middle /= sum.max(1e-300);
                }
                orders[stage].sort_by(|a, b| middles[*a].total_cmp(&middles[*b]).then(a.cmp(b)));
            }
        }
        orders
    }
}

/// A node where it is drawn.
#[derive(Clone, Copy, Default)]
struct Box {
    place: usize,
    y: f64,
    tall: f64,
}

/// Draws the streams from `top` and gives the y beneath them. `words` says a value.
pub(crate) fn draw(
    canvas: &mut Canvas,
    frame: Frame,
    top: f64,
    streams: &Streams,
    words: &dyn Fn(f64) -> String,
) -> f64 {
    let count = streams.stages.len();
    let most = streams.stages.iter().map(|stage| stage.nodes.len()).max().unwrap_or(0) as f64;
    let (gap, flow) = (frame.pick(20.0, 48.0), frame.pick(300.0, 250.0));
    let first = top + frame.pick(26.0, 66.0);
    let height = flow + gap * (most - 1.0).max(0.0);
    let unit = flow / streams.total().max(1e-300);
    let ends = [0, count - 1].into_iter().flat_map(|stage| {
        let sums = streams.through(stage);
        let nodes = &streams.stages[stage].nodes;
        let wide = |(name, sum): (&String, f64)| {
            Type::LABEL.width(name) + 16.0 + Type::SMALL.width(&words(sum))
        };
        nodes.iter().zip(sums).map(wide).collect::<Vec<_>>()
    });
    let margin = frame.pick(ends.fold(60.0, f64::max).min(150.0), 0.0);
    let pitch = frame.pick(
        (canvas.width() - 2.0 * margin - BAR) / (count as f64 - 1.0).max(1.0),
        canvas.width() / count as f64,
    );
    let x = |stage: usize| margin + stage as f64 * pitch;
    let boxes: Vec<Vec<Box>> = streams
        .orders()
        .iter()
        .enumerate()
        .map(|(stage, order)| {
            let sums = streams.through(stage);
            let taken = flow + gap * (order.len() as f64 - 1.0);
            let mut y = first + frame.pick((height - taken) / 2.0, 0.0);
            let mut boxes = vec![Box::default(); order.len()];
            for (place, node) in order.iter().enumerate() {
                let tall = sums[*node] * unit;
                boxes[*node] = Box { place, y, tall };
                y += tall + gap;
            }
            boxes
        })
        .collect();
    for stage in 1..count {
        ribbons(canvas, streams, &boxes, stage, (x(stage - 1) + BAR, x(stage)), unit);
    }
    for (stage, nodes) in streams.stages.iter().enumerate() {
        let room = match frame {
            Frame::Wide if stage == 0 || stage + 1 == count => margin - 10.0,
            Frame::Wide => pitch - BAR - 14.0,
            Frame::Narrow => pitch - 5.0,
        };
        let last = stage + 1 == count && frame.is_wide();
        let (head, kind) = match frame {
            Frame::Wide if stage == 0 => (x(0) + BAR, Type::SMALL.end()),
            _ => (x(stage), Type::SMALL),
        };
        let head_room = if last { margin + BAR } else { room };
        canvas.text((head, top + 12.0), &kind.fit(&nodes.name, head_room), kind);
        let sums = streams.through(stage);
        for ((name, node), value) in nodes.nodes.iter().zip(&boxes[stage]).zip(&sums) {
            canvas.rect((x(stage), node.y), (BAR, node.tall.max(1.0)), "f-ink");
            let value = words(*value);
            match frame {
                Frame::Narrow => above(canvas, (x(stage), node.y), room, name, &value),
                Frame::Wide => {
                    let left = stage == 0;
                    let edge = if left { x(0) - 8.0 } else { x(stage) + BAR + 7.0 };
                    beside(canvas, (edge, node, gap), left, room, name, &value);
                }
            }
        }
    }
    first + height + 12.0
}

/// The name and the value beside a bar, over as many lines as its height allows.
fn beside(
    canvas: &mut Canvas,
    (edge, node, gap): (f64, &Box, f64),
    left: bool,
    room: f64,
    name: &str,
    value: &str,
) {
    let turn = |kind: Type| if left { kind.end() } else { kind };
    let plain = Type { soft: false, ..Type::SMALL };
    let (names, values) = (turn(Type::LABEL.halo()), turn(plain.halo()));
    let middle = node.y + node.tall / 2.0;
    let both = names.width(name) + 6.0 + values.width(value);
    let lines = ((node.tall + gap - 2.0) / 16.0).floor() as usize;
    if both <= room || lines < 2 {
        let name = names.fit(name, room - 6.0 - values.width(value));
        let ahead = if left { values.width(value) } else { names.width(&name) } + 6.0;
        let (at_name, at_value) = if left { (edge - ahead, edge) } else { (edge, edge + ahead) };
        canvas.text((at_name, middle + 4.5), &name, names);
        canvas.text((at_value, middle + 4.5), value, values);
        return;
    }
    let name = names.wrap(name, room, (lines - 1).min(3));
    let from = middle + 4.5 - 8.0 * name.len() as f64;
    let last = canvas.lines((edge, from), &name, 16.0, names);
    let under = if name.is_empty() { from } else { last + 16.0 };
    canvas.text((edge, under), &values.fit(value, room), values);
}

/// The name and the value above a bar, on a telephone.
fn above(canvas: &mut Canvas, (x, y): (f64, f64), room: f64, name: &str, value: &str) {
    let names = Type { size: 12.0, ..Type::LABEL }.halo();
    let lines = names.wrap(name, room, 2);
    let from = y - 18.0 - 13.5 * (lines.len() as f64 - 1.0);
    canvas.lines((x, from), &lines, 13.5, names);
    canvas.text((x, y - 4.5), &Type::SMALL.fit(value, room), Type::SMALL.halo());
}

/// The ribbons into one stage from the one before it.
fn ribbons(
    canvas: &mut Canvas,
    streams: &Streams,
    boxes: &[Vec<Box>],
    stage: usize,
    (from_x, to_x): (f64, f64),
    unit: f64,
) {
    // (place of the source, place of the target, hue, struck) -> (source, target, value)
    type Key = (usize, usize, String, bool);
    let mut links: BTreeMap<Key, (usize, usize, f64, Hue)> = BTreeMap::new();
    for stream in &streams.streams {
        let (from, to) = (stream.stops[stage - 1], stream.stops[stage]);
        let places = (boxes[stage - 1][from].place, boxes[stage][to].place);
        let key = (places.0, places.1, stream.hue.fill(), stream.struck);
        links.entry(key).or_insert((from, to, 0.0, stream.hue)).2 += stream.value;
    }
    let mut leaving: Vec<f64> = boxes[stage - 1].iter().map(|node| node.y).collect();
    let mut arriving: Vec<f64> = boxes[stage].iter().map(|node| node.y).collect();
    let mut into: Vec<(&Key, f64)> = Vec::new();
    let mut ends: BTreeMap<&Key, f64> = BTreeMap::new();
    for (key, (_, _, value, _)) in &links {
        into.push((key, *value));
    }
    into.sort_by(|a, b| (a.0.1, a.0.0, &a.0.2, a.0.3).cmp(&(b.0.1, b.0.0, &b.0.2, b.0.3)));
    for (key, value) in into {
        let to = links[key].1;
        ends.insert(key, arriving[to]);
        arriving[to] += value * unit;
    }
    for (key, (from, _, value, hue)) in &links {
        let (start, end) = (leaving[*from], ends[key]);
        leaving[*from] += value * unit;
        let tall = (value * unit).max(0.5);
        let middle = at((from_x + to_x) / 2.0);
        let (x0, x1) = (at(from_x), at(to_x));
        let commands = format!(
            "M{x0} {}C{middle} {} {middle} {} {x1} {}V{}C{middle} {} {middle} {} {x0} {}Z",
            at(start),
            at(start),
            at(end),
            at(end),
            at(end + tall),
            at(end + tall),
            at(start + tall),
            at(start + tall)
        );
        canvas.path(&commands, &format!("{} flow", hue.fill()));
        if let Some(texture) = hue.texture() {
            canvas.overlay(&commands, texture);
        }
        if key.3 {
            canvas.overlay(&commands, "strike");
        }
    }
}

/// The place of a name in a stage, which takes it up where it is new.
pub(crate) fn node(stage: &mut Stage, name: String) -> usize {
    if let Some(place) = stage.nodes.iter().position(|known| *known == name) {
        return place;
    }
    stage.nodes.push(name);
    stage.nodes.len() - 1
}

/// The greatest nodes of a stage in words: "Harbour 20%, Plain 11%".
pub(crate) fn greatest(
    streams: &Streams,
    stage: usize,
    most: usize,
    words: &dyn Fn(f64) -> String,
) -> String {
    let sums = streams.through(stage);
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]).then(a.cmp(b)));
    let parts: Vec<String> = order
        .iter()
        .take(most)
        .map(|node| format!("{} {}", streams.stages[stage].nodes[*node], words(sums[*node])))
        .collect();
    parts.join(", ")
}

/// The notes of the table: the sum at each node, and what each drawing folds.
pub(crate) fn notes(
    streams: &Streams,
    most: (usize, usize),
    rest: &str,
    words: &dyn Fn(f64) -> String,
) -> Vec<String> {
    let mut notes: Vec<String> = (0..streams.stages.len())
        .map(|place| {
            let sums = greatest(streams, place, usize::MAX, words);
            format!("By column “{}”: {sums}.", streams.stages[place].name)
        })
        .collect();
    for most in [most.0, most.1] {
        let (folded, left) = streams.folded(most);
        for (place, stage) in folded.stages.iter().enumerate() {
            let sums = folded.through(place);
            let start = format!("{}, ", stage.name);
            if let (Some(line), Some(sum)) =
                (left.iter().find(|line| line.starts_with(&start)), sums.last())
            {
                let line = format!("{} Together {}.", line, words(*sum));
                if !notes.contains(&line) {
                    notes.push(line);
                }
            }
        }
        if !left.is_empty() && !notes.iter().any(|line| line == rest) {
            notes.push(rest.to_owned());
        }
    }
    notes
}
