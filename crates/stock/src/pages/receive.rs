//! Terima barang: what came, what it cost, how it is paid.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::receive_form::{self, Row, Totals};
use super::ways::{Ways, today};
use super::{born_in, raise_unseen};
use crate::SHOP_FLOOR;
use crate::receive;
use crate::shelf::{self, Choices};

/// Fields that a refusal may name and the form shows line by line or not at all.
const UNSEEN: [&str; 12] = [
    "lines",
    "qty",
    "pack_id",
    "good_id",
    "first_id",
    "supplier_id",
    "amount",
    "what",
    "evidence",
    "drawer",
    "session_id",
    "day",
];

#[derive(Template)]
#[template(path = "pages/receive.html")]
struct ReceivePage {
    page: Page,
    form: Fields,
    rows: Vec<Row>,
    choices: Choices,
    ways: Ways,
    places: Vec<String>,
    totals: Option<Totals>,
    may: May,
}

/// Lines that are seen at once; the others are opened where the nota is longer.
const SHOWN: usize = 3;

impl ReceivePage {
    /// Whether something stands in the lines that are closed at first.
    fn is_long(&self) -> bool {
        let filled = |row: &Row| {
            [&row.pack, &row.packs, &row.amount].iter().any(|cell| !cell.value.is_empty())
        };
        self.rows.iter().any(|row| row.no > SHOWN && filled(row))
    }
}

/// What the person may see and do next.
struct May {
    see_cost: bool,
    add_good: bool,
    add_supplier: bool,
}

/// What the form offers.
type Offered = (Choices, Ways, Vec<String>);

async fn offered(shell: &Shell, who: &SignedIn) -> Result<Offered, Problem> {
    let (asking, day) = (who.clone(), today(shell));
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let (choices, places) = (shelf::choices(tx).await?, shelf::places(tx).await?);
        Ok((choices, Ways::of(tx, &asking, day).await?, places))
    };
    Ok(shell.store.read(who.coop(), ask).await?)
}

fn receive_page(
    who: &SignedIn,
    form: Fields,
    (choices, ways, places): Offered,
    totals: Option<Totals>,
) -> ReceivePage {
    let may = May {
        see_cost: who.may("stock.read"),
        add_good: who.may("stock.goods"),
        add_supplier: who.may("suppliers.write"),
    };
    let rows = receive_form::rows(&form, &choices);
    ReceivePage { page: who.page("Terima barang"), form, rows, choices, ways, places, totals, may }
}

pub(super) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let offered = offered(&shell, &who).await?;
    let form = Fields::blank(who.hidden())
        .with("received_day", today(&shell).to_iso())
        .with("place", SHOP_FLOOR);
    Ok(html(&receive_page(&who, form, offered, None)))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let receipt_id = born_in(&posted.fields)?;
    let offered = offered(&shell, &posted.who).await?;
    let known = (&offered.0, &offered.1);
    let input = receive_form::read(&mut posted.fields, receipt_id, known, today(&shell));
    if let Some(input) = input
        && let Some(done) = posted.act(&shell, receive::KIND, input, receive::record).await?
    {
        let number = done.receipt.posted.number;
        return Ok(see_other(&format!("/barang/terima/{receipt_id}?nomor={number}")));
    }
    raise_unseen(&mut posted.fields, &UNSEEN);
    let totals = Some(receive_form::totals(&posted.fields));
    let page = receive_page(&posted.who, posted.fields, offered, totals);
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
