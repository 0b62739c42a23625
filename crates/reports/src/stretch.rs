//! The stretch of time that a report speaks of, as a page asks for it.

use ledger::Stretch;
use serde::Deserialize;
use values::{Day, Month, Period};

/// `?bulan=2025-10` for one month; without it, all to date.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// A month, or nothing.
    #[serde(default)]
    pub bulan: String,
    /// `awal` for everything from the first day to the end of the month.
    #[serde(default)]
    pub dari: String,
}

impl Asked {
    /// The month asked for, if it is one.
    #[must_use]
    pub fn month(&self) -> Option<Month> {
        Month::parse(&self.bulan).ok()
    }

    /// Movements within the month; without one, of all months to date.
    #[must_use]
    pub fn movements(&self) -> Stretch {
        let month = self.month().map(Period::of_month);
        match self.dari.as_str() {
            "awal" => Stretch { from: None, through: month },
            _ => Stretch { from: month, through: month },
        }
    }

    /// Everything up to the end of the month; without one, to date.
    #[must_use]
    pub fn to_date(&self) -> Stretch {
        Stretch { from: None, through: self.month().map(Period::of_month) }
    }

    /// The stretch in words.
    #[must_use]
    pub fn words(&self, today: Day) -> String {
        match (self.month(), self.dari.as_str()) {
            (None, _) => format!("s.d. {}", today.long()),
            (Some(month), "awal") => format!("s.d. {}", month.last_day().long()),
            (Some(month), _) => month.to_string(),
        }
    }
}

/// The months that a page offers, newest first.
#[must_use]
pub fn offered(first_day: Option<Day>, today: Day) -> Vec<Month> {
    let last = today.month();
    let first = first_day.map_or(last, Day::month);
    let count = last.months_since(first).clamp(0, 59);
    (0..=count).map(|back| last.plus_months(-back)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_bounds_movements_and_nothing_means_all_to_date() {
        let asked = Asked { bulan: "2025-10".to_owned(), dari: String::new() };
        let month = Some(Period::parse("2025-10").unwrap());
        assert_eq!(asked.movements(), Stretch { from: month, through: month });
        assert_eq!(asked.to_date(), Stretch { from: None, through: month });
        assert_eq!(Asked::default().movements(), Stretch::ALL);
        let wrong = Asked { bulan: "kemarin".to_owned(), dari: String::new() };
        assert_eq!(wrong.movements(), Stretch::ALL);
    }

    #[test]
    fn months_are_offered_from_the_first_day_of_the_books() {
        let day = |text| Day::parse_iso(text).unwrap();
        let months = offered(Some(day("2025-09-10")), day("2025-11-25"));
        let months: Vec<String> = months.iter().map(Month::to_iso).collect();
        assert_eq!(months, ["2025-11", "2025-10", "2025-09"]);
        assert_eq!(offered(None, day("2025-11-25")).len(), 1);
    }
}
