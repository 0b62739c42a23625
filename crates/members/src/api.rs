//! What programs may ask and say: apply, one member, simpanan wajib.

use access::{Message, SignedIn};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cash::CashAccount;
use serde::{Deserialize, Serialize};
use store::{Answer, Failure, Tx};
use values::{Day, DocumentId, MemberId, Month, Rupiah};
use web::{Problem, Shell};

use crate::apply::{self, Apply};
use crate::card::{self, Card};
use crate::nik::{self, Nik};
use crate::pay_wajib::{self, PayWajib};
use crate::{PaidMonth, Particulars, Sex, State as Standing, member_number, pages};

/// An application as a program says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Application {
    /// Made by the sender.
    member_id: MemberId,
    day: Day,
    name: String,
    surname: Option<String>,
    nickname: Option<String>,
    phone: Option<String>,
    rt: Option<u16>,
    rw: Option<u16>,
    address: Option<String>,
    sex: Sex,
    /// Sixteen digits; sealed before anything is kept.
    nik: Option<String>,
}

/// A payment as a program says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WajibPayment {
    day: Day,
    amount: Rupiah,
    /// Which months; left out, the oldest first.
    #[serde(default)]
    months: Vec<Month>,
    into: CashAccount,
    drawer: Option<DocumentId>,
}

/// A member as a program reads it. No NIK but its last four digits.
#[derive(Debug, Serialize)]
struct MemberAnswer {
    member_id: MemberId,
    state: Standing,
    number: Option<String>,
    name: String,
    surname: Option<String>,
    nickname: Option<String>,
    sex: Sex,
    phone: Option<String>,
    rt: Option<i64>,
    rw: Option<i64>,
    address: Option<String>,
    nik_last4: Option<String>,
    balances: Vec<AccountAnswer>,
    months_paid: Vec<Month>,
    arrears: Vec<PaidMonth>,
    due_now: Rupiah,
}

#[derive(Debug, Serialize)]
struct AccountAnswer {
    account: &'static str,
    name: &'static str,
    amount: Rupiah,
}

pub(crate) async fn apply(
    State(shell): State<Shell>,
    message: Message<Application>,
) -> Result<Response, Problem> {
    let coop = message.who.coop();
    let said = message.body;
    let nik = said.nik.as_deref().map(Nik::parse).transpose();
    let nik = nik.map_err(|refusal| Problem::from(Failure::from(refusal)).for_programs())?;
    let seal = |nik: Nik| nik::seal(&nik, &shell.settings.secret, coop, said.member_id);
    let particulars = Particulars {
        name: said.name,
        surname: said.surname,
        nickname: said.nickname,
        phone: said.phone,
        rt: said.rt,
        rw: said.rw,
        address: said.address,
        sex: said.sex,
        nik: nik.map(seal),
    };
    let body = Apply { member_id: said.member_id, day: said.day, particulars };
    let message = Message { who: message.who, request: message.request, body };
    told(message.act(&shell, apply::KIND, apply::record).await?)
}

pub(crate) async fn member(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let member = holder(&shell, &who, &number).await?;
    let ask = async move |tx: &mut Tx| card::card(tx, member, today).await;
    let card = shell.store.read(who.coop(), ask).await;
    let card = card.map_err(|failure| Problem::from(failure).for_programs())?;
    Ok(Json(MemberAnswer::from(card)).into_response())
}

pub(crate) async fn pay_wajib(
    State(shell): State<Shell>,
    Path(number): Path<String>,
    message: Message<WajibPayment>,
) -> Result<Response, Problem> {
    let member_id = holder(&shell, &message.who, &number).await?;
    let WajibPayment { day, amount, months, into, drawer } = message.body;
    let body = PayWajib { member_id, day, amount, months, into, drawer };
    let message = Message { who: message.who, request: message.request, body };
    told(message.act(&shell, pay_wajib::KIND, pay_wajib::record).await?)
}

async fn holder(shell: &Shell, who: &SignedIn, number: &str) -> Result<MemberId, Problem> {
    pages::holder(shell, who, number).await.map_err(Problem::for_programs)
}

/// The first answer is 201, the same answer again is 200.
fn told<T: Serialize>(answer: Answer<T>) -> Result<Response, Problem> {
    let status = if answer.repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(answer.receipt)).into_response())
}

impl From<Card> for MemberAnswer {
    fn from(card: Card) -> MemberAnswer {
        let row = card.row;
        let balances = card.balances.iter().map(|balance| AccountAnswer {
            account: balance.account.code,
            name: balance.account.name,
            amount: balance.amount,
        });
        MemberAnswer {
            member_id: row.member_id,
            state: row.state,
            number: row.number.map(member_number),
            balances: balances.collect(),
            name: row.name,
            surname: row.surname,
            nickname: row.nickname,
            sex: row.sex,
            phone: row.phone,
            rt: row.rt,
            rw: row.rw,
            address: card.address,
            nik_last4: card.nik_last4,
            months_paid: card.months_paid,
            arrears: card.arrears,
            due_now: card.due_now,
        }
    }
}
