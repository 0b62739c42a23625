//! One cooperative at work: who acts when, and commands that go out in their order.
//!
//! A command is put into the lane before the next one is made, and answers are waited for later, so
//! that many commands of many cooperatives share a commit. Nothing that is sent depends on an answer:
//! the city knows itself what it has done.

use std::collections::VecDeque;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use store::{Failure, Fault, Order, Receipt, Store, Tx};
use values::{CoopId, Ctx, Day, DocumentId, Instant, PersonId, RequestId};

use crate::dice::Dice;

/// Commands of one cooperative that wait for their answer, at most.
pub(crate) const WINDOW: usize = 32;

/// Where commands of one cooperative are sent from.
pub(crate) struct Desk {
    store: Store,
    pub(crate) coop: CoopId,
    pub(crate) dice: Dice,
    pub(crate) at: Instant,
    pub(crate) sent: usize,
    waiting: VecDeque<LocalBoxFuture<'static, Result<(), Failure>>>,
}

impl Desk {
    pub(crate) fn new(store: &Store, seed: u64, coop: CoopId, at: Instant) -> Desk {
        let dice = Dice::of(seed, &format!("koperasi {coop}"));
        Desk { store: store.clone(), coop, dice, at, sent: 0, waiting: VecDeque::new() }
    }

    /// The day that it is.
    pub(crate) fn day(&self) -> Day {
        Day::of_instant(self.at)
    }

    /// It becomes an hour of a day; never an earlier one.
    pub(crate) fn wake(&mut self, day: Day, seconds: i64) {
        self.at = self.at.max(day.instant_at(seconds));
    }

    /// A few minutes pass.
    pub(crate) fn pass(&mut self, low: i64, high: i64) {
        self.at = self.at.plus_seconds(self.dice.between(low, high));
    }

    /// An id that is born now.
    pub(crate) fn id(&mut self) -> [u8; 16] {
        self.dice.id(self.at)
    }

    /// A document that is born now.
    pub(crate) fn document(&mut self) -> DocumentId {
        DocumentId::from_bytes(self.id())
    }

    /// Sends an event as a command of a person, now.
    pub(crate) async fn send<I, T, F>(
        &mut self,
        person: PersonId,
        kind: &'static str,
        input: I,
        event: F,
    ) -> Result<(), Failure>
    where
        I: Serialize + Send + Sync + 'static,
        T: Receipt,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let request = RequestId::from_bytes(self.id());
        let ctx = Ctx { person, coop: self.coop, at: self.at, request };
        let order = Order::new(&ctx, kind, &input).salted(self.dice.bytes());
        let store = self.store.clone();
        let act = async move |tx: &mut Tx| event(tx, &ctx, &input).await;
        let mut answer: LocalBoxFuture<'static, Result<(), Failure>> = Box::pin(async move {
            let told = store.command(order, act).await;
            told.map(drop).map_err(|failure| told_where(&ctx, kind, &failure))
        });
        self.sent += 1;
        // The first look puts it into the lane, behind those that were sent before.
        match futures_util::poll!(answer.as_mut()) {
            Poll::Ready(told) => told?,
            Poll::Pending => self.waiting.push_back(answer),
        }
        self.settle(WINDOW).await
    }

    /// Waits until fewer commands than so many have no answer.
    async fn settle(&mut self, fewer_than: usize) -> Result<(), Failure> {
        while self.waiting.len() >= fewer_than {
            let Some(first) = self.waiting.pop_front() else { break };
            first.await?;
        }
        Ok(())
    }

    /// Waits for all answers.
    pub(crate) async fn finish(&mut self) -> Result<(), Failure> {
        self.settle(1).await
    }
}

/// A refusal here is a fault of the demonstration: say what was tried.
fn told_where(ctx: &Ctx, kind: &str, failure: &Failure) -> Failure {
    let (coop, at, code) = (ctx.coop, ctx.at, failure.code());
    Fault::Engine(format!("{kind} of {coop} on {at}: {code}: {failure}")).into()
}
