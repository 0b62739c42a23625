//! Bukti setor, on 58 mm paper and as a text to share.

use access::SignedIn;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use store::{Failure, Tx};
use values::Day;
use web::{Page, Problem, Shell, html};

use super::Names;
use crate::payment::{self, PaidFor, Payment};
use crate::register::RegisterRow;
use crate::wajib_choice::span;
use crate::{State as Standing, card};

#[derive(Template)]
#[template(path = "pages/payment.html")]
struct PaymentPage {
    page: Page,
    paid: Payment,
    row: RegisterRow,
    months: String,
    received_by: String,
    text: String,
    is_new: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    baru: String,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(entry_no): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let entry_no = entry_no.parse::<i64>().map_err(|_| Problem::not_found())?;
    let today = Day::of_instant(shell.clock.now());
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let Some(paid) = payment::find(tx, entry_no).await? else { return Ok(None) };
        let row = card::card(tx, paid.member, today).await?.row;
        Ok(Some((paid, row, Names::of(tx).await?)))
    };
    let found = shell.store.read(who.coop(), ask).await?;
    let (paid, row, names) = found.ok_or_else(Problem::not_found)?;
    let mut page = PaymentPage {
        page: who.page("Bukti setor"),
        months: span(&paid.months.iter().map(|part| part.month).collect::<Vec<_>>()),
        received_by: names.name(paid.received_by),
        paid,
        row,
        text: String::new(),
        is_new: !asked.baru.is_empty(),
    };
    page.text = page.shared(&who.session.coop_name);
    Ok(html(&page))
}

impl PaymentPage {
    /// Who paid: number and name, never NIK or phone.
    fn payer(&self) -> String {
        let name = self.row.full_name();
        let number = self.row.shown_number();
        if number.is_empty() { name } else { format!("{number} · {name}") }
    }

    /// The receipt as it goes to WhatsApp.
    fn shared(&self, coop: &str) -> String {
        let paid = &self.paid;
        let mut lines = vec![format!("{coop}\nBukti setor {}", paid.number)];
        lines.push(format!("{}\n{}", paid.day.long(), self.payer()));
        lines.push(format!("{} {}", paid.paid_for.name(), self.months).trim().to_owned());
        if paid.held.is_positive() {
            lines.push(format!("Sudah dititipkan: {}", paid.held));
        }
        lines.push(format!("Diterima: {}", paid.amount));
        lines.push(format!("({})", paid.amount.terbilang()));
        lines.push(format!("Penerima: {}", self.received_by));
        if paid.taken_back {
            lines.push("DIBATALKAN".to_owned());
        }
        if self.page.example {
            lines.push("CONTOH – bukan data sebenarnya".to_owned());
        }
        lines.join("\n")
    }
}
