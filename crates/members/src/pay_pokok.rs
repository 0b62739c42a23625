//! Setor simpanan pokok sebagian: a candidate pays towards the simpanan pokok.
//!
//! Until it is full the money is not capital: it stands in 21207 and can be given back. The person
//! stays calon anggota; when the pokok is full and the application approved, [`crate::admit`] moves
//! it to 31101. Who pays all at once pays at the admission and not here.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 11101 | 25.000 |        |
//! | 21207 |        | 25.000 |

use cash::CashAccount;
use ledger::{Detail, Entry, Series, Unit, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, MemberId, Rupiah};

use crate::member::{self, Standing, State};
use crate::{MemberTerms, MembersRefusal, PaymentReceipt, desk, terms};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "members.pay_pokok";

/// Advances of members; a candidate's pokok stands here until it is full.
pub(crate) const ADVANCES: &str = "21207";

/// What the clerk fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayPokok {
    /// The candidate.
    pub member_id: MemberId,
    /// Accounting day.
    pub day: Day,
    /// What is paid now.
    pub amount: Rupiah,
    /// Where the money goes.
    pub into: CashAccount,
    /// The open drawer, where it goes into one.
    pub drawer: Option<DocumentId>,
}

/// What is posted, and what is then still to be paid.
#[derive(Debug)]
struct Plan {
    entry: Entry,
    rest: Rupiah,
}

fn decide(
    input: &PayPokok,
    terms: &MemberTerms,
    person: Option<&Standing>,
) -> Result<Plan, MembersRefusal> {
    if !input.amount.is_positive() {
        return Err(MembersRefusal::NotPositive { asked: input.amount });
    }
    let person = person.ok_or(MembersRefusal::UnknownMember)?;
    if person.state != State::Candidate {
        return Err(MembersRefusal::NotCandidate);
    }
    let open = terms.pokok.minus(person.pokok_held).map_err(|_| MembersRefusal::TooLarge)?;
    if input.amount > open {
        return Err(MembersRefusal::PokokTooMuch { rest: open, asked: input.amount });
    }
    let names = vec![Detail::new("anggota", input.member_id.to_text(), input.amount)];
    let entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(Unit::Pst))
        .noted("Simpanan pokok, sebagian")
        .debit(input.into.code(), input.into.unit(), input.amount)
        .credit_of(ADVANCES, Unit::Pst, input.amount, names);
    let rest = open.minus(input.amount).map_err(|_| MembersRefusal::TooLarge)?;
    Ok(Plan { entry, rest })
}

/// Records a part of the simpanan pokok.
///
/// # Errors
/// [`MembersRefusal`], and what the drawer and the ledger refuse.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &PayPokok) -> Result<PaymentReceipt, Failure> {
    let person = member::ask(tx, input.member_id).await?;
    let terms = terms::on(tx, input.day).await?;
    desk::judge(tx, input.into, input.drawer).await?;
    let plan = decide(input, &terms, person.maybe().await?.as_ref())?;
    let posted = post(tx, ctx, plan.entry).await?;
    tx.run(
        "update members set pokok_held = pokok_held + $3 where coop_id = $1 and member_id = $2",
        1,
        &[&input.member_id, &input.amount],
    )
    .await?;
    desk::put(tx, input.drawer, input.amount).await?;
    let receipt = PaymentReceipt::new(input.member_id, input.day, input.amount, posted);
    Ok(PaymentReceipt { rest: plan.rest, rule_row: Some(terms.pokok_row), ..receipt })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::member::tests::{candidate, member};
    use crate::terms::tests::tamansari;

    #[test]
    fn every_refusal_in_its_order() {
        let terms = tamansari();
        let input = |amount: i64| PayPokok {
            member_id: MemberId::from_bytes([1; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            amount: Rupiah::new(amount),
            into: CashAccount::Safe,
            drawer: None,
        };
        let cases = [
            (input(0), None, "members.not_positive"),
            (input(60_000), None, "members.unknown_member"),
            (input(60_000), Some(member()), "members.not_candidate"),
            (input(25_001), Some(candidate(25_000)), "members.pokok_too_much"),
        ];
        for (input, person, code) in cases {
            let refused = decide(&input, &terms, person.as_ref());
            assert_eq!(refused.map(drop).map_err(|refusal| refusal.code()), Err(code));
        }
        let part = decide(&input(10_000), &terms, Some(&candidate(25_000))).unwrap();
        assert_eq!(part.rest, Rupiah::new(15_000));
    }
}
