//! Menyetujui: the pengurus say yes to somebody who asks.
//!
//! Somebody other than the one who wrote the application down approves it (membership
//! is open and voluntary, UU 25/1992 art. 17–19); where there is a decision of a meeting, it is
//! cited. Nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, MemberId, PersonId};

use crate::MembersRefusal;
use crate::member::{self, Standing, State};

/// The event's name in the commands table.
pub const KIND: &str = "members.approve";

/// What the one who approves fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approve {
    /// The person who asks.
    pub member_id: MemberId,
    /// The decision it rests on, where there is one.
    pub decision: Option<String>,
}

/// What the one who approves is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The person.
    pub member_id: MemberId,
}

fn decide(by: PersonId, person: Option<&Standing>) -> Result<(), MembersRefusal> {
    let person = person.ok_or(MembersRefusal::UnknownMember)?;
    if person.state != State::Candidate {
        return Err(MembersRefusal::NotCandidate);
    }
    if person.approved_at.is_some() {
        return Err(MembersRefusal::ApprovedBefore);
    }
    if person.applied_by == by {
        return Err(MembersRefusal::SamePerson);
    }
    Ok(())
}

/// Records an approval.
///
/// # Errors
/// [`MembersRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Approve) -> Result<Approved, Failure> {
    let person = member::ask(tx, input.member_id).await?.maybe().await?;
    decide(ctx.person, person.as_ref())?;
    tx.run(
        "update members set approved_at = $3, approved_by = $4, decision = $5
          where coop_id = $1 and member_id = $2",
        1,
        &[&input.member_id, &ctx.at, &ctx.person, &input.decision],
    )
    .await?;
    Ok(Approved { member_id: input.member_id })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::member::tests::{CHAIR, CLERK, approved, candidate, member};

    #[test]
    fn every_refusal_in_its_order() {
        let cases = [
            (CLERK, None, "members.unknown_member"),
            (CLERK, Some(member()), "members.not_candidate"),
            (CLERK, Some(approved(0)), "members.approved_before"),
            (CLERK, Some(candidate(0)), "members.same_person"),
        ];
        for (by, person, code) in cases {
            let refused = decide(by, person.as_ref());
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
        assert_eq!(decide(CHAIR, Some(&candidate(0))), Ok(()));
    }
}
