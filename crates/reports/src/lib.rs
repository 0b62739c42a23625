//! Reports: what the books say, laid out for people and programs.
//!
//! [`trial_balance`], [`neraca`] and [`phu`] read running totals, never raw postings, so they cost the
//! same after ten years as after ten days. On screen each figure opens to the accounts and entries
//! behind it.
//!
//! **Invariant:** writes nothing.

mod pages;
mod statements;
mod stretch;

pub use statements::{Report, Row, TrialBalance, neraca, phu, trial_balance};
pub use stretch::Asked;
use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Needs::Permission("reports.read");
    Routes::new()
        .page("/laporan/neraca-saldo", read, pages::show_trial_balance)
        .menu("Neraca saldo", 710)
        .page("/laporan/neraca", read, pages::show_neraca)
        .menu("Posisi keuangan", 720)
        .page("/laporan/phu", read, pages::show_phu)
        .menu("Hasil usaha", 730)
        .page("/laporan/baris/{line}", read, pages::show_line)
}
