//! Hari libur: which days are no working days.
//!
//! Saturdays, Sundays and the national holidays of the table. Cuti bersama is not in the list that
//! Lumbung comes with, since it binds civil servants and each office decides for itself; the Dinas
//! adds a day where it matters. For a year without any row the answer rests on weekends alone,
//! which [`Calendar::knows`] tells.

use std::collections::BTreeMap;

use store::{Failure, Tx};
use values::{Day, Instant};

const PRESETS: &str = include_str!("holidays.csv");
const SOURCE: &str = "SKB tiga menteri tentang hari libur nasional";

/// Days that are looked at for the next working day; no row of holidays is as long.
const AHEAD_DAYS: i32 = 60;

/// Holidays of some days, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    names: BTreeMap<Day, String>,
}

impl Calendar {
    /// What a holiday is called; none for any other day.
    #[must_use]
    pub fn holiday(&self, day: Day) -> Option<&str> {
        self.names.get(&day).map(String::as_str)
    }

    /// Whether a day is neither at the weekend nor a holiday.
    #[must_use]
    pub fn is_workday(&self, day: Day) -> bool {
        !matches!(day.weekday_name(), "Sabtu" | "Minggu") && self.holiday(day).is_none()
    }

    /// The day itself where it is a working day, else the next one.
    #[must_use]
    pub fn next_workday(&self, day: Day) -> Day {
        let days = (0..AHEAD_DAYS).map(|count| day.plus_days(count));
        days.into_iter().find(|day| self.is_workday(*day)).unwrap_or(day)
    }

    /// Whether any holiday of a year was read.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.names.keys().any(|day| day.year() == year)
    }
}

/// The calendar for some days, with what is needed to find the next working day after them.
///
/// # Errors
/// A fault.
pub async fn calendar(tx: &mut Tx, from: Day, through: Day) -> Result<Calendar, Failure> {
    let rows: Vec<(Day, String)> = tx
        .all(
            "select day, name from holidays where day >= $2 and day <= $3",
            &[&from, &through.plus_days(AHEAD_DAYS)],
        )
        .await?;
    Ok(Calendar { names: rows.into_iter().collect() })
}

/// Whether a day is a working day.
///
/// # Errors
/// A fault.
pub async fn is_workday(tx: &mut Tx, day: Day) -> Result<bool, Failure> {
    Ok(calendar(tx, day, day).await?.is_workday(day))
}

/// The day itself where it is a working day, else the next one.
///
/// # Errors
/// A fault.
pub async fn next_workday(tx: &mut Tx, day: Day) -> Result<Day, Failure> {
    Ok(calendar(tx, day, day).await?.next_workday(day))
}

/// Brings the holidays that Lumbung knows into the database; tells how many were new.
///
/// # Errors
/// A fault.
pub async fn seed(tx: &mut Tx, at: Instant) -> Result<u64, Failure> {
    let mut added = 0;
    for (day, name) in presets() {
        added += tx
            .run_any(
                "insert into holidays (day, name, source, recorded_at) values ($2, $3, $4, $5)
                 on conflict (day) do nothing",
                &[&day, &name, &SOURCE, &at],
            )
            .await?;
    }
    Ok(added)
}

/// The holidays that Lumbung comes with.
pub(crate) fn presets() -> impl Iterator<Item = (Day, &'static str)> {
    PRESETS.lines().skip(1).map(|line| {
        let (day, name) = line.split_once(';').expect("holidays.csv: day and name");
        (Day::parse_iso(day).expect("holidays.csv: a day"), name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn known() -> Calendar {
        Calendar { names: presets().map(|(day, name)| (day, name.to_owned())).collect() }
    }

    #[test]
    fn both_years_have_seventeen_holidays_in_order() {
        let days: Vec<Day> = presets().map(|(day, _)| day).collect();
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        for year in [2025, 2026] {
            assert_eq!(days.iter().filter(|day| day.year() == year).count(), 17, "{year}");
        }
        assert!(known().knows(2026) && !known().knows(2027));
    }

    #[test]
    fn work_waits_for_the_next_working_day() {
        let cases = [
            ("2025-10-14", "2025-10-14"),
            ("2025-10-11", "2025-10-13"),
            ("2025-03-29", "2025-04-02"),
            ("2025-06-06", "2025-06-09"),
            ("2025-12-25", "2025-12-26"),
            ("2026-01-01", "2026-01-02"),
            ("2026-05-31", "2026-06-02"),
        ];
        for (from, next) in cases {
            assert_eq!(known().next_workday(day(from)), day(next), "{from}");
        }
        assert_eq!(known().holiday(day("2026-08-17")), Some("Hari Kemerdekaan"));
        assert!(known().is_workday(day("2026-08-18")) && !known().is_workday(day("2026-08-17")));
    }
}
