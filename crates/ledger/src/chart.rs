//! The chart of accounts: what each account is, which statement line it feeds, whose names stand
//! behind it.
//!
//! The list is `chart.csv` beside this file, after the accounts of a kelurahan cooperative under SAK
//! EP with the additions that practice needs. A cooperative may close accounts of it; it invents none.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::Unit;

/// The list as an accountant reads it.
const CHART: &str = include_str!("chart.csv");

/// Normal side of an account, or the side of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Debit.
    Debit,
    /// Kredit.
    Credit,
}

impl Side {
    /// `D` or `K`, as journals are written.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Side::Debit => "D",
            Side::Credit => "K",
        }
    }

    /// Reads `D` or `K`.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Side> {
        match letter {
            "D" => Some(Side::Debit),
            "K" => Some(Side::Credit),
            _ => None,
        }
    }

    /// The other side.
    #[must_use]
    pub fn opposite(self) -> Side {
        match self {
            Side::Debit => Side::Credit,
            Side::Credit => Side::Debit,
        }
    }
}

/// One account.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// Five digits.
    pub code: &'static str,
    /// Indonesian name.
    pub name: &'static str,
    /// English name.
    pub english: &'static str,
    /// The side on which it grows.
    pub normal: Side,
    /// The statement line it feeds: `A1` … `E9`, `P1` … `P14`, `eliminasi` or `memo`.
    pub line: &'static str,
    /// The only unit that may use it, or none where any may.
    pub unit: Option<Unit>,
    /// Hidden in the profile of a small cooperative until it is used.
    pub optional: bool,
    /// For a control account, whose names stand behind it: `anggota`, `pemasok`, `barang` …
    pub subledger: Option<&'static str>,
}

impl Account {
    /// Off the balance sheet; balances among its like, outside the trial balance.
    #[must_use]
    pub fn is_memo(&self) -> bool {
        self.line == "memo"
    }

    /// Money that is there or not: it never goes below zero by what is typed at the desk. Cash on
    /// its way (11108) may, since a device can confirm a hand-over before the other side arrives.
    #[must_use]
    pub fn is_cash(&self) -> bool {
        self.line == "A1" && self.code != "11108"
    }

    /// Whether it closes into the result of the year.
    #[must_use]
    pub fn is_result(&self) -> bool {
        matches!(self.code.as_bytes()[0], b'4'..=b'9')
    }

    /// For income and direct cost, whether the customer was a member; none for all other accounts.
    #[must_use]
    pub fn of_member(&self) -> Option<bool> {
        match &self.code[..2] {
            "41" | "51" => Some(true),
            "42" | "52" => Some(false),
            _ => None,
        }
    }
}

/// Finds an account by its code.
#[must_use]
pub fn account(code: &str) -> Option<&'static Account> {
    chart().by_code.get(code).copied().map(|place| &chart().accounts[place])
}

/// All accounts, by code.
#[must_use]
pub fn accounts() -> &'static [Account] {
    &chart().accounts
}

struct Chart {
    accounts: Vec<Account>,
    by_code: HashMap<&'static str, usize>,
}

fn chart() -> &'static Chart {
    static READ: OnceLock<Chart> = OnceLock::new();
    READ.get_or_init(|| {
        let accounts: Vec<Account> = CHART.lines().skip(1).map(read_line).collect();
        let places = accounts.iter().enumerate();
        let by_code = places.map(|(place, account)| (account.code, place)).collect();
        Chart { accounts, by_code }
    })
}

fn read_line(line: &'static str) -> Account {
    let fields: Vec<&'static str> = line.split(';').collect();
    let [code, name, english, side, statement, unit, profile, subledger] = fields[..] else {
        panic!("chart.csv: eight fields in each line: {line}")
    };
    Account {
        code,
        name,
        english,
        normal: Side::from_letter(side).expect("chart.csv: side is D or K"),
        line: statement,
        unit: Unit::from_code(unit),
        optional: profile == "opsional",
        subledger: (!subledger.is_empty()).then_some(subledger),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chart_has_its_188_accounts_in_order_and_each_once() {
        assert_eq!(accounts().len(), 188);
        assert!(accounts().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(accounts().iter().filter(|account| account.code.len() != 5).count(), 0);
    }

    #[test]
    fn only_known_units_and_lines_stand_in_it() {
        let lines = [
            "A1",
            "A2",
            "A3",
            "A4",
            "A5",
            "A6",
            "A7",
            "A8",
            "A9",
            "A10",
            "A11",
            "A12",
            "B1",
            "B2",
            "B3",
            "B4",
            "B5",
            "B6",
            "L1",
            "L2",
            "L3",
            "L4",
            "L5",
            "L6",
            "L7",
            "L8",
            "L9",
            "L10",
            "L11",
            "M1",
            "M2",
            "M3",
            "E1",
            "E2",
            "E4",
            "E5",
            "E6",
            "E7",
            "E8",
            "E9",
            "P1",
            "P2",
            "P4",
            "P5",
            "P8",
            "P9",
            "P11",
            "P12",
            "P14",
            "eliminasi",
            "memo",
        ];
        for account in accounts() {
            assert!(lines.contains(&account.line), "{}", account.code);
        }
        let units = CHART.lines().skip(1).map(|line| line.split(';').nth(5).unwrap());
        assert!(units.into_iter().all(|unit| unit == "ALL" || Unit::from_code(unit).is_some()));
    }

    #[test]
    fn an_account_knows_what_it_is() {
        let till = account("11103").unwrap();
        assert_eq!((till.is_cash(), till.unit, till.normal), (true, Some(Unit::Tok), Side::Debit));
        assert!(!account("11108").unwrap().is_cash());
        assert_eq!(account("41110").unwrap().of_member(), Some(true));
        assert_eq!(account("42110").unwrap().of_member(), Some(false));
        assert_eq!(account("61114").unwrap().of_member(), None);
        assert_eq!(account("31101").unwrap().subledger, Some("anggota"));
        assert!(account("01103").unwrap().is_memo() && account("99999").is_none());
    }
}
