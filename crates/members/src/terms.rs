//! What belonging costs: rows of the dated parameters, `simpanan` `pokok` and `wajib`.
//!
//! The pokok is that of the day, the same for everybody. The wajib belongs to its month: a new
//! amount holds from the first month that it covers from its first day, and months before are owed
//! as they were.

use std::collections::BTreeSet;

use coops::parameters::{self, Parameter};
use store::{Failure, Tx};
use values::{Day, Month, Rupiah};

/// The name of both parameters.
const NAME: &str = "simpanan";

/// What belonging costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberTerms {
    /// Simpanan pokok, once (UU 25/1992 art. 41, explanation: equal for every member).
    pub pokok: Rupiah,
    /// The row that says so.
    pub pokok_row: String,
    /// Simpanan wajib, oldest first.
    pub wajib: Vec<WajibStep>,
}

/// Simpanan wajib from a month on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WajibStep {
    /// First month.
    pub from: Month,
    /// For each month.
    pub monthly: Rupiah,
}

impl MemberTerms {
    /// Simpanan wajib of a month; what lies before the first step is owed as that.
    #[must_use]
    pub fn wajib_of(&self, month: Month) -> Rupiah {
        let begun = self.wajib.iter().rev().find(|step| step.from <= month);
        begun.or(self.wajib.first()).map_or(Rupiah::ZERO, |step| step.monthly)
    }
}

/// What holds on a day.
///
/// # Errors
/// What [`parameters::valid`] refuses, or a fault.
pub async fn on(tx: &mut Tx, day: Day) -> Result<MemberTerms, Failure> {
    let pokok = parameters::ask(tx, NAME, "pokok", day).await?;
    let wajib = parameters::ask(tx, NAME, "wajib", day).await?;
    let (pokok, _) = (pokok.valid().await?, wajib.valid().await?);
    let mut rows = parameters::list(tx).await?;
    rows.retain(|row| row.name == NAME && row.key == "wajib");
    Ok(MemberTerms { pokok: pokok.rupiah(), pokok_row: pokok.row_id, wajib: steps(&rows) })
}

/// The amounts of all months, as steps: where a row begins or ends, the one that then holds.
fn steps(rows: &[Parameter]) -> Vec<WajibStep> {
    let begins = rows.iter().map(|row| row.valid_from);
    let ends = rows.iter().filter_map(|row| row.valid_through).map(Day::next);
    let turns: BTreeSet<Month> = begins.chain(ends).map(first_whole_month).collect();
    let mut steps: Vec<WajibStep> = Vec::new();
    for from in turns {
        let held = rows.iter().filter(|row| row.holds_on(from.first_day()));
        let Some(row) = held.max_by_key(|row| (std::cmp::Reverse(row.scope), row.valid_from))
        else {
            continue;
        };
        if steps.last().is_none_or(|step| step.monthly != row.rupiah()) {
            steps.push(WajibStep { from, monthly: row.rupiah() });
        }
    }
    steps
}

fn first_whole_month(day: Day) -> Month {
    let month = day.month();
    if day == month.first_day() { month } else { month.plus_months(1) }
}

#[cfg(test)]
pub(crate) mod tests {
    use coops::parameters::{Scope, preset};

    use super::*;

    /// 50.000 once and 10.000 a month.
    pub(crate) fn tamansari() -> MemberTerms {
        let from = Month::parse("2025-01").unwrap();
        MemberTerms {
            pokok: Rupiah::new(50_000),
            pokok_row: "simpanan-pokok".to_owned(),
            wajib: vec![WajibStep { from, monthly: Rupiah::new(10_000) }],
        }
    }

    #[test]
    fn a_new_amount_begins_with_a_whole_month_and_the_past_stays() {
        let row = |scope, value, from: &str, through: Option<&str>| Parameter {
            scope,
            value,
            valid_from: Day::parse_iso(from).unwrap(),
            valid_through: through.map(|day| Day::parse_iso(day).unwrap()),
            ..preset("simpanan", "wajib").unwrap().row.clone()
        };
        let rows = [
            row(Scope::Coop, 15_000, "2025-06-10", Some("2026-01-31")),
            row(Scope::Coop, 20_000, "2026-02-01", None),
            row(Scope::National, 10_000, "2025-01-01", None),
        ];
        let terms = MemberTerms { wajib: steps(&rows), ..tamansari() };
        let cases = [
            ("2024-05", 10_000),
            ("2025-06", 10_000),
            ("2025-07", 15_000),
            ("2026-01", 15_000),
            ("2026-02", 20_000),
            ("2030-01", 20_000),
        ];
        for (month, monthly) in cases {
            let month = Month::parse(month).unwrap();
            assert_eq!(terms.wajib_of(month), Rupiah::new(monthly), "{month}");
        }
        assert_eq!(
            MemberTerms { wajib: steps(&[]), ..terms }
                .wajib_of(first_whole_month(Day::parse_iso("2025-01-02").unwrap())),
            Rupiah::ZERO
        );
    }
}
