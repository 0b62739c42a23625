//! The price list: what everything costs now, and new prices.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use stock::goods::Pack;
use store::{Failure, Tx};
use values::{Instant, PackId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::goods;
use crate::price::{self, Price};
use crate::set_prices::{self, NewPrice, SetPrices};

#[derive(Template)]
#[template(path = "pages/prices.html")]
struct PricesPage {
    page: Page,
    form: Fields,
    rows: Vec<Row>,
    may_set: bool,
}

struct Row {
    choice: Pack,
    price: Option<Price>,
}

/// What is looked for in the list.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    cari: String,
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden()).with("cari", asked.cari);
    Ok(html(&prices_page(&shell, &who, form).await?))
}

async fn prices_page(shell: &Shell, who: &SignedIn, form: Fields) -> Result<PricesPage, Problem> {
    let now = shell.clock.now();
    let search = form.value("cari").to_owned();
    let ask = async move |tx: &mut Tx| rows(tx, &search, now).await;
    let rows = shell.store.read(who.coop(), ask).await?;
    let may_set = who.may("shop.prices");
    Ok(PricesPage { page: who.page("Harga"), form, rows, may_set })
}

async fn rows(tx: &mut Tx, search: &str, now: Instant) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for choice in goods::search(tx, search).await? {
        let price = price::at(tx, choice.pack_id, now).await?;
        rows.push(Row { choice, price });
    }
    Ok(rows)
}

pub(super) async fn set(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let fields = &mut posted.fields;
    let pack = PackId::parse(fields.value("pack")).map_err(|_| Problem::not_found())?;
    let price = fields.amount("price");
    let member_price = fields.maybe_amount("member_price");
    let input =
        SetPrices { effective_at: None, prices: vec![NewPrice { pack, price, member_price }] };
    if !posted.fields.has_errors()
        && posted.act(&shell, set_prices::KIND, input, set_prices::record).await?.is_some()
    {
        return Ok(see_other("/harga"));
    }
    let page = prices_page(&shell, &posted.who, posted.fields).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
