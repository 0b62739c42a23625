//! Anggota lama: a member, or one who has begun to pay, comes in from the old book.
//!
//! On the day of moving in, the number and the day of admission are those of the old book; the
//! money is in the opening balances, under the same id. What a candidate has paid towards the pokok
//! must stand in 21207 under this id already. Nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, MemberId, Rupiah};

use crate::apply::Applied;
use crate::member::{self, State};
use crate::particulars::{self, Joined, Kept, Particulars};
use crate::pay_pokok::ADVANCES;
use crate::{MembersRefusal, membership};

/// The event's name in the commands table.
pub const KIND: &str = "members.bring_in";

/// The highest number that an old book may hold: six digits.
const NUMBER_MAX: i64 = 999_999;

/// What the old book says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BringIn {
    /// Id of the person, the same as in the opening balances.
    pub member_id: MemberId,
    /// Who it is.
    pub particulars: Particulars,
    /// How the person stands.
    pub standing: OldStanding,
}

/// How a person stands in the old book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldStanding {
    /// A member.
    Member {
        /// The number in the old book.
        number: i64,
        /// First day of the membership.
        admitted_day: Day,
    },
    /// Somebody whose pokok is not full.
    Candidate {
        /// The day of asking.
        applied_day: Day,
        /// What was paid towards it.
        pokok_held: Rupiah,
    },
}

impl OldStanding {
    fn day(&self) -> Day {
        match self {
            OldStanding::Member { admitted_day, .. } => *admitted_day,
            OldStanding::Candidate { applied_day, .. } => *applied_day,
        }
    }

    fn number(&self) -> Option<i64> {
        match self {
            OldStanding::Member { number, .. } => Some(*number),
            OldStanding::Candidate { .. } => None,
        }
    }

    fn pokok_held(&self) -> Rupiah {
        match self {
            OldStanding::Member { .. } => Rupiah::ZERO,
            OldStanding::Candidate { pokok_held, .. } => *pokok_held,
        }
    }
}

/// What must be read.
struct Facts {
    today: Day,
    known: bool,
    nik_of: Option<MemberId>,
    number_taken: bool,
    advances: Rupiah,
}

fn decide(input: &BringIn, facts: &Facts) -> Result<Kept, MembersRefusal> {
    if facts.known {
        return Err(MembersRefusal::AppliedBefore);
    }
    let day = input.standing.day();
    if day > facts.today {
        return Err(MembersRefusal::FutureDay { day });
    }
    let kept = particulars::judge(&input.particulars, input.member_id, facts.nik_of)?;
    if let Some(number) = input.standing.number() {
        if !(1..=NUMBER_MAX).contains(&number) {
            return Err(MembersRefusal::NumberWrong { number, number_max: NUMBER_MAX });
        }
        if facts.number_taken {
            return Err(MembersRefusal::NumberTaken { number });
        }
    }
    let held = input.standing.pokok_held();
    if held.is_negative() {
        return Err(MembersRefusal::NotPositive { asked: held });
    }
    if held > facts.advances {
        return Err(MembersRefusal::PokokNotInBooks { held, books: facts.advances });
    }
    Ok(kept)
}

/// Records somebody from the old book.
///
/// # Errors
/// [`MembersRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &BringIn) -> Result<Applied, Failure> {
    let known = member::ask(tx, input.member_id).await?;
    let nik_of = match particulars::ask_nik(tx, &input.particulars).await? {
        Some(later) => later.maybe().await?.map(|(member,)| member),
        None => None,
    };
    let number = input.standing.number();
    let taken = tx
        .later::<(MemberId,)>(
            "select member_id from memberships where coop_id = $1 and number = $2",
            &[&number],
        )
        .await?;
    let advances = ledger::balance_of(tx, ADVANCES, &input.member_id).await?.negated();
    let facts = Facts {
        today: ctx.day(),
        known: known.maybe().await?.is_some(),
        nik_of,
        number_taken: taken.maybe().await?.is_some(),
        advances,
    };
    let kept = decide(input, &facts)?;
    let (state, day) = (number.map_or(State::Candidate, |_| State::Member), input.standing.day());
    let joined = Joined { state, number, day, by: ctx.person };
    particulars::add(tx, input.member_id, &kept, &joined).await?;
    if let Some(number) = number {
        membership::begin(tx, ctx, input.member_id, number, day).await?;
    }
    let held = input.standing.pokok_held();
    if held.is_positive() {
        tx.run(
            "update members set pokok_held = $3 where coop_id = $1 and member_id = $2",
            1,
            &[&input.member_id, &held],
        )
        .await?;
    }
    Ok(Applied { member_id: input.member_id, nik_missing: kept.nik.is_none() })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::particulars::tests::bu_eni;

    #[test]
    fn every_refusal_in_its_order() {
        let today = Day::parse_iso("2025-10-14").unwrap();
        let member = |number, admitted_day| OldStanding::Member { number, admitted_day };
        let paid = |held: i64| OldStanding::Candidate {
            applied_day: today,
            pokok_held: Rupiah::new(held),
        };
        let input = |name: &str, standing| BringIn {
            member_id: MemberId::from_bytes([1; 16]),
            particulars: Particulars { name: name.to_owned(), ..bu_eni() },
            standing,
        };
        let facts = |known, number_taken| Facts {
            today,
            known,
            nik_of: None,
            number_taken,
            advances: Rupiah::new(25_000),
        };
        let cases = [
            (input("", member(0, today.next())), facts(true, true), "members.applied_before"),
            (input("", member(0, today.next())), facts(false, true), "members.future_day"),
            (input("", member(0, today)), facts(false, true), "members.name_missing"),
            (input("Eni", member(0, today)), facts(false, true), "members.number_wrong"),
            (input("Eni", member(1_000_000, today)), facts(false, true), "members.number_wrong"),
            (input("Eni", member(42, today)), facts(false, true), "members.number_taken"),
            (input("Eni", paid(-1)), facts(false, false), "members.not_positive"),
            (input("Eni", paid(25_001)), facts(false, false), "members.pokok_not_in_books"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        assert!(decide(&input("Eni", paid(25_000)), &facts(false, false)).is_ok());
    }
}
