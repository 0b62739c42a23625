//! What one event does to one good: movements, what stands after them, and the lines they post.

use std::collections::BTreeMap;

use ledger::{Detail, Entry, Unit};
use store::{Fault, Tx};
use values::{Ctx, Overflow, Quantity, Rupiah};

use crate::movement::{Charge, Movement};
use crate::standing::{self, Standing, take_out};

/// Selisih/susut persediaan, of all units.
pub(crate) const SHRINKAGE: &str = "53101";

/// An event's movements of a good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effect {
    before: Standing,
    /// The good as it stands afterwards.
    pub(crate) after: Standing,
    /// To be written, in their order.
    pub(crate) moves: Vec<Movement>,
}

impl Effect {
    /// Nothing moved yet.
    pub(crate) fn of(standing: Standing) -> Effect {
        Effect { before: standing.clone(), after: standing, moves: Vec::new() }
    }

    /// The movements and what stands after them, worked out elsewhere.
    pub(crate) fn worked_out(before: Standing, after: Standing, moves: Vec<Movement>) -> Effect {
        Effect { before, after, moves }
    }

    /// Goods leave at the cost that stands; gives the cost.
    pub(crate) fn take(&mut self, movement: Movement, qty: Quantity) -> Result<Rupiah, Overflow> {
        let (cost, left, _) = take_out(self.after.book, self.after.last_cost, qty)?;
        self.after.book = left;
        self.add(movement.moving(Quantity::ZERO.minus(qty)?, cost.negated()));
        Ok(cost)
    }

    /// Goods come in at what they are worth.
    pub(crate) fn put(&mut self, movement: Movement) -> Result<(), Overflow> {
        self.after.book = self.after.book.receive(movement.qty, movement.value)?;
        self.add(movement);
        Ok(())
    }

    /// Goods that have no paper yet come, or their paper takes their place.
    pub(crate) fn wait(&mut self, movement: Movement) -> Result<(), Overflow> {
        self.after.waiting = self.after.waiting.plus(movement.qty)?;
        self.add(movement);
        Ok(())
    }

    fn add(&mut self, movement: Movement) {
        self.after.last_at = self.after.last_at.max(movement.happened_at);
        self.moves.push(movement);
    }

    /// By how much the inventory account changes.
    fn inventory(&self) -> Result<Rupiah, Overflow> {
        Rupiah::total(self.moves.iter().map(|movement| movement.value))
    }
}

/// Sums that the lines of many effects come from.
#[derive(Default)]
struct Sums {
    more: BTreeMap<(&'static str, Unit), Vec<Detail>>,
    less: BTreeMap<(&'static str, Unit), Vec<Detail>>,
    charges: BTreeMap<(&'static str, Unit), Rupiah>,
}

fn sums(effects: &[Effect]) -> Result<Sums, Overflow> {
    let mut sums = Sums::default();
    for effect in effects {
        let (good, accounts) = (effect.after.good_id.to_text(), effect.after.accounts);
        let change = effect.inventory()?;
        let side = if change.is_negative() { &mut sums.less } else { &mut sums.more };
        if !change.is_zero() {
            let names = side.entry((accounts.inventory(), accounts.unit())).or_default();
            names.push(Detail::new("barang", good, change.abs()));
        }
        for movement in &effect.moves {
            let Some(charge) = movement.charge else { continue };
            let account = match charge {
                Charge::Member => (accounts.cost(true), accounts.unit()),
                Charge::Other => (accounts.cost(false), accounts.unit()),
                Charge::Shrinkage => (SHRINKAGE, Unit::Tok),
            };
            let sum = sums.charges.entry(account).or_default();
            *sum = sum.minus(movement.value)?;
        }
    }
    Ok(sums)
}

/// Adds what inventory and costs gain.
pub(crate) fn debits(mut entry: Entry, effects: &[Effect]) -> Result<Entry, Overflow> {
    let sums = sums(effects)?;
    for ((account, unit), names) in sums.more {
        let total = Rupiah::total(names.iter().map(|name| name.amount))?;
        entry = entry.debit_of(account, unit, total, names);
    }
    for ((account, unit), amount) in sums.charges {
        if amount.is_positive() {
            entry = entry.debit(account, unit, amount);
        }
    }
    Ok(entry)
}

/// Adds what inventory and costs lose.
pub(crate) fn credits(mut entry: Entry, effects: &[Effect]) -> Result<Entry, Overflow> {
    let sums = sums(effects)?;
    for ((account, unit), amount) in sums.charges {
        if amount.is_negative() {
            entry = entry.credit(account, unit, amount.abs());
        }
    }
    for ((account, unit), names) in sums.less {
        let total = Rupiah::total(names.iter().map(|name| name.amount))?;
        entry = entry.credit_of(account, unit, total, names);
    }
    Ok(entry)
}

/// Writes the movements, where the goods lie now, and what stands.
pub(crate) async fn write(tx: &mut Tx, ctx: &Ctx, effects: &[Effect]) -> Result<(), Fault> {
    for effect in effects {
        let mut running = effect.before.clone();
        for movement in &effect.moves {
            running.last_no += 1;
            if movement.owner.is_empty() {
                step(&mut running, movement).map_err(|_| impossible())?;
            }
            write_movement(tx, ctx, &running, movement).await?;
            write_position(tx, effect, movement).await?;
        }
        let after = Standing { last_no: running.last_no, ..effect.after.clone() };
        let agrees = running.book == after.book && running.waiting == after.waiting;
        assert!(agrees, "what stands is the sum of the movements");
        standing::keep(tx, &after).await?;
    }
    Ok(())
}

fn step(running: &mut Standing, movement: &Movement) -> Result<(), Overflow> {
    if movement.kind.waits() {
        running.waiting = running.waiting.plus(movement.qty)?;
    } else {
        running.book = running.book.receive(movement.qty, movement.value)?;
    }
    Ok(())
}

fn impossible() -> Fault {
    Fault::Engine("a movement leaves 64 bits after it was worked out".to_owned())
}

async fn write_movement(
    tx: &mut Tx,
    ctx: &Ctx,
    running: &Standing,
    movement: &Movement,
) -> Result<(), Fault> {
    tx.run(
        "insert into stock_movements (coop_id, good_id, movement_no, kind, day, happened_at, place,
                owner, batch, qty_milli, value, charge, document_id, line_no, paper_id, corrects,
                counted_milli, book_after_milli, on_hand_after_milli, value_after, person_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20, $21)",
        1,
        &[
            &running.good_id,
            &running.last_no,
            &movement.kind,
            &movement.day,
            &movement.happened_at,
            &movement.place,
            &movement.owner,
            &movement.batch,
            &movement.qty,
            &movement.value,
            &movement.charge,
            &movement.document_id,
            &movement.line_no,
            &movement.paper_id,
            &movement.corrects,
            &movement.counted,
            &running.book.qty,
            &running.on_hand().map_err(|_| impossible())?,
            &running.book.value,
            &ctx.person,
        ],
    )
    .await
}

async fn write_position(tx: &mut Tx, effect: &Effect, movement: &Movement) -> Result<(), Fault> {
    if movement.qty.is_zero() {
        return Ok(());
    }
    tx.run(
        "insert into stock_positions (coop_id, good_id, place, owner, batch, expiry, qty_milli)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (coop_id, good_id, place, owner, batch) do update
            set qty_milli = stock_positions.qty_milli + excluded.qty_milli,
                expiry = coalesce(stock_positions.expiry, excluded.expiry)",
        1,
        &[
            &effect.after.good_id,
            &movement.place,
            &movement.owner,
            &movement.batch,
            &movement.expiry,
            &movement.qty,
        ],
    )
    .await
}
