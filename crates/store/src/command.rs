//! The same request has one effect: the commands table.
//!
//! Every command carries its sender's id. Its row says who asked for what, when, with which content,
//! and what was answered; it is kept for ever and is at once the idempotency and the audit of writes.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use values::{CoopId, Ctx, Instant, PersonId, RequestId};

use crate::tx::OrderFacts;
use crate::{Failure, Fault, StoreRefusal, Tx};

/// What the commands table keeps of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Whose books it touches.
    pub coop: CoopId,
    /// The sender's id, made when the form or the cart opened.
    pub request: RequestId,
    /// The event, `room.event`.
    pub kind: &'static str,
    /// Who asks.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// SHA-256 of the content.
    pub content: [u8; 32],
    /// Sixteen bytes that nobody can guess, for the salted hashes of notes.
    pub salt: [u8; 16],
}

impl Order {
    /// Describes a request; the content is hashed as JSON, in the order of the struct's fields.
    ///
    /// # Panics
    /// Never for the plain structs that rooms send: they hold only text, numbers and lists.
    pub fn new(ctx: &Ctx, kind: &'static str, input: &impl Serialize) -> Order {
        let (coop, request, person, at) = (ctx.coop, ctx.request, ctx.person, ctx.at);
        let salt = uuid::Uuid::new_v4().into_bytes();
        Order { coop, request, kind, person, at, content: content_hash(input), salt }
    }

    /// Another salt, for a demonstration that must come out the same each time.
    #[must_use]
    pub fn salted(mut self, salt: [u8; 16]) -> Order {
        self.salt = salt;
        self
    }
}

/// SHA-256 of a message in its canonical form: JSON, fields in the struct's order, no white space.
///
/// # Panics
/// Never for the plain structs that rooms send.
pub fn content_hash(input: &impl Serialize) -> [u8; 32] {
    let json = serde_json::to_vec(input).expect("a plain struct turns into JSON");
    Sha256::digest(&json).into()
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What the event returned the first time.
    pub receipt: T,
    /// Whether this request had been answered before.
    pub repeated: bool,
}

/// What a receipt must be able to do: be kept and be found again.
pub trait Receipt: Serialize + DeserializeOwned + Send + 'static {}

impl<T: Serialize + DeserializeOwned + Send + 'static> Receipt for T {}

/// Runs `act` once for each request id; afterwards the first receipt is the answer.
pub(crate) async fn once<T: Receipt, F>(
    tx: &mut Tx,
    order: &Order,
    act: &F,
) -> Result<Answer<T>, Failure>
where
    F: AsyncFn(&mut Tx) -> Result<T, Failure>,
{
    tx.order = OrderFacts { content: order.content, salt: order.salt };
    tx.lock_head().await?;
    if tx.cautious() {
        tx.head().await?;
        if let Some(answer) = first_answer(tx, order).await? {
            return Ok(answer);
        }
    }
    match act(tx).await {
        Ok(receipt) => {
            keep(tx, order, &receipt).await?;
            tx.head().await?;
            Ok(Answer { receipt, repeated: false })
        }
        // A repeat may be refused for what its first run has changed: then the first receipt holds.
        // One that was refused after it wrote runs again alone, and is looked up there first.
        Err(Failure::Refused(refusal)) if !tx.wrote() => match first_answer(tx, order).await? {
            Some(answer) => Ok(answer),
            None => Err(Failure::Refused(refusal)),
        },
        Err(failure) => Err(failure),
    }
}

async fn first_answer<T: Receipt>(
    tx: &mut Tx,
    order: &Order,
) -> Result<Option<Answer<T>>, Failure> {
    let found: Option<(String, [u8; 32], String)> = tx
        .maybe(
            "select kind, content_hash, receipt from commands
              where coop_id = $1 and request_id = $2",
            &[&order.request],
        )
        .await?;
    let Some((kind, content, receipt)) = found else { return Ok(None) };
    if kind != order.kind || content != order.content {
        return Err(StoreRefusal::OtherContent.into());
    }
    let receipt = serde_json::from_str(&receipt)
        .map_err(|error| Fault::Engine(format!("the first receipt cannot be read: {error}")))?;
    Ok(Some(Answer { receipt, repeated: true }))
}

async fn keep<T: Receipt>(tx: &mut Tx, order: &Order, receipt: &T) -> Result<(), Fault> {
    let receipt = serde_json::to_string(receipt)
        .map_err(|error| Fault::Engine(format!("the receipt cannot be kept: {error}")))?;
    // Where another run was first, no row changes, the batch is undone and the first receipt found.
    tx.run(
        "insert into commands (coop_id, request_id, kind, person_id, at, content_hash, receipt)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        1,
        &[&order.request, &order.kind, &order.person, &order.at, &order.content, &receipt],
    )
    .await
}
