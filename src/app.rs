//! State and router: one line a room.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use store::{Address, Lanes, Store};
use tower_http::compression::CompressionLayer;
use web::{Clock, Routes, Settings, Shell};

/// Every address of the house, room by room.
pub fn routes() -> Routes {
    Routes::new()
        .and(access::routes())
        .and(members::routes())
        .and(cash::routes())
        .and(reports::routes())
        .and(city::routes())
        .and(portal::routes())
        .and(shop::routes())
        .and(suppliers::routes())
        .and(stock::routes())
}

/// The router over a shell.
pub fn router(shell: Shell) -> Router {
    access::router(shell, &routes()).layer(CompressionLayer::new())
}

/// Opens the database for a running server or command; the schema must be up to date.
///
/// # Errors
/// Where there is no database or it cannot be opened.
pub async fn open(db: &str) -> anyhow::Result<(Address, Store)> {
    let address: Address = db.parse()?;
    if let Address::Sqlite(path) = &address {
        anyhow::ensure!(
            path.exists(),
            "{} does not exist; run setup or demo first",
            path.display()
        );
    }
    let store = Store::open(&address, Lanes::default()).await?;
    Ok((address, store))
}

/// The shell of an opened database.
pub fn shell(store: Store, settings: Settings) -> Shell {
    Shell { store, clock: Clock::of_machine(), settings: Arc::new(settings) }
}

/// The key for what must not be readable in the database: beside it, never in it.
///
/// `LUMBUNG_KEY` names the file; by default it stands beside the SQLite file, or in the working
/// folder for PostgreSQL. It is made where it is missing.
///
/// # Errors
/// Where the file cannot be read or written, or holds no key.
pub fn secret(address: &Address) -> anyhow::Result<[u8; 32]> {
    let path = std::env::var_os("LUMBUNG_KEY").map_or_else(|| default_key(address), PathBuf::from);
    if !path.exists() {
        write_private(&path, &hex::encode(rand::random::<[u8; 32]>()))
            .with_context(|| format!("cannot write the key {}", path.display()))?;
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read the key {}", path.display()))?;
    let bytes = hex::decode(text.trim()).context("the key is not hexadecimal")?;
    bytes.try_into().map_err(|_| anyhow::anyhow!("the key must have 32 bytes"))
}

fn default_key(address: &Address) -> PathBuf {
    match address {
        Address::Sqlite(path) => path.with_extension("key"),
        Address::Postgres(_) => PathBuf::from("lumbung.key"),
    }
}

/// Writes a file that only its owner may read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}
