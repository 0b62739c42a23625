//! One request for a second person's yes: what is asked for, and the answer.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use coops::approvals::decide::{self, Decide};
use coops::approvals::{self, Approval, Verdict};
use coops::tasks;
use serde_json::Value;
use store::{Failure, Tx};
use values::DocumentId;
use web::{Fields, Page, Problem, Shell, html_with, see_other};

use super::duties::{codes, shared, state};
use crate::names;
use crate::words;

/// Letters of a reason that are kept.
const REASON_MAX: usize = 300;

#[derive(Template)]
#[template(path = "pages/approval.html")]
struct ApprovalPage {
    page: Page,
    form: Fields,
    title: String,
    asked: Vec<(String, String)>,
    maker: String,
    decided_by: String,
    state: &'static str,
    approval: Approval,
    /// Whether the answer is this person's to give.
    decides: bool,
    share: Option<String>,
}

/// The request with the names on it, and whether it waits for this person.
struct Found {
    approval: Approval,
    maker: String,
    decided_by: String,
    decides: bool,
}

async fn find(shell: &Shell, who: &SignedIn, id: DocumentId) -> Result<Found, Problem> {
    let (person, roles) = (who.person(), codes(who.roles()));
    let ask = async move |tx: &mut Tx| -> Result<Option<Found>, Failure> {
        let Some(approval) = approvals::find(tx, id).await? else { return Ok(None) };
        let waiting = tasks::waiting_for(tx, &roles, person).await?;
        let by = approval.decision.as_ref().map(|decided| decided.by);
        let names = names::of_persons(tx, by.into_iter().chain([approval.maker])).await?;
        let decides = waiting.iter().any(|waiting| waiting.task.task_id == id);
        let maker = names.person(&approval.maker).to_owned();
        let decided_by = by.map(|by| names.person(&by).to_owned()).unwrap_or_default();
        Ok(Some(Found { approval, maker, decided_by, decides }))
    };
    let found = shell.store.read(who.coop(), ask).await?.ok_or_else(Problem::not_found)?;
    let concerned = found.approval.maker == person || found.decides;
    // The others see what their seat lets them see: who decides or oversees.
    if concerned || who.may("coops.approve") || who.may("access.looks") {
        Ok(found)
    } else {
        Err(Problem::not_found())
    }
}

fn drawn(
    shell: &Shell,
    who: &SignedIn,
    headers: &HeaderMap,
    found: Found,
    form: Fields,
) -> ApprovalPage {
    let Found { approval, maker, decided_by, decides } = found;
    let now = shell.clock.now();
    let origin = access::origin(headers, shell.settings.secure);
    let link = format!("/persetujuan/{}", approval.approval_id);
    let waits = approval.decision.is_none() && approval.expires_at >= now;
    ApprovalPage {
        page: who.page("Permintaan persetujuan"),
        form,
        title: words::of_kind(&approval.event_kind).to_owned(),
        asked: rows(&approval.payload),
        maker,
        decided_by,
        state: state(&approval, now),
        decides: decides && approval.decision.is_none(),
        share: waits.then(|| shared(&approval.reason, approval.amount, &origin, &link)),
        approval,
    }
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = DocumentId::parse(&id).map_err(|_| Problem::not_found())?;
    let found = find(&shell, &who, id).await?;
    let form = Fields::blank(who.hidden());
    Ok(html_with(StatusCode::OK, &drawn(&shell, &who, &headers, found, form)))
}

pub(crate) async fn send(
    State(shell): State<Shell>,
    Path(id): Path<String>,
    headers: HeaderMap,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let approval_id = DocumentId::parse(&id).map_err(|_| Problem::not_found())?;
    let found = find(&shell, &posted.who, approval_id).await?;
    // What is decided already gets its own sentence from the event.
    if !found.decides
        && found.approval.decision.is_none()
        && found.approval.maker != posted.who.person()
    {
        return Err(Problem::denied());
    }
    let approves = posted.fields.chosen("verdict", "approve");
    let verdict = if approves { Verdict::Approve } else { Verdict::Refuse };
    let reason = posted.fields.maybe_text("reason", REASON_MAX);
    let reason = (!reason.is_empty()).then_some(reason);
    let input = Decide { approval_id, verdict, reason, signed_by: None, evidence: None };
    if !posted.fields.has_errors()
        && posted.act(&shell, decide::KIND, input, decide::record).await?.is_some()
    {
        return Ok(see_other(&format!("/persetujuan/{approval_id}")));
    }
    let page = drawn(&shell, &posted.who, &headers, found, posted.fields);
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// What is asked for, as name and value; what is no plain value stands as it was sent.
fn rows(payload: &str) -> Vec<(String, String)> {
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    };
    match serde_json::from_str(payload) {
        Ok(Value::Object(fields)) => {
            fields.iter().map(|(name, value)| (name.clone(), told(value))).collect()
        }
        Ok(value) => vec![(String::new(), told(&value))],
        Err(_) => vec![(String::new(), payload.to_owned())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stands_field_by_field() {
        let of = |payload: &str| -> Vec<String> {
            rows(payload).into_iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        let asked = of(r#"{"member":"0042","amount":5000000,"note":null,"parts":[1]}"#);
        assert_eq!(asked, ["amount=5000000", "member=0042", "note=–", "parts=[1]"]);
        assert_eq!(of("5"), ["=5"]);
        assert_eq!(of("{"), ["={"]);
    }
}
