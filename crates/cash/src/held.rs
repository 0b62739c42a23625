//! Drawers that are held now, and by whom. What must be in them is not told: the count is blind.

use store::{Failure, Tx};
use values::{DocumentId, PersonId};

use crate::CashAccount;
use crate::drawer::{OpenDrawer, Session};

/// All open drawers of the cooperative, in their order.
///
/// # Errors
/// A fault.
pub async fn by_all(tx: &mut Tx) -> Result<Vec<OpenDrawer>, Failure> {
    let sessions: Vec<Session> = tx
        .all(
            "select session_id, session_no, account, cashier_id, device, day, opened_at,
                    opening_amount, expected_amount, counted_amount, difference_amount,
                    settled_amount, charged_amount, deposit_amount
               from drawer_sessions
              where coop_id = $1 and closed_at is null order by session_no",
            &[],
        )
        .await?;
    Ok(sessions.into_iter().map(OpenDrawer::of).collect())
}

/// The open drawers of one person, the newest first.
///
/// # Errors
/// A fault.
pub async fn by(tx: &mut Tx, person: PersonId) -> Result<Vec<OpenDrawer>, Failure> {
    let mut drawers = by_all(tx).await?;
    drawers.retain(|drawer| drawer.cashier == person);
    drawers.reverse();
    Ok(drawers)
}

/// The drawer of this account that a person holds, through which its money moves.
#[must_use]
pub fn of_account(drawers: &[OpenDrawer], account: CashAccount) -> Option<DocumentId> {
    let drawer = drawers.iter().find(|drawer| drawer.account == account);
    drawer.map(|drawer| drawer.session_id)
}
