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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_at_six_in_the_evening_in_greenwich_is_tomorrow_in_jakarta() {
        let ctx = Ctx {
            person: PersonId::from_bytes([1; 16]),
            coop: CoopId::new(327_309_100_201),
            at: Instant::from_micros(1_760_378_400_000_000),
            request: RequestId::from_bytes([2; 16]),
        };
        assert_eq!(ctx.at.to_string(), "14 Okt 2025 01.00");
        assert_eq!(ctx.day(), Day::new(2025, 10, 14).unwrap());
    }
}
