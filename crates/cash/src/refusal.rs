//! What the cash room refuses, in order of precedence.

use store::Refusal;
use values::Rupiah;

/// The cash room says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CashRefusal {
    /// A grant needs its giver.
    #[error("Tuliskan siapa yang memberi hibah.")]
    GiverMissing,
    /// Nothing, or less than nothing.
    #[error("Jumlah {asked} tidak dapat dicatat; isi lebih dari nol.")]
    NotPositive {
        /// What was asked.
        asked: Rupiah,
    },
}

impl Refusal for CashRefusal {
    fn code(&self) -> &'static str {
        match self {
            CashRefusal::GiverMissing => "cash.giver_missing",
            CashRefusal::NotPositive { .. } => "cash.not_positive",
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            CashRefusal::GiverMissing => Some("giver"),
            CashRefusal::NotPositive { .. } => Some("amount"),
        }
    }
}
