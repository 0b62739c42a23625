//! `bench`: the speed that we promise, measured, with its reference of the same run beside it.
//!
//! Absolute times drift with the machine, so a promise is a ratio wherever something else does the
//! same work: for commands that is a bare loop which sends the same statements. A further command
//! joins by a [`Workload`]; nothing else is needed.

mod books;
mod figure;
mod post;
mod program;
mod throughput;
mod workload;

use std::path::PathBuf;

use clap::Args;

use crate::commands::Outcome;
use figure::Table;
use workload::Workload;

/// Commands whose rate is measured.
const WORKLOADS: [Workload; 1] = [post::WORKLOAD];
/// Measurements that are no rate of a command.
const OTHERS: [&str; 2] = [books::NAME, program::NAME];
/// Where databases stand while they are measured, and the last results afterwards.
const FOLDER: &str = "target/bench";

/// What to measure.
#[derive(Args)]
pub(crate) struct Bench {
    /// One measurement; all without it
    name: Option<String>,
    /// Also what takes many minutes
    #[arg(long)]
    full: bool,
}

/// What a measurement needs to know.
struct Run {
    folder: PathBuf,
    /// The server beside whose database scratch databases may be made.
    server: Option<String>,
    full: bool,
    table: Table,
}

impl Bench {
    /// Runs it.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let all: Vec<&str> = WORKLOADS.iter().map(|one| one.name).chain(OTHERS).collect();
        let wants = |name: &str| self.name.as_deref().is_none_or(|asked| asked == name);
        let known = all.iter().any(|name| wants(name));
        anyhow::ensure!(known, "there is no such measurement; there are {}", all.join(", "));
        std::fs::create_dir_all(FOLDER)?;
        let (folder, server) = (PathBuf::from(FOLDER), server(db));
        let table = Table::open(folder.join("last.json"));
        let mut run = Run { folder, server, full: self.full, table };
        for workload in WORKLOADS.iter().filter(|one| wants(one.name)) {
            throughput::measure(&mut run, workload).await?;
        }
        if wants(books::NAME) {
            books::measure(&mut run).await?;
        }
        if wants(program::NAME) {
            program::measure(&mut run).await?;
        }
        let kept = run.table.close()?;
        Ok(if kept { Outcome::Done } else { Outcome::FoundWrong })
    }
}

fn server(db: &str) -> Option<String> {
    let asked = db.starts_with("postgres").then(|| db.to_owned());
    asked.or_else(|| std::env::var("LUMBUNG_TEST_POSTGRES").ok())
}
