//! KKMP Tamansari and its members: who acts, what is asked, what must hold afterwards.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use cash::CashAccount;
use cash::opening_balances::{
    self, NamedDifference, OpeningBalances, OpeningLine, OpeningName, OpeningSide,
};
use coops::parameters;
use ledger::Line;
use members::admit::{self, Admit};
use members::apply::{self, Applied, Apply};
use members::approve::{self, Approve, Approved};
use members::bring_in::{self, BringIn, OldStanding};
use members::card::{self, Card};
use members::pay_pokok::{self, PayPokok};
use members::pay_wajib::{self, PayWajib};
use members::{Particulars, PaymentReceipt, Sex};
use serde::Serialize;
use store::{Failure, Order, Receipt, Store, Tx};
use testkit::{Clock, Engine, KETUA, SITI, TAMANSARI, recount, register, with_open_books};
use values::{Ctx, Day, MemberId, Month, PersonId, Rupiah};

/// An open database, a clock, one cooperative.
pub struct World {
    pub store: Store,
    pub clock: Clock,
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

pub fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

/// The id of the person at a place in the list.
pub fn person(place: usize) -> MemberId {
    let mut bytes = *b"anggota---------";
    bytes[8..].copy_from_slice(&place.to_be_bytes());
    MemberId::from_bytes(bytes)
}

pub fn joining(name: &str) -> Particulars {
    Particulars {
        name: name.to_owned(),
        surname: None,
        nickname: None,
        phone: None,
        rt: None,
        rw: None,
        address: None,
        sex: Sex::Female,
        nik: None,
    }
}

pub fn admitting(amount: i64) -> Admit {
    Admit {
        member_id: person(0),
        day: day("2025-10-14"),
        amount: Rupiah::new(amount),
        into: CashAccount::Safe,
        drawer: None,
    }
}

pub fn paying_pokok(place: usize, amount: i64) -> PayPokok {
    PayPokok {
        member_id: person(place),
        day: day("2025-10-14"),
        amount: Rupiah::new(amount),
        into: CashAccount::Safe,
        drawer: None,
    }
}

impl World {
    /// Registered, its books not opened.
    pub async fn new(engine: &Engine) -> World {
        register(&engine.store, TAMANSARI).await.unwrap();
        World::with_terms(engine).await
    }

    /// Books open since the first of October, empty.
    pub async fn open(engine: &Engine) -> World {
        let world = World::with_terms(engine).await;
        with_open_books(&world.store, &world.clock, day("2025-10-01")).await.unwrap();
        world
    }

    /// Pokok 50.000 and wajib 10.000, the values that Lumbung comes with.
    async fn with_terms(engine: &Engine) -> World {
        let world = World { store: engine.store.clone(), clock: Clock::at("2025-10-14") };
        let at = world.clock.now();
        let seed = async move |tx: &mut Tx| parameters::seed(tx, at).await;
        world.store.write(TAMANSARI, seed).await.unwrap();
        world
    }

    /// Runs an event as a command of a person, new each time.
    pub async fn act<I, T, F>(
        &self,
        who: PersonId,
        kind: &'static str,
        input: I,
        event: F,
    ) -> Result<T, Failure>
    where
        I: Serialize + Send + Sync + 'static,
        T: Receipt,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        self.again(self.clock.ctx(who, TAMANSARI), kind, input, event).await
    }

    /// Runs an event under a request that may have been sent before.
    pub async fn again<I, T, F>(
        &self,
        ctx: Ctx,
        kind: &'static str,
        input: I,
        event: F,
    ) -> Result<T, Failure>
    where
        I: Serialize + Send + Sync + 'static,
        T: Receipt,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let order = Order::new(&ctx, kind, &input);
        let run = async move |tx: &mut Tx| event(tx, &ctx, &input).await;
        self.store.command(order, run).await.map(|answer| answer.receipt)
    }

    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl AsyncFn(&mut Tx) -> Result<T, Failure> + Send + 'static,
    ) -> T {
        self.store.read(TAMANSARI, question).await.unwrap()
    }

    pub async fn last_lines(&self) -> Vec<Line> {
        let look = async |tx: &mut Tx| -> Result<Vec<Line>, Failure> {
            let (last,): (i64,) =
                tx.one("select entry_no from coop_heads where coop_id = $1", &[]).await?;
            ledger::lines_of(tx, last).await
        };
        self.ask(look).await
    }

    pub async fn balance(&self, code: &'static str) -> Rupiah {
        self.ask(async move |tx: &mut Tx| ledger::balance(tx, code).await).await
    }

    pub async fn card(&self, place: usize) -> Card {
        let today = Day::of_instant(self.clock.now());
        self.ask(async move |tx: &mut Tx| card::card(tx, person(place), today).await).await
    }

    /// The journal counts up to itself.
    pub async fn holds(&self) {
        assert_eq!(recount(&self.store, TAMANSARI).await.findings, []);
    }

    pub async fn apply(&self, place: usize, particulars: Particulars) -> Result<Applied, Failure> {
        let input = Apply { member_id: person(place), day: day("2025-10-14"), particulars };
        self.act(SITI, apply::KIND, input, apply::record).await
    }

    pub async fn approve(&self, place: usize) -> Result<Approved, Failure> {
        let input = Approve { member_id: person(place), decision: None };
        self.act(KETUA, approve::KIND, input, approve::record).await
    }

    pub async fn pay_pokok(&self, place: usize, amount: i64) -> Result<PaymentReceipt, Failure> {
        self.pay_pokok_with(paying_pokok(place, amount)).await
    }

    pub async fn pay_pokok_with(&self, input: PayPokok) -> Result<PaymentReceipt, Failure> {
        self.act(SITI, pay_pokok::KIND, input, pay_pokok::record).await
    }

    pub async fn admit(&self, place: usize, amount: i64) -> Result<PaymentReceipt, Failure> {
        let today = Day::of_instant(self.clock.now());
        let input = Admit { member_id: person(place), day: today, ..admitting(amount) };
        self.admit_again(self.clock.ctx(SITI, TAMANSARI), input).await
    }

    pub async fn admit_again(&self, ctx: Ctx, input: Admit) -> Result<PaymentReceipt, Failure> {
        self.again(ctx, admit::KIND, input, admit::record).await
    }

    pub async fn pay_wajib(
        &self,
        place: usize,
        amount: i64,
        months: &[&str],
    ) -> Result<PaymentReceipt, Failure> {
        let input = PayWajib {
            member_id: person(place),
            day: day("2025-10-14"),
            amount: Rupiah::new(amount),
            months: months.iter().map(|text| month(text)).collect(),
            into: CashAccount::Safe,
            drawer: None,
        };
        self.act(SITI, pay_wajib::KIND, input, pay_wajib::record).await
    }

    pub async fn bring_in(
        &self,
        place: usize,
        particulars: Particulars,
        standing: OldStanding,
    ) -> Result<Applied, Failure> {
        let input = BringIn { member_id: person(place), particulars, standing };
        self.act(SITI, bring_in::KIND, input, bring_in::record).await
    }

    /// The day of moving in: the balances, 184 members in since March, 3 candidates with half of
    /// the pokok each.
    pub async fn move_in(&self) {
        let event = opening_balances::record;
        self.act(SITI, opening_balances::KIND, moving_in(), event).await.unwrap();
        let all = async |tx: &mut Tx, ctx: &Ctx| -> Result<(), Failure> {
            for place in 0..187_usize {
                let name = format!("Anggota {:03}", place + 1);
                let sex = if place % 2 == 0 { Sex::Female } else { Sex::Male };
                let particulars = Particulars { sex, ..joining(&name) };
                let standing = if place < 184 {
                    let number = i64::try_from(place + 1).unwrap();
                    OldStanding::Member { number, admitted_day: day("2025-03-10") }
                } else {
                    let pokok_held = Rupiah::new(25_000);
                    OldStanding::Candidate { applied_day: day("2025-09-20"), pokok_held }
                };
                let input = BringIn { member_id: person(place), particulars, standing };
                bring_in::record(tx, ctx, &input).await?;
            }
            Ok(())
        };
        testkit::act(&self.store, &self.clock, TAMANSARI, all).await.unwrap();
    }
}

/// The members' part of the day of moving in, the rest in one figure against each side.
fn moving_in() -> OpeningBalances {
    let month = |ahead: i32| month("2025-03").plus_months(ahead);
    let equal = |from: usize, through: usize, amount: i64| -> Vec<OpeningName> {
        (from..through).map(|place| name(place, None, amount)).collect()
    };
    let six = (0..184).flat_map(|place| (0..6).map(move |m| name(place, Some(month(m)), 10_000)));
    let seventh = (0..110).map(|place| name(place, Some(month(6)), 10_000));
    let wajib: Vec<OpeningName> = six.chain(seventh).collect();
    assert_eq!(wajib.len(), 1_214);
    let line = |account: &str, side, amount, names| OpeningLine {
        account: account.to_owned(),
        unit: "PST".to_owned(),
        side,
        amount: Rupiah::new(amount),
        names,
    };
    let lines = vec![
        line("11101", OpeningSide::Debit, 2_418_000, vec![]),
        line("11201", OpeningSide::Debit, 19_492_000, vec![]),
        line("21207", OpeningSide::Credit, 75_000, equal(184, 187, 25_000)),
        line("31101", OpeningSide::Credit, 9_200_000, equal(0, 184, 50_000)),
        line("31102", OpeningSide::Credit, 12_140_000, wajib),
    ];
    let difference = NamedDifference {
        amount: Rupiah::new(495_000),
        explanation: "Catatan lama tidak lengkap".to_owned(),
        named_by: SITI,
        confirmed_by: KETUA,
    };
    OpeningBalances { first_day: day("2025-10-01"), lines, difference: Some(difference) }
}

fn name(place: usize, month: Option<Month>, amount: i64) -> OpeningName {
    OpeningName { subject: person(place).to_text(), month, amount: Rupiah::new(amount) }
}
