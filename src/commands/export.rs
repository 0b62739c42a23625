//! `export`: the journal of one cooperative as text, so that it can leave.

use std::io::Write;

use clap::{Args, ValueEnum};
use ledger::export::{self, Form};

use crate::commands::{Outcome, check};
use lumbung::app;

/// In whose words, and whose journal.
#[derive(Args)]
pub(crate) struct Export {
    /// In whose words
    form: Words,
    /// The cooperative of this kelurahan: 32.73.09.1002
    #[arg(long)]
    coop: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Words {
    /// A journal for hledger
    Hledger,
    /// A ledger for beancount
    Beancount,
    /// One row for each line, or for each name behind it
    Csv,
    /// What `import journal` reads
    Text,
}

impl Words {
    fn form(self) -> Form {
        match self {
            Words::Hledger => Form::Hledger,
            Words::Beancount => Form::Beancount,
            Words::Csv => Form::Csv,
            Words::Text => Form::Text,
        }
    }
}

impl Export {
    /// Runs it.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let (_, store) = app::open(db).await?;
        let coop = check::one_coop(&store, &self.coop).await?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let entries = export::write_all(&store, coop, self.form.form(), &mut out).await?;
        out.flush()?;
        eprintln!("{entries} entries");
        Ok(Outcome::Done)
    }
}
