//! Questions that tests ask of the engines: whether a statement is understood, and what it touches.

use values::CoopId;

use crate::tx::Engine;
use crate::{Failure, Fault, Store, Tx};

impl Store {
    /// Whether the engine understands a statement.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn prepare_only(&self, sql: &'static str) -> Result<(), Failure> {
        let act = async move |tx: &mut Tx| -> Result<(), Failure> {
            match &mut tx.engine {
                Engine::Sqlite(session) => session.prepare_only(sql)?,
                Engine::Postgres(session) => drop(session.inferred(sql).await?),
            }
            Ok(())
        };
        self.write(CoopId::new(0), act).await
    }

    /// The plan of a statement for one cooperative, as PostgreSQL tells it.
    ///
    /// # Errors
    /// What the engine says; SQLite has one file and no partitions.
    pub async fn explain(&self, coop: CoopId, sql: &'static str) -> Result<String, Failure> {
        let act = async move |tx: &mut Tx| -> Result<String, Failure> {
            match &mut tx.engine {
                Engine::Sqlite(_) => Err(Fault::Engine("no partitions here".to_owned()).into()),
                Engine::Postgres(session) => Ok(session.explain(coop, sql).await?),
            }
        };
        self.write(coop, act).await
    }
}
