//! Hitung & tutup: the blind count, the difference with its reason, the money brought away.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use values::{DocumentId, Rupiah};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::drawer::{session_asked, session_seen};
use super::{Asked, born_in, named_in, raise_unseen};
use crate::close_drawer::{self, CloseDrawer};
use crate::count_drawer::{self, CountDrawer, DENOMINATIONS, PIECES_MAX, Pile};
use crate::drawer::Session;
use crate::post_difference::{self, PostDifference};

#[derive(Template)]
#[template(path = "pages/count.html")]
struct CountPage {
    page: Page,
    form: Fields,
    session_id: DocumentId,
    account: &'static str,
    /// Each note and coin with its field.
    fields: [(Rupiah, String); 12],
    /// The sum of the piles, where it was asked for.
    sum: Option<Rupiah>,
}

impl CountPage {
    fn of(who: &SignedIn, session: &Session, form: Fields, sum: Option<Rupiah>) -> CountPage {
        let (session_id, account) = (session.session_id, session.account.name());
        let fields = DENOMINATIONS.map(|worth| (Rupiah::new(worth), field_of(worth)));
        CountPage { page: who.page("Hitung laci"), form, session_id, account, fields, sum }
    }
}

#[derive(Template)]
#[template(path = "pages/difference.html")]
struct DifferencePage {
    page: Page,
    form: Fields,
    session: Session,
    counted: Rupiah,
    difference: Rupiah,
    open: Rupiah,
}

#[derive(Template)]
#[template(path = "pages/close.html")]
struct ClosePage {
    page: Page,
    form: Fields,
    session: Session,
    counted: Rupiah,
    difference: Rupiah,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden());
    match session_asked(&shell, &who, &asked.laci).await? {
        Some(session) if !session.is_closed() => {
            Ok(html(&CountPage::of(&who, &session, form, None)))
        }
        _ => Ok(see_other("/kas/laci")),
    }
}

/// After the count: the difference waits for its reason, then the money for its way.
pub(super) fn next_step(
    who: &SignedIn,
    session: Session,
    form: Fields,
    status: StatusCode,
) -> Result<Response, Problem> {
    let counted = session.counted.ok_or_else(Problem::not_found)?;
    let open = session.unsettled();
    let difference = session.difference.unwrap_or(Rupiah::ZERO);
    if !open.is_zero() {
        let page = who.page("Selisih laci");
        let page = DifferencePage { page, form, session, counted, difference, open };
        return Ok(html_with(status, &page));
    }
    let form = if form.has_errors() {
        form
    } else {
        let suggested = counted.minus(session.opening).unwrap_or(Rupiah::ZERO).max(Rupiah::ZERO);
        form.with("deposit", suggested.plain())
    };
    let page = who.page("Tutup laci");
    Ok(html_with(status, &ClosePage { page, form, session, counted, difference }))
}

pub(crate) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let session_id = named_in(&posted.fields, "session_id")?;
    let session = session_seen(&shell, &posted.who, session_id).await?;
    let piles = piles(&mut posted.fields);
    let sum = count_drawer::sum(&piles).unwrap_or(Rupiah::ZERO);
    let wrong = posted.fields.has_errors();
    if posted.fields.value("step") == "sum" && !wrong {
        return Ok(html(&CountPage::of(&posted.who, &session, posted.fields, Some(sum))));
    }
    if !wrong {
        let input = CountDrawer { session_id, piles };
        let done = posted.act(&shell, count_drawer::KIND, input, count_drawer::record).await?;
        if done.is_some() {
            return Ok(see_other(&format!("/kas/laci?laci={session_id}")));
        }
    }
    raise_unseen(&mut posted.fields);
    let page = CountPage::of(&posted.who, &session, posted.fields, None);
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// One field a note or coin; an empty one is no pile.
fn piles(form: &mut Fields) -> Vec<Pile> {
    let mut piles = Vec::new();
    for denomination in DENOMINATIONS {
        let name = field_of(denomination);
        if !form.value(&name).trim().is_empty() {
            let pieces = form.count(&name, 0, PIECES_MAX);
            piles.push(Pile { denomination, pieces });
        }
    }
    piles.retain(|pile| pile.pieces > 0);
    piles
}

/// The field's name of a note or coin.
fn field_of(denomination: i64) -> String {
    format!("pecahan_{denomination}")
}

pub(crate) async fn difference(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let session_id = named_in(&posted.fields, "session_id")?;
    let session = session_seen(&shell, &posted.who, session_id).await?;
    let day = posted.ctx(&shell).day();
    let reason = posted.fields.text("reason", 200);
    if !posted.fields.has_errors() {
        let input = PostDifference { session_id, day, reason, consent: None };
        let done =
            posted.act(&shell, post_difference::KIND, input, post_difference::record).await?;
        if done.is_some() {
            return Ok(see_other(&after(&session)));
        }
    }
    raise_unseen(&mut posted.fields);
    next_step(&posted.who, session, posted.fields, StatusCode::UNPROCESSABLE_ENTITY)
}

/// A closed session has no next step: its difference came late and the bendahara explained it.
fn after(session: &Session) -> String {
    if session.is_closed() {
        "/kas".to_owned()
    } else {
        format!("/kas/laci?laci={}", session.session_id)
    }
}

pub(crate) async fn close(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let session_id = named_in(&posted.fields, "session_id")?;
    let session = session_seen(&shell, &posted.who, session_id).await?;
    let (transfer_id, day) = (born_in(&posted.fields)?, posted.ctx(&shell).day());
    let deposit = posted.fields.amount("deposit");
    if !posted.fields.has_errors() {
        let input = CloseDrawer { session_id, day, deposit, transfer_id };
        let done = posted.act(&shell, close_drawer::KIND, input, close_drawer::record).await?;
        if let Some(done) = done {
            let number = done.receipt.number.unwrap_or_default();
            return Ok(see_other(&format!("/kas/laci?nomor={number}")));
        }
    }
    raise_unseen(&mut posted.fields);
    next_step(&posted.who, session, posted.fields, StatusCode::UNPROCESSABLE_ENTITY)
}
