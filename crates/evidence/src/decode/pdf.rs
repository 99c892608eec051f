//! A PDF's text, taken apart in another process.
//!
//! The library that knows the format may panic, loop or run out of stack on a hostile file, and a
//! thread that loops cannot be stopped. So the file goes to a child process through its standard
//! input and the words come back through its standard output; a child that takes too long, too much
//! memory or says too much is killed. Which program that is, the caller says
//! ([`Limits::pdf_program`]); it calls [`pdf_child`]. Nothing is unpacked to disk and no script in a
//! document is run. Pictures of pages hold no text, and are not read.

mod lines;

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::{Decoded, Format};
use crate::limits::{Limits, ReadError};

/// Stands before what the child says, so that chatter of the library cannot be taken for it.
const MARK: &str = "\u{1e}pdf-text\u{1e}";

/// Reads a PDF from `input` and writes its pages to `output`: what the child process does.
///
/// # Errors
/// What the streams say. A file that cannot be taken apart is no error here: the fault is written.
pub fn pdf_child(mut input: impl Read, mut output: impl Write) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    // the library prints where it panics; the parent names the fault
    std::panic::set_hook(Box::new(|_| {}));
    let pages = std::panic::catch_unwind(|| {
        pdf_extract::extract_text_from_mem_by_pages(&bytes)
            .map_err(|e| e.to_string().trim_start_matches("PDF error: ").to_owned())
    });
    let said: Result<Vec<String>, String> = match pages {
        Ok(said) => said,
        Err(_) => Err("the file is broken in a way its reader does not know".to_owned()),
    };
    let json = serde_json::to_string(&said).map_err(std::io::Error::other)?;
    writeln!(output, "\n{MARK}{json}")?;
    output.flush()
}

pub(super) fn read(bytes: &[u8], key: &str, limits: &Limits) -> Result<Decoded, ReadError> {
    let fault = |fault: String| ReadError::Pdf { key: key.to_owned(), fault };
    let pages = ask(bytes, limits).map_err(fault)?;
    let page = lines::laid_out(&pages);
    if page.blocks.is_empty() {
        return Err(fault(format!(
            "no text on its {} pages; they may be pictures: recognise the text first and save it as plain text",
            pages.len()
        )));
    }
    let mut decoded = Decoded::laid_out(Format::Pdf, "as its fonts say".to_owned(), page.page());
    decoded.notices = page.notices;
    Ok(decoded)
}

/// The pages as the child process says them.
fn ask(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, String> {
    let Some((program, arguments)) = limits.pdf_program.split_first() else {
        return Err("no program is set to take it apart; save its text as plain text".to_owned());
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{} did not start: {e}", program.display()))?;
    let answer = converse(&mut child, bytes, limits);
    // the child is ours: once it has answered, or has not, it is of no more use
    let _ = child.kill();
    let ended = child.wait();
    let answer = answer?;
    let Some((_, json)) = answer.rsplit_once(MARK) else {
        let how = ended.map_or_else(|e| e.to_string(), |status| status.to_string());
        return Err(format!(
            "its reader gave up ({how}); the file is broken or hostile: save its text as plain text"
        ));
    };
    // the answer is one line; a test runner says more after it
    let json = json.lines().next().unwrap_or("");
    let said: Result<Vec<String>, String> = serde_json::from_str(json)
        .map_err(|e| format!("its reader's answer cannot be understood: {e}"))?;
    said.map_err(|e| format!("{e}; save its text as plain text"))
}

/// Gives the file and takes the answer, within the limits.
fn converse(child: &mut Child, bytes: &[u8], limits: &Limits) -> Result<String, String> {
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("its reader cannot be spoken to".to_owned());
    };
    let most = limits.max_text as u64 * 4 + 4096;
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // a child that dies early closes the pipe; that is seen on the other one
            let _ = to.write_all(bytes);
        });
        scope.spawn(move || {
            let mut answer = Vec::new();
            let got = from.take(most).read_to_end(&mut answer).map(|_| answer);
            let _ = send.send(got);
        });
        let began = Instant::now();
        let answer = loop {
            match receive.recv_timeout(Duration::from_millis(20)) {
                Ok(got) => break got.map_err(|e| e.to_string()),
                Err(mpsc::RecvTimeoutError::Disconnected) => break Err("no answer".to_owned()),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            if began.elapsed() > limits.max_time {
                break Err(format!(
                    "still being taken apart after {:.1} s, more than the {:.1} s a document may take; raise --document-seconds",
                    began.elapsed().as_secs_f64(),
                    limits.max_time.as_secs_f64()
                ));
            }
            if let Some(memory) = memory(child.id()).filter(|m| *m > limits.max_pdf_memory) {
                break Err(format!(
                    "its reader took {memory} bytes of memory, more than the {} it may; raise --max-pdf-memory",
                    limits.max_pdf_memory
                ));
            }
        };
        // closes both pipes, so that both threads end
        let _ = child.kill();
        let answer = answer?;
        if answer.len() as u64 >= most {
            return Err(format!("more than {most} bytes of text; raise --max-text"));
        }
        String::from_utf8(answer).map_err(|e| e.to_string())
    })
}

/// Resident memory of a process, where the system tells.
fn memory(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kilobytes: usize = line.trim().split(' ').next()?.parse().ok()?;
    Some(kilobytes * 1024)
}
