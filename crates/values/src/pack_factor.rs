//! What a pack holds, as an exact fraction.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Quantity;

/// A pack does not hold a whole number of thousandths, or more than 64 bits of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("isi kemasan tidak habis dibagi sampai seperseribu satuan")]
pub struct NotExact;

/// A text that is no pack factor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” bukan isi kemasan; tulis misalnya 5 atau 3/50.")]
pub struct NotAFactor(pub String);

/// How many base units one pack holds, as an exact fraction: a dus of 40 is 40, an egg of 60 g is
/// 3/50 of a kilogram. Above zero and reduced, so that equal factors are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackFactor {
    numerator: u64,
    denominator: u64,
}

impl PackFactor {
    /// One base unit.
    pub const ONE: PackFactor = PackFactor { numerator: 1, denominator: 1 };

    /// Largest upper or lower part of the fraction.
    pub const PART_MAX: u64 = 1_000_000_000;

    /// A fraction above zero; none where a part is zero or above [`PackFactor::PART_MAX`].
    #[must_use]
    pub fn new(numerator: u64, denominator: u64) -> Option<PackFactor> {
        let fits = |part: u64| (1..=PackFactor::PART_MAX).contains(&part);
        if !fits(numerator) || !fits(denominator) {
            return None;
        }
        let common = greatest_common_divisor(numerator, denominator);
        Some(PackFactor { numerator: numerator / common, denominator: denominator / common })
    }

    /// Upper part of the reduced fraction.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// Lower part of the reduced fraction.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// Base units in so many packs.
    ///
    /// # Errors
    /// [`NotExact`] where they are no whole number of thousandths, or too many.
    pub fn base_quantity(self, packs: i64) -> Result<Quantity, NotExact> {
        let packs = Quantity::whole(packs).map_err(|_| NotExact)?;
        packs.times_factor(&self)
    }

    /// Reads `5` or `3/50`.
    ///
    /// # Errors
    /// [`NotAFactor`] for anything else.
    pub fn parse(text: &str) -> Result<PackFactor, NotAFactor> {
        let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
        let read = part(top).zip(part(bottom));
        read.and_then(|(top, bottom)| PackFactor::new(top, bottom))
            .ok_or_else(|| NotAFactor(text.chars().take(40).collect()))
    }

    /// The form in which it is kept: `5`, `3/50`.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

fn part(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

impl fmt::Display for PackFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            bottom => write!(f, "{}/{bottom}", self.numerator),
        }
    }
}

impl FromStr for PackFactor {
    type Err = NotAFactor;
    fn from_str(text: &str) -> Result<PackFactor, NotAFactor> {
        PackFactor::parse(text)
    }
}

impl Serialize for PackFactor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PackFactor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PackFactor, D::Error> {
        let text = String::deserialize(deserializer)?;
        PackFactor::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn packs_are_exact_or_refused() {
        let cases = [
            ("6/100", 5, Ok(300)),
            ("40", 2, Ok(80_000)),
            ("1/3", 1, Err(NotExact)),
            ("1/3", 3, Ok(1_000)),
            ("3/50", -1, Ok(-60)),
            ("5", i64::MAX, Err(NotExact)),
            ("1000000000", 9_000_000_000, Err(NotExact)),
        ];
        for (factor, packs, milli) in cases {
            let read = PackFactor::parse(factor).unwrap();
            let held = read.base_quantity(packs).map(Quantity::milli);
            assert_eq!(held, milli, "{packs} × {factor}");
        }
    }

    #[test]
    fn a_factor_is_reduced_and_nothing_else_is_read() {
        assert_eq!(PackFactor::parse("6/100").unwrap().to_text(), "3/50");
        assert_eq!(PackFactor::parse("5/5"), Ok(PackFactor::ONE));
        for wrong in ["0", "0/5", "1/0", "-1", "+1", "a", "", "/", "1/2/3", "9999999999", "0,5"] {
            assert!(PackFactor::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_travels_as_text() {
        let egg = PackFactor::new(3, 50).unwrap();
        assert_eq!(serde_json::to_string(&egg).unwrap(), "\"3/50\"");
        assert_eq!(serde_json::from_str::<PackFactor>("\"6/100\"").unwrap(), egg);
        assert!(serde_json::from_str::<PackFactor>("\"1/0\"").is_err());
    }

    proptest! {
        #[test]
        fn a_printed_factor_reads_back(top in 1_u64..1_000_000, bottom in 1_u64..1_000_000) {
            let factor = PackFactor::new(top, bottom).unwrap();
            prop_assert_eq!(PackFactor::parse(&factor.to_text()), Ok(factor));
            let cross = |a: u64, b: u64| u128::from(a) * u128::from(b);
            prop_assert_eq!(cross(factor.numerator(), bottom), cross(factor.denominator(), top));
        }
    }
}
