//! Trial balance, Laporan Posisi Keuangan and Perhitungan Hasil Usaha as data, for pages and programs.

use ledger::{Balance, Position, StatementLine, Stretch};
use serde::Serialize;
use store::{Failure, Fault, Tx};
use values::{Overflow, Rupiah};

/// A row of a report for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Row {
    /// An account with its two sides.
    Account {
        /// Account code.
        code: &'static str,
        /// Its name.
        name: &'static str,
        /// Whole rupiah.
        debit: i64,
        /// Whole rupiah.
        credit: i64,
    },
    /// A line of a statement.
    Line {
        /// Line code.
        code: &'static str,
        /// Its name.
        name: &'static str,
        /// Whole rupiah.
        amount: i64,
    },
}

/// A report for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Sum of each side, total assets, or SHU after tax.
    pub total: i64,
}

/// A trial balance with its totals; memo accounts stand outside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialBalance {
    /// Accounts that are not zero, by code.
    pub balances: Vec<Balance>,
    /// Sum of the debit side.
    pub debit: Rupiah,
    /// Sum of the kredit side.
    pub credit: Rupiah,
}

/// The trial balance of a stretch.
///
/// # Errors
/// A fault.
pub async fn trial_balance(tx: &mut Tx, stretch: Stretch) -> Result<TrialBalance, Failure> {
    let mut balances = ledger::trial_balance(tx, stretch).await?;
    balances.retain(|balance| !balance.account.is_memo());
    let debit = Rupiah::total(balances.iter().map(Balance::debit)).map_err(overflow)?;
    let credit = Rupiah::total(balances.iter().map(Balance::credit)).map_err(overflow)?;
    Ok(TrialBalance { balances, debit, credit })
}

/// The Perhitungan Hasil Usaha of a stretch.
///
/// # Errors
/// A fault.
pub async fn phu(tx: &mut Tx, stretch: Stretch) -> Result<Vec<StatementLine>, Failure> {
    let balances = ledger::trial_balance(tx, stretch).await?;
    Ok(ledger::phu(&balances).map_err(overflow)?)
}

/// The Laporan Posisi Keuangan at the end of a stretch.
///
/// # Errors
/// A fault.
pub async fn neraca(tx: &mut Tx, to_date: Stretch) -> Result<Position, Failure> {
    let balances = ledger::trial_balance(tx, to_date).await?;
    Ok(ledger::position(&balances).map_err(overflow)?)
}

fn overflow(_: Overflow) -> Fault {
    Fault::Engine("a sum of the books leaves 64 bits".to_owned())
}

impl From<TrialBalance> for Report {
    fn from(trial: TrialBalance) -> Report {
        let rows = trial.balances.iter().map(|balance| Row::Account {
            code: balance.account.code,
            name: balance.account.name,
            debit: balance.debit().get(),
            credit: balance.credit().get(),
        });
        Report { rows: rows.collect(), total: trial.debit.get() }
    }
}

impl From<Vec<StatementLine>> for Report {
    fn from(lines: Vec<StatementLine>) -> Report {
        let total = lines.last().map_or(0, |line| line.amount.get());
        Report { rows: lines.iter().map(row).collect(), total }
    }
}

impl From<Position> for Report {
    fn from(position: Position) -> Report {
        let sides = position.assets.iter().chain(&position.liabilities).chain(&position.equity);
        Report { rows: sides.map(row).collect(), total: position.total_assets.get() }
    }
}

fn row(line: &StatementLine) -> Row {
    Row::Line { code: line.code, name: line.name, amount: line.amount.get() }
}
