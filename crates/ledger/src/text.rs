//! The journal as text that an accountant reads and writes.
//!
//! ```text
//! ; a line that begins with a semicolon is a remark
//! 2025-01-02 Anggota masuk, simpanan pokok
//!   D 11101 10.000.000
//!   K 31101 anggota:uji 10.000.000
//! 2025-02-03=2025-01-31 Nota yang terlambat   ; posted on the first day, happened on the second
//!   D 61102 TOK 150.000
//!   K 11101 150.000
//! 2025-02-04 Wajib dua anggota
//!   D 11101 30.000
//!   K 31102 30.000
//!     anggota:tini@2025-01 10.000
//!     anggota:joko@2025-02 20.000
//! 2025-02-05 balik #2 salah akun
//! ```
//!
//! A line says side, account, unit, name and amount. The unit is left out where the account belongs
//! to one unit, and for `PST`. A single name stands in the line; several stand below it with their
//! amounts, a paid month behind `@`. `balik #2` takes back the second entry of the text, with its
//! reason.

mod read;
mod write;

use std::fmt;

use store::{Failure, Refusal, Tx};
use values::{Ctx, Day};

use crate::{Account, Entry, LedgerRefusal, Posted, Reversal, Unit, post, reverse};

pub use read::parse;
pub use write::write;

/// The event of entries that come from a text.
pub const KIND: &str = "ledger.journal";

/// Errors that are told at once; a text with more of them is another kind of text.
pub const ERRORS_MAX: usize = 100;

/// An entry of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The row on which it begins, from one.
    pub row: usize,
    /// What stands there.
    pub written: Written,
}

/// What a text can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// An entry.
    Entry(Entry),
    /// The exact opposite of an earlier entry of the text.
    Reversal {
        /// Which, from one, as it stands in the text.
        of: usize,
        /// Accounting day of the reversal.
        day: Day,
        /// Why.
        reason: String,
    },
}

/// What cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Baris {row}: {problem}")]
pub struct RowError {
    /// The row, from one.
    pub row: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A line before the first entry.
    #[error("belum ada jurnal di atas baris ini; jurnal diawali tanggal, misalnya 2025-01-31.")]
    NoEntry,
    /// An entry does not begin with a day.
    #[error("“{0}” bukan tanggal; tulis seperti 2025-01-31.")]
    NotADay(String),
    /// A line is none of what may stand there.
    #[error("“{0}” tidak dapat dibaca; baris berisi D atau K, akun, unit, nama dan jumlah.")]
    NotALine(String),
    /// A word in a line is neither a unit nor a name.
    #[error("“{0}” bukan unit dan bukan nama; tulis misalnya TOK atau anggota:0042.")]
    NotAName(String),
    /// No amount, or one that is written in a way that can mean two things.
    #[error("“{0}” bukan jumlah; tulis rupiah bulat, misalnya 1.250.000.")]
    NotAnAmount(String),
    /// A name below a line that already has one, or below no line.
    #[error("nama ini tidak punya baris di atasnya.")]
    NameWithoutLine,
    /// A reversal with lines.
    #[error("jurnal pembalik tidak punya baris sendiri.")]
    LinesOfReversal,
    /// Nothing that could be taken back.
    #[error("jurnal #{0} tidak ada di atas baris ini, atau ia sendiri pembalik.")]
    NothingToReverse(usize),
    /// What the ledger would refuse, whatever the books say.
    #[error(transparent)]
    Refused(#[from] LedgerRefusal),
}

/// A refusal, with the row of the text that it concerns.
#[derive(Debug)]
pub struct RefusedAt {
    /// The row, from one.
    pub row: usize,
    /// What was refused.
    pub refusal: Box<dyn Refusal>,
}

impl fmt::Display for RefusedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Baris {}: {}", self.row, self.refusal)
    }
}

impl Refusal for RefusedAt {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }
    fn status(&self) -> u16 {
        self.refusal.status()
    }
    fn field(&self) -> Option<&'static str> {
        self.refusal.field()
    }
    fn rule(&self) -> Option<String> {
        self.refusal.rule()
    }
}

/// Posts what a text asks for, in its order; all of it or, after a refusal, nothing.
///
/// # Errors
/// [`RefusedAt`] with the first refusal of [`post`] or [`reverse`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, drafts: &[Draft]) -> Result<Vec<Posted>, Failure> {
    let mut posted: Vec<Posted> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let done = match &draft.written {
            Written::Entry(entry) => post(tx, ctx, entry.clone()).await,
            Written::Reversal { of, day, reason } => {
                let place = of.checked_sub(1).and_then(|place| posted.get(place));
                let entry_no = place.map_or(0, |posted| posted.entry_no);
                reverse(tx, ctx, taking_back(entry_no, *day, reason)).await
            }
        };
        posted.push(done.map_err(|failure| at_row(draft.row, failure))?);
    }
    Ok(posted)
}

fn taking_back(entry_no: i64, day: Day, reason: &str) -> Reversal {
    let (reason, unit) = (reason.to_owned(), Unit::Pst);
    Reversal { kind: KIND, entry_no, day, reason, approver: None, unit }
}

fn at_row(row: usize, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) => RefusedAt { row, refusal }.into(),
        fault => fault,
    }
}

/// The unit of a line that names none.
fn unit_of(account: &Account) -> Unit {
    account.unit.unwrap_or(Unit::Pst)
}
