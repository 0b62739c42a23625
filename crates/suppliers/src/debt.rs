//! Which account holds a debt to suppliers: each unit that buys on credit has one.

use ledger::Unit;
use serde::{Deserialize, Serialize};
use store::{Bind, Cell, Column, Fault, Kind};

/// A control account for what is owed to suppliers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Debt {
    /// Utang dagang of the shop.
    Shop,
    /// Utang agen LPG.
    Lpg,
}

impl Debt {
    /// Both.
    pub const ALL: [Debt; 2] = [Debt::Shop, Debt::Lpg];

    /// Code in the chart.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Debt::Shop => "21201",
            Debt::Lpg => "21203",
        }
    }

    /// Its name in the chart.
    #[must_use]
    pub fn name(self) -> &'static str {
        ledger::account(self.code()).map_or("", |account| account.name)
    }

    /// Reads the code that stands in a form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Debt> {
        Debt::ALL.into_iter().find(|debt| debt.code() == code)
    }

    /// The unit that owes.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Debt::Shop => Unit::Tok,
            Debt::Lpg => Unit::Lpg,
        }
    }

    /// The debt account of a unit, where it has one.
    #[must_use]
    pub fn of_unit(unit: Unit) -> Option<Debt> {
        Debt::ALL.into_iter().find(|debt| debt.unit() == unit)
    }
}

impl Bind for Debt {
    fn cell(&self) -> Cell {
        Cell::Text(self.code().to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for Debt {
    fn read(cell: Cell) -> Result<Debt, Fault> {
        let code = String::read(cell)?;
        let found = Debt::ALL.into_iter().find(|debt| debt.code() == code);
        found.ok_or(Fault::Shape { want: "an account of debts", found: code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_control_account_of_suppliers_in_its_unit() {
        for debt in Debt::ALL {
            let known = ledger::account(debt.code()).unwrap();
            assert_eq!((known.subledger, known.unit), (Some("pemasok"), Some(debt.unit())));
            assert_eq!(Debt::of_unit(debt.unit()), Some(debt));
        }
    }
}
