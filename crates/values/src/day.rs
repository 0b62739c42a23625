//! Civil days in Jakarta.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::month::{MONTHS, SHORT_MONTHS, name_of};
use crate::{Instant, Month};

const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// The calendar of the house: older or later years are a slip of the hand.
const FIRST: Date = Date::constant(1900, 1, 1);
const LAST: Date = Date::constant(2199, 12, 31);
const EPOCH: Date = Date::constant(1970, 1, 1);
/// More days than lie between the first and the last.
const DAYS_MAX: i64 = 120_000;

/// A day or month that does not exist, or lies outside the years 1900 to 2199.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Tanggal {0} tidak ada.")]
pub struct NoSuchDay(pub String);

impl NoSuchDay {
    /// Of a text that may be long.
    pub(crate) fn of(text: &str) -> NoSuchDay {
        NoSuchDay(text.chars().take(20).collect())
    }
}

/// A civil day in Asia/Jakarta, of the years 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// A day by its numbers.
    ///
    /// # Errors
    /// [`NoSuchDay`]: it is never rolled into the next month.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Day, NoSuchDay> {
        let date = Date::new(year, month, day).ok();
        let date = date.filter(|date| (FIRST..=LAST).contains(date));
        date.map(Day).ok_or_else(|| NoSuchDay(format!("{day}/{month}/{year}")))
    }

    /// Reads `2025-10-14`.
    ///
    /// # Errors
    /// [`NoSuchDay`] for any other form, too.
    pub fn parse_iso(text: &str) -> Result<Day, NoSuchDay> {
        let refused = || NoSuchDay::of(text);
        let shape: String =
            text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        if shape != "9999-99-99" {
            return Err(refused());
        }
        let part = |range: std::ops::Range<usize>| text[range].parse().map_err(|_| refused());
        let year = text[..4].parse().map_err(|_| refused())?;
        Day::new(year, part(5..7)?, part(8..10)?).map_err(|_| refused())
    }

    /// `2025-10-14`; as text it sorts as time does.
    #[must_use]
    pub fn to_iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }

    /// `14 Oktober 2025`.
    #[must_use]
    pub fn long(self) -> String {
        format!("{} {} {}", self.0.day(), name_of(&MONTHS, self.0.month()), self.0.year())
    }

    /// `Senin` to `Minggu`.
    #[must_use]
    pub fn weekday_name(self) -> &'static str {
        name_of(&WEEKDAYS, self.0.weekday().to_monday_one_offset())
    }

    /// So many days later; earlier for a negative count. Stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Day {
        Day::near(self.0, i64::from(days))
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Day {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Day {
        self.plus_days(-1)
    }

    /// Days from another day to this one; negative where it lies before.
    #[must_use]
    pub fn days_since(self, earlier: Day) -> i32 {
        (self.0 - earlier.0).get_days()
    }

    /// Its month.
    #[must_use]
    pub fn month(self) -> Month {
        Month::of_date(self.0)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its number in the month: 1 to 31.
    #[must_use]
    pub fn day_of_month(self) -> i8 {
        self.0.day()
    }

    /// The day in Jakarta at an instant; the nearest day of the calendar for one outside it.
    #[must_use]
    pub fn of_instant(at: Instant) -> Day {
        Day::near(EPOCH, at.jakarta_days())
    }

    /// The instant so many seconds after the day begins in Jakarta.
    #[must_use]
    pub fn instant_at(self, seconds: i64) -> Instant {
        Instant::of_jakarta(self.days_since(Day(EPOCH)), seconds)
    }

    /// The first or the last day of a month that exists.
    pub(crate) fn of_date(date: Date) -> Day {
        Day(date.clamp(FIRST, LAST))
    }

    fn near(date: Date, days: i64) -> Day {
        let days = days.clamp(-DAYS_MAX, DAYS_MAX);
        Day::of_date(date.saturating_add(days.days()))
    }
}

impl fmt::Display for Day {
    /// `14 Okt 2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = name_of(&SHORT_MONTHS, self.0.month());
        f.pad(&format!("{} {month} {}", self.0.day(), self.0.year()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_iso())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::parse_iso(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_and_never_rolled() {
        for wrong in
            ["2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "1-1-2025", "0000-01-01", ""]
        {
            assert!(Day::parse_iso(wrong).is_err(), "{wrong}");
        }
        assert!(Day::parse_iso("2024-02-29").is_ok());
        assert!(Day::parse_iso("２０２５-01-01").is_err());
        assert!(Day::parse_iso("1899-12-31").is_err() && Day::parse_iso("2200-01-01").is_err());
        assert_eq!(Day::new(2023, 2, 29), Err(NoSuchDay("29/2/2023".into())));
    }

    #[test]
    fn a_day_prints_in_indonesian() {
        let day = day("2025-10-14");
        assert_eq!(day.to_string(), "14 Okt 2025");
        assert_eq!(day.long(), "14 Oktober 2025");
        assert_eq!(day.weekday_name(), "Selasa");
        assert_eq!(format!("{day:>12}|"), " 14 Okt 2025|");
    }

    #[test]
    fn the_day_in_jakarta_begins_seven_hours_before_the_one_in_greenwich() {
        let before = Instant::from_micros(1_760_374_799_999_999);
        assert_eq!(Day::of_instant(before), day("2025-10-13"));
        assert_eq!(Day::of_instant(before.plus_seconds(1)), day("2025-10-14"));
        assert_eq!(Day::of_instant(Instant::from_micros(-1)), day("1970-01-01"));
        assert_eq!(day("2025-10-14").instant_at(0), Instant::from_micros(1_760_374_800_000_000));
    }

    #[test]
    fn counting_stops_at_the_ends_of_the_calendar() {
        let middle = day("2025-10-14");
        assert_eq!(middle.plus_days(i32::MAX), day("2199-12-31"));
        assert_eq!(middle.plus_days(i32::MIN), day("1900-01-01"));
        assert_eq!(day("2199-12-31").next(), day("2199-12-31"));
        assert_eq!(day("2024-02-28").next(), day("2024-02-29"));
        assert_eq!(day("2025-03-01").previous(), day("2025-02-28"));
    }

    #[test]
    fn it_travels_as_text() {
        assert_eq!(serde_json::to_string(&day("2025-10-14")).unwrap(), "\"2025-10-14\"");
        assert_eq!(serde_json::from_str::<Day>("\"2025-10-14\"").unwrap(), day("2025-10-14"));
        assert!(serde_json::from_str::<Day>("\"2025-02-30\"").is_err());
    }

    proptest! {
        #[test]
        fn a_day_reads_back_and_its_instant_lies_in_it(
            offset in 0_i32..70_000,
            second in 0_i64..86_400,
        ) {
            let day = day("1990-01-01").plus_days(offset);
            prop_assert_eq!(Day::parse_iso(&day.to_iso()), Ok(day));
            prop_assert_eq!(Day::of_instant(day.instant_at(second)), day);
            prop_assert_eq!(day.days_since(Day::parse_iso("1990-01-01").unwrap()), offset);
        }

        #[test]
        fn text_sorts_as_time_does(a in 0_i32..70_000, b in 0_i32..70_000) {
            let (a, b) = (day("1950-01-01").plus_days(a), day("1950-01-01").plus_days(b));
            prop_assert_eq!(a.cmp(&b), a.to_iso().cmp(&b.to_iso()));
        }
    }
}
