//! What goes wrong: the machine fails ([`Fault`]) or the business says no ([`Refusal`]).

use std::fmt;

use crate::Cell;

/// The machine failed, or the code that drives it. A person sees the request's id, never the inside.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// Too much waits already; try again in a moment.
    #[error("too many commands are waiting")]
    Busy,
    /// A time limit passed.
    #[error("the database took too long")]
    TimedOut,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The database only allows reading.
    #[error("the database is read-only")]
    ReadOnly,
    /// The connection was lost and whether the work was kept is not known.
    #[error("the database cannot be reached: {0}")]
    Lost(String),
    /// A constraint of the schema stopped the work.
    #[error("a constraint was violated: {0}")]
    Constraint(String),
    /// A statement changed more or fewer rows than it must.
    #[error("wanted {want} rows, changed {got}: {sql}")]
    WrongCount {
        /// The statement.
        sql: &'static str,
        /// Rows it must change.
        want: u64,
        /// Rows it changed.
        got: u64,
    },
    /// A row that must be there is not.
    #[error("no row: {0}")]
    NoRow(&'static str),
    /// A row holds more or fewer columns than are read.
    #[error("another number of columns than are read")]
    Columns,
    /// A column holds another kind of value than is read.
    #[error("expected {want}, found {found}")]
    Shape {
        /// What the code reads.
        want: &'static str,
        /// What stands there.
        found: String,
    },
    /// The cooperative has no head row: it was never registered.
    #[error("unknown cooperative")]
    UnknownCoop,
    /// The code panicked; nothing of its command was kept.
    #[error("the command failed inside: {0}")]
    Panicked(String),
    /// A command waited for something other than the store.
    #[error("a command waited for something outside the store")]
    WaitedOutside,
    /// The store is closing.
    #[error("the store is closed")]
    Closed,
    /// Anything else an engine says.
    #[error("{0}")]
    Engine(String),
}

impl Fault {
    pub(crate) fn shape(want: &'static str, found: &Cell) -> Fault {
        let found = match found {
            Cell::Int(_) => "a number".to_owned(),
            Cell::Text(text) => format!("text of {} bytes", text.len()),
            Cell::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Cell::Null(_) => "nothing".to_owned(),
        };
        Fault::Shape { want, found }
    }
}

/// The business says no: a sentence with a code.
///
/// Each room has one enum that implements this; its variants stand in order of precedence, so that
/// the same bad request always gets the same answer.
pub trait Refusal: fmt::Display + fmt::Debug + Send + Sync + 'static {
    /// Stable name for programs, `room.reason`.
    fn code(&self) -> &'static str;
    /// HTTP status: 422 where the request is at fault, 409 where the state is.
    fn status(&self) -> u16 {
        422
    }
    /// The field of the form or message that it concerns.
    fn field(&self) -> Option<&'static str> {
        None
    }
    /// The rule behind it: law, decision or parameter, with its date.
    fn rule(&self) -> Option<String> {
        None
    }
}

/// Why a command did not happen.
#[derive(Debug)]
pub enum Failure {
    /// The business says no.
    Refused(Box<dyn Refusal>),
    /// The machine failed.
    Fault(Fault),
}

impl Failure {
    /// The refusal's code, or `fault`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Failure::Refused(refusal) => refusal.code(),
            Failure::Fault(_) => "fault",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => refusal.fmt(f),
            Failure::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl<R: Refusal> From<R> for Failure {
    fn from(refusal: R) -> Failure {
        Failure::Refused(Box::new(refusal))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(fault)
    }
}

/// What the store itself refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreRefusal {
    /// The sender's id was used before, for something else.
    #[error(
        "Nomor permintaan ini sudah dipakai untuk isi yang lain. Buka formulir baru, lalu kirim lagi."
    )]
    OtherContent,
}

impl Refusal for StoreRefusal {
    fn code(&self) -> &'static str {
        "request.other_content"
    }
    fn status(&self) -> u16 {
        409
    }
}
