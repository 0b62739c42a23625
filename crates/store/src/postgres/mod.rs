//! PostgreSQL: lanes on threads of their own, each with one connection and its own small runtime.

mod convert;
mod lane;
mod session;

pub(crate) use lane::{serve, serve_reader};
pub(crate) use session::{APP_ROLE, Pending, Server, Session};
