//! The workbench's server, spoken to over a socket.

mod changes;
mod description;
mod hostile;
mod play;
mod security;
mod wire;
mod work;
