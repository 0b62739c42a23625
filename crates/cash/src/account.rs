//! Where money can be, in the words of the desk.

use ledger::Unit;
use serde::{Deserialize, Serialize};

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
    /// Bank, for daily use.
    Bank,
    /// Bank account of the programme loan.
    LoanBank,
}

impl CashAccount {
    /// All of them, in the order of the chart.
    pub const ALL: [CashAccount; 6] = [
        CashAccount::Safe,
        CashAccount::Petty,
        CashAccount::Till,
        CashAccount::Teller,
        CashAccount::Bank,
        CashAccount::LoanBank,
    ];

    /// Code in the chart.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CashAccount::Safe => "11101",
            CashAccount::Petty => "11102",
            CashAccount::Till => "11103",
            CashAccount::Teller => "11104",
            CashAccount::Bank => "11201",
            CashAccount::LoanBank => "11202",
        }
    }

    /// The unit that it belongs to.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            CashAccount::Till => Unit::Tok,
            CashAccount::Teller => Unit::Usp,
            _ => Unit::Pst,
        }
    }

    /// Its name in the chart.
    #[must_use]
    pub fn name(self) -> &'static str {
        ledger::account(self.code()).map_or("", |account| account.name)
    }

    /// Reads the word that stands in a form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<CashAccount> {
        CashAccount::ALL.into_iter().find(|account| account.code() == code)
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
