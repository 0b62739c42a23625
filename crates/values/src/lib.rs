//! The words that every room speaks: money, quantities, rates, days, names.
//!
//! [`Rupiah`] is a whole number; adding is checked, division has a name ([`Rupiah::share_by`],
//! [`Rupiah::times`] with a [`Rounding`]). [`Quantity`] counts thousandths, [`PackFactor`] is an exact
//! fraction, [`MovingAverage`] keeps goods with what they cost. [`Day`] is a civil day in Jakarta that
//! exists, [`Period`] the month or closing that it is booked in. [`parse_amount`], [`parse_quantity`]
//! and [`parse_day`] read what people type and ask where it can mean two things. [`Ctx`] tells an
//! event who acts, for whom, when.
//!
//! **Invariant:** no SQL, no async, no input or output, no float; a result that leaves 64 bits is an
//! error and never wraps.

mod ctx;
mod day;
mod gtin;
mod ids;
mod instant;
mod kelurahan;
mod month;
mod moving_average;
mod pack_factor;
mod period;
mod price;
mod quantity;
mod rate;
mod rounding;
mod rupiah;
mod share;
mod terbilang;
mod typed;

pub use ctx::Ctx;
pub use day::{Day, NoSuchDay};
pub use gtin::{Gtin, GtinError};
pub use ids::{
    DocumentId, GoodId, MemberId, NotAnId, PackId, PersonId, RequestId, SaleId, SeatId, SupplierId,
};
pub use instant::Instant;
pub use kelurahan::{CoopId, KelurahanCode};
pub use month::Month;
pub use moving_average::{IssueError, MovingAverage};
pub use pack_factor::{NotAFactor, NotExact, PackFactor};
pub use period::Period;
pub use price::{exceeds_ceiling, price_of, quantity_for_money};
pub use quantity::Quantity;
pub use rate::{Rate, RateBasis, RateError};
pub use rounding::{Overflow, Rounding};
pub use rupiah::Rupiah;
pub use share::{NothingToShareBy, share};
pub use typed::{
    TypedAs, TypedError, TypedQuantity, TypedUnit, parse_amount, parse_day, parse_quantity,
};
