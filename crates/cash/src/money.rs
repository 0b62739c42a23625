//! Where the cooperative's money is now.

use ledger::{Stretch, trial_balance};
use store::{Failure, Tx};
use values::Rupiah;

use crate::CashAccount;
use crate::transfers::ON_ITS_WAY;

/// Cooperative money in a private account.
const PRIVATE: &str = "11109";

/// Balances of all places of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// Each place, in the order of the chart.
    pub places: Vec<(CashAccount, Rupiah)>,
    /// Sent and not confirmed.
    pub on_its_way: Rupiah,
    /// In somebody's own bank account or QRIS.
    pub private: Rupiah,
}

impl Money {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Rupiah {
        let places = self.places.iter().map(|(_, balance)| *balance);
        let all = places.chain([self.on_its_way, self.private]);
        Rupiah::total(all).unwrap_or(Rupiah::ZERO)
    }
}

/// Asks where the money is.
///
/// # Errors
/// A fault.
pub async fn now(tx: &mut Tx) -> Result<Money, Failure> {
    let balances = trial_balance(tx, Stretch::ALL).await?;
    let of = |code: &str| {
        let found = balances.iter().find(|balance| balance.account.code == code);
        found.map_or(Rupiah::ZERO, |balance| balance.net)
    };
    Ok(Money {
        places: CashAccount::ALL.into_iter().map(|place| (place, of(place.code()))).collect(),
        on_its_way: of(ON_ITS_WAY),
        private: of(PRIVATE),
    })
}
