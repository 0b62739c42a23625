//! Yang menunggu: what waits for a role or a person, with a link to the one screen that ends it.
//!
//! Any room's event opens a task in its own transaction and closes it in another one. Home shows
//! what waits ([`waiting_for`]); nobody keeps a list beside it.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{Ctx, Day, DocumentId, Instant, PersonId, Rupiah};

use crate::CoopsRefusal;

/// A task as an event opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Born in the form of the event that opens it.
    pub task_id: DocumentId,
    /// `room.task`; tells the page how to name it.
    pub kind: String,
    /// The role whose holders may do it.
    pub for_role: Option<String>,
    /// The one person who is to do it.
    pub for_person: Option<PersonId>,
    /// What it is about, in a few words.
    pub subject: String,
    /// The money that it is about.
    pub amount: Option<Rupiah>,
    /// The path of the screen that ends it.
    pub link: String,
    /// When it is due.
    pub due_day: Option<Day>,
}

/// A task that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The task.
    pub task: Task,
    /// Since when.
    pub opened_at: Instant,
    /// Who opened it.
    pub opened_by: PersonId,
}

impl Waiting {
    /// Whether it is due before a day.
    #[must_use]
    pub fn is_overdue(&self, today: Day) -> bool {
        self.task.due_day.is_some_and(|due| due < today)
    }

    /// Addressed to one of these roles or to this person. Who asks for a second person's yes does
    /// not wait for himself.
    fn is_for(&self, roles: &[&str], person: PersonId) -> bool {
        let by_role = self.task.for_role.as_ref().is_some_and(|role| roles.contains(&&**role));
        let own = self.task.kind == crate::approvals::TASK && self.opened_by == person;
        (by_role || self.task.for_person == Some(person)) && !own
    }
}

impl FromRow for Waiting {
    fn from_row(row: Vec<Cell>) -> Result<Waiting, Fault> {
        let mut cells = Cells::new(row);
        let task = Task {
            task_id: cells.take()?,
            kind: cells.take()?,
            for_role: cells.take()?,
            for_person: cells.take()?,
            subject: cells.take()?,
            amount: cells.take()?,
            link: cells.take()?,
            due_day: cells.take()?,
        };
        Ok(Waiting { task, opened_at: cells.take()?, opened_by: cells.take()? })
    }
}

/// Opens a task.
///
/// # Errors
/// [`CoopsRefusal::NobodyAddressed`], or a fault.
pub async fn open(tx: &mut Tx, ctx: &Ctx, task: &Task) -> Result<(), Failure> {
    if task.for_role.is_none() && task.for_person.is_none() {
        return Err(CoopsRefusal::NobodyAddressed.into());
    }
    tx.run(
        "insert into tasks (coop_id, task_id, kind, for_role, for_person, subject, amount,
                            opened_at, opened_by, link, due_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        1,
        &[
            &task.task_id,
            &task.kind,
            &task.for_role,
            &task.for_person,
            &task.subject,
            &task.amount,
            &ctx.at,
            &ctx.person,
            &task.link,
            &task.due_day,
        ],
    )
    .await?;
    Ok(())
}

/// Closes a task with a few words on how it ended.
///
/// # Errors
/// [`CoopsRefusal::UnknownTask`], [`CoopsRefusal::TaskClosed`], or a fault.
pub async fn close(tx: &mut Tx, ctx: &Ctx, task: DocumentId, outcome: &str) -> Result<(), Failure> {
    let found: Option<(Option<Instant>,)> = tx
        .maybe("select closed_at from tasks where coop_id = $1 and task_id = $2", &[&task])
        .await?;
    match found {
        None => return Err(CoopsRefusal::UnknownTask.into()),
        Some((Some(at),)) => return Err(CoopsRefusal::TaskClosed { at }.into()),
        Some((None,)) => {}
    }
    tx.run(
        "update tasks set closed_at = $3, closed_by = $4, outcome = $5
          where coop_id = $1 and task_id = $2 and closed_at is null",
        1,
        &[&task, &ctx.at, &ctx.person, &outcome],
    )
    .await?;
    Ok(())
}

/// What waits for somebody who holds these roles: the most urgent first.
///
/// # Errors
/// A fault.
pub async fn waiting_for(
    tx: &mut Tx,
    roles: &[&str],
    person: PersonId,
) -> Result<Vec<Waiting>, Failure> {
    let mut open: Vec<Waiting> = tx
        .all(
            "select task_id, kind, for_role, for_person, subject, amount, link, due_day,
                    opened_at, opened_by
               from tasks where coop_id = $1 and closed_at is null
              order by coalesce(due_day, '9999-12-31'), opened_at, task_id",
            &[],
        )
        .await?;
    open.retain(|waiting| waiting.is_for(roles, person));
    Ok(open)
}
