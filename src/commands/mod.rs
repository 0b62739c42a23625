//! One file a command.

mod backup;
mod bench;
mod check;
mod demo;
mod export;
mod migrate;
mod report;
mod serve;
mod setup;

use clap::Subcommand;

/// How a command ended, where it did not fail.
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// It did its work and found something wrong.
    FoundWrong,
}

/// What can be asked of the binary.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// The web server and the till's API; migrates first
    ///
    /// Example: lumbung --db sqlite:lumbung.db serve --listen 127.0.0.1:8080
    Serve(serve::Serve),
    /// A new installation: kelurahan, parameters, the city office and its first administrator,
    /// whose one-time link is printed
    ///
    /// Example: lumbung --db sqlite:lumbung.db setup --name "Rina Marlina" --sign-in-name rina
    Setup(setup::Setup),
    /// Fills an empty database with an invented city, by the same events as life; prints sign-ins
    ///
    /// Example: lumbung --db sqlite:demo.db demo --seed 1 --until 2026-01-31
    Demo(demo::Demo),
    /// Brings the schema up to date
    ///
    /// Example: lumbung --db postgres://owner@host/lumbung migrate
    Migrate,
    /// Recounts everything from the journal and prints what differs, first difference first
    ///
    /// Example: lumbung check --coop 32.73.09.1002 --json
    Check(check::Check),
    /// A statement of one cooperative: trial balance, position or result
    ///
    /// Example: lumbung report neraca --coop 32.73.09.1002 --month 2026-01 --json
    Report(report::Statement),
    /// The journal of one cooperative as text
    ///
    /// Example: lumbung export hledger --coop 32.73.09.1002 > jurnal.journal
    Export(export::Export),
    /// Copies the whole database to a file while the work goes on
    ///
    /// Example: lumbung backup 2026-01-31.lumbung
    Backup(backup::File),
    /// Fills an empty place from a copy, then checks it
    ///
    /// Example: lumbung --db sqlite:new.db restore 2026-01-31.lumbung
    Restore(backup::File),
    /// Measures the speed that we promise, with its reference of the same run beside it
    ///
    /// Example: lumbung bench post --db postgres://owner@127.0.0.1/postgres
    Bench(bench::Bench),
}

impl Command {
    /// Runs the command.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        match self {
            Command::Serve(serve) => serve.run(db).await,
            Command::Setup(setup) => setup.run(db).await,
            Command::Demo(demo) => demo.run(db).await,
            Command::Migrate => migrate::run(db).await,
            Command::Check(check) => check.run(db).await,
            Command::Report(statement) => statement.run(db).await,
            Command::Export(export) => export.run(db).await,
            Command::Backup(file) => file.backup(db).await,
            Command::Restore(file) => file.restore(db).await,
            Command::Bench(bench) => bench.run(db).await,
        }
    }
}
