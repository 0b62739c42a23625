//! Terima hibah: money given for good.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::CashAccount;
use crate::grant::{self, Grant};

#[derive(Template)]
#[template(path = "pages/grant.html")]
struct GrantPage {
    page: Page,
    form: Fields,
    places: Vec<CashAccount>,
}

fn grant_page(who: &SignedIn, form: Fields) -> GrantPage {
    let places = CashAccount::ALL.into_iter().filter(|place| !place.is_drawer());
    GrantPage { page: who.page("Terima hibah"), form, places: places.collect() }
}

pub(crate) async fn show(State(shell): State<Shell>, who: SignedIn) -> Response {
    let today = values::Day::of_instant(shell.clock.now());
    let form = Fields::blank(who.hidden()).with("day", today.to_iso());
    html(&grant_page(&who, form.with("into", CashAccount::Bank.code())))
}

pub(crate) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let fields = &mut posted.fields;
    let (day, giver, amount) =
        (fields.day("day"), fields.text("giver", 120), fields.amount("amount"));
    let into = CashAccount::from_code(fields.value("into")).filter(|place| !place.is_drawer());
    if into.is_none() {
        fields.wrong("into", "Pilih di mana uangnya diterima.");
    }
    if let (Some(day), Some(into), false) = (day, into, posted.fields.has_errors()) {
        let input = Grant { day, giver, amount, into };
        if let Some(done) = posted.act(&shell, grant::KIND, input, grant::record).await? {
            return Ok(see_other(&format!("/kas?nomor={}", done.receipt.number)));
        }
    }
    let page = grant_page(&posted.who, posted.fields);
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
