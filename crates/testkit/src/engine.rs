//! A database of a test's own, on each engine.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use sha2::{Digest, Sha256};
use store::schema::{Layout, MIGRATIONS};
use store::{Address, Lanes, Store};
use tempfile::TempDir;

/// How the database of a restored copy ends.
const COPY: &str = "_copy";

/// An open database that goes away with the test.
pub struct Engine {
    /// The open store.
    pub store: Store,
    /// Where it lives.
    pub address: Address,
    /// `SQLite` or `PostgreSQL`, for messages.
    pub name: &'static str,
    folder: TempDir,
    database: Option<String>,
}

impl Engine {
    /// A folder of the test's own, for files.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Another store over the same database: a second server.
    ///
    /// # Panics
    /// Where the database cannot be opened.
    pub async fn second_server(&self) -> Store {
        Store::open(&self.address, small_lanes()).await.expect("a second server opens")
    }

    /// A place of the same kind with nothing in it, for a copy; it goes away with the test.
    ///
    /// # Panics
    /// Where it cannot be made.
    #[must_use]
    pub fn empty_place(&self) -> Address {
        match (&self.address, &self.database) {
            (Address::Postgres(url), Some(database)) => {
                let copy = format!("{database}{COPY}");
                psql(&format!("create database {copy}")).expect("an empty database");
                Address::Postgres(with_database(url, &copy))
            }
            _ => Address::Sqlite(self.folder.path().join("copy.db")),
        }
    }

    /// Ends all sessions of the database, as a server that restarts does.
    ///
    /// # Panics
    /// Where the database is none of PostgreSQL's.
    pub fn end_sessions(&self) {
        let end = "select pg_terminate_backend(pid, 5000) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()";
        psql_on(self.url(), end).expect("the sessions end");
    }

    /// Lets new sessions only read, as a standby does, or lets them write again.
    ///
    /// # Panics
    /// Where the database is none of PostgreSQL's.
    pub fn set_read_only(&self, on: bool) {
        let name = self.database.as_deref().unwrap_or_default();
        let value = if on { "on" } else { "off" };
        let set = format!(
            "set default_transaction_read_only = off;
             alter database {name} set default_transaction_read_only = {value}"
        );
        psql(&set).expect("the database is set");
    }

    fn url(&self) -> &str {
        match &self.address {
            Address::Postgres(url) => url,
            Address::Sqlite(_) => panic!("SQLite has no server"),
        }
    }

    /// Changes rows by hand, past the store and past every guard, as somebody with the password of
    /// the database could.
    ///
    /// # Panics
    /// Where the statement fails.
    pub fn tamper(&self, sql: &str) {
        match &self.address {
            Address::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).expect("the file opens");
                let find = "select name from sqlite_master where type = 'trigger'";
                let mut triggers = connection.prepare(find).expect("SQLite lists its triggers");
                let names = triggers.query_map([], |row| row.get::<_, String>(0));
                for name in names.expect("SQLite lists its triggers") {
                    let name = name.expect("a trigger has a name");
                    connection.execute_batch(&format!("drop trigger {name}")).expect("it goes");
                }
                connection.execute_batch(sql).expect("the rows change");
            }
            Address::Postgres(url) => {
                let unguarded = "do $$ declare name text; begin
                    for name in select tablename from pg_tables where schemaname = 'public' loop
                        execute format('alter table %I no force row level security', name);
                    end loop; end $$";
                psql_on(url, &format!("{unguarded}; {sql}")).expect("the rows change");
            }
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(database) = &self.database {
            for name in [database.clone(), format!("{database}{COPY}")] {
                psql(&format!("drop database if exists {name} with (force)")).ok();
            }
        }
    }
}

fn small_lanes() -> Lanes {
    Lanes { writers: 2, readers: 2, ..Lanes::default() }
}

/// Runs a test on both engines.
///
/// # Panics
/// Where the test does.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Engine) -> F) {
    on_sqlite(&test);
    on_postgres(&test);
}

/// Runs a test on SQLite alone.
///
/// # Panics
/// Where the test does.
pub fn on_sqlite<F: Future<Output = ()>>(test: impl Fn(Engine) -> F) {
    block_on(async {
        let folder = TempDir::new().expect("a temporary folder");
        let address = Address::Sqlite(folder.path().join("lumbung.db"));
        Store::migrate(&address, Layout::Plain).await.expect("the schema is made");
        let store = Store::open(&address, small_lanes()).await.expect("SQLite opens");
        test(Engine { store, address, name: "SQLite", folder, database: None }).await;
    });
}

/// Runs a test on PostgreSQL alone, where one is there.
///
/// # Panics
/// Where the test does.
pub fn on_postgres<F: Future<Output = ()>>(test: impl Fn(Engine) -> F) {
    on_layout(Layout::Plain, test);
}

/// Runs a test on PostgreSQL with every cooperative's table in hash partitions.
///
/// # Panics
/// Where the test does.
pub fn on_partitions<F: Future<Output = ()>>(test: impl Fn(Engine) -> F) {
    on_layout(Layout::Partitioned, test);
}

fn on_layout<F: Future<Output = ()>>(layout: Layout, test: impl Fn(Engine) -> F) {
    let Ok(server) = std::env::var("LUMBUNG_TEST_POSTGRES") else {
        eprintln!("LUMBUNG_TEST_POSTGRES is not set: PostgreSQL not tested");
        return;
    };
    block_on(async {
        let template = template(&server, layout).await;
        let mut random = [0_u8; 6];
        random.copy_from_slice(&Sha256::digest(values::RequestId::new_v7().to_text())[..6]);
        let database = format!("lumbung_test_{}", hex::encode(random));
        psql(&format!("create database {database} template {template}")).expect("a database");
        let address = Address::Postgres(with_database(&server, &database));
        let store = Store::open(&address, small_lanes()).await.expect("PostgreSQL opens");
        let folder = TempDir::new().expect("a temporary folder");
        let database = Some(database);
        test(Engine { store, address, name: "PostgreSQL", folder, database }).await;
    });
}

/// A migrated database that the others are copied from; made by whichever test comes first.
async fn template(server: &str, layout: Layout) -> String {
    let mut hash = Sha256::new();
    let told = MIGRATIONS.iter().flat_map(|migration| migration.for_postgres(layout));
    told.for_each(|statement| hash.update(statement));
    let name = format!("lumbung_{layout:?}_{}", hex::encode(&hash.finalize()[..6])).to_lowercase();
    let lock = File::create(std::env::temp_dir().join("lumbung-template.lock"));
    let lock = lock.expect("a file to lock");
    lock.lock().expect("tests take turns at the template");
    let find = format!("select count(*) from pg_database where datname = '{name}'");
    if psql(&find).expect("PostgreSQL answers").trim() == "0" {
        let making = format!("{name}_making");
        psql(&format!("drop database if exists {making}")).expect("an old attempt goes");
        psql(&format!("create database {making}")).expect("a template");
        let address = Address::Postgres(with_database(server, &making));
        Store::migrate(&address, layout).await.expect("the schema is made");
        psql(&format!("alter database {making} rename to {name}")).expect("the template is named");
    }
    name
}

fn with_database(server: &str, database: &str) -> String {
    let (host, _) = server.rsplit_once('/').expect("the address names a database");
    format!("{host}/{database}")
}

/// Tells PostgreSQL something as the owner, outside the store.
fn psql(sql: &str) -> Result<String, String> {
    let server = std::env::var("LUMBUNG_TEST_POSTGRES").map_err(|error| error.to_string())?;
    psql_on(&server, sql)
}

fn psql_on(url: &str, sql: &str) -> Result<String, String> {
    let mut tool = Command::new("psql");
    let done = tool.args([url, "-XAtqc", sql]).output().map_err(|error| error.to_string())?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned())
    }
}

fn block_on(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(test);
}
