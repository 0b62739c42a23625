//! What the shops of the city sell: facts of `goods.csv`, with prices that keep the ceilings.
//!
//! The goods that even a small shop has stand first.

use std::sync::OnceLock;

use stock::AccountSet;
use values::{Gtin, PackFactor};

const LIST: &str = include_str!("goods.csv");

/// One kind of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goods {
    pub(crate) name: &'static str,
    pub(crate) base_unit: &'static str,
    pub(crate) accounts: AccountSet,
    pub(crate) quota: bool,
    pub(crate) weighed: bool,
    pub(crate) ceiling_key: Option<&'static str>,
    /// The pack that goes over the counter, where it is not the base unit.
    pub(crate) sell_pack: Option<Pack>,
    /// The pack that the supplier brings, where it is another.
    pub(crate) buy_pack: Option<Pack>,
    /// On the pack that is sold.
    pub(crate) barcode: Option<Gtin>,
    /// Of the pack that the supplier brings.
    pub(crate) buy: i64,
    /// Of the pack that is sold.
    pub(crate) sell: i64,
    pub(crate) member: Option<i64>,
    /// Of the pack that the supplier brings, where it is sold whole as well.
    pub(crate) whole: Option<i64>,
    pub(crate) supplier: &'static str,
    /// How often it is asked for, beside the others.
    pub(crate) liking: i64,
}

/// A pack and how many base units it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pack {
    pub(crate) name: &'static str,
    pub(crate) holds: i64,
}

impl Pack {
    /// What it holds, as the stock room knows it.
    pub(crate) fn factor(self) -> PackFactor {
        let holds = u64::try_from(self.holds).unwrap_or(1);
        PackFactor::new(holds, 1).unwrap_or(PackFactor::ONE)
    }
}

impl Goods {
    /// Base units in the pack that is sold.
    pub(crate) fn sell_holds(&self) -> i64 {
        self.sell_pack.map_or(1, |pack| pack.holds)
    }

    /// Base units in the pack that the supplier brings.
    pub(crate) fn buy_holds(&self) -> i64 {
        self.buy_pack.map_or(self.sell_holds(), |pack| pack.holds)
    }
}

/// All goods, those of small shops first.
pub(crate) fn goods() -> &'static [Goods] {
    static READ: OnceLock<Vec<Goods>> = OnceLock::new();
    READ.get_or_init(|| LIST.lines().skip(1).map(read_line).collect())
}

fn read_line(line: &'static str) -> Goods {
    let fields: Vec<&'static str> = line.split(';').collect();
    let [
        name,
        base_unit,
        set,
        quota,
        weighed,
        ceiling,
        sell_pack,
        sell_holds,
        buy_pack,
        buy_holds,
        barcode,
        buy,
        sell,
        member,
        whole,
        supplier,
        liking,
    ] = fields[..]
    else {
        panic!("goods.csv: seventeen fields in each line: {line}")
    };
    let set = AccountSet::ALL.into_iter().find(|known| known.word() == set);
    let filled = |text: &'static str| (!text.is_empty()).then_some(text);
    let pack = |name, holds| filled(name).map(|name| Pack { name, holds: number(holds) });
    Goods {
        name,
        base_unit,
        accounts: set.expect("goods.csv: a set of accounts"),
        quota: quota == "1",
        weighed: weighed == "1",
        ceiling_key: filled(ceiling),
        sell_pack: pack(sell_pack, sell_holds),
        buy_pack: pack(buy_pack, buy_holds),
        barcode: filled(barcode).map(|text| Gtin::parse(text).expect("goods.csv: a barcode")),
        buy: number(buy),
        sell: number(sell),
        member: filled(member).map(number),
        whole: filled(whole).map(number),
        supplier,
        liking: number(liking),
    }
}

fn number(text: &str) -> i64 {
    text.parse().expect("goods.csv: a whole number")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use coops::parameters::preset;

    use super::*;
    use crate::supply::SUPPLIERS;

    #[test]
    fn each_has_its_own_name_and_barcode_a_supplier_and_a_margin() {
        let names: BTreeSet<&str> = goods().iter().map(|one| one.name).collect();
        assert_eq!(names.len(), goods().len());
        let barcodes: Vec<&Gtin> = goods().iter().filter_map(|one| one.barcode.as_ref()).collect();
        assert_eq!(barcodes.iter().collect::<BTreeSet<_>>().len(), barcodes.len());
        for one in goods() {
            assert!(SUPPLIERS.iter().any(|known| known.key == one.supplier), "{}", one.name);
            assert_eq!(one.buy_holds() % one.sell_holds(), 0, "{}", one.name);
            let sells_for = one.member.unwrap_or(one.sell) * one.buy_holds() / one.sell_holds();
            assert!(sells_for > one.buy, "{}", one.name);
            assert!(one.whole.is_none_or(|whole| whole > one.buy), "{}", one.name);
        }
    }

    #[test]
    fn no_price_passes_its_ceiling() {
        for one in goods() {
            let Some(key) = one.ceiling_key else { continue };
            let ceiling = preset("het", key).or_else(|| preset("hap", key)).unwrap();
            assert!(one.sell <= ceiling.row.value * one.sell_holds(), "{}", one.name);
        }
    }
}
