//! Setor simpanan wajib: a member pays for one month or for several.
//!
//! The amount is a whole number of months. Without a choice it goes to the oldest months that are
//! open, from the month of admission on, and beyond them to the coming ones; with a choice exactly
//! those are paid. Each month is a detail of its own behind 31102, so that arrears can be read from
//! the books.
//!
//! Two months:
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 11101 | 20.000 |        |
//! | 31102 |        | 20.000 |

use cash::CashAccount;
use ledger::{Detail, Entry, Series, Unit, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, MemberId, Month, Rupiah};

use crate::dues::{self, Dues, WAJIB};
use crate::member::{self, Standing, State};
use crate::{MemberTerms, MembersRefusal, PaidMonth, PaymentReceipt, desk, terms};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "members.pay_wajib";

/// What the clerk fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayWajib {
    /// The member.
    pub member_id: MemberId,
    /// Accounting day.
    pub day: Day,
    /// What is paid.
    pub amount: Rupiah,
    /// For which months; empty means the oldest first.
    pub months: Vec<Month>,
    /// Where the money goes.
    pub into: CashAccount,
    /// The open drawer, where it goes into one.
    pub drawer: Option<DocumentId>,
}

/// What must be read.
struct Facts {
    this_month: Month,
    person: Option<Standing>,
    dues: Option<Dues>,
}

/// What is posted, month by month.
#[derive(Debug)]
struct Plan {
    entry: Entry,
    months: Vec<PaidMonth>,
    number: Option<i64>,
}

fn decide(input: &PayWajib, terms: &MemberTerms, facts: &Facts) -> Result<Plan, MembersRefusal> {
    if !input.amount.is_positive() {
        return Err(MembersRefusal::NotPositive { asked: input.amount });
    }
    let person = facts.person.as_ref().ok_or(MembersRefusal::UnknownMember)?;
    let Some(dues) = facts.dues.as_ref().filter(|_| person.state == State::Member) else {
        return Err(MembersRefusal::NotMember);
    };
    if !terms.wajib_of(facts.this_month).is_positive() {
        return Err(MembersRefusal::TermsMissing);
    }
    let months = dues.spread(terms, input.amount, &input.months, facts.this_month)?;
    let names = months.iter().map(|part| {
        Detail::new("anggota", input.member_id.to_text(), part.amount).for_month(part.month)
    });
    let entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(Unit::Pst))
        .noted("Simpanan wajib")
        .debit(input.into.code(), input.into.unit(), input.amount)
        .credit_of(WAJIB, Unit::Pst, input.amount, names.collect());
    Ok(Plan { entry, months, number: person.number })
}

/// Records simpanan wajib.
///
/// # Errors
/// [`MembersRefusal`], and what the drawer and the ledger refuse.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &PayWajib) -> Result<PaymentReceipt, Failure> {
    let person = member::ask(tx, input.member_id).await?;
    let terms = terms::on(tx, input.day).await?;
    let dues = dues::of(tx, input.member_id).await?;
    desk::judge(tx, input.into, input.drawer).await?;
    let facts = Facts { this_month: ctx.day().month(), person: person.maybe().await?, dues };
    let plan = decide(input, &terms, &facts)?;
    let posted = post(tx, ctx, plan.entry).await?;
    desk::put(tx, input.drawer, input.amount).await?;
    let receipt = PaymentReceipt::new(input.member_id, input.day, input.amount, posted);
    Ok(PaymentReceipt { member_number: plan.number, months: plan.months, ..receipt })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::member::tests::{candidate, member};
    use crate::terms::tests::tamansari;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    fn paying(amount: i64, months: &[&str]) -> PayWajib {
        PayWajib {
            member_id: MemberId::from_bytes([1; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            amount: Rupiah::new(amount),
            months: months.iter().map(|text| month(text)).collect(),
            into: CashAccount::Safe,
            drawer: None,
        }
    }

    fn facts(person: Option<Standing>) -> Facts {
        let paid =
            [(month("2025-07"), Rupiah::new(10_000)), (month("2025-08"), Rupiah::new(4_000))];
        let dues = Dues { since: month("2025-07"), paid: paid.into_iter().collect() };
        Facts { this_month: month("2025-10"), person, dues: Some(dues) }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let none = MemberTerms { wajib: Vec::new(), ..tamansari() };
        let cases = [
            (paying(0, &[]), tamansari(), None, "members.not_positive"),
            (paying(15_000, &[]), tamansari(), None, "members.unknown_member"),
            (paying(15_000, &[]), tamansari(), Some(candidate(0)), "members.not_member"),
            (paying(15_000, &[]), none, Some(member()), "members.terms_missing"),
            (paying(15_000, &[]), tamansari(), Some(member()), "members.not_multiple"),
            (paying(10_000, &["2025-07"]), tamansari(), Some(member()), "members.month_paid"),
        ];
        for (input, terms, person, code) in cases {
            let refused = decide(&input, &terms, &facts(person));
            assert_eq!(refused.map(drop).map_err(|refusal| refusal.code()), Err(code));
        }
    }

    #[test]
    fn each_month_is_a_detail_and_the_rest_of_a_month_may_be_paid() {
        let plan =
            decide(&paying(20_000, &["2025-09", "2025-10"]), &tamansari(), &facts(Some(member())));
        let plan = plan.unwrap();
        let details = &plan.entry.lines[1].details;
        let months: Vec<_> = details.iter().map(|detail| detail.month).collect();
        assert_eq!(months, [Some(month("2025-09")), Some(month("2025-10"))]);
        let rest =
            decide(&paying(6_000, &["2025-08"]), &tamansari(), &facts(Some(member()))).unwrap();
        assert_eq!(rest.months.len(), 1);
    }
}
