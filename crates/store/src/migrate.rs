//! Brings a database up to date: each migration once, remembered with its checksum.

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};
use tokio_postgres::Client;

use crate::Fault;
use crate::postgres::{APP_ROLE, Server};
use crate::schema::{Layout, MIGRATIONS, Migration};

/// Taken on PostgreSQL while migrating, so that two servers that start together take turns.
const ADVISORY_LOCK: i64 = 0x004C_554D_4255_4E47;

const REMEMBER: &str = "create table if not exists migrations (
    name text not null primary key, checksum text not null)";

fn checksum(migration: &Migration) -> String {
    hex::encode(Sha256::digest(migration.sql))
}

/// A migration that stands in the database must be the one that stands in the binary.
fn agrees(migration: &Migration, known: &str) -> Result<(), Fault> {
    if known == checksum(migration) {
        return Ok(());
    }
    let name = migration.name;
    Err(Fault::Engine(format!("migration {name} in the database differs from the binary's")))
}

/// Applies to SQLite what is missing; each migration in one transaction.
pub(crate) fn sqlite(connection: &rusqlite::Connection) -> Result<(), Fault> {
    connection.execute_batch(REMEMBER)?;
    for migration in MIGRATIONS {
        connection.execute_batch("begin immediate")?;
        let applied = sqlite_one(connection, migration);
        connection.execute_batch(if applied.is_ok() { "commit" } else { "rollback" })?;
        applied?;
    }
    Ok(())
}

fn sqlite_one(connection: &rusqlite::Connection, migration: &Migration) -> Result<(), Fault> {
    let find = "select checksum from migrations where name = ?1";
    let known: Option<String> =
        connection.query_row(find, [migration.name], |row| row.get(0)).optional()?;
    if let Some(known) = known {
        return agrees(migration, &known);
    }
    for statement in migration.for_sqlite() {
        connection.execute_batch(&statement)?;
    }
    let insert = "insert into migrations (name, checksum) values (?1, ?2)";
    connection.execute(insert, [migration.name, &checksum(migration)])?;
    Ok(())
}

/// Applies to PostgreSQL what is missing, as the owner; all in one transaction.
pub(crate) async fn postgres(server: &Server, layout: Layout) -> Result<(), Fault> {
    let mut client = server.connect_raw().await?;
    make_role(&client).await?;
    let transaction = client.transaction().await?;
    transaction.execute("select pg_advisory_xact_lock($1)", &[&ADVISORY_LOCK]).await?;
    transaction.batch_execute(REMEMBER).await?;
    for migration in MIGRATIONS {
        let find = "select checksum from migrations where name = $1";
        if let Some(row) = transaction.query_opt(find, &[&migration.name]).await? {
            agrees(migration, row.get(0))?;
            continue;
        }
        transaction.batch_execute(&migration.for_postgres(layout).join(";\n")).await?;
        let insert = "insert into migrations (name, checksum) values ($1, $2)";
        transaction.execute(insert, &[&migration.name, &checksum(migration)]).await?;
    }
    transaction.batch_execute("grant select on migrations to lumbung_app").await?;
    Ok(transaction.commit().await?)
}

/// The plain role is the cluster's; it is made once, by whoever comes first.
pub(crate) async fn make_role(client: &Client) -> Result<(), Fault> {
    let find = "select 1 from pg_roles where rolname = $1";
    if client.query_opt(find, &[&APP_ROLE]).await?.is_none() {
        let made = client.batch_execute("create role lumbung_app nologin").await;
        if made.is_err() && client.query_opt(find, &[&APP_ROLE]).await?.is_none() {
            made?;
        }
    }
    let member = "select pg_has_role(current_user, 'lumbung_app', 'member')";
    if !client.query_one(member, &[]).await?.get::<_, bool>(0) {
        client.batch_execute("grant lumbung_app to current_user").await?;
    }
    Ok(())
}
