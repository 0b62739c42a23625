//! What people type: amounts, quantities and days in Indonesian ways. What could be read in two ways
//! is asked, never guessed.

mod amount;
mod date;
mod number;
mod quantity;

pub use amount::parse_amount;
pub use date::parse_day;
pub use quantity::{TypedQuantity, TypedUnit, parse_quantity};

/// What a number was typed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedAs {
    /// Money.
    Amount,
    /// Goods.
    Quantity,
}

/// Why what was typed is not taken. Its text is the sentence beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// Nothing was typed.
    #[error("Isian ini belum diisi.")]
    Empty,
    /// It can be read in two ways.
    #[error(
        "“{typed}” bisa berarti {} atau {}. Tulis {} atau {}.",
        .readings[0], .readings[1], .write[0], .write[1]
    )]
    Ambiguous {
        /// What it was typed as.
        what: TypedAs,
        /// As typed.
        typed: String,
        /// What it may mean.
        readings: [String; 2],
        /// How to type it so that it is clear.
        write: [String; 2],
    },
    /// No amount of money.
    #[error("“{0}” bukan jumlah uang. Contoh: 1.250.000 atau 1,5jt.")]
    NotAnAmount(String),
    /// A dot or comma that does not part three digits.
    #[error("Titik atau koma pada “{0}” tidak memisahkan tiga angka. Contoh: 1.250.000.")]
    MisplacedMark(String),
    /// A part of a rupiah.
    #[error("“{0}” memuat pecahan rupiah. Tulis rupiah bulat.")]
    Fraction(String),
    /// No quantity.
    #[error("“{0}” bukan banyaknya barang. Contoh: 0,35 atau 1 ½ atau 2 ons.")]
    NotAQuantity(String),
    /// Finer than a thousandth.
    #[error("“{0}” lebih halus daripada seperseribu satuan.")]
    TooFine(String),
    /// A unit that is not known.
    #[error("Satuan “{0}” tidak dikenal.")]
    UnknownUnit(String),
    /// Beyond 64 bits.
    #[error("“{typed}” terlalu besar.")]
    TooLarge {
        /// What it was typed as.
        what: TypedAs,
        /// As typed.
        typed: String,
    },
    /// No day.
    #[error("“{0}” bukan tanggal. Contoh: 31/12/2024 atau 31 Des 2024.")]
    NotADay(String),
    /// The year has not four digits.
    #[error("Tahun pada “{0}” ditulis empat angka, misalnya 2024.")]
    ShortYear(String),
    /// The day does not exist.
    #[error("Tanggal {0} tidak ada dalam kalender. Urutannya hari, bulan, tahun.")]
    NoSuchDay(String),
}

impl TypedError {
    /// Stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        use TypedAs::{Amount, Quantity};
        match self {
            TypedError::Empty => "typed.empty",
            TypedError::Ambiguous { what: Amount, .. } => "amount.ambiguous",
            TypedError::NotAnAmount(_) => "amount.not_an_amount",
            TypedError::MisplacedMark(_) => "amount.misplaced_mark",
            TypedError::Fraction(_) => "amount.fraction",
            TypedError::TooLarge { what: Amount, .. } => "amount.too_large",
            TypedError::Ambiguous { what: Quantity, .. } => "quantity.ambiguous",
            TypedError::NotAQuantity(_) => "quantity.not_a_quantity",
            TypedError::TooFine(_) => "quantity.too_fine",
            TypedError::UnknownUnit(_) => "quantity.unknown_unit",
            TypedError::TooLarge { what: Quantity, .. } => "quantity.too_large",
            TypedError::NotADay(_) => "day.not_a_day",
            TypedError::ShortYear(_) => "day.short_year",
            TypedError::NoSuchDay(_) => "day.does_not_exist",
        }
    }
}

/// Longest text that is looked at, in letters; no field of a form asks for more.
const TYPED_MAX: usize = 60;

/// A text that was typed, as it is shown again and as it is read.
struct Typed {
    shown: String,
    text: String,
}

impl Typed {
    /// Without blanks around and in small letters, or the error for one that is empty; a text that
    /// is too long is left empty, which no reader takes.
    fn new(typed: &str) -> Result<Typed, TypedError> {
        let trimmed = typed.trim();
        if trimmed.is_empty() {
            return Err(TypedError::Empty);
        }
        let shown: String = trimmed.chars().take(TYPED_MAX).collect();
        let text = if shown.len() < trimmed.len() { String::new() } else { shown.to_lowercase() };
        Ok(Typed { shown, text })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_empty_field_is_said_and_an_endless_one_is_not_read() {
        for empty in ["", "   ", "\t\u{a0}"] {
            assert_eq!(parse_amount(empty), Err(TypedError::Empty));
            assert_eq!(parse_quantity(empty), Err(TypedError::Empty));
            assert_eq!(parse_day(empty), Err(TypedError::Empty));
        }
        let endless = "1".repeat(100_000);
        assert_eq!(parse_amount(&endless).unwrap_err().code(), "amount.not_an_amount");
        assert!(parse_quantity(&endless).unwrap_err().to_string().chars().count() < 200);
        assert_eq!(parse_day(&endless).unwrap_err().code(), "day.not_a_day");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic(typed in ".{0,80}") {
            drop(parse_amount(&typed));
            drop(parse_quantity(&typed));
            drop(parse_day(&typed));
        }

        #[test]
        fn no_text_of_digits_and_marks_makes_one_panic(typed in "[-()0-9.,/ ½rpjtbkgmo]{0,30}") {
            drop(parse_amount(&typed));
            drop(parse_quantity(&typed));
            drop(parse_day(&typed));
        }
    }
}
