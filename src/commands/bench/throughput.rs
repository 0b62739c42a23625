//! How many commands a second, against a bare loop that sends the same statements.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use store::bare::{Scratch, Tape, Taped, replay};
use store::{Address, Failure, Lanes, Store};

use super::Run;
use super::figure::{Figure, Promise, Reference};
use super::workload::Workload;

/// Callers at the same time; the bare loop takes as many commands into one transaction.
const CALLERS: usize = 64;
/// Store and bare loop take turns so often; the median of each counts.
const TURNS: usize = 3;
/// Connections of the bare loop on PostgreSQL: alone, and as many as the store has lanes.
const LINES: [usize; 2] = [1, 8];
const PROMISE: Promise = Promise::RatioAtLeastMilli(800);

/// What a workload sent: to fill the database, and in its work.
struct Script {
    set_up: Vec<Taped>,
    work: Vec<Taped>,
}

pub(super) async fn measure(run: &mut Run, workload: &Workload) -> anyhow::Result<()> {
    let script = script(run, workload).await?;
    let statements = script.work.iter().map(Taped::statements).sum::<usize>() / workload.count;
    let name = format!("{} on SQLite", workload.name);
    eprintln!("{}: {statements} statements a command", workload.name);
    engine(run, workload, &script, name, None).await?;
    let name = format!("{} on PostgreSQL", workload.name);
    match run.server.clone() {
        Some(server) => engine(run, workload, &script, name, Some(&server)).await?,
        None => run.table.miss(format!("{name}: give --db postgres://…")),
    }
    Ok(())
}

async fn script(run: &Run, workload: &Workload) -> anyhow::Result<Script> {
    let scratch = Scratch::on_sqlite(&run.folder, "script").await?;
    let tape = Tape::new();
    let store = Store::open_taped(scratch.address(), Lanes::default(), &tape)?;
    (workload.set_up)(store.clone()).await?;
    let set_up = tape.take();
    send_all(&store, workload).await?;
    let work = tape.take();
    anyhow::ensure!(work.len() == workload.count, "each command is kept once");
    scratch.remove().await?;
    Ok(Script { set_up, work })
}

async fn engine(
    run: &mut Run,
    workload: &Workload,
    script: &Script,
    name: String,
    server: Option<&str>,
) -> anyhow::Result<()> {
    let (mut of_store, mut of_loop) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let lines = if server.is_some() { &LINES[..] } else { &LINES[..1] };
        let mut best = Duration::MAX;
        for &lines in lines {
            let scratch = scratch(run, server).await?;
            best = best.min(bare(scratch.address(), script, lines).await?);
            scratch.remove().await?;
        }
        of_loop.push(best);
        let scratch = scratch(run, server).await?;
        of_store.push(through_store(scratch.address(), workload).await?);
        scratch.remove().await?;
    }
    let value = rate(workload.count, median(of_store));
    let what = "/s, a bare loop of the same statements".to_owned();
    let reference = Some(Reference { what, value: rate(workload.count, median(of_loop)) });
    run.table.add(Figure { name, value, unit: "/s".to_owned(), reference, promise: PROMISE });
    Ok(())
}

async fn scratch(run: &Run, server: Option<&str>) -> anyhow::Result<Scratch> {
    Ok(match server {
        Some(url) => Scratch::on_postgres(url, "rate").await?,
        None => Scratch::on_sqlite(&run.folder, "rate").await?,
    })
}

async fn bare(address: &Address, script: &Script, lines: usize) -> anyhow::Result<Duration> {
    replay(address, script.set_up.clone(), 1, 1).await?;
    Ok(replay(address, script.work.clone(), CALLERS, lines).await?)
}

async fn through_store(address: &Address, workload: &Workload) -> anyhow::Result<Duration> {
    let store = Store::open(address, Lanes::default()).await?;
    (workload.set_up)(store.clone()).await?;
    Ok(send_all(&store, workload).await?)
}

/// All commands from as many callers; each sends its next one when it has its answer.
async fn send_all(store: &Store, workload: &Workload) -> Result<Duration, Failure> {
    let next = Arc::new(AtomicUsize::new(0));
    let (act, count) = (workload.act, workload.count);
    let started = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (store, next) = (store.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return Ok::<(), Failure>(());
                    }
                    act(store.clone(), number).await?;
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("a caller does not panic")?;
    }
    Ok(started.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn rate(count: usize, time: Duration) -> u64 {
    let count = u128::try_from(count).unwrap_or_default();
    let rate = (count * 1_000_000).checked_div(time.as_micros()).unwrap_or_default();
    u64::try_from(rate).unwrap_or(u64::MAX)
}
