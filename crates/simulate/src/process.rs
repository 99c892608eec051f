//! The processes: each is its parameters plus one step.
//!
//! This list says what there is; the case says which are in play and in what order they step.

use case::Diagnostic;
use jiff::civil::Date;

use crate::journal::Journal;
use crate::luck::Luck;
use crate::matter::Matter;
use crate::model::{Drawn, Model};
use crate::parameters::Parameter;
use crate::quantity::Quantity;
use crate::world::World;

/// What others may read of a process's state: a field by its name, or with `[]` what it holds at a place.
macro_rules! readable {
    () => {};
    ($(#[$doc:meta])* $name:ident[]: $type:ty; $($rest:tt)*) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, at: usize) -> &$crate::journal::Tracked<$type> {
            &self.$name[at]
        }
        readable! { $($rest)* }
    };
    ($(#[$doc:meta])* $name:ident: $type:ty; $($rest:tt)*) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> &$crate::journal::Tracked<$type> {
            &self.$name
        }
        readable! { $($rest)* }
    };
}

pub mod bargaining;
pub mod decision;
pub mod dependence;
pub mod diplomacy;
pub mod election;
pub mod escalation;
pub mod formation;
pub mod information;
pub mod legislation;
pub mod opinion;
pub mod patronage;
pub mod sanctions;
pub mod shock;

/// Something that moves the world on.
pub trait Process: std::fmt::Debug + Send + Sync {
    /// Its name in the case and in the journal.
    fn name(&self) -> &'static str;

    /// The next day on which it must step, if one is fixed; none for those that step by the week.
    fn appointment(&self, _world: &World) -> Option<Date> {
        None
    }

    /// Moves the world on by what this process does on the world's day.
    ///
    /// # Errors
    /// If the numbers of the run leave a model without a solution.
    fn step(
        &self,
        model: &Model<'_>,
        world: &mut World,
        luck: Luck,
        journal: &Journal,
    ) -> Result<(), StepError>;

    /// Whether it reads sway in its next step, or may: between such steps an ensemble does not measure it. A process
    /// that reads [`World::sway`] must say so here.
    fn reads_sway(&self, _world: &World) -> bool {
        false
    }

    /// What it reports of a finished run, beside the assembly and the government.
    fn quantities(&self, _model: &Model<'_>) -> Vec<Quantity> {
        Vec::new()
    }

    /// Adds the values of [`Process::quantities`], in their order; none for what did not come about.
    fn report(&self, _model: &Model<'_>, _world: &World, _values: &mut Vec<Option<f32>>) {}

    /// What it decides in a run.
    fn matters(&self, _model: &Model<'_>) -> Vec<Matter> {
        Vec::new()
    }

    /// Adds which alternative came of each of [`Process::matters`], in their order; none where nothing did.
    fn settled(&self, _model: &Model<'_>, _world: &World, _places: &mut Vec<Option<usize>>) {}

    /// What it lets be followed through a run, four weeks by four weeks.
    fn followed(&self, _model: &Model<'_>) -> Vec<Quantity> {
        Vec::new()
    }

    /// Adds the present values of [`Process::followed`], in their order.
    fn follow(&self, _model: &Model<'_>, _world: &World, _values: &mut Vec<f32>) {}
}

/// Why a step could not be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct StepError {
    /// The process.
    pub process: &'static str,
    /// What went wrong.
    pub fault: String,
}

impl std::fmt::Display for StepError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "process \"{}\": {}", self.process, self.fault)
    }
}

impl std::error::Error for StepError {}

/// What a maker returns: the process, or none if it has nothing left to do.
type Made = Result<Option<Box<dyn Process>>, Vec<Diagnostic>>;

/// A process there is.
#[derive(Debug)]
pub struct Listed {
    /// Its name in the case and in the journal.
    pub name: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    make: fn(&Model<'_>) -> Made,
}

/// The list of processes, each by its module and its type.
macro_rules! processes {
    ($($module:ident::$process:ident),* $(,)?) => {
        /// All processes.
        pub const PROCESSES: &[Listed] = &[$(
            Listed {
                name: $module::NAME,
                parameters: $module::PARAMETERS,
                make: |model| Ok($module::$process::new(model)?.map(|p| Box::new(p) as _)),
            }
        ),*];

        /// What each process keeps of a run.
        #[derive(Debug)]
        pub struct States {
            $(#[doc = concat!("Of the process of ", stringify!($module), ".")] pub $module: $module::State),*
        }

        impl States {
            /// As they stand on the as-of date of a model, with the values of a run.
            #[must_use]
            pub fn start(model: &Model<'_>, drawn: &Drawn) -> Self {
                Self { $($module: $module::State::start(model, drawn)),* }
            }
        }
    };
}

processes! {
    election::Election,
    formation::Formation,
    legislation::Legislation,
    decision::Decisions,
    bargaining::Bargaining,
    sanctions::Sanctions,
    diplomacy::Diplomacy,
    escalation::Escalation,
    patronage::Patronage,
    dependence::Dependence,
    information::Information,
    opinion::Opinion,
    shock::Shocks,
}

/// The process of a name, with its parameters from the case.
pub(crate) fn make(name: &toml::Spanned<String>, model: &Model<'_>) -> Made {
    match PROCESSES.iter().find(|known| known.name == name.get_ref()) {
        Some(known) => (known.make)(model),
        None => {
            let message = format!("\"{}\": no such process", name.get_ref());
            let names = PROCESSES.iter().map(|known| known.name);
            Err(vec![
                Diagnostic::error("process", name.span(), message).nearest(name.get_ref(), names),
            ])
        }
    }
}
