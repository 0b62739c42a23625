//! What the suppliers' room refuses, in order of precedence.

use store::Refusal;
use values::{Day, Rupiah};

/// The suppliers' room says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SupplierRefusal {
    /// A supplier needs a name.
    #[error("Tuliskan nama pemasok.")]
    NameMissing,
    /// Somebody calls a supplier so already.
    #[error("Pemasok {name} sudah terdaftar. Pakai yang itu, atau tulis nama yang membedakannya.")]
    NameKnown {
        /// The name as it stands in the register.
        name: String,
    },
    /// A telephone number that none can be.
    #[error("Nomor telepon {phone} tidak dikenali. Tulis seperti 0812xxxxxxx atau +62812xxxxxxx.")]
    NotAPhone {
        /// What was typed.
        phone: String,
    },
    /// A tax number that none can be.
    #[error("NPWP terdiri dari 15 atau 16 angka; yang ditulis {digits} angka.")]
    NotNpwp {
        /// How many digits were typed.
        digits: usize,
    },
    /// Nobody waits so long for money.
    #[error("Tempo {days} hari tidak dapat dipakai; isi 0 sampai {most} hari.")]
    TermsOutOfRange {
        /// What was typed.
        days: i64,
        /// The longest.
        most: i64,
    },
    /// No such supplier.
    #[error("Pemasok ini tidak terdaftar. Daftarkan lebih dulu.")]
    UnknownSupplier,
    /// The same nota was typed before.
    #[error("Nota {number} dari pemasok ini sudah dicatat, bertanggal {day}.")]
    NumberKnown {
        /// Its number.
        number: String,
        /// Its day.
        day: Day,
    },
    /// Nothing, or less than nothing.
    #[error("Jumlah {asked} tidak dapat dicatat; isi lebih dari nol.")]
    NotPositive {
        /// What was asked.
        asked: Rupiah,
    },
    /// A nota for more goods than came.
    #[error("Barang yang diterima dan belum ditagih hanya {received}, tidak cukup untuk {asked}.")]
    NotReceived {
        /// What came without a nota.
        received: Rupiah,
        /// What the nota is said to be for.
        asked: Rupiah,
    },
    /// A nota that is dearer or cheaper than the goods stood in the books.
    #[error(
        "Tagihan berbeda {difference} dari nilai barang yang diterima. Cocokkan per barang pada penerimaannya."
    )]
    DifferenceUnsplit {
        /// The nota less the goods.
        difference: Rupiah,
    },
    /// No such nota of this supplier.
    #[error("Nota itu tidak ada pada pemasok ini.")]
    UnknownInvoice,
    /// More than the nota that was named.
    #[error("Nota itu tinggal {open}, tidak dapat dibayar {asked}.")]
    MoreThanInvoice {
        /// What is left of it.
        open: Rupiah,
        /// What was asked.
        asked: Rupiah,
    },
    /// More than is owed.
    #[error("Utang kepada pemasok ini {owed}, tidak dapat dibayar {asked}.")]
    MoreThanOwed {
        /// What is owed.
        owed: Rupiah,
        /// What was asked.
        asked: Rupiah,
    },
    /// More than was given before.
    #[error("Uang muka pada pemasok ini {advance}, tidak cukup untuk {asked}.")]
    MoreThanAdvance {
        /// What was given before.
        advance: Rupiah,
        /// What was asked.
        asked: Rupiah,
    },
    /// A sum that does not fit.
    #[error("Jumlahnya terlalu besar untuk dicatat.")]
    TooLarge,
}

impl From<values::Overflow> for SupplierRefusal {
    fn from(_: values::Overflow) -> SupplierRefusal {
        SupplierRefusal::TooLarge
    }
}

impl Refusal for SupplierRefusal {
    fn code(&self) -> &'static str {
        match self {
            SupplierRefusal::NameMissing => "suppliers.name_missing",
            SupplierRefusal::NameKnown { .. } => "suppliers.name_known",
            SupplierRefusal::NotAPhone { .. } => "suppliers.not_a_phone",
            SupplierRefusal::NotNpwp { .. } => "suppliers.not_npwp",
            SupplierRefusal::TermsOutOfRange { .. } => "suppliers.terms_out_of_range",
            SupplierRefusal::UnknownSupplier => "suppliers.unknown_supplier",
            SupplierRefusal::NumberKnown { .. } => "suppliers.number_known",
            SupplierRefusal::NotPositive { .. } => "suppliers.not_positive",
            SupplierRefusal::NotReceived { .. } => "suppliers.not_received",
            SupplierRefusal::DifferenceUnsplit { .. } => "suppliers.difference_unsplit",
            SupplierRefusal::UnknownInvoice => "suppliers.unknown_invoice",
            SupplierRefusal::MoreThanInvoice { .. } => "suppliers.more_than_invoice",
            SupplierRefusal::MoreThanOwed { .. } => "suppliers.more_than_owed",
            SupplierRefusal::MoreThanAdvance { .. } => "suppliers.more_than_advance",
            SupplierRefusal::TooLarge => "suppliers.too_large",
        }
    }

    fn status(&self) -> u16 {
        match self {
            SupplierRefusal::NameKnown { .. }
            | SupplierRefusal::NumberKnown { .. }
            | SupplierRefusal::NotReceived { .. }
            | SupplierRefusal::MoreThanInvoice { .. }
            | SupplierRefusal::MoreThanOwed { .. }
            | SupplierRefusal::MoreThanAdvance { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            SupplierRefusal::NameMissing | SupplierRefusal::NameKnown { .. } => Some("name"),
            SupplierRefusal::NotAPhone { .. } => Some("phone"),
            SupplierRefusal::NotNpwp { .. } => Some("npwp"),
            SupplierRefusal::TermsOutOfRange { .. } => Some("terms_days"),
            SupplierRefusal::UnknownSupplier => Some("supplier_id"),
            SupplierRefusal::NumberKnown { .. } => Some("number"),
            SupplierRefusal::UnknownInvoice => Some("invoice_id"),
            SupplierRefusal::MoreThanAdvance { .. } => Some("from_advance"),
            SupplierRefusal::NotReceived { .. } => Some("received"),
            _ => Some("amount"),
        }
    }
}
