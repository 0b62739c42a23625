//! `demo`: an empty database becomes a believable city; prints the ways in.

use std::io::{IsTerminal, Write, stderr};

use clap::Args;
use demo::{Filled, PASSWORD, SignIn, Wish};
use store::schema::Layout;
use store::{Address, Store};
use values::Day;
use web::Clock;

use crate::commands::Outcome;
use lumbung::app;

/// Codes that stand in one line of a card.
const CODES_IN_LINE: usize = 5;

/// What the city is to be like.
#[derive(Args)]
pub(crate) struct Demo {
    /// Another seed gives another city; the same gives the same journal
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Cooperatives; about a quarter of them trade
    #[arg(long, default_value_t = 151)]
    coops: usize,
    /// Months before the last day
    #[arg(long, default_value_t = 3)]
    months: i32,
    /// The last day (2026-01-31), on whose morning everything stops; today by default
    #[arg(long, value_parser = Day::parse_iso)]
    until: Option<Day>,
}

impl Demo {
    /// Runs it.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let address: Address = db.parse()?;
        Store::migrate(&address, Layout::Plain).await?;
        let (_, store) = app::open(db).await?;
        let until = self.until.unwrap_or_else(|| Day::of_instant(Clock::of_machine().now()));
        let Demo { seed, coops, months, .. } = self;
        let wish = Wish { seed, coops, months, until };
        let on_terminal = stderr().is_terminal();
        let filled = demo::fill(&store, &wish, &|done, all| told(on_terminal, done, all)).await?;
        if on_terminal {
            eprintln!();
        }
        print(&filled);
        Ok(Outcome::Done)
    }
}

/// One line that is written over, for who watches.
fn told(on_terminal: bool, done: usize, all: usize) {
    if on_terminal {
        eprint!("\r{done} of {all} cooperatives");
        stderr().flush().ok();
    }
}

fn print(filled: &Filled) {
    let Filled { coops, trading, commands, sales, sign_ins } = filled;
    println!("CONTOH – bukan data sebenarnya. All people are invented.");
    println!("{coops} cooperatives, {trading} with entries, {commands} commands, {sales} sales\n");
    println!("{}", row(["sign-in name", "password", "role", "cooperative"]));
    for one in sign_ins {
        println!("{}", row([&one.sign_in_name, PASSWORD, one.role.name(), &one.place]));
    }
    println!("\nCards for the second factor; each code works once:");
    for one in sign_ins.iter().filter(|one| !one.codes.is_empty()) {
        print_card(one);
    }
}

fn row([name, password, role, place]: [&str; 4]) -> String {
    format!("{name:14}{password:18}{role:16}{place}")
}

fn print_card(one: &SignIn) {
    for (line, codes) in one.codes.chunks(CODES_IN_LINE).enumerate() {
        let name = if line == 0 { one.sign_in_name.as_str() } else { "" };
        println!("{name:14}{}", codes.join("  "));
    }
}
