//! Putuskan persetujuan: another person says yes or no.
//!
//! The approver reads what was asked for and answers; a no needs its reason. Where he signed a
//! voucher instead, anybody at the desk, the maker too, records his yes with the photo and his
//! name; it is marked and listed for the pengawas. What has expired can still be refused, so that
//! it leaves the list. The task closes. Posts nothing.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, DocumentId, Instant, PersonId};

use super::{Approval, Verdict, find};
use crate::evidence::evidence;
use crate::refusal::{optional, required};
use crate::{CoopsRefusal, tasks};

/// The event's name in the commands table.
pub const KIND: &str = "coops.decide_approval";

/// Letters of a reason that are kept.
const REASON_MAX: usize = 300;

/// What the approver, or the desk for him, sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decide {
    /// Which request.
    pub approval_id: DocumentId,
    /// Yes, no, or yes on paper.
    pub verdict: Verdict,
    /// A few words; needed for a no.
    pub reason: Option<String>,
    /// On paper: who signed.
    pub signed_by: Option<PersonId>,
    /// On paper: hash of the photo of the voucher.
    pub evidence: Option<String>,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionKept {
    /// Which request.
    pub approval_id: DocumentId,
    /// Yes or no.
    pub verdict: Verdict,
    /// Who decided.
    pub by: PersonId,
}

struct Facts {
    person: PersonId,
    now: Instant,
    approval: Option<Approval>,
}

struct Plan {
    by: PersonId,
    reason: Option<String>,
    paper: Option<[u8; 32]>,
}

fn decide(input: &Decide, facts: &Facts) -> Result<Plan, CoopsRefusal> {
    let approval = facts.approval.as_ref().ok_or(CoopsRefusal::UnknownApproval)?;
    let on_paper = input.verdict == Verdict::Paper;
    let by = match (on_paper, input.signed_by) {
        (true, None) => return Err(CoopsRefusal::Missing { field: "signed_by" }),
        (true, Some(signer)) => signer,
        (false, _) => facts.person,
    };
    if by == approval.maker {
        return Err(CoopsRefusal::OwnApproval);
    }
    if let Some(decided) = &approval.decision {
        return Err(CoopsRefusal::AlreadyDecided { at: decided.at });
    }
    if input.verdict != Verdict::Refuse && approval.expires_at < facts.now {
        return Err(CoopsRefusal::ApprovalExpired { expires_at: approval.expires_at });
    }
    let reason = match input.verdict {
        Verdict::Refuse => {
            Some(required(input.reason.as_deref().unwrap_or_default(), "reason", REASON_MAX)?)
        }
        _ => optional(input.reason.as_deref(), "reason", REASON_MAX)?,
    };
    let paper = evidence(input.evidence.as_deref())?;
    if on_paper && paper.is_none() {
        return Err(CoopsRefusal::Missing { field: "evidence" });
    }
    Ok(Plan { by, reason, paper })
}

/// Keeps the answer and closes the task.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Decide) -> Result<DecisionKept, Failure> {
    let approval = find(tx, input.approval_id).await?;
    let plan = decide(input, &Facts { person: ctx.person, now: ctx.at, approval })?;
    tx.run(
        "update approvals set decision = $3, decided_by = $4, decided_at = $5,
                decision_reason = $6, recorded_by = $7, paper_hash = $8
          where coop_id = $1 and approval_id = $2 and decision is null",
        1,
        &[
            &input.approval_id,
            &input.verdict.code(),
            &plan.by,
            &ctx.at,
            &plan.reason,
            &ctx.person,
            &plan.paper,
        ],
    )
    .await?;
    tasks::close(tx, ctx, input.approval_id, input.verdict.code()).await?;
    Ok(DecisionKept { approval_id: input.approval_id, verdict: input.verdict, by: plan.by })
}

#[cfg(test)]
pub(super) mod tests {
    use store::Refusal;

    use super::*;
    use crate::approvals::Decided;

    pub(crate) const MAKER: PersonId = PersonId::from_bytes([1; 16]);
    pub(crate) const OTHER: PersonId = PersonId::from_bytes([2; 16]);

    pub(crate) fn approval(decision: Option<Verdict>) -> Approval {
        let decision = decision.map(|verdict| Decided {
            verdict,
            by: OTHER,
            at: Instant::from_micros(5),
            reason: Some("Kas kurang".to_owned()),
            recorded_by: OTHER,
            paper: None,
        });
        Approval {
            approval_id: DocumentId::from_bytes([3; 16]),
            event_kind: "savings.withdraw".to_owned(),
            payload: "5".to_owned(),
            payload_hash: store::content_hash(&5),
            maker: MAKER,
            amount: None,
            reason: "Biaya sekolah".to_owned(),
            asked_at: Instant::from_micros(1),
            expires_at: Instant::from_micros(10),
            decision,
            taken_at: None,
        }
    }

    fn answer(verdict: Verdict, reason: Option<&str>, signed_by: Option<PersonId>) -> Decide {
        let approval_id = DocumentId::from_bytes([3; 16]);
        let reason = reason.map(str::to_owned);
        Decide { approval_id, verdict, reason, signed_by, evidence: None }
    }

    #[test]
    fn every_refusal_in_its_order() {
        use Verdict::{Approve, Paper, Refuse};
        let open = || Some(approval(None));
        let done = || Some(approval(Some(Refuse)));
        let blurred =
            Decide { evidence: Some("bukti".to_owned()), ..answer(Paper, None, Some(OTHER)) };
        let cases = [
            (answer(Paper, None, None), None, MAKER, 11, "coops.unknown_approval"),
            (answer(Paper, None, None), done(), MAKER, 11, "coops.missing"),
            (answer(Paper, None, Some(MAKER)), done(), OTHER, 11, "coops.own_approval"),
            (answer(Approve, None, Some(OTHER)), done(), MAKER, 11, "coops.own_approval"),
            (answer(Refuse, None, None), done(), OTHER, 11, "coops.already_decided"),
            (answer(Approve, None, None), open(), OTHER, 11, "coops.approval_expired"),
            (answer(Refuse, Some(" "), None), open(), OTHER, 11, "coops.missing"),
            (blurred, open(), MAKER, 10, "coops.not_evidence"),
            (answer(Paper, None, Some(OTHER)), open(), MAKER, 10, "coops.missing"),
        ];
        for (input, approval, person, now, code) in cases {
            let facts = Facts { person, now: Instant::from_micros(now), approval };
            let refused = decide(&input, &facts).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code), "{input:?}");
        }
    }

    #[test]
    fn the_signer_of_a_paper_decides_whoever_records_it() {
        let paper =
            Decide { evidence: Some("ab".repeat(32)), ..answer(Verdict::Paper, None, Some(OTHER)) };
        let now = Instant::from_micros(10);
        let facts = Facts { person: MAKER, now, approval: Some(approval(None)) };
        let plan = decide(&paper, &facts).unwrap();
        assert_eq!((plan.by, plan.paper), (OTHER, Some([0xab; 32])));
    }
}
