//! A new supplier.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use values::SupplierId;
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::add::{self, AddSupplier};

#[derive(Template)]
#[template(path = "pages/add.html")]
struct AddPage {
    page: Page,
    form: Fields,
}

fn add_page(who: &SignedIn, form: Fields) -> AddPage {
    AddPage { page: who.page("Daftarkan pemasok"), form }
}

pub(super) async fn show(who: SignedIn) -> Response {
    html(&add_page(&who, Fields::blank(who.hidden()).with("terms_days", 0)))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let fields = &mut posted.fields;
    let supplier_id = SupplierId::parse(&fields.request_text()).map_err(|_| {
        Problem::malformed("Formulir ini tidak lengkap. Muat ulang, lalu isi lagi.")
    })?;
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let input = AddSupplier {
        supplier_id,
        name: fields.text("name", 120),
        phone: filled(fields.maybe_text("phone", 30)),
        terms_days: fields.count("terms_days", 0, 365),
        npwp: filled(fields.maybe_text("npwp", 30)),
    };
    if !posted.fields.has_errors()
        && posted.act(&shell, add::KIND, input, add::record).await?.is_some()
    {
        return Ok(see_other(&format!("/pemasok/{supplier_id}?baru=1")));
    }
    let page = add_page(&posted.who, posted.fields);
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
