//! The one way to speak with the database, the same text for both engines.

use values::CoopId;

use crate::bare::Tape;
use crate::cell::{FromRow, Param};
use crate::{Fault, postgres, sqlite};

/// An open transaction for one cooperative.
///
/// `$1` of every statement is that cooperative and is bound here, never by a room; a room's own
/// parameters begin with `$2`. Opening, committing and rolling back belong to the lane.
pub struct Tx {
    pub(crate) engine: Engine,
    pub(crate) coop: CoopId,
    pub(crate) head: HeadState,
    pub(crate) order: OrderFacts,
    /// Where the statements are noted, for a bare loop that sends the same.
    pub(crate) tape: Option<Tape>,
}

/// What the running command's order says that its events need.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OrderFacts {
    pub(crate) content: [u8; 32],
    pub(crate) salt: [u8; 16],
}

pub(crate) enum Engine {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

/// The head row of a cooperative: its counters and the end of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry in the journal; 0 before the first.
    pub entry_no: i64,
    /// Hash of the last entry; 32 zero bytes before the first.
    pub chain_hash: [u8; 32],
    /// Instant of the last entry, in microseconds UTC.
    pub posted_at: i64,
}

pub(crate) enum HeadState {
    /// No command runs.
    None,
    /// The head row is locked, its answer not yet read.
    Asked(Later<(i64, [u8; 32], i64)>),
    /// The head as it stands in this transaction.
    Known(Head),
}

/// An answer that was asked for and is not needed yet.
///
/// Ask all that an event must know, then settle one by one: on PostgreSQL this costs one round trip
/// in place of many.
pub struct Later<R> {
    pub(crate) state: Waiting,
    pub(crate) read: std::marker::PhantomData<R>,
}

pub(crate) enum Waiting {
    Ready(Result<Vec<Vec<crate::Cell>>, Fault>),
    Sent(postgres::Pending),
}

impl<R: FromRow> Later<R> {
    /// All rows.
    ///
    /// # Errors
    /// What the engine says, or a row of another shape.
    pub async fn all(self) -> Result<Vec<R>, Fault> {
        let rows = match self.state {
            Waiting::Ready(rows) => rows?,
            Waiting::Sent(pending) => pending.await?,
        };
        rows.into_iter().map(R::from_row).collect()
    }

    /// The only row, or none.
    ///
    /// # Errors
    /// As [`Later::all`].
    pub async fn maybe(self) -> Result<Option<R>, Fault> {
        self.all().await.map(|rows| rows.into_iter().next())
    }
}

impl Tx {
    /// The cooperative this transaction speaks for.
    #[must_use]
    pub fn coop(&self) -> CoopId {
        self.coop
    }

    /// SHA-256 of what the running command was asked for.
    #[must_use]
    pub fn content_hash(&self) -> [u8; 32] {
        self.order.content
    }

    /// Sixteen bytes that nobody can guess, the same when the command runs again.
    #[must_use]
    pub fn salt(&self) -> [u8; 16] {
        self.order.salt
    }

    /// Changes exactly `want` rows. May be sent without waiting, in order.
    ///
    /// # Errors
    /// [`Fault::WrongCount`] where another number of rows changed. On PostgreSQL the answer may come
    /// only when the batch is flushed; the command then runs again alone, and there it comes here.
    pub async fn run(
        &mut self,
        sql: &'static str,
        want: u64,
        params: &[&dyn Param],
    ) -> Result<(), Fault> {
        let coop = self.coop;
        self.note(sql, Some(want), params);
        match &mut self.engine {
            Engine::Sqlite(session) => sqlite::run(session, sql, want, coop, params),
            Engine::Postgres(session) => session.run(sql, want, coop, params).await,
        }
    }

    /// Changes as many rows as it finds.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn run_any(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<u64, Fault> {
        let coop = self.coop;
        self.note(sql, None, params);
        match &mut self.engine {
            Engine::Sqlite(session) => session.execute(sql, coop, params),
            Engine::Postgres(session) => session.run_any(sql, coop, params).await,
        }
    }

    /// Asks now, reads when needed.
    ///
    /// # Errors
    /// Only where the statement itself is wrong; what the engine says comes with the answer.
    pub async fn later<R: FromRow>(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<Later<R>, Fault> {
        let coop = self.coop;
        self.note(sql, None, params);
        let state = match &mut self.engine {
            Engine::Sqlite(session) => Waiting::Ready(session.query(sql, coop, params)),
            Engine::Postgres(session) => Waiting::Sent(session.query(sql, coop, params).await?),
        };
        Ok(Later { state, read: std::marker::PhantomData })
    }

    /// All rows, in the order of the statement.
    ///
    /// # Errors
    /// What the engine says, or a row of another shape.
    pub async fn all<R: FromRow>(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<Vec<R>, Fault> {
        let later = self.later(sql, params).await?;
        let rows = later.all().await?;
        self.settle_answered().await?;
        Ok(rows)
    }

    /// The only row, or none.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn maybe<R: FromRow>(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<Option<R>, Fault> {
        self.all(sql, params).await.map(|rows| rows.into_iter().next())
    }

    /// The only row, which must be there.
    ///
    /// # Errors
    /// [`Fault::NoRow`] where it is not; otherwise as [`Tx::all`].
    pub async fn one<R: FromRow>(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
    ) -> Result<R, Fault> {
        self.maybe(sql, params).await?.ok_or(Fault::NoRow(sql))
    }

    /// The head row of the command's cooperative, locked since the command began.
    ///
    /// # Errors
    /// [`Fault::UnknownCoop`] where the cooperative was never registered or no command runs.
    pub async fn head(&mut self) -> Result<Head, Fault> {
        match std::mem::replace(&mut self.head, HeadState::None) {
            HeadState::None => Err(Fault::UnknownCoop),
            HeadState::Known(head) => {
                self.head = HeadState::Known(head.clone());
                Ok(head)
            }
            HeadState::Asked(later) => {
                let (entry_no, chain_hash, posted_at) =
                    later.maybe().await?.ok_or(Fault::UnknownCoop)?;
                let head = Head { entry_no, chain_hash, posted_at };
                self.head = HeadState::Known(head.clone());
                Ok(head)
            }
        }
    }

    /// Moves the head on, once for each entry.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn advance_head(&mut self, head: &Head) -> Result<(), Fault> {
        self.run(
            "update coop_heads set entry_no = $2, chain_hash = $3, posted_at = $4
              where coop_id = $1",
            1,
            &[&head.entry_no, &head.chain_hash, &head.posted_at],
        )
        .await?;
        self.head = HeadState::Known(head.clone());
        Ok(())
    }

    /// Locks the head row: two servers on one database then take turns at one cooperative's chain.
    pub(crate) async fn lock_head(&mut self) -> Result<(), Fault> {
        let later = self
            .later(
                "update coop_heads set attempts = attempts + 1 where coop_id = $1
                 returning entry_no, chain_hash, posted_at",
                &[],
            )
            .await?;
        self.head = HeadState::Asked(later);
        Ok(())
    }

    /// Whether answers come one by one, so that a repeat is best looked up first.
    pub(crate) fn cautious(&self) -> bool {
        match &self.engine {
            Engine::Sqlite(_) => true,
            Engine::Postgres(session) => session.cautious,
        }
    }

    /// Whether the running command has sent a write, its head row apart. Where answers come one by
    /// one nobody needs to know, since a repeat was looked up first.
    pub(crate) fn wrote(&self) -> bool {
        match &self.engine {
            Engine::Sqlite(_) => true,
            Engine::Postgres(session) => session.cautious || session.sent > 0,
        }
    }

    fn note(&self, sql: &'static str, want: Option<u64>, params: &[&dyn Param]) {
        if let Some(tape) = &self.tape {
            tape.note(sql, want, params);
        }
    }

    async fn settle_answered(&mut self) -> Result<(), Fault> {
        match &mut self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(session) => session.settle().await,
        }
    }
}
