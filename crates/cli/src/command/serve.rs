//! `serve`: the workbench, a case alive in a browser on this machine.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::print;
use crate::failure::Failure;

/// Open the workbench: the case alive in a browser on this machine
///
///     shatterbelt serve toyland
///     shatterbelt serve toyland --open
///     shatterbelt serve toyland --as-of 2031-02-01 --port 4870
///
/// Prints a link that lets one browser in, once. Nothing but this machine can reach it.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Serve {
    /// The case folder
    #[arg(required_unless_present = "openapi")]
    case: Option<PathBuf>,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Use nothing published after this day (default: the case's own date)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day)]
    as_of: Option<Date>,
    /// How many futures it runs in the end
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Open the link in the browser of this machine
    #[arg(long)]
    open: bool,
    /// Print the description of what the workbench answers, as OpenAPI in JSON, and end
    #[arg(long)]
    openapi: bool,
}

/// Asks the desktop to open a link. That there is none is no fault: the link was printed.
fn show_in_browser(link: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if let Err(error) = std::process::Command::new(program).arg(link).spawn() {
        say!("{program}: {error}; open the link above yourself");
    }
}

impl Serve {
    /// Serves.
    pub fn go(&self) -> Result<(), Failure> {
        if self.openapi {
            return print([web::openapi()]);
        }
        let Some(case) = &self.case else {
            return Err(Failure::usage("name a case folder"));
        };
        if !case.is_dir() {
            return Err(Failure::input(format!("{}: there is no such folder", case.display())));
        }
        let opens = self.open;
        let first = std::sync::atomic::AtomicBool::new(true);
        let show = move |link: &str| {
            let is_first = first.swap(false, std::sync::atomic::Ordering::SeqCst);
            if is_first {
                // The link is the result; whoever reads it from a pipe gets it at once.
                let _ = print([link.to_owned()]);
                say!("The link lets one browser in, once. Ctrl-C ends the workbench.");
                if opens {
                    show_in_browser(link);
                }
            } else {
                say!("For another browser: {link}");
            }
        };
        let opened = web::Opened {
            root: case.clone(),
            as_of: self.as_of,
            limits: super::read::limits(),
            runs: self.runs,
            seed: self.seed,
        };
        let (port, time) = (self.port, web::MOST_TIME);
        web::serve(web::Serving { opened, port, time, show: Box::new(show) })
            .map_err(Failure::input)
    }
}
