//! The bare loop over `rusqlite`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Statement;

use super::{Step, Taped};
use crate::{Cell, Fault};

pub(super) fn replay(path: &Path, tape: &[Taped], together: usize) -> Result<Duration, Fault> {
    let connection = crate::sqlite::create(path)?;
    let mut statements: HashMap<*const u8, Statement<'_>> = HashMap::new();
    for step in tape.iter().flat_map(|command| &command.steps) {
        if let Entry::Vacant(free) = statements.entry(step.sql.as_ptr()) {
            free.insert(connection.prepare(&step.sql.replace('$', "?"))?);
        }
    }
    let mut begin = connection.prepare("begin immediate")?;
    let mut commit = connection.prepare("commit")?;
    let started = Instant::now();
    for commands in tape.chunks(together) {
        begin.raw_execute()?;
        for command in commands {
            for step in &command.steps {
                if let Some(statement) = statements.get_mut(&step.sql.as_ptr()) {
                    send(statement, command.coop.get(), step)?;
                }
            }
        }
        commit.raw_execute()?;
    }
    Ok(started.elapsed())
}

fn send(statement: &mut Statement<'_>, coop: i64, step: &Step) -> Result<(), Fault> {
    if statement.parameter_count() > 0 {
        statement.raw_bind_parameter(1, coop)?;
    }
    for (place, cell) in (2..).zip(&step.params) {
        match cell {
            Cell::Int(number) => statement.raw_bind_parameter(place, number)?,
            Cell::Text(text) => statement.raw_bind_parameter(place, text)?,
            Cell::Bytes(bytes) => statement.raw_bind_parameter(place, bytes)?,
            Cell::Null(_) => statement.raw_bind_parameter(place, rusqlite::types::Null)?,
        }
    }
    if step.asks() {
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        return Ok(());
    }
    let got = u64::try_from(statement.raw_execute()?).unwrap_or(u64::MAX);
    match step.want {
        Some(want) if want != got => Err(Fault::WrongCount { sql: step.sql, want, got }),
        _ => Ok(()),
    }
}
