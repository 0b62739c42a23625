//! Costs worked out again from the log, in the order in which things happened.
//!
//! A paper that comes late is put in at its own time. Goods that come in are worth what they cost;
//! goods that leave cost the average of that moment; a count says what was there, whatever the
//! papers said. What was sold before it came takes the price of what came. What then differs from
//! the rows as they stand is a correction, row by row; nothing that was written is changed.

use std::collections::BTreeMap;

use values::{MovingAverage, Overflow, Quantity, Rounding, Rupiah};

use crate::movement::{Charge, MovementKind};
use crate::standing::{at_last_cost, take_out};

/// A movement of own goods as it counts today: the row with all its corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) movement_no: i64,
    pub(crate) kind: MovementKind,
    pub(crate) place: String,
    pub(crate) qty: Quantity,
    pub(crate) value: Rupiah,
    pub(crate) charge: Option<Charge>,
    pub(crate) counted: Option<Quantity>,
}

/// What stood before the first row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Start {
    pub(crate) book: MovingAverage,
    /// On hand by place, with what waits for its paper.
    pub(crate) places: BTreeMap<String, Quantity>,
    pub(crate) last_cost: MovingAverage,
}

/// By how much a row differs from what it should be: signed as rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) movement_no: i64,
    pub(crate) qty: Quantity,
    pub(crate) value: Rupiah,
}

/// What stands in the end, and what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replayed {
    pub(crate) book: MovingAverage,
    pub(crate) last_cost: MovingAverage,
    pub(crate) differences: Vec<Difference>,
}

/// Goods that left before they came, at a guess.
struct Open {
    row: usize,
    qty: Quantity,
    guess: Rupiah,
}

struct Walk {
    book: MovingAverage,
    places: BTreeMap<String, Quantity>,
    last_cost: MovingAverage,
    open: Vec<Open>,
    /// What each row should be.
    right: Vec<MovingAverage>,
}

/// Walks through the rows in their order.
pub(crate) fn replay(start: Start, rows: &[Row]) -> Result<Replayed, Overflow> {
    let Start { book, places, last_cost } = start;
    let right = Vec::with_capacity(rows.len());
    let mut walk = Walk { book, places, last_cost, open: Vec::new(), right };
    for row in rows {
        walk.step(row)?;
    }
    let mut differences = Vec::new();
    for (row, right) in rows.iter().zip(&walk.right) {
        let (qty, value) = (right.qty.minus(row.qty)?, right.value.minus(row.value)?);
        if !(qty.is_zero() && value.is_zero()) {
            differences.push(Difference { movement_no: row.movement_no, qty, value });
        }
    }
    Ok(Replayed { book: walk.book, last_cost: walk.last_cost, differences })
}

impl Walk {
    fn step(&mut self, row: &Row) -> Result<(), Overflow> {
        let there = self.places.get(&row.place).copied().unwrap_or_default();
        let qty = match row.counted {
            Some(counted) => counted.minus(there)?,
            None => row.qty,
        };
        self.places.insert(row.place.clone(), there.plus(qty)?);
        self.right.push(MovingAverage { qty, value: Rupiah::ZERO });
        if row.kind.waits() {
            return Ok(());
        }
        if row.counted.is_some() && qty.is_positive() {
            let found = if self.book.qty.is_positive() { self.book } else { self.last_cost };
            let value = at_last_cost(found, qty)?;
            return self.come_in(qty, value);
        }
        if row.kind.goes_out() || row.counted.is_some() {
            return self.go_out(Quantity::ZERO.minus(qty)?);
        }
        if matches!(row.kind, MovementKind::Receive | MovementKind::Opening) && qty.is_positive() {
            self.last_cost = MovingAverage { qty, value: row.value };
        }
        self.come_in(qty, row.value)
    }

    fn go_out(&mut self, qty: Quantity) -> Result<(), Overflow> {
        let (cost, left, beyond) = take_out(self.book, self.last_cost, qty)?;
        let row = self.right.len() - 1;
        self.book = left;
        self.right[row].value = cost.negated();
        if beyond.qty.is_positive() {
            self.open.push(Open { row, qty: beyond.qty, guess: beyond.value });
        }
        Ok(())
    }

    /// Goods come in; those that left before take their part of the price.
    fn come_in(&mut self, qty: Quantity, value: Rupiah) -> Result<(), Overflow> {
        let row = self.right.len() - 1;
        self.right[row].value = value;
        let mut book = MovingAverage { qty: self.book.qty.plus(qty)?, ..self.book };
        book.value = book.value.plus(value)?;
        let (mut left, mut price) = (qty, value);
        let mut open = std::mem::take(&mut self.open);
        while let Some(first) = open.first_mut().filter(|_| left.is_positive()) {
            let taken = first.qty.min(left);
            let cost = part(price, taken, left)?;
            let guess = part(first.guess, taken, first.qty)?;
            let more = cost.minus(guess)?;
            let right = &mut self.right[first.row];
            right.value = right.value.minus(more)?;
            book.value = book.value.minus(more)?;
            (left, price) = (left.minus(taken)?, price.minus(cost)?);
            (first.qty, first.guess) = (first.qty.minus(taken)?, first.guess.minus(guess)?);
            if first.qty.is_zero() {
                open.remove(0);
            }
        }
        self.open = open;
        self.book = book;
        Ok(())
    }
}

/// Part of a sum for part of a quantity; the whole for the whole.
fn part(value: Rupiah, taken: Quantity, of: Quantity) -> Result<Rupiah, Overflow> {
    if taken == of {
        Ok(value)
    } else {
        value.times_fraction(taken.milli(), of.milli(), Rounding::HalfUp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: MovementKind, units: i64, value: i64) -> Row {
        Row {
            movement_no: 0,
            kind,
            place: "toko".to_owned(),
            qty: Quantity::whole(units).unwrap(),
            value: Rupiah::new(value),
            charge: None,
            counted: None,
        }
    }

    fn counted(units: i64, short: i64, value: i64) -> Row {
        let counted = Some(Quantity::whole(units).unwrap());
        Row { counted, ..row(MovementKind::Count, short, value) }
    }

    /// Number of a row, and by how many whole units and rupiah it differs.
    type Shown = (i64, i64, i64);

    /// What stands in the end, and how rows differ.
    fn run(rows: Vec<Row>) -> ((i64, i64), Vec<Shown>) {
        let rows: Vec<Row> = rows
            .into_iter()
            .zip(1..)
            .map(|(row, movement_no)| Row { movement_no, ..row })
            .collect();
        let done = replay(Start::default(), &rows).unwrap();
        let shown = done.differences.iter().map(|difference| {
            (difference.movement_no, difference.qty.milli() / 1_000, difference.value.get())
        });
        ((done.book.qty.milli() / 1_000, done.book.value.get()), shown.collect())
    }

    use MovementKind::{First, FirstSettled, Issue, Receive};

    #[test]
    fn r12_a_receipt_that_was_forgotten_makes_the_sale_after_it_dearer() {
        let rows = vec![
            row(Receive, 10, 100_000),
            row(Receive, 10, 130_000),
            row(Issue, -6, -60_000),
            row(Receive, 10, 120_000),
        ];
        assert_eq!(run(rows), ((24, 281_000), vec![(3, 0, -9_000)]));
    }

    #[test]
    fn r14_what_was_sold_before_it_came_takes_the_price_of_what_came() {
        let rows = |came| {
            vec![
                row(Receive, 1, 50),
                row(Issue, -1, -50),
                row(Issue, -5, -250),
                row(Receive, came, came * 60),
            ]
        };
        assert_eq!(run(rows(10)), ((5, 300), vec![(3, 0, -50)]));
        assert_eq!(run(rows(5)), ((0, 0), vec![(3, 0, -50)]));
        assert_eq!(run(rows(2)), ((-3, -150), vec![(3, 0, -20)]));
    }

    #[test]
    fn two_sales_before_it_came_are_covered_in_their_order() {
        let rows =
            vec![row(Issue, -3, 0), row(Issue, -2, 0), row(Receive, 4, 101), row(Receive, 6, 120)];
        assert_eq!(run(rows), ((5, 100), vec![(1, 0, -76), (2, 0, -45)]));
    }

    #[test]
    fn goods_before_paper_leave_at_the_price_of_the_paper() {
        let rows = vec![
            row(First, 200, 0),
            row(FirstSettled, -200, 0),
            row(Receive, 200, 11_450_000),
            row(Issue, -120, -6_600_000),
        ];
        assert_eq!(run(rows), ((80, 4_580_000), vec![(4, 0, -270_000)]));
    }

    #[test]
    fn a_count_stays_what_was_counted_when_a_paper_comes_late() {
        let rows = vec![
            row(Receive, 2, 200),
            row(Receive, 41, 4_100),
            counted(1, -1, -100),
            row(Issue, -1, -100),
        ];
        assert_eq!(run(rows), ((0, 0), vec![(3, -41, -4_100)]));
        let found = vec![row(Receive, 10, 1_000), counted(12, 3, 300), row(Issue, -12, -1_200)];
        assert_eq!(run(found), ((0, 0), vec![(2, -1, -100)]));
    }

    #[test]
    fn nothing_differs_where_nothing_was_late() {
        let rows = vec![row(Receive, 3, 1_000), row(Issue, -1, -333), row(Issue, -2, -667)];
        assert_eq!(run(rows), ((0, 0), vec![]));
    }
}
