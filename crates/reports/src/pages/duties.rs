//! Tugas dan persetujuan: what waits for somebody, and the one screen on which it ends.

use access::{Role, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use coops::approvals::{self, Approval, Verdict};
use coops::tasks::{self, Waiting};
use store::{Failure, Tx};
use values::{Day, Instant, PersonId, Rupiah};
use web::{Page, Problem, Shell, html};

use crate::words;

/// Something that waits.
pub(crate) struct Duty {
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) amount: Option<Rupiah>,
    pub(crate) due: Option<Day>,
    pub(crate) overdue: bool,
    pub(crate) today: bool,
    pub(crate) href: String,
    /// What is shared, for an approval: its words with the link to its one screen.
    pub(crate) share: Option<String>,
}

/// What one asked others for, or others gave on paper.
struct Request {
    title: String,
    subject: String,
    amount: Option<Rupiah>,
    href: String,
    state: &'static str,
    because: String,
    share: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/duties_page.html")]
struct DutiesPage {
    page: Page,
    duties: Vec<Duty>,
    requests: Vec<Request>,
    on_paper: Vec<Request>,
}

/// The roles as tasks name them.
pub(crate) fn codes(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.code()).collect()
}

/// What waits for somebody, the most urgent first.
///
/// # Errors
/// A fault.
pub(crate) async fn waiting(
    tx: &mut Tx,
    roles: &[&str],
    person: PersonId,
    today: Day,
    origin: &str,
) -> Result<Vec<Duty>, Failure> {
    let waiting = tasks::waiting_for(tx, roles, person).await?;
    Ok(waiting.into_iter().map(|one| Duty::of(one, today, origin)).collect())
}

impl Duty {
    fn of(waiting: Waiting, today: Day, origin: &str) -> Duty {
        let overdue = waiting.is_overdue(today);
        let task = waiting.task;
        let is_approval = task.kind == approvals::TASK;
        let share = is_approval.then(|| shared(&task.subject, task.amount, origin, &task.link));
        let title = if is_approval { "Persetujuan" } else { words::of_kind(&task.kind) };
        Duty {
            title: title.to_owned(),
            share,
            overdue,
            today: task.due_day == Some(today),
            due: task.due_day,
            subject: task.subject,
            amount: task.amount,
            href: task.link,
        }
    }
}

/// Words for a message: no name, no number of anybody.
pub(super) fn shared(subject: &str, amount: Option<Rupiah>, origin: &str, link: &str) -> String {
    let amount = amount.map(|amount| format!(", {amount}")).unwrap_or_default();
    format!("{subject}{amount}. {origin}{link}")
}

impl Request {
    fn of(approval: Approval, now: Instant, origin: &str) -> Request {
        let href = format!("/persetujuan/{}", approval.approval_id);
        let state = state(&approval, now);
        let waits = approval.decision.is_none() && approval.expires_at >= now;
        let share = waits.then(|| shared(&approval.reason, approval.amount, origin, &href));
        let because = approval.decision.and_then(|decided| decided.reason).unwrap_or_default();
        Request {
            title: words::of_kind(&approval.event_kind).to_owned(),
            subject: approval.reason,
            amount: approval.amount,
            href,
            state,
            because,
            share,
        }
    }
}

/// How a request stands, in a word.
pub(super) fn state(approval: &Approval, now: Instant) -> &'static str {
    match approval.decision.as_ref().map(|decided| decided.verdict) {
        Some(Verdict::Approve) if approval.taken_at.is_some() => "disetujui, sudah dijalankan",
        Some(Verdict::Approve) => "disetujui, silakan dijalankan",
        Some(Verdict::Paper) => "disetujui di atas kertas",
        Some(Verdict::Refuse) => "ditolak",
        None if approval.expires_at < now => "lewat waktu",
        None => "menunggu",
    }
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = shell.clock.now();
    let (person, roles) = (who.person(), codes(who.roles()));
    let (today, oversees) = (Day::of_instant(now), who.may("access.looks"));
    let origin = access::origin(&headers, shell.settings.secure);
    let asked_origin = origin.clone();
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let duties = waiting(tx, &roles, person, today, &asked_origin).await?;
        let requests = approvals::asked_by(tx, person).await?;
        let on_paper = if oversees { approvals::on_paper(tx).await? } else { Vec::new() };
        Ok((duties, requests, on_paper))
    };
    let (duties, requests, on_paper) = shell.store.read(who.coop(), ask).await?;
    let told = |approvals: Vec<Approval>| -> Vec<Request> {
        approvals.into_iter().map(|one| Request::of(one, now, &origin)).collect()
    };
    let (requests, on_paper) = (told(requests), told(on_paper));
    Ok(html(&DutiesPage { page: who.page("Tugas"), duties, requests, on_paper }))
}
