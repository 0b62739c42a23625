//! One connection to PostgreSQL: statements, and writes that are sent without waiting.

use std::collections::{HashMap, VecDeque};
use std::future::ready;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, NoTls, Statement};
use values::CoopId;

use super::convert::{bound_cells, cells_of, type_of};
use crate::cell::Param;
use crate::{Cell, Fault};

/// The role that serving connections take on: it owns nothing, so row-level security binds it.
pub(crate) const APP_ROLE: &str = "lumbung_app";
/// How long a connection may take to be made.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// How long a line may stay silent where an answer is due, before it counts as lost.
const SILENCE_LIMIT: Duration = Duration::from_secs(30);

/// A server and how long one of its statements may run.
#[derive(Clone)]
pub(crate) struct Server {
    config: Config,
    statement_limit: Duration,
}

impl Server {
    /// The server of an address; a line that falls silent is noticed, unless the address says how.
    pub(crate) fn new(url: &str, statement_limit: Duration) -> Result<Server, Fault> {
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
            Fault::Engine(format!("the address of PostgreSQL: {error}"))
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_LIMIT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE_LIMIT);
            config.keepalives_idle(SILENCE_LIMIT);
        }
        Ok(Server { config, statement_limit })
    }

    /// Connects as the owner.
    pub(crate) async fn connect_raw(&self) -> Result<Client, Fault> {
        connect_raw(&self.config).await
    }
}

/// An answer on its way.
pub(crate) type Pending = BoxFuture<'static, Result<Vec<Vec<Cell>>, Fault>>;

struct Write {
    sql: &'static str,
    want: Option<u64>,
    answer: BoxFuture<'static, Result<u64, Fault>>,
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
    pub(crate) async fn connect(server: &Server) -> Result<Session, Fault> {
        let client = connect_raw(&server.config).await?;
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
        let limit = server.statement_limit.as_millis();
        let settings = format!(
            "set role lumbung_app; set statement_timeout = '{limit}ms'; set lock_timeout = '10s';
             set idle_in_transaction_session_timeout = '60s'; set timezone = 'UTC'"
        );
        client.batch_execute(&settings).await?;
        Ok(Session {
            client: Arc::new(client),
            statements: HashMap::new(),
            writes: VecDeque::new(),
            sent: 0,
            cautious: false,
            bound: None,
        })
    }

    /// Whether the line is known to be gone.
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Forgets prepared statements, which a changed schema or another server behind the same address
    /// makes useless.
    pub(super) fn forget_statements(&mut self) {
        self.statements.clear();
    }

    /// Commits, and waits until the server says so.
    pub(super) async fn commit(&self) -> Result<(), Fault> {
        Ok(self.client.batch_execute("commit").await?)
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
        Ok(drained(sent(Box::pin(answer)).await))
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

    pub(super) async fn begin(&mut self, sql: &'static str) {
        self.bound = None;
        self.send(sql, sql.to_owned()).await;
    }

    /// Tells row-level security for whom the next statements speak. `set local` and not a call of
    /// `set_config`, since a spread PostgreSQL carries only the former to its workers.
    pub(super) async fn bind(&mut self, coop: CoopId) {
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

    pub(super) async fn rollback(&mut self) {
        self.writes.clear();
        // Where the connection is gone there is nothing to roll back.
        drop(self.client.batch_execute("rollback").await);
    }
}

/// Looks at a future once, which sends its message; its answer comes while we go on.
async fn sent<T: Send + 'static>(mut answer: BoxFuture<'static, T>) -> BoxFuture<'static, T> {
    match futures_util::poll!(&mut answer) {
        Poll::Ready(answer) => Box::pin(ready(answer)),
        Poll::Pending => answer,
    }
}

/// Reads an answer as it comes, whoever waits for it: rows that nobody takes would stop everything
/// that comes behind them on the connection.
fn drained<T: Send + 'static>(
    answer: BoxFuture<'static, Result<T, Fault>>,
) -> BoxFuture<'static, Result<T, Fault>> {
    let read = tokio::spawn(answer);
    Box::pin(async move {
        read.await.unwrap_or_else(|stopped| Err(Fault::Panicked(stopped.to_string())))
    })
}

/// Connects and lets the connection's own task run on this thread's runtime.
async fn connect_raw(config: &Config) -> Result<Client, Fault> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "connection to PostgreSQL ended");
        }
    });
    Ok(client)
}
