//! What a cart costs: line by line, rounded once for each line, then the cash part to the coin that
//! there is. Pure arithmetic, the same for the counter page and for a device that was offline.

use serde::{Deserialize, Serialize};
use values::{Overflow, PackId, Quantity, Rounding, Rupiah, price_of, quantity_for_money};

/// One line as the counter or a device sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Which pack of which goods.
    pub pack: PackId,
    /// How many packs, in thousandths.
    pub packs: Quantity,
    /// Price of one pack, in rupiah.
    pub price: Rupiah,
    /// The price list that says so.
    pub list_version: i64,
    /// What the line costs.
    pub amount: Rupiah,
}

impl CartLine {
    /// A line by quantity: the price is rounded half up, once.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn by_quantity(
        pack: PackId,
        packs: Quantity,
        price: Rupiah,
        list_version: i64,
    ) -> Result<CartLine, Overflow> {
        let amount = price_of(packs, price, Rounding::HalfUp)?;
        Ok(CartLine { pack, packs, price, list_version, amount })
    }

    /// A line by money, "beras sepuluh ribu": the quantity is rounded up, so that what is paid for a
    /// kilogram is never above its price.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn by_money(
        pack: PackId,
        money: Rupiah,
        price: Rupiah,
        list_version: i64,
    ) -> Result<CartLine, Overflow> {
        let packs = quantity_for_money(money, price)?;
        Ok(CartLine { pack, packs, price, list_version, amount: money })
    }

    /// Whether the amount follows from quantity and price in one of the two ways.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let by_quantity = price_of(self.packs, self.price, Rounding::HalfUp);
        let by_money = quantity_for_money(self.amount, self.price);
        by_quantity == Ok(self.amount) || by_money == Ok(self.packs)
    }
}

/// What is to be paid in cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the lines.
    pub total: Rupiah,
    /// Due in cash: the total rounded down to the coin, in the buyer's favour.
    pub due: Rupiah,
}

/// Sums a cart; `coin` is the smallest coin that there is, in rupiah.
///
/// # Errors
/// [`Overflow`].
pub fn totals(lines: &[CartLine], coin: i64) -> Result<Totals, Overflow> {
    let total = Rupiah::total(lines.iter().map(|line| line.amount))?;
    Ok(Totals { total, due: total.rounded_down_to(coin) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> PackId {
        PackId::from_bytes([1; 16])
    }

    #[test]
    fn small_quantities_cost_what_the_counter_says() {
        let rice = CartLine::by_money(pack(), Rupiah::new(10_000), Rupiah::new(13_500), 1).unwrap();
        let sugar = CartLine::by_money(pack(), Rupiah::new(5_000), Rupiah::new(17_500), 1).unwrap();
        let five = Quantity::whole(5).unwrap();
        let eggs = CartLine::by_quantity(pack(), five, Rupiah::new(2_000), 1).unwrap();
        let third = Quantity::from_milli(350);
        let flour = CartLine::by_quantity(pack(), third, Rupiah::new(11_900), 1).unwrap();
        assert_eq!((rice.packs.milli(), sugar.packs.milli()), (741, 286));
        let lines = [rice, sugar, eggs, flour];
        assert!(lines.iter().all(CartLine::adds_up));
        let sums = totals(&lines, 100).unwrap();
        assert_eq!((sums.total.get(), sums.due.get()), (29_165, 29_100));
    }

    #[test]
    fn a_line_that_does_not_add_up_is_seen() {
        let one = Quantity::whole(1).unwrap();
        let mut line = CartLine::by_quantity(pack(), one, Rupiah::new(3_000), 1).unwrap();
        assert!(line.adds_up());
        line.amount = Rupiah::new(2_900);
        assert!(!line.adds_up());
        line.packs = Quantity::from_milli(900);
        assert!(!line.adds_up());
    }

    #[test]
    fn a_coin_of_five_hundred_rounds_more() {
        let one = Quantity::whole(1).unwrap();
        let lines = [CartLine::by_quantity(pack(), one, Rupiah::new(47_350), 1).unwrap()];
        assert_eq!(totals(&lines, 500).unwrap().due, Rupiah::new(47_000));
        assert_eq!(totals(&[], 100).unwrap().total, Rupiah::ZERO);
    }
}
