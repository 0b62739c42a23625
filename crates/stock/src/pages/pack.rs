//! One more pack of a good, and one more barcode of a pack.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::Tx;
use values::{GoodId, Gtin, PackFactor, PackId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::{barcodes, good_named, raise_unseen, unready};
use crate::add_barcode::{self, AddBarcode};
use crate::add_pack::{self, AddPack};
use crate::shelf::{self, Sheet};

#[derive(Template)]
#[template(path = "pages/pack.html")]
struct PackPage {
    page: Page,
    form: Fields,
    sheet: Sheet,
}

#[derive(Template)]
#[template(path = "pages/barcode.html")]
struct BarcodePage {
    page: Page,
    form: Fields,
    sheet: Sheet,
}

async fn sheet(shell: &Shell, who: &SignedIn, good_id: GoodId) -> Result<Sheet, Problem> {
    let ask = async move |tx: &mut Tx| shelf::sheet(tx, good_id).await;
    shell.store.read(who.coop(), ask).await?.ok_or_else(Problem::not_found)
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(good): Path<String>,
) -> Result<Response, Problem> {
    let sheet = sheet(&shell, &who, good_named(&good)?).await?;
    let form = Fields::blank(who.hidden()).with("sellable", 1);
    Ok(html(&PackPage { page: who.page("Tambah kemasan"), form, sheet }))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    Path(good): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let good_id = good_named(&good)?;
    let fields = &mut posted.fields;
    let factor = PackFactor::parse(fields.value("factor").trim());
    let input = AddPack {
        pack_id: PackId::parse(&fields.request_text()).map_err(|_| unready())?,
        good_id,
        name: fields.text("name", 40),
        factor: factor.as_ref().map_or(PackFactor::ONE, |factor| *factor),
        sellable: fields.chosen("sellable", "1"),
        barcodes: barcodes(fields),
    };
    if let Err(error) = factor {
        fields.wrong("factor", error);
    }
    if !posted.fields.has_errors()
        && posted.act(&shell, add_pack::KIND, input, add_pack::record).await?.is_some()
    {
        return Ok(see_other(&format!("/barang/{good_id}?baru=kemasan")));
    }
    raise_unseen(&mut posted.fields, &["good_id"]);
    let sheet = sheet(&shell, &posted.who, good_id).await?;
    let page = PackPage { page: posted.who.page("Tambah kemasan"), form: posted.fields, sheet };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

pub(super) async fn show_barcode(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(good): Path<String>,
) -> Result<Response, Problem> {
    let sheet = sheet(&shell, &who, good_named(&good)?).await?;
    let form = Fields::blank(who.hidden());
    Ok(html(&BarcodePage { page: who.page("Tambah barcode"), form, sheet }))
}

pub(super) async fn send_barcode(
    State(shell): State<Shell>,
    Path(good): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let good_id = good_named(&good)?;
    let sheet = sheet(&shell, &posted.who, good_id).await?;
    if let Some(input) = read_barcode(&mut posted.fields, &sheet)
        && posted.act(&shell, add_barcode::KIND, input, add_barcode::record).await?.is_some()
    {
        return Ok(see_other(&format!("/barang/{good_id}?baru=barcode")));
    }
    let page = BarcodePage { page: posted.who.page("Tambah barcode"), form: posted.fields, sheet };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn read_barcode(fields: &mut Fields, sheet: &Sheet) -> Option<AddBarcode> {
    let pack = sheet.packs.iter().find(|pack| pack.pack_id.to_text() == fields.value("pack_id"));
    if pack.is_none() {
        fields.wrong("pack_id", "Pilih kemasannya.");
    }
    let gtin = Gtin::parse(fields.value("barcodes"));
    if let Err(error) = &gtin {
        fields.wrong("barcodes", error);
    }
    Some(AddBarcode { pack_id: pack?.pack_id, gtin: gtin.ok()? })
}
