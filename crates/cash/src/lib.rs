//! Kas dan bank: where the cooperative's money is and how it moves.
//!
//! A cooperative moves in with [`opening_balances`]; the books begin there. Money goes from hand to
//! hand in two steps, [`send_cash`] and [`receive_cash`], and stands between them in 11108; what
//! does not arrive is taken back ([`take_back_cash`]). A cashier takes a drawer ([`open_drawer`]),
//! pays small things out of it ([`drawer_expense`]), counts it blind ([`count_drawer`]), gives a
//! difference its reason ([`post_difference`]) and closes it ([`close_drawer`]) or hands it over
//! ([`hand_over`]). Other rooms that move a drawer's money say so with [`drawer::add`], in the same
//! transaction. [`grant`] is terima hibah.
//!
//! Questions: [`drawer`] for sessions, [`transfers`] for money on its way.
//!
//! **Invariant:** knows accounts of money, not why a member or a supplier is paid.

mod account;
pub mod close_drawer;
pub mod count_drawer;
pub mod drawer;
pub mod drawer_expense;
mod evidence;
pub mod grant;
pub mod hand_over;
pub mod open_drawer;
pub mod opening_balances;
pub mod post_difference;
pub mod receive_cash;
mod refusal;
pub mod send_cash;
pub mod take_back_cash;
pub mod transfers;

pub use account::CashAccount;
pub use refusal::CashRefusal;
