//! Names of things: cooperatives by a number, what is born in a form or on a device by a UUIDv7.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” bukan nomor pengenal yang sah.")]
pub struct NotAnId(pub String);

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
            Err(NotAnId(text.to_owned()))
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

/// Twelve small types that differ only in what they name.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new one, born now: it sorts after those born before.
            #[must_use]
            pub fn new_v7() -> $name {
                $name(Uuid::now_v7())
            }

            /// From bytes that somebody else chose: a demonstration or a test.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> $name {
                $name(Uuid::from_bytes(bytes))
            }

            /// Reads the hyphenated form.
            ///
            /// # Errors
            /// [`NotAnId`] for anything else.
            pub fn parse(text: &str) -> Result<$name, NotAnId> {
                if text.len() != 36 {
                    return Err(NotAnId(text.chars().take(40).collect()));
                }
                text.parse().map($name).map_err(|_| NotAnId(text.to_owned()))
            }

            /// The hyphenated form, lower case.
            #[must_use]
            pub fn to_text(&self) -> String {
                self.0.hyphenated().to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<$name, NotAnId> {
                $name::parse(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_text())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = String::deserialize(deserializer)?;
                $name::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// The sender's id of a request, made when the form or the cart opens.
    RequestId;
    /// A person who signs in.
    PersonId;
    /// A person's place in a cooperative or office.
    SeatId;
    /// A member, or one who asks to become one.
    MemberId;
    /// Goods of a shop.
    GoodId;
    /// A way goods are packed and sold.
    PackId;
    /// A supplier.
    SupplierId;
    /// A sale.
    SaleId;
    /// A document: invoice, delivery, session, price list.
    DocumentId;
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
    fn an_id_comes_back_from_its_text_and_nothing_else_does() {
        let id = MemberId::new_v7();
        assert_eq!(MemberId::parse(&id.to_text()), Ok(id));
        for wrong in ["", "0", "{00000000-0000-7000-8000-000000000000}", &id.to_text()[1..]] {
            assert!(MemberId::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ids_born_later_sort_later() {
        let (first, second) = (SaleId::new_v7(), SaleId::new_v7());
        assert!(first < second);
    }
}
