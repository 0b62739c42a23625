//! What came of a delivery: quantities for everybody who receives, costs for who may see them.

use access::SignedIn;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use store::Tx;
use values::DocumentId;
use web::{Page, Problem, Shell, html};

use super::Asked;
use crate::receipt_sheet::{self, ReceiptSheet};

#[derive(Template)]
#[template(path = "pages/receipt.html")]
struct ReceiptPage {
    page: Page,
    sheet: ReceiptSheet,
    see_cost: bool,
    may_price: bool,
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(receipt): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let receipt_id = DocumentId::parse(&receipt).map_err(|_| Problem::not_found())?;
    let ask = async move |tx: &mut Tx| receipt_sheet::of(tx, receipt_id).await;
    let sheet = shell.store.read(who.coop(), ask).await?.ok_or_else(Problem::not_found)?;
    let mut page = who.page("Barang diterima");
    asked.tell(&mut page);
    let (see_cost, may_price) = (who.may("stock.read"), who.may("shop.prices"));
    Ok(html(&ReceiptPage { page, sheet, see_cost, may_price }))
}
