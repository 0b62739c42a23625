//! Calon anggota: approve, pay the pokok, admit; one page with the next step and who may do it.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use store::{Failure, Tx};
use values::{Day, MemberId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::desk::{self, Place};
use super::{Names, member_id, raise_unseen};
use crate::admit::{self, Admit};
use crate::approve::{self, Approve};
use crate::candidate::{self, Candidate, NextStep};
use crate::card;
use crate::pay_pokok::{self, PayPokok};
use crate::payment::{self, Payment};

/// The longest citation of a decision.
const DECISION_MAX: usize = 80;
/// Fields that the forms do not show.
const UNSEEN: [&str; 4] = ["member_id", "day", "drawer", "session_id"];

#[derive(Template)]
#[template(path = "pages/candidate.html")]
struct CandidatePage {
    page: Page,
    form: Fields,
    /// What concerns no field, said once above all forms.
    alert: Option<String>,
    one: Candidate,
    applied_by: String,
    approved_by: String,
    payments: Vec<Payment>,
    places: Vec<Place>,
    may: May,
    /// The request that brought the candidate here, so that the browser forgets its draft.
    done: String,
}

/// What the person who looks may do here.
struct May {
    approve: bool,
    /// Wrote the application down, so that somebody else must approve.
    own: bool,
    receive: bool,
    see_nik: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    baru: String,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let member = member_id(&id)?;
    let form = Fields::blank(who.hidden());
    match candidate_page(&shell, &who, member, form).await? {
        Some(page) => Ok(html(&CandidatePage { done: asked.baru, ..page })),
        None => member_instead(&shell, &who, member).await,
    }
}

async fn candidate_page(
    shell: &Shell,
    who: &SignedIn,
    member: MemberId,
    mut form: Fields,
) -> Result<Option<CandidatePage>, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let found = candidate::find(tx, member, today).await?;
        Ok((found, payment::of_member(tx, member).await?, Names::of(tx).await?))
    };
    let (found, payments, names) =
        shell.store.read(who.coop(), ask).await.map_err(unknown_is_not_found)?;
    let Some(one) = found else { return Ok(None) };
    let may = May {
        approve: who.may("members.approve"),
        own: one.applied_by == who.person(),
        receive: who.may("members.receive"),
        see_nik: who.may("members.nik"),
    };
    Ok(Some(CandidatePage {
        page: who.page("Calon anggota"),
        alert: form.general.take(),
        form,
        applied_by: names.name(one.applied_by),
        approved_by: one.approved.map(|(person, _)| names.name(person)).unwrap_or_default(),
        one,
        payments,
        places: desk::places(shell, who).await?,
        may,
        done: String::new(),
    }))
}

/// An address that names nobody here is answered like one that does not exist.
pub(super) fn unknown_is_not_found(failure: Failure) -> Problem {
    if failure.code() == "members.unknown_member" { Problem::not_found() } else { failure.into() }
}

/// Who is no candidate any more is looked at on the card.
async fn member_instead(
    shell: &Shell,
    who: &SignedIn,
    member: MemberId,
) -> Result<Response, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let ask = async move |tx: &mut Tx| card::card(tx, member, today).await;
    let card = shell.store.read(who.coop(), ask).await?;
    Ok(see_other(&card.row.address()))
}

async fn again(shell: &Shell, posted: Posted, member: MemberId) -> Result<Response, Problem> {
    let Posted { who, fields: mut form } = posted;
    raise_unseen(&mut form, &UNSEEN);
    match candidate_page(shell, &who, member, form).await? {
        Some(page) => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)),
        None => member_instead(shell, &who, member).await,
    }
}

pub(crate) async fn approve(
    State(shell): State<Shell>,
    Path(id): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let member = member_id(&id)?;
    let decision = posted.fields.maybe_text("decision", DECISION_MAX);
    let decision = (!decision.is_empty()).then_some(decision);
    let input = Approve { member_id: member, decision };
    if posted.fields.has_errors()
        || posted.act(&shell, approve::KIND, input, approve::record).await?.is_none()
    {
        return again(&shell, posted, member).await;
    }
    Ok(see_other(&format!("/anggota/calon/{member}")))
}

pub(crate) async fn pay(
    State(shell): State<Shell>,
    Path(id): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let member = member_id(&id)?;
    let day = posted.ctx(&shell).day();
    let amount = posted.fields.amount("amount");
    let (into, drawer) = desk::chosen(&shell, &posted.who, &mut posted.fields).await?;
    let input = PayPokok { member_id: member, day, amount, into, drawer };
    if !posted.fields.has_errors()
        && let Some(paid) = posted.act(&shell, pay_pokok::KIND, input, pay_pokok::record).await?
    {
        return Ok(see_other(&format!("/anggota/bukti/{}?baru=1", paid.receipt.entry_no)));
    }
    again(&shell, posted, member).await
}

pub(crate) async fn admit(
    State(shell): State<Shell>,
    Path(id): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let member = member_id(&id)?;
    let day = posted.ctx(&shell).day();
    let amount = posted.fields.amount("rest");
    let (into, drawer) = desk::chosen(&shell, &posted.who, &mut posted.fields).await?;
    let input = Admit { member_id: member, day, amount, into, drawer };
    if !posted.fields.has_errors()
        && let Some(paid) = posted.act(&shell, admit::KIND, input, admit::record).await?
    {
        return Ok(see_other(&format!("/anggota/bukti/{}?baru=1", paid.receipt.entry_no)));
    }
    again(&shell, posted, member).await
}
