//! `export`: what a case believes and its documents tell, as tables for other tools.

use std::path::PathBuf;

use clap::Args;
use tables::{Form, Table, believed, package, sheet};

use super::print;
use super::read::{open_store, store_path};
use crate::failure::Failure;
use crate::opening::Opening;

/// Write the case as tables: estimates, ties, events and claims
///
///     shatterbelt export toyland --out tables
///     shatterbelt export toyland --out tables --csv
///
/// Events and claims of documents are there once `read` has read them. The columns: docs/tables.md.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Export {
    #[command(flatten)]
    opening: Opening,
    /// Export under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The folder to write into, made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write CSV instead of Parquet
    #[arg(long)]
    csv: bool,
}

impl Export {
    /// Writes.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&self.scenario)?;
        let case = self.opening.case(&folder)?;
        let root = &self.opening.case;
        let store = match store_path(root, None)?.is_file() {
            true => Some(open_store(root, None)?),
            false => None,
        };
        let claims = match &store {
            Some(store) => believed::claims(store)?,
            None => Table::of(&tables::schema::CLAIMS),
        };
        let all = [
            believed::estimates(&case),
            believed::ties(&case),
            believed::events(&case, store.as_ref())?,
            claims,
        ];
        std::fs::create_dir_all(&self.out)?;
        let (form, ending) = if self.csv { (Form::Csv, "csv") } else { (Form::Parquet, "parquet") };
        let names: Vec<String> =
            all.iter().map(|table| format!("{}.{ending}", table.name)).collect();
        let named: Vec<(&str, &Table)> = names.iter().map(String::as_str).zip(&all).collect();
        for (name, table) in &named {
            sheet::save(table, &self.out.join(name), form)?;
        }
        let about = format!("{} as of {}", case.head.title, case.as_of);
        package::write(&self.out, &about, &named)?;
        let line = |(name, table): &(&str, &Table)| format!("  {name}: {} rows", table.rows());
        let mut lines = vec![format!("{}: {about}", self.out.display())];
        lines.extend(named.iter().map(line));
        lines.push(format!("  {}: what their columns say", package::NAME));
        print(lines)
    }
}
