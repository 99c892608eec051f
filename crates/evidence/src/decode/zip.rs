//! A ZIP archive read part by part (PKWARE's application note 6.3.10): what office documents are.
//!
//! The directory at its end is believed and nothing else; parts are stored or deflated. A part is
//! unpacked only when it is asked for, at most to a stated size, and refused where it unpacks to more
//! than a thousand times its packed size, is encrypted, or is not what its check sum says.

use std::collections::BTreeMap;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// Most parts of an archive.
const MOST_PARTS: usize = 20_000;
/// Most times its packed size that a part may unpack to, beyond the first mebibyte.
const MOST_RATIO: usize = 1_000;
const FREE_BYTES: usize = 1 << 20;

/// Where a part lies.
#[derive(Clone, Copy, Debug)]
struct Part {
    method: u16,
    encrypted: bool,
    sum: u32,
    packed: usize,
    size: usize,
    at: usize,
}

/// An archive's directory.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<String, Part>,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, String> {
        // the end of the directory, before a comment of at most 65,535 bytes
        let from = bytes.len().saturating_sub(22 + 65_535);
        let end = (from..=bytes.len().saturating_sub(22))
            .rev()
            .find(|at| bytes.get(*at..at + 4) == Some(b"PK\x05\x06"))
            .ok_or("it has no directory at its end, as if cut off")?;
        let count = usize::from(two(bytes, end + 10).ok_or("its directory is cut off")?);
        let mut at = four(bytes, end + 16).ok_or("its directory is cut off")? as usize;
        if count == 0xFFFF || at == 0xFFFF_FFFF || count > MOST_PARTS {
            return Err(format!("it has more than {MOST_PARTS} parts"));
        }
        let mut parts = BTreeMap::new();
        for _ in 0..count {
            let part = bytes
                .get(at..at + 46)
                .filter(|b| b.starts_with(b"PK\x01\x02"))
                .ok_or("its directory is broken")?;
            let small = |at: usize| two(part, at).unwrap_or(0);
            let large = |at: usize| four(part, at).unwrap_or(0);
            let name_long = usize::from(small(28));
            let name = bytes.get(at + 46..at + 46 + name_long).ok_or("its directory is cut off")?;
            parts.entry(String::from_utf8_lossy(name).into_owned()).or_insert(Part {
                method: small(10),
                encrypted: small(8) & 1 == 1,
                sum: large(16),
                packed: large(20) as usize,
                size: large(24) as usize,
                at: large(42) as usize,
            });
            at += 46 + name_long + usize::from(small(30)) + usize::from(small(32));
        }
        Ok(Archive { bytes, parts })
    }

    /// Whether a part of that name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// A part's bytes, at most `most` of them; none where it is not there.
    pub(super) fn part(&self, name: &str, most: usize) -> Result<Option<Vec<u8>>, String> {
        let Some(part) = self.parts.get(name) else { return Ok(None) };
        let fault = |what: &str| format!("its part {name} {what}");
        if part.encrypted {
            return Err(fault("is encrypted: save it without a password"));
        }
        if part.size > most {
            return Err(format!(
                "its part {name} has {} bytes, more than the {most} that are unpacked",
                part.size
            ));
        }
        if part.size > FREE_BYTES && part.size / MOST_RATIO > part.packed {
            return Err(fault(&format!("unpacks to more than {MOST_RATIO} times its size")));
        }
        let head = self
            .bytes
            .get(part.at..)
            .and_then(|b| b.get(..30))
            .filter(|b| b.starts_with(b"PK\x03\x04"));
        let head = head.ok_or_else(|| fault("is not where the directory says"))?;
        let skip =
            usize::from(two(head, 26).unwrap_or(0)) + usize::from(two(head, 28).unwrap_or(0));
        let start = part.at + 30 + skip;
        let packed = self.bytes.get(start..start.saturating_add(part.packed));
        let packed = packed.ok_or_else(|| fault("is cut off"))?;
        let bytes = match part.method {
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, part.size.max(1))
                .map_err(|_| fault("does not unpack to what the directory says"))?,
            other => {
                return Err(fault(&format!("is packed by method {other}; only 0 and 8 are read")));
            }
        };
        if bytes.len() != part.size || sum(&bytes) != part.sum {
            return Err(fault("is not what its check sum says"));
        }
        Ok(Some(bytes))
    }
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// CRC-32, by a table of sixteen.
fn sum(bytes: &[u8]) -> u32 {
    let table: [u32; 16] = std::array::from_fn(|i| {
        (0..4).fold(u32::try_from(i).unwrap_or(0), |s, _| {
            (s >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(s & 1))
        })
    });
    let mut out = u32::MAX;
    for byte in bytes {
        out ^= u32::from(*byte);
        out = (out >> 4) ^ table[(out & 15) as usize];
        out = (out >> 4) ^ table[(out & 15) as usize];
    }
    !out
}

/// An archive of stored and deflated parts, for tests.
#[cfg(test)]
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let packed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 6);
        let at = out.len() as u32;
        let mut about = Vec::new();
        for n in [20u16, 0, 8, 0, 0x21] {
            about.extend(n.to_le_bytes());
        }
        for n in [sum(text.as_bytes()), packed.len() as u32, text.len() as u32] {
            about.extend(n.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02");
        directory.extend(20u16.to_le_bytes());
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, long, count) = (out.len() as u32, directory.len() as u32, parts.len() as u16);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(long.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_sum_is_the_published_one() {
        assert_eq!(sum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn parts_come_back_and_hostile_ones_are_refused() {
        let good = archive(&[("a.xml", "<a>one</a>"), ("b.xml", &"x".repeat(5_000_000))]);
        let open = Archive::open(&good).unwrap();
        assert_eq!(open.part("a.xml", 100).unwrap().unwrap(), b"<a>one</a>");
        assert!(open.part("c.xml", 100).unwrap().is_none());
        assert!(open.part("b.xml", 1000).unwrap_err().contains("more than the 1000"));
        assert!(open.part("b.xml", 8_000_000).unwrap_err().contains("1000 times"));
        assert!(Archive::open(&good[..good.len() / 2]).unwrap_err().contains("cut off"));
        let mut broken = good.clone();
        broken[38] ^= 0x55;
        assert!(Archive::open(&broken).unwrap().part("a.xml", 100).is_err());
        for cut in 0..60 {
            let _ = Archive::open(&good[cut..]).and_then(|a| a.part("a.xml", 100));
        }
    }
}
