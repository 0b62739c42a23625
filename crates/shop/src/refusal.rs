//! What the shop refuses, in order of precedence.

use store::Refusal;
use values::{Quantity, Rupiah};

/// The counter says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShopRefusal {
    /// Nothing in the cart.
    #[error("Keranjang masih kosong.")]
    EmptyCart,
    /// More lines than a receipt holds.
    #[error("Satu struk paling banyak {most} baris; bagi menjadi dua.")]
    TooManyLines {
        /// The limit.
        most: usize,
    },
    /// A quantity of zero or below.
    #[error("Jumlah {name} harus lebih dari nol.")]
    NothingOf {
        /// The goods.
        name: String,
    },
    /// A pack that is not known or not sold.
    #[error("Barang ini tidak dijual.")]
    NotSold,
    /// No price, or another than the list says.
    #[error("Harga {name} tidak ada dalam daftar harga. Muat ulang kasir.")]
    NoSuchPrice {
        /// The goods.
        name: String,
    },
    /// Quantity, price and amount do not belong together.
    #[error("Jumlah, harga dan total {name} tidak cocok. Muat ulang kasir.")]
    DoesNotAddUp {
        /// The goods.
        name: String,
    },
    /// Above a ceiling that binds.
    #[error("{name} dijual {asked} per {unit}, di atas HET {ceiling}. Turunkan harganya.")]
    AboveCeiling {
        /// The goods.
        name: String,
        /// Price per base unit, rounded up.
        asked: Rupiah,
        /// Base unit.
        unit: String,
        /// The ceiling per base unit.
        ceiling: Rupiah,
        /// Where the ceiling comes from.
        basis: String,
    },
    /// Only a member of this cooperative.
    #[error("Anggota ini tidak terdaftar atau sudah keluar.")]
    UnknownMember,
    /// Less money than is due.
    #[error("Uang yang diterima {tendered} kurang dari yang harus dibayar {due}.")]
    TooLittle {
        /// Handed over.
        tendered: Rupiah,
        /// Due.
        due: Rupiah,
    },
    /// More change than there is to give.
    #[error("Kembalian {returned} lebih besar dari yang seharusnya {change}.")]
    TooMuchChange {
        /// Given back.
        returned: Rupiah,
        /// What should be given back at most.
        change: Rupiah,
    },
    /// The sale to be taken back is not there.
    #[error("Struk ini tidak ada di koperasi ini.")]
    UnknownSale,
    /// A line that the sale does not have.
    #[error("Baris {line_no} tidak ada pada struk ini.")]
    UnknownLine {
        /// Its number.
        line_no: i64,
    },
    /// More than was sold and not yet taken back.
    #[error("{name}: paling banyak {left} yang masih bisa dikembalikan.")]
    MoreThanSold {
        /// The goods.
        name: String,
        /// What is left, in base units.
        left: Quantity,
    },
    /// Why goods come back must be said.
    #[error("Tuliskan alasan pengembalian.")]
    ReasonMissing,
    /// Above what a cashier may give back in a day.
    #[error("Batas pengembalian kasir hari ini {limit}; sudah {used}. Minta persetujuan.")]
    AboveLimit {
        /// The limit of a day.
        limit: Rupiah,
        /// Given back today, this one included.
        used: Rupiah,
    },
    /// The limit, stated for the price list.
    #[error("Harga harus lebih dari nol.")]
    PriceNotPositive,
    /// A price from yesterday on.
    #[error("Harga baru berlaku paling cepat sekarang.")]
    EffectiveInPast,
    /// A number left 64 bits.
    #[error("Jumlahnya terlalu besar.")]
    TooLarge,
}

impl Refusal for ShopRefusal {
    fn code(&self) -> &'static str {
        match self {
            ShopRefusal::EmptyCart => "shop.empty_cart",
            ShopRefusal::TooManyLines { .. } => "shop.too_many_lines",
            ShopRefusal::NothingOf { .. } => "shop.nothing_of",
            ShopRefusal::NotSold => "shop.not_sold",
            ShopRefusal::NoSuchPrice { .. } => "shop.no_such_price",
            ShopRefusal::DoesNotAddUp { .. } => "shop.does_not_add_up",
            ShopRefusal::AboveCeiling { .. } => "shop.above_ceiling",
            ShopRefusal::UnknownMember => "shop.unknown_member",
            ShopRefusal::TooLittle { .. } => "shop.too_little",
            ShopRefusal::TooMuchChange { .. } => "shop.too_much_change",
            ShopRefusal::UnknownSale => "shop.unknown_sale",
            ShopRefusal::UnknownLine { .. } => "shop.unknown_line",
            ShopRefusal::MoreThanSold { .. } => "shop.more_than_sold",
            ShopRefusal::ReasonMissing => "shop.reason_missing",
            ShopRefusal::AboveLimit { .. } => "shop.above_limit",
            ShopRefusal::PriceNotPositive => "shop.price_not_positive",
            ShopRefusal::EffectiveInPast => "shop.effective_in_past",
            ShopRefusal::TooLarge => "shop.too_large",
        }
    }

    fn status(&self) -> u16 {
        match self {
            ShopRefusal::NoSuchPrice { .. }
            | ShopRefusal::MoreThanSold { .. }
            | ShopRefusal::AboveLimit { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            ShopRefusal::TooLittle { .. } => Some("tendered"),
            ShopRefusal::TooMuchChange { .. } => Some("returned"),
            ShopRefusal::ReasonMissing => Some("reason"),
            ShopRefusal::UnknownMember => Some("member"),
            ShopRefusal::PriceNotPositive => Some("price"),
            _ => None,
        }
    }

    fn rule(&self) -> Option<String> {
        match self {
            ShopRefusal::AboveCeiling { basis, .. } => Some(basis.clone()),
            _ => None,
        }
    }
}
