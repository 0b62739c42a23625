//! The only place that names SQLite or PostgreSQL.
//!
//! A **lane** owns one connection and runs commands in order; a cooperative always maps to one lane.
//! A lane takes what waits into one transaction, commits once, and only then answers all. A
//! **command** is one async closure over [`Tx`], written once for both engines: on SQLite every await
//! is ready at once, on PostgreSQL the same calls are sent without waiting and settled in order. The
//! **commands table** gives a repeated request its first receipt.
//!
//! Doors: [`Store`] to open, to command and to read; [`Tx`] inside; [`Refusal`] for a no of the
//! business, [`Fault`] for a failure of the machine.
//!
//! **Invariant:** knows no account, no member and no page; knows of a cooperative only its number.

mod backup;
pub mod bare;
mod cell;
mod command;
mod fault;
mod lane;
mod migrate;
mod open;
mod postgres;
mod proof;
pub mod schema;
mod sqlite;
mod tx;

pub use backup::{backup, restore};
pub use cell::{Bind, Cell, Cells, Column, FromRow, Kind, Param};
pub use command::{Answer, Order, Receipt, content_hash};
pub use fault::{Failure, Fault, Refusal, StoreRefusal};
pub use open::{Address, Lanes, Store};
pub use tx::{Head, Later, Tx};
