//! Hitung laci: the cashier counts blind, pile by pile.
//!
//! The page shows no expected amount before the count is sent; afterwards the count stands and the
//! difference is told. Whoever doubts it asks another person to count again; every count is kept,
//! the last one holds. Nothing is posted here: the difference gets its reason first
//! ([`crate::post_difference`]), for nobody can give one before seeing it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Failure, Later, Tx};
use values::{Ctx, DocumentId, PersonId, Rupiah};

use crate::CashRefusal;
use crate::drawer::{self, Session};

/// The event's name in the commands table.
pub const KIND: &str = "cash.count_drawer";

/// Notes and coins in use, in rupiah; 75.000 is the note of 2020.
pub const DENOMINATIONS: [i64; 12] =
    [100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50];

/// The most pieces in one pile: more is a slip of the finger.
pub(crate) const PIECES_MAX: i64 = 100_000;

/// What the one who counts fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountDrawer {
    /// The session.
    pub session_id: DocumentId,
    /// The piles; an empty drawer has none.
    pub piles: Vec<Pile>,
}

/// So many pieces of one note or coin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pile {
    /// What one piece is worth.
    pub denomination: i64,
    /// How many.
    pub pieces: i64,
}

/// What the one who counted is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Which count of this session.
    pub count_no: i64,
    /// The sum of the piles.
    pub counted: Rupiah,
    /// What must be there.
    pub expected: Rupiah,
    /// Counted less expected.
    pub difference: Rupiah,
}

/// What must be read.
struct Facts {
    person: PersonId,
    session: Option<Session>,
    counters: Vec<PersonId>,
}

fn decide(input: &CountDrawer, facts: &Facts) -> Result<Counted, CashRefusal> {
    let counted = sum(&input.piles)?;
    let session = facts.session.as_ref().ok_or(CashRefusal::UnknownSession)?;
    if session.is_closed() {
        return Err(CashRefusal::SessionClosed);
    }
    if !session.settled.is_zero() {
        return Err(CashRefusal::DifferencePosted);
    }
    if facts.counters.contains(&facts.person) {
        return Err(CashRefusal::CountedBefore);
    }
    let expected = session.expected;
    let difference = counted.minus(expected).map_err(|_| CashRefusal::TooLarge)?;
    let count_no = i64::try_from(facts.counters.len()).map_err(|_| CashRefusal::TooLarge)? + 1;
    Ok(Counted { count_no, counted, expected, difference })
}

/// What piles are worth.
///
/// # Errors
/// [`CashRefusal::UnknownDenomination`] also for a pile below zero or beyond belief.
pub(crate) fn sum(piles: &[Pile]) -> Result<Rupiah, CashRefusal> {
    let mut total = Rupiah::ZERO;
    for pile in piles {
        let known = DENOMINATIONS.contains(&pile.denomination);
        if !known || !(0..=PIECES_MAX).contains(&pile.pieces) {
            let Pile { denomination, pieces } = *pile;
            return Err(CashRefusal::UnknownDenomination { denomination, pieces });
        }
        let worth = Rupiah::new(pile.denomination).times_count(pile.pieces);
        total = worth.and_then(|worth| total.plus(worth)).map_err(|_| CashRefusal::TooLarge)?;
    }
    Ok(total)
}

/// Records a count.
///
/// # Errors
/// [`CashRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &CountDrawer) -> Result<Counted, Failure> {
    let session = drawer::ask(tx, input.session_id).await?;
    let counters: Later<(PersonId,)> = tx
        .later(
            "select person_id from drawer_counts where coop_id = $1 and session_id = $2",
            &[&input.session_id.to_text()],
        )
        .await?;
    let session = session.maybe().await?;
    let counters = counters.all().await?.into_iter().map(|(person,)| person).collect();
    let counted = decide(input, &Facts { person: ctx.person, session, counters })?;
    let id = input.session_id.to_text();
    tx.run(
        "insert into drawer_counts (coop_id, session_id, count_no, person_id, at, counted_amount,
                expected_amount)
         values ($1, $2, $3, $4, $5, $6, $7)",
        1,
        &[&id, &counted.count_no, &ctx.person, &ctx.at, &counted.counted, &counted.expected],
    )
    .await?;
    for (denomination, pieces) in merged(&input.piles) {
        tx.run(
            "insert into drawer_piles (coop_id, session_id, count_no, denomination, pieces)
             values ($1, $2, $3, $4, $5)",
            1,
            &[&id, &counted.count_no, &denomination, &pieces],
        )
        .await?;
    }
    tx.run(
        "update drawer_sessions set counted_amount = $3, difference_amount = $4
          where coop_id = $1 and session_id = $2",
        1,
        &[&id, &counted.counted, &counted.difference],
    )
    .await?;
    Ok(counted)
}

/// One pile for each denomination, empty ones left out.
fn merged(piles: &[Pile]) -> BTreeMap<i64, i64> {
    let mut merged = BTreeMap::new();
    for pile in piles.iter().filter(|pile| pile.pieces > 0) {
        *merged.entry(pile.denomination).or_default() += pile.pieces;
    }
    merged
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::drawer::tests::{closed, counted, open};

    const WANTI: PersonId = PersonId::from_bytes(*b"wanti-kasir-----");
    const SITI: PersonId = PersonId::from_bytes(*b"siti-bendahara--");

    fn count(piles: &[(i64, i64)]) -> CountDrawer {
        let piles = piles.iter().map(|&(denomination, pieces)| Pile { denomination, pieces });
        CountDrawer { session_id: DocumentId::from_bytes([2; 16]), piles: piles.collect() }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let posted = Session { settled: Rupiah::new(-500), ..counted(199_500) };
        let cases = [
            (count(&[(30_000, 1)]), None, "cash.unknown_denomination"),
            (count(&[(50_000, -1)]), None, "cash.unknown_denomination"),
            (count(&[(50_000, 100_001)]), None, "cash.unknown_denomination"),
            (count(&[]), None, "cash.unknown_session"),
            (count(&[]), Some(closed()), "cash.session_closed"),
            (count(&[]), Some(posted), "cash.difference_posted"),
            (count(&[]), Some(counted(5)), "cash.counted_before"),
        ];
        for (input, session, code) in cases {
            let facts = Facts { person: WANTI, session, counters: vec![WANTI] };
            assert_eq!(decide(&input, &facts).map_err(|refusal| refusal.code()), Err(code));
        }
    }

    #[test]
    fn piles_are_added_up_and_another_person_may_count_again() {
        let piles = [(100_000, 1), (50_000, 1), (20_000, 2), (500, 0), (20_000, 1), (100, 3)];
        let facts = Facts { person: SITI, session: Some(open()), counters: vec![WANTI] };
        let told = decide(&count(&piles), &facts).unwrap();
        assert_eq!((told.count_no, told.counted), (2, Rupiah::new(210_300)));
        assert_eq!(told.difference, Rupiah::new(10_300));
        let merged = merged(&count(&piles).piles);
        assert_eq!(merged.into_iter().collect::<Vec<_>>().len(), 4);
    }
}
