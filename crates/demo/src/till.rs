//! The drawer of one shop through its day: opened, counted, closed, brought to the safe.

use cash::CashAccount;
use cash::close_drawer::{self, CloseDrawer};
use cash::count_drawer::{self, CountDrawer, DENOMINATIONS, Pile};
use cash::drawer_expense::{self, DrawerExpense};
use cash::open_drawer::{self, Float, OpenDrawer};
use cash::post_difference::{self, PostDifference};
use cash::receive_cash::{self, ReceiveCash};
use store::Failure;
use values::{DocumentId, Rupiah};

use crate::desk::Desk;
use crate::money::Money;
use crate::people::Purse;
use crate::staff::Staff;

/// The code of a cooperative's first device.
const DEVICE: &str = "A1";
/// What stays in the drawer overnight.
const FLOAT: i64 = 300_000;
/// How often a count differs, in a hundred, and by how much.
const DIFFERS_PERCENT: i64 = 14;
const DIFFERENCES: [i64; 6] = [-2_000, -1_000, -1_000, -500, 500, 1_000];
const REASONS: [&str; 3] = ["Kembalian keliru", "Uang kecil terselip", "Salah hitung kembalian"];
/// What is paid out of a drawer.
const EXPENSES: [(&str, &str, i64, i64); 4] = [
    ("11706", "Kantong plastik", 10, 30),
    ("61104", "Ongkos becak barang", 10, 25),
    ("61105", "Kertas struk", 12, 36),
    ("61199", "Kebersihan dan air minum", 10, 20),
];

/// One drawer.
#[derive(Debug)]
pub(crate) struct Till {
    /// The series of its receipts: `K043-A1-01`.
    pub(crate) series: String,
    /// The session that is open.
    pub(crate) session: DocumentId,
    /// What must be in it.
    pub(crate) cash: i64,
    is_first: bool,
}

impl Till {
    pub(crate) fn of(short_code: &str) -> Till {
        let series = format!("{short_code}-{DEVICE}-01");
        Till { series, session: DocumentId::from_bytes([0; 16]), cash: 0, is_first: true }
    }

    /// Where money over the counter goes.
    pub(crate) fn purse(&self) -> Purse {
        Purse { into: CashAccount::Till, drawer: Some(self.session) }
    }

    /// The cashier takes the drawer; the first time the bendahara sends a float.
    pub(crate) async fn open(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        money: &mut Money,
    ) -> Result<(), Failure> {
        let mut float = None;
        if self.is_first && money.safe >= FLOAT {
            let transfer_id = desk.document();
            money.send(desk, staff, (transfer_id, CashAccount::Till), FLOAT).await?;
            desk.pass(120, 300);
            float = Some(Float { transfer_id, counted: Rupiah::new(FLOAT) });
            self.cash = FLOAT;
        }
        self.is_first = false;
        self.session = desk.document();
        let input = OpenDrawer {
            session_id: self.session,
            day: desk.day(),
            account: CashAccount::Till,
            device: DEVICE.to_owned(),
            float,
        };
        desk.send(staff.kasir, open_drawer::KIND, input, open_drawer::record).await
    }

    /// Something small is paid.
    pub(crate) async fn spend(&mut self, desk: &mut Desk, staff: &Staff) -> Result<(), Failure> {
        let (account, what, low, high) = *desk.dice.pick(&EXPENSES);
        let amount = desk.dice.between(low, high) * 1_000;
        if amount > self.cash {
            return Ok(());
        }
        self.cash -= amount;
        let input = DrawerExpense {
            session_id: self.session,
            day: desk.day(),
            amount: Rupiah::new(amount),
            account: account.to_owned(),
            what: what.to_owned(),
            nota: None,
        };
        desk.send(staff.kasir, drawer_expense::KIND, input, drawer_expense::record).await
    }

    /// Counted, the difference written down, closed; the bendahara confirms what is brought, if she
    /// is there.
    pub(crate) async fn close(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        money: &mut Money,
        is_confirmed: bool,
    ) -> Result<(), Failure> {
        self.count(desk, staff).await?;
        desk.pass(60, 300);
        let (session_id, day) = (self.session, desk.day());
        let (deposit, transfer_id) = ((self.cash - FLOAT).max(0), desk.document());
        self.cash -= deposit;
        let sent = Rupiah::new(deposit);
        let input = CloseDrawer { session_id, day, deposit: sent, transfer_id };
        desk.send(staff.kasir, close_drawer::KIND, input, close_drawer::record).await?;
        if deposit == 0 || !is_confirmed {
            return Ok(());
        }
        desk.pass(300, 900);
        money.safe += deposit;
        let input = ReceiveCash { transfer_id, day, counted: sent, drawer: None, slip: None };
        desk.send(staff.bendahara, receive_cash::KIND, input, receive_cash::record).await
    }

    async fn count(&mut self, desk: &mut Desk, staff: &Staff) -> Result<(), Failure> {
        let differs = desk.dice.chance(DIFFERS_PERCENT) && self.cash > 10_000;
        let difference = if differs { *desk.dice.pick(&DIFFERENCES) } else { 0 };
        self.cash += difference;
        let (session_id, day) = (self.session, desk.day());
        let input = CountDrawer { session_id, piles: piles(self.cash) };
        desk.send(staff.kasir, count_drawer::KIND, input, count_drawer::record).await?;
        if difference == 0 {
            return Ok(());
        }
        desk.pass(60, 200);
        let reason = (*desk.dice.pick(&REASONS)).to_owned();
        let input = PostDifference { session_id, day, reason, consent: None };
        desk.send(staff.kasir, post_difference::KIND, input, post_difference::record).await
    }
}

/// An amount in as few notes and coins as it takes.
fn piles(amount: i64) -> Vec<Pile> {
    let mut rest = amount;
    let pile = DENOMINATIONS.into_iter().map(|denomination| {
        let pieces = rest / denomination;
        rest %= denomination;
        Pile { denomination, pieces }
    });
    pile.filter(|pile| pile.pieces > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn piles_are_worth_what_is_counted() {
        for amount in [0, 100, 74_900, 1_234_550] {
            let worth: i64 = piles(amount).iter().map(|pile| pile.denomination * pile.pieces).sum();
            assert_eq!(worth, amount);
        }
    }
}
