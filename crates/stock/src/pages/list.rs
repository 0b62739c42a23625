//! Barang: what is on hand, what it is worth, what must be ordered.

use access::SignedIn;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use store::{Failure, Tx};
use values::{Gtin, RequestId, Rupiah};
use web::{Page, Problem, Shell, html, see_other};

use super::Asked;
use crate::goods::{self, search_key};
use crate::on_hand::{self, OnHand};

#[derive(Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    page: Page,
    typed: String,
    rows: Vec<OnHand>,
    /// Whether the cooperative has any goods.
    any: bool,
    value: Rupiah,
    low: usize,
    may: May,
}

/// What the person who looks may do next.
struct May {
    add: bool,
    receive: bool,
    count: bool,
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let ctx = who.ctx(&shell, RequestId::new_v7());
    let gtin = Gtin::parse(&asked.cari).ok();
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let scanned = match &gtin {
            Some(gtin) => goods::by_barcode(tx, gtin).await?,
            None => None,
        };
        Ok((scanned, on_hand::on_hand(tx, &ctx).await?))
    };
    let (scanned, mut rows) = shell.store.read(who.coop(), ask).await?;
    if let Some(pack) = scanned {
        return Ok(see_other(&format!("/barang/{}", pack.good_id)));
    }
    let any = !rows.is_empty();
    let words = search_key(&asked.cari);
    rows.retain(|row| search_key(&row.name).contains(&words));
    Ok(html(&list_page(&who, asked.cari, rows, any)))
}

fn list_page(who: &SignedIn, typed: String, rows: Vec<OnHand>, any: bool) -> ListPage {
    let may = May {
        add: who.may("stock.goods"),
        receive: who.may("stock.receive"),
        count: who.may("stock.count"),
    };
    let value = Rupiah::new(rows.iter().map(|row| row.value.get()).sum());
    let low = rows.iter().filter(|row| row.is_low()).count();
    ListPage { page: who.page("Barang"), typed, rows, any, value, low, may }
}
