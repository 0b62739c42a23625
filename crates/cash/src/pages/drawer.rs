//! Laci: a cashier's own drawer, from opening to closing. One address, one next step.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use values::DocumentId;
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::transfer::{self, Moving};
use super::{Asked, born_in, count, named_in, raise_unseen};
use crate::drawer::{self, OpenDrawer, Session};
use crate::drawer_expense::{self, DrawerExpense};
use crate::open_drawer::{self, Float};
use crate::{CashAccount, held};

/// The code of a cooperative's first device.
const FIRST_DEVICE: &str = "A1";

/// What a cashier pays out of the drawer now and then, in her words.
const EXPENSES: [(&str, &str); 7] = [
    ("11706", "Kantong plastik dan perlengkapan"),
    ("61104", "Ongkos angkut dan parkir"),
    ("61102", "Listrik, air, pulsa"),
    ("61103", "Perbaikan dan kebersihan"),
    ("61105", "Alat tulis, cetak, meterai"),
    ("71102", "Rapat dan konsumsi"),
    ("61199", "Lain-lain"),
];

#[derive(Template)]
#[template(path = "pages/open.html")]
struct OpenPage {
    page: Page,
    form: Fields,
    accounts: Vec<CashAccount>,
    floats: Vec<Moving>,
    moving: Vec<Moving>,
}

#[derive(Template)]
#[template(path = "pages/held.html")]
struct HeldPage {
    page: Page,
    form: Fields,
    drawer: OpenDrawer,
    own: bool,
    expenses: [(&'static str, &'static str); 7],
    moving: Vec<Moving>,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let blank = Fields::blank(who.hidden());
    let Some(session) = session_asked(&shell, &who, &asked.laci).await? else {
        let mut page = open_page(&shell, &who, blank, None).await?;
        asked.tell(&mut page.page);
        return Ok(html(&page));
    };
    if session.counted.is_some() {
        return count::next_step(&who, session, blank, StatusCode::OK);
    }
    let mut page = held_page(&shell, &who, session, blank, None).await?;
    asked.tell(&mut page.page);
    Ok(html(&page))
}

/// The page of the own drawer, with one transfer's form as it was typed.
pub(super) async fn again(
    shell: &Shell,
    who: &SignedIn,
    typed: Fields,
) -> Result<Response, Problem> {
    let blank = Fields::blank(who.hidden());
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    match session_asked(shell, who, "").await? {
        None => Ok(html_with(again, &open_page(shell, who, blank, Some(typed)).await?)),
        Some(session) if session.counted.is_none() => {
            let page = held_page(shell, who, session, blank, Some(typed)).await?;
            Ok(html_with(again, &page))
        }
        Some(session) => {
            let mut blank = blank;
            blank.general = typed.general;
            count::next_step(who, session, blank, again)
        }
    }
}

/// The session that the address names, or the newest that the person holds.
pub(super) async fn session_asked(
    shell: &Shell,
    who: &SignedIn,
    asked: &str,
) -> Result<Option<Session>, Problem> {
    if !asked.is_empty() {
        let session_id = DocumentId::parse(asked).map_err(|_| Problem::not_found())?;
        return Ok(Some(session_seen(shell, who, session_id).await?));
    }
    let person = who.person();
    let ask = async move |tx: &mut Tx| -> Result<Option<Session>, Failure> {
        match held::by(tx, person).await?.first() {
            Some(mine) => Ok(drawer::ask(tx, mine.session_id).await?.maybe().await?),
            None => Ok(None),
        }
    };
    Ok(shell.store.read(who.coop(), ask).await?)
}

/// A session of one's own, or any where one sees all the cooperative's money.
pub(super) async fn session_seen(
    shell: &Shell,
    who: &SignedIn,
    session_id: DocumentId,
) -> Result<Session, Problem> {
    let ask = async move |tx: &mut Tx| -> Result<Option<Session>, Failure> {
        Ok(drawer::ask(tx, session_id).await?.maybe().await?)
    };
    let found = shell.store.read(who.coop(), ask).await?;
    let seen = |session: &Session| session.cashier == who.person() || who.may("cash.read");
    found.filter(seen).ok_or_else(Problem::not_found)
}

/// A session of one's own: money goes in and out by the hands of its cashier.
pub(super) async fn own_session(
    shell: &Shell,
    who: &SignedIn,
    session_id: DocumentId,
) -> Result<Session, Problem> {
    let session = session_seen(shell, who, session_id).await?;
    if session.cashier == who.person() { Ok(session) } else { Err(Problem::not_found()) }
}

async fn open_page(
    shell: &Shell,
    who: &SignedIn,
    form: Fields,
    typed: Option<Fields>,
) -> Result<OpenPage, Problem> {
    let moving = transfer::on_its_way(shell, who, typed).await?;
    let (own, others): (Vec<Moving>, Vec<Moving>) = moving.into_iter().partition(|one| one.own);
    let floats: Vec<Moving> = others.into_iter().filter(Moving::is_for_drawer).collect();
    let moving = own.into_iter().map(Moving::back_to_drawer).collect();
    let accounts = CashAccount::ALL.into_iter().filter(|place| place.is_drawer()).collect();
    let form = if form.has_errors() { form } else { suggested(form, floats.first()) };
    Ok(OpenPage { page: who.page("Buka laci"), form, accounts, floats, moving })
}

/// The usual drawer on the first device, with the float that waits for it.
fn suggested(form: Fields, float: Option<&Moving>) -> Fields {
    let form = form.with("device", FIRST_DEVICE);
    match float.map(|float| &float.transfer) {
        Some(float) => {
            let form = form.with("account", float.to.code());
            form.with("transfer_id", &float.transfer_id)
        }
        None => form.with("account", CashAccount::Till.code()),
    }
}

async fn held_page(
    shell: &Shell,
    who: &SignedIn,
    session: Session,
    form: Fields,
    typed: Option<Fields>,
) -> Result<HeldPage, Problem> {
    let account = session.account;
    let mut moving = transfer::on_its_way(shell, who, typed).await?;
    moving.retain(|one| one.own || one.transfer.to == account);
    let moving = moving.into_iter().map(Moving::back_to_drawer).collect();
    let own = session.cashier == who.person();
    let (page, drawer) = (who.page("Laci"), OpenDrawer::of(session));
    Ok(HeldPage { page, form, drawer, own, expenses: EXPENSES, moving })
}

pub(crate) async fn open(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let (session_id, day) = (born_in(&posted.fields)?, posted.ctx(&shell).day());
    let device = posted.fields.text("device", 8);
    let account = CashAccount::from_code(posted.fields.value("account"));
    let float = match DocumentId::parse(posted.fields.value("transfer_id")) {
        Ok(transfer_id) => Some(Float { transfer_id, counted: posted.fields.amount("counted") }),
        Err(_) => None,
    };
    if account.is_none() {
        posted.fields.wrong("account", "Pilih lacinya.");
    }
    if let (Some(account), false) = (account, posted.fields.has_errors()) {
        let input = open_drawer::OpenDrawer { session_id, day, account, device, float };
        let done = posted.act(&shell, open_drawer::KIND, input, open_drawer::record).await?;
        if done.is_some() {
            return Ok(see_other("/kasir"));
        }
    }
    raise_unseen(&mut posted.fields);
    let page = open_page(&shell, &posted.who, posted.fields, None).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Something small, paid out of the drawer.
pub(crate) async fn expense(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let session_id = named_in(&posted.fields, "session_id")?;
    let session = own_session(&shell, &posted.who, session_id).await?;
    let day = posted.ctx(&shell).day();
    let fields = &mut posted.fields;
    let (amount, what) = (fields.amount("amount"), fields.text("what", 120));
    let account = fields.value("account").to_owned();
    if !fields.has_errors() {
        let input = DrawerExpense { session_id, day, amount, account, what, nota: None };
        let done = posted.act(&shell, drawer_expense::KIND, input, drawer_expense::record).await?;
        if let Some(done) = done {
            return Ok(see_other(&format!("/kas/laci?nomor={}", done.receipt.number)));
        }
    }
    raise_unseen(&mut posted.fields);
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    if session.counted.is_some() {
        return count::next_step(&posted.who, session, posted.fields, again);
    }
    let page = held_page(&shell, &posted.who, session, posted.fields, None).await?;
    Ok(html_with(again, &page))
}
