//! `report`: a statement of one cooperative, for eyes or for programs.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use reports::{Asked, Report, Row};
use store::{Failure, Tx};
use values::{Month, Rupiah};

use crate::commands::{Outcome, check};
use lumbung::app;

/// Which statement of whom.
#[derive(Args)]
pub(crate) struct Statement {
    /// Which statement
    name: Name,
    /// The cooperative of this kelurahan: 32.73.09.1002
    #[arg(long)]
    coop: String,
    /// Movements of one month, for neraca its end; without it, all to date
    #[arg(long, value_parser = month)]
    month: Option<Month>,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// Neraca saldo
    TrialBalance,
    /// Laporan posisi keuangan
    Neraca,
    /// Perhitungan hasil usaha
    Phu,
}

fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).map_err(|error| error.to_string())
}

impl Statement {
    /// Runs it.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let (_, store) = app::open(db).await?;
        let coop = check::one_coop(&store, &self.coop).await?;
        let bulan = self.month.map(|month| month.to_iso()).unwrap_or_default();
        let asked = Asked { bulan, dari: String::new() };
        let name = self.name;
        let ask = async move |tx: &mut Tx| -> Result<Report, Failure> {
            Ok(match name {
                Name::TrialBalance => reports::trial_balance(tx, asked.movements()).await?.into(),
                Name::Neraca => reports::neraca(tx, asked.to_date()).await?.into(),
                Name::Phu => reports::phu(tx, asked.movements()).await?.into(),
            })
        };
        let report = store.read(coop, ask).await?;
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print!("{}", table(&report)?);
        }
        Ok(Outcome::Done)
    }
}

/// Code, name and figures in columns, the total below.
fn table(report: &Report) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let total = Rupiah::new(report.total).plain();
    let plain = |amount: i64| Rupiah::new(amount).plain();
    let shown = |amount: i64| if amount == 0 { String::new() } else { plain(amount) };
    let mut has_sides = false;
    for row in &report.rows {
        match row {
            Row::Account { code, name, debit, credit } => {
                has_sides = true;
                let (debit, credit) = (shown(*debit), shown(*credit));
                writeln!(text, "{code:<6} {name:<48.48} {debit:>20} {credit:>20}")?;
            }
            Row::Line { code, name, amount } => {
                writeln!(text, "{code:<6} {name:<48.48} {:>20}", plain(*amount))?;
            }
        }
    }
    let second = if has_sides { format!(" {total:>20}") } else { String::new() };
    writeln!(text, "{:<6} {:<48} {total:>20}{second}", "", "total")?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_columns_and_the_total_below() {
        let rows = vec![
            Row::Account { code: "11101", name: "Kas besar", debit: 2_418_000, credit: 0 },
            Row::Account { code: "31101", name: "Simpanan pokok", debit: 0, credit: 2_418_000 },
        ];
        let text = table(&Report { rows, total: 2_418_000 }).unwrap();
        let ends: Vec<&str> = text.lines().map(|line| line[55..].trim_end()).collect();
        assert_eq!(
            ends,
            [
                "            2.418.000",
                "                                 2.418.000",
                "            2.418.000            2.418.000",
            ]
        );
        let rows = vec![Row::Line { code: "P1", name: "Partisipasi bruto anggota", amount: -5 }];
        let text = table(&Report { rows, total: -5 }).unwrap();
        assert_eq!(text.lines().count(), 2);
    }
}
