//! PostgreSQL: lanes on threads of their own, each with one connection and its own small runtime.
//!
//! Writes are sent without waiting and settled in order. The first attempt at a batch runs its
//! commands together in one transaction; if anything fails, all is rolled back and each command runs
//! alone, waiting for every answer, so that a failure comes back at the line that caused it.

use std::collections::{HashMap, VecDeque};
use std::future::ready;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::TryStreamExt;
use futures_util::future::LocalBoxFuture;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Row, Statement};
use values::CoopId;

use crate::cell::Param;
use crate::lane::{BATCH_MAX, Job, Verdict};
use crate::tx::{Engine, HeadState, OrderFacts};
use crate::{Cell, Fault, Kind, Tx};

/// The role that serving connections take on: it owns nothing, so row-level security binds it.
pub(crate) const APP_ROLE: &str = "lumbung_app";
/// How often a lane tries to connect before it says that the database is gone.
const CONNECT_TRIES: u32 = 4;

/// An answer on its way.
pub(crate) type Pending = LocalBoxFuture<'static, Result<Vec<Vec<Cell>>, Fault>>;

struct Write {
    sql: &'static str,
    want: Option<u64>,
    answer: LocalBoxFuture<'static, Result<u64, Fault>>,
}

/// One connection, the statements it knows and the writes whose answers are on their way.
pub(crate) struct Session {
    client: Arc<Client>,
    statements: HashMap<(usize, usize), Statement>,
    writes: VecDeque<Write>,
    /// Writes sent since the running command began, its head row apart.
    pub(crate) sent: usize,
    /// Waits for every answer: the second attempt.
    pub(crate) cautious: bool,
    /// The cooperative that row-level security is set to in this transaction.
    bound: Option<CoopId>,
}

impl Session {
    /// Connects, takes on the plain role and refuses one that row-level security does not bind.
    pub(crate) async fn connect(config: &Config) -> Result<Session, Fault> {
        let client = connect_raw(config).await?;
        let role = client
            .query_one(
                "select rolsuper or rolbypassrls from pg_roles where rolname = session_user",
                &[],
            )
            .await?;
        if role.get::<_, bool>(0) {
            return Err(Fault::Engine(
                "refusing to serve as a superuser: row-level security would not hold".to_owned(),
            ));
        }
        client
            .batch_execute(
                "set role lumbung_app; set statement_timeout = '60s'; set lock_timeout = '10s';
                 set idle_in_transaction_session_timeout = '60s'; set timezone = 'UTC'",
            )
            .await?;
        Ok(Session {
            client: Arc::new(client),
            statements: HashMap::new(),
            writes: VecDeque::new(),
            sent: 0,
            cautious: false,
            bound: None,
        })
    }

    async fn prepare(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<Statement, Fault> {
        let place = (sql.as_ptr().addr(), sql.len());
        if let Some(statement) = self.statements.get(&place) {
            return Ok(statement.clone());
        }
        let mut types = vec![Type::INT8];
        types.extend(params.iter().map(|param| type_of(&param.to_cell())));
        let statement = self.client.prepare_typed(sql, &types).await?;
        self.statements.insert(place, statement.clone());
        Ok(statement)
    }

    /// Sends a write; its answer is settled later, or at once in the second attempt.
    pub(crate) async fn run(
        &mut self,
        sql: &'static str,
        want: u64,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<(), Fault> {
        self.write(sql, Some(want), coop, params).await?;
        if self.cautious { self.settle().await } else { Ok(()) }
    }

    pub(crate) async fn run_any(
        &mut self,
        sql: &'static str,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<u64, Fault> {
        self.settle().await?;
        self.write(sql, None, coop, params).await?;
        match self.writes.pop_back() {
            Some(write) => write.answer.await,
            None => Ok(0),
        }
    }

    async fn write(
        &mut self,
        sql: &'static str,
        want: Option<u64>,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<(), Fault> {
        let statement = self.prepare(sql, params).await?;
        let client = Arc::clone(&self.client);
        let cells = bound_cells(coop, params);
        let answer = async move { Ok(client.execute_raw(&statement, cells).await?) };
        let answer = sent(Box::pin(answer)).await;
        self.sent += 1;
        self.writes.push_back(Write { sql, want, answer });
        Ok(())
    }

    /// Sends a question; its answer can be awaited later.
    pub(crate) async fn query(
        &mut self,
        sql: &'static str,
        coop: CoopId,
        params: &[&dyn Param],
    ) -> Result<Pending, Fault> {
        let statement = self.prepare(sql, params).await?;
        let client = Arc::clone(&self.client);
        let cells = bound_cells(coop, params);
        let answer = async move {
            let rows = client.query_raw(&statement, cells).await?;
            let cells = rows.map_err(Fault::from).and_then(|row| ready(cells_of(&row)));
            cells.try_collect().await
        };
        Ok(sent(Box::pin(answer)).await)
    }

    /// Takes all answers that are on their way; the first that is wrong is the fault.
    pub(crate) async fn settle(&mut self) -> Result<(), Fault> {
        let mut first = Ok(());
        while let Some(write) = self.writes.pop_front() {
            let settled = match (write.answer.await, write.want) {
                (Err(fault), _) => Err(fault),
                (Ok(got), Some(want)) if got != want => {
                    Err(Fault::WrongCount { sql: write.sql, want, got })
                }
                (Ok(_), _) => Ok(()),
            };
            first = first.and(settled);
        }
        first
    }

    /// Sends a statement without parameters, not waiting for it.
    async fn send(&mut self, sql: &'static str, text: String) {
        let client = Arc::clone(&self.client);
        let answer = async move {
            client.batch_execute(&text).await?;
            Ok(0)
        };
        let answer = sent(Box::pin(answer)).await;
        self.writes.push_back(Write { sql, want: None, answer });
    }

    async fn begin(&mut self, sql: &'static str) {
        self.bound = None;
        self.send(sql, sql.to_owned()).await;
    }

    /// Tells row-level security for whom the next statements speak. `set local` and not a call of
    /// `set_config`, since a spread PostgreSQL carries only the former to its workers.
    async fn bind(&mut self, coop: CoopId) {
        if self.bound != Some(coop) {
            self.bound = Some(coop);
            self.send("set local app.coop", format!("set local app.coop = '{}'", coop.get())).await;
        }
    }

    /// The statement with the types that the server finds for its parameters.
    pub(crate) async fn inferred(&mut self, sql: &str) -> Result<Statement, Fault> {
        self.settle().await?;
        Ok(self.client.prepare_typed(sql, &[Type::INT8]).await?)
    }

    pub(crate) async fn explain(&mut self, coop: CoopId, sql: &str) -> Result<String, Fault> {
        let statement = self.inferred(sql).await?;
        let types: Vec<String> = statement.params().iter().map(Type::to_string).collect();
        let blank = statement.params().iter().skip(1).map(|kind| match *kind {
            Type::INT8 | Type::INT4 => "0".to_owned(),
            _ => "''".to_owned(),
        });
        let values: Vec<String> = std::iter::once(coop.to_string()).chain(blank).collect();
        let (types, values) = (types.join(","), values.join(","));
        let probe = format!(
            "prepare probe({types}) as {sql}; explain execute probe({values}); deallocate probe"
        );
        let mut plan = String::new();
        for message in self.client.simple_query(&probe).await? {
            if let tokio_postgres::SimpleQueryMessage::Row(row) = message {
                plan.push_str(row.get(0).unwrap_or_default());
                plan.push('\n');
            }
        }
        Ok(plan)
    }

    async fn rollback(&mut self) {
        self.writes.clear();
        // Where the connection is gone there is nothing to roll back.
        drop(self.client.batch_execute("rollback").await);
    }
}

/// Looks at a future once, which sends its message; its answer comes while we go on.
async fn sent<T: 'static>(mut answer: LocalBoxFuture<'static, T>) -> LocalBoxFuture<'static, T> {
    match futures_util::poll!(&mut answer) {
        Poll::Ready(answer) => Box::pin(ready(answer)),
        Poll::Pending => answer,
    }
}

/// Connects and lets the connection's own task run on this thread's runtime.
pub(crate) async fn connect_raw(config: &Config) -> Result<Client, Fault> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "connection to PostgreSQL ended");
        }
    });
    Ok(client)
}

/// The writing lane.
pub(crate) async fn serve(config: Config, jobs: async_channel::Receiver<Box<dyn Job>>) {
    let mut open: Option<Tx> = None;
    while let Ok(first) = jobs.recv().await {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX {
            match jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        run_batch(&mut open, &config, batch).await;
    }
}

async fn run_batch(open: &mut Option<Tx>, config: &Config, mut batch: Vec<Box<dyn Job>>) {
    let first_try = match connected(open, config).await {
        Ok(tx) => together(tx, &mut batch).await,
        Err(fault) => return batch.into_iter().for_each(|job| job.answer(Err(fault.clone()))),
    };
    if first_try.is_ok() {
        return batch.into_iter().for_each(|job| job.answer(Ok(())));
    }
    for mut job in batch {
        let end = alone_with_patience(open, config, job.as_mut()).await;
        job.answer(end);
    }
}

/// Begins, runs all, commits once. Any fault, and any refusal that came after a write, ends it.
async fn together(tx: &mut Tx, batch: &mut [Box<dyn Job>]) -> Result<(), Broken> {
    session(tx).begin("begin").await;
    for job in batch.iter_mut() {
        let verdict = run_one(tx, job.as_mut(), false).await;
        let wrote = session(tx).sent > 0;
        if job.faulted().is_some() || (verdict == Verdict::Undo && wrote) {
            session(tx).rollback().await;
            return Err(Broken);
        }
    }
    if session(tx).settle().await.is_err() {
        session(tx).rollback().await;
        return Err(Broken);
    }
    session(tx).client.batch_execute("commit").await.map_err(|_| Broken)
}

/// The first attempt failed; nothing of it was kept, or it is not known what was.
struct Broken;

/// Runs one command alone; after a lost connection again, where its sender's id makes that safe.
async fn alone_with_patience(
    open: &mut Option<Tx>,
    config: &Config,
    job: &mut dyn Job,
) -> Result<(), Fault> {
    let mut end = Err(Fault::Lost("not connected".to_owned()));
    for _ in 0..CONNECT_TRIES {
        end = match connected(open, config).await {
            Ok(tx) => alone(tx, job).await,
            Err(fault) => return Err(fault),
        };
        match (&end, job.faulted()) {
            (Err(Fault::Lost(_) | Fault::Busy), _) if job.repeatable() => {}
            (_, Some(Fault::Lost(_) | Fault::Busy)) if job.repeatable() => {}
            _ => return end,
        }
    }
    end
}

async fn alone(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).statements.clear();
    session(tx).begin("begin").await;
    let verdict = run_one(tx, job, true).await;
    let settled = session(tx).settle().await;
    if verdict == Verdict::Undo || settled.is_err() {
        session(tx).rollback().await;
        return settled;
    }
    session(tx).client.batch_execute("commit").await?;
    Ok(())
}

async fn run_one(tx: &mut Tx, job: &mut dyn Job, cautious: bool) -> Verdict {
    tx.coop = job.coop();
    tx.head = HeadState::None;
    let session = session(tx);
    session.cautious = cautious;
    session.bind(job.coop()).await;
    session.sent = 0;
    job.run(tx).await
}

/// A reading lane: each question sees one moment of the database.
pub(crate) async fn serve_reader(config: Config, jobs: async_channel::Receiver<Box<dyn Job>>) {
    let mut open: Option<Tx> = None;
    while let Ok(mut job) = jobs.recv().await {
        let end = match connected(&mut open, &config).await {
            Ok(tx) => snapshot(tx, job.as_mut()).await,
            Err(fault) => Err(fault),
        };
        job.answer(end);
    }
}

async fn snapshot(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).begin("begin isolation level repeatable read read only").await;
    run_one(tx, job, false).await;
    let settled = session(tx).settle().await;
    session(tx).rollback().await;
    settled
}

/// The lane's connection, made anew where it was lost.
async fn connected<'a>(open: &'a mut Option<Tx>, config: &Config) -> Result<&'a mut Tx, Fault> {
    if open.as_mut().is_some_and(|tx| session(tx).client.is_closed()) {
        *open = None;
    }
    let mut wait = Duration::from_millis(50);
    let mut last = Fault::Closed;
    for _ in 0..CONNECT_TRIES {
        if open.is_some() {
            break;
        }
        match Session::connect(config).await {
            Ok(session) => *open = Some(tx_over(session)),
            Err(fault) => {
                last = fault;
                tokio::time::sleep(wait).await;
                wait *= 4;
            }
        }
    }
    open.as_mut().ok_or(last)
}

fn tx_over(session: Session) -> Tx {
    Tx {
        engine: Engine::Postgres(session),
        coop: CoopId::new(0),
        head: HeadState::None,
        order: OrderFacts::default(),
    }
}

fn session(tx: &mut Tx) -> &mut Session {
    match &mut tx.engine {
        Engine::Postgres(session) => session,
        Engine::Sqlite(_) => unreachable!("a PostgreSQL lane holds a PostgreSQL session"),
    }
}

fn bound_cells(coop: CoopId, params: &[&dyn Param]) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(params.len() + 1);
    cells.push(Cell::Int(coop.get()));
    cells.extend(params.iter().map(|param| param.to_cell()));
    cells
}

fn type_of(cell: &Cell) -> Type {
    match cell {
        Cell::Int(_) | Cell::Null(Kind::Int) => Type::INT8,
        Cell::Text(_) | Cell::Null(Kind::Text) => Type::TEXT,
        Cell::Bytes(_) | Cell::Null(Kind::Bytes) => Type::BYTEA,
    }
}

fn cells_of(row: &Row) -> Result<Vec<Cell>, Fault> {
    (0..row.len()).map(|place| cell_of(row, place)).collect()
}

fn cell_of(row: &Row, place: usize) -> Result<Cell, Fault> {
    let kind = row.columns()[place].type_();
    let cell = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(place)?.map(Cell::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(place)?.map(|n| Cell::Int(i64::from(n))),
        Type::BOOL => row.try_get::<_, Option<bool>>(place)?.map(|b| Cell::Int(i64::from(b))),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Cell::Bytes),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            row.try_get::<_, Option<String>>(place)?.map(Cell::Text)
        }
        _ => return Err(Fault::Engine(format!("a column of type {kind} is not read here"))),
    };
    Ok(cell.unwrap_or(Cell::Null(Kind::Text)))
}

impl ToSql for Cell {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Cell::Int(number) => number.to_sql(kind, out),
            Cell::Text(text) => text.to_sql(kind, out),
            Cell::Bytes(bytes) => bytes.to_sql(kind, out),
            Cell::Null(_) => Ok(IsNull::Yes),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Fault {
        let Some(said) = error.as_db_error() else {
            return if error.is_closed() || std::error::Error::source(&error).is_some() {
                Fault::Lost(error.to_string())
            } else {
                Fault::Engine(error.to_string())
            };
        };
        let text = || format!("{} ({})", said.message(), said.code().code());
        match said.code() {
            &SqlState::DISK_FULL => Fault::DiskFull,
            &SqlState::READ_ONLY_SQL_TRANSACTION => Fault::ReadOnly,
            &SqlState::QUERY_CANCELED => Fault::TimedOut,
            &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::LOCK_NOT_AVAILABLE => Fault::Busy,
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW => Fault::Lost(text()),
            code if code.code().starts_with("23") => {
                Fault::Constraint(said.constraint().unwrap_or(said.message()).to_owned())
            }
            _ => Fault::Engine(text()),
        }
    }
}
