//! The way of a candidate: what is done, what comes next, and by whom.

use store::{Failure, Tx};
use values::{Day, Instant, MemberId, PersonId, Rupiah};

use crate::card::{self, Card};
use crate::{MembersRefusal, State, terms};

/// A candidate and how far they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who it is.
    pub card: Card,
    /// Who wrote the application down.
    pub applied_by: PersonId,
    /// Who approved it and when.
    pub approved: Option<(PersonId, Instant)>,
    /// Simpanan pokok.
    pub pokok: Rupiah,
    /// What of it is still to be paid.
    pub rest: Rupiah,
}

/// What comes next. Approval and paying may come in either order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Somebody else must approve.
    Approve,
    /// Approved; the pokok is not full.
    Pay,
    /// Approved and paid.
    Admit,
}

impl Candidate {
    /// What comes next.
    #[must_use]
    pub fn next(&self) -> NextStep {
        match (self.approved, self.rest.is_positive()) {
            (None, _) => NextStep::Approve,
            (Some(_), true) => NextStep::Pay,
            (Some(_), false) => NextStep::Admit,
        }
    }
}

/// Shows a candidate; none for a member or somebody who has left.
///
/// # Errors
/// [`MembersRefusal::UnknownMember`], a parameter that is not set, or a fault.
pub async fn find(tx: &mut Tx, member: MemberId, today: Day) -> Result<Option<Candidate>, Failure> {
    let written: Option<(PersonId, Option<PersonId>, Option<Instant>)> = tx
        .maybe(
            "select applied_by, approved_by, approved_at from members
              where coop_id = $1 and member_id = $2",
            &[&member],
        )
        .await?;
    let (applied_by, approved_by, approved_at) = written.ok_or(MembersRefusal::UnknownMember)?;
    let card = card::card(tx, member, today).await?;
    if card.row.state != State::Candidate {
        return Ok(None);
    }
    let pokok = terms::on(tx, today).await?.pokok;
    let rest = pokok.minus(card.pokok_held).unwrap_or(pokok).max(Rupiah::ZERO);
    let approved = approved_by.zip(approved_at);
    Ok(Some(Candidate { card, applied_by, approved, pokok, rest }))
}
