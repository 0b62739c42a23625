//! `migrate`: brings the schema up to date.

use store::schema::Layout;
use store::{Address, Store};

use crate::commands::Outcome;

/// Runs it.
pub(crate) async fn run(db: &str) -> anyhow::Result<Outcome> {
    let address: Address = db.parse()?;
    Store::migrate(&address, Layout::Plain).await?;
    Ok(Outcome::Done)
}
