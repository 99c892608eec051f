//! A mail message: its subject, sender and day, and its text. The plain part is taken where there is
//! one, else the HTML part through the reader of pages. Attachments, and messages within the message,
//! are counted and never opened.

use jiff::civil::Date;
use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail, parse_mail};

use super::{Decoded, Format, Said, html, plain_text};
use crate::limits::{Deadline, ReadError};

/// Most parts of a message. Parts are taken apart one within the other by calls within calls, so
/// this bounds the stack as well as the time.
const MOST_PARTS: usize = 100;

/// Most encoded words of headers times bytes of the message: looking for the end of each may cost a
/// pass over all that follows.
const MOST_ENCODED: usize = 4_000_000_000;

/// Whether the first bytes, in lower case, are the head of a message.
pub(super) fn looks_like_mail(head: &str) -> bool {
    let has = |name: &str| head.starts_with(name) || head.contains(&format!("\n{name}"));
    has("from:") && ["received:", "mime-version:", "message-id:"].iter().any(|name| has(name))
}

pub(super) fn read(bytes: &[u8], key: &str, deadline: &Deadline<'_>) -> Result<Decoded, ReadError> {
    let fault = |fault: &str| ReadError::Mail { key: key.to_owned(), fault: fault.to_owned() };
    let parts = count(bytes, b"content-type");
    if parts > MOST_PARTS {
        return Err(fault(&format!("{parts} parts, more than the {MOST_PARTS} that are opened")));
    }
    let encoded = count(bytes, b"=?");
    if encoded.saturating_mul(bytes.len()) > MOST_ENCODED {
        return Err(fault(&format!("{encoded} encoded words, too many for a message of its size")));
    }
    let mail = parse_mail(bytes).map_err(|e| fault(&e.to_string()))?;
    deadline.check()?;
    let (mut text, mut page, mut closed) = (None, None, 0usize);
    sort(&mail, &mut text, &mut page, &mut closed);
    let body = |part: &ParsedMail<'_>| part.get_body().map_err(|e| fault(&e.to_string()));
    let text = text.map(body).transpose()?.filter(|t| !t.trim().is_empty());
    let mut decoded = match (text, page) {
        (Some(text), _) => plain_text(text, Format::Mail, String::new()),
        (None, Some(page)) => html::read_text(&body(page)?, deadline)?,
        (None, None) => return Err(fault("it has neither a text nor an HTML part")),
    };
    decoded.format = Format::Mail;
    "as its parts say".clone_into(&mut decoded.encoding);
    let header = |name: &str| mail.headers.get_first_value(name).filter(|v| !v.trim().is_empty());
    decoded.said = Said {
        title: header("Subject"),
        author: mail.headers.get_first_header("From").and_then(|from| {
            match mailparse::addrparse_header(from).ok()?.first()? {
                MailAddr::Single(one) => Some(one.display_name.clone().unwrap_or(one.addr.clone())),
                MailAddr::Group(group) => Some(group.group_name.clone()),
            }
        }),
        published: header("Date").and_then(|date| day(&date)),
        ..Said::default()
    };
    if closed > 0 {
        decoded.notices.push(format!("attachments not opened: {closed}"));
    }
    Ok(decoded)
}

/// The first text and the first page of a message, and how many parts stay closed.
fn sort<'a, 'b>(
    part: &'a ParsedMail<'b>,
    text: &mut Option<&'a ParsedMail<'b>>,
    page: &mut Option<&'a ParsedMail<'b>>,
    closed: &mut usize,
) {
    for part in &part.subparts {
        sort(part, text, page, closed);
    }
    let attached = part.get_content_disposition().disposition == DispositionType::Attachment;
    match part.ctype.mimetype.as_str() {
        kind if kind.starts_with("multipart/") && !part.subparts.is_empty() => {}
        "text/plain" if !attached => {
            text.get_or_insert(part);
        }
        "text/html" if !attached => {
            page.get_or_insert(part);
        }
        _ => *closed += 1,
    }
}

/// The day as the sender's clock had it: `Fri, 14 Mar 2031 23:30:00 +0200`.
pub(super) fn day(date: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let after = date.split_once(',').map_or(date, |(_, rest)| rest);
    let mut words = after.split_whitespace();
    let day = words.next()?.parse().ok()?;
    let month = words.next()?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == month)? + 1;
    Date::new(words.next()?.parse().ok()?, i8::try_from(month).ok()?, day).ok()
}

/// How often a word stands in the bytes, in any case.
fn count(bytes: &[u8], word: &[u8]) -> usize {
    let first = |b: &u8| b.eq_ignore_ascii_case(&word[0]);
    let starts = bytes.iter().enumerate().filter(|(_, b)| first(b));
    starts
        .filter(|(i, _)| {
            bytes.get(*i..*i + word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word))
        })
        .count()
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
        assert_eq!(decoded.notices, ["attachments not opened: 1"]);
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
            ("nested messages", "Content-Type: message/rfc822\r\n\r\n".repeat(50_000)),
            ("many headers", "X-A: b\r\n".repeat(200_000)),
            ("a long header", format!("Subject: {}\r\n\r\nx", "=?utf-8?q?a?= ".repeat(100_000))),
            ("open words", format!("Subject: {}\r\n\r\nx", "=?utf-8?q?".repeat(12_000))),
            ("comments", format!("To: {}\r\n\r\nx", "(".repeat(1_000_000))),
            ("addresses", format!("To: {}\r\n\r\nx", "a@b,".repeat(300_000))),
        ] {
            // The time that this thread worked: other work on the machine does not count.
            let started = cpu_time::ThreadTime::now();
            let _ = mail(format!("{head}{body}").as_bytes());
            let took = started.elapsed();
            eprintln!("{name}: {took:?}");
            assert!(took < std::time::Duration::from_secs(20), "{name}: {took:?}");
        }
    }
}
