//! Kartu anggota: what stands behind one member, and paying simpanan wajib.

use access::look::{self, Look};
use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use values::{Day, MemberId, Rupiah};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::desk::{self, Place};
use super::{holder, raise_unseen};
use crate::State as Standing;
use crate::apply_again::{self, ApplyAgain};
use crate::card::{self, Card};
use crate::pay_wajib::{self, PayWajib};
use crate::payment::{self, Payment};
use crate::wajib_choice::{self, WajibChoice, span};

/// Fields that the forms do not show.
const UNSEEN: [&str; 4] = ["member_id", "day", "drawer", "session_id"];

#[derive(Template)]
#[template(path = "pages/card.html")]
struct CardPage {
    page: Page,
    form: Fields,
    /// What concerns no field, said once above all forms.
    alert: Option<String>,
    one: Shown,
    payments: Vec<Payment>,
    choices: Vec<WajibChoice>,
    places: Vec<Place>,
    looks: Vec<Look>,
    may: May,
}

/// The card with what is reckoned from it.
struct Shown {
    card: Card,
    arrears: Rupiah,
    arrears_span: String,
    paid_span: String,
}

/// What the person who looks may do here.
struct May {
    receive: bool,
    apply: bool,
    see_nik: bool,
    see_looks: bool,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let member = holder(&shell, &who, &number).await?;
    let form = Fields::blank(who.hidden());
    let page = card_page(&shell, &who, member, form).await?;
    if page.one.card.row.state == Standing::Candidate {
        return Ok(see_other(&page.one.card.row.address()));
    }
    Ok(html(&page))
}

async fn card_page(
    shell: &Shell,
    who: &SignedIn,
    member: MemberId,
    mut form: Fields,
) -> Result<CardPage, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let see_looks = who.may("access.looks");
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let card = card::card(tx, member, today).await?;
        let choices = wajib_choice::of(tx, member, today).await?;
        let looks = if see_looks { look::at_member(tx, member).await? } else { Vec::new() };
        Ok((card, payment::of_member(tx, member).await?, choices, looks))
    };
    let (card, payments, choices, looks) = shell.store.read(who.coop(), ask).await?;
    let may = May {
        receive: who.may("members.receive"),
        apply: who.may("members.apply"),
        see_nik: who.may("members.nik"),
        see_looks,
    };
    let places = desk::places(shell, who).await?;
    let (page, alert) = (who.page("Kartu anggota"), form.general.take());
    let one = Shown::of(card);
    Ok(CardPage { page, form, alert, one, payments, choices, places, looks, may })
}

impl Shown {
    fn of(card: Card) -> Shown {
        let open: Vec<_> = card.arrears.iter().map(|one| one.month).collect();
        let arrears = Rupiah::total(card.arrears.iter().map(|one| one.amount));
        Shown {
            arrears: arrears.unwrap_or(Rupiah::ZERO),
            arrears_span: span(&open),
            paid_span: span(&card.months_paid),
            card,
        }
    }
}

async fn again(shell: &Shell, posted: Posted, member: MemberId) -> Result<Response, Problem> {
    let Posted { who, fields: mut form } = posted;
    raise_unseen(&mut form, &UNSEEN);
    let page = card_page(shell, &who, member, form).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

pub(crate) async fn pay_wajib(
    State(shell): State<Shell>,
    Path(number): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let member = holder(&shell, &posted.who, &number).await?;
    let day = posted.ctx(&shell).day();
    let (into, drawer) = desk::chosen(&shell, &posted.who, &mut posted.fields).await?;
    let Some(choice) = WajibChoice::parse(posted.fields.value("months")) else {
        posted.fields.wrong("months", "Pilih berapa bulan yang dibayar.");
        return again(&shell, posted, member).await;
    };
    let WajibChoice { months, amount } = choice;
    let input = PayWajib { member_id: member, day, amount, months, into, drawer };
    if !posted.fields.has_errors()
        && let Some(paid) = posted.act(&shell, pay_wajib::KIND, input, pay_wajib::record).await?
    {
        return Ok(see_other(&format!("/anggota/bukti/{}?baru=1", paid.receipt.entry_no)));
    }
    again(&shell, posted, member).await
}

pub(crate) async fn apply_again(
    State(shell): State<Shell>,
    Path(number): Path<String>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let member = holder(&shell, &posted.who, &number).await?;
    let input = ApplyAgain { member_id: member, day: posted.ctx(&shell).day() };
    match posted.act(&shell, apply_again::KIND, input, apply_again::record).await? {
        Some(_) => Ok(see_other(&format!("/anggota/calon/{member}?baru=lagi"))),
        None => again(&shell, posted, member).await,
    }
}
