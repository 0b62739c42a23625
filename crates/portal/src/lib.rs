//! What the public sees of the cooperatives.
//!
//! **Invariant:** shows no personal data and no figure that was not published.

mod pages;

use web::{Needs, Routes};

/// All addresses of the room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().page("/", Needs::Nothing, pages::show)
}
