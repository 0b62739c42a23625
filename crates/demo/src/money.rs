//! Money outside the drawer: the safe, the bank, and the way between them.

use cash::CashAccount;
use cash::grant::{self, Grant};
use cash::opening_balances::OpeningBalances;
use cash::receive_cash::{self, ReceiveCash};
use cash::send_cash::{self, SendCash};
use store::Failure;
use values::{DocumentId, Rupiah};

use crate::desk::Desk;
use crate::staff::Staff;

/// What the safe keeps when the rest goes to the bank.
const SAFE_KEEPS: i64 = 1_500_000;
/// Sums that are brought to the bank are whole hundreds of thousands.
const BROUGHT: i64 = 100_000;

/// What is in the safe and in the bank.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Money {
    pub(crate) safe: i64,
    pub(crate) bank: i64,
}

impl Money {
    /// As the opening balances say.
    pub(crate) fn of(input: &OpeningBalances) -> Money {
        let stands = |account: CashAccount| {
            let lines = input.lines.iter().filter(|line| line.account == account.code());
            lines.map(|line| line.amount.get()).sum()
        };
        Money { safe: stands(CashAccount::Safe), bank: stands(CashAccount::Bank) }
    }

    /// Where so much can be paid from, the bank first.
    pub(crate) fn place_with(&self, amount: i64) -> Option<CashAccount> {
        if self.bank >= amount {
            Some(CashAccount::Bank)
        } else {
            (self.safe >= amount).then_some(CashAccount::Safe)
        }
    }

    /// Takes money out of a place.
    pub(crate) fn take(&mut self, from: CashAccount, amount: i64) {
        match from {
            CashAccount::Bank => self.bank -= amount,
            _ => self.safe -= amount,
        }
    }

    /// Somebody gives money for good.
    pub(crate) async fn be_given(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        giver: &str,
        amount: i64,
    ) -> Result<(), Failure> {
        self.bank += amount;
        let input = Grant {
            day: desk.day(),
            giver: giver.to_owned(),
            amount: Rupiah::new(amount),
            into: CashAccount::Bank,
        };
        desk.send(staff.bendahara, grant::KIND, input, grant::record).await
    }

    /// The bendahara brings what the safe need not keep to the bank, and keeps the slip.
    pub(crate) async fn bring_to_bank(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
    ) -> Result<(), Failure> {
        let amount = (self.safe - SAFE_KEEPS) / BROUGHT * BROUGHT;
        if amount < 5 * BROUGHT {
            return Ok(());
        }
        let transfer_id = desk.document();
        self.send(desk, staff, (transfer_id, CashAccount::Bank), amount).await?;
        desk.pass(1_200, 2_400);
        let slip = [desk.dice.bytes(), desk.dice.bytes()].concat();
        let slip: String = slip.iter().map(|byte| format!("{byte:02x}")).collect();
        self.bank += amount;
        let input = ReceiveCash {
            transfer_id,
            day: desk.day(),
            counted: Rupiah::new(amount),
            drawer: None,
            slip: Some(slip),
        };
        desk.send(staff.bendahara, receive_cash::KIND, input, receive_cash::record).await
    }

    /// Money leaves the safe.
    pub(crate) async fn send(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        (transfer_id, to): (DocumentId, CashAccount),
        amount: i64,
    ) -> Result<(), Failure> {
        self.safe -= amount;
        let input = SendCash {
            transfer_id,
            day: desk.day(),
            from: CashAccount::Safe,
            to,
            amount: Rupiah::new(amount),
            drawer: None,
        };
        desk.send(staff.bendahara, send_cash::KIND, input, send_cash::record).await
    }
}
