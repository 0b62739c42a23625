//! The days of a cooperative that keeps a shop.

use coops::holidays::Calendar;
use store::Failure;
use values::Day;

use crate::counter::{self, Sold};
use crate::desk::Desk;
use crate::money::Money;
use crate::people::{self, People};
use crate::shelves::{self, Shelf};
use crate::staff::Staff;
use crate::supply::Supply;
use crate::till::Till;

/// Seconds of an hour.
const HOUR: i64 = 3_600;
/// Buyers come between eight and four.
const OPEN: (i64, i64) = (8 * HOUR, 16 * HOUR);
/// How many of a thousand members pay wajib on an open day of a month.
const PAYS_IN_THOUSAND: i64 = 45;
/// Who buys is a member, so often in a hundred.
const MEMBER_PERCENT: i64 = 62;

/// How large a cooperative is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Members who move in.
    pub(crate) members: i64,
    /// Neighbours who ask to join meanwhile.
    pub(crate) joining: i64,
    /// Kinds of goods.
    pub(crate) goods: usize,
    /// Sales of a day, at least and at most.
    pub(crate) sales: (i64, i64),
    /// Money given before the first day.
    pub(crate) given: i64,
    /// Money that the city gives in the first weeks.
    pub(crate) grant: i64,
    /// A day of the week without trade, beside Sunday.
    pub(crate) also_closed: &'static str,
}

/// A cooperative that lives.
pub(crate) struct Life {
    pub(crate) desk: Desk,
    staff: Staff,
    size: Size,
    people: People,
    money: Money,
    shelves: Vec<Shelf>,
    supply: Supply,
    till: Till,
    price_version: i64,
    open_days: i64,
    pub(crate) sales: usize,
}

/// What happens over the counter at some second of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Sale,
    Payment(usize),
    Step(usize),
    Asking,
    Expense,
    Return,
}

impl Life {
    /// Moves in, writes goods and suppliers down, gets the first goods and prices them.
    pub(crate) async fn begin(
        mut desk: Desk,
        staff: Staff,
        size: Size,
        short_code: &str,
        first_day: Day,
    ) -> Result<Life, Failure> {
        desk.wake(first_day, 5 * HOUR);
        let desk_ref = &mut desk;
        let (people, money) = people::move_in(desk_ref, &staff, size.members, size.given).await?;
        let sales_per_day = (size.sales.0 + size.sales.1) / 2;
        let mut shelves = shelves::write_down(desk_ref, &staff, size.goods, sales_per_day).await?;
        shelves::price_all(desk_ref, &staff, &mut shelves).await?;
        let supply = Supply::write_down(desk_ref, &staff, &shelves).await?;
        let till = Till::of(short_code);
        let (price_version, open_days, sales) = (1, 0, 0);
        Ok(Life {
            desk,
            staff,
            size,
            people,
            money,
            shelves,
            supply,
            till,
            price_version,
            open_days,
            sales,
        })
    }

    /// Lives through one day. What the cashier brings on the last one still waits in the evening.
    pub(crate) async fn day(
        &mut self,
        day: Day,
        calendar: &Calendar,
        is_last: bool,
    ) -> Result<(), Failure> {
        let weekday = day.weekday_name();
        let closed = weekday == "Minggu" || weekday == self.size.also_closed;
        if closed || calendar.holiday(day).is_some() {
            return Ok(());
        }
        self.open_days += 1;
        let (desk, staff) = (&mut self.desk, &self.staff);
        desk.wake(day, 6 * HOUR + HOUR / 2);
        self.supply.match_notas(desk, staff).await?;
        let (shelves, money) = (&mut self.shelves, &mut self.money);
        self.supply.deliver(desk, staff, shelves, money).await?;
        if self.open_days == 5 && self.size.grant > 0 {
            money.be_given(desk, staff, "Pemerintah Kota (contoh)", self.size.grant).await?;
        }
        if self.open_days % 30 == 0 {
            let last = self.price_version;
            self.price_version = shelves::raise_some(desk, staff, shelves, last).await?;
        }
        desk.wake(day, OPEN.0 - HOUR / 4);
        self.till.open(desk, staff, money).await?;
        self.hours(day).await?;
        self.evening(day, is_last).await
    }

    async fn hours(&mut self, day: Day) -> Result<(), Failure> {
        let agenda = self.agenda();
        let mut today: Vec<Sold> = Vec::new();
        for (second, happening) in agenda {
            self.desk.wake(day, second);
            self.desk.pass(1, 20);
            let purse = self.till.purse();
            let (desk, staff, till) = (&mut self.desk, &self.staff, &mut self.till);
            match happening {
                Happening::Sale => {
                    let is_member = desk.dice.chance(MEMBER_PERCENT);
                    let somebody = (!self.people.members.is_empty() && is_member)
                        .then(|| desk.dice.pick(&self.people.members).id);
                    let shelves = &mut self.shelves;
                    let sold = counter::sell(desk, staff, till, shelves, somebody).await?;
                    self.sales += usize::from(sold.is_some());
                    today.extend(sold);
                }
                Happening::Payment(place) => {
                    till.cash += self.people.pay(place, desk, staff, purse).await?;
                }
                Happening::Step(place) => {
                    till.cash += self.people.step(place, desk, staff, purse).await?;
                }
                Happening::Asking => self.people.ask(desk, staff).await?,
                Happening::Expense => till.spend(desk, staff).await?,
                Happening::Return => {
                    counter::take_back(desk, staff, till, &mut self.shelves, &today).await?;
                }
            }
        }
        Ok(())
    }

    /// What the day brings, in its order.
    fn agenda(&mut self) -> Vec<(i64, Happening)> {
        let month = self.desk.day().month();
        let dice = &mut self.desk.dice;
        let mut some = Vec::new();
        for _ in 0..dice.between(self.size.sales.0, self.size.sales.1) {
            some.push(Happening::Sale);
        }
        for (place, member) in self.people.members.iter().enumerate() {
            let paid = member.paid_in == Some(month);
            if !paid && dice.between(0, 999) < PAYS_IN_THOUSAND {
                some.push(Happening::Payment(place));
            }
        }
        // One candidate a day, since a place in the list changes when somebody is admitted.
        if !self.people.candidates.is_empty() && dice.chance(75) {
            some.push(Happening::Step(dice.place(self.people.candidates.len())));
        }
        if dice.between(0, 74) < self.size.joining {
            some.push(Happening::Asking);
        }
        if dice.chance(22) {
            some.push(Happening::Expense);
        }
        if dice.chance(35) {
            some.push(Happening::Return);
        }
        let timed = some.into_iter().map(|one| (dice.between(OPEN.0, OPEN.1), one));
        let mut agenda: Vec<(i64, Happening)> = timed.collect();
        agenda.sort_unstable();
        agenda
    }

    async fn evening(&mut self, day: Day, is_last: bool) -> Result<(), Failure> {
        let (desk, staff, money) = (&mut self.desk, &self.staff, &mut self.money);
        desk.wake(day, OPEN.1 + HOUR / 4);
        self.till.close(desk, staff, money, !is_last).await?;
        desk.pass(300, 900);
        if day.weekday_name() == "Jumat" {
            money.bring_to_bank(desk, staff).await?;
        }
        self.supply.pay(desk, staff, money).await
    }
}
