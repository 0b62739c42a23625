//! Running totals: what each account and each name holds, at any month's end.

use store::{Failure, Tx};
use values::{Period, Rupiah};

use crate::{Account, Side, account};

/// One account in a trial balance. Its two sides are the movements summed; the balance stands on one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: &'static Account,
    /// Debit minus kredit, in rupiah.
    pub net: Rupiah,
}

impl Balance {
    /// The balance if it stands in debit, otherwise zero.
    #[must_use]
    pub fn debit(&self) -> Rupiah {
        if self.net.is_positive() { self.net } else { Rupiah::ZERO }
    }

    /// The balance if it stands in kredit, otherwise zero.
    #[must_use]
    pub fn credit(&self) -> Rupiah {
        if self.net.is_negative() { self.net.abs() } else { Rupiah::ZERO }
    }

    /// The balance on the account's normal side; negative where it stands on the other.
    #[must_use]
    pub fn normal(&self) -> Rupiah {
        match self.account.normal {
            Side::Debit => self.net,
            Side::Credit => self.net.negated(),
        }
    }
}

/// The stretch of periods that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First period, or from the beginning.
    pub from: Option<Period>,
    /// Last period, or to date.
    pub through: Option<Period>,
}

impl Stretch {
    /// All to date.
    pub const ALL: Stretch = Stretch { from: None, through: None };

    /// First and last period as they are kept and compared.
    pub(crate) fn bounds(&self) -> (String, String) {
        let from = self.from.map_or_else(|| "0000-00".to_owned(), |period| period.to_text());
        let through = self.through.map_or_else(|| "9999-99".to_owned(), |period| period.to_text());
        (from, through)
    }
}

/// Every account that moved in the stretch, by code; those that came back to zero stay out.
///
/// # Errors
/// A fault.
pub async fn trial_balance(tx: &mut Tx, stretch: Stretch) -> Result<Vec<Balance>, Failure> {
    let (from, through) = stretch.bounds();
    let sums: Vec<(String, i64)> = tx
        .all(
            "select account, cast(sum(debit - credit) as bigint) from movements
              where coop_id = $1 and period >= $2 and period <= $3
              group by account order by account",
            &[&from, &through],
        )
        .await?;
    let known = sums.into_iter().filter(|(_, net)| *net != 0).filter_map(|(code, net)| {
        account(&code).map(|account| Balance { account, net: Rupiah::new(net) })
    });
    Ok(known.collect())
}

/// Balance of one account to date, debit minus kredit.
///
/// # Errors
/// A fault.
pub async fn balance(tx: &mut Tx, code: &str) -> Result<Rupiah, Failure> {
    let (net,): (Rupiah,) = tx
        .one(
            "select cast(coalesce(sum(debit - credit), 0) as bigint) from movements
              where coop_id = $1 and account = $2",
            &[&code],
        )
        .await?;
    Ok(net)
}

/// What stands behind one name on a control account, debit minus kredit.
///
/// # Errors
/// A fault.
pub async fn balance_of(
    tx: &mut Tx,
    code: &str,
    subject: &(impl ToString + ?Sized),
) -> Result<Rupiah, Failure> {
    let found: Option<(Rupiah,)> = tx
        .maybe(
            "select cast(coalesce(sum(debit - credit), 0) as bigint) from subledger
              where coop_id = $1 and account = $2 and subject = $3",
            &[&code, &subject.to_string()],
        )
        .await?;
    Ok(found.map_or(Rupiah::ZERO, |(net,)| net))
}

/// All names behind a control account with their balances, debit minus kredit, empty ones left out.
///
/// # Errors
/// A fault.
pub async fn names_behind(tx: &mut Tx, code: &str) -> Result<Vec<(String, Rupiah)>, Failure> {
    let names = tx
        .all(
            "select subject, debit - credit from subledger
              where coop_id = $1 and account = $2 and debit <> credit order by subject",
            &[&code],
        )
        .await?;
    Ok(names)
}
