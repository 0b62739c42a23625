//! Catat selisih: what a count has shown gets its reason and goes into the journal.
//!
//! A shortage is an expense of the cooperative (61113), an overage other income (81102). It becomes
//! the cashier's debt (11603) only with a written consent, whose hash is kept as evidence (PP
//! 36/2021: with consent alone, and never more than half of a wage). A sale that arrives later,
//! from a device without a link, changes the difference; then the event runs again and posts what
//! has changed.
//!
//! | akun  | debit | kredit |
//! |-------|-------|--------|
//! | 61113 |   500 |        |
//! | 11103 |       |    500 |

use ledger::{Detail, Entry, Posted, Series, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Rupiah};

use crate::CashRefusal;
use crate::drawer::{self, Session};
use crate::evidence::evidence;

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.post_difference";

const SHORTAGE: &str = "61113";
const OVERAGE: &str = "81102";
const STAFF_DEBT: &str = "11603";

/// What is filled in once the difference is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostDifference {
    /// The session.
    pub session_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// What is known about it.
    pub reason: String,
    /// Hash of the cashier's written consent to repay a shortage.
    pub consent: Option<String>,
}

/// What is posted and what the session then says.
#[derive(Debug)]
struct Plan {
    entry: Entry,
    settled: Rupiah,
    charged: Rupiah,
}

fn decide(input: &PostDifference, session: Option<&Session>) -> Result<Plan, CashRefusal> {
    let consent = evidence(input.consent.as_deref())?;
    let session = session.ok_or(CashRefusal::UnknownSession)?;
    let difference = session.difference.ok_or(CashRefusal::NotCounted)?;
    if session.unsettled().is_zero() {
        return Err(CashRefusal::NothingToPost);
    }
    if input.reason.trim().is_empty() {
        return Err(CashRefusal::ReasonMissing);
    }
    let more = grown(session.settled, difference, short)?;
    if !consent.is_empty() && !more.is_positive() {
        return Err(CashRefusal::NoShortage);
    }
    // What was charged is given back before the expense is.
    let charge = match (consent.is_empty(), more.is_negative()) {
        (false, _) => more,
        (true, true) => more.max(session.charged.negated()),
        (true, false) => Rupiah::ZERO,
    };
    let expense = more.minus(charge).map_err(|_| CashRefusal::TooLarge)?;
    let over = grown(session.settled, difference, over)?;
    let entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(session.account.unit()))
        .noted(input.reason.trim())
        .with_evidence(consent);
    let entry = lines(entry, session, [expense, charge, over]);
    let charged = session.charged.plus(charge).map_err(|_| CashRefusal::TooLarge)?;
    Ok(Plan { entry, settled: difference, charged })
}

fn short(difference: Rupiah) -> Rupiah {
    difference.negated().max(Rupiah::ZERO)
}

fn over(difference: Rupiah) -> Rupiah {
    difference.max(Rupiah::ZERO)
}

fn grown(from: Rupiah, to: Rupiah, of: fn(Rupiah) -> Rupiah) -> Result<Rupiah, CashRefusal> {
    of(to).minus(of(from)).map_err(|_| CashRefusal::TooLarge)
}

/// Expense, debt and income, each grown or shrunk, against the drawer.
fn lines(mut entry: Entry, session: &Session, [expense, charge, over]: [Rupiah; 3]) -> Entry {
    let (drawer, unit) = (session.account.code(), session.account.unit());
    let cashier = |amount| vec![Detail::new("petugas", session.cashier.to_text(), amount)];
    let gone = |amount: Rupiah| amount.max(Rupiah::ZERO);
    let back = |amount: Rupiah| amount.negated().max(Rupiah::ZERO);
    let net = session.unsettled();
    entry = entry
        .debit(SHORTAGE, unit, gone(expense))
        .debit_of(STAFF_DEBT, unit, gone(charge), cashier(gone(charge)))
        .debit(OVERAGE, unit, back(over))
        .debit(drawer, unit, gone(net))
        .credit(drawer, unit, back(net))
        .credit(SHORTAGE, unit, back(expense))
        .credit_of(STAFF_DEBT, unit, back(charge), cashier(back(charge)));
    entry.credit(OVERAGE, unit, gone(over))
}

/// Posts what a count has shown and the journal does not know yet.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &PostDifference) -> Result<Posted, Failure> {
    let session = drawer::ask(tx, input.session_id).await?.maybe().await?;
    let plan = decide(input, session.as_ref())?;
    let posted = post(tx, ctx, plan.entry).await?;
    tx.run(
        "update drawer_sessions set settled_amount = $3, charged_amount = $4
          where coop_id = $1 and session_id = $2",
        1,
        &[&input.session_id.to_text(), &plan.settled, &plan.charged],
    )
    .await?;
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::drawer::tests::{counted, open};

    fn posting(reason: &str, consent: bool) -> PostDifference {
        PostDifference {
            session_id: DocumentId::from_bytes([2; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            reason: reason.to_owned(),
            consent: consent.then(|| "cd".repeat(32)),
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let wrong = PostDifference { consent: Some("?".to_owned()), ..posting("", false) };
        let cases = [
            (wrong, None, "cash.not_evidence"),
            (posting("", true), None, "cash.unknown_session"),
            (posting("", true), Some(open()), "cash.not_counted"),
            (posting("", true), Some(counted(200_000)), "cash.nothing_to_post"),
            (posting(" ", true), Some(counted(200_500)), "cash.reason_missing"),
            (posting("Lebih", true), Some(counted(200_500)), "cash.no_shortage"),
        ];
        for (input, session, code) in cases {
            let refused = decide(&input, session.as_ref()).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
    }

    /// Counted, posted before, charged before, with consent; then the lines.
    type Change<'a> = (i64, i64, i64, bool, &'a [(&'a str, &'a str, i64)]);

    #[test]
    fn each_change_of_a_difference_goes_where_it_belongs() {
        let cases: [Change<'_>; 6] = [
            (199_500, 0, 0, false, &[("61113", "D", 500), ("11103", "K", 500)]),
            (199_500, 0, 0, true, &[("11603", "D", 500), ("11103", "K", 500)]),
            (200_700, 0, 0, false, &[("11103", "D", 700), ("81102", "K", 700)]),
            (200_000, 700, 0, false, &[("81102", "D", 700), ("11103", "K", 700)]),
            (
                199_800,
                700,
                0,
                false,
                &[("61113", "D", 200), ("81102", "D", 700), ("11103", "K", 900)],
            ),
            (
                200_100,
                -500,
                300,
                false,
                &[
                    ("11103", "D", 600),
                    ("61113", "K", 200),
                    ("11603", "K", 300),
                    ("81102", "K", 100),
                ],
            ),
        ];
        for (count, settled, charged, consent, expected) in cases {
            let (settled, charged) = (Rupiah::new(settled), Rupiah::new(charged));
            let session = Session { settled, charged, ..counted(count) };
            let plan = decide(&posting("Sebab", consent), Some(&session)).unwrap();
            let lines = plan.entry.lines.iter();
            let lines: Vec<_> = lines
                .map(|line| (line.account.as_str(), line.side.letter(), line.amount.get()))
                .collect();
            assert_eq!(lines, expected, "{count} after {settled}");
            assert_eq!(plan.settled, session.difference.unwrap());
        }
    }
}
