//! Where money can be, in the words of the desk.

use ledger::Unit;
use serde::{Deserialize, Serialize};
use store::{Bind, Cell, Column, Fault, Kind};

/// A cash or bank account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashAccount {
    /// Kas besar, the safe.
    Safe,
    /// Kas kecil.
    Petty,
    /// Kas kasir toko, the till's drawer.
    Till,
    /// Kas teller USP.
    Teller,
    /// Kas loket kolam, the ticket booth.
    Booth,
    /// Kas pangkalan LPG.
    LpgOutlet,
    /// Bank, for daily use.
    Bank,
    /// Bank account of the programme loan.
    LoanBank,
    /// Bank account of savings and loans.
    UspBank,
}

impl CashAccount {
    /// All of them, in the order of the chart.
    pub const ALL: [CashAccount; 9] = [
        CashAccount::Safe,
        CashAccount::Petty,
        CashAccount::Till,
        CashAccount::Teller,
        CashAccount::Booth,
        CashAccount::LpgOutlet,
        CashAccount::Bank,
        CashAccount::LoanBank,
        CashAccount::UspBank,
    ];

    /// Code in the chart.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CashAccount::Safe => "11101",
            CashAccount::Petty => "11102",
            CashAccount::Till => "11103",
            CashAccount::Teller => "11104",
            CashAccount::Booth => "11105",
            CashAccount::LpgOutlet => "11106",
            CashAccount::Bank => "11201",
            CashAccount::LoanBank => "11202",
            CashAccount::UspBank => "11203",
        }
    }

    /// The unit that it belongs to.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            CashAccount::Till => Unit::Tok,
            CashAccount::Teller | CashAccount::UspBank => Unit::Usp,
            CashAccount::Booth => Unit::Kol,
            CashAccount::LpgOutlet => Unit::Lpg,
            _ => Unit::Pst,
        }
    }

    /// Its name in the chart.
    #[must_use]
    pub fn name(self) -> &'static str {
        ledger::account(self.code()).map_or("", |account| account.name)
    }

    /// A drawer that one person holds for a time: opened, counted and closed.
    #[must_use]
    pub fn is_drawer(self) -> bool {
        use CashAccount::{Booth, LpgOutlet, Teller, Till};
        matches!(self, Till | Teller | Booth | LpgOutlet)
    }

    /// Money that a bank keeps; its slip says what went in and out.
    #[must_use]
    pub fn is_bank(self) -> bool {
        matches!(self, CashAccount::Bank | CashAccount::LoanBank | CashAccount::UspBank)
    }

    /// Reads the code that stands in a form or a row.
    #[must_use]
    pub fn from_code(code: &str) -> Option<CashAccount> {
        CashAccount::ALL.into_iter().find(|account| account.code() == code)
    }
}

impl Bind for CashAccount {
    fn cell(&self) -> Cell {
        Cell::Text(self.code().to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for CashAccount {
    fn read(cell: Cell) -> Result<CashAccount, Fault> {
        let code = String::read(cell)?;
        CashAccount::from_code(&code)
            .ok_or(Fault::Shape { want: "an account of money", found: code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_cash_account_of_the_chart_and_of_a_unit_that_may_use_it() {
        for cash in CashAccount::ALL {
            let known = ledger::account(cash.code()).unwrap();
            assert!(known.is_cash() && known.unit.is_none_or(|unit| unit == cash.unit()));
            assert_eq!(CashAccount::from_code(cash.code()), Some(cash));
        }
    }
}
