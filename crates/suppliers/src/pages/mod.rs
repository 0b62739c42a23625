//! The pages of suppliers: what is owed to whom, a new supplier, one supplier and its payment.

mod add;
mod list;
mod supplier;

use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Needs::Permission("suppliers.read");
    let write = Needs::Permission("suppliers.write");
    let pay = Needs::Permission("suppliers.pay");
    Routes::new()
        .page("/pemasok", read, list::show)
        .menu("Pemasok", 140)
        .page("/pemasok/tambah", write, add::show)
        .form("/pemasok/tambah/kirim", write, add::send)
        .page("/pemasok/{supplier}", read, supplier::show)
        .form("/pemasok/{supplier}/bayar", pay, supplier::pay)
}
