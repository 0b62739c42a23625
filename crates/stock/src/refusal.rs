//! What the stock room refuses, in order of precedence.

use store::Refusal;
use values::{Gtin, Quantity, Rupiah};

/// The stock room says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StockRefusal {
    /// Goods and packs need a name.
    #[error("Tuliskan nama barang atau kemasannya.")]
    NameMissing,
    /// Goods are counted in something.
    #[error("Tuliskan satuan dasar barang: kg, liter, pcs, tabung.")]
    UnitMissing,
    /// Goods of this name are there.
    #[error("Barang {name} sudah terdaftar. Pakai yang itu, atau tulis nama yang membedakannya.")]
    GoodKnown {
        /// The name as it stands.
        name: String,
    },
    /// No such goods.
    #[error("Barang ini tidak terdaftar. Daftarkan lebih dulu.")]
    UnknownGood,
    /// The goods have a pack of this name.
    #[error("Kemasan {pack} sudah ada pada {good}.")]
    PackKnown {
        /// The pack.
        pack: String,
        /// The goods.
        good: String,
    },
    /// No such pack of these goods.
    #[error("Kemasan ini tidak ada pada barang itu. Pilih kemasan yang terdaftar.")]
    UnknownPack,
    /// A barcode belongs to one pack.
    #[error("Barcode {gtin} sudah dipakai untuk {pack} {good}.")]
    BarcodeKnown {
        /// The barcode.
        gtin: Gtin,
        /// The pack that has it.
        pack: String,
        /// Of which goods.
        good: String,
    },
    /// Nothing is asked for.
    #[error("Belum ada barang yang diisi.")]
    NoLines,
    /// A quantity of nothing, or less.
    #[error("Jumlah {name} harus lebih dari nol.")]
    NoQuantity {
        /// The goods.
        name: String,
    },
    /// A quantity that no scale shows.
    #[error(
        "Isi {pack} tidak habis dibagi sampai seperseribu satuan. Tulis jumlah yang ditimbang."
    )]
    NotExact {
        /// The pack.
        pack: String,
    },
    /// Money below zero, or none where some must be.
    #[error("Jumlah uang {asked} tidak dapat dicatat.")]
    NotPositive {
        /// What was asked.
        asked: Rupiah,
    },
    /// A cost needs a word.
    #[error("Tuliskan untuk apa biaya itu: angkut, bongkar, parkir.")]
    CostUnnamed,
    /// Goods lie somewhere.
    #[error("Tuliskan tempat barang disimpan, misalnya toko atau gudang.")]
    PlaceMissing,
    /// A change without its reason.
    #[error("Tuliskan alasannya.")]
    ReasonMissing,
    /// The hash of a paper that is none.
    #[error("Bukti itu tidak dikenali. Unggah foto atau suratnya lebih dulu.")]
    NotEvidence,
    /// Two people must see it.
    #[error("Dua orang harus menyaksikan; pilih orang lain sebagai yang kedua.")]
    SamePerson,
    /// Two units in one receipt.
    #[error("Barang {name} milik unit lain. Catat barang tiap unit pada penerimaan tersendiri.")]
    OtherUnit {
        /// The goods.
        name: String,
    },
    /// The unit does not buy so.
    #[error("Barang unit {unit} tidak dapat dicatat dengan cara bayar ini. Pilih cara yang lain.")]
    NotThisWay {
        /// The unit.
        unit: &'static str,
    },
    /// Goods of a quota are written down with their paper.
    #[error("{name} adalah barang kuota: catat lengkap dengan notanya sebelum dijual.")]
    QuotaGoods {
        /// The goods.
        name: String,
    },
    /// Goods of a quota stay in their pack.
    #[error("Kemasan {name} tidak boleh dibuka karena barang kuota.")]
    QuotaSealed {
        /// The goods.
        name: String,
    },
    /// A base unit holds nothing smaller.
    #[error("{pack} adalah satuan dasar; tidak ada yang dibuka.")]
    NothingToOpen {
        /// The pack.
        pack: String,
    },
    /// More is lost than was opened.
    #[error("Susut {shrinkage} melebihi isi yang dibuka, {opened}.")]
    ShrinksAway {
        /// What was lost.
        shrinkage: Quantity,
        /// What was opened.
        opened: Quantity,
    },
    /// More than is there.
    #[error("{name} hanya ada {on_hand}, tidak cukup untuk {asked}.")]
    MoreThanOnHand {
        /// The goods.
        name: String,
        /// What is there.
        on_hand: Quantity,
        /// What was asked.
        asked: Quantity,
    },
    /// More comes back than went out.
    #[error("Yang masih dapat dikembalikan dari baris itu {left}, bukan {asked}.")]
    MoreThanSold {
        /// What is left of the line.
        left: Quantity,
        /// What was asked.
        asked: Quantity,
    },
    /// No such goods wait for their paper.
    #[error("Barang terima dulu itu tidak ada.")]
    UnknownFirst,
    /// Their paper came.
    #[error("Barang terima dulu itu sudah dicatat dengan notanya.")]
    FirstSettled,
    /// Other goods wait there, or elsewhere.
    #[error("Terima dulu itu untuk barang atau tempat yang lain.")]
    OtherFirst,
    /// No such receipt, or no such line of it.
    #[error("Penerimaan barang itu tidak ada.")]
    UnknownReceipt,
    /// Its nota was there from the beginning.
    #[error("Penerimaan itu tidak menunggu tagihan.")]
    NotWaiting,
    /// Its nota has come.
    #[error("Tagihan untuk barang itu sudah dicatat.")]
    AlreadyInvoiced,
    /// More is given back than was lent.
    #[error("Talangan orang ini {owed}, tidak dapat dikembalikan {asked}.")]
    MoreThanLent {
        /// What is owed.
        owed: Rupiah,
        /// What was asked.
        asked: Rupiah,
    },
    /// Goods have moved before their opening.
    #[error("{name} sudah bergerak; saldo awalnya tidak dapat diisi lagi. Pakai hitung stok.")]
    AlreadyMoved {
        /// The goods.
        name: String,
    },
    /// The books hold nothing of these goods.
    #[error("Saldo awal {name} belum ada di buku. Isi dulu nilainya pada saldo awal.")]
    NothingOpened {
        /// The goods.
        name: String,
    },
    /// A sum that does not fit.
    #[error("Angkanya terlalu besar untuk dicatat.")]
    TooLarge,
}

impl From<values::Overflow> for StockRefusal {
    fn from(_: values::Overflow) -> StockRefusal {
        StockRefusal::TooLarge
    }
}

impl Refusal for StockRefusal {
    fn code(&self) -> &'static str {
        match self {
            StockRefusal::NameMissing => "stock.name_missing",
            StockRefusal::UnitMissing => "stock.unit_missing",
            StockRefusal::GoodKnown { .. } => "stock.good_known",
            StockRefusal::UnknownGood => "stock.unknown_good",
            StockRefusal::PackKnown { .. } => "stock.pack_known",
            StockRefusal::UnknownPack => "stock.unknown_pack",
            StockRefusal::BarcodeKnown { .. } => "stock.barcode_known",
            StockRefusal::NoLines => "stock.no_lines",
            StockRefusal::NoQuantity { .. } => "stock.no_quantity",
            StockRefusal::NotExact { .. } => "stock.not_exact",
            StockRefusal::NotPositive { .. } => "stock.not_positive",
            StockRefusal::CostUnnamed => "stock.cost_unnamed",
            StockRefusal::PlaceMissing => "stock.place_missing",
            StockRefusal::ReasonMissing => "stock.reason_missing",
            StockRefusal::NotEvidence => "stock.not_evidence",
            StockRefusal::SamePerson => "stock.same_person",
            StockRefusal::OtherUnit { .. } => "stock.other_unit",
            StockRefusal::NotThisWay { .. } => "stock.not_this_way",
            StockRefusal::QuotaGoods { .. } => "stock.quota_goods",
            StockRefusal::QuotaSealed { .. } => "stock.quota_sealed",
            StockRefusal::NothingToOpen { .. } => "stock.nothing_to_open",
            StockRefusal::ShrinksAway { .. } => "stock.shrinks_away",
            StockRefusal::MoreThanOnHand { .. } => "stock.more_than_on_hand",
            StockRefusal::MoreThanSold { .. } => "stock.more_than_sold",
            StockRefusal::UnknownFirst => "stock.unknown_first",
            StockRefusal::FirstSettled => "stock.first_settled",
            StockRefusal::OtherFirst => "stock.other_first",
            StockRefusal::UnknownReceipt => "stock.unknown_receipt",
            StockRefusal::NotWaiting => "stock.not_waiting",
            StockRefusal::AlreadyInvoiced => "stock.already_invoiced",
            StockRefusal::MoreThanLent { .. } => "stock.more_than_lent",
            StockRefusal::AlreadyMoved { .. } => "stock.already_moved",
            StockRefusal::NothingOpened { .. } => "stock.nothing_opened",
            StockRefusal::TooLarge => "stock.too_large",
        }
    }

    fn status(&self) -> u16 {
        match self {
            StockRefusal::GoodKnown { .. }
            | StockRefusal::PackKnown { .. }
            | StockRefusal::BarcodeKnown { .. }
            | StockRefusal::MoreThanOnHand { .. }
            | StockRefusal::MoreThanSold { .. }
            | StockRefusal::FirstSettled
            | StockRefusal::AlreadyInvoiced
            | StockRefusal::MoreThanLent { .. }
            | StockRefusal::AlreadyMoved { .. }
            | StockRefusal::NothingOpened { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            StockRefusal::NameMissing
            | StockRefusal::GoodKnown { .. }
            | StockRefusal::PackKnown { .. } => Some("name"),
            StockRefusal::UnitMissing => Some("base_unit"),
            StockRefusal::UnknownGood => Some("good_id"),
            StockRefusal::UnknownPack | StockRefusal::NothingToOpen { .. } => Some("pack_id"),
            StockRefusal::BarcodeKnown { .. } => Some("barcodes"),
            StockRefusal::NoLines => Some("lines"),
            StockRefusal::NoQuantity { .. }
            | StockRefusal::NotExact { .. }
            | StockRefusal::MoreThanOnHand { .. }
            | StockRefusal::MoreThanSold { .. } => Some("qty"),
            StockRefusal::ShrinksAway { .. } => Some("shrinkage"),
            StockRefusal::NotPositive { .. } | StockRefusal::MoreThanLent { .. } => Some("amount"),
            StockRefusal::CostUnnamed => Some("what"),
            StockRefusal::PlaceMissing => Some("place"),
            StockRefusal::ReasonMissing => Some("reason"),
            StockRefusal::NotEvidence => Some("evidence"),
            StockRefusal::NotThisWay { .. } => Some("paid_by"),
            StockRefusal::UnknownFirst | StockRefusal::FirstSettled | StockRefusal::OtherFirst => {
                Some("first_id")
            }
            StockRefusal::UnknownReceipt => Some("receipt_id"),
            _ => None,
        }
    }

    fn rule(&self) -> Option<String> {
        match self {
            StockRefusal::QuotaSealed { .. } => {
                Some("Kemasan beras SPHP dilarang dibuka atau dikemas ulang (juknis SPHP).".into())
            }
            _ => None,
        }
    }
}
