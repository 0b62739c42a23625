//! Civil days in Jakarta, months, accounting periods, instants.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const MONTHS: [&str; 12] = [
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
const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// Jakarta is seven hours ahead of UTC, all year, since 1964.
const JAKARTA_MICROS: i64 = 7 * 3_600 * 1_000_000;

/// A day or month that does not exist, or lies outside the years 1900 to 2199.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Tanggal {0} tidak ada.")]
pub struct NoSuchDay(pub String);

/// A civil day in Asia/Jakarta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// A day by its numbers.
    ///
    /// # Errors
    /// [`NoSuchDay`]: it is never rolled into the next month.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Day, NoSuchDay> {
        let written = || NoSuchDay(format!("{day}/{month}/{year}"));
        if !(1900..=2199).contains(&year) {
            return Err(written());
        }
        Date::new(year, month, day).map(Day).map_err(|_| written())
    }

    /// Reads `2025-10-14`.
    ///
    /// # Errors
    /// [`NoSuchDay`] for any other form, too.
    pub fn parse_iso(text: &str) -> Result<Day, NoSuchDay> {
        let refused = || NoSuchDay(text.chars().take(20).collect());
        let shape: String =
            text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        if shape != "9999-99-99" {
            return Err(refused());
        }
        let part = |range: std::ops::Range<usize>| text[range].parse().map_err(|_| refused());
        let year = text[..4].parse().map_err(|_| refused())?;
        Day::new(year, part(5..7)?, part(8..10)?).map_err(|_| refused())
    }

    /// `2025-10-14`.
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
        Day(self.0.saturating_add(i64::from(days).days()))
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
        Month { year: self.0.year(), month: self.0.month() }
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The day in Jakarta at an instant.
    #[must_use]
    pub fn of_instant(at: Instant) -> Day {
        let days = at.0.saturating_add(JAKARTA_MICROS).div_euclid(86_400 * 1_000_000);
        Day(Date::constant(1970, 1, 1).saturating_add(days.days()))
    }

    /// The instant at which the day begins in Jakarta, and so many seconds later.
    #[must_use]
    pub fn instant_at(self, seconds: i64) -> Instant {
        let days = i64::from(self.days_since(Day(Date::constant(1970, 1, 1))));
        Instant((days * 86_400 + seconds) * 1_000_000 - JAKARTA_MICROS)
    }
}

fn name_of(names: &[&'static str], one_based: i8) -> &'static str {
    let place = usize::try_from(one_based).unwrap_or(1).saturating_sub(1);
    names.get(place).copied().unwrap_or("")
}

/// Number of a month by its Indonesian or short name, case folded.
pub(crate) fn month_number(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.').to_lowercase();
    let also = [("agt", 8), ("ags", 8), ("nop", 11), ("pebruari", 2), ("nopember", 11)];
    let known = MONTHS.iter().chain(&SHORT_MONTHS).zip((1..=12).chain(1..=12));
    let found = known.into_iter().find(|(known, _)| known.to_lowercase() == name);
    found
        .map(|(_, number)| number)
        .or_else(|| also.into_iter().find(|(other, _)| *other == name).map(|(_, number)| number))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = name_of(&SHORT_MONTHS, self.0.month());
        write!(f, "{} {month} {}", self.0.day(), self.0.year())
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

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Reads `2025-10`.
    ///
    /// # Errors
    /// [`NoSuchDay`] for any other form, too.
    pub fn parse(text: &str) -> Result<Month, NoSuchDay> {
        let first = Day::parse_iso(&format!("{text}-01"));
        first.map(Day::month).map_err(|_| NoSuchDay(text.chars().take(20).collect()))
    }

    /// `2025-10`.
    #[must_use]
    pub fn to_iso(&self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Day {
        Day(Date::constant(self.year, self.month, 1))
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        self.plus_months(1).first_day().previous()
    }

    /// So many months later; earlier for a negative count.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Month {
        Day(self.first_day().0.saturating_add(i64::from(months).months())).month()
    }

    /// Months from another month to this one.
    #[must_use]
    pub fn months_since(self, earlier: Month) -> i32 {
        let years = i32::from(self.year) - i32::from(earlier.year);
        years * 12 + i32::from(self.month) - i32::from(earlier.month)
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        day.month() == self
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", name_of(&MONTHS, self.month), self.year)
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
        Period { year: month.year, number: month.month }
    }

    /// The thirteenth period of a year.
    #[must_use]
    pub fn closing(year: i16) -> Period {
        Period { year, number: 13 }
    }

    /// Reads `2025-10` or `2025-13`.
    ///
    /// # Errors
    /// [`NoSuchDay`] for any other form, too.
    pub fn parse(text: &str) -> Result<Period, NoSuchDay> {
        match text.strip_suffix("-13") {
            Some(year) => Month::parse(&format!("{year}-12")).map(|m| Period::closing(m.year)),
            None => Month::parse(text).map(Period::of_month),
        }
    }

    /// `2025-10` or `2025-13`; as text it sorts as time does.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{:04}-{:02}", self.year, self.number)
    }
}

/// A moment, in microseconds since 1970 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds UTC.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    /// Microseconds UTC.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// So many seconds later; earlier for a negative count.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Hour and minute in Jakarta: `09.35`.
    #[must_use]
    pub fn clock(self) -> String {
        let second = self.0.saturating_add(JAKARTA_MICROS).div_euclid(1_000_000);
        let minute = second.rem_euclid(86_400) / 60;
        format!("{:02}.{:02}", minute / 60, minute % 60)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Day::of_instant(*self), self.clock())
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
    }

    #[test]
    fn a_day_prints_in_indonesian() {
        let day = day("2025-10-14");
        assert_eq!(day.to_string(), "14 Okt 2025");
        assert_eq!(day.long(), "14 Oktober 2025");
        assert_eq!(day.weekday_name(), "Selasa");
    }

    #[test]
    fn the_day_in_jakarta_begins_seven_hours_before_the_one_in_greenwich() {
        let before = Instant::from_micros(1_760_374_799_999_999);
        assert_eq!(Day::of_instant(before), day("2025-10-13"));
        let after = before.plus_seconds(1);
        assert_eq!(Day::of_instant(after), day("2025-10-14"));
        assert_eq!(after.to_string(), "14 Okt 2025 00.00");
        assert_eq!(Day::of_instant(Instant::from_micros(-1)), day("1970-01-01"));
        assert_eq!(day("2025-10-14").instant_at(0), Instant::from_micros(1_760_374_800_000_000));
    }

    #[test]
    fn months_count_across_years_and_end_where_they_end() {
        let month = Month::parse("2024-11").unwrap();
        assert_eq!(month.plus_months(3).to_iso(), "2025-02");
        assert_eq!(month.plus_months(3).last_day(), day("2025-02-28"));
        assert_eq!(Month::parse("2025-02").unwrap().months_since(month), 3);
        assert_eq!(month.to_string(), "November 2024");
    }

    #[test]
    fn the_thirteenth_period_sorts_between_december_and_january() {
        let december = Period::of(day("2025-12-31"));
        let january = Period::of(day("2026-01-01"));
        assert!(december < Period::closing(2025) && Period::closing(2025) < january);
        assert_eq!(Period::parse("2025-13"), Ok(Period::closing(2025)));
        assert!(Period::parse("2025-14").is_err());
    }

    proptest! {
        #[test]
        fn a_day_reads_back_and_its_instant_lies_in_it(offset in 0_i32..70_000, second in 0_i64..86_400) {
            let day = day("1990-01-01").plus_days(offset);
            prop_assert_eq!(Day::parse_iso(&day.to_iso()), Ok(day));
            prop_assert_eq!(Day::of_instant(day.instant_at(second)), day);
        }
    }
}
