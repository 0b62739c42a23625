//! The lanes of PostgreSQL.
//!
//! Writes are sent without waiting and settled in order. The first attempt at a batch runs its
//! commands together in one transaction; if anything fails, all is rolled back and each command runs
//! alone, waiting for every answer, so that a failure comes back at the line that caused it.

use std::time::Duration;

use values::CoopId;

use super::session::{Server, Session};
use crate::lane::{Job, Jobs, Verdict, answer_all, take_batch};
use crate::tx::{Engine, HeadState, OrderFacts};
use crate::{Fault, Tx};

/// How long a lane waits between its attempts to connect, before it says that the database is gone.
const CONNECT_WAITS: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(250), Duration::from_secs(2)];
/// How often a command runs that met a lost line or a lock.
const RUN_TRIES: u32 = 4;

/// A lane's line to the server, made anew where it was lost.
struct Line {
    server: Server,
    open: Option<Tx>,
    /// The last attempts to connect failed: the next one is short, since somebody waits behind each.
    gone: bool,
}

impl Line {
    fn new(server: Server) -> Line {
        Line { server, open: None, gone: false }
    }

    async fn tx(&mut self) -> Result<&mut Tx, Fault> {
        if self.open.as_mut().is_some_and(|tx| session(tx).is_closed()) {
            self.open = None;
        }
        if self.open.is_none() {
            let connected = self.connect().await;
            self.gone = connected.is_err();
            self.open = Some(tx_over(connected?));
        }
        self.open.as_mut().ok_or(Fault::Closed)
    }

    /// Where the server was gone before, one attempt after a short wait must do.
    async fn connect(&self) -> Result<Session, Fault> {
        if self.gone {
            tokio::time::sleep(CONNECT_WAITS[0]).await;
            return Session::connect(&self.server).await;
        }
        for wait in CONNECT_WAITS {
            match Session::connect(&self.server).await {
                Ok(session) => return Ok(session),
                Err(fault) => tracing::warn!(%fault, "PostgreSQL cannot be reached"),
            }
            tokio::time::sleep(wait).await;
        }
        Session::connect(&self.server).await
    }

    /// Gives the line up where it is lost, or leads to a server that only lets us read: behind the
    /// same address another one may write.
    fn heed(&mut self, fault: &Fault) {
        match (fault, &mut self.open) {
            (Fault::Lost(_) | Fault::ReadOnly, open) => *open = None,
            // The schema may have changed, or the statements be those of another server.
            (Fault::Engine(_), Some(tx)) => session(tx).forget_statements(),
            _ => {}
        }
    }
}

/// The writing lane.
pub(crate) async fn serve(server: Server, jobs: Jobs) {
    let mut line = Line::new(server);
    while let Ok(first) = jobs.recv().await {
        run_batch(&mut line, take_batch(first, &jobs)).await;
    }
}

async fn run_batch(line: &mut Line, mut batch: Vec<Box<dyn Job>>) {
    let first_try = match line.tx().await {
        Ok(tx) => together(tx, &mut batch).await,
        Err(fault) => return answer_all(batch, &Err(fault)),
    };
    let Err(fault) = first_try else { return answer_all(batch, &Ok(())) };
    line.heed(&fault);
    let mut batch = batch.into_iter();
    while let Some(mut job) = batch.next() {
        let end = alone_with_patience(line, job.as_mut()).await;
        // Who found no server speaks for those behind it, lest each waits as long.
        let gone = line.gone.then(|| end.clone());
        job.answer(end);
        if let Some(end) = gone {
            return answer_all(batch, &end);
        }
    }
}

/// Begins, runs all, commits once. Any fault, and any refusal that came after a write, ends it: then
/// nothing of it was kept, or it is not known what was.
async fn together(tx: &mut Tx, batch: &mut [Box<dyn Job>]) -> Result<(), Fault> {
    session(tx).begin("begin").await;
    for job in batch.iter_mut() {
        let verdict = run_one(tx, job.as_mut(), false).await;
        let refused_late = verdict == Verdict::Undo && session(tx).sent > 0;
        if let Some(fault) = job.faulted().or(refused_late.then_some(Fault::Busy)) {
            session(tx).rollback().await;
            return Err(fault);
        }
    }
    if let Err(fault) = session(tx).settle().await {
        session(tx).rollback().await;
        return Err(fault);
    }
    session(tx).commit().await
}

/// Runs one command alone; after a lost line again, where its sender's id makes that safe.
async fn alone_with_patience(line: &mut Line, job: &mut dyn Job) -> Result<(), Fault> {
    let mut end = Ok(());
    for _ in 0..RUN_TRIES {
        end = alone(line.tx().await?, job).await;
        let Some(fault) = end.clone().err().or_else(|| job.faulted()) else { return end };
        line.heed(&fault);
        if !job.repeatable() || !matches!(fault, Fault::Lost(_) | Fault::Busy) {
            return end;
        }
    }
    end
}

async fn alone(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).begin("begin").await;
    let verdict = run_one(tx, job, true).await;
    let settled = session(tx).settle().await;
    if verdict == Verdict::Undo || settled.is_err() {
        session(tx).rollback().await;
        return settled;
    }
    session(tx).commit().await
}

async fn run_one(tx: &mut Tx, job: &mut dyn Job, cautious: bool) -> Verdict {
    tx.coop = job.coop();
    tx.head = HeadState::None;
    let session = session(tx);
    session.cautious = cautious;
    session.bind(job.coop()).await;
    session.sent = 0;
    job.run(tx).await
}

/// A reading lane: each question sees one moment of the database.
pub(crate) async fn serve_reader(server: Server, jobs: Jobs) {
    let mut line = Line::new(server);
    while let Ok(mut job) = jobs.recv().await {
        let end = ask(&mut line, job.as_mut()).await;
        job.answer(end);
    }
}

/// A question whose line was lost is asked once more.
async fn ask(line: &mut Line, job: &mut dyn Job) -> Result<(), Fault> {
    let end = snapshot(line.tx().await?, job).await;
    let Some(fault) = end.clone().err().or_else(|| job.faulted()) else { return end };
    line.heed(&fault);
    if matches!(fault, Fault::Lost(_)) { snapshot(line.tx().await?, job).await } else { end }
}

async fn snapshot(tx: &mut Tx, job: &mut dyn Job) -> Result<(), Fault> {
    session(tx).begin("begin isolation level repeatable read read only").await;
    run_one(tx, job, false).await;
    let settled = session(tx).settle().await;
    session(tx).rollback().await;
    settled
}

fn tx_over(session: Session) -> Tx {
    Tx {
        engine: Engine::Postgres(session),
        coop: CoopId::new(0),
        head: HeadState::None,
        order: OrderFacts::default(),
        tape: None,
    }
}

fn session(tx: &mut Tx) -> &mut Session {
    match &mut tx.engine {
        Engine::Postgres(session) => session,
        Engine::Sqlite(_) => unreachable!("a PostgreSQL lane holds a PostgreSQL session"),
    }
}
