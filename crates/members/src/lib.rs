//! Anggota: who belongs to the cooperative, from asking to belonging to coming back.
//!
//! A neighbour asks ([`apply`]); somebody other than the clerk approves ([`approve`]); the simpanan
//! pokok is paid in parts ([`pay_pokok`]) or at once, and when it is full the candidate is admitted
//! and gets a number ([`admit`]). Until then a candidate has no vote. A member pays simpanan wajib
//! month by month ([`pay_wajib`]). Who has left and asks again keeps the person and gets a new
//! number ([`apply_again`]). Members of the years before Lumbung come in with [`bring_in`].
//!
//! Questions: [`register`] finds members and counts them, [`card`] shows one, [`dues`] says which
//! months are paid and owed. [`nik`] seals a citizen's NIK before any event sees it. What belonging
//! costs comes from the dated parameters ([`terms`]). [`membership::end`] is for the room that
//! settles an exit.
//!
//! **Invariant:** knows persons, pokok and wajib; not savings, loans or kasbon, whose balances a
//! card reads from the ledger by account.

mod active;
pub mod admit;
pub mod apply;
pub mod apply_again;
pub mod approve;
pub mod bring_in;
pub mod card;
mod desk;
pub mod dues;
pub mod member;
pub mod membership;
pub mod nik;
pub mod particulars;
pub mod pay_pokok;
pub mod pay_wajib;
pub mod phone;
mod receipt;
mod refusal;
pub mod register;
mod search;
pub mod terms;

pub use active::{ask_active, ask_called, by_number, shown_on_receipt};
pub use member::State;
pub use particulars::{Particulars, Sex};
pub use receipt::{PaidMonth, PaymentReceipt};
pub use refusal::MembersRefusal;
pub use terms::MemberTerms;

/// A member's number as it stands on a card: `0042`.
#[must_use]
pub fn member_number(number: i64) -> String {
    format!("{number:04}")
}
