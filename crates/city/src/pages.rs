//! The office's pages: the list of kelurahan, and registering a cooperative.

mod register;

use access::SignedIn;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use store::Tx;
use web::{Needs, Page, Problem, Routes, Shell, html};

use crate::overview::{self, Place};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    let register = Needs::Permission("city.register");
    Routes::new()
        .page("/koperasi", register, show)
        .menu("Koperasi", 100)
        .page("/koperasi/daftar", register, register::show)
        .form("/koperasi/daftar/kirim", register, register::send)
}

#[derive(Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    page: Page,
    search: String,
    places: Vec<Place>,
    registered: usize,
    total: usize,
}

/// What the officer looks for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    cari: String,
}

async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let ask = async |tx: &mut Tx| overview::places(tx).await;
    let places = shell.store.read(who.coop(), ask).await?;
    let registered = places.iter().filter(|place| place.cooperative.is_some()).count();
    let total = places.len();
    let places = overview::found(places, &asked.cari);
    let page = who.page("Koperasi");
    Ok(html(&ListPage { page, search: asked.cari, places, registered, total }))
}
