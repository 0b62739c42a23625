//! SQLite: one lane on a thread of its own, and a few threads that only read.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use futures_util::FutureExt;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use values::CoopId;

use crate::cell::Param;
use crate::lane::{BATCH_MAX, Job, Verdict};
use crate::tx::{Engine, HeadState, OrderFacts};
use crate::{Cell, Fault, Kind, Tx};

/// How long one connection waits for another one's lock.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);
/// Statements that stay prepared on a connection.
const PREPARED_MAX: usize = 512;

/// One connection and the statements it knows.
pub(crate) struct Session {
    pub(crate) connection: Connection,
    /// The text that SQLite reads, by the place of the text that the rooms write.
    texts: HashMap<(usize, usize), Box<str>>,
}

impl Session {
    /// Opens the file for writing: WAL, every commit waits for the disk, foreign keys hold.
    pub(crate) fn open(path: &Path) -> Result<Session, Fault> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(LOCK_PATIENCE)?;
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
             pragma trusted_schema = off; pragma cache_size = -32768;",
        )?;
        Ok(Session::over(connection))
    }

    /// Opens the file for reading only.
    pub(crate) fn open_reader(path: &Path) -> Result<Session, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(LOCK_PATIENCE)?;
        connection.execute_batch("pragma query_only = on; pragma cache_size = -32768;")?;
        Ok(Session::over(connection))
    }

    fn over(connection: Connection) -> Session {
        connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
        Session { connection, texts: HashMap::new() }
    }

    fn prepare(
        &mut self,
        sql: &'static str,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<rusqlite::CachedStatement<'_>, Fault> {
        let text = self
            .texts
            .entry((sql.as_ptr().addr(), sql.len()))
            .or_insert_with(|| sql.replace('$', "?").into_boxed_str());
        let mut statement = self.connection.prepare_cached(text)?;
        if statement.parameter_count() > 0 {
            statement.raw_bind_parameter(1, coop.get())?;
        }
        for (place, param) in params.iter().enumerate() {
            match param.to_cell() {
                Cell::Int(number) => statement.raw_bind_parameter(place + 2, number)?,
                Cell::Text(text) => statement.raw_bind_parameter(place + 2, text)?,
                Cell::Bytes(bytes) => statement.raw_bind_parameter(place + 2, bytes)?,
                Cell::Null(_) => {
                    statement.raw_bind_parameter(place + 2, rusqlite::types::Null)?;
                }
            }
        }
        Ok(statement)
    }

    pub(crate) fn execute(
        &mut self,
        sql: &'static str,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<u64, Fault> {
        let changed = self.prepare(sql, coop, params)?.raw_execute()?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    pub(crate) fn query(
        &mut self,
        sql: &'static str,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<Vec<Vec<Cell>>, Fault> {
        let mut statement = self.prepare(sql, coop, params)?;
        let width = statement.column_count();
        let mut found = Vec::new();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells = (0..width).map(|column| row.get_ref(column).map(cell_of));
            found.push(cells.collect::<Result<Vec<Cell>, _>>()?);
        }
        Ok(found)
    }

    pub(crate) fn prepare_only(&self, sql: &str) -> Result<(), Fault> {
        self.connection.prepare(&sql.replace('$', "?"))?;
        Ok(())
    }

    fn batch(&self, sql: &str) -> Result<(), Fault> {
        Ok(self.connection.execute_batch(sql)?)
    }
}

pub(crate) fn run(
    session: &mut Session,
    sql: &'static str,
    want: u64,
    coop: CoopId,
    params: &[&dyn Param],
) -> Result<(), Fault> {
    let got = session.execute(sql, coop, params)?;
    if got == want { Ok(()) } else { Err(Fault::WrongCount { sql, want, got }) }
}

fn cell_of(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        ValueRef::Null => Cell::Null(Kind::Text),
        // STRICT tables hold no reals; one could only come out of an expression.
        ValueRef::Real(_) => Cell::Text("a real number".to_owned()),
    }
}

/// The writing lane's thread: takes what waits, one transaction, one commit, then the answers.
pub(crate) fn serve(session: Session, jobs: &async_channel::Receiver<Box<dyn Job>>) {
    let mut tx = tx_over(session);
    while let Ok(first) = jobs.recv_blocking() {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX {
            match jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        run_batch(&mut tx, batch);
    }
}

fn run_batch(tx: &mut Tx, mut batch: Vec<Box<dyn Job>>) {
    match together(tx, &mut batch) {
        Ok(()) => batch.into_iter().for_each(|job| job.answer(Ok(()))),
        // The whole transaction is gone: each runs again in its own, so that the one that is at
        // fault is found and the others are kept.
        Err(_) if batch.len() > 1 => {
            for job in batch {
                run_batch(tx, vec![job]);
            }
        }
        Err(fault) => batch.into_iter().for_each(|job| job.answer(Err(fault.clone()))),
    }
}

fn together(tx: &mut Tx, batch: &mut [Box<dyn Job>]) -> Result<(), Fault> {
    session(tx).batch("begin immediate")?;
    let ended = batch.iter_mut().try_for_each(|job| in_savepoint(tx, job.as_mut()));
    let ended = ended.and_then(|()| session(tx).batch("commit"));
    if !session(tx).connection.is_autocommit() {
        session(tx).batch("rollback")?;
    }
    ended
}

fn in_savepoint(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).batch("savepoint command")?;
    tx.coop = job.coop();
    tx.head = HeadState::None;
    // Every answer of SQLite is there at once, so one look at the future is enough.
    let verdict = job.run(tx).now_or_never().unwrap_or(Verdict::Undo);
    if session(tx).connection.is_autocommit() {
        // A full disk or a failing one ends the whole transaction, not the statement alone.
        return Err(job.faulted().unwrap_or(Fault::Engine("transaction lost".to_owned())));
    }
    match verdict {
        Verdict::Keep => session(tx).batch("release command"),
        Verdict::Undo => session(tx).batch("rollback to command; release command"),
    }
}

/// A reading thread: each question sees one moment of the database.
pub(crate) fn serve_reader(session: Session, jobs: &async_channel::Receiver<Box<dyn Job>>) {
    let mut tx = tx_over(session);
    while let Ok(mut job) = jobs.recv_blocking() {
        let end = snapshot(&mut tx, job.as_mut());
        job.answer(end);
    }
}

fn snapshot(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).batch("begin")?;
    tx.coop = job.coop();
    tx.head = HeadState::None;
    job.run(tx).now_or_never();
    session(tx).batch("rollback")
}

pub(crate) fn tx_over(session: Session) -> Tx {
    Tx {
        engine: Engine::Sqlite(session),
        coop: CoopId::new(0),
        head: HeadState::None,
        order: OrderFacts::default(),
    }
}

fn session(tx: &mut Tx) -> &mut Session {
    match &mut tx.engine {
        Engine::Sqlite(session) => session,
        Engine::Postgres(_) => unreachable!("an SQLite lane holds an SQLite session"),
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        let said = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Fault::DiskFull,
            Some(ErrorCode::ReadOnly) => Fault::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Busy,
            Some(ErrorCode::OperationInterrupted) => Fault::TimedOut,
            Some(ErrorCode::ConstraintViolation) => Fault::Constraint(said),
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::NotADatabase) => {
                Fault::Lost(said)
            }
            _ => Fault::Engine(said),
        }
    }
}
