//! Moments, as a whole number of microseconds.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Day;

/// Jakarta is seven hours ahead of UTC, all year, since 1964.
const JAKARTA_MICROS: i64 = 7 * 3_600 * SECOND_MICROS;
const SECOND_MICROS: i64 = 1_000_000;
const DAY_SECONDS: i64 = 86_400;

/// A moment, in microseconds since 1970 UTC. Nothing here reads a clock: who has one hands it in.
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

    /// So many seconds later; earlier for a negative count. Stops at the ends of 64 bits.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds.saturating_mul(SECOND_MICROS)))
    }

    /// Hour and minute in Jakarta: `09.35`.
    #[must_use]
    pub fn clock(self) -> String {
        let second = self.0.saturating_add(JAKARTA_MICROS).div_euclid(SECOND_MICROS);
        let minute = second.rem_euclid(DAY_SECONDS).div_euclid(60);
        format!("{:02}.{:02}", minute.div_euclid(60), minute.rem_euclid(60))
    }

    /// Whole days in Jakarta since the first of January 1970.
    pub(crate) fn jakarta_days(self) -> i64 {
        self.0.saturating_add(JAKARTA_MICROS).div_euclid(DAY_SECONDS * SECOND_MICROS)
    }

    /// So many seconds after midnight in Jakarta, that many days after the first of January 1970.
    pub(crate) fn of_jakarta(days: i32, seconds: i64) -> Instant {
        let midnight = i64::from(days) * DAY_SECONDS;
        Instant(-JAKARTA_MICROS).plus_seconds(midnight.saturating_add(seconds))
    }
}

impl fmt::Display for Instant {
    /// Day and minute in Jakarta: `14 Okt 2025 09.35`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", Day::of_instant(*self), self.clock()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_as_a_clock_in_jakarta_shows_it() {
        let cases = [
            (0, "1 Jan 1970 07.00"),
            (-1, "1 Jan 1970 06.59"),
            (1_760_374_799_999_999, "13 Okt 2025 23.59"),
            (1_760_374_800_000_000, "14 Okt 2025 00.00"),
            (1_760_409_300_000_000, "14 Okt 2025 09.35"),
        ];
        for (micros, text) in cases {
            assert_eq!(Instant::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn the_ends_of_time_print_too() {
        assert!(Instant::from_micros(i64::MAX).to_string().starts_with("31 Des 2199"));
        assert!(Instant::from_micros(i64::MIN).to_string().starts_with("1 Jan 1900"));
        let last = Instant::from_micros(i64::MAX);
        assert_eq!(last.plus_seconds(1), last);
    }

    #[test]
    fn it_travels_as_a_number() {
        let at = Instant::from_micros(1_760_374_800_000_000);
        assert_eq!(serde_json::to_string(&at).unwrap(), "1760374800000000");
        assert_eq!(serde_json::from_str::<Instant>("1760374800000000").unwrap(), at);
    }
}
