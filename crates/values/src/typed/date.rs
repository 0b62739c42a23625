//! Days as people type them: the day first, always.

use super::{Typed, TypedError};
use crate::Day;
use crate::month::month_number;

/// Reads a day: `31/12/2024`, `31-12-2024`, `2024-12-31`, `31 Des 2024`. The month never comes first,
/// and a year has four digits.
///
/// # Errors
/// [`TypedError`]: empty, not a day, a short year, a day that does not exist.
pub fn parse_day(typed: &str) -> Result<Day, TypedError> {
    let Typed { shown, text } = Typed::new(typed)?;
    let wrong = || TypedError::NotADay(shown.clone());
    let parts: Vec<&str> =
        text.split(['/', '-', '.', ',', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, middle, last] = parts[..] else { return Err(wrong()) };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let month = number(middle).or_else(|| month_number(middle).map(i16::from)).ok_or_else(wrong)?;
    let (day_number, year_number) = number(day).zip(number(year)).ok_or_else(wrong)?;
    if year.len() != 4 {
        return Err(TypedError::ShortYear(shown));
    }
    let small =
        |number: i16| i8::try_from(number).map_err(|_| TypedError::NoSuchDay(shown.clone()));
    Day::new(year_number, small(month)?, small(day_number)?)
        .map_err(|_| TypedError::NoSuchDay(shown.clone()))
}

/// Digits only: no sign.
fn number(text: &str) -> Option<i16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_with_the_day_first() {
        let cases = [
            ("31/12/2024", "2024-12-31"),
            ("31-12-2024", "2024-12-31"),
            ("31.12.2024", "2024-12-31"),
            ("2024-12-31", "2024-12-31"),
            ("31 Des 2024", "2024-12-31"),
            ("31 DESEMBER 2024", "2024-12-31"),
            ("31-Des-2024", "2024-12-31"),
            (" 3 / 4 / 2025 ", "2025-04-03"),
            ("14 Okt 2025", "2025-10-14"),
            ("14 oktober 2025", "2025-10-14"),
            ("17 Agt 2025", "2025-08-17"),
            ("29/2/2024", "2024-02-29"),
        ];
        for (typed, iso) in cases {
            assert_eq!(parse_day(typed).map(|day| day.to_iso()), Ok(iso.into()), "{typed}");
        }
    }

    #[test]
    fn doubtful_days_are_refused_with_their_code() {
        let cases = [
            ("30/2/2024", "day.does_not_exist"),
            ("29/2/2023", "day.does_not_exist"),
            ("12/31/2024", "day.does_not_exist"),
            ("300/1/2024", "day.does_not_exist"),
            ("1/1/1024", "day.does_not_exist"),
            ("1/1/24", "day.short_year"),
            ("14 Okt 25", "day.short_year"),
            ("kemarin", "day.not_a_day"),
            ("1/1", "day.not_a_day"),
            ("1/1/2024 10.00", "day.not_a_day"),
            ("1 Foo 2024", "day.not_a_day"),
            ("+1/1/2024", "day.not_a_day"),
            ("１/1/2024", "day.not_a_day"),
        ];
        for (typed, code) in cases {
            assert_eq!(parse_day(typed).map_err(|error| error.code()), Err(code), "{typed}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_said() {
        let said = parse_day("30/2/2024").unwrap_err().to_string();
        let sentence = "Tanggal 30/2/2024 tidak ada dalam kalender. Urutannya hari, bulan, tahun.";
        assert_eq!(said, sentence);
    }

    proptest! {
        #[test]
        fn a_printed_day_reads_back(offset in 0_i32..109_000) {
            let day = Day::parse_iso("1900-01-01").unwrap().plus_days(offset);
            prop_assert_eq!(parse_day(&day.to_string()), Ok(day));
            prop_assert_eq!(parse_day(&day.long()), Ok(day));
            prop_assert_eq!(parse_day(&day.to_iso()), Ok(day));
        }
    }
}
