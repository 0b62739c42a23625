//! A late paper: what it adds is put in at its own time, and what follows from it is worked out.

use std::collections::BTreeMap;

use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{GoodId, Instant, MovingAverage, Overflow, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::Effect;
use crate::movement::{Movement, MovementKind};
use crate::replay::{Replayed, Row, Start, replay};
use crate::standing::Standing;

/// A row of the log, with what its correction needs to know of it.
#[derive(Debug, Clone)]
struct Logged {
    row: Row,
    corrects: Option<i64>,
    happened_at: Instant,
    document_id: String,
    line_no: i64,
}

impl FromRow for Logged {
    fn from_row(row: Vec<Cell>) -> Result<Logged, Fault> {
        let mut cells = Cells::new(row);
        let (movement_no, corrects) = (cells.take()?, cells.take()?);
        let (kind, happened_at) = (cells.take()?, cells.take()?);
        let row = Row {
            movement_no,
            kind,
            place: cells.take()?,
            qty: cells.take()?,
            value: cells.take()?,
            charge: cells.take()?,
            counted: cells.take()?,
        };
        Ok(Logged {
            row,
            corrects,
            happened_at,
            document_id: cells.take()?,
            line_no: cells.take()?,
        })
    }
}

/// Puts movements in at their own time: goods that come, or costs that name the row they belong to.
/// Where nothing happened after them and nothing stands below zero, they are simply added. Reads
/// only; what must be written is in the effect.
///
/// # Errors
/// [`StockRefusal::TooLarge`], or a fault.
pub(crate) async fn revise(
    tx: &mut Tx,
    standing: Standing,
    added: Vec<Movement>,
) -> Result<Effect, Failure> {
    let is_late = |movement: &Movement| {
        movement.corrects.is_some() || movement.happened_at < standing.last_at
    };
    if !standing.book.qty.is_negative() && !added.iter().any(is_late) {
        return Ok(simply(standing, added).map_err(StockRefusal::from)?);
    }
    let earliest = added.iter().map(|movement| movement.happened_at).min();
    let earliest = earliest.unwrap_or(standing.last_at);
    let (from, start) = start_before(tx, &standing, earliest).await?;
    let rows: Vec<Logged> = tx
        .all(
            "select movement_no, corrects, kind, happened_at, place, qty_milli, value, charge,
                    counted_milli, document_id, line_no
               from stock_movements
              where coop_id = $1 and good_id = $2 and owner = '' and happened_at >= $3
              order by happened_at, movement_no",
            &[&standing.good_id, &from],
        )
        .await?;
    Ok(work_out(standing, start, rows, added).map_err(StockRefusal::from)?)
}

fn simply(standing: Standing, added: Vec<Movement>) -> Result<Effect, Overflow> {
    let mut effect = Effect::of(standing);
    for movement in added {
        if movement.kind.waits() {
            effect.wait(movement)?;
            continue;
        }
        if movement.qty.is_positive() {
            effect.after.last_cost = MovingAverage { qty: movement.qty, value: movement.value };
        }
        effect.put(movement)?;
    }
    Ok(effect)
}

fn work_out(
    standing: Standing,
    start: Start,
    logged: Vec<Logged>,
    added: Vec<Movement>,
) -> Result<Effect, Overflow> {
    let (day, paper_id) = match added.last() {
        Some(last) => (last.day, last.paper_id.clone().unwrap_or(last.document_id.clone())),
        None => return Ok(Effect::of(standing)),
    };
    let mut rows = logged;
    for (movement, movement_no) in added.iter().zip(standing.last_no + 1..) {
        rows.push(as_logged(movement, movement_no));
    }
    rows.sort_by_key(|logged| (logged.happened_at, logged.row.movement_no));
    let rows = fold(rows)?;
    let plain: Vec<Row> = rows.iter().map(|logged| logged.row.clone()).collect();
    let Replayed { book, last_cost, differences } = replay(start, &plain)?;
    let mut after = Standing { book, last_cost, ..standing.clone() };
    let mut moves = added;
    for movement in &moves {
        after.last_at = after.last_at.max(movement.happened_at);
        if movement.kind.waits() {
            after.waiting = after.waiting.plus(movement.qty)?;
        }
    }
    let by_no: BTreeMap<i64, &Logged> =
        rows.iter().map(|logged| (logged.row.movement_no, logged)).collect();
    for difference in differences {
        let Some(target) = by_no.get(&difference.movement_no) else { continue };
        let (row, at) = (&target.row, target.happened_at);
        let mut movement = Movement::new(MovementKind::Correction, day, at, &row.place)
            .of(&target.document_id, target.line_no)
            .moving(difference.qty, difference.value);
        movement.charge = row.charge;
        movement.paper_id = Some(paper_id.clone());
        movement.corrects = Some(difference.movement_no);
        moves.push(movement);
    }
    Ok(Effect::worked_out(standing, after, moves))
}

fn as_logged(movement: &Movement, movement_no: i64) -> Logged {
    let row = Row {
        movement_no,
        kind: movement.kind,
        place: movement.place.clone(),
        qty: movement.qty,
        value: movement.value,
        charge: movement.charge,
        counted: movement.counted,
    };
    Logged {
        row,
        corrects: movement.corrects,
        happened_at: movement.happened_at,
        document_id: movement.document_id.clone(),
        line_no: movement.line_no,
    }
}

/// Adds each correction to the row that it names; both happened at the same instant.
fn fold(rows: Vec<Logged>) -> Result<Vec<Logged>, Overflow> {
    let mut folded: Vec<Logged> = Vec::with_capacity(rows.len());
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    for logged in rows {
        match logged.corrects.and_then(|named| places.get(&named)) {
            Some(place) => {
                let target = &mut folded[*place].row;
                target.qty = target.qty.plus(logged.row.qty)?;
                target.value = target.value.plus(logged.row.value)?;
            }
            None => {
                places.insert(logged.row.movement_no, folded.len());
                folded.push(logged);
            }
        }
    }
    Ok(folded)
}

/// What stood before an instant, and from when rows must be read: earlier where goods stood below
/// zero then, since what went out before it came must be known by its rows.
async fn start_before(
    tx: &mut Tx,
    standing: &Standing,
    at: Instant,
) -> Result<(Instant, Start), Fault> {
    let found = sums_before(tx, standing, at).await?;
    if !found.book.qty.is_negative() {
        return Ok((at, found));
    }
    let above: Option<(Instant,)> = tx
        .maybe(
            "select happened_at from stock_movements
              where coop_id = $1 and good_id = $2 and owner = '' and happened_at < $3
                and book_after_milli >= 0
              order by happened_at desc, movement_no desc limit 1",
            &[&standing.good_id, &at],
        )
        .await?;
    if let Some((above,)) = above {
        let from = Instant::from_micros(above.micros() + 1);
        let found = sums_before(tx, standing, from).await?;
        if !found.book.qty.is_negative() {
            return Ok((from, found));
        }
    }
    let start = Start { last_cost: standing.last_cost, ..Start::default() };
    Ok((Instant::from_micros(i64::MIN), start))
}

async fn sums_before(tx: &mut Tx, standing: &Standing, at: Instant) -> Result<Start, Fault> {
    let sums: Vec<(String, Quantity, Quantity, Rupiah)> =
        of_place(tx, standing.good_id, at).await?;
    let mut start = Start { last_cost: standing.last_cost, ..Start::default() };
    let too_large = |_| Fault::Engine("the log of a good leaves 64 bits".to_owned());
    for (place, on_hand, in_books, value) in sums {
        start.book = start.book.receive(in_books, value).map_err(too_large)?;
        start.places.insert(place, on_hand);
    }
    Ok(start)
}

async fn of_place(
    tx: &mut Tx,
    good_id: GoodId,
    at: Instant,
) -> Result<Vec<(String, Quantity, Quantity, Rupiah)>, Fault> {
    tx.all(
        "select place, cast(sum(qty_milli) as bigint),
                cast(sum(case when kind in ('first', 'first_settled') then 0 else qty_milli end)
                     as bigint),
                cast(sum(value) as bigint)
           from stock_movements
          where coop_id = $1 and good_id = $2 and owner = '' and happened_at < $3
          group by place order by place",
        &[&good_id, &at],
    )
    .await
}
