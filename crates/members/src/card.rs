//! Kartu anggota: everything that the cooperative knows of one member, on one page.

use ledger::Account;
use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{Day, MemberId, Month, Rupiah};

use crate::membership::{self, Membership};
use crate::register::RegisterRow;
use crate::{MembersRefusal, PaidMonth, dues, terms};

/// A member's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Who it is.
    pub row: RegisterRow,
    /// Street and number.
    pub address: Option<String>,
    /// The last four digits of the NIK; none while it is "belum lengkap".
    pub nik_last4: Option<String>,
    /// The day of asking.
    pub applied_day: Day,
    /// Whether the application was approved.
    pub approved: bool,
    /// The decision that is cited for it.
    pub decision: Option<String>,
    /// What a candidate has paid towards the pokok.
    pub pokok_held: Rupiah,
    /// The numbers, oldest first.
    pub memberships: Vec<Membership>,
    /// What stands behind the name in each account of members, on the account's own side; empty
    /// accounts left out.
    pub balances: Vec<CardBalance>,
    /// Months of wajib that are paid in full.
    pub months_paid: Vec<Month>,
    /// Months before this one that are open: arrears.
    pub arrears: Vec<PaidMonth>,
    /// What is open for this month.
    pub due_now: Rupiah,
}

/// One balance on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardBalance {
    /// The account.
    pub account: &'static Account,
    /// What stands there.
    pub amount: Rupiah,
}

impl Card {
    /// The balance of one account; zero where it does not stand on the card.
    #[must_use]
    pub fn balance(&self, code: &str) -> Rupiah {
        let found = self.balances.iter().find(|balance| balance.account.code == code);
        found.map_or(Rupiah::ZERO, |balance| balance.amount)
    }
}

/// The part of a card that stands in the members table.
struct Written {
    row: RegisterRow,
    address: Option<String>,
    applied_day: Day,
    approved: bool,
    decision: Option<String>,
    pokok_held: Rupiah,
}

impl FromRow for Written {
    fn from_row(mut row: Vec<Cell>) -> Result<Written, Fault> {
        let rest = row.split_off(row.len().min(REGISTER_COLUMNS));
        let row = RegisterRow::from_row(row)?;
        let mut cells = Cells::new(rest);
        Ok(Written {
            row,
            address: cells.take()?,
            applied_day: cells.take()?,
            approved: cells.take::<Option<i64>>()?.is_some(),
            decision: cells.take()?,
            pokok_held: cells.take()?,
        })
    }
}

/// Columns of a line of the register, which open the statement of a card.
const REGISTER_COLUMNS: usize = 10;

/// Shows a member.
///
/// # Errors
/// [`MembersRefusal::UnknownMember`], or a fault.
pub async fn card(tx: &mut Tx, member: MemberId, today: Day) -> Result<Card, Failure> {
    let written: Option<Written> = tx
        .maybe(
            "select member_id, state, number, name, surname, nickname, phone, rt, rw, sex, address,
                    applied_day, approved_at, decision, pokok_held
               from members where coop_id = $1 and member_id = $2",
            &[&member],
        )
        .await?;
    let written = written.ok_or(MembersRefusal::UnknownMember)?;
    let nik: Option<(String,)> = tx
        .maybe("select last4 from member_niks where coop_id = $1 and member_id = $2", &[&member])
        .await?;
    let mut owing = Vec::new();
    let mut months_paid = Vec::new();
    if let Some(dues) = dues::of(tx, member).await? {
        let terms = &terms::on(tx, today).await?;
        owing = dues.owing(terms, today.month());
        months_paid = dues.months_paid(terms);
    }
    let now = owing.iter().find(|rest| rest.month == today.month()).copied();
    owing.retain(|rest| rest.month < today.month());
    Ok(Card {
        row: written.row,
        address: written.address,
        nik_last4: nik.map(|(last4,)| last4),
        applied_day: written.applied_day,
        approved: written.approved,
        decision: written.decision,
        pokok_held: written.pokok_held,
        memberships: membership::of(tx, member).await?,
        balances: balances(tx, member).await?,
        months_paid,
        arrears: owing,
        due_now: now.map_or(Rupiah::ZERO, |rest| rest.amount),
    })
}

async fn balances(tx: &mut Tx, member: MemberId) -> Result<Vec<CardBalance>, Failure> {
    let mut balances = Vec::new();
    let of_members =
        ledger::accounts().iter().filter(|account| account.subledger == Some("anggota"));
    for account in of_members {
        let net = ledger::balance_of(tx, account.code, &member).await?;
        let amount = if account.normal == ledger::Side::Debit { net } else { net.negated() };
        if !amount.is_zero() {
            balances.push(CardBalance { account, amount });
        }
    }
    Ok(balances)
}
