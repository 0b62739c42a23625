//! The counter, receipts, refunds and prices on screen.

mod check_code;
mod counter;
mod prices;
mod receipts;

use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let sell = Needs::Permission("shop.sell");
    let refund = Needs::Permission("shop.refund");
    let read = Needs::Permission("shop.read");
    let prices = Needs::Permission("shop.prices");
    Routes::new()
        .page("/kasir", sell, counter::show)
        .menu("Kasir", 10)
        .form("/kasir/bayar", sell, counter::pay)
        .page("/struk", read, receipts::list)
        .menu("Struk", 20)
        .page("/struk/{sale}", read, receipts::show)
        .page("/struk/{sale}/kembali", refund, receipts::back)
        .form("/struk/{sale}/kembali/kirim", refund, receipts::send_back)
        .page("/harga", read, prices::show)
        .menu("Harga", 130)
        .form("/harga/pasang", prices, prices::set)
        .page("/cek", Needs::Nothing, check_code::ask)
        .page("/cek/{code}", Needs::Nothing, check_code::show)
}
