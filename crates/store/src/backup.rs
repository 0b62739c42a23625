//! A copy of everything, made while the work goes on, by the engine's own means.

use std::path::Path;
use std::process::Command;

use rusqlite::{Connection, OpenFlags};

use crate::{Address, Fault};

/// Writes a complete copy of the database to `file`, which must not exist.
///
/// # Errors
/// Where the file exists, the disk is full or the engine's tool fails.
pub fn backup(address: &Address, file: &Path) -> Result<(), Fault> {
    if file.exists() {
        return Err(Fault::Engine(format!("{} exists already", file.display())));
    }
    match address {
        Address::Sqlite(path) => {
            let from = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            copy(&from, file)
        }
        Address::Postgres(url) => {
            let mut tool = Command::new("pg_dump");
            tool.args(["--format=custom", "--no-owner", "--file"]).arg(file).arg(url);
            run(&mut tool)
        }
    }
}

/// Fills an empty database from a copy.
///
/// # Errors
/// Where the place is not empty, the copy cannot be read or the engine's tool fails.
pub fn restore(address: &Address, file: &Path) -> Result<(), Fault> {
    match address {
        Address::Sqlite(path) => {
            if path.exists() {
                return Err(Fault::Engine(format!("{} exists already", path.display())));
            }
            let from = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            copy(&from, path)
        }
        Address::Postgres(url) => {
            let mut tool = Command::new("pg_restore");
            tool.args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname"]);
            run(tool.arg(url).arg(file))
        }
    }
}

/// One step over all pages: the copy shows one moment and no writer waits for it.
fn copy(from: &Connection, to: &Path) -> Result<(), Fault> {
    let mut to = Connection::open(to)?;
    let step = rusqlite::backup::Backup::new(from, &mut to)?.step(-1)?;
    match step {
        rusqlite::backup::StepResult::Done => Ok(()),
        other => Err(Fault::Engine(format!("the copy stopped: {other:?}"))),
    }
}

fn run(tool: &mut Command) -> Result<(), Fault> {
    let name = tool.get_program().to_string_lossy().into_owned();
    let done = tool.output().map_err(|error| Fault::Engine(format!("{name}: {error}")))?;
    if done.status.success() {
        return Ok(());
    }
    Err(Fault::Engine(format!("{name}: {}", String::from_utf8_lossy(&done.stderr).trim())))
}
