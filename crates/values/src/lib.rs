//! The words that every room speaks: money, quantities, rates, days, names.
//!
//! [`Rupiah`] is a whole number; adding is checked, division has a name ([`Rupiah::share_by`],
//! [`Rupiah::times`] with a [`Rounding`]). [`Quantity`] counts thousandths, [`PackFactor`] is an exact
//! fraction, [`MovingAverage`] keeps goods with what they cost. [`Day`] is a civil day in Jakarta that
//! exists. [`parse_amount`], [`parse_quantity`] and [`parse_day`] read what people type and ask where
//! it can mean two things. [`Ctx`] tells an event who acts, for whom, when.
//!
//! **Invariant:** no SQL, no async, no input or output, no float.

mod ctx;
mod day;
mod gtin;
mod ids;
mod moving_average;
mod quantity;
mod rate;
mod rounding;
mod rupiah;
mod share;
mod terbilang;
mod typed;

pub use ctx::Ctx;
pub use day::{Day, Instant, Month, NoSuchDay, Period};
pub use gtin::{Gtin, GtinError};
pub use ids::{
    CoopId, DocumentId, GoodId, KelurahanCode, MemberId, NotAnId, PackId, PersonId, RequestId,
    SaleId, SeatId, SupplierId,
};
pub use moving_average::{IssueError, MovingAverage};
pub use quantity::{
    NotAFactor, NotExact, PackFactor, Quantity, exceeds_ceiling, price_of, quantity_for_money,
};
pub use rate::{Rate, RateBasis};
pub use rounding::{Overflow, Rounding};
pub use rupiah::Rupiah;
pub use share::{NothingToShareBy, share};
pub use typed::{TypedError, TypedQuantity, TypedUnit, parse_amount, parse_day, parse_quantity};
