//! Who acts, for which cooperative, when, on which request.

use crate::{CoopId, Day, Instant, PersonId, RequestId};

/// What every event knows of its circumstances. No room asks the clock or the session for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ctx {
    /// Who acts.
    pub person: PersonId,
    /// For which cooperative: that of the seat the person signed in with.
    pub coop: CoopId,
    /// When.
    pub at: Instant,
    /// The sender's id.
    pub request: RequestId,
}

impl Ctx {
    /// The civil day in Jakarta.
    #[must_use]
    pub fn day(&self) -> Day {
        Day::of_instant(self.at)
    }
}
