//! Forms: read what was typed, say at each field what is wrong, lose nothing.

use std::collections::BTreeMap;

use store::Refusal;
use values::{
    Day, Quantity, RequestId, Rupiah, TypedError, TypedQuantity, TypedUnit, parse_amount,
    parse_day, parse_quantity,
};

use crate::Problem;

/// Largest form that is read.
pub const FORM_MAX: usize = 64 * 1024;
/// Most fields that are read.
pub const FIELDS_MAX: usize = 400;

/// What a person typed, by field name, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    values: BTreeMap<String, Vec<String>>,
    errors: BTreeMap<String, String>,
    /// What concerns no single field.
    pub general: Option<String>,
    /// The form's request id, made when it was drawn.
    pub request: Option<RequestId>,
    /// The cooperative that it was drawn for, and the session's token, as hidden fields.
    pub hidden: Hidden,
}

/// What every form carries unseen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The cooperative's number.
    pub coop: String,
    /// Proof that the form came from a page of this session.
    pub csrf: String,
}

impl Fields {
    /// An empty form, drawn now, with its own request id.
    #[must_use]
    pub fn blank(hidden: Hidden) -> Fields {
        Fields { request: Some(RequestId::new_v7()), hidden, ..Fields::default() }
    }

    /// Reads an encoded body.
    ///
    /// # Errors
    /// 400 where it is no form: too many fields, or text that is not UTF-8.
    pub fn read(body: &[u8]) -> Result<Fields, Problem> {
        let mut fields = Fields::default();
        if std::str::from_utf8(body).is_err() || has_broken_utf8(body) {
            return Err(Problem::malformed("Isian memuat huruf yang rusak; ketik ulang."));
        }
        for (count, (name, value)) in form_urlencoded::parse(body).enumerate() {
            if count >= FIELDS_MAX {
                return Err(Problem::malformed("Isian terlalu banyak untuk satu formulir."));
            }
            let value = value.replace("\r\n", "\n");
            fields.values.entry(name.into_owned()).or_default().push(value);
        }
        fields.request = RequestId::parse(fields.value("request_id")).ok();
        fields.hidden.coop = fields.value("coop").to_owned();
        fields.hidden.csrf = fields.value("csrf").to_owned();
        Ok(fields)
    }

    /// Puts a value into a field, as a suggestion.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Fields {
        self.values.insert(name.to_owned(), vec![value.to_string()]);
        self
    }

    /// What stands in a field; empty where nothing does.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a field that comes several times.
    #[must_use]
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a choice holds this value.
    #[must_use]
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// What is wrong with a field; empty where nothing is.
    #[must_use]
    pub fn error(&self, name: &str) -> &str {
        self.errors.get(name).map_or("", String::as_str)
    }

    /// Whether a field is wrong.
    #[must_use]
    pub fn is_wrong(&self, name: &str) -> bool {
        self.errors.contains_key(name)
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty() || self.general.is_some()
    }

    /// The request id as text.
    #[must_use]
    pub fn request_text(&self) -> String {
        self.request.map(|request| request.to_text()).unwrap_or_default()
    }

    /// Says what is wrong with a field.
    pub fn wrong(&mut self, name: &str, sentence: impl ToString) {
        self.errors.entry(name.to_owned()).or_insert_with(|| sentence.to_string());
    }

    /// Puts a refusal at its field, or above the form.
    pub fn refused(&mut self, refusal: &dyn Refusal) {
        match refusal.field() {
            Some(field) => self.wrong(field, refusal),
            None => self.general = Some(refusal.to_string()),
        }
    }

    /// Text that must be there, at most `longest` letters.
    pub fn text(&mut self, name: &str, longest: usize) -> String {
        let text = self.maybe_text(name, longest);
        if text.is_empty() {
            self.wrong(name, TypedError::Empty);
        }
        text
    }

    /// Text that may be missing.
    pub fn maybe_text(&mut self, name: &str, longest: usize) -> String {
        let text = self.value(name).trim().to_owned();
        if text.chars().count() > longest {
            self.wrong(name, format!("Paling banyak {longest} huruf."));
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            self.wrong(name, "Isian memuat tanda yang tidak dapat dicetak.");
        }
        text
    }

    /// An amount of money, zero where it is wrong.
    pub fn amount(&mut self, name: &str) -> Rupiah {
        self.typed(name, parse_amount)
    }

    /// An amount of money, or none where nothing was typed.
    pub fn maybe_amount(&mut self, name: &str) -> Option<Rupiah> {
        if self.value(name).trim().is_empty() { None } else { Some(self.amount(name)) }
    }

    /// A day; the form's other errors count first where it is wrong.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        match parse_day(self.value(name)) {
            Ok(day) => Some(day),
            Err(error) => {
                self.wrong(name, error);
                None
            }
        }
    }

    /// A quantity in thousandths, in the unit that the field stands for; a typed unit that is none
    /// of those allowed is refused, since "3 dus" is not three kilograms.
    pub fn quantity(&mut self, name: &str, allowed: &[TypedUnit]) -> Quantity {
        match parse_quantity(self.value(name)) {
            Ok(TypedQuantity { quantity, unit }) => {
                if unit.is_some_and(|unit| !allowed.contains(&unit)) {
                    self.wrong(
                        name,
                        "Satuan ini tidak cocok untuk isian ini; tulis angkanya saja.",
                    );
                }
                quantity
            }
            Err(error) => {
                self.wrong(name, error);
                Quantity::ZERO
            }
        }
    }

    /// A whole number within bounds, the lower bound where it is wrong.
    pub fn count(&mut self, name: &str, least: i64, most: i64) -> i64 {
        let typed = self.value(name).trim().to_owned();
        match typed.parse::<i64>() {
            Ok(count) if (least..=most).contains(&count) => count,
            _ => {
                self.wrong(name, format!("Isi angka bulat {least} sampai {most}."));
                least
            }
        }
    }

    fn typed<T: Default>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, TypedError>) -> T {
        let read = read(self.value(name));
        read.unwrap_or_else(|error| {
            self.wrong(name, error);
            T::default()
        })
    }
}

/// Percent-encoded bytes that do not make up UTF-8: the decoder would quietly replace them.
fn has_broken_utf8(body: &[u8]) -> bool {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|n| u8::try_from(n).ok());
        let pair = (byte == b'%' && after.len() >= 2).then(|| (hex(after[0]), hex(after[1])));
        match pair {
            Some((Some(high), Some(low))) => {
                decoded.push(high * 16 + low);
                rest = &after[2..];
            }
            _ => {
                decoded.push(byte);
                rest = after;
            }
        }
    }
    std::str::from_utf8(&decoded).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_all_its_errors_at_once_and_nothing_is_lost() {
        let body = b"name=&amount=1%2C250&day=30%2F2%2F2024&note=a%0D%0Ab&count=9";
        let mut fields = Fields::read(body).unwrap();
        fields.text("name", 10);
        fields.amount("amount");
        assert_eq!(fields.day("day"), None);
        assert_eq!(fields.count("count", 1, 5), 1);
        assert_eq!(fields.maybe_text("note", 10), "a\nb");
        assert!(fields.error("amount").contains("bisa berarti"));
        assert!(fields.is_wrong("name") && fields.is_wrong("day") && fields.is_wrong("count"));
        assert_eq!(fields.value("amount"), "1,250");
    }

    #[test]
    fn broken_letters_and_endless_forms_are_refused() {
        assert_eq!(Fields::read(b"name=%ff%fe").unwrap_err().status, 400);
        assert_eq!(Fields::read(&[b'a', b'=', 0xff]).unwrap_err().status, 400);
        let endless = "a=1&".repeat(FIELDS_MAX + 1);
        assert_eq!(Fields::read(endless.as_bytes()).unwrap_err().status, 400);
        assert!(Fields::read("name=%C3%A9+%".as_bytes()).is_ok());
    }

    #[test]
    fn letters_that_cannot_be_printed_are_refused() {
        let mut fields = Fields::read(b"name=a%00b").unwrap();
        fields.text("name", 10);
        assert!(fields.is_wrong("name"));
    }
}
