//! The pages of goods: what is on hand, new goods and packs, receiving, counting.

mod add;
mod count;
mod good;
mod list;
mod pack;
mod receipt;
mod receive;
mod receive_form;
mod ways;

use serde::Deserialize;
use values::{DocumentId, GoodId, Gtin};
use web::{Fields, Needs, Page, Problem, Routes};

/// Longest paper number that is shown.
const NUMBER_MAX: usize = 24;

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Needs::Permission("stock.read");
    let goods = Needs::Permission("stock.goods");
    let receive = Needs::Permission("stock.receive");
    let count = Needs::Permission("stock.count");
    Routes::new()
        .page("/barang", read, list::show)
        .menu("Barang", 110)
        .page("/barang/tambah", goods, add::show)
        .form("/barang/tambah/kirim", goods, add::send)
        .page("/barang/terima", receive, receive::show)
        .menu("Terima barang", 120)
        .form("/barang/terima/kirim", receive, receive::send)
        .page("/barang/terima/{receipt}", receive, receipt::show)
        .page("/barang/hitung", count, count::show)
        .form("/barang/hitung/kirim", count, count::send)
        .page("/barang/{good}", read, good::show)
        .page("/barang/{good}/kemasan", goods, pack::show)
        .form("/barang/{good}/kemasan/kirim", goods, pack::send)
        .page("/barang/{good}/barcode", goods, pack::show_barcode)
        .form("/barang/{good}/barcode/kirim", goods, pack::send_barcode)
}

/// What an address asks for beside its path.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Words to look for, or a barcode.
    #[serde(default)]
    cari: String,
    /// Goods.
    #[serde(default)]
    barang: String,
    /// Number of the paper that was just made.
    #[serde(default)]
    nomor: String,
    /// The count that was just recorded.
    #[serde(default)]
    hitungan: String,
    /// What was just registered.
    #[serde(default)]
    baru: String,
    /// The row of a card after which to go on.
    #[serde(default)]
    setelah: i64,
}

impl Asked {
    /// Tells the number of what was just recorded.
    fn tell(&self, page: &mut Page) {
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        if (1..=NUMBER_MAX).contains(&self.nomor.len()) && self.nomor.chars().all(plain) {
            page.flash = Some(format!("Tercatat dengan nomor {}.", self.nomor));
        }
    }
}

fn unready() -> Problem {
    Problem::malformed("Formulir ini tidak lengkap. Muat ulang, lalu isi lagi.")
}

/// What a form brings into being carries the form's own id: sent again, it names the same thing.
fn born_in(form: &Fields) -> Result<DocumentId, Problem> {
    DocumentId::parse(&form.request_text()).map_err(|_| unready())
}

/// The goods that an address names.
fn good_named(text: &str) -> Result<GoodId, Problem> {
    GoodId::parse(text).map_err(|_| Problem::not_found())
}

/// Barcodes of one field, with blanks or commas between them.
fn barcodes(form: &mut Fields) -> Vec<Gtin> {
    let typed = form.maybe_text("barcodes", 300);
    let mut gtins = Vec::new();
    for one in typed.split(|c: char| c.is_whitespace() || c == ',').filter(|one| !one.is_empty()) {
        match Gtin::parse(one) {
            Ok(gtin) => gtins.push(gtin),
            Err(error) => form.wrong("barcodes", error),
        }
    }
    gtins
}

/// A sentence about a field that the form does not show stands above the form.
fn raise_unseen(form: &mut Fields, unseen: &[&str]) {
    for name in unseen {
        if form.general.is_none() && form.is_wrong(name) {
            form.general = Some(form.error(name).to_owned());
        }
    }
}
