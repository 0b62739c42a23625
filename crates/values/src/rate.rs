//! Rates: parts per million, with the span that they are for.

use std::fmt;
use std::str::FromStr;

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

/// Spans as they are printed first, and as they are typed.
const SPANS: [(&str, RateBasis); 9] = [
    ("per tahun", RateBasis::PerYear),
    ("/tahun", RateBasis::PerYear),
    ("setahun", RateBasis::PerYear),
    ("per bulan", RateBasis::PerMonth),
    ("/bulan", RateBasis::PerMonth),
    ("sebulan", RateBasis::PerMonth),
    ("sekali untuk seluruh jangka", RateBasis::WholeTerm),
    ("untuk seluruh jangka", RateBasis::WholeTerm),
    ("sekali", RateBasis::WholeTerm),
];

/// Decimals of a percentage that parts per million can hold.
const DECIMALS: usize = 4;
/// Parts per million in one percent.
const PERCENT_PPM: u64 = 10_000;

/// A rate in parts per million of the base, for a named span: 6 % a year is 60.000 per year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rate {
    ppm: i64,
    basis: RateBasis,
}

/// Why a text is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// No percentage.
    #[error("“{0}” bukan suku. Contoh: 6% per tahun atau 1,25% per bulan.")]
    NotARate(String),
    /// The span is missing or unknown.
    #[error("“{0}” belum menyebut jangkanya: per tahun, per bulan atau sekali.")]
    NoBasis(String),
    /// Finer than one part per million.
    #[error("“{0}” lebih halus daripada 0,0001%.")]
    TooFine(String),
    /// Beyond 64 bits.
    #[error("“{0}” terlalu besar.")]
    TooLarge(String),
}

impl RateError {
    /// Stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            RateError::NotARate(_) => "rate.not_a_rate",
            RateError::NoBasis(_) => "rate.no_basis",
            RateError::TooFine(_) => "rate.too_fine",
            RateError::TooLarge(_) => "rate.too_large",
        }
    }
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

    /// Reads `6% per tahun`, `1,25 % sebulan`, `6,5% sekali`. The decimals come after a comma.
    ///
    /// # Errors
    /// [`RateError`].
    pub fn parse(text: &str) -> Result<Rate, RateError> {
        let shown = || text.trim().chars().take(60).collect::<String>();
        let lower = text.trim().to_lowercase().replace("persen", "%");
        let (percent, span) = lower.split_once('%').ok_or_else(|| RateError::NotARate(shown()))?;
        let (percent, span) = (percent.trim(), span.trim());
        let basis = SPANS.iter().find(|(name, _)| *name == span).map(|(_, basis)| *basis);
        let (digits, sign) = percent.strip_prefix('-').map_or((percent, 1), |rest| (rest, -1));
        let (whole, decimals) = digits.split_once(',').unwrap_or((digits, "0"));
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(decimals) {
            return Err(RateError::NotARate(shown()));
        }
        let basis = basis.ok_or_else(|| RateError::NoBasis(shown()))?;
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > DECIMALS {
            return Err(RateError::TooFine(shown()));
        }
        let parts = format!("{whole}{decimals:0<DECIMALS$}").parse::<i128>().ok();
        let ppm = parts.and_then(|parts| i64::try_from(sign * parts).ok());
        ppm.map(|ppm| Rate { ppm, basis }).ok_or_else(|| RateError::TooLarge(shown()))
    }
}

impl FromStr for Rate {
    type Err = RateError;
    fn from_str(text: &str) -> Result<Rate, RateError> {
        Rate::parse(text)
    }
}

impl fmt::Display for RateBasis {
    /// `per tahun`, `per bulan`, `sekali untuk seluruh jangka`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = SPANS.iter().find(|(_, basis)| basis == self).map(|(name, _)| *name);
        f.pad(name.expect("every span has a name"))
    }
}

impl fmt::Display for Rate {
    /// `6% per tahun`, `1,25% per bulan`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.ppm < 0 { "-" } else { "" };
        let parts = self.ppm.unsigned_abs();
        let decimals = format!("{:0DECIMALS$}", parts.rem_euclid(PERCENT_PPM));
        let decimals = decimals.trim_end_matches('0');
        let comma = if decimals.is_empty() { "" } else { "," };
        let percent = parts.div_euclid(PERCENT_PPM);
        f.pad(&format!("{sign}{percent}{comma}{decimals}% {}", self.basis))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Rounding, Rupiah};

    #[test]
    fn a_rate_prints_with_its_span() {
        let cases = [
            (Rate::from_bps(600, RateBasis::PerYear), "6% per tahun"),
            (Rate::from_bps(125, RateBasis::PerMonth), "1,25% per bulan"),
            (Rate::new(500, RateBasis::PerMonth), "0,05% per bulan"),
            (Rate::new(65_000, RateBasis::WholeTerm), "6,5% sekali untuk seluruh jangka"),
            (Rate::new(-1, RateBasis::PerYear), "-0,0001% per tahun"),
        ];
        for (rate, text) in cases {
            assert_eq!(rate.to_string(), text);
        }
    }

    #[test]
    fn a_rate_is_read_as_people_write_it() {
        let cases = [
            ("6% per tahun", 60_000, RateBasis::PerYear),
            ("6 % setahun", 60_000, RateBasis::PerYear),
            ("1,25%/bulan", 12_500, RateBasis::PerMonth),
            ("1,2500 persen per bulan", 12_500, RateBasis::PerMonth),
            ("6,5% SEKALI", 65_000, RateBasis::WholeTerm),
        ];
        for (text, ppm, basis) in cases {
            assert_eq!(Rate::parse(text), Ok(Rate::new(ppm, basis)), "{text}");
        }
        let refused = [
            ("", "rate.not_a_rate"),
            ("6 per tahun", "rate.not_a_rate"),
            ("1.25% per bulan", "rate.not_a_rate"),
            ("% per bulan", "rate.not_a_rate"),
            ("1,% per bulan", "rate.not_a_rate"),
            ("6%", "rate.no_basis"),
            ("6% per hari", "rate.no_basis"),
            ("0,00001% per tahun", "rate.too_fine"),
            ("999999999999999999% per tahun", "rate.too_large"),
        ];
        for (text, code) in refused {
            assert_eq!(Rate::parse(text).map_err(|error| error.code()), Err(code), "{text}");
        }
    }

    #[test]
    fn a_rate_is_taken_of_an_amount_with_one_rounding() {
        let final_tax = Rate::from_bps(50, RateBasis::PerMonth);
        let turnover = Rupiah::new(256_300_000);
        assert_eq!(turnover.times(final_tax, Rounding::Down), Ok(Rupiah::new(1_281_500)));
    }

    #[test]
    fn it_travels_with_its_span() {
        let rate = Rate::from_bps(600, RateBasis::PerYear);
        let text = r#"{"ppm":60000,"basis":"per_year"}"#;
        assert_eq!(serde_json::to_string(&rate).unwrap(), text);
        assert_eq!(serde_json::from_str::<Rate>(text).unwrap(), rate);
        assert!(serde_json::from_str::<Rate>(r#"{"ppm":60000}"#).is_err());
    }

    proptest! {
        #[test]
        fn a_printed_rate_reads_back(ppm in any::<i64>(), which in 0_usize..3) {
            let basis = [RateBasis::PerYear, RateBasis::PerMonth, RateBasis::WholeTerm][which];
            let rate = Rate::new(ppm, basis);
            prop_assert_eq!(Rate::parse(&rate.to_string()), Ok(rate));
        }
    }
}
