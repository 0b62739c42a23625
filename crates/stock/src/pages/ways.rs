//! How a delivery can be paid, as one list of choices: owed, nota to follow, cash, a board member's
//! own money.

use access::{Role, SignedIn, person};
use store::{Failure, Tx};
use suppliers::register::{self, Supplier};
use suppliers::{InvoiceHead, Sources};
use values::{Day, DocumentId, PersonId};
use web::{Fields, Shell};

use crate::PaidBy;

/// What is offered.
pub(super) struct Ways {
    pub(super) suppliers: Vec<Supplier>,
    pub(super) sources: Sources,
    pub(super) lenders: Vec<Officer>,
}

/// Somebody of the cooperative's staff or board.
pub(super) struct Officer {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) role: &'static str,
}

/// Who holds a seat of the cooperative's staff or board on a day, each once.
pub(super) async fn officers(tx: &mut Tx, day: Day) -> Result<Vec<Officer>, Failure> {
    let mut officers: Vec<Officer> = Vec::new();
    for seat in person::seats(tx).await? {
        let outside = matches!(seat.role, Role::Anggota | Role::Dinas | Role::Mentor | Role::Admin);
        let holds = seat.from_day <= day && seat.through_day.is_none_or(|last| last >= day);
        let known = officers.iter().any(|officer| officer.person == seat.person);
        if holds && !outside && !known {
            let (person, name, role) = (seat.person, seat.name, seat.role.name());
            officers.push(Officer { person, name, role });
        }
    }
    officers.sort_by(|one, two| one.name.cmp(&two.name));
    Ok(officers)
}

impl Ways {
    pub(super) async fn of(tx: &mut Tx, who: &SignedIn, day: Day) -> Result<Ways, Failure> {
        Ok(Ways {
            suppliers: register::names(tx).await?,
            sources: Sources::of(tx, who.person(), who.may("cash.read")).await?,
            lenders: officers(tx, day).await?,
        })
    }

    /// Reads a choice that was offered: `credit:…`, `later:…`, `cash:…`, `lent:…`.
    pub(super) fn chosen(
        &self,
        typed: &str,
        form: &mut Fields,
        nota: (DocumentId, Option<Day>),
    ) -> Option<PaidBy> {
        let (way, whom) = typed.split_once(':')?;
        let supplier = || self.suppliers.iter().find(|one| one.supplier_id.to_text() == whom);
        match way {
            "credit" => {
                let number = form.maybe_text("number", 40);
                let blank = form.value("invoice_day").trim().is_empty();
                let day = if blank { nota.1 } else { form.day("invoice_day") };
                Some(PaidBy::Credit(InvoiceHead {
                    invoice_id: nota.0,
                    supplier_id: supplier()?.supplier_id,
                    number: Some(number).filter(|number| !number.is_empty()),
                    invoice_day: day?,
                }))
            }
            "later" => Some(PaidBy::BeforeInvoice { supplier_id: supplier()?.supplier_id }),
            "cash" => self.sources.chosen(whom).map(PaidBy::Cash),
            "lent" => {
                let lender = self.lenders.iter().find(|one| one.person.to_text() == whom)?;
                Some(PaidBy::Talangan { lender: lender.person })
            }
            _ => None,
        }
    }
}

/// The day now.
pub(super) fn today(shell: &Shell) -> Day {
    Day::of_instant(shell.clock.now())
}
