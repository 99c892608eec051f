//! `report`
use crate::failure::Failure;
use clap::Args;
/// report
#[derive(Args)]
pub struct Report {}
impl Report {
    pub fn go(&self) -> Result<(), Failure> {
        Err(Failure::Internal("not yet".into()))
    }
}
/// Writes a file whole or not at all.
pub fn write_whole(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, bytes)?;
    std::fs::rename(&part, path)?;
    Ok(())
}
