//! Saldo awal barang: how much there was of the goods whose value the books opened with.
//!
//! The opening balances of the cash room name each good with its value; here the same good gets its
//! quantity. The value is read from the books, so the two cannot differ. Nothing is posted.

use ledger::balance_of;
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, GoodId, Instant, MovingAverage, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect};
use crate::movement::{Movement, MovementKind, instant_on};
use crate::standing::{self, Standing};

/// The event's name in the commands table.
pub const KIND: &str = "stock.opening";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The day of the opening balances.
    pub day: Day,
    /// Which goods.
    pub good_id: GoodId,
    /// How much there was, in base units.
    pub qty: Quantity,
    /// Where.
    pub place: String,
    /// Until when they keep, where that matters.
    pub expiry: Option<Day>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedWith {
    /// The value that the books hold.
    pub value: Rupiah,
}

fn decide(
    input: &Opening,
    standing: Option<Standing>,
    value: Rupiah,
    at: Instant,
) -> Result<Effect, StockRefusal> {
    let standing = standing.ok_or(StockRefusal::UnknownGood)?;
    let name = || standing.name.clone();
    if !input.qty.is_positive() {
        return Err(StockRefusal::NoQuantity { name: name() });
    }
    if input.place.trim().is_empty() {
        return Err(StockRefusal::PlaceMissing);
    }
    if standing.last_no > 0 {
        return Err(StockRefusal::AlreadyMoved { name: name() });
    }
    if !value.is_positive() {
        return Err(StockRefusal::NothingOpened { name: name() });
    }
    let movement = Movement::new(MovementKind::Opening, input.day, at, input.place.trim())
        .of(&input.good_id, 1)
        .batched(None, input.expiry)
        .moving(input.qty, value);
    let mut effect = Effect::of(standing);
    effect.put(movement)?;
    effect.after.last_cost = MovingAverage { qty: input.qty, value };
    Ok(effect)
}

/// Gives goods their opening quantity.
///
/// # Errors
/// [`StockRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Opening) -> Result<OpenedWith, Failure> {
    let found = standing::ask(tx, input.good_id).await?.maybe().await?;
    let value = match &found {
        Some(standing) => balance_of(tx, standing.accounts.inventory(), &input.good_id).await?,
        None => Rupiah::ZERO,
    };
    let effect = decide(input, found, value, instant_on(input.day, ctx))?;
    effect::write(tx, ctx, &[effect]).await?;
    Ok(OpenedWith { value })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::issue::tests::{good, standing};

    #[test]
    fn every_refusal_in_its_order() {
        let at = Instant::from_micros(1);
        let there = |units: i64, place: &str| Opening {
            day: Day::parse_iso("2025-10-01").unwrap(),
            good_id: good(1),
            qty: Quantity::from_milli(units * 1_000),
            place: place.to_owned(),
            expiry: None,
        };
        let fresh = || Some(Standing { last_no: 0, ..standing(1, 0, 0, false) });
        let moved = || Some(standing(1, 5, 50, false));
        let cases = [
            (there(0, ""), None, 0, "stock.unknown_good"),
            (there(0, ""), moved(), 0, "stock.no_quantity"),
            (there(40, " "), moved(), 0, "stock.place_missing"),
            (there(40, "toko"), moved(), 0, "stock.already_moved"),
            (there(40, "toko"), fresh(), 0, "stock.nothing_opened"),
        ];
        for (input, standing, value, code) in cases {
            let refused = decide(&input, standing, Rupiah::new(value), at);
            assert_eq!(refused.map(drop).map_err(|refusal| refusal.code()), Err(code));
        }
        let effect = decide(&there(40, "toko"), fresh(), Rupiah::new(2_200_000), at).unwrap();
        assert_eq!(effect.after.book.value, Rupiah::new(2_200_000));
    }
}
