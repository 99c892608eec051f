//! One of several shares of a range of runs, for as many machines as there are.

use std::str::FromStr;

use crate::part::BLOCK;

/// Share K of N: 1 is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    which: u32,
    of: u32,
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || format!("\"{text}\": write K/N, such as 3/10, with K from 1 to N");
        let (which, of) = text.split_once('/').ok_or_else(fault)?;
        let share = Self {
            which: which.parse().map_err(|_| fault())?,
            of: of.parse().map_err(|_| fault())?,
        };
        if share.which == 0 || share.which > share.of { Err(fault()) } else { Ok(share) }
    }
}

impl Share {
    /// The runs of the share, first and one after the last. Shares end where blocks of runs end, so
    /// that they are joined without being read; only where there are fewer blocks than shares are
    /// blocks cut. None where there are fewer runs than shares and this one is left without any.
    #[must_use]
    pub fn of(self, [from, to]: [u32; 2]) -> Option<[u32; 2]> {
        let (first, last) = (from / BLOCK, to.div_ceil(BLOCK));
        let cut = |k: u32, low: u32, high: u32| {
            let length = u64::from(high - low) * u64::from(k) / u64::from(self.of);
            low + u32::try_from(length).unwrap_or(high - low)
        };
        let ends = |k: u32| match last - first < self.of {
            true => cut(k, from, to),
            false => cut(k, first, last).saturating_mul(BLOCK).clamp(from, to),
        };
        let share = [ends(self.which - 1), ends(self.which)];
        (share[0] < share[1]).then_some(share)
    }
}

/// The name of the folder of a range of runs.
#[must_use]
pub fn name([from, to]: [u32; 2]) -> String {
    format!("runs-{from:010}-{to:010}")
}
