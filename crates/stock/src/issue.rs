//! Barang keluar: goods go over the counter at what they cost.
//!
//! Called by the room that sells, in the transaction of its sale: one row is read and one written
//! for each good, one movement and one position for each line. Nothing is posted here; the seller
//! posts the cost with the sale, in the accounts that each line names. At the counter more than is
//! on hand is refused; a message of a device that was offline is accepted and stands below zero,
//! except for goods handed out by quota.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Later, Tx};
use values::{Ctx, Day, GoodId, Instant, Quantity, Rupiah};

use crate::effect::{self, Effect};
use crate::movement::{Charge, Movement, MovementKind};
use crate::standing::{self, Standing};
use crate::{AccountSet, StockRefusal};

/// Where a shop keeps what it sells, unless it says otherwise.
pub const SHOP_FLOOR: &str = "toko";

/// What is handed out, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The sale.
    pub document_id: String,
    /// Accounting day.
    pub day: Day,
    /// When it went over the counter.
    pub happened_at: Instant,
    /// Where it lay: [`SHOP_FLOOR`].
    pub place: String,
    /// Whether the buyer is a member.
    pub member: bool,
    /// Whether it has happened already, so that nothing can be refused for want of goods.
    pub allow_negative: bool,
    /// The lines of the sale.
    pub lines: Vec<IssueLine>,
}

/// One line that is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueLine {
    /// Its number in the sale, from one.
    pub line_no: i64,
    /// Which goods.
    pub good_id: GoodId,
    /// How much, in base units.
    pub qty: Quantity,
    /// Of which batch, where they are told apart.
    pub batch: Option<String>,
}

/// What a line of goods costs, and where that is posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCost {
    /// The line.
    pub line_no: i64,
    /// Which goods.
    pub good_id: GoodId,
    /// How much moved.
    pub qty: Quantity,
    /// What it costs.
    pub cost: Rupiah,
    /// The accounts of these goods.
    pub accounts: AccountSet,
}

/// Goods that were asked for.
pub struct AskedGoods(Vec<(GoodId, Later<Standing>)>);

/// Goods as they stand, each once.
pub struct StandingGoods(pub(crate) BTreeMap<GoodId, Standing>);

/// What is handed out at which cost; nothing is written yet.
pub struct IssuePlan {
    effects: Vec<Effect>,
    /// The lines with their costs, in their order.
    pub lines: Vec<LineCost>,
}

/// Asks for goods, each once.
///
/// # Errors
/// A fault.
pub async fn ask(
    tx: &mut Tx,
    goods: impl IntoIterator<Item = GoodId>,
) -> Result<AskedGoods, Fault> {
    let mut asked: Vec<(GoodId, Later<Standing>)> = Vec::new();
    for good_id in goods {
        if asked.iter().all(|(known, _)| *known != good_id) {
            asked.push((good_id, standing::ask(tx, good_id).await?));
        }
    }
    Ok(AskedGoods(asked))
}

impl AskedGoods {
    /// Reads the answers; goods that are not there are left out.
    ///
    /// # Errors
    /// A fault.
    pub async fn settle(self) -> Result<StandingGoods, Fault> {
        let mut standing = BTreeMap::new();
        for (good_id, later) in self.0 {
            if let Some(found) = later.maybe().await? {
                standing.insert(good_id, found);
            }
        }
        Ok(StandingGoods(standing))
    }
}

/// Judges what is asked for and works out what it costs.
///
/// # Errors
/// [`StockRefusal`]: no quantity, unknown goods, more than is on hand.
pub fn decide(issue: &Issue, goods: StandingGoods) -> Result<IssuePlan, StockRefusal> {
    let mut effects: BTreeMap<GoodId, Effect> =
        goods.0.into_iter().map(|(good_id, standing)| (good_id, Effect::of(standing))).collect();
    let mut lines = Vec::with_capacity(issue.lines.len());
    for line in &issue.lines {
        let effect = effects.get_mut(&line.good_id).ok_or(StockRefusal::UnknownGood)?;
        judge(issue, line, &effect.after)?;
        let at = issue.happened_at;
        let movement = Movement::new(MovementKind::Issue, issue.day, at, &issue.place)
            .of(&issue.document_id, line.line_no)
            .batched(line.batch.as_deref(), None)
            .charged(Charge::of_buyer(issue.member));
        let cost = effect.take(movement, line.qty)?;
        lines.push(LineCost {
            line_no: line.line_no,
            good_id: line.good_id,
            qty: line.qty,
            cost,
            accounts: effect.after.accounts,
        });
    }
    let effects = effects.into_values().filter(|effect| !effect.moves.is_empty()).collect();
    Ok(IssuePlan { effects, lines })
}

fn judge(issue: &Issue, line: &IssueLine, standing: &Standing) -> Result<(), StockRefusal> {
    let name = || standing.name.clone();
    if !line.qty.is_positive() {
        return Err(StockRefusal::NoQuantity { name: name() });
    }
    let (on_hand, asked) = (standing.on_hand()?, line.qty);
    if asked > on_hand && (standing.quota || !issue.allow_negative) {
        let on_hand = on_hand.max(Quantity::ZERO);
        return Err(StockRefusal::MoreThanOnHand { name: name(), on_hand, asked });
    }
    Ok(())
}

/// Writes what was decided.
///
/// # Errors
/// A fault.
pub async fn write(tx: &mut Tx, ctx: &Ctx, plan: &IssuePlan) -> Result<(), Fault> {
    effect::write(tx, ctx, &plan.effects).await
}

/// Asks, decides and writes: for a room that has nothing else to ask at the same time.
///
/// # Errors
/// [`StockRefusal`], or a fault.
pub async fn issue(tx: &mut Tx, ctx: &Ctx, issue: &Issue) -> Result<Vec<LineCost>, Failure> {
    let asked = ask(tx, issue.lines.iter().map(|line| line.good_id)).await?;
    let plan = decide(issue, asked.settle().await?)?;
    write(tx, ctx, &plan).await?;
    Ok(plan.lines)
}

#[cfg(test)]
pub(crate) mod tests {
    use store::Refusal;
    use values::MovingAverage;

    use super::*;

    pub(crate) fn good(id: u8) -> GoodId {
        GoodId::from_bytes([id; 16])
    }

    pub(crate) fn standing(id: u8, units: i64, value: i64, quota: bool) -> Standing {
        let book =
            MovingAverage { qty: Quantity::whole(units).unwrap(), value: Rupiah::new(value) };
        Standing {
            good_id: good(id),
            name: format!("Barang {id}"),
            accounts: AccountSet::Shop,
            quota,
            book,
            waiting: Quantity::ZERO,
            last_cost: book,
            last_no: 1,
            last_at: Instant::from_micros(0),
        }
    }

    pub(crate) fn goods(all: Vec<Standing>) -> StandingGoods {
        StandingGoods(all.into_iter().map(|standing| (standing.good_id, standing)).collect())
    }

    fn sale(allow_negative: bool, lines: &[(u8, i64)]) -> Issue {
        let lines = lines.iter().zip(1..).map(|(&(id, units), line_no)| IssueLine {
            line_no,
            good_id: good(id),
            qty: Quantity::whole(units).unwrap(),
            batch: None,
        });
        Issue {
            document_id: "sale".to_owned(),
            day: Day::parse_iso("2025-10-14").unwrap(),
            happened_at: Instant::from_micros(5),
            place: SHOP_FLOOR.to_owned(),
            member: true,
            allow_negative,
            lines: lines.collect(),
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let there = || vec![standing(1, 10, 100, false), standing(2, 3, 90, true)];
        let cases = [
            (sale(false, &[(7, 0)]), "stock.unknown_good"),
            (sale(false, &[(1, 0)]), "stock.no_quantity"),
            (sale(false, &[(1, -1)]), "stock.no_quantity"),
            (sale(false, &[(1, 11)]), "stock.more_than_on_hand"),
            (sale(false, &[(1, 6), (1, 5)]), "stock.more_than_on_hand"),
            (sale(true, &[(2, 4)]), "stock.more_than_on_hand"),
        ];
        for (issue, code) in cases {
            let refused = decide(&issue, goods(there())).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let mut huge = standing(1, 1, 1, false);
        huge.last_cost.value = Rupiah::new(i64::MAX);
        let refused = decide(&sale(true, &[(1, 90)]), goods(vec![huge])).map(drop);
        assert_eq!(refused, Err(StockRefusal::TooLarge));
    }

    #[test]
    fn r17_lines_of_one_good_share_what_is_there() {
        let sale = sale(false, &[(1, 40), (1, 1)]);
        let plan = decide(&sale, goods(vec![standing(1, 41, 123_001, false)])).unwrap();
        let costs: Vec<i64> = plan.lines.iter().map(|line| line.cost.get()).collect();
        assert_eq!(costs, [120_001, 3_000]);
        assert_eq!(plan.effects[0].after.book, MovingAverage::default());
    }

    #[test]
    fn what_came_before_its_paper_can_be_sold_and_no_more() {
        let mut early = standing(1, 0, 0, false);
        early.waiting = Quantity::whole(5).unwrap();
        early.last_cost = MovingAverage { qty: early.waiting, value: Rupiah::new(250) };
        let plan = decide(&sale(false, &[(1, 5)]), goods(vec![early.clone()])).unwrap();
        assert_eq!(plan.lines[0].cost, Rupiah::new(250));
        assert!(decide(&sale(false, &[(1, 6)]), goods(vec![early])).is_err());
    }
}
