//! Barcodes of goods: GTIN-8, -12, -13 and -14, kept at 14 digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A barcode whose check digit holds, at 14 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(String);

/// Why a barcode is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GtinError {
    /// Not 8, 12, 13 or 14 digits.
    #[error("Barcode harus 8, 12, 13 atau 14 angka.")]
    Length,
    /// Something other than digits.
    #[error("Barcode hanya boleh berisi angka.")]
    NotDigits,
    /// Nothing but zeros, which no maker owns.
    #[error("Barcode tidak boleh nol semua.")]
    OnlyZeros,
    /// The last digit does not fit the others.
    #[error("Angka terakhir barcode tidak cocok; seharusnya {expected}. Pindai ulang.")]
    CheckDigit {
        /// The digit that would fit.
        expected: u32,
    },
}

impl GtinError {
    /// Stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            GtinError::Length => "gtin.length",
            GtinError::NotDigits => "gtin.not_digits",
            GtinError::OnlyZeros => "gtin.only_zeros",
            GtinError::CheckDigit { .. } => "gtin.check_digit",
        }
    }
}

impl Gtin {
    /// Reads a barcode as a scanner or a person gives it.
    ///
    /// # Errors
    /// [`GtinError`].
    pub fn parse(text: &str) -> Result<Gtin, GtinError> {
        let text = text.trim();
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(GtinError::NotDigits);
        }
        if !matches!(text.len(), 8 | 12 | 13 | 14) {
            return Err(GtinError::Length);
        }
        if text.bytes().all(|byte| byte == b'0') {
            return Err(GtinError::OnlyZeros);
        }
        let digits = format!("{text:0>14}");
        let expected = check_digit(&digits[..13]);
        if digits.ends_with(char::from_digit(expected, 10).unwrap_or('x')) {
            Ok(Gtin(digits))
        } else {
            Err(GtinError::CheckDigit { expected })
        }
    }

    /// All 14 digits, as they are kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Check digit after the GS1 General Specifications, 7.9: from the right, digits count three and one times in turn.
fn check_digit(thirteen: &str) -> u32 {
    let digits = thirteen.bytes().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits.zip([3, 1].into_iter().cycle()).map(|(digit, times)| digit * times).sum();
    (10 - sum % 10) % 10
}

impl fmt::Display for Gtin {
    /// The form printed on the pack: without the zeros in front, but at least eight digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zeros = self.0.bytes().take_while(|byte| *byte == b'0').count();
        let start = match zeros {
            6.. => 6,
            2..=5 => 2,
            other => other,
        };
        f.write_str(&self.0[start..])
    }
}

impl FromStr for Gtin {
    type Err = GtinError;
    fn from_str(text: &str) -> Result<Gtin, GtinError> {
        Gtin::parse(text)
    }
}

impl Serialize for Gtin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Gtin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Gtin, D::Error> {
        let text = String::deserialize(deserializer)?;
        Gtin::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn barcodes_of_every_length_are_kept_at_fourteen_digits() {
        let cases = [
            ("8992628022156", "08992628022156"),
            ("089686010947", "00089686010947"),
            ("0089686010947", "00089686010947"),
            ("96385074", "00000096385074"),
            ("18992628022153", "18992628022153"),
        ];
        for (typed, kept) in cases {
            assert_eq!(Gtin::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn a_wrong_digit_length_or_letter_is_refused() {
        let wrong = Gtin::parse("8992628022157");
        assert_eq!(wrong, Err(GtinError::CheckDigit { expected: 6 }));
        assert_eq!(Gtin::parse("123"), Err(GtinError::Length));
        assert_eq!(Gtin::parse("8992628O22156"), Err(GtinError::NotDigits));
        assert_eq!(Gtin::parse(""), Err(GtinError::Length));
        assert_eq!(Gtin::parse("00000000"), Err(GtinError::OnlyZeros));
        assert_eq!(wrong.map_err(|error| error.code()), Err("gtin.check_digit"));
    }

    #[test]
    fn it_prints_as_on_the_pack() {
        assert_eq!(Gtin::parse("8992628022156").unwrap().to_string(), "8992628022156");
        assert_eq!(Gtin::parse("089686010947").unwrap().to_string(), "089686010947");
        assert_eq!(Gtin::parse("96385074").unwrap().to_string(), "96385074");
        assert_eq!(Gtin::parse("18992628022153").unwrap().to_string(), "18992628022153");
    }
    #[test]
    fn it_travels_as_text_and_is_checked_on_arrival() {
        let code = Gtin::parse("96385074").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"00000096385074\"");
        assert_eq!(serde_json::from_str::<Gtin>("\"96385074\"").unwrap(), code);
        assert!(serde_json::from_str::<Gtin>("\"96385075\"").is_err());
    }

    proptest! {
        #[test]
        fn a_printed_barcode_reads_back_and_a_slip_in_one_digit_does_not(
            body in "[0-9]{12}",
            place in 0_usize..13,
            slip in 1_u32..10,
        ) {
            prop_assume!(body != "000000000000");
            let code = format!("{body}{}", check_digit(&format!("0{body}")));
            let read = Gtin::parse(&code).unwrap();
            prop_assert_eq!(Gtin::parse(&read.to_string()), Ok(read));
            let mut digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
            digits[place] = (digits[place] + slip) % 10;
            let slipped: String = digits.iter().map(ToString::to_string).collect();
            prop_assert!(Gtin::parse(&slipped).is_err());
        }
    }
}
