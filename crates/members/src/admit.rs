//! Diterima menjadi anggota: the pokok is full, the candidate gets a number and a vote.
//!
//! The application was approved. What was paid in parts leaves 21207, what is still to be paid
//! comes over the desk in the same moment, and the whole stands in 31101. Paid all at once it is
//! two lines, cash against pokok. The number is the next of the cooperative and is never given
//! again.
//!
//! Half of it was paid before:
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 21207 | 25.000 |        |
//! | 11101 | 25.000 |        |
//! | 31101 |        | 50.000 |

use cash::CashAccount;
use ledger::{Detail, Entry, Series, Unit, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, MemberId, Rupiah};

use crate::member::{self, Standing, State};
use crate::pay_pokok::ADVANCES;
use crate::{MemberTerms, MembersRefusal, PaymentReceipt, desk, membership, terms};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "members.admit";

const POKOK: &str = "31101";

/// What the clerk fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admit {
    /// The candidate.
    pub member_id: MemberId,
    /// Accounting day, and first day of the membership.
    pub day: Day,
    /// What is paid now to fill the pokok; zero where it is full.
    pub amount: Rupiah,
    /// Where that goes.
    pub into: CashAccount,
    /// The open drawer, where it goes into one.
    pub drawer: Option<DocumentId>,
}

/// What is posted, and what leaves 21207.
#[derive(Debug)]
struct Plan {
    entry: Entry,
    from_held: Rupiah,
}

fn decide(
    input: &Admit,
    terms: &MemberTerms,
    person: Option<&Standing>,
) -> Result<Plan, MembersRefusal> {
    if input.amount.is_negative() {
        return Err(MembersRefusal::NotPositive { asked: input.amount });
    }
    let person = person.ok_or(MembersRefusal::UnknownMember)?;
    if person.state != State::Candidate {
        return Err(MembersRefusal::NotCandidate);
    }
    if person.approved_at.is_none() {
        return Err(MembersRefusal::NotApproved);
    }
    if !terms.pokok.is_positive() {
        return Err(MembersRefusal::TermsMissing);
    }
    let from_held = person.pokok_held.min(terms.pokok);
    let open = terms.pokok.minus(from_held).map_err(|_| MembersRefusal::TooLarge)?;
    if input.amount < open {
        return Err(MembersRefusal::PokokNotFull { pokok: terms.pokok, rest: open });
    }
    if input.amount > open {
        return Err(MembersRefusal::PokokTooMuch { rest: open, asked: input.amount });
    }
    let names = |amount| vec![Detail::new("anggota", input.member_id.to_text(), amount)];
    let entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(Unit::Pst))
        .noted("Simpanan pokok")
        .debit_of(ADVANCES, Unit::Pst, from_held, names(from_held))
        .debit(input.into.code(), input.into.unit(), input.amount)
        .credit_of(POKOK, Unit::Pst, terms.pokok, names(terms.pokok));
    Ok(Plan { entry, from_held })
}

/// Admits a candidate.
///
/// # Errors
/// [`MembersRefusal`], and what the drawer and the ledger refuse.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Admit) -> Result<PaymentReceipt, Failure> {
    let person = member::ask(tx, input.member_id).await?;
    let last = membership::ask_last_number(tx).await?;
    let terms = terms::on(tx, input.day).await?;
    desk::judge(tx, input.into, input.drawer).await?;
    let plan = decide(input, &terms, person.maybe().await?.as_ref())?;
    let number = last.maybe().await?.map_or(1, |(last,)| last + 1);
    let posted = post(tx, ctx, plan.entry).await?;
    membership::begin(tx, ctx, input.member_id, number, input.day).await?;
    let mark = format!("#{number} ");
    tx.run(
        "update members set state = $3, number = $4, pokok_held = pokok_held - $5,
                search = search || $6
          where coop_id = $1 and member_id = $2",
        1,
        &[&input.member_id, &State::Member, &number, &plan.from_held, &mark],
    )
    .await?;
    desk::put(tx, input.drawer, input.amount).await?;
    let receipt = PaymentReceipt::new(input.member_id, input.day, input.amount, posted);
    let rule_row = Some(terms.pokok_row);
    Ok(PaymentReceipt { member_number: Some(number), rule_row, ..receipt })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::member::tests::{approved, candidate, member};
    use crate::terms::tests::tamansari;

    fn admitting(amount: i64) -> Admit {
        Admit {
            member_id: MemberId::from_bytes([1; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            amount: Rupiah::new(amount),
            into: CashAccount::Safe,
            drawer: None,
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let none = MemberTerms { pokok: Rupiah::ZERO, ..tamansari() };
        let cases = [
            (admitting(-1), tamansari(), None, "members.not_positive"),
            (admitting(0), tamansari(), None, "members.unknown_member"),
            (admitting(0), tamansari(), Some(member()), "members.not_candidate"),
            (admitting(0), tamansari(), Some(candidate(0)), "members.not_approved"),
            (admitting(0), none, Some(approved(0)), "members.terms_missing"),
            (admitting(24_999), tamansari(), Some(approved(25_000)), "members.pokok_not_full"),
            (admitting(25_001), tamansari(), Some(approved(25_000)), "members.pokok_too_much"),
        ];
        for (input, terms, person, code) in cases {
            let refused = decide(&input, &terms, person.as_ref());
            assert_eq!(refused.map(drop).map_err(|refusal| refusal.code()), Err(code));
        }
    }

    #[test]
    fn the_pokok_comes_from_what_was_held_and_from_the_desk() {
        let cases: [(i64, i64, &[&str]); 4] = [
            (0, 50_000, &["11101", "31101"]),
            (50_000, 0, &["21207", "31101"]),
            (25_000, 25_000, &["21207", "11101", "31101"]),
            (60_000, 0, &["21207", "31101"]),
        ];
        for (held, amount, accounts) in cases {
            let plan = decide(&admitting(amount), &tamansari(), Some(&approved(held))).unwrap();
            let lines: Vec<_> = plan.entry.lines.iter().map(|line| line.account.as_str()).collect();
            assert_eq!(lines, accounts, "{held} held");
        }
    }
}
