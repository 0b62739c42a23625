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
//! Questions: [`money`] where it is, [`drawer`] and [`held`] for sessions, [`transfers`] for money
//! on its way.
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
pub mod held;
pub mod money;
pub mod open_drawer;
pub mod opening_balances;
mod pages;
pub mod post_difference;
pub mod receive_cash;
mod refusal;
pub mod send_cash;
pub mod take_back_cash;
pub mod transfers;

pub use account::CashAccount;
pub use refusal::CashRefusal;
use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Needs::Permission("cash.read");
    let transfer = Needs::Permission("cash.transfer");
    let receive = Needs::Permission("cash.receive");
    let grant = Needs::Permission("cash.grant");
    let drawer = Needs::Permission("cash.drawer");
    let open = Needs::Permission("cash.open");
    Routes::new()
        .page("/kas/laci", drawer, pages::drawer::show)
        .menu("Laci", 30)
        .form("/kas/laci/buka", drawer, pages::drawer::open)
        .form("/kas/laci/keluar", drawer, pages::drawer::expense)
        .page("/kas/laci/hitung", drawer, pages::count::show)
        .form("/kas/laci/hitung/kirim", drawer, pages::count::send)
        .form("/kas/laci/selisih", drawer, pages::count::difference)
        .form("/kas/laci/tutup", drawer, pages::count::close)
        .page("/kas", read, pages::overview::show)
        .menu("Kas & bank", 300)
        .page("/kas/kirim", transfer, pages::transfer::show)
        .form("/kas/kirim/catat", transfer, pages::transfer::send)
        .form("/kas/kirim/batal", transfer, pages::transfer::take_back)
        .form("/kas/terima", receive, pages::transfer::receive)
        .page("/kas/hibah", grant, pages::grant::show)
        .form("/kas/hibah/catat", grant, pages::grant::send)
        .page("/kas/saldo-awal", open, pages::moving::show)
        .form("/kas/saldo-awal/periksa", open, pages::moving::check)
        .form("/kas/saldo-awal/catat", open, pages::moving::send)
}
