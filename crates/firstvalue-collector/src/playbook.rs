//! The playbook in force: read, published for browsers, and in which version.

pub(crate) mod check;
mod in_force;
mod published;

pub(crate) use in_force::InForce;
pub(crate) use published::PublishedPlaybook;
pub(crate) use published::{__path_serve, serve};
