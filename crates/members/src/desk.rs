//! Money over the desk: which account it goes into, and the open drawer where there is one.

use cash::{CashAccount, drawer};
use store::{Failure, Tx};
use values::{DocumentId, Rupiah};

/// Refuses a drawer that is not open or not of this account.
pub(crate) async fn judge(
    tx: &mut Tx,
    into: CashAccount,
    drawer: Option<DocumentId>,
) -> Result<(), Failure> {
    let Some(id) = drawer else { return Ok(()) };
    let session = drawer::ask(tx, id).await?.maybe().await?;
    Ok(drawer::judge_open(session.as_ref(), into)?)
}

/// Tells the drawer what came in.
pub(crate) async fn put(
    tx: &mut Tx,
    drawer: Option<DocumentId>,
    amount: Rupiah,
) -> Result<(), Failure> {
    match drawer {
        Some(id) => drawer::add(tx, id, amount).await,
        None => Ok(()),
    }
}
