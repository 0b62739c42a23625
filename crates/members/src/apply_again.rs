//! Mendaftar lagi: somebody who has left asks to come back.
//!
//! The person is known, with the NIK and the old number; approval, pokok and number begin anew. The
//! number that was once given stays with the time it stood for. Nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, MemberId};

use crate::MembersRefusal;
use crate::apply::Applied;
use crate::member::{self, Standing, State};

/// The event's name in the commands table.
pub const KIND: &str = "members.apply_again";

/// What the clerk fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyAgain {
    /// The person.
    pub member_id: MemberId,
    /// The day of asking.
    pub day: Day,
}

fn decide(input: &ApplyAgain, today: Day, person: Option<&Standing>) -> Result<(), MembersRefusal> {
    let person = person.ok_or(MembersRefusal::UnknownMember)?;
    if person.state != State::Former {
        return Err(MembersRefusal::NotFormer);
    }
    if input.day > today {
        return Err(MembersRefusal::FutureDay { day: input.day });
    }
    Ok(())
}

/// Records that somebody asks again.
///
/// # Errors
/// [`MembersRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &ApplyAgain) -> Result<Applied, Failure> {
    let person = member::ask(tx, input.member_id).await?;
    let nik = tx
        .later::<(String,)>(
            "select last4 from member_niks where coop_id = $1 and member_id = $2",
            &[&input.member_id],
        )
        .await?;
    let person = person.maybe().await?;
    decide(input, ctx.day(), person.as_ref())?;
    let nik_missing = nik.maybe().await?.is_none();
    tx.run(
        "update members set state = $3, applied_day = $4, applied_by = $5, approved_at = null,
                approved_by = null, decision = null
          where coop_id = $1 and member_id = $2",
        1,
        &[&input.member_id, &State::Candidate, &input.day, &ctx.person],
    )
    .await?;
    Ok(Applied { member_id: input.member_id, nik_missing })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::member::tests::member;

    #[test]
    fn every_refusal_in_its_order() {
        let today = Day::parse_iso("2025-10-14").unwrap();
        let input = |day| ApplyAgain { member_id: MemberId::from_bytes([1; 16]), day };
        let former = Standing { state: State::Former, ..member() };
        let cases = [
            (input(today.next()), None, "members.unknown_member"),
            (input(today.next()), Some(member()), "members.not_former"),
            (input(today.next()), Some(former.clone()), "members.future_day"),
        ];
        for (input, person, code) in cases {
            let refused = decide(&input, today, person.as_ref());
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
        assert_eq!(decide(&input(today), today, Some(&former)), Ok(()));
    }
}
