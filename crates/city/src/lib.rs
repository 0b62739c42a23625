//! The city office: it lets itself in, then registers the cooperatives of its kelurahan.
//!
//! [`set_up`] makes an empty database into an installation with the office and its first
//! administrator. [`found`] registers a cooperative together with the first two persons who work
//! there, so that from then on they manage without the office.
//!
//! **Invariant:** knows no account; of a cooperative's own data nothing.

mod first_person;
pub mod found;
pub mod overview;
mod pages;
mod refusal;
pub mod set_up;

pub use first_person::FirstPerson;
pub use pages::routes;
pub use refusal::{CityRefusal, RefusedPerson};
