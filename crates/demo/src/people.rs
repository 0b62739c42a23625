//! The members of one cooperative: who moved in from the old book, who asks to join, who pays.

use cash::CashAccount;
use cash::opening_balances::{self, OpeningBalances, OpeningLine, OpeningName, OpeningSide};
use members::admit::{self, Admit};
use members::apply::{self, Apply};
use members::approve::{self, Approve};
use members::bring_in::{self, BringIn, OldStanding};
use members::pay_pokok::{self, PayPokok};
use members::pay_wajib::{self, PayWajib};
use store::Failure;
use values::{Day, DocumentId, MemberId, Month, Rupiah};

use crate::desk::Desk;
use crate::money::Money;
use crate::names;
use crate::staff::Staff;

/// Simpanan pokok and wajib as Lumbung comes with them.
pub(crate) const POKOK: i64 = 50_000;
const WAJIB: i64 = 10_000;
/// What stays in the safe on the first day; the rest is in the bank.
const FIRST_SAFE: i64 = 2_500_000;
/// Who pays the pokok in parts comes another day, so often in a hundred.
const COMES_LATER_PERCENT: i64 = 85;
/// How long ago the first and the last member of the old book were admitted, in days.
const OLD_DAYS: (i64, i64) = (45, 330);

/// Where money over the desk goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Purse {
    pub(crate) into: CashAccount,
    pub(crate) drawer: Option<DocumentId>,
}

/// Members and those who ask to become one.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) members: Vec<Member>,
    pub(crate) candidates: Vec<Candidate>,
    phone_no: i64,
}

/// A member.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) id: MemberId,
    /// The month in which something was paid last.
    pub(crate) paid_in: Option<Month>,
}

/// Somebody on the way to belonging.
#[derive(Debug)]
pub(crate) struct Candidate {
    id: MemberId,
    step: Step,
    held: i64,
}

/// What has happened so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Asked,
    Approved,
    Paying,
}

/// A member of the old book.
struct Old {
    id: MemberId,
    admitted_day: Day,
    months: Vec<Month>,
}

/// Opens the books with what the old ones say, then brings the members in one by one.
pub(crate) async fn move_in(
    desk: &mut Desk,
    staff: &Staff,
    count: i64,
    grant: i64,
) -> Result<(People, Money), Failure> {
    let first_day = desk.day();
    let mut days: Vec<i64> =
        (0..count).map(|_| desk.dice.between(OLD_DAYS.0, OLD_DAYS.1)).collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    let olds: Vec<Old> = days.into_iter().map(|ago| old(desk, first_day, ago)).collect();
    let input = opening(first_day, &olds, grant);
    let money = Money::of(&input);
    desk.send(staff.bendahara, opening_balances::KIND, input, opening_balances::record).await?;
    let mut people = People { phone_no: 1, ..People::default() };
    for (number, old) in (1..).zip(olds) {
        desk.pass(60, 150);
        let phone_no = people.next_phone(desk);
        let standing = OldStanding::Member { number, admitted_day: old.admitted_day };
        let particulars = names::neighbour(&mut desk.dice, phone_no);
        let input = BringIn { member_id: old.id, particulars, standing };
        desk.send(staff.sekretaris, bring_in::KIND, input, bring_in::record).await?;
        people.members.push(Member { id: old.id, paid_in: None });
    }
    Ok((people, money))
}

fn old(desk: &mut Desk, first_day: Day, ago: i64) -> Old {
    let id = MemberId::from_bytes(desk.id());
    let admitted_day = first_day.plus_days(-i32::try_from(ago).unwrap_or(0));
    let owing = if desk.dice.chance(30) { desk.dice.between(1, 4) } else { 0 };
    let months = first_day.month().months_since(admitted_day.month());
    let paid = i64::from(months) - owing;
    let months = (0..paid).filter_map(|later| i32::try_from(later).ok());
    let months = months.map(|later| admitted_day.month().plus_months(later));
    Old { id, admitted_day, months: months.collect() }
}

fn opening(first_day: Day, olds: &[Old], grant: i64) -> OpeningBalances {
    let name = |old: &Old, month: Option<Month>, amount: i64| OpeningName {
        subject: old.id.to_text(),
        month,
        amount: Rupiah::new(amount),
    };
    let pokok: Vec<OpeningName> = olds.iter().map(|old| name(old, None, POKOK)).collect();
    let months = olds.iter().flat_map(|old| old.months.iter().map(move |month| (old, *month)));
    let wajib: Vec<OpeningName> =
        months.map(|(old, month)| name(old, Some(month), WAJIB)).collect();
    let sum = |names: &[OpeningName]| names.iter().map(|name| name.amount.get()).sum::<i64>();
    let capital = sum(&pokok) + sum(&wajib) + grant;
    let safe = capital.min(FIRST_SAFE);
    let line = |account: &str, side, amount: i64, names: Vec<OpeningName>| OpeningLine {
        account: account.to_owned(),
        unit: "PST".to_owned(),
        side,
        amount: Rupiah::new(amount),
        names,
    };
    let (debit, credit) = (OpeningSide::Debit, OpeningSide::Credit);
    let mut lines = vec![
        line(CashAccount::Safe.code(), debit, safe, Vec::new()),
        line(CashAccount::Bank.code(), debit, capital - safe, Vec::new()),
        line("31101", credit, sum(&pokok), pokok),
        line("31102", credit, sum(&wajib), wajib),
        line("31105", credit, grant, Vec::new()),
    ];
    lines.retain(|line| line.amount.is_positive());
    OpeningBalances { first_day, lines, difference: None }
}

impl People {
    fn next_phone(&mut self, desk: &mut Desk) -> i64 {
        self.phone_no += desk.dice.between(1, 40_000);
        self.phone_no
    }

    /// A neighbour asks to become a member.
    pub(crate) async fn ask(&mut self, desk: &mut Desk, staff: &Staff) -> Result<(), Failure> {
        let phone_no = self.next_phone(desk);
        let particulars = names::neighbour(&mut desk.dice, phone_no);
        let id = MemberId::from_bytes(desk.id());
        let input = Apply { member_id: id, day: desk.day(), particulars };
        self.candidates.push(Candidate { id, step: Step::Asked, held: 0 });
        desk.send(staff.kasir, apply::KIND, input, apply::record).await
    }

    /// A candidate comes one step further; tells what was paid over the desk.
    pub(crate) async fn step(
        &mut self,
        place: usize,
        desk: &mut Desk,
        staff: &Staff,
        purse: Purse,
    ) -> Result<i64, Failure> {
        let Some(candidate) = self.candidates.get_mut(place) else { return Ok(0) };
        let (member_id, day) = (candidate.id, desk.day());
        if candidate.step == Step::Asked {
            candidate.step = Step::Approved;
            let input = Approve { member_id, decision: None };
            desk.send(staff.ketua, approve::KIND, input, approve::record).await?;
            return Ok(0);
        }
        let Purse { into, drawer } = purse;
        if candidate.step == Step::Approved && desk.dice.chance(50) {
            candidate.step = Step::Paying;
            candidate.held = 5_000 * desk.dice.between(2, 6);
            let paid = candidate.held;
            let input = PayPokok { member_id, day, amount: Rupiah::new(paid), into, drawer };
            desk.send(staff.kasir, pay_pokok::KIND, input, pay_pokok::record).await?;
            return Ok(paid);
        }
        if candidate.step == Step::Paying && desk.dice.chance(COMES_LATER_PERCENT) {
            return Ok(0);
        }
        let rest = POKOK - candidate.held;
        self.candidates.remove(place);
        self.members.push(Member { id: member_id, paid_in: None });
        let input = Admit { member_id, day, amount: Rupiah::new(rest), into, drawer };
        desk.send(staff.kasir, admit::KIND, input, admit::record).await?;
        Ok(rest)
    }

    /// A member pays simpanan wajib, mostly for one month; tells how much.
    pub(crate) async fn pay(
        &mut self,
        place: usize,
        desk: &mut Desk,
        staff: &Staff,
        purse: Purse,
    ) -> Result<i64, Failure> {
        let Some(member) = self.members.get_mut(place) else { return Ok(0) };
        member.paid_in = Some(desk.day().month());
        let months = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3];
        let paid = WAJIB * *desk.dice.pick(&months);
        let input = PayWajib {
            member_id: member.id,
            day: desk.day(),
            amount: Rupiah::new(paid),
            months: Vec::new(),
            into: purse.into,
            drawer: purse.drawer,
        };
        desk.send(staff.kasir, pay_wajib::KIND, input, pay_wajib::record).await?;
        Ok(paid)
    }
}
