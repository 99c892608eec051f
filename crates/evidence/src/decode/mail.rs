//! A mail message: its subject, sender and day, and its text. The plain part is taken where there is
//! one, else the HTML part through the reader of pages. Attachments are counted and never opened.

use jiff::civil::Date;
use mail_parser::{Address, MessageParser, PartType};

use super::{Decoded, Format, Said, html, plain_text};
use crate::limits::{Deadline, ReadError};

/// Most parts of a message: more say that it was made to cost time.
const MOST_PARTS: usize = 10_000;

/// Whether the first bytes, in lower case, are the head of a message.
pub(super) fn looks_like_mail(head: &str) -> bool {
    let has = |name: &str| head.starts_with(name) || head.contains(&format!("\n{name}"));
    has("from:") && ["received:", "mime-version:", "message-id:"].iter().any(|name| has(name))
}

pub(super) fn read(
    bytes: &[u8],
    key: &str,
    deadline: &Deadline<'_>,
) -> Result<Decoded, ReadError> {
    let fault = |fault| ReadError::Mail { key: key.to_owned(), fault };
    let boundaries = bytes.windows(2).filter(|w| w == b"--").count();
    if boundaries > MOST_PARTS && bytes.windows(10).any(|w| w.eq_ignore_ascii_case(b"multipart/")) {
        let parts = bytes.split(|b| *b == b'\n').filter(|line| line.starts_with(b"--")).count();
        if parts > MOST_PARTS {
            return Err(fault("more than 10000 parts"));
        }
    }
    let message =
        MessageParser::default().parse(bytes).ok_or_else(|| fault("no header was found"))?;
    deadline.check()?;
    let parts = || message.parts.iter();
    let text = parts().position(|p| matches!(&p.body, PartType::Text(t) if !t.trim().is_empty()));
    let page = parts().position(|p| matches!(p.body, PartType::Html(_)));
    let mut decoded = match (text.map(|i| &message.parts[i].body), page.map(|i| &message.parts[i].body)) {
        (Some(PartType::Text(text)), _) => {
            plain_text(text.clone().into_owned(), Format::Mail, String::new())
        }
        (_, Some(PartType::Html(page))) => html::read_text(page, deadline)?,
        _ => return Err(fault("it has neither a text nor an HTML part")),
    };
    decoded.format = Format::Mail;
    decoded.encoding = "as its parts say".to_owned();
    let day = message.date().and_then(|d| {
        let (month, day) = (i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?);
        Date::new(i16::try_from(d.year).ok()?, month, day).ok()
    });
    decoded.said = Said {
        title: message.subject().map(str::to_owned).filter(|s| !s.is_empty()),
        author: message.from().and_then(sender),
        published: day,
        ..Said::default()
    };
    let attachments = message.attachments().count();
    if attachments > 0 {
        decoded.notices.push(format!("{attachments} attachments not opened"));
    }
    Ok(decoded)
}

fn sender(address: &Address<'_>) -> Option<String> {
    let first = address.first()?;
    first.name().or(first.address()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn mail(bytes: &[u8]) -> Result<Decoded, ReadError> {
        read(bytes, "m.eml", &Deadline::new("m.eml", &Limits::default()))
    }

    #[test]
    fn headers_become_the_source_and_attachments_stay_closed() {
        let text = "From: =?utf-8?q?Mara_T=C3=B6lle?= <mara@courier.example>\r\nSubject: Dues\r\nDate: Fri, 14 Mar 2031 23:30:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe Veslan caf=C3=A9 closed on =\r\nMonday.\r\n--x\r\nContent-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--x--\r\n";
        let decoded = mail(text.as_bytes()).unwrap();
        assert_eq!(decoded.text.trim(), "The Veslan café closed on Monday.");
        assert_eq!(decoded.said.author.as_deref(), Some("Mara Tölle"));
        assert_eq!(decoded.said.title.as_deref(), Some("Dues"));
        assert_eq!(decoded.said.published.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
        assert_eq!(decoded.notices, ["1 attachments not opened"]);
    }

    #[test]
    fn a_message_of_html_alone_is_read_as_a_page() {
        let text = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+VGhlIGNhZukgY2xvc2VkLjwvcD4=\r\n";
        let decoded = mail(text.as_bytes()).unwrap();
        assert_eq!(decoded.text, "The café closed.");
        assert_eq!(decoded.said.author.as_deref(), Some("a@b.example"));
    }

    #[test]
    fn hostile_mail_ends_soon() {
        let head = "From: a@b.example\r\nMIME-Version: 1.0\r\n";
        let multipart = "Content-Type: multipart/mixed; boundary=x\r\n\r\n";
        for (name, body) in [
            ("many parts", format!("{multipart}{}", "--x\r\n\r\na\r\n".repeat(200_000))),
            ("nested parts", format!("{head}{multipart}--x\r\n").repeat(20_000)),
            (
                "nested messages",
                "Content-Type: message/rfc822\r\n\r\n".repeat(50_000),
            ),
            ("many headers", "X-A: b\r\n".repeat(200_000)),
            ("a long header", format!("Subject: {}\r\n\r\nx", "=?utf-8?q?a?= ".repeat(100_000))),
            ("comments", format!("To: {}\r\n\r\nx", "(".repeat(1_000_000))),
            ("addresses", format!("To: {}\r\n\r\nx", "a@b,".repeat(300_000))),
        ] {
            let started = std::time::Instant::now();
            let _ = mail(format!("{head}{body}").as_bytes());
            let took = started.elapsed();
            assert!(took < std::time::Duration::from_secs(20), "{name}: {took:?}");
        }
    }
}
