//! Months of a year, and their Indonesian names.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Day, NoSuchDay};

pub(crate) const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
pub(crate) const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

/// First and last month of the calendar, counted from year zero.
const FIRST: i32 = 1900 * 12;
const LAST: i32 = 2199 * 12 + 11;

/// A month of a year, of the years 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// A month by its numbers, January being 1.
    ///
    /// # Errors
    /// [`NoSuchDay`].
    pub fn new(year: i16, month: i8) -> Result<Month, NoSuchDay> {
        let first = Day::new(year, month, 1);
        first.map(Day::month).map_err(|_| NoSuchDay(format!("{month}/{year}")))
    }

    /// Reads `2025-10`.
    ///
    /// # Errors
    /// [`NoSuchDay`] for any other form, too.
    pub fn parse(text: &str) -> Result<Month, NoSuchDay> {
        let first = Day::parse_iso(&format!("{text}-01"));
        first.map(Day::month).map_err(|_| NoSuchDay::of(text))
    }

    /// `2025-10`; as text it sorts as time does.
    #[must_use]
    pub fn to_iso(&self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// Its number in the year: 1 to 12.
    #[must_use]
    pub fn number(self) -> i8 {
        self.month
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Day {
        Day::of_date(self.first())
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        Day::of_date(self.first().last_of_month())
    }

    /// So many months later; earlier for a negative count. Stops at the ends of the calendar.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Month {
        let count = self.count().saturating_add(months).clamp(FIRST, LAST);
        let year = i16::try_from(count.div_euclid(12)).expect("a year of the calendar is small");
        let month = i8::try_from(count.rem_euclid(12)).expect("a month is below twelve");
        Month { year, month: month + 1 }
    }

    /// Months from another month to this one; negative where it lies before.
    #[must_use]
    pub fn months_since(self, earlier: Month) -> i32 {
        self.count() - earlier.count()
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        day.month() == self
    }

    pub(crate) fn of_date(date: Date) -> Month {
        Month { year: date.year(), month: date.month() }
    }

    fn first(self) -> Date {
        Date::constant(self.year, self.month, 1)
    }

    fn count(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

/// A name from a list that is counted from one.
pub(crate) fn name_of(names: &[&'static str], one_based: i8) -> &'static str {
    let place = usize::try_from(one_based).unwrap_or(1).saturating_sub(1);
    names.get(place).copied().unwrap_or("")
}

/// Number of a month by its name, full or short, whatever the case; also as spreadsheets and older
/// people write it.
pub(crate) fn month_number(name: &str) -> Option<i8> {
    const ALSO: [(&str, i8); 9] = [
        ("agt", 8),
        ("ags", 8),
        ("aug", 8),
        ("may", 5),
        ("oct", 10),
        ("dec", 12),
        ("nop", 11),
        ("nopember", 11),
        ("pebruari", 2),
    ];
    let name = name.trim_end_matches('.').to_lowercase();
    let known = MONTHS.iter().zip(1..=12).chain(SHORT_MONTHS.iter().zip(1..=12));
    let mut all = known.map(|(name, number)| (*name, number)).chain(ALSO);
    all.find(|(known, _)| known.to_lowercase() == name).map(|(_, number)| number)
}

impl fmt::Display for Month {
    /// `Oktober 2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", name_of(&MONTHS, self.month), self.year))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_iso())
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
        let text = String::deserialize(deserializer)?;
        Month::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    #[test]
    fn months_count_across_years_and_end_where_they_end() {
        let november = month("2024-11");
        assert_eq!(november.plus_months(3), month("2025-02"));
        assert_eq!(november.plus_months(-11), month("2023-12"));
        assert_eq!(november.plus_months(3).last_day().to_iso(), "2025-02-28");
        assert_eq!(month("2025-02").months_since(november), 3);
        assert_eq!(november.to_string(), "November 2024");
        assert_eq!(Month::new(2024, 11), Ok(november));
    }

    #[test]
    fn a_month_that_does_not_exist_is_refused() {
        for wrong in ["2025-13", "2025-00", "2025-1", "2025", "", "10-2025", "2025-10-01"] {
            assert!(Month::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Month::new(2025, 13), Err(NoSuchDay("13/2025".into())));
    }

    #[test]
    fn the_ends_of_the_calendar_are_whole_months() {
        let last = month("2199-12");
        assert_eq!(last.plus_months(i32::MAX), last);
        assert_eq!(last.last_day().to_iso(), "2199-12-31");
        assert_eq!(last.plus_months(i32::MIN).first_day().to_iso(), "1900-01-01");
    }

    #[test]
    fn names_are_read_in_every_usual_spelling() {
        let cases =
            [("Oktober", 10), ("okt.", 10), ("AGT", 8), ("mei", 5), ("May", 5), ("nopember", 11)];
        for (name, number) in cases {
            assert_eq!(month_number(name), Some(number), "{name}");
        }
        assert_eq!(month_number("o"), None);
        assert_eq!(month_number(""), None);
    }

    #[test]
    fn it_travels_as_text() {
        assert_eq!(serde_json::to_string(&month("2025-10")).unwrap(), "\"2025-10\"");
        assert_eq!(serde_json::from_str::<Month>("\"2025-10\"").unwrap(), month("2025-10"));
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_month_between_first_and_last(offset in 0_i32..109_000) {
            let day = Day::parse_iso("1900-01-01").unwrap().plus_days(offset);
            let month = day.month();
            prop_assert!(month.contains(day));
            prop_assert!(month.first_day() <= day && day <= month.last_day());
            prop_assert!(!month.contains(month.last_day().next()));
        }

        #[test]
        fn months_there_and_back(start in 0_i32..1_200, months in -1_200_i32..1_200) {
            let start = month("2000-01").plus_months(start);
            prop_assert_eq!(start.plus_months(months).months_since(start), months);
        }
    }
}
