//! Kembalikan talangan: a board member gets back what he paid with his own money.
//!
//! From the safe, the bank, or the till's drawer at the end of the day; never more than he lent.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 21210 | 7.000.000 |           |
//! | 11103 |           | 7.000.000 |

use ledger::{Detail, Entry, Posted, Series, Unit, balance_of, names_behind, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use suppliers::PaidFrom;
use values::{Ctx, Day, PersonId, Rupiah};

use crate::StockRefusal;
use crate::paid_by::{LENDER, TALANGAN};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "stock.repay_talangan";

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepayTalangan {
    /// Accounting day.
    pub day: Day,
    /// Who lent.
    pub lender: PersonId,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// Where the money leaves.
    pub from: PaidFrom,
}

fn decide(input: &RepayTalangan, owed: Rupiah) -> Result<Entry, StockRefusal> {
    let asked = input.amount;
    if !asked.is_positive() {
        return Err(StockRefusal::NotPositive { asked });
    }
    if asked > owed {
        return Err(StockRefusal::MoreThanLent { owed, asked });
    }
    let lender = vec![Detail::new(LENDER, input.lender.to_text(), asked)];
    let from = input.from.account;
    Ok(Entry::new(KIND, input.day)
        .numbered(Series::Paper(Unit::Pst))
        .debit_of(TALANGAN, Unit::Pst, asked, lender)
        .credit(from.code(), from.unit(), asked))
}

/// Records that money went back.
///
/// # Errors
/// [`StockRefusal`], [`cash::CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &RepayTalangan) -> Result<Posted, Failure> {
    let drawer = input.from.ask(tx).await?;
    let owed = balance_of(tx, TALANGAN, &input.lender).await?.negated();
    let entry = decide(input, owed)?;
    input.from.judge(drawer).await?;
    let posted = post(tx, ctx, entry).await?;
    input.from.take(tx, input.amount).await?;
    Ok(posted)
}

/// What is owed to each who lent, by the lender's id.
///
/// # Errors
/// A fault.
pub async fn lent(tx: &mut Tx) -> Result<Vec<(String, Rupiah)>, Failure> {
    let names = names_behind(tx, TALANGAN).await?;
    Ok(names.into_iter().map(|(lender, net)| (lender, net.negated())).collect())
}

#[cfg(test)]
mod tests {
    use cash::CashAccount;
    use store::Refusal;

    use super::*;

    #[test]
    fn every_refusal_in_its_order() {
        let back = |amount| RepayTalangan {
            day: Day::parse_iso("2025-10-14").unwrap(),
            lender: PersonId::from_bytes([1; 16]),
            amount: Rupiah::new(amount),
            from: CashAccount::Till.into(),
        };
        let refused = |amount| {
            decide(&back(amount), Rupiah::new(5)).map(drop).map_err(|refusal| refusal.code())
        };
        assert_eq!(refused(0), Err("stock.not_positive"));
        assert_eq!(refused(6), Err("stock.more_than_lent"));
        assert_eq!(refused(5), Ok(()));
    }
}
