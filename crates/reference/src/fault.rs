//! What can be wrong with a class, or with what is asked of it.

/// A fault, with what would mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A file of a class cannot be read.
    #[error("reference/{file}: {fault}; mend the file and build again")]
    File {
        /// The file.
        file: String,
        /// What is wrong.
        fault: String,
    },
    /// There is no such class.
    #[error("there is no reference class \"{0}\"; the classes are {1}")]
    NoClass(String, String),
    /// The class has no such column.
    #[error("the reference class \"{class}\" has no column \"{column}\"; it has {columns}")]
    NoColumn {
        /// The class.
        class: String,
        /// The column asked for.
        column: String,
        /// Those it has.
        columns: String,
    },
    /// No row of the class has such a value.
    #[error("no row of \"{class}\" has {column} = \"{value}\"; it has {values}")]
    NoValue {
        /// The class.
        class: String,
        /// The column.
        column: String,
        /// The value asked for.
        value: String,
        /// Those there are.
        values: String,
    },
}
