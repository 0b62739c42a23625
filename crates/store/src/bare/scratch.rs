//! An empty database that lasts as long as a measurement.

use std::path::{Path, PathBuf};

use crate::open::server;
use crate::schema::Layout;
use crate::{Address, Fault, Store};

/// A migrated database of its own.
pub struct Scratch {
    address: Address,
    /// On PostgreSQL: where to drop it from, and its name.
    home: Option<(String, String)>,
}

impl Scratch {
    /// An SQLite file in a folder.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub async fn on_sqlite(folder: &Path, name: &str) -> Result<Scratch, Fault> {
        let path = folder.join(format!("{name}.db"));
        let scratch = Scratch { address: Address::Sqlite(path), home: None };
        scratch.remove_files();
        Store::migrate(&scratch.address, Layout::Plain).await?;
        Ok(scratch)
    }

    /// A database beside the one of a PostgreSQL address.
    ///
    /// # Errors
    /// Where the server cannot be reached or refuses.
    pub async fn on_postgres(url: &str, name: &str) -> Result<Scratch, Fault> {
        let name = format!("lumbung_bench_{name}_{}", std::process::id());
        let owner = server(url)?.connect_raw().await?;
        owner.batch_execute(&format!("drop database if exists {name} with (force)")).await?;
        owner.batch_execute(&format!("create database {name}")).await?;
        let (host, _) = url.rsplit_once('/').ok_or(Fault::Engine("no database named".into()))?;
        let address = Address::Postgres(format!("{host}/{name}"));
        Store::migrate(&address, Layout::Plain).await?;
        Ok(Scratch { address, home: Some((url.to_owned(), name)) })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Removes it.
    ///
    /// # Errors
    /// Where the server cannot be reached.
    pub async fn remove(self) -> Result<(), Fault> {
        self.remove_files();
        if let Some((url, name)) = &self.home {
            let owner = server(url)?.connect_raw().await?;
            owner.batch_execute(&format!("drop database if exists {name} with (force)")).await?;
        }
        Ok(())
    }

    fn remove_files(&self) {
        if let Address::Sqlite(path) = &self.address {
            let beside = ["", "-wal", "-shm"].map(|ending| {
                let mut whole = path.clone().into_os_string();
                whole.push(ending);
                PathBuf::from(whole)
            });
            // What is not there need not go.
            beside.iter().for_each(|file| drop(std::fs::remove_file(file)));
        }
    }
}
