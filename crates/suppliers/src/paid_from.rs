//! Where money for a purchase is taken: an account, and the open drawer where it leaves one.

use cash::CashAccount;
use cash::drawer::{self, Session};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Later, Tx};
use values::{DocumentId, Rupiah};

/// An account of money, and the drawer session that must know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidFrom {
    /// The account.
    pub account: CashAccount,
    /// The open drawer that the money leaves, where there is one.
    pub drawer: Option<DocumentId>,
}

/// A drawer that was asked for.
pub struct AskedDrawer(Option<Later<Session>>);

impl From<CashAccount> for PaidFrom {
    /// Not out of a drawer.
    fn from(account: CashAccount) -> PaidFrom {
        PaidFrom { account, drawer: None }
    }
}

impl PaidFrom {
    /// Asks for the drawer.
    ///
    /// # Errors
    /// A fault.
    pub async fn ask(&self, tx: &mut Tx) -> Result<AskedDrawer, Fault> {
        match self.drawer {
            Some(session) => Ok(AskedDrawer(Some(drawer::ask(tx, session).await?))),
            None => Ok(AskedDrawer(None)),
        }
    }

    /// Refuses a drawer that is not open or is another one.
    ///
    /// # Errors
    /// [`cash::CashRefusal`], or a fault.
    pub async fn judge(&self, asked: AskedDrawer) -> Result<(), Failure> {
        let Some(later) = asked.0 else { return Ok(()) };
        let session = later.maybe().await?;
        drawer::judge_open(session.as_ref(), self.account)?;
        Ok(())
    }

    /// Tells the drawer that money has left it.
    ///
    /// # Errors
    /// A fault.
    pub async fn take(&self, tx: &mut Tx, amount: Rupiah) -> Result<(), Failure> {
        match self.drawer {
            Some(session) => drawer::add(tx, session, amount.negated()).await,
            None => Ok(()),
        }
    }
}
