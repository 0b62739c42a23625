//! Buku daftar anggota: find somebody, count all.

use access::SignedIn;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use store::{Failure, Tx};
use web::{Page, Problem, Shell, html};

use crate::State as Standing;
use crate::register::{self, Headcount, RegisterPage, Search};

#[derive(Template)]
#[template(path = "pages/register.html")]
struct ListPage {
    page: Page,
    asked: Asked,
    count: Headcount,
    found: RegisterPage,
    may_apply: bool,
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    halaman: u32,
}

impl Asked {
    fn search(&self) -> Search {
        let state = match self.status.as_str() {
            "anggota" => Some(Standing::Member),
            "calon" => Some(Standing::Candidate),
            "keluar" => Some(Standing::Former),
            _ => None,
        };
        Search { text: self.cari.clone(), state, page: self.halaman }
    }
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let search = asked.search();
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        Ok((register::headcount(tx).await?, register::search(tx, &search).await?))
    };
    let (count, found) = shell.store.read(who.coop(), ask).await?;
    let (page, may_apply) = (who.page("Anggota"), who.may("members.apply"));
    Ok(html(&ListPage { page, asked, count, found, may_apply }))
}
