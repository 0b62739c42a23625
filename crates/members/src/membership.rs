//! The time under one number. A number is given once and never again.

use store::{Failure, Fault, Later, Tx};
use values::{Ctx, Day, MemberId};

use crate::{MembersRefusal, State, member, member_number};

/// A stretch of belonging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The number.
    pub number: i64,
    /// First day.
    pub admitted_day: Day,
    /// Last day, where it has ended.
    pub ended_day: Option<Day>,
}

impl Membership {
    /// The number as it stands on a card.
    #[must_use]
    pub fn shown_number(&self) -> String {
        member_number(self.number)
    }
}

/// All stretches of one person, oldest first.
///
/// # Errors
/// A fault.
pub async fn of(tx: &mut Tx, member: MemberId) -> Result<Vec<Membership>, Failure> {
    let rows: Vec<(i64, Day, Option<Day>)> = tx
        .all(
            "select number, admitted_day, ended_day from memberships
              where coop_id = $1 and member_id = $2 order by admitted_day, number",
            &[&member],
        )
        .await?;
    let stretches = rows.into_iter().map(|(number, admitted_day, ended_day)| Membership {
        number,
        admitted_day,
        ended_day,
    });
    Ok(stretches.collect())
}

/// Who has or had a number; a number is one person's for ever.
///
/// # Errors
/// A fault.
pub async fn holder(tx: &mut Tx, number: i64) -> Result<Option<MemberId>, Failure> {
    let found: Option<(MemberId,)> = tx
        .maybe("select member_id from memberships where coop_id = $1 and number = $2", &[&number])
        .await?;
    Ok(found.map(|(member,)| member))
}

/// Ends a membership, in the transaction of the event that settles it: the person stays, with the
/// number, as one who has left. Nothing is posted here.
///
/// # Errors
/// [`MembersRefusal::UnknownMember`], [`MembersRefusal::NotMember`], or a fault.
pub async fn end(tx: &mut Tx, member: MemberId, day: Day) -> Result<(), Failure> {
    let standing = member::ask(tx, member).await?.maybe().await?;
    let standing = standing.ok_or(MembersRefusal::UnknownMember)?;
    if standing.state != State::Member {
        return Err(MembersRefusal::NotMember.into());
    }
    tx.run(
        "update memberships set ended_day = $3
          where coop_id = $1 and member_id = $2 and ended_day is null",
        1,
        &[&member, &day],
    )
    .await?;
    tx.run(
        "update members set state = $3 where coop_id = $1 and member_id = $2",
        1,
        &[&member, &State::Former],
    )
    .await?;
    Ok(())
}

/// The highest number ever given; 0 before the first.
pub(crate) async fn ask_last_number(tx: &mut Tx) -> Result<Later<(i64,)>, Fault> {
    tx.later("select coalesce(max(number), 0) from memberships where coop_id = $1", &[]).await
}

pub(crate) async fn begin(
    tx: &mut Tx,
    ctx: &Ctx,
    member: MemberId,
    number: i64,
    day: Day,
) -> Result<(), Fault> {
    tx.run(
        "insert into memberships (coop_id, number, member_id, admitted_day, admitted_at,
                admitted_by)
         values ($1, $2, $3, $4, $5, $6)",
        1,
        &[&number, &member, &day, &ctx.at, &ctx.person],
    )
    .await
}
