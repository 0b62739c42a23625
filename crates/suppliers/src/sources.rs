//! Where a person can take money for a purchase. Who keeps the books takes it from the safe and the
//! bank; everybody else from a drawer of their own, so that the drawer knows what has left it.

use cash::drawer::OpenDrawer;
use cash::{CashAccount, held};
use store::{Failure, Tx};
use values::PersonId;

use crate::PaidFrom;

/// What a form offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    /// Accounts that are no drawer.
    pub places: Vec<CashAccount>,
    /// Drawers that the person holds.
    pub drawers: Vec<OpenDrawer>,
}

impl Sources {
    /// What is open to a person; `keeps_books` opens the safe and the bank.
    ///
    /// # Errors
    /// A fault.
    pub async fn of(tx: &mut Tx, person: PersonId, keeps_books: bool) -> Result<Sources, Failure> {
        let mut drawers = held::by(tx, person).await?;
        drawers.retain(|drawer| !drawer.counted);
        let safe = CashAccount::ALL.into_iter().filter(|place| keeps_books && !place.is_drawer());
        Ok(Sources { places: safe.collect(), drawers })
    }

    /// Whether there is nothing to take money from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.drawers.is_empty()
    }

    /// What a form names: an account by its code, a drawer by its session; only what was offered.
    #[must_use]
    pub fn chosen(&self, typed: &str) -> Option<PaidFrom> {
        let place = self.places.iter().find(|place| place.code() == typed);
        let drawer = self.drawers.iter().find(|drawer| drawer.session_id.to_text() == typed);
        match (place, drawer) {
            (Some(place), _) => Some(PaidFrom::from(*place)),
            (None, Some(drawer)) => {
                Some(PaidFrom { account: drawer.account, drawer: Some(drawer.session_id) })
            }
            (None, None) => None,
        }
    }
}
