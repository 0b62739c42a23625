//! What the ledger refuses, in order of precedence: in posting, in taking back (which comes before
//! the posting of the reversal), in closing.

use store::Refusal;
use values::{Day, Rupiah};

/// The journal says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerRefusal {
    /// The cooperative's books were not opened yet.
    #[error("Buku koperasi ini belum dibuka. Isi saldo awal lebih dulu.")]
    BooksNotOpened,
    /// The books were opened before.
    #[error("Buku koperasi ini sudah dibuka mulai {since}.")]
    BooksOpened {
        /// First day of the books.
        since: Day,
    },
    /// The day lies in a closed period.
    #[error(
        "Tanggal {day} sudah ditutup (buku ditutup sampai {closed_through}). Catat pada tanggal terbuka, dengan tanggal kejadian yang sebenarnya."
    )]
    ClosedPeriod {
        /// The day asked for.
        day: Day,
        /// Last closed day.
        closed_through: Day,
    },
    /// The day has not come yet.
    #[error("Tanggal {day} belum tiba (hari ini {today}).")]
    FutureDay {
        /// The day asked for.
        day: Day,
        /// Today in Jakarta.
        today: Day,
    },
    /// An entry needs lines on both sides.
    #[error("Jurnal memerlukan sedikitnya satu baris debit dan satu baris kredit.")]
    OneSided,
    /// A line's amount is zero or below.
    #[error("Baris {account} berjumlah {amount}; jumlah harus lebih dari nol.")]
    NotPositive {
        /// The line's account.
        account: String,
        /// Its amount.
        amount: Rupiah,
    },
    /// An amount is larger than the books can hold.
    #[error("Jumlahnya terlalu besar untuk dicatat.")]
    TooLarge,
    /// No such account.
    #[error("Akun {account} tidak ada dalam bagan akun.")]
    UnknownAccount {
        /// The code asked for.
        account: String,
    },
    /// The cooperative closed this account.
    #[error("Akun {account} sudah ditutup di koperasi ini sejak {since}.")]
    ClosedAccount {
        /// The code asked for.
        account: String,
        /// First day on which it may not be used.
        since: Day,
    },
    /// The account belongs to another unit.
    #[error("Akun {account} hanya untuk unit {unit}.")]
    OtherUnit {
        /// The code asked for.
        account: String,
        /// The unit it belongs to.
        unit: &'static str,
    },
    /// A control account without the names behind it, or with others than it keeps.
    #[error("Akun {account} memerlukan rincian {kind} yang jumlahnya sama dengan barisnya.")]
    DetailsMissing {
        /// The control account.
        account: String,
        /// The kind of name it keeps.
        kind: &'static str,
    },
    /// Names behind an account that keeps none.
    #[error("Akun {account} tidak mempunyai buku pembantu; rinciannya tidak dapat dicatat.")]
    DetailsUnwanted {
        /// The account.
        account: String,
    },
    /// Debits and kredits differ.
    #[error("Debit {debit} tidak sama dengan kredit {credit}.")]
    Unbalanced {
        /// Sum of debits.
        debit: Rupiah,
        /// Sum of kredits.
        credit: Rupiah,
    },
    /// Cash or bank would go below zero.
    #[error("Saldo {name} hanya {available}, tidak cukup untuk {asked}.")]
    CashBelowZero {
        /// The account's name.
        name: &'static str,
        /// What is there.
        available: Rupiah,
        /// What the entry takes.
        asked: Rupiah,
    },
    /// A correction needs its reason.
    #[error("Tuliskan alasan pembalikan.")]
    ReasonMissing,
    /// Nothing to take back.
    #[error("Jurnal nomor {entry_no} tidak ada.")]
    UnknownEntry {
        /// The number asked for.
        entry_no: i64,
    },
    /// A reversal of a reversal hides what happened.
    #[error("Jurnal nomor {entry_no} adalah jurnal pembalik; catat jurnal yang baru.")]
    IsReversal {
        /// The number asked for.
        entry_no: i64,
    },
    /// Taken back before.
    #[error("Jurnal nomor {entry_no} sudah dibalik oleh jurnal nomor {by}.")]
    AlreadyReversed {
        /// The number asked for.
        entry_no: i64,
        /// The entry that took it back.
        by: i64,
    },
    /// Closing goes forward only.
    #[error("Buku sudah ditutup sampai {closed_through}.")]
    ClosedBefore {
        /// Last closed day.
        closed_through: Day,
    },
    /// Accounts that must be empty at a closing are not.
    #[error("Akun {account} masih bersaldo {balance}; harus nol sebelum buku ditutup.")]
    NotEmptyAtClose {
        /// The account.
        account: &'static str,
        /// Its balance, debit positive.
        balance: Rupiah,
    },
}

impl Refusal for LedgerRefusal {
    fn code(&self) -> &'static str {
        match self {
            LedgerRefusal::BooksNotOpened => "ledger.books_not_opened",
            LedgerRefusal::BooksOpened { .. } => "ledger.books_opened",
            LedgerRefusal::ClosedPeriod { .. } => "ledger.closed_period",
            LedgerRefusal::FutureDay { .. } => "ledger.future_day",
            LedgerRefusal::OneSided => "ledger.one_sided",
            LedgerRefusal::NotPositive { .. } => "ledger.not_positive",
            LedgerRefusal::TooLarge => "ledger.too_large",
            LedgerRefusal::UnknownAccount { .. } => "ledger.unknown_account",
            LedgerRefusal::ClosedAccount { .. } => "ledger.closed_account",
            LedgerRefusal::OtherUnit { .. } => "ledger.other_unit",
            LedgerRefusal::DetailsMissing { .. } => "ledger.details_missing",
            LedgerRefusal::DetailsUnwanted { .. } => "ledger.details_unwanted",
            LedgerRefusal::Unbalanced { .. } => "ledger.unbalanced",
            LedgerRefusal::CashBelowZero { .. } => "ledger.cash_below_zero",
            LedgerRefusal::ReasonMissing => "ledger.reason_missing",
            LedgerRefusal::UnknownEntry { .. } => "ledger.unknown_entry",
            LedgerRefusal::IsReversal { .. } => "ledger.is_reversal",
            LedgerRefusal::AlreadyReversed { .. } => "ledger.already_reversed",
            LedgerRefusal::ClosedBefore { .. } => "ledger.closed_before",
            LedgerRefusal::NotEmptyAtClose { .. } => "ledger.not_empty_at_close",
        }
    }

    fn status(&self) -> u16 {
        match self {
            LedgerRefusal::BooksNotOpened
            | LedgerRefusal::BooksOpened { .. }
            | LedgerRefusal::ClosedPeriod { .. }
            | LedgerRefusal::CashBelowZero { .. }
            | LedgerRefusal::AlreadyReversed { .. }
            | LedgerRefusal::ClosedBefore { .. }
            | LedgerRefusal::NotEmptyAtClose { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            LedgerRefusal::ClosedPeriod { .. } | LedgerRefusal::FutureDay { .. } => Some("day"),
            LedgerRefusal::NotPositive { .. } | LedgerRefusal::TooLarge => Some("amount"),
            LedgerRefusal::ReasonMissing => Some("reason"),
            _ => None,
        }
    }
}
