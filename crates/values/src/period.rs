//! Accounting periods: twelve months and the closing.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Day, Month, NoSuchDay};

/// The period after December, in which a year is closed.
const CLOSING: i8 = 13;

/// An accounting period: a month, or the thirteenth in which a year is closed, so that December's
/// result can still be read afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    number: i8,
}

impl Period {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Day) -> Period {
        Period::of_month(day.month())
    }

    /// A month as a period.
    #[must_use]
    pub fn of_month(month: Month) -> Period {
        Period { year: month.year(), number: month.number() }
    }

    /// The thirteenth period of a year.
    #[must_use]
    pub fn closing(year: i16) -> Period {
        Period { year, number: CLOSING }
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// Whether it is the thirteenth.
    #[must_use]
    pub fn is_closing(self) -> bool {
        self.number == CLOSING
    }

    /// Reads `2025-10` or `2025-13`.
    ///
    /// # Errors
    /// [`NoSuchDay`] for any other form, too.
    pub fn parse(text: &str) -> Result<Period, NoSuchDay> {
        let Some(year) = text.strip_suffix("-13") else {
            return Month::parse(text).map(Period::of_month);
        };
        let december = Month::parse(&format!("{year}-12"));
        december.map(|month| Period::closing(month.year())).map_err(|_| NoSuchDay::of(text))
    }

    /// `2025-10` or `2025-13`; as text it sorts as time does.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{:04}-{:02}", self.year, self.number)
    }
}

impl fmt::Display for Period {
    /// `Oktober 2025`, `Penutupan 2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Month::new(self.year, self.number) {
            Ok(month) => month.fmt(f),
            Err(_) => f.pad(&format!("Penutupan {}", self.year)),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        let text = String::deserialize(deserializer)?;
        Period::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(day: &str) -> Period {
        Period::of(Day::parse_iso(day).unwrap())
    }

    #[test]
    fn the_thirteenth_period_sorts_between_december_and_january() {
        let in_order = [of("2025-12-31"), Period::closing(2025), of("2026-01-01")];
        assert!(in_order.is_sorted());
        assert!(in_order.map(|period| period.to_text()).is_sorted());
        assert!(in_order[1].is_closing() && !in_order[0].is_closing());
    }

    #[test]
    fn a_period_reads_back_from_its_text_and_nothing_else_does() {
        for text in ["2025-01", "2025-12", "2025-13"] {
            assert_eq!(Period::parse(text).unwrap().to_text(), text);
        }
        for wrong in ["2025-14", "2025-00", "2025", "-13", "25-13", "2025-13-13", ""] {
            assert!(Period::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_period_prints_for_people_and_travels_as_text() {
        assert_eq!(of("2025-10-14").to_string(), "Oktober 2025");
        assert_eq!(Period::closing(2025).to_string(), "Penutupan 2025");
        assert_eq!(serde_json::to_string(&Period::closing(2025)).unwrap(), "\"2025-13\"");
        assert!(serde_json::from_str::<Period>("\"2025-14\"").is_err());
    }
}
