//! Members as another room knows them: whether somebody is one today, who stands behind a typed
//! number, and how a member is named on paper that anybody may read.

use store::{Failure, Fault, Later, Tx};
use values::MemberId;

use crate::{member_number, phone};

/// The highest number that is looked up as a member's; longer ones are phones.
const DIGITS_MAX: usize = 7;

/// Asks whether somebody is an admitted member who has not left: one row where they are, with the
/// member's number, none otherwise.
///
/// # Errors
/// A fault.
pub async fn ask_active(tx: &mut Tx, member: MemberId) -> Result<Later<(i64,)>, Fault> {
    tx.later(
        "select number from members where coop_id = $1 and member_id = $2 and state = 'member'
                and number is not null",
        &[&member],
    )
    .await
}

/// Who stands behind what was typed or scanned at a counter: a member's number, with or without its
/// zeros, the QR of a card of this cooperative (`K046-0042`), or a phone. Only members of today; a
/// phone that two of them share is nobody's, so that nothing is put on the wrong name.
///
/// # Errors
/// A fault.
pub async fn by_number(
    tx: &mut Tx,
    typed: &str,
) -> Result<Option<(MemberId, String, String)>, Failure> {
    let typed = typed.trim().trim_start_matches('#');
    let typed = match typed.rsplit_once('-') {
        Some((short_code, number)) if has_short_code(tx, short_code).await? => number,
        _ => typed,
    };
    let rows: Vec<(MemberId, i64, String)> = match (number(typed), phone::normalise(typed)) {
        (Some(number), _) => {
            tx.all(
                "select member_id, number, name from members
                  where coop_id = $1 and number = $2 and state = 'member'",
                &[&number],
            )
            .await?
        }
        (None, Ok(phone)) => {
            tx.all(
                "select member_id, number, name from members
                  where coop_id = $1 and phone = $2 and state = 'member' and number is not null
                  limit 2",
                &[&phone],
            )
            .await?
        }
        (None, Err(_)) => Vec::new(),
    };
    match <[_; 1]>::try_from(rows) {
        Ok([(member, number, name)]) => Ok(Some((member, member_number(number), name))),
        Err(_) => Ok(None),
    }
}

/// Asks for number and name of anybody in the register, for the pages behind a figure.
///
/// # Errors
/// A fault.
pub async fn ask_called(
    tx: &mut Tx,
    member: MemberId,
) -> Result<Later<(Option<i64>, String)>, Fault> {
    tx.later("select number, name from members where coop_id = $1 and member_id = $2", &[&member])
        .await
}

/// A member's number as it is typed; none for what has other signs or more digits.
pub(crate) fn number(typed: &str) -> Option<i64> {
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    typed.parse().ok().filter(|_| digits && typed.len() <= DIGITS_MAX)
}

/// Whether a card's text begins with the short code of this cooperative.
async fn has_short_code(tx: &mut Tx, typed: &str) -> Result<bool, Fault> {
    if !typed.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Ok(false);
    }
    let own: Option<(String,)> =
        tx.maybe("select short_code from cooperatives where coop_id = $1", &[]).await?;
    Ok(own.is_some_and(|(own,)| own.eq_ignore_ascii_case(typed)))
}

/// How a member is named on a receipt: number and given name, `0042 · Euis`; no NIK, no phone.
///
/// # Errors
/// A fault.
pub async fn shown_on_receipt(tx: &mut Tx, member: MemberId) -> Result<Option<String>, Failure> {
    let found: Option<(i64, String, Option<String>)> = tx
        .maybe(
            "select number, name, nickname from members
              where coop_id = $1 and member_id = $2 and number is not null",
            &[&member],
        )
        .await?;
    Ok(found.map(|(number, name, nickname)| {
        format!("{} · {}", member_number(number), nickname.unwrap_or(name))
    }))
}
