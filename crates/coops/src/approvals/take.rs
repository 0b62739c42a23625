//! An event takes the approval that it needs, once.

use store::{Failure, Tx};
use values::{Ctx, DocumentId, Instant, PersonId};

use super::{Approval, Verdict, find};
use crate::CoopsRefusal;

/// What the event learns: the second person for its journal entry, and the paper as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Who asked.
    pub maker: PersonId,
    /// Who said yes.
    pub approver: PersonId,
    /// Hash of the signed voucher, where the yes stands on paper.
    pub paper: Option<[u8; 32]>,
}

struct Facts<'a> {
    person: PersonId,
    now: Instant,
    approval: Option<Approval>,
    kind: &'a str,
    payload_hash: [u8; 32],
}

fn decide(facts: &Facts<'_>) -> Result<Taken, CoopsRefusal> {
    let approval = facts.approval.as_ref().ok_or(CoopsRefusal::UnknownApproval)?;
    if approval.event_kind != facts.kind || approval.payload_hash != facts.payload_hash {
        return Err(CoopsRefusal::OtherPayload);
    }
    let Some(decided) = &approval.decision else { return Err(CoopsRefusal::NotDecided) };
    if decided.verdict == Verdict::Refuse {
        let reason = decided.reason.clone().unwrap_or_default();
        return Err(CoopsRefusal::ApprovalRefused { reason });
    }
    if let Some(at) = approval.taken_at {
        return Err(CoopsRefusal::ApprovalTaken { at });
    }
    if approval.expires_at < facts.now {
        return Err(CoopsRefusal::ApprovalExpired { expires_at: approval.expires_at });
    }
    if decided.by == facts.person {
        return Err(CoopsRefusal::OwnApproval);
    }
    Ok(Taken { maker: approval.maker, approver: decided.by, paper: decided.paper })
}

/// Takes an approval for the event that now happens, with `payload_hash` over the same input that
/// was asked for. Whoever said yes cannot do the event himself.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn take(
    tx: &mut Tx,
    ctx: &Ctx,
    approval_id: DocumentId,
    kind: &str,
    payload_hash: [u8; 32],
) -> Result<Taken, Failure> {
    let approval = find(tx, approval_id).await?;
    let taken = decide(&Facts { person: ctx.person, now: ctx.at, approval, kind, payload_hash })?;
    tx.run(
        "update approvals set taken_at = $3, taken_request = $4
          where coop_id = $1 and approval_id = $2 and taken_at is null",
        1,
        &[&approval_id, &ctx.at, &ctx.request],
    )
    .await?;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::super::decide::tests::{MAKER, OTHER, approval};
    use super::*;

    #[test]
    fn every_refusal_in_its_order() {
        use Verdict::{Approve, Refuse};
        let used = Approval { taken_at: Some(Instant::default()), ..approval(Some(Approve)) };
        let cases = [
            (None, "savings.deposit", 6, OTHER, 11, "coops.unknown_approval"),
            (Some(approval(None)), "savings.deposit", 5, OTHER, 11, "coops.other_payload"),
            (Some(approval(None)), "savings.withdraw", 6, OTHER, 11, "coops.other_payload"),
            (Some(approval(None)), "savings.withdraw", 5, OTHER, 11, "coops.not_decided"),
            (
                Some(approval(Some(Refuse))),
                "savings.withdraw",
                5,
                OTHER,
                11,
                "coops.approval_refused",
            ),
            (Some(used), "savings.withdraw", 5, OTHER, 11, "coops.approval_taken"),
            (
                Some(approval(Some(Approve))),
                "savings.withdraw",
                5,
                OTHER,
                11,
                "coops.approval_expired",
            ),
            (Some(approval(Some(Approve))), "savings.withdraw", 5, OTHER, 10, "coops.own_approval"),
        ];
        for (approval, kind, payload, person, now, code) in cases {
            let now = Instant::from_micros(now);
            let payload_hash = store::content_hash(&payload);
            let refused = decide(&Facts { person, now, approval, kind, payload_hash }).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code));
        }
        let facts = Facts {
            person: MAKER,
            now: Instant::from_micros(10),
            approval: Some(approval(Some(Approve))),
            kind: "savings.withdraw",
            payload_hash: store::content_hash(&5),
        };
        let taken = Taken { maker: MAKER, approver: OTHER, paper: None };
        assert_eq!(decide(&facts), Ok(taken));
    }
}
