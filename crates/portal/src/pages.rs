//! The front page: what this is, the way in, and which cooperatives there are.

use access::SignedIn;
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use coops::registry::{self, Cooperative};
use serde::Deserialize;
use store::Tx;
use values::CoopId;
use web::{Language, Page, Problem, Shell, html, see_other};

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    page: Page,
    search: String,
    found: Vec<Cooperative>,
    total: usize,
}

/// What a stranger looks for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    cari: String,
}

/// The front page; who is signed in goes on to work.
pub(crate) async fn show(
    State(shell): State<Shell>,
    who: Option<Extension<SignedIn>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if who.is_some() && asked.cari.is_empty() {
        return Ok(see_other("/beranda"));
    }
    let search = asked.cari.clone();
    let ask = async move |tx: &mut Tx| registry::list(tx, &search).await;
    let all = shell.store.read(CoopId::new(0), ask).await?;
    let total = all.len();
    let found = if asked.cari.trim().is_empty() { Vec::new() } else { all };
    let page =
        Page::public("Koperasi kelurahan, terbuka", Language::Indonesian, shell.settings.example);
    Ok(html(&FrontPage { page, search: asked.cari, found, total }))
}
