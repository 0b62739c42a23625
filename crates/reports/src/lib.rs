//! Reports: what the books say, laid out for people and programs, and home, where work begins.
//!
//! [`trial_balance`], [`neraca`] and [`phu`] read running totals, never raw postings, so they cost the
//! same after ten years as after ten days. On screen each figure opens to the accounts, each account
//! to its entries, each entry to the names and papers behind it. Home shows what waits for a person
//! and what their seat needs today.
//!
//! **Invariant:** posts nothing; of all that is written it only passes on an answer to an approval.

mod names;
mod pages;
mod statements;
mod stretch;
mod words;

pub use statements::{Report, Row, TrialBalance, neraca, phu, trial_balance};
pub use stretch::Asked;
use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Needs::Permission("reports.read");
    let approve = Needs::Permission("coops.approve");
    Routes::new()
        .page("/beranda", Needs::SignedIn, pages::home::show)
        .menu("Beranda", 10)
        .page("/tugas", Needs::SignedIn, pages::duties::show)
        .menu("Tugas", 20)
        .page("/persetujuan/{id}", Needs::SignedIn, pages::approval::show)
        .form("/persetujuan/{id}/putuskan", approve, pages::approval::send)
        .page("/laporan/jurnal", read, pages::journal::show)
        .menu("Jurnal", 700)
        .page("/laporan/jurnal/{number}", read, pages::journal::show_entry)
        .page("/laporan/akun/{code}", read, pages::journal::show_account)
        .page("/laporan/neraca-saldo", read, pages::show_trial_balance)
        .menu("Neraca saldo", 710)
        .page("/laporan/neraca", read, pages::show_neraca)
        .menu("Posisi keuangan", 720)
        .page("/laporan/phu", read, pages::show_phu)
        .menu("Hasil usaha", 730)
        .page("/laporan/baris/{line}", read, pages::show_line)
}
