//! Names of cooperatives and of the kelurahan that they stand in.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::NotAnId;

/// A cooperative's number: the digits of its kelurahan's code times one hundred, plus a running
/// number. Assigned once, never taken apart again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CoopId(i64);

impl CoopId {
    /// From the number itself.
    #[must_use]
    pub const fn new(number: i64) -> CoopId {
        CoopId(number)
    }

    /// The number for a cooperative of a kelurahan.
    #[must_use]
    pub fn of_kelurahan(code: &KelurahanCode, running: u8) -> CoopId {
        CoopId(code.digits() * 100 + i64::from(running))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for CoopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Code of a kelurahan after the Ministry of Home Affairs: `32.73.09.1002`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KelurahanCode(String);

impl KelurahanCode {
    /// Reads `dd.dd.dd.dddd`.
    ///
    /// # Errors
    /// [`NotAnId`] for any other form.
    pub fn parse(text: &str) -> Result<KelurahanCode, NotAnId> {
        let shape: String =
            text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        if shape == "99.99.99.9999" {
            Ok(KelurahanCode(text.to_owned()))
        } else {
            Err(NotAnId::of(text))
        }
    }

    /// The code as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of its kecamatan: `32.73.09`.
    #[must_use]
    pub fn kecamatan(&self) -> &str {
        &self.0[..8]
    }

    fn digits(&self) -> i64 {
        let digits = self.0.bytes().filter(u8::is_ascii_digit);
        digits.fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
    }
}

impl fmt::Display for KelurahanCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for KelurahanCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for KelurahanCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<KelurahanCode, D::Error> {
        let text = String::deserialize(deserializer)?;
        KelurahanCode::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cooperative_is_named_after_its_kelurahan() {
        let code = KelurahanCode::parse("32.73.09.1002").unwrap();
        assert_eq!(CoopId::of_kelurahan(&code, 1), CoopId::new(327_309_100_201));
        assert_eq!(code.kecamatan(), "32.73.09");
        for wrong in ["3273091002", "32.73.09.100", "32.73.09.10022", "aa.bb.cc.dddd", ""] {
            assert!(KelurahanCode::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_travels_as_text_and_a_cooperative_as_a_number() {
        let code = KelurahanCode::parse("32.73.09.1002").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"32.73.09.1002\"");
        assert!(serde_json::from_str::<KelurahanCode>("\"32.73\"").is_err());
        let coop = CoopId::of_kelurahan(&code, 99);
        assert_eq!(serde_json::to_string(&coop).unwrap(), "327309100299");
    }
}
