//! Setor / kirim kas: the one who gives records it, another counts and takes it, or it comes back.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use values::DocumentId;
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::{Names, born_in, drawer, named_in, overview, raise_unseen};
use crate::drawer::OpenDrawer;
use crate::receive_cash::{self, ReceiveCash};
use crate::send_cash::{self, SendCash};
use crate::take_back_cash::{self, TakeBackCash};
use crate::transfers::{self, Transfer};
use crate::{CashAccount, CashRefusal, held};

/// A transfer that waits, with the form of the one who looks.
pub(super) struct Moving {
    pub(super) transfer: Transfer,
    pub(super) sender: String,
    pub(super) own: bool,
    pub(super) receivable: bool,
    /// The own drawer that the money enters, or returns to.
    drawer: Option<DocumentId>,
    pub(super) back: &'static str,
    pub(super) form: Fields,
}

impl Moving {
    /// The drawer as the form carries it.
    pub(super) fn drawer_text(&self) -> String {
        self.drawer.map(|drawer| drawer.to_text()).unwrap_or_default()
    }

    /// A float: it arrives when a drawer is opened.
    pub(super) fn is_for_drawer(&self) -> bool {
        self.transfer.to.is_drawer()
    }

    /// Its form comes back to the page of the drawer.
    pub(super) fn back_to_drawer(mut self) -> Moving {
        self.back = "laci";
        self
    }
}

/// Money on its way, each with its own form; `typed` belongs to one of them.
pub(super) async fn on_its_way(
    shell: &Shell,
    who: &SignedIn,
    typed: Option<Fields>,
) -> Result<Vec<Moving>, Problem> {
    let person = who.person();
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let (moving, mine) = (transfers::on_its_way(tx).await?, held::by(tx, person).await?);
        Ok((moving, mine, Names::of(tx).await?))
    };
    let (moving, mine, names) = shell.store.read(who.coop(), ask).await?;
    let row = |transfer: Transfer| {
        let own = transfer.sender == person;
        let end = if own { transfer.from } else { transfer.to };
        let drawer = held::of_account(&mine, end);
        let reachable = if end.is_drawer() { drawer.is_some() } else { who.may("cash.read") };
        let form = typed.clone().filter(|form| form.value("transfer_id") == transfer.transfer_id);
        Moving {
            sender: names.name(transfer.sender),
            own,
            receivable: !own && reachable && who.may("cash.receive"),
            drawer,
            back: "kas",
            form: form.unwrap_or_else(|| Fields::blank(who.hidden())),
            transfer,
        }
    };
    Ok(moving.into_iter().map(row).collect())
}

#[derive(Template)]
#[template(path = "pages/send.html")]
struct SendPage {
    page: Page,
    form: Fields,
    places: Vec<CashAccount>,
    drawers: Vec<OpenDrawer>,
}

pub(crate) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden());
    Ok(html(&send_page(&shell, &who, form).await?))
}

/// Who keeps the books sends from everywhere; a cashier from the own drawer.
async fn send_page(shell: &Shell, who: &SignedIn, form: Fields) -> Result<SendPage, Problem> {
    let person = who.person();
    let ask = async move |tx: &mut Tx| held::by(tx, person).await;
    let drawers = shell.store.read(who.coop(), ask).await?;
    let safe = CashAccount::ALL.into_iter().filter(|place| !place.is_drawer());
    let places = if who.may("cash.read") { safe.collect() } else { Vec::new() };
    Ok(SendPage { page: who.page("Setor / kirim kas"), form, places, drawers })
}

pub(crate) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let from = origin(&shell, &posted.who, posted.fields.value("from")).await?;
    let to = CashAccount::from_code(posted.fields.value("to"));
    let (transfer_id, amount) = (born_in(&posted.fields)?, posted.fields.amount("amount"));
    if from.is_none() {
        posted.fields.wrong("from", "Pilih dari mana uangnya diambil.");
    }
    if to.is_none() {
        posted.fields.wrong("to", "Pilih ke mana uangnya dibawa.");
    }
    if let (Some((from, drawer)), Some(to), false) = (from, to, posted.fields.has_errors()) {
        let day = posted.ctx(&shell).day();
        let input = SendCash { transfer_id, day, from, to, amount, drawer };
        if let Some(sent) = posted.act(&shell, send_cash::KIND, input, send_cash::record).await? {
            return Ok(see_other(&home(&posted.who, &sent.receipt.number)));
        }
    }
    raise_unseen(&mut posted.fields);
    let page = send_page(&shell, &posted.who, posted.fields).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// What was chosen: a place by its code, or the sender's own drawer by its session.
async fn origin(
    shell: &Shell,
    who: &SignedIn,
    chosen: &str,
) -> Result<Option<(CashAccount, Option<DocumentId>)>, Problem> {
    if let Some(place) = CashAccount::from_code(chosen) {
        let open = !place.is_drawer() && who.may("cash.read");
        return Ok(open.then_some((place, None)));
    }
    let Ok(session_id) = DocumentId::parse(chosen) else { return Ok(None) };
    let session = drawer::own_session(shell, who, session_id).await?;
    Ok(Some((session.account, Some(session_id))))
}

pub(crate) async fn receive(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let (transfer, drawer) = transfer_and_drawer(&shell, &posted).await?;
    if !transfer.to.is_drawer() && !posted.who.may("cash.read") {
        return Err(Problem::denied());
    }
    let counted = posted.fields.amount("counted");
    if transfer.to.is_drawer() && drawer.is_none() {
        posted.fields.refused(&CashRefusal::UnknownSession);
    }
    if !posted.fields.has_errors() {
        let day = posted.ctx(&shell).day();
        let transfer_id = named_in(&posted.fields, "transfer_id")?;
        let input = ReceiveCash { transfer_id, day, counted, drawer, slip: None };
        let done = posted.act(&shell, receive_cash::KIND, input, receive_cash::record).await?;
        if let Some(done) = done {
            return Ok(see_other(&back(&posted, &done.receipt.number)));
        }
    }
    again(&shell, posted).await
}

pub(crate) async fn take_back(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let (transfer, drawer) = transfer_and_drawer(&shell, &posted).await?;
    let reason = posted.fields.text("reason", 200);
    if transfer.from.is_drawer() && drawer.is_none() {
        posted.fields.refused(&CashRefusal::UnknownSession);
    }
    if !posted.fields.has_errors() {
        let day = posted.ctx(&shell).day();
        let transfer_id = named_in(&posted.fields, "transfer_id")?;
        let input = TakeBackCash { transfer_id, day, reason, drawer };
        let done = posted.act(&shell, take_back_cash::KIND, input, take_back_cash::record).await?;
        if let Some(done) = done {
            return Ok(see_other(&back(&posted, &done.receipt.number)));
        }
    }
    again(&shell, posted).await
}

/// The transfer that a form names, and the sender's own drawer where it names one.
async fn transfer_and_drawer(
    shell: &Shell,
    posted: &Posted,
) -> Result<(Transfer, Option<DocumentId>), Problem> {
    let id = named_in(&posted.fields, "transfer_id")?;
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        Ok(transfers::find(tx, id).await?.maybe().await?)
    };
    let found = shell.store.read(posted.who.coop(), ask).await?;
    let transfer = found.ok_or_else(Problem::not_found)?;
    if posted.fields.value("drawer").is_empty() {
        return Ok((transfer, None));
    }
    let session_id = named_in(&posted.fields, "drawer")?;
    drawer::own_session(shell, &posted.who, session_id).await?;
    Ok((transfer, Some(session_id)))
}

/// The page from which the form was sent, with what was typed.
async fn again(shell: &Shell, mut posted: Posted) -> Result<Response, Problem> {
    raise_unseen(&mut posted.fields);
    if is_of_drawer(&posted) {
        drawer::again(shell, &posted.who, posted.fields).await
    } else {
        overview::again(shell, &posted.who, posted.fields).await
    }
}

fn is_of_drawer(posted: &Posted) -> bool {
    posted.fields.value("back") == "laci" || !posted.who.may("cash.read")
}

fn back(posted: &Posted, number: &str) -> String {
    let page = if is_of_drawer(posted) { "/kas/laci" } else { "/kas" };
    format!("{page}?nomor={number}")
}

/// Where a person sees what was sent.
fn home(who: &SignedIn, number: &str) -> String {
    let page = if who.may("cash.read") { "/kas" } else { "/kas/laci" };
    format!("{page}?nomor={number}")
}
