//! Straight scales and round ticks.

/// Maps a span of values onto a span of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: (f64, f64),
    onto: (f64, f64),
}

impl Scale {
    /// A scale. A span of no length is widened by one, so that mapping never divides by zero.
    pub fn new(from: (f64, f64), onto: (f64, f64)) -> Scale {
        let from = if from.1 - from.0 > 0.0 { from } else { (from.0, from.0 + 1.0) };
        Scale { from, onto }
    }

    /// A scale whose ends are ticks, about `count` of them; returns the ticks too.
    pub fn nice(
        from: (f64, f64),
        onto: (f64, f64),
        count: usize,
        whole: bool,
    ) -> (Scale, Vec<f64>) {
        let from = if from.1 - from.0 > 0.0 { from } else { (from.0, from.0 + 1.0) };
        let step = step(from.1 - from.0, count, whole);
        let (first, last) = ((from.0 / step).floor(), (from.1 / step - 1e-9).ceil());
        let scale = Scale::new((first * step, last * step), onto);
        let ticks = (0..=(last - first) as usize).map(|k| (first + k as f64) * step).collect();
        (scale, ticks)
    }

    /// The place of a value, kept within the drawing's span.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value - self.from.0) / (self.from.1 - self.from.0);
        self.onto.0 + share.clamp(0.0, 1.0) * (self.onto.1 - self.onto.0)
    }

    /// The length that a difference of values takes.
    pub fn length(&self, difference: f64) -> f64 {
        difference / (self.from.1 - self.from.0) * (self.onto.1 - self.onto.0)
    }

    /// The values at the ends.
    pub fn ends(&self) -> (f64, f64) {
        self.from
    }
}

/// A round step (1, 2, 2.5 or 5 times a power of ten) that cuts `span` into about `count` parts;
/// never below 1 where values are whole.
pub fn step(span: f64, count: usize, whole: bool) -> f64 {
    let rough = span / count.max(1) as f64;
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    let choices = [1.0, 2.0, 2.5, 5.0, 10.0];
    let fitting = choices
        .iter()
        .map(|choice| choice * power)
        .find(|step| *step >= rough * 0.999 && (!whole || step.fract() == 0.0))
        .unwrap_or(10.0 * power);
    if whole { fitting.max(1.0).round() } else { fitting }
}
