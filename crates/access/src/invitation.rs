//! One-time codes in place of e-mail: two officers, or the city's helpdesk, let a person in.
//!
//! One officer asks for a code, another confirms and sees it once, hands it over as words or QR, and
//! for 24 hours it lets the person set a password. For the first persons of an installation the code
//! is issued by the set-up itself.

use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Instant, PersonId};

use crate::token::hash_of;
use crate::{AccessRefusal, origin, password};

/// The event's name in the commands table.
pub const ASK_KIND: &str = "access.ask_code";
/// The event's name in the commands table.
pub const CONFIRM_KIND: &str = "access.confirm_code";
/// How long a code works.
pub const CODE_SECONDS: i64 = 24 * 3_600;

/// A code that waits for the second officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskCode {
    /// For whom.
    pub person: PersonId,
    /// Hash of the code, hexadecimal; the words themselves are shown once and kept nowhere.
    pub code_hash: String,
}

/// The address that a QR of the code holds.
#[must_use]
pub fn link(headers: &HeaderMap, secure: bool, code: &str) -> String {
    format!("{}/undangan?kode={code}", origin(headers, secure))
}

/// Issues a code that works once a second officer confirms it; at once where `helpdesk` says that the
/// city's office or the set-up issues it.
///
/// # Errors
/// [`AccessRefusal::UnknownPerson`], or a fault.
pub async fn ask(tx: &mut Tx, ctx: &Ctx, input: &AskCode, helpdesk: bool) -> Result<(), Failure> {
    let known: Option<(PersonId,)> =
        tx.maybe("select person_id from persons where person_id = $2", &[&input.person]).await?;
    if known.is_none() {
        return Err(AccessRefusal::UnknownPerson.into());
    }
    let hash = hex::decode(&input.code_hash).map_err(|_| AccessRefusal::WrongInvitation)?;
    let confirmed = helpdesk.then_some(ctx.person);
    tx.run(
        "insert into one_time_codes (code_hash, person_id, issued_by, confirmed_by, issued_at,
                expires_at)
         values ($2, $3, $4, $5, $6, $7)",
        1,
        &[
            &hash,
            &input.person,
            &ctx.person,
            &confirmed,
            &ctx.at,
            &ctx.at.plus_seconds(CODE_SECONDS),
        ],
    )
    .await?;
    Ok(())
}

/// Confirms the code that a colleague asked for; the officer who asked cannot.
///
/// The words are made when the second officer confirms, so that only that screen shows them.
///
/// # Errors
/// [`AccessRefusal`]: nothing waits for this person, or the same officer.
pub async fn confirm(tx: &mut Tx, ctx: &Ctx, input: &AskCode) -> Result<(), Failure> {
    let waiting: Option<(Vec<u8>, PersonId)> = tx
        .maybe(
            "select code_hash, issued_by from one_time_codes
              where person_id = $2 and confirmed_by is null and used_at is null
                and expires_at > $3
              order by issued_at desc limit 1",
            &[&input.person, &ctx.at],
        )
        .await?;
    let Some((old, issued_by)) = waiting else {
        return Err(AccessRefusal::WrongInvitation.into());
    };
    if issued_by == ctx.person {
        return Err(AccessRefusal::SameOfficer.into());
    }
    let new = hex::decode(&input.code_hash).map_err(|_| AccessRefusal::WrongInvitation)?;
    tx.run(
        "update one_time_codes set code_hash = $3, confirmed_by = $4, expires_at = $5
          where code_hash = $2",
        1,
        &[&old, &new, &ctx.person, &ctx.at.plus_seconds(CODE_SECONDS)],
    )
    .await?;
    Ok(())
}

/// Takes a code and sets the password; all other sessions of the person end.
///
/// # Errors
/// [`AccessRefusal::WrongInvitation`], or a fault.
pub async fn take(
    tx: &mut Tx,
    code: &str,
    password_hash: &str,
    now: Instant,
) -> Result<PersonId, Failure> {
    let taken: Option<(PersonId,)> = tx
        .maybe(
            "update one_time_codes set used_at = $3
              where code_hash = $2 and used_at is null and confirmed_by is not null
                and expires_at > $3
              returning person_id",
            &[&hash_of(code), &now],
        )
        .await?;
    let Some((person,)) = taken else { return Err(AccessRefusal::WrongInvitation.into()) };
    password::set(tx, person, password_hash, now).await?;
    tx.run_any(
        "update sessions set ended_at = $3 where person_id = $2 and ended_at is null",
        &[&person, &now],
    )
    .await?;
    Ok(person)
}

/// Persons for whom a code waits in the command's cooperative, with who asked.
///
/// # Errors
/// A fault.
pub async fn waiting(
    tx: &mut Tx,
    now: Instant,
) -> Result<Vec<(PersonId, String, PersonId)>, Failure> {
    let rows = tx
        .all(
            "select distinct c.person_id, p.name, c.issued_by from one_time_codes c
               join persons p on p.person_id = c.person_id
               join seats s on s.person_id = c.person_id and s.coop_id = $1
              where c.confirmed_by is null and c.used_at is null and c.expires_at > $2
              order by p.name",
            &[&now],
        )
        .await?;
    Ok(rows)
}
