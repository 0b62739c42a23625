//! What the city is to be like, and why it cannot be.

use store::{Failure, Store, Tx};
use values::{CoopId, Day};

/// The first day that a demonstration can begin on: ceilings of goods are known from here.
pub const EARLIEST_DAY: &str = "2025-09-01";

/// Cooperatives at most: one in each kelurahan.
const COOPS_MAX: usize = 151;
/// Months at most: what is longer is a load test.
const MONTHS_MAX: i32 = 12;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Another seed gives another city.
    pub seed: u64,
    /// How many cooperatives.
    pub coops: usize,
    /// For how many months before the last day.
    pub months: i32,
    /// The last day; on its morning everything stops.
    pub until: Day,
}

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Somebody lives there.
    #[error(
        "this database already holds {tenants} cooperatives or offices; demo fills an empty one only"
    )]
    NotEmpty {
        /// Cooperatives and offices that are there.
        tenants: i64,
    },
    /// None, or more than there are kelurahan.
    #[error("ask for 1 to {COOPS_MAX} cooperatives, not {coops}")]
    Coops {
        /// What was asked.
        coops: usize,
    },
    /// None, or too many.
    #[error("ask for 1 to {MONTHS_MAX} months, not {months}")]
    Months {
        /// What was asked.
        months: i32,
    },
    /// Before the rules that the city lives by.
    #[error("it would begin on {first_day}; the earliest first day is {EARLIEST_DAY}")]
    TooEarly {
        /// The first day.
        first_day: String,
    },
    /// An event was refused, or the machine failed.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Wish {
    /// The first day: so many months before the last one.
    pub(crate) fn first_day(&self) -> Result<Day, DemoError> {
        let Wish { coops, months, until, .. } = *self;
        if !(1..=COOPS_MAX).contains(&coops) {
            return Err(DemoError::Coops { coops });
        }
        if !(1..=MONTHS_MAX).contains(&months) {
            return Err(DemoError::Months { months });
        }
        let month = until.month().plus_months(-months);
        let later = i32::from(until.day_of_month()) - 1;
        let first_day = month.first_day().plus_days(later).min(month.last_day());
        if first_day.to_iso().as_str() < EARLIEST_DAY {
            return Err(DemoError::TooEarly { first_day: first_day.to_iso() });
        }
        Ok(first_day)
    }
}

/// A demonstration stands alone: what is made up must not lie beside what is real.
pub(crate) async fn refuse_filled(store: &Store) -> Result<(), DemoError> {
    let ask = async |tx: &mut Tx| -> Result<i64, Failure> {
        let (tenants,): (i64,) = tx.one("select count(*) from cooperatives", &[]).await?;
        Ok(tenants)
    };
    match store.read(CoopId::new(0), ask).await? {
        0 => Ok(()),
        tenants => Err(DemoError::NotEmpty { tenants }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(coops: usize, months: i32, until: &str) -> Result<String, String> {
        let until = Day::parse_iso(until).unwrap();
        let first_day = Wish { seed: 1, coops, months, until }.first_day();
        first_day.map(|day| day.to_iso()).map_err(|error| error.to_string())
    }

    #[test]
    fn it_begins_so_many_months_before_its_last_day() {
        assert_eq!(wish(151, 3, "2026-01-15").as_deref(), Ok("2025-10-15"));
        assert_eq!(wish(1, 1, "2026-03-31").as_deref(), Ok("2026-02-28"));
    }

    #[test]
    fn a_wish_that_cannot_be_is_told_why() {
        let cases = [
            (0, 3, "2026-01-15", "cooperatives"),
            (152, 3, "2026-01-15", "cooperatives"),
            (6, 0, "2026-01-15", "months"),
            (6, 13, "2026-01-15", "months"),
            (6, 1, "2025-09-30", "2025-08-30"),
        ];
        for (coops, months, until, word) in cases {
            let told = wish(coops, months, until).unwrap_err();
            assert!(told.contains(word), "{told}");
        }
    }
}
