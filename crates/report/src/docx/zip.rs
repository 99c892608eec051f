//! A ZIP archive of a few named parts (PKWARE's application note 6.3.10), as an office document is one: deflated, without
//! clocks, so that the same parts give the same bytes.

/// What came of 1 January 1980, the first day that the format can say.
const NO_DAY: u16 = 0x21;

/// The archive of parts in their order.
pub(super) fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let bytes = text.as_bytes();
        let packed = miniz_oxide::deflate::compress_to_vec(bytes, 6);
        let at = number(out.len());
        let mut about = Vec::new();
        for two in [20, 0x0800, 8, 0, NO_DAY] {
            about.extend(u16::to_le_bytes(two));
        }
        for four in [crc(bytes), number(packed.len()), number(bytes.len())] {
            about.extend(four.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&about);
        // No comment, the first disk, plain bytes, no attributes.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (number(out.len()), parts.len() as u16);
    let long = number(directory.len());
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(long.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// The check sum of the format: CRC-32, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (0_u32.wrapping_sub(sum & 1)));
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_the_format() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926, "the check value of CRC-32");
    }

    #[test]
    fn an_archive_ends_with_its_directory() {
        let bytes = archive(&[("a.txt", "one".to_owned()), ("b.txt", "two".to_owned())]);
        assert!(bytes.starts_with(b"PK\x03\x04"));
        let end = &bytes[bytes.len() - 22..];
        assert!(end.starts_with(b"PK\x05\x06"));
        assert_eq!(end[10], 2, "two parts");
    }
}
