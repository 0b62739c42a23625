//! The floor under the store: a loop that sends the same statements with nothing around them.
//!
//! A [`Tape`] notes what commands sent on SQLite. [`replay`] sends it again, to an empty database of
//! either engine, over the engine's own library: one statement after the other, so many commands in
//! one transaction, no lanes, no savepoints, no answers. `bench` holds the store against it.

mod postgres;
mod scratch;
mod sqlite;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use values::CoopId;

pub use scratch::Scratch;

use crate::cell::Param;
use crate::{Address, Cell, Fault};

/// One statement as it was sent.
#[derive(Debug, Clone)]
struct Step {
    sql: &'static str,
    /// Rows it must change, where it said so.
    want: Option<u64>,
    params: Vec<Cell>,
}

impl Step {
    /// Whether rows come back: a question, or a change that returns what it made.
    fn asks(&self) -> bool {
        self.sql.starts_with("select") || self.sql.contains("returning")
    }
}

/// The statements of one command that was kept.
#[derive(Debug, Clone)]
pub struct Taped {
    coop: CoopId,
    steps: Vec<Step>,
}

impl Taped {
    /// How many statements it sent.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.steps.len()
    }
}

#[derive(Default)]
struct Noted {
    running: Option<Taped>,
    kept: Vec<Taped>,
}

/// What commands sent, in the order of their lane.
#[derive(Clone, Default)]
pub struct Tape(Arc<Mutex<Noted>>);

impl Tape {
    /// An empty tape.
    #[must_use]
    pub fn new() -> Tape {
        Tape::default()
    }

    /// Takes what stands on it and leaves it empty.
    #[must_use]
    pub fn take(&self) -> Vec<Taped> {
        std::mem::take(&mut self.lock().kept)
    }

    pub(crate) fn begin(&self, coop: CoopId) {
        self.lock().running = Some(Taped { coop, steps: Vec::new() });
    }

    pub(crate) fn note(&self, sql: &'static str, want: Option<u64>, params: &[&dyn Param]) {
        if let Some(running) = &mut self.lock().running {
            let params = params.iter().map(|param| param.to_cell()).collect();
            running.steps.push(Step { sql, want, params });
        }
    }

    pub(crate) fn keep(&self) {
        let mut noted = self.lock();
        let done = noted.running.take();
        noted.kept.extend(done);
    }

    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends all statements again, `together` commands in one transaction, over `lines` connections on
/// PostgreSQL. Answers how long it took, connecting and preparing not counted.
///
/// # Errors
/// What the engine says, or another number of rows than on the tape.
pub async fn replay(
    address: &Address,
    tape: Vec<Taped>,
    together: usize,
    lines: usize,
) -> Result<Duration, Fault> {
    match address {
        Address::Sqlite(path) => sqlite::replay(path, &tape, together),
        Address::Postgres(url) => postgres::replay(url, tape, together, lines).await,
    }
}
