//! Who stands behind the ids that the journal keeps: its bytes hold no names.

use std::collections::{BTreeMap, BTreeSet};

use access::person;
use ledger::{Detail, JournalEntry};
use store::{Failure, Fault, Later, Tx};
use values::{GoodId, MemberId, PersonId, SupplierId};

/// Names that are looked up for one page; what lies beyond is shown by its id.
const NAMES_MAX: usize = 500;

/// Names by kind and subject of a detail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names(BTreeMap<(String, String), String>);

/// The kind under which persons of the house stand, whatever an account calls them.
const PERSON: &str = "orang";

/// A name that was asked for and is not read yet.
enum Asked {
    Member(Later<(Option<i64>, String)>),
    Supplier(Later<suppliers::register::Supplier>),
    Other(Later<(String,)>),
}

impl Names {
    /// Who stands behind a detail.
    pub(crate) fn behind<'a>(&'a self, detail: &'a Detail) -> &'a str {
        self.find(kind_of(&detail.kind), &detail.subject).unwrap_or(&detail.subject)
    }

    /// A person's name; empty where nobody is known by the id.
    pub(crate) fn person(&self, person: &PersonId) -> &str {
        self.find(PERSON, &person.to_text()).unwrap_or_default()
    }

    fn find(&self, kind: &str, subject: &str) -> Option<&str> {
        self.0.get(&(kind.to_owned(), subject.to_owned())).map(String::as_str)
    }
}

/// Accounts name persons after what they do.
fn kind_of(kind: &str) -> &str {
    if matches!(kind, "petugas" | "pemberi") { PERSON } else { kind }
}

/// All names that entries speak of: makers, approvers, and those behind their lines.
///
/// # Errors
/// A fault.
pub(crate) async fn of_entries(tx: &mut Tx, entries: &[JournalEntry]) -> Result<Names, Failure> {
    let mut wanted: BTreeSet<(&str, String)> = BTreeSet::new();
    for entry in entries {
        let persons = [Some(entry.maker), entry.approver].into_iter().flatten();
        wanted.extend(persons.map(|person| (PERSON, person.to_text())));
        let details = entry.lines.iter().flat_map(|line| &line.details);
        wanted.extend(details.map(|detail| (kind_of(&detail.kind), detail.subject.clone())));
    }
    of(tx, wanted).await
}

/// The names of persons.
///
/// # Errors
/// A fault.
pub(crate) async fn of_persons(
    tx: &mut Tx,
    persons: impl IntoIterator<Item = PersonId>,
) -> Result<Names, Failure> {
    of(tx, persons.into_iter().map(|person| (PERSON, person.to_text())).collect()).await
}

async fn of(tx: &mut Tx, wanted: BTreeSet<(&str, String)>) -> Result<Names, Failure> {
    let mut asked = Vec::new();
    for (kind, subject) in wanted.into_iter().take(NAMES_MAX) {
        if let Some(later) = ask(tx, kind, &subject).await? {
            asked.push((kind.to_owned(), subject, later));
        }
    }
    let mut names = Names::default();
    for (kind, subject, later) in asked {
        if let Some(name) = later.read().await? {
            names.0.insert((kind, subject), name);
        }
    }
    Ok(names)
}

async fn ask(tx: &mut Tx, kind: &str, subject: &str) -> Result<Option<Asked>, Fault> {
    Ok(match kind {
        "anggota" => match MemberId::parse(subject) {
            Ok(member) => Some(Asked::Member(members::ask_called(tx, member).await?)),
            Err(_) => None,
        },
        "pemasok" => match SupplierId::parse(subject) {
            Ok(supplier) => Some(Asked::Supplier(suppliers::register::ask(tx, supplier).await?)),
            Err(_) => None,
        },
        "barang" => match GoodId::parse(subject) {
            Ok(good) => Some(Asked::Other(stock::goods::ask_name(tx, good).await?)),
            Err(_) => None,
        },
        PERSON => match PersonId::parse(subject) {
            Ok(person) => Some(Asked::Other(person::ask_name(tx, person).await?)),
            Err(_) => None,
        },
        _ => None,
    })
}

impl Asked {
    async fn read(self) -> Result<Option<String>, Fault> {
        Ok(match self {
            Asked::Member(later) => later.maybe().await?.map(|(number, name)| match number {
                Some(number) => format!("{} {name}", members::member_number(number)),
                None => name,
            }),
            Asked::Supplier(later) => later.maybe().await?.map(|supplier| supplier.name),
            Asked::Other(later) => later.maybe().await?.map(|(name,)| name),
        })
    }
}
