//! Hitung stok: what lies there against what the books say.
//!
//! One person counts blind while the shop goes on selling; each line keeps the moment at which it
//! was counted. Another approves. The difference is counted less what the books held at that
//! moment, so that what was sold afterwards stays sold, and two counts of one good never add up.
//! What is missing is shrinkage at its cost; what is found costs what the rest does.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 53101 | 13.000 |        |
//! | 11701 |        | 13.000 |

use ledger::{Entry, Posted};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Later, Tx};
use values::{Ctx, Day, DocumentId, GoodId, Instant, PersonId, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect};
use crate::issue::{self, StandingGoods};
use crate::movement::{Charge, Movement, MovementKind};
use crate::open_pack::post_effects;
use crate::standing::{Standing, at_last_cost};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "stock.count";

/// What is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Its id, made when the count sheet opens.
    pub count_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Where was counted.
    pub place: String,
    /// Who counted; somebody else approves.
    pub counted_by: PersonId,
    /// What was found.
    pub lines: Vec<CountLine>,
}

/// One good that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountLine {
    /// Which goods; each once.
    pub good_id: GoodId,
    /// How much of them lies there, in base units.
    pub counted: Quantity,
    /// When it was counted.
    pub counted_at: Instant,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The journal entry, where something differed.
    pub posted: Option<Posted>,
    /// Each good, in the order of the sheet.
    pub lines: Vec<CountedLine>,
}

/// A good as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedLine {
    /// Which goods.
    pub good_id: GoodId,
    /// What the books held then.
    pub book: Quantity,
    /// Counted less that; below zero where something is missing.
    pub variance: Quantity,
    /// What the variance is worth.
    pub value: Rupiah,
}

struct Facts {
    goods: StandingGoods,
    /// What lies at the place now, and what moved there after the count, line by line.
    there: Vec<(Quantity, Quantity)>,
    person: PersonId,
    now: Instant,
}

struct Plan {
    effects: Vec<Effect>,
    lines: Vec<CountedLine>,
}

fn decide(input: &Count, facts: Facts) -> Result<Plan, StockRefusal> {
    if input.lines.is_empty() {
        return Err(StockRefusal::NoLines);
    }
    if input.place.trim().is_empty() {
        return Err(StockRefusal::PlaceMissing);
    }
    if input.counted_by == facts.person {
        return Err(StockRefusal::SamePerson);
    }
    let mut goods = facts.goods.0;
    let (mut effects, mut lines) = (Vec::new(), Vec::new());
    for ((line, (now, after)), line_no) in input.lines.iter().zip(facts.there).zip(1..) {
        let standing = goods.remove(&line.good_id).ok_or(StockRefusal::UnknownGood)?;
        if line.counted.is_negative() {
            return Err(StockRefusal::NoQuantity { name: standing.name });
        }
        let book = now.minus(after)?;
        let variance = line.counted.minus(book)?;
        let at = line.counted_at.min(facts.now);
        let mut movement = Movement::new(MovementKind::Count, input.day, at, input.place.trim())
            .of(&input.count_id, line_no)
            .charged(Charge::Shrinkage);
        movement.counted = Some(line.counted);
        let (effect, value) = differ(standing, movement, variance)?;
        effects.push(effect);
        lines.push(CountedLine { good_id: line.good_id, book, variance, value });
    }
    Ok(Plan { effects, lines })
}

/// What is missing goes at its cost, what is found costs what the rest does.
fn differ(
    standing: Standing,
    movement: Movement,
    variance: Quantity,
) -> Result<(Effect, Rupiah), StockRefusal> {
    let of = if standing.book.qty.is_positive() { standing.book } else { standing.last_cost };
    let mut effect = Effect::of(standing);
    if variance.is_positive() {
        let value = at_last_cost(of, variance)?;
        effect.put(movement.moving(variance, value))?;
        return Ok((effect, value));
    }
    let cost = effect.take(movement, Quantity::ZERO.minus(variance)?)?;
    Ok((effect, cost.negated()))
}

/// Records a count.
///
/// # Errors
/// [`StockRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Count) -> Result<Counted, Failure> {
    let goods = issue::ask(tx, input.lines.iter().map(|line| line.good_id)).await?;
    let mut asked = Vec::with_capacity(input.lines.len());
    for line in &input.lines {
        asked.push(ask_there(tx, line, input.place.trim()).await?);
    }
    let mut there = Vec::with_capacity(asked.len());
    for (now, after) in asked {
        let now = now.maybe().await?.map_or(Quantity::ZERO, |(qty,)| qty);
        there.push((now, after.maybe().await?.map_or(Quantity::ZERO, |(qty,)| qty)));
    }
    let facts = Facts { goods: goods.settle().await?, there, person: ctx.person, now: ctx.at };
    let plan = decide(input, facts)?;
    let entry = Entry::new(KIND, input.day).approved_by(Some(input.counted_by));
    let posted = post_effects(tx, ctx, entry, &plan.effects).await?;
    effect::write(tx, ctx, &plan.effects).await?;
    Ok(Counted { posted, lines: plan.lines })
}

type Sum = Later<(Quantity,)>;

async fn ask_there(tx: &mut Tx, line: &CountLine, place: &str) -> Result<(Sum, Sum), Fault> {
    let now = tx
        .later(
            "select cast(coalesce(sum(qty_milli), 0) as bigint) from stock_positions
              where coop_id = $1 and good_id = $2 and place = $3 and owner = ''",
            &[&line.good_id, &place],
        )
        .await?;
    let after = tx
        .later(
            "select cast(coalesce(sum(qty_milli), 0) as bigint) from stock_movements
              where coop_id = $1 and good_id = $2 and happened_at > $3 and place = $4
                and owner = ''",
            &[&line.good_id, &line.counted_at, &place],
        )
        .await?;
    Ok((now, after))
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::issue::tests::{good, goods, standing};

    const DEWI: PersonId = PersonId::from_bytes([3; 16]);
    const SITI: PersonId = PersonId::from_bytes([4; 16]);

    fn sheet(place: &str, lines: &[(u8, i64)]) -> Count {
        let lines = lines.iter().map(|&(id, units)| CountLine {
            good_id: good(id),
            counted: Quantity::from_milli(units * 1_000),
            counted_at: Instant::from_micros(10),
        });
        Count {
            count_id: DocumentId::from_bytes([6; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            place: place.to_owned(),
            counted_by: DEWI,
            lines: lines.collect(),
        }
    }

    fn facts(there: &[(i64, i64)], person: PersonId) -> Facts {
        let units = |units| Quantity::from_milli(units * 1_000);
        let there = there.iter().map(|&(now, after)| (units(now), units(after)));
        let goods = goods(vec![standing(1, 120, 390_000, false), standing(2, 7, 70, false)]);
        Facts { goods, there: there.collect(), person, now: Instant::from_micros(20) }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let cases = [
            (sheet("", &[]), facts(&[], DEWI), "stock.no_lines"),
            (sheet("", &[(9, -1)]), facts(&[(0, 0)], DEWI), "stock.place_missing"),
            (sheet("toko", &[(9, -1)]), facts(&[(0, 0)], DEWI), "stock.same_person"),
            (sheet("toko", &[(9, -1)]), facts(&[(0, 0)], SITI), "stock.unknown_good"),
            (sheet("toko", &[(1, -1)]), facts(&[(0, 0)], SITI), "stock.no_quantity"),
            (sheet("toko", &[(1, 5), (1, 5)]), facts(&[(5, 0); 2], SITI), "stock.unknown_good"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
    }

    #[test]
    fn the_books_of_that_moment_are_compared() {
        let plan = decide(&sheet("toko", &[(1, 116)]), facts(&[(120, 0)], SITI)).unwrap();
        assert_eq!(plan.lines[0].value, Rupiah::new(-13_000));
        let plan = decide(&sheet("toko", &[(2, 8)]), facts(&[(7, -2)], SITI)).unwrap();
        assert_eq!(plan.lines[0].variance, Quantity::from_milli(-1_000));
        assert_eq!(plan.effects[0].after.book.qty, Quantity::from_milli(6_000));
        let plan = decide(&sheet("toko", &[(2, 8)]), facts(&[(7, 0)], SITI)).unwrap();
        assert_eq!(plan.lines[0].value, Rupiah::new(10));
    }
}
