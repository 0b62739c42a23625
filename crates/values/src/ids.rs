//! Names of what is born in a form or on a device: a UUIDv7 each, so that they sort by birth.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” bukan nomor pengenal yang sah.")]
pub struct NotAnId(pub String);

impl NotAnId {
    /// Of a text that may be long.
    pub(crate) fn of(text: &str) -> NotAnId {
        NotAnId(text.chars().take(40).collect())
    }
}

/// Small types that differ only in what they name, so that none is taken for another.
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
                let hyphenated = (text.len() == 36).then(|| text.parse().ok()).flatten();
                hyphenated.map($name).ok_or_else(|| NotAnId::of(text))
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
        assert!(first < second && first.to_text() < second.to_text());
    }

    #[test]
    fn an_id_travels_as_text() {
        let id = RequestId::from_bytes([7; 16]);
        let text = "\"07070707-0707-0707-0707-070707070707\"";
        assert_eq!(serde_json::to_string(&id).unwrap(), text);
        assert_eq!(serde_json::from_str::<RequestId>(text).unwrap(), id);
        assert!(serde_json::from_str::<RequestId>("\"7\"").is_err());
    }
}
