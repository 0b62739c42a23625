//! Serah terima laci: one cashier takes the drawer over from another, in the middle of the day.
//!
//! The first has counted and her difference is in the journal; the second counts too, and the two
//! counts must agree. The first session ends, the second begins with that amount, on the same
//! device. No money moves between accounts, so nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, PersonId, Rupiah};

use crate::CashRefusal;
use crate::count_drawer::{Pile, sum};
use crate::drawer::{self, Beginning, Session};

/// The event's name in the commands table.
pub const KIND: &str = "cash.hand_over";

/// What the one who takes over fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The session that ends.
    pub session_id: DocumentId,
    /// Id of the session that begins, made when the form opens.
    pub next_session_id: DocumentId,
    /// The business day of the session that begins.
    pub day: Day,
    /// The piles, as the one who takes over counts them.
    pub piles: Vec<Pile>,
}

/// What both are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The session that begins.
    pub session_id: DocumentId,
    /// Its running number.
    pub session_no: i64,
    /// What is in the drawer.
    pub opening: Rupiah,
}

/// What must be read.
struct Facts {
    person: PersonId,
    session: Option<Session>,
    /// Whether the one who takes over has such a drawer open elsewhere.
    busy: bool,
}

fn decide<'a>(input: &HandOver, facts: &'a Facts) -> Result<(&'a Session, Rupiah), CashRefusal> {
    let counted = sum(&input.piles)?;
    let session = facts.session.as_ref().ok_or(CashRefusal::UnknownSession)?;
    let said = session.ready_to_close()?;
    if session.cashier == facts.person {
        return Err(CashRefusal::SamePerson);
    }
    if facts.busy {
        return Err(CashRefusal::CashierHasDrawer);
    }
    if counted != said {
        return Err(CashRefusal::AmountDiffers { sent: said, counted });
    }
    Ok((session, counted))
}

/// Hands a drawer over.
///
/// # Errors
/// [`CashRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &HandOver) -> Result<HandedOver, Failure> {
    let last_no = drawer::ask_last_no(tx).await?;
    let session = drawer::ask(tx, input.session_id).await?.maybe().await?;
    let busy = match &session {
        Some(session) => {
            let open = drawer::ask_open(tx, session.account, ctx.person, &session.device).await?;
            open.all().await?.iter().any(|(cashier, _)| *cashier == ctx.person)
        }
        None => false,
    };
    let facts = Facts { person: ctx.person, session, busy };
    let (session, opening) = decide(input, &facts)?;
    let session_no = last_no.maybe().await?.map_or(1, |(last,)| last + 1);
    drawer::close(tx, ctx, input.session_id, Rupiah::ZERO).await?;
    let beginning = Beginning {
        session_id: input.next_session_id,
        session_no,
        account: session.account,
        device: &session.device,
        day: input.day,
        opening,
    };
    drawer::begin(tx, ctx, &beginning).await?;
    Ok(HandedOver { session_id: input.next_session_id, session_no, opening })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::drawer::tests::{closed, counted, open};

    #[test]
    fn every_refusal_in_its_order() {
        let wanti = PersonId::from_bytes(*b"wanti-kasir-----");
        let dewi = PersonId::from_bytes(*b"dewi-kasir------");
        let input = |denomination, pieces| HandOver {
            session_id: DocumentId::from_bytes([2; 16]),
            next_session_id: DocumentId::from_bytes([3; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            piles: vec![Pile { denomination, pieces }],
        };
        let facts = |session, person, busy| Facts { person, session, busy };
        let cases = [
            (input(3, 1), facts(None, wanti, true), "cash.unknown_denomination"),
            (input(50_000, 1), facts(None, wanti, true), "cash.unknown_session"),
            (input(50_000, 1), facts(Some(closed()), wanti, true), "cash.session_closed"),
            (input(50_000, 1), facts(Some(open()), wanti, true), "cash.not_counted"),
            (input(50_000, 1), facts(Some(counted(5)), wanti, true), "cash.difference_open"),
            (input(50_000, 1), facts(Some(counted(200_000)), wanti, true), "cash.same_person"),
            (
                input(50_000, 1),
                facts(Some(counted(200_000)), dewi, true),
                "cash.cashier_has_drawer",
            ),
            (input(50_000, 1), facts(Some(counted(200_000)), dewi, false), "cash.amount_differs"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let facts = facts(Some(counted(200_000)), dewi, false);
        assert!(decide(&input(50_000, 4), &facts).is_ok());
    }
}
