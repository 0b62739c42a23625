//! Opening a database and speaking with it.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use values::CoopId;

use crate::bare::Tape;
use crate::command::{Order, Receipt, once};
use crate::lane::Lane;
use crate::schema::Layout;
use crate::{Answer, Failure, Fault, Tx, migrate, postgres, sqlite};

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `sqlite:PATH`
    Sqlite(PathBuf),
    /// `postgres://…`, the owner's sign-in.
    Postgres(String),
}

impl FromStr for Address {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Address, Fault> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Ok(Address::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Address::Postgres(text.to_owned()));
        }
        Err(Fault::Engine(format!("neither sqlite:PATH nor postgres://…: {text}")))
    }
}

/// How many connections to keep, and how long to wait for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lanes {
    /// Writing lanes on PostgreSQL; SQLite always has one.
    pub writers: usize,
    /// Reading lanes.
    pub readers: usize,
    /// How long one statement may run.
    pub statement_limit: Duration,
    /// How long a sender waits for a place in a full queue.
    pub patience: Duration,
    /// Pages that the SQLite file may grow to. For tests, which fill a disk with it.
    pub sqlite_pages_max: Option<u32>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        Lanes {
            writers: 8,
            readers: 4,
            statement_limit: Duration::from_secs(60),
            patience: Duration::from_secs(5),
            sqlite_pages_max: None,
        }
    }
}

/// An open database. Cheap to clone; all clones share the lanes.
#[derive(Clone)]
pub struct Store {
    writers: Vec<Lane>,
    readers: Lane,
}

impl Store {
    /// Brings the schema up to date; the address is the owner's.
    ///
    /// # Errors
    /// Where the database cannot be reached or a migration differs from the one it knows.
    pub async fn migrate(address: &Address, layout: Layout) -> Result<(), Fault> {
        match address {
            Address::Sqlite(path) => migrate::sqlite(&sqlite::create(path)?),
            Address::Postgres(url) => migrate::postgres(&server(url)?, layout).await,
        }
    }

    /// Opens the lanes. The schema must be up to date.
    ///
    /// # Errors
    /// Where the database cannot be reached, or its role is one that row-level security does not bind.
    pub async fn open(address: &Address, lanes: Lanes) -> Result<Store, Fault> {
        match address {
            Address::Sqlite(path) => open_sqlite(path, lanes, None),
            Address::Postgres(url) => {
                open_postgres(&postgres::Server::new(url, lanes.statement_limit)?, lanes).await
            }
        }
    }

    /// Opens an SQLite file whose commands are noted on a tape as they are kept, so that a bare loop
    /// can send the same statements: what `bench` compares with.
    ///
    /// # Errors
    /// Where the file cannot be opened, or the address is PostgreSQL's.
    pub fn open_taped(address: &Address, lanes: Lanes, tape: &Tape) -> Result<Store, Fault> {
        match address {
            Address::Sqlite(path) => open_sqlite(path, lanes, Some(tape.clone())),
            Address::Postgres(_) => Err(Fault::Engine("a tape is made on SQLite".to_owned())),
        }
    }

    /// Runs a command once for its request id and keeps who asked for what.
    ///
    /// `act` may run twice, so it keeps no state outside its transaction and waits for nothing but
    /// the store.
    ///
    /// # Errors
    /// What `act` refuses; `request.other_content` where the id was used for something else; a fault.
    pub async fn command<T, F>(&self, order: Order, act: F) -> Result<Answer<T>, Failure>
    where
        T: Receipt,
        F: AsyncFn(&mut Tx) -> Result<T, Failure> + Send + 'static,
    {
        let coop = order.coop;
        let run = async move |tx: &mut Tx| once(tx, &order, &act).await;
        self.lane(coop).ask(coop, true, run).await
    }

    /// Writes without keeping a command: sign-ins, looks, counters of attempts. What it does must be
    /// harmless when done twice or, after a lost connection, not at all.
    ///
    /// # Errors
    /// What `act` refuses, or a fault.
    pub async fn write<T, F>(&self, coop: CoopId, act: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx) -> Result<T, Failure> + Send + 'static,
    {
        self.lane(coop).ask(coop, false, act).await
    }

    /// Asks questions that all see one moment of one cooperative's data.
    ///
    /// # Errors
    /// What `act` refuses, or a fault.
    pub async fn read<T, F>(&self, coop: CoopId, act: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx) -> Result<T, Failure> + Send + 'static,
    {
        self.readers.ask(coop, true, act).await
    }

    /// A cooperative always maps to the same lane, so its commands keep their order.
    fn lane(&self, coop: CoopId) -> &Lane {
        let count = i64::try_from(self.writers.len()).unwrap_or(1);
        let place = usize::try_from(coop.get().rem_euclid(count)).unwrap_or(0);
        &self.writers[place]
    }
}

/// The server as the owner's own steps speak with it.
pub(crate) fn server(url: &str) -> Result<postgres::Server, Fault> {
    postgres::Server::new(url, Lanes::default().statement_limit)
}

fn open_sqlite(path: &Path, lanes: Lanes, tape: Option<Tape>) -> Result<Store, Fault> {
    let (writer, jobs) = Lane::new(lanes.patience);
    let desk = sqlite::Desk::open(sqlite::Place::new(path, lanes), tape)?;
    spawn("lane", move || desk.serve(&jobs))?;
    let (readers, questions) = Lane::new(lanes.patience);
    for _ in 0..lanes.readers.max(1) {
        let questions = questions.clone();
        let desk = sqlite::Desk::open(sqlite::Place::new(path, lanes).only_read(), None)?;
        spawn("reader", move || desk.serve_reader(&questions))?;
    }
    Ok(Store { writers: vec![writer], readers })
}

async fn open_postgres(server: &postgres::Server, lanes: Lanes) -> Result<Store, Fault> {
    // One connection first, so that a wrong role or a missing server is told at once.
    postgres::Session::connect(server).await?;
    let mut writers = Vec::new();
    for _ in 0..lanes.writers.max(1) {
        let (writer, jobs) = Lane::new(lanes.patience);
        writers.push(writer);
        let server = server.clone();
        spawn_runtime("lane", move || postgres::serve(server, jobs))?;
    }
    let (readers, questions) = Lane::new(lanes.patience);
    for _ in 0..lanes.readers.max(1) {
        let (server, questions) = (server.clone(), questions.clone());
        spawn_runtime("reader", move || postgres::serve_reader(server, questions))?;
    }
    Ok(Store { writers, readers })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map(drop).map_err(|error| Fault::Engine(error.to_string()))
}

/// A thread with a small runtime of its own: the futures of its commands never leave it.
fn spawn_runtime<F: Future<Output = ()>>(
    name: &str,
    work: impl FnOnce() -> F + Send + 'static,
) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::Engine(error.to_string()))?;
    spawn(name, move || runtime.block_on(work()))
}
