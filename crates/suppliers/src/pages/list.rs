//! Pemasok: to whom something is owed, and since when.

use access::SignedIn;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use store::{Failure, Tx};
use values::{Day, Rupiah};
use web::{Page, Problem, Shell, html};

use crate::payables::{self, Payable};
use crate::register::{self, Supplier};

#[derive(Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    owed: Rupiah,
    may_add: bool,
}

/// A supplier, with its debts where there are any.
struct Row {
    supplier: Supplier,
    payable: Option<Payable>,
}

pub(super) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        Ok((register::names(tx).await?, payables::payables_by_age(tx, today).await?))
    };
    let (suppliers, payables) = shell.store.read(who.coop(), ask).await?;
    let owed = Rupiah::new(payables.iter().map(|one| one.owed.get()).sum());
    let row = |supplier: Supplier| {
        let payable = payables.iter().find(|one| one.supplier_id == supplier.supplier_id);
        Row { payable: payable.cloned(), supplier }
    };
    let rows = suppliers.into_iter().map(row).collect();
    let may_add = who.may("suppliers.write");
    Ok(html(&ListPage { page: who.page("Pemasok"), rows, owed, may_add }))
}
