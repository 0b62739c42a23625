//! For tests only: an engine, a clock, a named world.
//!
//! [`on_both`] runs one test on SQLite and on PostgreSQL. The latter needs `LUMBUNG_TEST_POSTGRES`,
//! which `scripts/with-postgres` sets; without it the SQLite half alone runs and says so.

mod books;
mod engine;
#[cfg(feature = "http")]
mod speaker;
mod specimen;
mod statements;
mod world;

pub use books::{act, post, recount, with_books};
pub use engine::{Engine, on_both, on_partitions, on_postgres, on_sqlite};
#[cfg(feature = "http")]
pub use speaker::{PASSWORD, Speaker, Told, hire, shell};
pub use specimen::{SpecimenLine, assert_specimen, specimen};
pub use statements::{Found, root, statements};
pub use world::{Clock, KETUA, SITI, TAMANSARI, WANTI, register, with_open_books};
