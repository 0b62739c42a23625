//! Pemasok: who sells to the cooperative, what is owed to them, and how it is paid.
//!
//! A supplier is written down with [`add`]. Goods that came before their nota stand in 21202 until
//! [`invoice`] makes them a debt; goods that came with it are owed at once ([`InvoiceHead::owe`],
//! called by the room that receives goods). [`pay`] pays, oldest nota first and never more than is
//! owed; money given before the goods is an [`advance`].
//!
//! Questions: [`register`] for who they are, [`payables`] for what is owed by age, [`standing`] for all
//! that stands between a supplier and the cooperative, [`Sources`] for where money can be taken.
//!
//! **Invariant:** knows that something was bought for how much, not which goods.

pub mod add;
pub mod advance;
mod debt;
pub mod invoice;
mod invoices;
mod pages;
mod paid_from;
pub mod pay;
pub mod payables;
mod refusal;
pub mod register;
mod sources;
pub mod standing;

pub use debt::Debt;
pub use invoices::{AskedInvoice, InvoiceFacts, InvoiceHead, OpenInvoice, open_invoices};
pub use pages::routes;
pub use paid_from::{AskedDrawer, PaidFrom};
pub use refusal::SupplierRefusal;
pub use sources::Sources;
