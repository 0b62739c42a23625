//! `trial-balance`: how long a trial balance takes as the books grow, beside a recount of them.

use std::time::{Duration, Instant};

use ledger::{Stretch, trial_balance};
use store::bare::Scratch;
use store::{Lanes, Store, Tx};
use values::Day;

use super::Run;
use super::figure::{Figure, Promise, Reference};
use super::post::send;
use super::workload::{coop, found, today};

pub(super) const NAME: &str = "trial-balance";

/// Postings in the books; the last only where there is time.
const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
const LINES_AN_ENTRY: usize = 4;
/// Entries lie spread over so many days, sixty months.
const DAYS: usize = 1_826;
/// Entries on their way at the same time.
const AT_ONCE: usize = 64;
/// How often the question is asked; the slowest but one counts.
const ASKED: usize = 100;
const MOST_MICROS: u64 = 10_000;

pub(super) async fn measure(run: &mut Run) -> anyhow::Result<()> {
    let scratch = Scratch::on_sqlite(&run.folder, "books").await?;
    let store = Store::open(scratch.address(), Lanes::default()).await?;
    found(&store).await?;
    let sizes = if run.full { &SIZES[..] } else { &SIZES[..3] };
    let mut posted = 0;
    for &size in sizes {
        fill(&store, posted, size / LINES_AN_ENTRY).await?;
        posted = size / LINES_AN_ENTRY;
        let value = slowest_but_one(&store).await?;
        let recount = recount(&store, posted).await?;
        let what = "µs, a recount of all lines".to_owned();
        run.table.add(Figure {
            name: format!("{NAME}, {size} postings"),
            value,
            unit: "µs".to_owned(),
            reference: Some(Reference { what, value: recount }),
            promise: Promise::AtMost(MOST_MICROS),
        });
    }
    if !run.full {
        run.table.miss(format!("{NAME}, {} postings: give --full", SIZES[3]));
    }
    Ok(scratch.remove().await?)
}

/// Posts the entries with these numbers, all for one cooperative.
async fn fill(store: &Store, from: usize, to: usize) -> anyhow::Result<()> {
    let mut callers = Vec::new();
    for caller in 0..AT_ONCE {
        let store = store.clone();
        callers.push(tokio::spawn(async move {
            for number in (from + caller..to).step_by(AT_ONCE) {
                send(&store, 0, number, day(number)).await?;
            }
            Ok::<(), store::Failure>(())
        }));
    }
    for caller in callers {
        caller.await??;
    }
    Ok(())
}

fn day(number: usize) -> Day {
    let back = i32::try_from(number % DAYS).unwrap_or_default();
    today().plus_days(-back)
}

async fn slowest_but_one(store: &Store) -> anyhow::Result<u64> {
    let mut times = Vec::with_capacity(ASKED);
    for _ in 0..ASKED {
        let started = Instant::now();
        let ask = async |tx: &mut Tx| trial_balance(tx, Stretch::ALL).await;
        let balances = store.read(coop(0), ask).await?;
        times.push(started.elapsed());
        anyhow::ensure!(balances.len() == LINES_AN_ENTRY, "four accounts moved");
    }
    times.sort_unstable();
    Ok(micros(times[ASKED - 2]))
}

/// Counts all again from the lines, which must come to the same.
async fn recount(store: &Store, posted: usize) -> anyhow::Result<u64> {
    let started = Instant::now();
    let recount = store.read(coop(0), async |tx: &mut Tx| ledger::check(tx).await).await?;
    let time = started.elapsed();
    anyhow::ensure!(recount.findings.is_empty(), "the recount differs: {:?}", recount.findings);
    anyhow::ensure!(usize::try_from(recount.entries) == Ok(posted), "all entries are counted");
    Ok(micros(time))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
