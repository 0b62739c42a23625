//! The journal, and the only way to write it.
//!
//! An **entry** is lines that balance; a line on a control account carries **details**, the names
//! behind it. [`post`] judges an entry, numbers it, chains it to the one before and adds it to the
//! running totals, all in the caller's transaction. What is posted is never changed: [`reverse`]
//! takes an entry back by its opposite. [`seal`] fixes a range of entries under one root. From the
//! running totals come the trial balance, the Perhitungan Hasil Usaha and the Laporan Posisi
//! Keuangan; [`check`] counts everything again from the entries.
//!
//! Pages ask [`journal`], [`entry`], [`account_ledger`] and [`name_ledger`]. [`text`] is the journal
//! as an accountant writes it, [`export`] the journal in the words of other programs.
//!
//! **Invariant:** knows accounts and names behind them, but not what a member or a sack of rice is.

mod balances;
mod books;
pub mod chain;
mod chart;
mod check;
mod entry;
pub mod export;
mod holds;
pub mod merkle;
mod post;
mod question;
mod record;
mod refusal;
mod reverse;
mod seal;
mod statements;
mod stored;
pub mod text;

pub use balances::{Balance, Stretch, balance, balance_of, names_behind, trial_balance};
pub use books::{Span, close_account, close_through, open_books, span};
pub use chart::{Account, Side, account, accounts};
pub use check::{Finding, Recount, check};
pub use entry::{Detail, Entry, Line, Series, Unit};
pub use holds::holds;
pub use post::{Posted, paper_number, post};
pub use question::{
    JOURNAL_MAX, JournalEntry, JournalPage, JournalQuestion, Ledger, LedgerRow, Note,
    account_ledger, entry, journal, name_ledger,
};
pub use refusal::LedgerRefusal;
pub use reverse::{Reversal, lines_of, reverse};
pub use seal::{Seal, seal, seals};
pub use statements::{Position, StatementLine, phu, position};
