//! One good: its packs and barcodes, what stands of it, its card.

use std::collections::BTreeMap;

use access::{SignedIn, person};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use store::{Failure, Tx};
use values::PersonId;
use web::{Page, Problem, Shell, html};

use super::{Asked, good_named};
use crate::shelf::{self, Sheet};
use crate::stock_card::{self, CardRow};
use crate::{MovementKind, on_hand};

#[derive(Template)]
#[template(path = "pages/good.html")]
struct GoodPage {
    page: Page,
    sheet: Sheet,
    batches: Vec<on_hand::Batch>,
    card: Vec<CardRow>,
    /// Number of the last row shown, where more may follow.
    next: Option<i64>,
    names: BTreeMap<PersonId, String>,
    may_change: bool,
    may_count: bool,
}

impl GoodPage {
    fn word(&self, row: &CardRow) -> &'static str {
        word(row.kind)
    }

    fn by(&self, row: &CardRow) -> &str {
        self.names.get(&row.person).map_or("", String::as_str)
    }
}

/// Why goods moved, as the warehouse says it.
fn word(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Opening => "Saldo awal",
        MovementKind::Receive => "Diterima",
        MovementKind::First => "Terima dulu, nota menyusul",
        MovementKind::FirstSettled => "Nota terima dulu datang",
        MovementKind::Issue => "Dijual",
        MovementKind::TakeBack => "Kembali dari pembeli",
        MovementKind::Count => "Hitung stok",
        MovementKind::WriteOff => "Rusak atau busuk",
        MovementKind::OpenPack => "Buka kemasan",
        MovementKind::LateCost => "Biaya menyusul",
        MovementKind::Correction => "Koreksi harga pokok",
    }
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(good): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (good_id, after) = (good_named(&good)?, asked.setelah);
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let sheet = shelf::sheet(tx, good_id).await?;
        let card = stock_card::stock_card(tx, good_id, after).await?;
        let batches = on_hand::batches(tx, good_id).await?;
        Ok((sheet, card, batches, person::seats(tx).await?))
    };
    let (sheet, card, batches, seats) = shell.store.read(who.coop(), ask).await?;
    let sheet = sheet.ok_or_else(Problem::not_found)?;
    let full = i64::try_from(card.len()).is_ok_and(|rows| rows == stock_card::PAGE);
    let mut page = GoodPage {
        page: who.page(&sheet.name),
        sheet,
        batches,
        next: card.last().filter(|_| full).map(|row| row.movement_no),
        card,
        names: seats.into_iter().map(|seat| (seat.person, seat.name)).collect(),
        may_change: who.may("stock.goods"),
        may_count: who.may("stock.count"),
    };
    page.page.flash = flash(&asked, &page);
    Ok(html(&page))
}

/// What was just recorded.
fn flash(asked: &Asked, page: &GoodPage) -> Option<String> {
    match asked.baru.as_str() {
        "1" => {
            return Some(
                "Barang terdaftar. Tambahkan kemasannya bila ada yang lebih besar.".into(),
            );
        }
        "kemasan" => return Some("Kemasan terdaftar.".into()),
        "barcode" => return Some("Barcode terdaftar.".into()),
        _ => {}
    }
    let counted =
        |row: &&CardRow| row.kind == MovementKind::Count && row.document_id == asked.hitungan;
    let row = page.card.iter().find(counted)?;
    if row.qty.is_zero() {
        return Some("Hitungan tercatat: cocok dengan buku.".into());
    }
    let unit = &page.sheet.base_unit;
    Some(format!("Hitungan tercatat: selisih {} {unit}, {}.", row.qty, row.value))
}
