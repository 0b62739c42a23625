//! Goods carry their own set of accounts, so that the shop sells LPG or fish as it sells rice.

use ledger::Unit;
use serde::{Deserialize, Serialize};
use store::{Bind, Cell, Column, Fault, Kind};

/// Which accounts a good moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountSet {
    /// Sembako and everything else of the shop.
    Shop,
    /// LPG refills.
    Lpg,
    /// Fish from the pond.
    Fish,
}

impl AccountSet {
    /// All sets.
    pub const ALL: [AccountSet; 3] = [AccountSet::Shop, AccountSet::Lpg, AccountSet::Fish];

    /// Its name in a row.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            AccountSet::Shop => "shop",
            AccountSet::Lpg => "lpg",
            AccountSet::Fish => "fish",
        }
    }

    /// The unit whose goods they are.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            AccountSet::Shop => Unit::Tok,
            AccountSet::Lpg => Unit::Lpg,
            AccountSet::Fish => Unit::Kol,
        }
    }

    /// What is on hand.
    #[must_use]
    pub fn inventory(self) -> &'static str {
        match self {
            AccountSet::Shop => "11701",
            AccountSet::Lpg => "11702",
            AccountSet::Fish => "11705",
        }
    }

    /// Cost of what was sold to a member, or to somebody else.
    #[must_use]
    pub fn cost(self, member: bool) -> &'static str {
        match (self, member) {
            (AccountSet::Shop, true) => "51101",
            (AccountSet::Shop, false) => "52101",
            (AccountSet::Lpg, true) => "51103",
            (AccountSet::Lpg, false) => "52103",
            (AccountSet::Fish, true) => "51109",
            (AccountSet::Fish, false) => "52109",
        }
    }

    /// Sales to a member, or to somebody else.
    #[must_use]
    pub fn sales(self, member: bool) -> &'static str {
        match (self, member) {
            (AccountSet::Shop, true) => "41101",
            (AccountSet::Shop, false) => "42101",
            (AccountSet::Lpg, true) => "41103",
            (AccountSet::Lpg, false) => "42103",
            (AccountSet::Fish, true) => "41109",
            (AccountSet::Fish, false) => "42109",
        }
    }
}

impl Bind for AccountSet {
    fn cell(&self) -> Cell {
        Cell::Text(self.word().to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for AccountSet {
    fn read(cell: Cell) -> Result<AccountSet, Fault> {
        let word = String::read(cell)?;
        let found = AccountSet::ALL.into_iter().find(|set| set.word() == word);
        found.ok_or(Fault::Shape { want: "a set of accounts", found: word })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_account_stands_in_the_chart_for_the_unit_of_its_set() {
        for set in AccountSet::ALL {
            let all = [set.inventory(), set.cost(true), set.cost(false)];
            for code in all.into_iter().chain([set.sales(true), set.sales(false)]) {
                let known = ledger::account(code).unwrap();
                assert_eq!(known.unit, Some(set.unit()), "{code}");
            }
            assert_eq!(ledger::account(set.inventory()).unwrap().subledger, Some("barang"));
        }
    }
}
