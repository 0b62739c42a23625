//! The commands of Lumbung; `lumbung --help` lists them.

mod commands;

use std::process::ExitCode;

use clap::Parser;
use commands::{Command, Outcome};

/// Books, counter and city view for the cooperatives of Kota Bandung.
#[derive(Parser)]
#[command(name = "lumbung", version, about, arg_required_else_help = true)]
struct Arguments {
    /// Where the data lives: `sqlite:PATH` or `postgres://…`
    #[arg(long, global = true, env = "LUMBUNG_DB", default_value = "sqlite:lumbung.db")]
    db: String,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("LUMBUNG_LOG")
                .unwrap_or_else(|_| "warn,lumbung=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("the machine gives threads");
    match runtime.block_on(arguments.command.run(&arguments.db)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FoundWrong) => ExitCode::from(1),
        Err(error) => {
            eprintln!("lumbung: {error:#}");
            ExitCode::from(1)
        }
    }
}
