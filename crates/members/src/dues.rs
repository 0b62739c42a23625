//! Simpanan wajib, month by month: what is paid, what is owed, what is paid ahead.
//!
//! Nothing is kept for it: each payment's detail names member and month, and the months follow from
//! the day of admission. Arrears are a reminder, not a receivable.

use std::collections::{BTreeMap, BTreeSet};

use store::{Failure, Later, Tx};
use values::{Day, MemberId, Month, Rupiah};

use crate::{MemberTerms, MembersRefusal, PaidMonth, terms};

/// Simpanan wajib in the chart.
pub(crate) const WAJIB: &str = "31102";

/// How far ahead of today's month a payment may reach.
pub const MONTHS_AHEAD_MAX: i32 = 36;

/// One member's months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dues {
    /// The month of admission, the first that is owed.
    pub since: Month,
    /// What was paid for each month.
    pub paid: BTreeMap<Month, Rupiah>,
}

impl Dues {
    /// Months that are paid in full, in their order.
    #[must_use]
    pub fn months_paid(&self, terms: &MemberTerms) -> Vec<Month> {
        let full = self.paid.iter().filter(|(month, paid)| **paid >= terms.wajib_of(**month));
        full.map(|(month, _)| *month).collect()
    }

    /// Months up to and with `through` that are not paid in full, with what is missing.
    #[must_use]
    pub fn owing(&self, terms: &MemberTerms, through: Month) -> Vec<PaidMonth> {
        let months = (0..=through.months_since(self.since)).map(|n| self.since.plus_months(n));
        let rest = months.map(|month| PaidMonth { month, amount: self.rest_of(terms, month) });
        rest.filter(|rest| rest.amount.is_positive()).collect()
    }

    /// What is missing for one month.
    fn rest_of(&self, terms: &MemberTerms, month: Month) -> Rupiah {
        let paid = self.paid.get(&month).copied().unwrap_or(Rupiah::ZERO);
        terms.wajib_of(month).minus(paid).unwrap_or(Rupiah::ZERO).max(Rupiah::ZERO)
    }

    /// Spreads an amount over the months asked for, or over the oldest that are open.
    ///
    /// # Errors
    /// [`MembersRefusal`] in the order of its variants.
    pub fn spread(
        &self,
        terms: &MemberTerms,
        amount: Rupiah,
        asked: &[Month],
        this_month: Month,
    ) -> Result<Vec<PaidMonth>, MembersRefusal> {
        let last = this_month.plus_months(MONTHS_AHEAD_MAX);
        if asked.is_empty() {
            return self.spread_over_oldest(terms, amount, last);
        }
        let months = self.judge_months(terms, asked, last)?;
        let rests = months.into_iter();
        let parts: Vec<PaidMonth> =
            rests.map(|month| PaidMonth { month, amount: self.rest_of(terms, month) }).collect();
        let due = Rupiah::total(parts.iter().map(|part| part.amount));
        let due = due.map_err(|_| MembersRefusal::TooLarge)?;
        if due == amount { Ok(parts) } else { Err(MembersRefusal::MonthsDiffer { due, amount }) }
    }

    fn judge_months(
        &self,
        terms: &MemberTerms,
        asked: &[Month],
        last: Month,
    ) -> Result<BTreeSet<Month>, MembersRefusal> {
        let months: BTreeSet<Month> = asked.iter().copied().collect();
        if months.len() != asked.len() {
            return Err(MembersRefusal::MonthTwice);
        }
        if let Some(&month) = months.iter().find(|month| **month < self.since) {
            return Err(MembersRefusal::BeforeAdmission { month, since: self.since });
        }
        let paid = |month: &Month| self.rest_of(terms, *month).is_zero();
        if let Some(&month) = months.iter().find(|month| paid(month)) {
            return Err(MembersRefusal::MonthPaid { month });
        }
        if months.iter().any(|month| *month > last) {
            return Err(MembersRefusal::TooFarAhead { last });
        }
        Ok(months)
    }

    fn spread_over_oldest(
        &self,
        terms: &MemberTerms,
        amount: Rupiah,
        last: Month,
    ) -> Result<Vec<PaidMonth>, MembersRefusal> {
        let mut parts = Vec::new();
        let mut full = Rupiah::ZERO;
        for open in self.owing(terms, last) {
            if full == amount {
                break;
            }
            full = full.plus(open.amount).map_err(|_| MembersRefusal::TooLarge)?;
            if full > amount {
                return Err(MembersRefusal::NotMultiple { asked: amount, fits: full });
            }
            parts.push(open);
        }
        if full == amount { Ok(parts) } else { Err(MembersRefusal::TooFarAhead { last }) }
    }
}

/// Months as stretches from first to last, for a line that is read at a glance.
#[must_use]
pub fn stretches(months: &[Month]) -> Vec<(Month, Month)> {
    let mut stretches: Vec<(Month, Month)> = Vec::new();
    for &month in months {
        match stretches.last_mut() {
            Some((_, last)) if last.plus_months(1) == month => *last = month,
            _ => stretches.push((month, month)),
        }
    }
    stretches
}

/// One member's months; none for somebody who is not a member today.
///
/// # Errors
/// A fault.
pub async fn of(tx: &mut Tx, member: MemberId) -> Result<Option<Dues>, Failure> {
    let since: Later<(Day,)> = tx
        .later(
            "select admitted_day from memberships
              where coop_id = $1 and member_id = $2 and ended_day is null",
            &[&member],
        )
        .await?;
    let paid: Later<(Month, Rupiah)> = tx
        .later(
            "select d.month,
                    cast(sum(case when l.side = 'K' then d.amount else -d.amount end) as bigint)
               from details d
               join lines l on l.coop_id = d.coop_id and l.entry_no = d.entry_no
                    and l.line_no = d.line_no
              where d.coop_id = $1 and d.kind = 'anggota' and d.subject = $2
                    and l.account = $3 and d.month is not null
              group by d.month",
            &[&member.to_text(), &WAJIB],
        )
        .await?;
    let Some((since,)) = since.maybe().await? else { return Ok(None) };
    Ok(Some(Dues { since: since.month(), paid: paid.all().await?.into_iter().collect() }))
}

/// What one member owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrears {
    /// Who.
    pub member_id: MemberId,
    /// The number.
    pub number: i64,
    /// The months, oldest first, with what is missing.
    pub months: Vec<PaidMonth>,
    /// All of it.
    pub amount: Rupiah,
}

/// All members who owe something up to and with a month, by number: the sheet for the rounds.
///
/// # Errors
/// A fault.
pub async fn arrears(tx: &mut Tx, through: Month) -> Result<Vec<Arrears>, Failure> {
    let terms = terms::on(tx, through.first_day()).await?;
    let members: Vec<(MemberId, i64, Day)> = tx
        .all(
            "select member_id, number, admitted_day from memberships
              where coop_id = $1 and ended_day is null order by number",
            &[],
        )
        .await?;
    let paid: Vec<(String, Month, Rupiah)> = tx
        .all(
            "select d.subject, d.month,
                    cast(sum(case when l.side = 'K' then d.amount else -d.amount end) as bigint)
               from details d
               join lines l on l.coop_id = d.coop_id and l.entry_no = d.entry_no
                    and l.line_no = d.line_no
              where d.coop_id = $1 and d.kind = 'anggota' and l.account = $2
                    and d.month is not null
              group by d.subject, d.month",
            &[&WAJIB],
        )
        .await?;
    let mut by_member: BTreeMap<String, BTreeMap<Month, Rupiah>> = BTreeMap::new();
    for (subject, month, amount) in paid {
        by_member.entry(subject).or_default().insert(month, amount);
    }
    let owing = members.into_iter().map(|(member_id, number, admitted)| {
        let paid = by_member.remove(&member_id.to_text()).unwrap_or_default();
        let months = Dues { since: admitted.month(), paid }.owing(&terms, through);
        let amount = Rupiah::total(months.iter().map(|rest| rest.amount));
        Arrears { member_id, number, months, amount: amount.unwrap_or(Rupiah::ZERO) }
    });
    Ok(owing.filter(|arrears| !arrears.months.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::terms::tests::tamansari;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    /// Admitted in July; July is paid, August half.
    fn dues() -> Dues {
        let paid =
            [(month("2025-07"), Rupiah::new(10_000)), (month("2025-08"), Rupiah::new(5_000))];
        Dues { since: month("2025-07"), paid: paid.into_iter().collect() }
    }

    fn spread(amount: i64, asked: &[&str]) -> Result<Vec<(String, i64)>, &'static str> {
        let asked: Vec<Month> = asked.iter().map(|text| month(text)).collect();
        let parts = dues().spread(&tamansari(), Rupiah::new(amount), &asked, month("2025-10"));
        let parts = parts.map_err(|refusal| refusal.code())?;
        Ok(parts.iter().map(|part| (part.month.to_iso(), part.amount.get())).collect())
    }

    #[test]
    fn arrears_follow_from_the_month_of_admission() {
        let owing = dues().owing(&tamansari(), month("2025-10"));
        let owing: Vec<_> =
            owing.iter().map(|rest| (rest.month.to_iso(), rest.amount.get())).collect();
        let expected = [("2025-08", 5_000), ("2025-09", 10_000), ("2025-10", 10_000)];
        assert_eq!(owing, expected.map(|(month, amount)| (month.to_owned(), amount)));
        assert_eq!(dues().owing(&tamansari(), month("2025-06")), []);
        assert_eq!(dues().months_paid(&tamansari()), [month("2025-07")]);
    }

    #[test]
    fn an_amount_goes_to_the_oldest_months_or_to_those_that_are_named() {
        let owned = |parts: &[(&str, i64)]| -> Vec<(String, i64)> {
            parts.iter().map(|(month, amount)| ((*month).to_owned(), *amount)).collect()
        };
        let oldest = owned(&[("2025-08", 5_000), ("2025-09", 10_000), ("2025-10", 10_000)]);
        assert_eq!(spread(25_000, &[]), Ok(oldest));
        let ahead = owned(&[("2025-12", 10_000), ("2026-01", 10_000)]);
        assert_eq!(spread(20_000, &["2026-01", "2025-12"]), Ok(ahead));
        assert_eq!(spread(5_000, &["2025-08"]), Ok(owned(&[("2025-08", 5_000)])));
    }

    #[test]
    fn every_refusal_of_months_in_its_order() {
        let cases: [(i64, &[&str], &str); 9] = [
            (10_000, &["2025-06", "2025-06"], "members.month_twice"),
            (10_000, &["2025-06", "2025-07"], "members.before_admission"),
            (10_000, &["2025-07", "2029-01"], "members.month_paid"),
            (10_000, &["2028-11"], "members.too_far_ahead"),
            (10_000, &["2025-09", "2025-10"], "members.months_differ"),
            (10_000, &["2025-08"], "members.months_differ"),
            (20_000, &[], "members.not_multiple"),
            (5_001, &[], "members.not_multiple"),
            (500_000, &[], "members.too_far_ahead"),
        ];
        for (amount, asked, code) in cases {
            assert_eq!(spread(amount, asked), Err(code), "{asked:?}");
        }
    }
}
