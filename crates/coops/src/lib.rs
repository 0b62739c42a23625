//! Koperasi: which cooperatives there are and what each is, beside its books.
//!
//! [`registry`] knows the 151 kelurahan of the city and their cooperatives, [`names`] matches what
//! people type for them. [`profile`] is what stands on a letterhead. [`parameters`] are rates,
//! limits and amounts that people or law set, each with its days and its source; [`decisions`] is
//! the register that events cite. [`tasks`] is what waits for somebody, [`approvals`] what waits
//! for a second person. [`holidays`] says which days are no working days.
//!
//! Events: [`register`], [`update_profile`], [`set_parameter`], [`set_city_parameter`],
//! [`record_decision`], [`add_holiday`], [`approvals::ask`], [`approvals::decide`].
//!
//! **Invariant:** knows no account and posts nothing; knows a person only by id and a role only as
//! a word. What a room further right must be able to ask of all cooperatives comes here as a row.

pub mod add_holiday;
pub mod approvals;
pub mod decisions;
mod evidence;
pub mod holidays;
mod kelurahan;
pub mod names;
pub mod parameters;
pub mod profile;
pub mod record_decision;
mod refusal;
pub mod register;
pub mod registry;
pub mod set_city_parameter;
pub mod set_parameter;
pub mod tasks;
pub mod update_profile;

pub use kelurahan::{CITY, Kelurahan, kelurahan, kelurahan_of};
pub use refusal::CoopsRefusal;
pub use registry::DINAS;
