//! The pages of the cash room: overview, sending, grants, a cashier's drawer, moving in.

pub(crate) mod count;
pub(crate) mod drawer;
pub(crate) mod grant;
pub(crate) mod moving;
mod moving_names;
mod moving_rows;
pub(crate) mod overview;
pub(crate) mod transfer;

use std::collections::BTreeMap;

use access::person;
use serde::Deserialize;
use store::{Failure, Tx};
use values::{DocumentId, PersonId};
use web::{Fields, Page, Problem};

/// Longest paper number that is shown.
const NUMBER_MAX: usize = 24;

/// What an address asks for beside its path.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// A drawer session.
    #[serde(default)]
    laci: String,
    /// Number of the paper that was just made.
    #[serde(default)]
    nomor: String,
}

impl Asked {
    /// Tells the number of what was just recorded.
    fn tell(&self, page: &mut Page) {
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        if (1..=NUMBER_MAX).contains(&self.nomor.len()) && self.nomor.chars().all(plain) {
            page.flash = Some(format!("Tercatat dengan nomor {}.", self.nomor));
        }
    }
}

/// People by their id.
struct Names(BTreeMap<PersonId, String>);

impl Names {
    async fn of(tx: &mut Tx) -> Result<Names, Failure> {
        let seats = person::seats(tx).await?;
        Ok(Names(seats.into_iter().map(|seat| (seat.person, seat.name)).collect()))
    }

    fn name(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_default()
    }
}

/// What a form brings into being carries the form's own id: sent again, it names the same thing.
fn born_in(form: &Fields) -> Result<DocumentId, Problem> {
    DocumentId::parse(&form.request_text())
        .map_err(|_| Problem::malformed("Formulir ini tidak lengkap. Muat ulang, lalu isi lagi."))
}

/// The thing that a form names in a hidden field.
fn named_in(form: &Fields, name: &str) -> Result<DocumentId, Problem> {
    DocumentId::parse(form.value(name)).map_err(|_| Problem::not_found())
}

/// A sentence about a field that the form does not show stands above the form.
fn raise_unseen(form: &mut Fields) {
    for name in ["session_id", "transfer_id", "drawer", "day", "evidence", "consent"] {
        if form.general.is_none() && form.is_wrong(name) {
            form.general = Some(form.error(name).to_owned());
        }
    }
}
