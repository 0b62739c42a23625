//! Terima barang: goods come with what they cost.
//!
//! The warehouse types what the nota says and what the scale says; truck and porters go into the
//! cost of the goods by their value. Four ways to pay, for the goods and for each cost of its own.
//! A receipt that is typed late is put in at its own day: what was sold since then costs what it
//! should have cost, and the difference is posted with it, as a correction that can be seen. Goods
//! that were taken in before their paper are named line by line.
//!
//! Tunai, from the safe:
//!
//! | akun  |   debit |  kredit |
//! |-------|---------|---------|
//! | 11701 | 650.000 |         |
//! | 11101 |         | 650.000 |
//!
//! Kredit, the truck paid from the safe:
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 11701 | 2.770.000 |           |
//! | 21201 |           | 2.720.000 |
//! | 11101 |           |    50.000 |
//!
//! Nota menyusul:
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 11701 | 1.000.000 |           |
//! | 21202 |           | 1.000.000 |
//!
//! Talangan pengurus:
//!
//! | akun  |      debit |     kredit |
//! |-------|------------|------------|
//! | 11701 | 11.000.000 |            |
//! | 21210 |            | 11.000.000 |
//!
//! Terlambat dicatat, six of ten sold to a neighbour meanwhile:
//!
//! | akun  |   debit |  kredit |
//! |-------|---------|---------|
//! | 11701 | 121.000 |         |
//! | 52101 |   9.000 |         |
//! | 11101 |         | 130.000 |

use std::collections::BTreeMap;

use ledger::{Entry, Posted, Series, Unit, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Tx};
use values::{Ctx, Day, DocumentId, GoodId, Instant, PackId, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect, credits, debits};
use crate::evidence::maybe_evidence;
use crate::goods::{self, Pack};
use crate::issue::{self, StandingGoods};
use crate::landed_cost::freight_by_value;
use crate::movement::{Movement, MovementKind, instant_on};
use crate::paid_by::{
    Bill, Freight, PaidBy, ask_bills, bills, judge_bills, judge_freight, settle_bills,
};
use crate::receipts::{self, NewReceipt, NewReceiptLine};
use crate::receive_first::{self, Waiting};
use crate::revise::revise;

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "stock.receive";

/// What the warehouse fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receive {
    /// Id of the receipt, made when the form opens.
    pub receipt_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// The day the goods came.
    pub received_day: Day,
    /// Where they are put.
    pub place: String,
    /// What came.
    pub lines: Vec<ReceiveLine>,
    /// How the goods are paid.
    pub paid_by: PaidBy,
    /// What else they cost.
    pub freight: Vec<Freight>,
    /// Hash of the photo of the nota.
    pub nota: Option<String>,
}

/// One line of the nota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveLine {
    /// Which goods.
    pub good_id: GoodId,
    /// In which pack.
    pub pack_id: PackId,
    /// How many packs.
    pub packs: Quantity,
    /// What the scale says, in base units, where they were weighed.
    pub weighed: Option<Quantity>,
    /// What they cost in all.
    pub amount: Rupiah,
    /// Of which batch, where they are told apart.
    pub batch: Option<String>,
    /// Until when they keep.
    pub expiry: Option<Day>,
    /// What was taken in before this paper.
    pub first_id: Option<DocumentId>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The journal entry.
    pub posted: Posted,
    /// What came of each line, with its part of the freight.
    pub lines: Vec<ReceivedLine>,
}

/// A line as it stands in stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedLine {
    /// Which goods.
    pub good_id: GoodId,
    /// How much, in base units.
    pub qty: Quantity,
    /// What it cost, freight included.
    pub cost: Rupiah,
}

struct Facts {
    packs: Vec<Option<Pack>>,
    goods: StandingGoods,
    firsts: Vec<Option<Waiting>>,
    now: Instant,
    arrived: Instant,
}

struct Plan {
    unit: Unit,
    bills: Vec<Bill>,
    lines: Vec<PlannedLine>,
    evidence: Vec<[u8; 32]>,
}

struct PlannedLine {
    pack: Pack,
    qty: Quantity,
    freight: Rupiah,
    cost: Rupiah,
    /// What its paper takes the place of, and its receipt.
    moves: Vec<Movement>,
}

fn decide(input: &Receive, facts: &Facts) -> Result<Plan, StockRefusal> {
    if input.lines.is_empty() {
        return Err(StockRefusal::NoLines);
    }
    if input.place.trim().is_empty() {
        return Err(StockRefusal::PlaceMissing);
    }
    let mut taken = Vec::with_capacity(input.lines.len());
    for (line, pack) in input.lines.iter().zip(&facts.packs) {
        taken.push(judge_line(line, pack.as_ref())?);
    }
    let unit = taken[0].0.accounts.unit();
    if let Some((other, _)) = taken.iter().find(|(pack, _)| pack.accounts.unit() != unit) {
        return Err(StockRefusal::OtherUnit { name: other.good_name.clone() });
    }
    judge_freight(&input.freight)?;
    let evidence = maybe_evidence(input.nota.as_deref())?;
    let amounts: Vec<Rupiah> = input.lines.iter().map(|line| line.amount).collect();
    let goods_total = Rupiah::total(amounts.iter().copied())?;
    let freight_total = Rupiah::total(input.freight.iter().map(|cost| cost.amount))?;
    if goods_total.plus(freight_total)?.is_zero() {
        return Err(StockRefusal::NotPositive { asked: Rupiah::ZERO });
    }
    let quantities: Vec<Quantity> = taken.iter().map(|(_, qty)| *qty).collect();
    let freight = freight_by_value(freight_total, &amounts, &quantities)?;
    let mut lines = Vec::with_capacity(taken.len());
    for (place, ((pack, qty), freight)) in taken.into_iter().zip(freight).enumerate() {
        let cost = amounts[place].plus(freight)?;
        let moves = moves(input, facts, place, (qty, cost))?;
        lines.push(PlannedLine { pack: pack.clone(), qty, freight, cost, moves });
    }
    let of_freight = input.freight.iter().map(|cost| (&cost.paid_by, cost.amount));
    let bills = bills(std::iter::once((&input.paid_by, goods_total)).chain(of_freight))?;
    Ok(Plan { unit, bills, lines, evidence })
}

/// The pack of a line and how much it brings.
fn judge_line<'a>(
    line: &ReceiveLine,
    pack: Option<&'a Pack>,
) -> Result<(&'a Pack, Quantity), StockRefusal> {
    let pack = pack.filter(|pack| pack.good_id == line.good_id).ok_or(StockRefusal::UnknownPack)?;
    let name = || pack.good_name.clone();
    if !line.packs.is_positive() || line.weighed.is_some_and(|qty| !qty.is_positive()) {
        return Err(StockRefusal::NoQuantity { name: name() });
    }
    if line.amount.is_negative() {
        return Err(StockRefusal::NotPositive { asked: line.amount });
    }
    let counted = line.packs.times_factor(&pack.factor);
    let exact = |_| StockRefusal::NotExact { pack: pack.pack_name.clone() };
    let qty = line.weighed.map_or_else(|| counted.map_err(exact), Ok)?;
    Ok((pack, qty))
}

/// The movements of a line.
fn moves(
    input: &Receive,
    facts: &Facts,
    place: usize,
    (qty, cost): (Quantity, Rupiah),
) -> Result<Vec<Movement>, StockRefusal> {
    let (line, line_no) = (&input.lines[place], i64::try_from(place + 1).unwrap_or(i64::MAX));
    let (mut moves, mut at) = (Vec::new(), facts.arrived);
    let here = input.place.trim();
    if line.first_id.is_some() {
        let first = facts.firsts[place].as_ref().ok_or(StockRefusal::UnknownFirst)?;
        if first.receipt_id.is_some() {
            return Err(StockRefusal::FirstSettled);
        }
        let named_before = input.lines[..place].iter().any(|other| other.first_id == line.first_id);
        if named_before || first.good_id != line.good_id || first.place != here {
            return Err(StockRefusal::OtherFirst);
        }
        at = first.happened_at;
        let back = Quantity::ZERO.minus(first.qty)?;
        let settled = Movement::new(MovementKind::FirstSettled, input.day, at, here)
            .of(&input.receipt_id, line_no)
            .moving(back, Rupiah::ZERO);
        moves.push(settled);
    }
    let came = Movement::new(MovementKind::Receive, input.day, at.min(facts.now), here)
        .of(&input.receipt_id, line_no)
        .batched(line.batch.as_deref(), line.expiry)
        .moving(qty, cost);
    moves.push(came);
    Ok(moves)
}

async fn facts(tx: &mut Tx, ctx: &Ctx, input: &Receive) -> Result<Facts, Fault> {
    let goods = issue::ask(tx, input.lines.iter().map(|line| line.good_id)).await?;
    let (mut packs_asked, mut firsts_asked) = (Vec::new(), Vec::new());
    for line in &input.lines {
        packs_asked.push(goods::ask_pack(tx, line.pack_id).await?);
        firsts_asked.push(match line.first_id {
            Some(first_id) => Some(receive_first::ask(tx, first_id).await?),
            None => None,
        });
    }
    let (mut packs, mut firsts) = (Vec::new(), Vec::new());
    for pack in packs_asked {
        packs.push(pack.maybe().await?);
    }
    for first in firsts_asked {
        firsts.push(match first {
            Some(later) => later.maybe().await?,
            None => None,
        });
    }
    let goods = goods.settle().await?;
    Ok(Facts { packs, goods, firsts, now: ctx.at, arrived: instant_on(input.received_day, ctx) })
}

/// Records a delivery.
///
/// # Errors
/// [`StockRefusal`], [`suppliers::SupplierRefusal`], [`cash::CashRefusal`], and what the ledger
/// refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Receive) -> Result<Received, Failure> {
    let mut facts = facts(tx, ctx, input).await?;
    let plan = decide(input, &facts)?;
    let asked = ask_bills(tx, &plan.bills).await?;
    let suppliers = judge_bills(&plan.bills, asked, plan.unit).await?;
    let mut by_good: BTreeMap<GoodId, Vec<Movement>> = BTreeMap::new();
    for line in &plan.lines {
        by_good.entry(line.pack.good_id).or_default().extend(line.moves.iter().cloned());
    }
    let (mut effects, mut numbers) = (Vec::new(), BTreeMap::new());
    for (good_id, added) in by_good {
        let standing = facts.goods.0.remove(&good_id).ok_or(StockRefusal::UnknownGood)?;
        for (movement, number) in added.iter().zip(standing.last_no + 1..) {
            if movement.kind == MovementKind::Receive {
                numbers.insert(movement.line_no, number);
            }
        }
        effects.push(revise(tx, standing, added).await?);
    }
    let entry = entry(input, &plan, &effects)?;
    let posted = post(tx, ctx, entry).await?;
    effect::write(tx, ctx, &effects).await?;
    settle_bills(tx, ctx, &plan.bills, &suppliers, (plan.unit, posted.entry_no)).await?;
    keep(tx, ctx, input, &plan, (posted.entry_no, &numbers)).await?;
    let lines = plan.lines.iter().map(|line| ReceivedLine {
        good_id: line.pack.good_id,
        qty: line.qty,
        cost: line.cost,
    });
    Ok(Received { posted, lines: lines.collect() })
}

fn entry(input: &Receive, plan: &Plan, effects: &[Effect]) -> Result<Entry, StockRefusal> {
    let entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(plan.unit))
        .valued(input.received_day)
        .with_evidence(plan.evidence.clone());
    let entry = debits(entry, effects)?;
    let entry = plan.bills.iter().fold(entry, |entry, bill| bill.credit(entry, plan.unit));
    Ok(credits(entry, effects)?)
}

/// Keeps the receipt and its lines.
async fn keep(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &Receive,
    plan: &Plan,
    (entry_no, numbers): (i64, &BTreeMap<i64, i64>),
) -> Result<(), Failure> {
    let (supplier_id, not_invoiced) = input.paid_by.supplier();
    let goods = Rupiah::total(input.lines.iter().map(|line| line.amount));
    let freight = Rupiah::total(plan.lines.iter().map(|line| line.freight));
    let head = NewReceipt {
        receipt_id: input.receipt_id,
        supplier_id,
        not_invoiced,
        day: input.day,
        received_day: input.received_day,
        place: input.place.trim(),
        goods: goods.map_err(StockRefusal::from)?,
        freight: freight.map_err(StockRefusal::from)?,
        entry_no,
    };
    receipts::add(tx, ctx, &head).await?;
    for (line_no, (line, planned)) in (1_i64..).zip(input.lines.iter().zip(&plan.lines)) {
        let came = planned.moves.last().map_or(Instant::from_micros(0), |last| last.happened_at);
        let kept = NewReceiptLine {
            line_no,
            good_id: line.good_id,
            pack_id: line.pack_id,
            factor: planned.pack.factor,
            packs: line.packs,
            qty: planned.qty,
            goods: line.amount,
            freight: planned.freight,
            movement_no: numbers.get(&line_no).copied().unwrap_or(0),
            happened_at: came,
        };
        receipts::add_line(tx, input.receipt_id, &kept).await?;
        if let Some(first_id) = line.first_id {
            receive_first::settle(tx, first_id, input.receipt_id).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use cash::CashAccount;
    use store::Refusal;
    use values::PackFactor;

    use super::*;
    use crate::AccountSet;
    use crate::issue::tests::{good, goods, standing};

    pub(crate) fn karung() -> Pack {
        Pack {
            pack_id: PackId::from_bytes([1; 16]),
            pack_name: "karung".to_owned(),
            factor: PackFactor::new(50, 1).unwrap(),
            sellable: false,
            good_id: good(1),
            good_name: "Beras medium".to_owned(),
            base_unit: "kg".to_owned(),
            accounts: AccountSet::Shop,
            quota: false,
            sold_by_weight: true,
            ceiling_key: None,
            on_hand: Quantity::whole(100).unwrap(),
        }
    }

    fn day() -> Day {
        Day::parse_iso("2025-10-14").unwrap()
    }

    fn line(packs: i64, amount: i64) -> ReceiveLine {
        ReceiveLine {
            good_id: good(1),
            pack_id: karung().pack_id,
            packs: Quantity::from_milli(packs * 1_000),
            weighed: None,
            amount: Rupiah::new(amount),
            batch: None,
            expiry: None,
            first_id: None,
        }
    }

    fn delivery(lines: Vec<ReceiveLine>, freight: &[(&str, i64)]) -> Receive {
        let paid_by = || PaidBy::Cash(CashAccount::Safe.into());
        let freight = freight.iter().map(|(what, amount)| Freight {
            what: (*what).to_owned(),
            amount: Rupiah::new(*amount),
            paid_by: paid_by(),
        });
        Receive {
            receipt_id: DocumentId::from_bytes([5; 16]),
            day: day(),
            received_day: day(),
            place: "toko".to_owned(),
            lines,
            paid_by: paid_by(),
            freight: freight.collect(),
            nota: None,
        }
    }

    fn facts(packs: Vec<Option<Pack>>, first: Option<Waiting>) -> Facts {
        let firsts = packs.iter().map(|_| first.clone()).collect();
        let goods = goods(vec![standing(1, 0, 0, false)]);
        let (now, arrived) = (day().instant_at(100), day().instant_at(100));
        Facts { packs, goods, firsts, now, arrived }
    }

    fn code(input: &Receive, facts: &Facts) -> Result<(), &'static str> {
        decide(input, facts).map(drop).map_err(|refusal| refusal.code())
    }

    #[test]
    fn every_refusal_in_its_order() {
        let known = || facts(vec![Some(karung())], None);
        let refused = |input: &Receive, refusal: &'static str| {
            assert_eq!(code(input, &known()), Err(refusal));
        };
        refused(&delivery(vec![], &[]), "stock.no_lines");
        let nowhere = Receive { place: " ".to_owned(), ..delivery(vec![line(0, 0)], &[]) };
        refused(&nowhere, "stock.place_missing");
        let other = ReceiveLine { good_id: good(9), ..line(0, 0) };
        refused(&delivery(vec![other], &[]), "stock.unknown_pack");
        refused(&delivery(vec![line(0, -1)], &[]), "stock.no_quantity");
        refused(&delivery(vec![line(1, -1)], &[]), "stock.not_positive");
        refused(&delivery(vec![line(1, 5)], &[(" ", 0)]), "stock.cost_unnamed");
        refused(&delivery(vec![line(1, 5)], &[("truk", 0)]), "stock.not_positive");
        let blurred = Receive { nota: Some("x".to_owned()), ..delivery(vec![line(1, 5)], &[]) };
        refused(&blurred, "stock.not_evidence");
        refused(&delivery(vec![line(1, 0)], &[]), "stock.not_positive");
    }

    #[test]
    fn packs_units_and_sums_that_do_not_fit_are_refused() {
        let lpg = Pack { accounts: AccountSet::Lpg, ..karung() };
        let two = facts(vec![Some(karung()), Some(lpg)], None);
        let mixed = delivery(vec![line(1, 5), line(1, 5)], &[]);
        assert_eq!(code(&mixed, &two), Err("stock.other_unit"));
        let egg = Pack { factor: PackFactor::new(1, 3).unwrap(), ..karung() };
        let input = delivery(vec![line(1, 5)], &[]);
        assert_eq!(code(&input, &facts(vec![Some(egg)], None)), Err("stock.not_exact"));
        let both = facts(vec![Some(karung()), Some(karung())], None);
        let much = delivery(vec![line(1, i64::MAX), line(1, 1)], &[]);
        assert_eq!(code(&much, &both), Err("stock.too_large"));
    }

    #[test]
    fn what_was_taken_in_first_is_named_once_and_rightly() {
        let first_id = Some(DocumentId::from_bytes([7; 16]));
        let early = Waiting {
            first_id: DocumentId::from_bytes([7; 16]),
            good_id: good(1),
            qty: Quantity::whole(50).unwrap(),
            place: "toko".to_owned(),
            day: day(),
            happened_at: day().instant_at(10),
            receipt_id: None,
        };
        let settled =
            Waiting { receipt_id: Some(DocumentId::from_bytes([5; 16])), ..early.clone() };
        let elsewhere = Waiting { place: "gudang".to_owned(), ..early.clone() };
        let named = ReceiveLine { first_id, ..line(1, 5) };
        let one = delivery(vec![named.clone()], &[]);
        let with = |first| facts(vec![Some(karung())], first);
        assert_eq!(code(&one, &with(None)), Err("stock.unknown_first"));
        assert_eq!(code(&one, &with(Some(settled))), Err("stock.first_settled"));
        assert_eq!(code(&one, &with(Some(elsewhere))), Err("stock.other_first"));
        let twice = delivery(vec![named.clone(), named], &[]);
        let facts = facts(vec![Some(karung()), Some(karung())], Some(early.clone()));
        assert_eq!(code(&twice, &facts), Err("stock.other_first"));
        let plan = decide(&one, &with(Some(early.clone()))).unwrap();
        let moves = &plan.lines[0].moves;
        assert_eq!(moves.len(), 2);
        assert!(moves.iter().all(|movement| movement.happened_at == early.happened_at));
    }
}
