//! Receipts: the list of a day, the paper, and taking back.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;
use store::{Failure, Tx};
use values::{Day, DocumentId, Rupiah, SaleId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::counter::open_drawer;
use crate::grouped;
use crate::print::{bytes, text};
use crate::receipt::{self, Listed, Receipt, ReceiptLine};
use crate::refund::{self, GoodsBack, LineBack, Refund};

#[derive(Template)]
#[template(path = "pages/receipt_list.html")]
struct ListPage {
    page: Page,
    day: Day,
    receipts: Vec<Listed>,
    total: Rupiah,
}

#[derive(Template)]
#[template(path = "pages/receipt.html")]
struct ReceiptPage {
    page: Page,
    receipt: Receipt,
    buyer: Option<String>,
    code: String,
    check_path: String,
    qr: String,
    text: String,
    printer: String,
    is_new: bool,
}

#[derive(Template)]
#[template(path = "pages/give_back.html")]
struct BackPage {
    page: Page,
    form: Fields,
    receipt: Receipt,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    hari: String,
    #[serde(default)]
    baru: String,
}

pub(super) async fn list(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let day = Day::parse_iso(&asked.hari).unwrap_or(today);
    let ask = async move |tx: &mut Tx| receipt::of_day(tx, day, 500).await;
    let receipts = shell.store.read(who.coop(), ask).await?;
    let total = Rupiah::total(receipts.iter().map(|one| one.total)).unwrap_or(Rupiah::ZERO);
    Ok(html(&ListPage { page: who.page("Struk"), day, receipts, total }))
}

async fn found(shell: &Shell, who: &SignedIn, sale: &str) -> Result<Receipt, Problem> {
    let sale = SaleId::parse(sale).map_err(|_| Problem::not_found())?;
    let ask = async move |tx: &mut Tx| receipt::find(tx, sale).await;
    shell.store.read(who.coop(), ask).await?.ok_or_else(Problem::not_found)
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(sale): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let receipt = found(&shell, &who, &sale).await?;
    let member = receipt.member;
    let ask = async move |tx: &mut Tx| -> Result<Option<String>, Failure> {
        match member {
            Some(member) => members::shown_on_receipt(tx, member).await,
            None => Ok(None),
        }
    };
    let buyer = shell.store.read(who.coop(), ask).await?;
    let code = grouped(&receipt.code);
    let check_path = format!("/cek/{}-{}", who.session.short_code, receipt.code);
    let qr = QrCode::new(check_path.as_bytes());
    let qr = qr.map(|qr| qr.render::<svg::Color>().min_dimensions(120, 120).build());
    let text = text(&receipt, &who.session.coop_name, buyer.as_deref(), &check_path);
    Ok(html(&ReceiptPage {
        page: who.page("Struk"),
        printer: bytes(&text, &check_path),
        qr: qr.unwrap_or_default(),
        is_new: !asked.baru.is_empty(),
        receipt,
        buyer,
        code,
        check_path,
        text,
    }))
}

pub(super) async fn back(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(sale): Path<String>,
) -> Result<Response, Problem> {
    let receipt = found(&shell, &who, &sale).await?;
    let refund = DocumentId::new_v7();
    let form = Fields::blank(who.hidden()).with("refund", refund);
    Ok(html(&BackPage { page: who.page("Terima kembali"), form, receipt }))
}

/// The lines for which a quantity was typed.
fn lines_back(fields: &mut Fields, receipt: &Receipt) -> Vec<LineBack> {
    let mut lines = Vec::new();
    for line in &receipt.lines {
        let name = format!("qty-{}", line.line_no);
        if fields.value(&name).trim().is_empty() {
            continue;
        }
        let packs = fields.quantity(&name, &[]);
        if let Some(quantity) = in_base_units(line, packs) {
            lines.push(LineBack { line_no: line.line_no, quantity });
        } else {
            fields.wrong(&name, "Jumlah ini bukan kelipatan isi kemasannya.");
        }
    }
    lines
}

/// Typed packs of a line in base units: the line's own ratio, exact or not at all.
fn in_base_units(line: &ReceiptLine, packs: values::Quantity) -> Option<values::Quantity> {
    let top = i128::from(packs.milli()) * i128::from(line.quantity.milli());
    let bottom = i128::from(line.packs.milli());
    let exact = bottom > 0 && top % bottom == 0;
    let milli = if exact { i64::try_from(top / bottom).ok() } else { None };
    milli.map(values::Quantity::from_milli)
}

pub(super) async fn send_back(
    State(shell): State<Shell>,
    Path(sale): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let receipt = found(&shell, &posted.who, &sale).await?;
    let Some(open) = open_drawer(&shell, &posted.who).await? else {
        return Ok(see_other("/kas/laci"));
    };
    let lines = lines_back(&mut posted.fields, &receipt);
    let refund = DocumentId::parse(posted.fields.value("refund"));
    let input = Refund {
        refund: refund.unwrap_or_else(|_| DocumentId::new_v7()),
        session: open.session_id,
        device: format!("{}-{}-01", posted.who.session.short_code, open.device),
        day: Day::of_instant(shell.clock.now()),
        back: GoodsBack {
            sale: receipt.sale,
            lines,
            reason: posted.fields.value("reason").trim().to_owned(),
        },
        approval: DocumentId::parse(posted.fields.value("approval")).ok(),
    };
    if !posted.fields.has_errors()
        && posted.act(&shell, refund::KIND, input, refund::record).await?.is_some()
    {
        return Ok(see_other(&format!("/struk/{}", receipt.sale)));
    }
    let Posted { who, fields } = posted;
    let page = BackPage { page: who.page("Terima kembali"), form: fields, receipt };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
