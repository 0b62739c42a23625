//! Bukti setor: what a member or candidate has paid, read again from the journal.

use ledger::{JournalEntry, JournalQuestion, Line, Side};
use store::{Failure, Tx};
use values::{Day, Instant, MemberId, PersonId, Rupiah};

use crate::dues::WAJIB;
use crate::pay_pokok::ADVANCES;
use crate::{PaidMonth, admit, pay_pokok, pay_wajib};

/// Payments of each kind that a card lists.
const LISTED_MAX: i64 = 24;

/// What was paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidFor {
    /// A part of the simpanan pokok, held until it is full.
    PokokPart,
    /// The simpanan pokok, on the day of admission.
    Pokok,
    /// Simpanan wajib.
    Wajib,
}

impl PaidFor {
    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PaidFor::PokokPart => "Simpanan pokok, sebagian",
            PaidFor::Pokok => "Simpanan pokok, penuh",
            PaidFor::Wajib => "Simpanan wajib",
        }
    }

    fn kind(self) -> &'static str {
        match self {
            PaidFor::PokokPart => pay_pokok::KIND,
            PaidFor::Pokok => admit::KIND,
            PaidFor::Wajib => pay_wajib::KIND,
        }
    }

    const ALL: [PaidFor; 3] = [PaidFor::PokokPart, PaidFor::Pokok, PaidFor::Wajib];
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The journal entry.
    pub entry_no: i64,
    /// Number of the receipt.
    pub number: String,
    /// Accounting day.
    pub day: Day,
    /// When it was recorded.
    pub posted_at: Instant,
    /// Who paid.
    pub member: MemberId,
    /// What for.
    pub paid_for: PaidFor,
    /// What came over the desk; zero where the pokok was full before.
    pub amount: Rupiah,
    /// What was held already and counts towards the pokok.
    pub held: Rupiah,
    /// For wajib, the months.
    pub months: Vec<PaidMonth>,
    /// Name of the account that the money went into.
    pub into: Option<&'static str>,
    /// Who received it.
    pub received_by: PersonId,
    /// Whether it was taken back.
    pub taken_back: bool,
}

impl Payment {
    /// What counts: paid now and held before.
    #[must_use]
    pub fn total(&self) -> Rupiah {
        self.amount.plus(self.held).unwrap_or(self.amount)
    }
}

/// One payment by its entry; none for an entry that is no payment of a member.
///
/// # Errors
/// A fault.
pub async fn find(tx: &mut Tx, entry_no: i64) -> Result<Option<Payment>, Failure> {
    Ok(ledger::entry(tx, entry_no).await?.and_then(read))
}

/// The newest payments of a person, newest first.
///
/// # Errors
/// A fault.
pub async fn of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<Payment>, Failure> {
    let mut payments = Vec::new();
    for paid_for in PaidFor::ALL {
        let question = JournalQuestion {
            kind: Some(paid_for.kind().to_owned()),
            name: Some(("anggota".to_owned(), member.to_text())),
            limit: LISTED_MAX,
            ..JournalQuestion::default()
        };
        payments.extend(ledger::journal(tx, &question).await?.entries.into_iter().filter_map(read));
    }
    payments.sort_by_key(|payment: &Payment| std::cmp::Reverse(payment.entry_no));
    Ok(payments)
}

fn read(entry: JournalEntry) -> Option<Payment> {
    let paid_for = PaidFor::ALL.into_iter().find(|one| one.kind() == entry.kind)?;
    let debits = || entry.lines.iter().filter(|line| line.side == Side::Debit);
    let desk = debits().find(|line| line.account != ADVANCES);
    let held = debits().find(|line| line.account == ADVANCES);
    let amount_of = |line: Option<&Line>| line.map_or(Rupiah::ZERO, |line| line.amount);
    let credit = entry.lines.iter().find(|line| line.side == Side::Credit)?;
    let member = MemberId::parse(&credit.details.first()?.subject).ok()?;
    let months =
        credit.details.iter().filter(|_| credit.account == WAJIB).filter_map(|detail| {
            detail.month.map(|month| PaidMonth { month, amount: detail.amount })
        });
    Some(Payment {
        entry_no: entry.entry_no,
        member,
        paid_for,
        amount: amount_of(desk),
        held: amount_of(held),
        months: months.collect(),
        into: desk.and_then(|line| ledger::account(&line.account)).map(|account| account.name),
        day: entry.day,
        posted_at: entry.posted_at,
        received_by: entry.maker,
        taken_back: entry.reversed_by.is_some(),
        number: entry.number,
    })
}
