//! Who may come in, as what, and what they looked at.
//!
//! A **person** is known once; a **seat** gives them a [`Role`] in a cooperative or office from a day
//! on. They sign in with a name and a password (argon2id), who approves or oversees shows a second
//! factor. A **session** is for one cooperative; the [`router`]'s guard finds it and hands handlers a
//! [`SignedIn`], the only way to a person and a cooperative. [`Posted`] is a form of their own
//! session, [`Message`] what a program says with a key. One-time codes from two officers stand in for
//! e-mail.
//!
//! **Invariant:** knows no money and no member's data, only who looked at it.

pub mod api_key;
mod attempts;
pub mod factor;
mod guard;
pub mod invitation;
pub mod look;
mod origin;
mod pages;
pub mod password;
pub mod person;
mod posted;
mod qr;
mod refusal;
mod role;
pub mod session;
pub mod token;

pub use guard::{COOKIE, SignedIn, cookie, cookie_name, csrf_of, router};
pub use origin::origin;
pub use pages::routes;
pub use posted::{Message, Posted};
pub use qr::qr;
pub use refusal::AccessRefusal;
pub use role::{PERMISSIONS, Role, allows, is_of_office};
