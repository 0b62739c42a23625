//! Gerai: prices, the counter, receipts.
//!
//! The manager sets prices ([`set_prices`]); each change is a version of the list that is never
//! changed. The counter page and a device that was offline send the same message to [`sell`], which
//! takes the goods out of stock, the money into the drawer and posts revenue and cost in one
//! transaction. [`refund`] takes back from the lines of a [`receipt`]. A receipt's public code
//! ([`code_of`]) lets a stranger see that it stands in the chain.
//!
//! **Invariant:** knows no savings and no loan.

mod cart;
mod ceiling;
mod code;
mod counter;
mod goods;
mod pages;
mod price;
mod print;
pub mod receipt;
pub mod refund;
mod refusal;
pub mod sell;
pub mod set_prices;

pub use cart::{CartLine, Totals, totals};
pub use code::{code_of, grouped, typed_code};
pub use pages::routes;
pub use price::{Price, at as price_at};
pub use refusal::ShopRefusal;
