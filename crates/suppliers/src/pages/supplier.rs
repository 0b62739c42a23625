//! One supplier: what is open, and paying it.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use store::{Failure, Tx};
use values::{Day, DocumentId, SupplierId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::pay::{self, Pay};
use crate::standing::{self, Standing};
use crate::{Debt, OpenInvoice, PaidFrom, Sources};

/// Longest paper number that is shown.
const NUMBER_MAX: usize = 24;

#[derive(Template)]
#[template(path = "pages/supplier.html")]
struct SupplierPage {
    page: Page,
    form: Fields,
    standing: Standing,
    sources: Sources,
    today: Day,
    may_pay: bool,
}

impl SupplierPage {
    fn is_late(&self, nota: &OpenInvoice) -> bool {
        nota.due_day < self.today
    }
}

/// What just happened.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    baru: String,
    #[serde(default)]
    nomor: String,
}

impl Asked {
    fn tell(&self, page: &mut Page) {
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        if !self.baru.is_empty() {
            page.flash = Some("Pemasok terdaftar.".to_owned());
        }
        if (1..=NUMBER_MAX).contains(&self.nomor.len()) && self.nomor.chars().all(plain) {
            page.flash = Some(format!("Tercatat dengan nomor {}.", self.nomor));
        }
    }
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(supplier): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let form = Fields::blank(who.hidden()).with("day", today.to_iso());
    let mut page = supplier_page(&shell, &who, named(&supplier)?, form).await?;
    asked.tell(&mut page.page);
    Ok(html(&page))
}

fn named(text: &str) -> Result<SupplierId, Problem> {
    SupplierId::parse(text).map_err(|_| Problem::not_found())
}

async fn supplier_page(
    shell: &Shell,
    who: &SignedIn,
    supplier: SupplierId,
    form: Fields,
) -> Result<SupplierPage, Problem> {
    let (standing, sources) = asked(shell, who, supplier).await?;
    let page = who.page(&standing.supplier.name);
    let today = Day::of_instant(shell.clock.now());
    let may_pay = who.may("suppliers.pay") && standing.owed().is_positive();
    Ok(SupplierPage { page, form, standing, sources, today, may_pay })
}

async fn asked(
    shell: &Shell,
    who: &SignedIn,
    supplier: SupplierId,
) -> Result<(Standing, Sources), Problem> {
    let (person, keeps_books) = (who.person(), who.may("cash.read"));
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let sources = Sources::of(tx, person, keeps_books).await?;
        Ok((standing::of(tx, supplier).await?, sources))
    };
    let (standing, sources) = shell.store.read(who.coop(), ask).await?;
    Ok((standing.ok_or_else(Problem::not_found)?, sources))
}

pub(super) async fn pay(
    State(shell): State<Shell>,
    Path(supplier): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let supplier_id = named(&supplier)?;
    let (standing, sources) = asked(&shell, &posted.who, supplier_id).await?;
    if let Some(input) = read(&mut posted.fields, supplier_id, &standing, &sources)?
        && let Some(paid) = posted.act(&shell, pay::KIND, input, pay::record).await?
    {
        let number = paid.receipt.number;
        return Ok(see_other(&format!("/pemasok/{supplier_id}?nomor={number}")));
    }
    raise_unseen(&mut posted.fields);
    let page = supplier_page(&shell, &posted.who, supplier_id, posted.fields).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn read(
    fields: &mut Fields,
    supplier_id: SupplierId,
    standing: &Standing,
    sources: &Sources,
) -> Result<Option<Pay>, Problem> {
    let payment_id = DocumentId::parse(&fields.request_text()).map_err(|_| {
        Problem::malformed("Formulir ini tidak lengkap. Muat ulang, lalu isi lagi.")
    })?;
    let what = chosen_debt(fields.value("what"), standing);
    if what.is_none() {
        fields.wrong("what", "Pilih utang yang dibayar.");
    }
    let from: Option<PaidFrom> = sources.chosen(fields.value("from"));
    if from.is_none() {
        fields.wrong("from", "Pilih dari mana uangnya diambil.");
    }
    let amount = fields.maybe_amount("amount").unwrap_or_default();
    let from_advance = fields.maybe_amount("from_advance").unwrap_or_default();
    let discount = fields.maybe_amount("discount").unwrap_or_default();
    let day = fields.day("day");
    let (Some((debt, invoice_id)), Some(from), Some(day), false) =
        (what, from, day, fields.has_errors())
    else {
        return Ok(None);
    };
    Ok(Some(Pay {
        payment_id,
        day,
        supplier_id,
        debt,
        invoice_id,
        amount,
        from_advance,
        discount,
        from,
    }))
}

/// What a form pays: an account, the oldest first, or one nota.
fn chosen_debt(typed: &str, standing: &Standing) -> Option<(Debt, Option<DocumentId>)> {
    if let Some(debt) = Debt::from_code(typed) {
        return Some((debt, None));
    }
    let notas = standing
        .debts
        .iter()
        .flat_map(|open| open.notas.iter().map(move |nota| (open.debt, nota.invoice_id)));
    let mut named = notas.filter(|(_, id)| id.to_text() == typed);
    named.next().map(|(debt, id)| (debt, Some(id)))
}

/// A sentence about what the form does not show stands above it.
fn raise_unseen(form: &mut Fields) {
    for name in ["supplier_id", "invoice_id", "drawer", "session_id"] {
        if form.general.is_none() && form.is_wrong(name) {
            form.general = Some(form.error(name).to_owned());
        }
    }
}
