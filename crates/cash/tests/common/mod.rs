//! KKMP Tamansari at its desk: who acts, what is asked, what must hold afterwards.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use cash::close_drawer::{self, CloseDrawer, Closed};
use cash::count_drawer::{self, CountDrawer, Counted, Pile};
use cash::drawer::{self, Session};
use cash::open_drawer::{self, Float, OpenDrawer, Opened};
use cash::opening_balances::{
    NamedDifference, OpeningBalances, OpeningLine, OpeningName, OpeningSide,
};
use cash::receive_cash::{self, ReceiveCash};
use cash::send_cash::{self, SendCash};
use cash::{CashAccount, transfers};
use ledger::{Entry, Line, Posted, Series, Unit};
use serde::Serialize;
use store::{Failure, Order, Receipt, Store, Tx};
use testkit::{Clock, Engine, KETUA, SITI, TAMANSARI, recount, register, with_open_books};
use values::{Ctx, Day, DocumentId, PersonId, Rupiah};

/// An open database, a clock, one cooperative.
pub struct World {
    pub store: Store,
    pub clock: Clock,
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

pub fn id(number: u8) -> DocumentId {
    DocumentId::from_bytes([number; 16])
}

/// An amount in as few notes and coins as it takes.
pub fn piles(amount: i64) -> Vec<Pile> {
    let mut rest = amount;
    let pile = count_drawer::DENOMINATIONS.into_iter().map(|denomination| {
        let pieces = rest / denomination;
        rest %= denomination;
        Pile { denomination, pieces }
    });
    let piles: Vec<Pile> = pile.filter(|pile| pile.pieces > 0).collect();
    assert_eq!(rest, 0, "{amount} cannot be laid in notes and coins");
    piles
}

impl World {
    /// Registered, its books not opened.
    pub async fn new(engine: &Engine) -> World {
        register(&engine.store, TAMANSARI).await.unwrap();
        World { store: engine.store.clone(), clock: Clock::at("2025-10-14") }
    }

    /// Books open since the first of October, five million in the safe, something in the till.
    pub async fn open(engine: &Engine, in_till: i64) -> World {
        let world = World { store: engine.store.clone(), clock: Clock::at("2025-10-14") };
        with_open_books(&world.store, &world.clock, day("2025-10-01")).await.unwrap();
        let total = Rupiah::new(5_000_000 + in_till);
        let entry = Entry::new("test.begin", day("2025-10-01"))
            .debit("11101", Unit::Pst, Rupiah::new(5_000_000))
            .debit("11103", Unit::Tok, Rupiah::new(in_till))
            .credit("31105", Unit::Pst, total);
        testkit::post(&world.store, &world.clock, TAMANSARI, entry).await.unwrap();
        world
    }

    /// Runs an event as a command of a person, new each time.
    pub async fn act<I, T, F>(
        &self,
        person: PersonId,
        kind: &'static str,
        input: I,
        event: F,
    ) -> Result<T, Failure>
    where
        I: Serialize + Send + Sync + 'static,
        T: Receipt,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let ctx = self.clock.ctx(person, TAMANSARI);
        self.again(ctx, kind, input, event).await
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

    /// Lines of the newest entry.
    pub async fn last_lines(&self) -> Vec<Line> {
        let look = async |tx: &mut Tx| -> Result<Vec<Line>, Failure> {
            let (last,): (i64,) =
                tx.one("select entry_no from coop_heads where coop_id = $1", &[]).await?;
            ledger::lines_of(tx, last).await
        };
        self.store.read(TAMANSARI, look).await.unwrap()
    }

    pub async fn balance(&self, code: &'static str) -> Rupiah {
        let look = async move |tx: &mut Tx| ledger::balance(tx, code).await;
        self.store.read(TAMANSARI, look).await.unwrap()
    }

    pub async fn on_its_way(&self) -> Vec<Rupiah> {
        let look = async |tx: &mut Tx| transfers::on_its_way(tx).await;
        let rows = self.store.read(TAMANSARI, look).await.unwrap();
        rows.into_iter().map(|transfer| transfer.amount).collect()
    }

    pub async fn outside_drawers(&self) -> Rupiah {
        let look = async |tx: &mut Tx| drawer::outside_drawers(tx, CashAccount::Till).await;
        self.store.read(TAMANSARI, look).await.unwrap()
    }

    pub async fn session(&self, session: u8) -> Session {
        let look = async move |tx: &mut Tx| drawer::find(tx, id(session)).await;
        self.store.read(TAMANSARI, look).await.unwrap()
    }

    /// The journal counts up to itself.
    pub async fn holds(&self) {
        assert_eq!(recount(&self.store, TAMANSARI).await.findings, []);
    }

    /// Opens a till on device A1, after Siti has sent a float.
    pub async fn open_with_float(
        &self,
        cashier: PersonId,
        session: u8,
        transfer: u8,
        amount: i64,
    ) -> Opened {
        let amount = Rupiah::new(amount);
        let (from, to) = (CashAccount::Safe, CashAccount::Till);
        let (transfer_id, sent) = (id(transfer), day("2025-10-14"));
        let send = SendCash { transfer_id, day: sent, from, to, amount, drawer: None };
        self.act(SITI, send_cash::KIND, send, send_cash::record).await.unwrap();
        let float = Some(Float { transfer_id, counted: amount });
        self.open_drawer(cashier, session, "A1", float).await.unwrap()
    }

    pub async fn open_drawer(
        &self,
        cashier: PersonId,
        session: u8,
        device: &str,
        float: Option<Float>,
    ) -> Result<Opened, Failure> {
        let input = OpenDrawer {
            session_id: id(session),
            day: day("2025-10-14"),
            account: CashAccount::Till,
            device: device.to_owned(),
            float,
        };
        self.act(cashier, open_drawer::KIND, input, open_drawer::record).await
    }

    /// Sells for cash, as the shop does: posts and tells the drawer. Below zero is a refund.
    pub async fn sell(&self, session: u8, amount: i64) -> Posted {
        let event = async move |tx: &mut Tx, ctx: &Ctx| -> Result<Posted, Failure> {
            let worth = Rupiah::new(amount.abs());
            let entry = Entry::new("test.sale", ctx.day()).numbered(Series::Paper(Unit::Tok));
            let entry = if amount > 0 {
                entry.debit("11103", Unit::Tok, worth).credit("42101", Unit::Tok, worth)
            } else {
                entry.debit("42102", Unit::Tok, worth).credit("11103", Unit::Tok, worth)
            };
            let posted = ledger::post(tx, ctx, entry).await?;
            drawer::add(tx, id(session), Rupiah::new(amount)).await?;
            Ok(posted)
        };
        testkit::act(&self.store, &self.clock, TAMANSARI, event).await.unwrap()
    }

    pub async fn count(
        &self,
        person: PersonId,
        session: u8,
        piles: &[Pile],
    ) -> Result<Counted, Failure> {
        let input = CountDrawer { session_id: id(session), piles: piles.to_vec() };
        self.act(person, count_drawer::KIND, input, count_drawer::record).await
    }

    pub async fn close(
        &self,
        person: PersonId,
        session: u8,
        transfer: u8,
        deposit: i64,
    ) -> Result<Closed, Failure> {
        let input = CloseDrawer {
            session_id: id(session),
            day: day("2025-10-14"),
            deposit: Rupiah::new(deposit),
            transfer_id: id(transfer),
        };
        self.act(person, close_drawer::KIND, input, close_drawer::record).await
    }

    pub async fn receive(
        &self,
        person: PersonId,
        transfer: u8,
        counted: i64,
    ) -> Result<Posted, Failure> {
        let input = ReceiveCash {
            transfer_id: id(transfer),
            day: day("2025-10-14"),
            counted: Rupiah::new(counted),
            drawer: None,
            slip: None,
        };
        self.act(person, receive_cash::KIND, input, receive_cash::record).await
    }
}

/// The day of moving in: 184 members, 3 candidates, 1.214 wajib-months, and 495.000 that nobody can
/// explain and two people name.
pub fn moving_in() -> OpeningBalances {
    let names = |names: Vec<OpeningName>| {
        let total = Rupiah::total(names.iter().map(|name| name.amount)).unwrap();
        (total, names)
    };
    let equal = |count: usize, amount: i64, from: usize| {
        names((from..from + count).map(|place| name(place, None, amount)).collect())
    };
    // 184 members paid 6 months each, and the first 110 of them one more: 1.214.
    let month = |ahead: i32| day("2025-03-01").month().plus_months(ahead);
    let six = (0..184).flat_map(|place| (0..6).map(move |m| name(place, Some(month(m)), 10_000)));
    let seventh = (0..110).map(|place| name(place, Some(month(6)), 10_000));
    let lines = [
        ("11101", "PST", (Rupiah::new(2_418_000), vec![])),
        ("11201", "PST", (Rupiah::new(18_750_000), vec![])),
        ("11401", "TOK", equal(1, 1_865_000, 7)),
        ("11701", "TOK", names(stock())),
        ("21201", "TOK", equal(1, 1_250_000, 900)),
        ("21207", "PST", equal(3, 25_000, 184)),
        ("21210", "PST", equal(1, 3_000_000, 901)),
        ("31101", "PST", equal(184, 50_000, 0)),
        ("31102", "PST", names(six.chain(seventh).collect())),
    ];
    let lines = lines.into_iter().map(|(account, unit, (amount, names))| OpeningLine {
        account: account.to_owned(),
        unit: unit.to_owned(),
        side: if account < "2" { OpeningSide::Debit } else { OpeningSide::Credit },
        amount,
        names,
    });
    OpeningBalances {
        first_day: day("2025-10-01"),
        lines: lines.collect(),
        difference: Some(NamedDifference {
            amount: Rupiah::new(495_000),
            explanation: "Catatan penjualan sebelum Agustus tidak lengkap".to_owned(),
            named_by: SITI,
            confirmed_by: KETUA,
        }),
    }
}

/// 40 SPHP at 55.000, 36 MinyaKita at 14.500, 25 kg of sugar at 16.200.
fn stock() -> Vec<OpeningName> {
    let goods = [(800, 40 * 55_000), (801, 36 * 14_500), (802, 25 * 16_200)];
    goods.into_iter().map(|(place, amount)| name(place, None, amount)).collect()
}

fn name(place: usize, month: Option<values::Month>, amount: i64) -> OpeningName {
    OpeningName { subject: format!("nama-{place:03}"), month, amount: Rupiah::new(amount) }
}
