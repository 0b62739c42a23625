//! A stranger asks whether a receipt is in the chain. No person and no goods are shown.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use store::{Failure, Tx};
use values::CoopId;
use web::{Language, Page, Problem, Shell, html, html_with, see_other};

use crate::receipt::{self, Published};
use crate::typed_code;

#[derive(Template)]
#[template(path = "pages/check_code.html")]
struct CheckPage {
    page: Page,
    typed: String,
    answer: Option<Answer>,
}

/// What a stranger is told.
struct Answer {
    coop: String,
    published: Published,
    holds: bool,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    kode: String,
}

fn page(shell: &Shell) -> Page {
    Page::public("Periksa struk", Language::Indonesian, shell.settings.example)
}

pub(super) async fn ask(State(shell): State<Shell>, Query(asked): Query<Asked>) -> Response {
    let code = asked.kode.trim();
    if !code.is_empty() {
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let code: String = code.chars().filter(plain).take(60).collect();
        return see_other(&format!("/cek/{code}"));
    }
    html(&CheckPage { page: page(&shell), typed: String::new(), answer: None })
}

pub(super) async fn show(
    State(shell): State<Shell>,
    Path(typed): Path<String>,
) -> Result<Response, Problem> {
    let parts = typed
        .split_once('-')
        .and_then(|(short, rest)| typed_code(rest).map(|code| (short.trim().to_uppercase(), code)));
    let answer = match parts {
        Some((short, code)) => find(&shell, short, code).await?,
        None => None,
    };
    let status = if answer.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(html_with(status, &CheckPage { page: page(&shell), typed, answer }))
}

async fn find(shell: &Shell, short: String, code: String) -> Result<Option<Answer>, Problem> {
    let by_code = async move |tx: &mut Tx| coops::registry::by_short_code(tx, &short).await;
    let Some((coop, name)) = shell.store.read(CoopId::new(0), by_code).await? else {
        return Ok(None);
    };
    let ask = async move |tx: &mut Tx| -> Result<Option<(Published, bool)>, Failure> {
        let Some(published) = receipt::published(tx, &code).await? else { return Ok(None) };
        let holds = ledger::holds(tx, published.entry_no).await?;
        Ok(Some((published, holds)))
    };
    let found = shell.store.read(coop, ask).await?;
    Ok(found.map(|(published, holds)| Answer { coop: name, published, holds }))
}
