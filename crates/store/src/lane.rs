//! A lane owns one connection and runs what waits, in order.
//!
//! It takes up to [`BATCH_MAX`] commands into one transaction, commits once, and only then answers
//! all of them: one wait for the disk is shared by many. A command that fails harms no neighbour. On
//! SQLite each runs in a savepoint; on PostgreSQL the batch is rolled back and its commands run again
//! one by one.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use tokio::sync::oneshot;
use values::CoopId;

use crate::{Failure, Fault, Tx};

/// Commands that share one commit, at most.
const BATCH_MAX: usize = 128;
/// Commands that may wait in front of one lane.
const QUEUE_MAX: usize = 1_024;

/// What a command wants done with its writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Undo,
}

/// One command, its types forgotten.
pub(crate) trait Job: Send {
    fn coop(&self) -> CoopId;
    /// Whether it may run again after a commit whose answer was lost.
    fn repeatable(&self) -> bool;
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> LocalBoxFuture<'a, Verdict>;
    /// Whether it ended in a fault, so that a batch must run again one by one.
    fn faulted(&self) -> Option<Fault>;
    /// Sends the answer; `end` overrules it where the commit failed.
    fn answer(self: Box<Self>, end: Result<(), Fault>);
}

/// A command with its types: what to do, what came of it, who waits.
pub(crate) struct Asked<T, F> {
    pub(crate) coop: CoopId,
    pub(crate) repeatable: bool,
    pub(crate) act: F,
    pub(crate) outcome: Option<Result<T, Failure>>,
    pub(crate) reply: oneshot::Sender<Result<T, Failure>>,
}

impl<T, F> Job for Asked<T, F>
where
    T: Send + 'static,
    F: AsyncFn(&mut Tx) -> Result<T, Failure> + Send + 'static,
{
    fn coop(&self) -> CoopId {
        self.coop
    }

    fn repeatable(&self) -> bool {
        self.repeatable
    }

    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> LocalBoxFuture<'a, Verdict> {
        Box::pin(async move {
            let ran = AssertUnwindSafe((self.act)(tx)).catch_unwind().await;
            let outcome = ran.unwrap_or_else(|panic| {
                Err(Fault::Panicked(panic_text(panic.as_ref()).to_owned()).into())
            });
            let verdict = if outcome.is_ok() { Verdict::Keep } else { Verdict::Undo };
            self.outcome = Some(outcome);
            verdict
        })
    }

    fn faulted(&self) -> Option<Fault> {
        match &self.outcome {
            Some(Err(Failure::Fault(fault))) => Some(fault.clone()),
            _ => None,
        }
    }

    fn answer(self: Box<Self>, end: Result<(), Fault>) {
        let said = match (end, self.outcome) {
            (Err(fault), _) => Err(fault.into()),
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(Fault::WaitedOutside.into()),
        };
        // Who asked may have gone away meanwhile; the work stands all the same.
        drop(self.reply.send(said));
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic")
}

/// The back of a lane's queue, where its thread takes what waits.
pub(crate) type Jobs = async_channel::Receiver<Box<dyn Job>>;

/// The first command and those that wait behind it, up to the bound.
pub(crate) fn take_batch(first: Box<dyn Job>, jobs: &Jobs) -> Vec<Box<dyn Job>> {
    let mut batch = vec![first];
    while batch.len() < BATCH_MAX {
        match jobs.try_recv() {
            Ok(job) => batch.push(job),
            Err(_) => break,
        }
    }
    batch
}

/// Tells all of them how their transaction ended.
pub(crate) fn answer_all(jobs: impl IntoIterator<Item = Box<dyn Job>>, end: &Result<(), Fault>) {
    jobs.into_iter().for_each(|job| job.answer(end.clone()));
}

/// The front of a lane, cheap to clone.
#[derive(Clone)]
pub(crate) struct Lane {
    queue: async_channel::Sender<Box<dyn Job>>,
    patience: Duration,
}

impl Lane {
    pub(crate) fn new(patience: Duration) -> (Lane, Jobs) {
        let (queue, jobs) = async_channel::bounded(QUEUE_MAX);
        (Lane { queue, patience }, jobs)
    }

    /// Puts a command into the queue and waits for its answer.
    pub(crate) async fn ask<T, F>(
        &self,
        coop: CoopId,
        repeatable: bool,
        act: F,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx) -> Result<T, Failure> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Asked { coop, repeatable, act, outcome: None, reply });
        match tokio::time::timeout(self.patience, self.queue.send(job)).await {
            Err(_) => return Err(Fault::Busy.into()),
            Ok(Err(_)) => return Err(Fault::Closed.into()),
            Ok(Ok(())) => {}
        }
        answer.await.unwrap_or_else(|_| Err(Fault::Closed.into()))
    }
}
