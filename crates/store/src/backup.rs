//! A copy of everything, made while the work goes on, by the engine's own means.

use std::fs;
use std::path::Path;
use std::process::Command;

use rusqlite::{Connection, OpenFlags};

use crate::migrate::make_role;
use crate::open::server;
use crate::{Address, Fault};

/// Writes a complete copy of the database to `file`, which must not exist; where it fails, no half
/// of one stays.
///
/// # Errors
/// Where the file exists, the disk is full or the engine's tool fails.
pub async fn backup(address: &Address, file: &Path) -> Result<(), Fault> {
    if file.exists() {
        return Err(Fault::Engine(format!("{} exists already", file.display())));
    }
    match address {
        Address::Sqlite(path) => {
            let from = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            copy(&from, file)
        }
        Address::Postgres(url) => {
            all_can_be_read(url).await?;
            let mut tool = Command::new("pg_dump");
            // The policies hold the owner too; this setting opens those that are made for the copy.
            tool.env("PGOPTIONS", "-c app.backup=on").arg("--enable-row-security");
            tool.args(["--format=custom", "--no-owner", "--file"]).arg(file).arg(url);
            run(tool).await.inspect_err(|_| remove(file))
        }
    }
}

/// Fills an empty database from a copy.
///
/// # Errors
/// Where the place is not empty, the copy cannot be read or the engine's tool fails.
pub async fn restore(address: &Address, file: &Path) -> Result<(), Fault> {
    match address {
        Address::Sqlite(path) => {
            if path.exists() {
                return Err(Fault::Engine(format!("{} exists already", path.display())));
            }
            let from = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            copy(&from, path)
        }
        Address::Postgres(url) => {
            // Rights in the copy name the serving role, which another server does not know yet.
            make_role(&server(url)?.connect_raw().await?).await?;
            let mut tool = Command::new("pg_restore");
            tool.args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname"]);
            tool.arg(url).arg(file);
            run(tool).await
        }
    }
}

/// A table without the policy for copies would come out empty, and nobody would be told.
async fn all_can_be_read(url: &str) -> Result<(), Fault> {
    let client = server(url)?.connect_raw().await?;
    let find = "select relname::text from pg_class where relforcerowsecurity
        and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
        and not exists (select from pg_policy
            where polrelid = pg_class.oid and polname = relname || '_whole')
        order by relname limit 1";
    match client.query_opt(find, &[]).await? {
        None => Ok(()),
        Some(row) => {
            let table: String = row.get(0);
            Err(Fault::Engine(format!("{table} cannot be copied: it has no policy for copies")))
        }
    }
}

/// One step over all pages: the copy shows one moment and no writer waits for it.
fn copy(from: &Connection, to: &Path) -> Result<(), Fault> {
    copy_pages(from, to).inspect_err(|_| remove(to))
}

fn copy_pages(from: &Connection, to: &Path) -> Result<(), Fault> {
    let mut to = Connection::open(to)?;
    let step = rusqlite::backup::Backup::new(from, &mut to)?.step(-1)?;
    match step {
        rusqlite::backup::StepResult::Done => Ok(()),
        other => Err(Fault::Engine(format!("the copy stopped: {other:?}"))),
    }
}

/// Half a copy is worse than none.
fn remove(file: &Path) {
    drop(fs::remove_file(file));
}

/// Runs a tool of the engine on a thread that may wait.
async fn run(mut tool: Command) -> Result<(), Fault> {
    let name = tool.get_program().to_string_lossy().into_owned();
    let done = tokio::task::spawn_blocking(move || tool.output()).await;
    let done = done.map_err(|error| Fault::Panicked(error.to_string()))?;
    let done = done.map_err(|error| Fault::Engine(format!("{name}: {error}")))?;
    if done.status.success() {
        return Ok(());
    }
    Err(Fault::Engine(format!("{name}: {}", String::from_utf8_lossy(&done.stderr).trim())))
}
