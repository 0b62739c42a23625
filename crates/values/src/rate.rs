//! Rates: parts per million, with the span that they are for.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The span that a rate is for. A rate without it is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateBasis {
    /// For one year.
    PerYear,
    /// For one month.
    PerMonth,
    /// Once, for the whole term.
    WholeTerm,
}

/// A rate in parts per million of the base, for a named span: 6 % a year is 60.000 per year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rate {
    ppm: i64,
    basis: RateBasis,
}

impl Rate {
    /// From parts per million.
    #[must_use]
    pub const fn new(ppm: i64, basis: RateBasis) -> Rate {
        Rate { ppm, basis }
    }

    /// From basis points, as people type them: 6 % is 600.
    #[must_use]
    pub fn from_bps(bps: i32, basis: RateBasis) -> Rate {
        Rate { ppm: i64::from(bps) * 100, basis }
    }

    /// Parts per million.
    #[must_use]
    pub const fn ppm(self) -> i64 {
        self.ppm
    }

    /// The span.
    #[must_use]
    pub const fn basis(self) -> RateBasis {
        self.basis
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.ppm < 0 { "-" } else { "" };
        let parts = self.ppm.unsigned_abs();
        let fraction = format!("{:04}", parts % 10_000);
        let fraction = fraction.trim_end_matches('0');
        let comma = if fraction.is_empty() { "" } else { "," };
        let span = match self.basis {
            RateBasis::PerYear => "per tahun",
            RateBasis::PerMonth => "per bulan",
            RateBasis::WholeTerm => "sekali untuk seluruh jangka",
        };
        write!(f, "{sign}{}{comma}{fraction}% {span}", parts / 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rounding, Rupiah};

    #[test]
    fn a_rate_prints_with_its_span() {
        assert_eq!(Rate::from_bps(600, RateBasis::PerYear).to_string(), "6% per tahun");
        assert_eq!(Rate::from_bps(125, RateBasis::PerMonth).to_string(), "1,25% per bulan");
        assert_eq!(Rate::new(500, RateBasis::PerMonth).to_string(), "0,05% per bulan");
    }

    #[test]
    fn a_rate_is_taken_of_an_amount_with_one_rounding() {
        let final_tax = Rate::from_bps(50, RateBasis::PerMonth);
        let turnover = Rupiah::new(256_300_000);
        assert_eq!(turnover.times(final_tax, Rounding::Down), Ok(Rupiah::new(1_281_500)));
    }
}
