//! Kas dan bank: where the cooperative's money is and how it moves.
//!
//! Doors: [`grant`] (terima hibah).
//!
//! **Invariant:** knows accounts of money, not why a member or a supplier is paid.

mod account;
pub mod grant;
mod refusal;

pub use account::CashAccount;
pub use refusal::CashRefusal;
