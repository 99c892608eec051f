//! `read`
use crate::failure::Failure;
use clap::Args;
/// read
#[derive(Args)]
pub struct Read {}
impl Read {
    pub fn go(&self) -> Result<(), Failure> {
        Err(Failure::Internal("not yet".into()))
    }
}
