//! The reports on screen; each figure opens to the entries behind it.

pub(crate) mod approval;
pub(crate) mod duties;
pub(crate) mod home;
pub(crate) mod journal;

use access::SignedIn;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use ledger::{Account, Balance, Position, StatementLine};
use store::{Failure, Tx};
use values::{Month, Rupiah};
use web::{Page, Problem, Shell, html};

use crate::stretch::{Asked, offered};
use crate::{TrialBalance, neraca, phu, trial_balance};

/// What every report page knows of its stretch.
pub(crate) struct Chosen {
    pub(crate) asked: Asked,
    pub(crate) words: String,
    pub(crate) months: Vec<Month>,
}

impl Chosen {
    pub(crate) async fn of(shell: &Shell, who: &SignedIn, asked: Asked) -> Result<Chosen, Problem> {
        let ask = async |tx: &mut Tx| ledger::span(tx).await;
        let span = shell.store.read(who.coop(), ask).await?;
        let today = values::Day::of_instant(shell.clock.now());
        let months = offered(span.map(|span| span.first_day), today);
        Ok(Chosen { words: asked.words(today), months, asked })
    }

    pub(crate) fn is(&self, month: &Month) -> bool {
        self.asked.month() == Some(*month)
    }

    pub(crate) fn since_start(&self) -> bool {
        self.asked.dari == "awal"
    }

    /// The query that keeps the stretch on a link.
    pub(crate) fn query(&self) -> String {
        format!("?bulan={}&dari={}", self.asked.bulan, self.asked.dari)
    }
}

#[derive(Template)]
#[template(path = "trial_balance.html")]
struct TrialBalancePage {
    page: Page,
    chosen: Chosen,
    trial: TrialBalance,
}

pub(crate) async fn show_trial_balance(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let stretch = asked.movements();
    let ask = async move |tx: &mut Tx| trial_balance(tx, stretch).await;
    let trial = shell.store.read(who.coop(), ask).await?;
    let chosen = Chosen::of(&shell, &who, asked).await?;
    Ok(html(&TrialBalancePage { page: who.page("Neraca saldo"), chosen, trial }))
}

#[derive(Template)]
#[template(path = "phu.html")]
struct PhuPage {
    page: Page,
    chosen: Chosen,
    lines: Vec<StatementLine>,
}

pub(crate) async fn show_phu(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let stretch = asked.movements();
    let ask = async move |tx: &mut Tx| phu(tx, stretch).await;
    let lines = shell.store.read(who.coop(), ask).await?;
    let chosen = Chosen::of(&shell, &who, asked).await?;
    Ok(html(&PhuPage { page: who.page("Perhitungan hasil usaha"), chosen, lines }))
}

#[derive(Template)]
#[template(path = "neraca.html")]
struct NeracaPage {
    page: Page,
    chosen: Chosen,
    position: Position,
    total_right: Rupiah,
}

pub(crate) async fn show_neraca(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let stretch = asked.to_date();
    let ask = async move |tx: &mut Tx| neraca(tx, stretch).await;
    let position = shell.store.read(who.coop(), ask).await?;
    let chosen = Chosen::of(&shell, &who, asked).await?;
    let total_right = position.total_liabilities.plus(position.total_equity);
    let total_right = total_right.unwrap_or(Rupiah::ZERO);
    let page = who.page("Laporan posisi keuangan");
    Ok(html(&NeracaPage { page, chosen, position, total_right }))
}

#[derive(Template)]
#[template(path = "line.html")]
struct LinePage {
    page: Page,
    chosen: Chosen,
    line: String,
    balances: Vec<Balance>,
    total: Rupiah,
}

/// A line of a statement opens to the accounts that feed it.
pub(crate) async fn show_line(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(line): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let stretch = if line.starts_with('P') { asked.movements() } else { asked.to_date() };
    let ask = async move |tx: &mut Tx| -> Result<Vec<Balance>, Failure> {
        ledger::trial_balance(tx, stretch).await
    };
    let mut balances = shell.store.read(who.coop(), ask).await?;
    let feeds = |account: &Account| account.line == line || (line == "E8" && account.is_result());
    balances.retain(|balance| feeds(balance.account));
    let total = Rupiah::total(balances.iter().map(|balance| balance.net));
    let total = total.unwrap_or(Rupiah::ZERO).abs();
    let chosen = Chosen::of(&shell, &who, asked).await?;
    Ok(html(&LinePage { page: who.page("Rincian baris laporan"), chosen, line, balances, total }))
}
