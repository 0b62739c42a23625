//! The pages of the way in, of one's own account, and of persons and seats.

mod account;
mod persons;
mod second_factor;
mod sign_in;

use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let signed_in = Needs::SignedIn;
    let manage = Needs::Permission("access.manage");
    let codes = Needs::Permission("access.codes");
    Routes::new()
        .page("/masuk", Needs::Nothing, sign_in::show)
        .form("/masuk/kirim", Needs::Nothing, sign_in::send)
        .page("/undangan", Needs::Nothing, sign_in::invitation)
        .form("/undangan/kirim", Needs::Nothing, sign_in::accept)
        .form("/keluar", signed_in, sign_in::leave)
        .page("/masuk/faktor-kedua", signed_in, second_factor::show)
        .form("/masuk/faktor-kedua/kirim", signed_in, second_factor::send)
        .page("/akun/faktor-kedua", signed_in, second_factor::enrol)
        .form("/akun/faktor-kedua/kirim", signed_in, second_factor::enrolled)
        .form("/akun/kartu-kode", signed_in, second_factor::card)
        .page("/akun", signed_in, account::show)
        .menu("Akun", 900)
        .form("/akun/sesi", signed_in, account::end_session)
        .form("/akun/bahasa", signed_in, account::language)
        .form("/akun/tempat", signed_in, account::move_to)
        .page("/orang", codes, persons::show)
        .menu("Orang & jabatan", 800)
        .form("/orang/tambah", manage, persons::add)
        .form("/orang/jabatan", manage, persons::grant)
        .form("/orang/jabatan/akhiri", manage, persons::end)
        .form("/orang/kode/minta", codes, persons::ask_code)
        .form("/orang/kode/terbitkan", codes, persons::confirm_code)
}
