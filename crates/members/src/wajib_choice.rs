//! What a member can pay at the desk: one month, two, or all that are open, the oldest first.

use store::{Failure, Tx};
use values::{Day, MemberId, Month, Rupiah};

use crate::{MemberTerms, PaidMonth, dues, terms};

/// Up to so many months stand in the list; all arrears do, however many.
const CHOICES: usize = 12;

/// Some months and what they cost together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WajibChoice {
    /// The months, oldest first.
    pub months: Vec<Month>,
    /// What they cost.
    pub amount: Rupiah,
}

impl WajibChoice {
    /// How many months.
    #[must_use]
    pub fn count(&self) -> usize {
        self.months.len()
    }

    /// The months as they are read: `September 2025`, `September 2025 – November 2025`.
    #[must_use]
    pub fn span(&self) -> String {
        span(&self.months)
    }

    /// How a form says it: amount, then months. Said in full, so that a form that is sent twice asks
    /// for the same.
    #[must_use]
    pub fn to_text(&self) -> String {
        let months = self.months.iter().map(Month::to_iso);
        let parts = [self.amount.get().to_string()].into_iter().chain(months);
        parts.collect::<Vec<_>>().join(" ")
    }

    /// Reads what [`WajibChoice::to_text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<WajibChoice> {
        let mut parts = text.split(' ');
        let amount = Rupiah::new(parts.next()?.parse().ok()?);
        let months = parts.map(|month| Month::parse(month).ok()).collect::<Option<Vec<_>>>()?;
        (!months.is_empty()).then_some(WajibChoice { months, amount })
    }
}

/// Months as stretches: `Maret 2025 – September 2025, November 2025`.
#[must_use]
pub fn span(months: &[Month]) -> String {
    let stretch = |(first, last): (Month, Month)| {
        if first == last { first.to_string() } else { format!("{first} – {last}") }
    };
    dues::stretches(months).into_iter().map(stretch).collect::<Vec<_>>().join(", ")
}

/// What one member can pay today; nothing for somebody who is no member.
///
/// # Errors
/// A parameter that is not set, or a fault.
pub async fn of(tx: &mut Tx, member: MemberId, today: Day) -> Result<Vec<WajibChoice>, Failure> {
    let Some(dues) = dues::of(tx, member).await? else { return Ok(Vec::new()) };
    let terms: MemberTerms = terms::on(tx, today).await?;
    let this_month = today.month();
    let arrears = dues.owing(&terms, this_month).len();
    let open = dues.owing(&terms, this_month.plus_months(dues::MONTHS_AHEAD_MAX));
    Ok(choices(&open, arrears))
}

fn choices(open: &[PaidMonth], arrears: usize) -> Vec<WajibChoice> {
    let mut choices = Vec::new();
    for count in 1..=open.len() {
        let part = &open[..count];
        let amount = Rupiah::total(part.iter().map(|one| one.amount));
        if let (true, Ok(amount)) = (count <= CHOICES || count == arrears, amount) {
            let months = part.iter().map(|one| one.month).collect();
            choices.push(WajibChoice { months, amount });
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    #[test]
    fn months_are_offered_oldest_first_and_all_arrears_at_once() {
        let first = month("2024-01");
        let open: Vec<PaidMonth> = (0..50)
            .map(|n| PaidMonth { month: first.plus_months(n), amount: Rupiah::new(10_000) })
            .collect();
        let offered = choices(&open, 22);
        let counts: Vec<usize> = offered.iter().map(WajibChoice::count).collect();
        assert_eq!(counts, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22]);
        assert_eq!(offered[12].amount, Rupiah::new(220_000));
        assert_eq!(offered[1].span(), "Januari 2024 – Februari 2024");
        for choice in offered {
            assert_eq!(WajibChoice::parse(&choice.to_text()), Some(choice));
        }
        for wrong in ["", "10000", "x 2024-01", "10000 2024-13", "10000  2024-01"] {
            assert_eq!(WajibChoice::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_are_read_as_stretches() {
        let months = ["2025-01", "2025-03", "2025-04"].map(month);
        assert_eq!(span(&months), "Januari 2025, Maret 2025 – April 2025");
        assert_eq!(span(&[]), "");
    }
}
