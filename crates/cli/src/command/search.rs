//! `search`
use crate::failure::Failure;
use clap::Args;
/// search
#[derive(Args)]
pub struct Search {}
impl Search {
    pub fn go(&self) -> Result<(), Failure> {
        Err(Failure::Internal("not yet".into()))
    }
}
