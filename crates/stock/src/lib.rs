//! Persediaan: goods and packs, what is on hand and what it cost.
//!
//! Goods are written down with [`add_good`], their packs with [`add_pack`], more barcodes with
//! [`add_barcode`]; a cooperative that moves in gives them their [`opening`]. They come with their
//! paper ([`receive`]) or before it ([`receive_first`]); costs that become known later
//! ([`late_freight`], [`match_invoice`]) are put in at the hour the goods came. A board member who
//! paid is repaid with [`repay_talangan`]. A sack is opened ([`open_pack`]), goods are counted
//! ([`count`]) or broken ([`write_off`]). The shop hands out with [`issue`] and takes back with
//! [`take_back`], in the transaction of its sale, and posts the cost itself.
//!
//! Questions: [`goods`] by id, barcode and name, [`stock_card`], [`on_hand`] with what to order and
//! what spoils first, [`receipts`] without a nota, [`shelf`] and [`receipt_sheet`] for the pages,
//! [`check`] for the nightly recount.
//!
//! **Invariant:** the value of each good is what the journal holds behind its name; knows no price
//! and no buyer.

mod account_set;
pub mod add_barcode;
pub mod add_good;
pub mod add_pack;
mod barcodes;
mod check;
pub mod count;
mod effect;
mod evidence;
pub mod goods;
pub mod issue;
mod landed_cost;
pub mod late_freight;
pub mod match_invoice;
mod movement;
pub mod on_hand;
pub mod open_pack;
pub mod opening;
mod pages;
mod paid_by;
pub mod receipt_sheet;
pub mod receipts;
pub mod receive;
pub mod receive_first;
mod refusal;
pub mod repay_talangan;
mod replay;
mod revise;
pub mod shelf;
mod standing;
pub mod stock_card;
pub mod take_back;
pub mod write_off;

pub use account_set::AccountSet;
pub use check::{StockFinding, check};
pub use goods::Pack;
pub use issue::{Issue, IssueLine, LineCost, SHOP_FLOOR, issue};
pub use movement::MovementKind;
pub use pages::routes;
pub use paid_by::{Freight, PaidBy};
pub use refusal::StockRefusal;
pub use take_back::{TakeBack, TakeBackLine, take_back};
