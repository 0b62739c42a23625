//! Between the cells of the house and the types and errors of PostgreSQL.

use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Error, Row};
use values::CoopId;

use crate::cell::Param;
use crate::{Cell, Fault, Kind};

pub(super) fn bound_cells(coop: CoopId, params: &[&dyn Param]) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(params.len() + 1);
    cells.push(Cell::Int(coop.get()));
    cells.extend(params.iter().map(|param| param.to_cell()));
    cells
}

pub(super) fn type_of(cell: &Cell) -> Type {
    match cell {
        Cell::Int(_) | Cell::Null(Kind::Int) => Type::INT8,
        Cell::Text(_) | Cell::Null(Kind::Text) => Type::TEXT,
        Cell::Bytes(_) | Cell::Null(Kind::Bytes) => Type::BYTEA,
    }
}

pub(super) fn cells_of(row: &Row) -> Result<Vec<Cell>, Fault> {
    (0..row.len()).map(|place| cell_of(row, place)).collect()
}

fn cell_of(row: &Row, place: usize) -> Result<Cell, Fault> {
    let kind = row.columns()[place].type_();
    let cell = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(place)?.map(Cell::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(place)?.map(|n| Cell::Int(i64::from(n))),
        Type::BOOL => row.try_get::<_, Option<bool>>(place)?.map(|b| Cell::Int(i64::from(b))),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Cell::Bytes),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            row.try_get::<_, Option<String>>(place)?.map(Cell::Text)
        }
        _ => return Err(Fault::Engine(format!("a column of type {kind} is not read here"))),
    };
    Ok(cell.unwrap_or(Cell::Null(Kind::Text)))
}

impl ToSql for Cell {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Cell::Int(number) => number.to_sql(kind, out),
            Cell::Text(text) => text.to_sql(kind, out),
            Cell::Bytes(bytes) => bytes.to_sql(kind, out),
            Cell::Null(_) => Ok(IsNull::Yes),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        let Some(said) = error.as_db_error() else {
            return if is_lost(&error) {
                Fault::Lost(error.to_string())
            } else {
                Fault::Engine(error.to_string())
            };
        };
        let text = || format!("{} ({})", said.message(), said.code().code());
        match said.code() {
            &SqlState::DISK_FULL => Fault::DiskFull,
            &SqlState::READ_ONLY_SQL_TRANSACTION => Fault::ReadOnly,
            &SqlState::QUERY_CANCELED => Fault::TimedOut,
            &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::LOCK_NOT_AVAILABLE
            | &SqlState::TOO_MANY_CONNECTIONS => Fault::Busy,
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW
            | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => Fault::Lost(text()),
            code if code.code().starts_with("08") => Fault::Lost(text()),
            code if code.code().starts_with("23") => {
                Fault::Constraint(said.constraint().unwrap_or(said.message()).to_owned())
            }
            _ => Fault::Engine(text()),
        }
    }
}

/// Whether the way to the server failed. A parameter of the wrong type has a cause too, but no line
/// was lost by it.
fn is_lost(error: &Error) -> bool {
    let cause = std::error::Error::source(error);
    error.is_closed() || cause.is_some_and(|cause| cause.is::<std::io::Error>())
}
