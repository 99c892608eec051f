//! Which model reads after the rules, if any.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use evidence::Model;

use crate::failure::{Failure, at};

// A language model that reads after the rules; off unless an address is given.
#[derive(Args)]
#[command(next_help_heading = "Model (off unless an address is given)")]
pub struct ModelArguments {
    /// An OpenAI-compatible address on this machine, such as http://127.0.0.1:8080/v1
    #[arg(long, value_name = "ADDRESS", requires = "model")]
    model_url: Option<String>,
    /// The model's name there
    #[arg(long, value_name = "NAME", requires = "model_url")]
    model: Option<String>,
    /// A file that holds the key
    #[arg(
        long,
        value_name = "FILE",
        requires = "model_url",
        conflicts_with = "model_key_variable"
    )]
    model_key_file: Option<PathBuf>,
    /// The environment variable that holds the key
    #[arg(long, value_name = "NAME", requires = "model_url")]
    model_key_variable: Option<String>,
    /// Longest time for one answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    model_seconds: u64,
    /// Let documents leave this machine for another address
    #[arg(long, requires = "model_url")]
    allow_remote: bool,
}

impl ModelArguments {
    /// The model to ask, where one is wanted.
    pub fn model(&self) -> Result<Option<Model>, Failure> {
        let (Some(address), Some(name)) = (&self.model_url, &self.model) else {
            return Ok(None);
        };
        let time = Duration::from_secs(self.model_seconds);
        let model = Model::new(address, name, time, self.allow_remote).map_err(Failure::usage)?;
        let key = match (&self.model_key_file, &self.model_key_variable) {
            (Some(file), _) => Some(std::fs::read_to_string(file).map_err(at(file))?),
            (_, Some(variable)) => Some(std::env::var(variable).map_err(|_| {
                Failure::usage(format!("the environment has no variable {variable}"))
            })?),
            _ => None,
        };
        Ok(Some(match key {
            Some(key) => model.with_key(&key),
            None => model,
        }))
    }
}
