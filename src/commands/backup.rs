//! `backup` and `restore`: a copy of everything, and back.

use std::path::PathBuf;

use clap::Args;

use crate::commands::{Outcome, check};

/// The file of the copy.
#[derive(Args)]
pub(crate) struct File {
    /// The copy
    file: PathBuf,
}

impl File {
    /// Writes the copy.
    pub(crate) async fn backup(self, db: &str) -> anyhow::Result<Outcome> {
        store::backup(&db.parse()?, &self.file).await?;
        eprintln!("{} written", self.file.display());
        Ok(Outcome::Done)
    }

    /// Reads it back and recounts everything.
    pub(crate) async fn restore(self, db: &str) -> anyhow::Result<Outcome> {
        store::restore(&db.parse()?, &self.file).await?;
        eprintln!("{} restored; checking", self.file.display());
        check::Check::all().run(db).await
    }
}
