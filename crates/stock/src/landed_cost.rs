//! What goods cost until they lie on the shelf: truck and porters, shared to the rupiah.

use values::{Quantity, Rupiah, share};

use crate::StockRefusal;

/// Shares costs by value; by quantity where the goods were free.
pub(crate) fn freight_by_value(
    total: Rupiah,
    amounts: &[Rupiah],
    quantities: &[Quantity],
) -> Result<Vec<Rupiah>, StockRefusal> {
    let by_value: Vec<u64> = amounts.iter().map(|amount| amount.get().unsigned_abs()).collect();
    let by_quantity: Vec<u64> = quantities.iter().map(|qty| qty.milli().unsigned_abs()).collect();
    let shared = share(total.get(), &by_value).or_else(|_| share(total.get(), &by_quantity));
    let shared = shared.map_err(|_| StockRefusal::NoLines)?;
    Ok(shared.into_iter().map(Rupiah::new).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freight_goes_by_value_to_the_rupiah() {
        let rupiah = |all: &[i64]| all.iter().copied().map(Rupiah::new).collect::<Vec<_>>();
        let units: Vec<Quantity> = [1, 3].map(Quantity::from_milli).to_vec();
        let shared = freight_by_value(Rupiah::new(100), &rupiah(&[200, 100]), &units).unwrap();
        assert_eq!(shared, rupiah(&[67, 33]));
        let free = freight_by_value(Rupiah::new(100), &rupiah(&[0, 0]), &units).unwrap();
        assert_eq!(free, rupiah(&[25, 75]));
    }
}
