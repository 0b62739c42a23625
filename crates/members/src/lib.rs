//! Anggota: who belongs to the cooperative, from asking to belonging to coming back.
//!
//! A neighbour asks ([`apply`]); somebody other than the clerk approves ([`approve`]); the simpanan
//! pokok is paid in parts ([`pay_pokok`]) or at once, and when it is full the candidate is admitted
//! and gets a number ([`admit`]). Until then a candidate has no vote. A member pays simpanan wajib
//! month by month ([`pay_wajib`]). Who has left and asks again keeps the person and gets a new
//! number ([`apply_again`]). Members of the years before Lumbung come in with [`bring_in`].
//!
//! Questions: [`register`] finds members and counts them, [`card`] shows one, [`candidate`] the way
//! to belonging, [`dues`] which months are paid and owed, [`payment`] what was received, [`sheet`]
//! the cards to print. [`ask_active`], [`by_number`] and [`shown_on_receipt`] are for the counter.
//! [`nik`] seals a citizen's NIK before any event sees it. What belonging
//! costs comes from the dated parameters ([`terms`]). [`membership::end`] is for the room that
//! settles an exit.
//!
//! **Invariant:** knows persons, pokok and wajib; not savings, loans or kasbon, whose balances a
//! card reads from the ledger by account.

mod active;
pub mod admit;
mod api;
pub mod apply;
pub mod apply_again;
pub mod approve;
pub mod bring_in;
pub mod candidate;
pub mod card;
mod desk;
pub mod dues;
pub mod member;
pub mod membership;
pub mod nik;
mod pages;
pub mod particulars;
pub mod pay_pokok;
pub mod pay_wajib;
pub mod payment;
pub mod phone;
mod receipt;
mod refusal;
pub mod register;
pub mod reveal;
mod search;
pub mod sheet;
pub mod terms;
pub mod wajib_choice;

pub use active::{ask_active, ask_called, by_number, shown_on_receipt};
pub use member::State;
pub use particulars::{Particulars, Sex};
pub use receipt::{PaidMonth, PaymentReceipt};
pub use refusal::MembersRefusal;
pub use terms::MemberTerms;

use web::{Needs, Routes};

/// A member's number as it stands on a card: `0042`.
#[must_use]
pub fn member_number(number: i64) -> String {
    format!("{number:04}")
}

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Needs::Permission("members.read");
    let apply = Needs::Permission("members.apply");
    let approve = Needs::Permission("members.approve");
    let receive = Needs::Permission("members.receive");
    let nik = Needs::Permission("members.nik");
    Routes::new()
        .page("/anggota", read, pages::register::show)
        .menu("Anggota", 100)
        .page("/anggota/daftar", apply, pages::apply::show)
        .form("/anggota/daftar/kirim", apply, pages::apply::send)
        .page("/anggota/calon/{member}", read, pages::candidate::show)
        .form("/anggota/calon/{member}/setujui", approve, pages::candidate::approve)
        .form("/anggota/calon/{member}/pokok", receive, pages::candidate::pay)
        .form("/anggota/calon/{member}/terima", receive, pages::candidate::admit)
        .page("/anggota/kartu", read, pages::sheet::show)
        .form("/anggota/nik", nik, pages::nik::show)
        .page("/anggota/bukti/{number}", read, pages::payment::show)
        .page("/anggota/{number}", read, pages::card::show)
        .form("/anggota/{number}/wajib", receive, pages::card::pay_wajib)
        .form("/anggota/{number}/daftar-lagi", apply, pages::card::apply_again)
        .api_write("/api/v1/members", apply, api::apply)
        .summary("Records that somebody asks to become a member.")
        .api_read("/api/v1/members/{number}", read, api::member)
        .summary("One member: balances, months paid and owed; no NIK but its last four digits.")
        .api_write("/api/v1/members/{number}/wajib", receive, api::pay_wajib)
        .summary("Receives simpanan wajib, for the months named or the oldest that are open.")
}
