//! What the cash room refuses, in order of precedence.

use store::Refusal;
use values::{Day, Rupiah};

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
    /// The hash of a paper that is none.
    #[error("Bukti itu tidak dikenali. Unggah foto atau suratnya lebih dulu.")]
    NotEvidence,
    /// Result accounts, suspense and what is on its way have no opening balance.
    #[error(
        "Akun {account} tidak dapat diisi saldo awal. Isi akun neraca saja; hasil usaha tahun berjalan masuk ke 31302."
    )]
    NoOpeningAccount {
        /// The code asked for.
        account: String,
    },
    /// No such unit.
    #[error("Unit {unit} tidak ada. Pilih PST, TOK, USP, AST, KOL, atau LPG.")]
    UnknownUnit {
        /// The code asked for.
        unit: String,
    },
    /// The names behind a balance do not add up to it.
    #[error("Rincian {name} berjumlah {names}, saldonya {control}. Samakan dulu per nama.")]
    SubledgerDiffers {
        /// The account's name.
        name: &'static str,
        /// The balance.
        control: Rupiah,
        /// The names' sum.
        names: Rupiah,
    },
    /// The balances do not balance and nobody says so.
    #[error(
        "Saldo awal selisih {difference}. Periksa lagi; bila memang tidak diketahui, dua orang menyebut selisih itu dan mencatatnya di 31301."
    )]
    DifferenceUnnamed {
        /// Debits less kredits.
        difference: Rupiah,
    },
    /// The named difference is not the real one.
    #[error("Selisih yang disebut {named}, menurut isian {real}. Samakan dulu.")]
    DifferenceDiffers {
        /// What was named.
        named: Rupiah,
        /// What the balances say.
        real: Rupiah,
    },
    /// The difference is named by somebody who does not act.
    #[error("Selisih disebut oleh orang yang mengisi saldo awal ini. Masuklah sebagai orang itu.")]
    NamedByOther,
    /// Money does not move from a place to itself.
    #[error("Asal dan tujuan sama-sama {name}. Pilih tempat yang lain.")]
    SameAccount {
        /// The account's name.
        name: &'static str,
    },
    /// No such hand-over.
    #[error("Pengiriman kas ini tidak ada. Minta pengirim mencatatnya lebih dulu.")]
    UnknownTransfer,
    /// Confirmed before.
    #[error("Pengiriman kas ini sudah diterima.")]
    TransferArrived,
    /// Taken back before.
    #[error("Pengiriman kas ini sudah dibatalkan pengirimnya.")]
    TransferTakenBack,
    /// Somebody else wants it back.
    #[error("Hanya pengirim yang dapat membatalkan pengiriman kas ini.")]
    OnlySender,
    /// A session belongs to a device.
    #[error("Kode perangkat belum diisi. Daftarkan perangkat ini lebih dulu.")]
    DeviceMissing,
    /// The safe and the bank are not opened by a cashier.
    #[error("{name} bukan laci kasir.")]
    NotADrawer {
        /// The account's name.
        name: &'static str,
    },
    /// No such note or coin, or not so many.
    #[error(
        "Pecahan {denomination} sebanyak {pieces} tidak dapat dihitung. Periksa pecahan dan jumlahnya."
    )]
    UnknownDenomination {
        /// Worth of one piece.
        denomination: i64,
        /// How many.
        pieces: i64,
    },
    /// No such session.
    #[error("Sesi laci ini tidak ada. Buka laci lebih dulu.")]
    UnknownSession,
    /// The session has ended.
    #[error("Sesi laci ini sudah ditutup. Buka sesi baru.")]
    SessionClosed,
    /// The count stands; nothing moves any more.
    #[error("Laci ini sudah dihitung. Selesaikan penutupannya, lalu buka sesi baru.")]
    SessionCounted,
    /// The count is in the journal.
    #[error("Selisih laci ini sudah dicatat, hitungannya tidak dapat diganti.")]
    DifferencePosted,
    /// One person counts once.
    #[error("Anda sudah menghitung laci ini. Bila ragu, minta orang lain menghitung ulang.")]
    CountedBefore,
    /// The count is missing.
    #[error("Laci ini belum dihitung. Hitung uangnya lebih dulu.")]
    NotCounted,
    /// The journal knows all of the difference.
    #[error("Tidak ada selisih yang perlu dicatat.")]
    NothingToPost,
    /// Stock and debts have events of their own.
    #[error(
        "Akun {account} bukan pengeluaran kecil. Barang dagangan dan utang dicatat di menunya sendiri."
    )]
    NotAnExpense {
        /// The code asked for.
        account: String,
    },
    /// What happened must be said.
    #[error("Tuliskan sebabnya dengan singkat.")]
    ReasonMissing,
    /// Consent to repay where nothing is short.
    #[error("Uangnya tidak kurang, jadi tidak ada yang ditanggung kasir.")]
    NoShortage,
    /// A difference waits for its reason.
    #[error("Masih ada selisih {open} yang belum dicatat sebabnya.")]
    DifferenceOpen {
        /// What is not posted.
        open: Rupiah,
    },
    /// One person on both ends.
    #[error("Harus dua orang yang berbeda: yang memberi dan yang memastikan.")]
    SamePerson,
    /// One cashier, one open drawer.
    #[error("Kasir ini masih memegang laci yang terbuka. Tutup dulu laci itu.")]
    CashierHasDrawer,
    /// One device, one open drawer.
    #[error("Di perangkat {device} masih ada laci yang terbuka. Tutup atau serah terimakan dulu.")]
    DeviceHasDrawer {
        /// Its code.
        device: String,
    },
    /// The money is meant for another account.
    #[error("Uang atau laci ini milik {name}. Pilih yang sesuai.")]
    OtherDrawer {
        /// The account it belongs to.
        name: &'static str,
    },
    /// It cannot arrive before it left.
    #[error("Kas ini baru dikirim pada {sent_day}; tanggal terima tidak boleh lebih awal.")]
    BeforeSent {
        /// Accounting day of sending.
        sent_day: Day,
    },
    /// The two ends counted differently.
    #[error(
        "Yang diserahkan {sent}, yang dihitung {counted}. Hitung bersama; bila tetap berbeda, pemberi membatalkan dan menghitung ulang."
    )]
    AmountDiffers {
        /// What the giver counted.
        sent: Rupiah,
        /// What the taker counted.
        counted: Rupiah,
    },
    /// More than is there, or less than nothing.
    #[error("Setoran {asked} tidak sesuai dengan isi laci {counted}.")]
    DepositTooLarge {
        /// What is in the drawer.
        counted: Rupiah,
        /// What was asked.
        asked: Rupiah,
    },
    /// More than the books can hold.
    #[error("Jumlahnya terlalu besar untuk dicatat.")]
    TooLarge,
}

impl Refusal for CashRefusal {
    fn code(&self) -> &'static str {
        match self {
            CashRefusal::GiverMissing => "cash.giver_missing",
            CashRefusal::NotPositive { .. } => "cash.not_positive",
            CashRefusal::NotEvidence => "cash.not_evidence",
            CashRefusal::NoOpeningAccount { .. } => "cash.no_opening_account",
            CashRefusal::UnknownUnit { .. } => "cash.unknown_unit",
            CashRefusal::SubledgerDiffers { .. } => "cash.subledger_differs",
            CashRefusal::DifferenceUnnamed { .. } => "cash.difference_unnamed",
            CashRefusal::DifferenceDiffers { .. } => "cash.difference_differs",
            CashRefusal::NamedByOther => "cash.named_by_other",
            CashRefusal::SameAccount { .. } => "cash.same_account",
            CashRefusal::UnknownTransfer => "cash.unknown_transfer",
            CashRefusal::TransferArrived => "cash.transfer_arrived",
            CashRefusal::TransferTakenBack => "cash.transfer_taken_back",
            CashRefusal::OnlySender => "cash.only_sender",
            CashRefusal::DeviceMissing => "cash.device_missing",
            CashRefusal::NotADrawer { .. } => "cash.not_a_drawer",
            CashRefusal::UnknownDenomination { .. } => "cash.unknown_denomination",
            CashRefusal::UnknownSession => "cash.unknown_session",
            CashRefusal::SessionClosed => "cash.session_closed",
            CashRefusal::SessionCounted => "cash.session_counted",
            CashRefusal::DifferencePosted => "cash.difference_posted",
            CashRefusal::CountedBefore => "cash.counted_before",
            CashRefusal::NotCounted => "cash.not_counted",
            CashRefusal::NothingToPost => "cash.nothing_to_post",
            CashRefusal::NotAnExpense { .. } => "cash.not_an_expense",
            CashRefusal::ReasonMissing => "cash.reason_missing",
            CashRefusal::NoShortage => "cash.no_shortage",
            CashRefusal::DifferenceOpen { .. } => "cash.difference_open",
            CashRefusal::SamePerson => "cash.same_person",
            CashRefusal::CashierHasDrawer => "cash.cashier_has_drawer",
            CashRefusal::DeviceHasDrawer { .. } => "cash.device_has_drawer",
            CashRefusal::OtherDrawer { .. } => "cash.other_drawer",
            CashRefusal::BeforeSent { .. } => "cash.before_sent",
            CashRefusal::AmountDiffers { .. } => "cash.amount_differs",
            CashRefusal::DepositTooLarge { .. } => "cash.deposit_too_large",
            CashRefusal::TooLarge => "cash.too_large",
        }
    }

    fn status(&self) -> u16 {
        match self {
            CashRefusal::TransferArrived
            | CashRefusal::TransferTakenBack
            | CashRefusal::SessionClosed
            | CashRefusal::SessionCounted
            | CashRefusal::DifferencePosted
            | CashRefusal::CountedBefore
            | CashRefusal::NotCounted
            | CashRefusal::NothingToPost
            | CashRefusal::DifferenceOpen { .. }
            | CashRefusal::CashierHasDrawer
            | CashRefusal::DeviceHasDrawer { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            CashRefusal::GiverMissing => Some("giver"),
            CashRefusal::NotPositive { .. } | CashRefusal::TooLarge => Some("amount"),
            CashRefusal::NotEvidence => Some("evidence"),
            CashRefusal::NoOpeningAccount { .. }
            | CashRefusal::NotADrawer { .. }
            | CashRefusal::NotAnExpense { .. } => Some("account"),
            CashRefusal::UnknownUnit { .. } => Some("unit"),
            CashRefusal::SubledgerDiffers { .. } => Some("names"),
            CashRefusal::DifferenceUnnamed { .. } | CashRefusal::DifferenceDiffers { .. } => {
                Some("difference")
            }
            CashRefusal::NamedByOther => Some("named_by"),
            CashRefusal::SameAccount { .. } => Some("to"),
            CashRefusal::UnknownTransfer => Some("transfer_id"),
            CashRefusal::DeviceMissing | CashRefusal::DeviceHasDrawer { .. } => Some("device"),
            CashRefusal::UnknownDenomination { .. } => Some("piles"),
            CashRefusal::UnknownSession => Some("session_id"),
            CashRefusal::ReasonMissing => Some("reason"),
            CashRefusal::NoShortage => Some("consent"),
            CashRefusal::OtherDrawer { .. } => Some("drawer"),
            CashRefusal::BeforeSent { .. } => Some("day"),
            CashRefusal::AmountDiffers { .. } => Some("counted"),
            CashRefusal::DepositTooLarge { .. } => Some("deposit"),
            _ => None,
        }
    }
}
