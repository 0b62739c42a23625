//! Tampilkan NIK: noted first, shown after.

use access::{Posted, look};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use store::{Failure, Tx};
use values::Day;
use web::{Page, Problem, Shell, html};

use super::candidate::unknown_is_not_found;
use super::member_id;
use crate::nik::Nik;
use crate::register::RegisterRow;
use crate::{card, reveal};

#[derive(Template)]
#[template(path = "pages/nik.html")]
struct NikPage {
    page: Page,
    row: RegisterRow,
    nik: Option<Nik>,
}

pub(crate) async fn show(State(shell): State<Shell>, posted: Posted) -> Result<Response, Problem> {
    let member = member_id(posted.fields.value("member_id"))?;
    let who = posted.who;
    let now = shell.clock.now();
    let ask = async move |tx: &mut Tx| card::card(tx, member, Day::of_instant(now)).await;
    let card = shell.store.read(who.coop(), ask).await.map_err(unknown_is_not_found)?;
    look::note(&shell.store, &who, member, "nik", now).await?;
    let key = shell.settings.secret;
    let open = async move |tx: &mut Tx| -> Result<Option<Nik>, Failure> {
        reveal::reveal(tx, member, &key).await
    };
    let nik = shell.store.read(who.coop(), open).await?;
    Ok(html(&NikPage { page: who.page("NIK"), row: card.row, nik }))
}
