//! SQLite: one lane on a thread of its own, and a few threads that only read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use values::CoopId;

use crate::bare::Tape;
use crate::cell::Param;
use crate::lane::{Job, Jobs, Verdict, answer_all, take_batch};
use crate::tx::{Engine, HeadState, OrderFacts};
use crate::{Cell, Fault, Kind, Lanes, Tx};

/// How long one connection waits for another one's lock.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);
/// Statements that stay prepared on a connection.
const PREPARED_MAX: usize = 512;
/// Steps of SQLite's machine between two looks at the clock, for the limit of a statement.
const STEPS_PER_LOOK: i32 = 10_000;

/// Every commit waits for the disk, and foreign keys hold.
const SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = full;
    pragma foreign_keys = on; pragma trusted_schema = off; pragma cache_size = -32768;";
const READER_SETTINGS: &str = "pragma query_only = on; pragma cache_size = -32768;";

/// Opens the file, and makes it where it is missing: for migrations.
pub(crate) fn create(path: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(LOCK_PATIENCE)?;
    connection.execute_batch(SETTINGS)?;
    Ok(connection)
}

/// Where a lane's file lies, and how it is opened.
pub(crate) struct Place {
    path: PathBuf,
    lanes: Lanes,
    only_read: bool,
}

impl Place {
    pub(crate) fn new(path: &Path, lanes: Lanes) -> Place {
        Place { path: path.to_owned(), lanes, only_read: false }
    }

    pub(crate) fn only_read(self) -> Place {
        Place { only_read: true, ..self }
    }

    /// Never makes the file: where the disk went away, an empty one must not take its place.
    fn open(&self) -> Result<Session, Fault> {
        let mode = if self.only_read {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        };
        let flags = mode | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(LOCK_PATIENCE)?;
        connection.execute_batch(if self.only_read { READER_SETTINGS } else { SETTINGS })?;
        if let (Some(most), false) = (self.lanes.sqlite_pages_max, self.only_read) {
            connection.execute_batch(&format!("pragma max_page_count = {most}"))?;
        }
        Session::over(connection, self.lanes.statement_limit)
    }
}

/// One connection and the statements it knows.
pub(crate) struct Session {
    connection: Connection,
    /// The text that SQLite reads, by the place of the text that the rooms write.
    texts: HashMap<(usize, usize), Box<str>>,
    limit: StatementLimit,
}

/// When the running statement must have ended, which SQLite asks for now and then.
struct StatementLimit {
    opened: Instant,
    most: Duration,
    end_micros: Arc<AtomicU64>,
}

impl StatementLimit {
    fn new(connection: &mut Connection, most: Duration) -> Result<StatementLimit, Fault> {
        let limit = StatementLimit { opened: Instant::now(), most, end_micros: Arc::default() };
        let (opened, end_micros) = (limit.opened, Arc::clone(&limit.end_micros));
        let is_over = move || micros(opened.elapsed()) > end_micros.load(Ordering::Relaxed);
        connection.progress_handler(STEPS_PER_LOOK, Some(is_over))?;
        Ok(limit)
    }

    fn start(&self) {
        let end = micros(self.opened.elapsed().saturating_add(self.most));
        self.end_micros.store(end, Ordering::Relaxed);
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl Session {
    fn over(mut connection: Connection, statement_limit: Duration) -> Result<Session, Fault> {
        connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
        let limit = StatementLimit::new(&mut connection, statement_limit)?;
        Ok(Session { connection, texts: HashMap::new(), limit })
    }

    fn prepare(
        &mut self,
        sql: &'static str,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<rusqlite::CachedStatement<'_>, Fault> {
        self.limit.start();
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

    /// Whether no transaction is open.
    fn is_idle(&self) -> bool {
        self.connection.is_autocommit()
    }

    /// Leaves a transaction that an earlier failure left open.
    fn tidy_up(&self) -> Result<(), Fault> {
        if self.is_idle() { Ok(()) } else { self.tell("rollback") }
    }

    pub(crate) fn prepare_only(&self, sql: &str) -> Result<(), Fault> {
        self.connection.prepare(&sql.replace('$', "?"))?;
        Ok(())
    }

    /// A statement of the lane itself: begin, savepoint, commit.
    fn tell(&self, sql: &'static str) -> Result<(), Fault> {
        self.limit.start();
        self.connection.prepare_cached(sql)?.raw_execute()?;
        Ok(())
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

/// A lane's thread: its file, its transaction, and whether the file must be opened again.
pub(crate) struct Desk {
    place: Place,
    tx: Tx,
    /// The file failed, or could only be read when it was opened, which lasts as long as it is open.
    stale: bool,
}

impl Desk {
    pub(crate) fn open(place: Place, tape: Option<Tape>) -> Result<Desk, Fault> {
        let tx = tx_over(place.open()?, tape);
        Ok(Desk { place, tx, stale: false })
    }

    /// Takes what waits, one transaction, one commit, then the answers.
    pub(crate) fn serve(mut self, jobs: &Jobs) {
        while let Ok(first) = jobs.recv_blocking() {
            let batch = take_batch(first, jobs);
            match self.freshen() {
                Ok(()) => self.run_batch(batch),
                Err(fault) => answer_all(batch, &Err(fault)),
            }
        }
    }

    /// A reading thread: each question sees one moment of the database.
    pub(crate) fn serve_reader(mut self, jobs: &Jobs) {
        while let Ok(mut job) = jobs.recv_blocking() {
            let end = self.freshen().and_then(|()| snapshot(&mut self.tx, job.as_mut()));
            self.heed(end.as_ref().err());
            self.heed(job.faulted().as_ref());
            job.answer(end);
        }
    }

    fn freshen(&mut self) -> Result<(), Fault> {
        if self.stale {
            self.tx.engine = Engine::Sqlite(self.place.open()?);
            self.stale = false;
        }
        session(&mut self.tx).tidy_up()
    }

    fn heed(&mut self, fault: Option<&Fault>) {
        self.stale |= matches!(fault, Some(Fault::Lost(_) | Fault::ReadOnly));
    }

    fn run_batch(&mut self, mut batch: Vec<Box<dyn Job>>) {
        if let Err(fault) = session(&mut self.tx).tell("begin immediate") {
            self.heed(Some(&fault));
            return answer_all(batch, &Err(fault));
        }
        match together(&mut self.tx, &mut batch) {
            // The whole transaction is gone: each runs again in its own, so that the one that is at
            // fault is found and the others are kept.
            Err(_) if batch.len() > 1 => {
                batch.into_iter().for_each(|job| self.run_batch(vec![job]))
            }
            end => {
                self.heed(end.as_ref().err());
                batch.iter().for_each(|job| self.heed(job.faulted().as_ref()));
                answer_all(batch, &end);
            }
        }
    }
}

/// Runs all and commits once; whatever fails, no transaction stays open.
fn together(tx: &mut Tx, batch: &mut [Box<dyn Job>]) -> Result<(), Fault> {
    let ended = batch.iter_mut().try_for_each(|job| in_savepoint(tx, job.as_mut()));
    let ended = ended.and_then(|()| session(tx).tell("commit"));
    session(tx).tidy_up()?;
    ended
}

fn in_savepoint(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).tell("savepoint command")?;
    tx.coop = job.coop();
    tx.head = HeadState::None;
    if let Some(tape) = &tx.tape {
        tape.begin(tx.coop);
    }
    // Every answer of SQLite is there at once, so one look at the future is enough.
    let verdict = job.run(tx).now_or_never().unwrap_or(Verdict::Undo);
    if session(tx).is_idle() {
        // A full disk or a failing one ends the whole transaction, not the statement alone.
        return Err(job.faulted().unwrap_or(Fault::Engine("transaction lost".to_owned())));
    }
    match verdict {
        Verdict::Keep => {
            if let Some(tape) = &tx.tape {
                tape.keep();
            }
            session(tx).tell("release command")
        }
        Verdict::Undo => {
            session(tx).tell("rollback to command")?;
            session(tx).tell("release command")
        }
    }
}

fn snapshot(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).tell("begin")?;
    tx.coop = job.coop();
    tx.head = HeadState::None;
    job.run(tx).now_or_never();
    session(tx).tidy_up()
}

fn tx_over(session: Session, tape: Option<Tape>) -> Tx {
    Tx {
        engine: Engine::Sqlite(session),
        coop: CoopId::new(0),
        head: HeadState::None,
        order: OrderFacts::default(),
        tape,
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
