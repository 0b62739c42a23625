//! KKMP Tamansari's shop: who receives, who sells, what must hold afterwards.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;

use cash::CashAccount;
use ledger::{Detail, Entry, Line, Posted, Series, Unit};
use serde::Serialize;
use stock::add_good::{self, AddGood};
use stock::add_pack::{self, AddPack};
use stock::on_hand::{OnHand, on_hand};
use stock::receive::{self, Receive, ReceiveLine, Received};
use stock::{
    AccountSet, Freight, Issue, IssueLine, LineCost, PaidBy, SHOP_FLOOR, TakeBack, TakeBackLine,
};
use store::{Failure, Order, Receipt, Store, Tx};
use suppliers::add::{self, AddSupplier};
use testkit::{Clock, Engine, SITI, TAMANSARI, recount, with_open_books};
use values::{
    Ctx, Day, DocumentId, GoodId, Gtin, PackFactor, PackId, PersonId, Quantity, Rupiah, SupplierId,
};

pub const BERKAH: SupplierId = SupplierId::from_bytes(*b"ud-berkah-------");

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

pub fn good(number: u8) -> GoodId {
    GoodId::from_bytes([number; 16])
}

/// The pack of one base unit of a good.
pub fn base(number: u8) -> PackId {
    PackId::from_bytes([number; 16])
}

/// The larger pack of a good.
pub fn large(number: u8) -> PackId {
    PackId::from_bytes([100 + number; 16])
}

pub fn kilos(milli: i64) -> Quantity {
    Quantity::from_milli(milli)
}

pub fn units(units: i64) -> Quantity {
    Quantity::whole(units).unwrap()
}

/// An open database, a clock, one cooperative with 50.000.000 in the safe.
pub struct World {
    pub store: Store,
    pub clock: Clock,
}

impl World {
    pub async fn open(engine: &Engine, today: &str) -> World {
        let world = World { store: engine.store.clone(), clock: Clock::at(today) };
        with_open_books(&world.store, &world.clock, day("2025-10-01")).await.unwrap();
        let opening = Entry::new("test.opening", day("2025-10-01"))
            .debit("11101", Unit::Pst, Rupiah::new(50_000_000))
            .credit("31105", Unit::Pst, Rupiah::new(50_000_000));
        testkit::post(&world.store, &world.clock, TAMANSARI, opening).await.unwrap();
        let berkah = AddSupplier {
            supplier_id: BERKAH,
            name: "UD Berkah".to_owned(),
            phone: None,
            terms_days: 14,
            npwp: None,
        };
        world.act(SITI, add::KIND, berkah, add::record).await.unwrap();
        world
    }

    pub fn ctx(&self, person: PersonId) -> Ctx {
        self.clock.ctx(person, TAMANSARI)
    }

    /// Runs an event as a new request.
    pub async fn act<T: Receipt, I: Serialize + Send + 'static>(
        &self,
        person: PersonId,
        kind: &'static str,
        input: I,
        event: impl AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.send(&self.ctx(person), kind, input, event).await.map(|answer| answer.receipt)
    }

    /// Sends an event under a request that may be sent again.
    pub async fn send<T: Receipt, I: Serialize + Send + 'static>(
        &self,
        ctx: &Ctx,
        kind: &'static str,
        input: I,
        event: impl AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    ) -> Result<store::Answer<T>, Failure> {
        let (order, ctx) = (Order::new(ctx, kind, &input), *ctx);
        self.store.command(order, async move |tx: &mut Tx| event(tx, &ctx, &input).await).await
    }

    /// Goods with a larger pack, counted in kilos or pieces.
    pub async fn add_good(&self, number: u8, name: &str, accounts: AccountSet, holds: u64) {
        let goods = AddGood {
            good_id: good(number),
            name: name.to_owned(),
            base_unit: "satuan".to_owned(),
            accounts,
            quota: accounts == AccountSet::Lpg,
            sold_by_weight: false,
            ceiling_key: None,
            reorder: None,
            base_pack_id: base(number),
            sellable: true,
            barcodes: Vec::new(),
        };
        self.act(SITI, add_good::KIND, goods, add_good::record).await.unwrap();
        let pack = AddPack {
            pack_id: large(number),
            good_id: good(number),
            name: "karung".to_owned(),
            factor: PackFactor::new(holds, 1).unwrap(),
            sellable: true,
            barcodes: if number == 1 { vec![dus_barcode()] } else { Vec::new() },
        };
        self.act(SITI, add_pack::KIND, pack, add_pack::record).await.unwrap();
    }

    pub async fn receive(&self, input: Receive) -> Result<Received, Failure> {
        self.act(SITI, receive::KIND, input, receive::record).await
    }

    /// Sells base units of a good, for what the buyer gives.
    pub async fn sell(
        &self,
        member: bool,
        number: u8,
        qty: Quantity,
        price: i64,
    ) -> Result<Sale, Failure> {
        let sale = DocumentId::new_v7().to_text();
        let issue = self.issue(&sale, member, &[(number, qty)]);
        let sell = async move |tx: &mut Tx, ctx: &Ctx, _: &i64| {
            let costs = stock::issue(tx, ctx, &issue).await?;
            let entry = Entry::new("test.sell", issue.day)
                .numbered(Series::Paper(Unit::Tok))
                .debit("11103", Unit::Tok, Rupiah::new(price));
            let accounts = costs[0].accounts;
            let entry = entry.credit(accounts.sales(member), accounts.unit(), Rupiah::new(price));
            ledger::post(tx, ctx, with_costs(entry, &costs, member)).await?;
            Ok(costs)
        };
        let costs = self.act(SITI, "test.sell", price, sell).await?;
        Ok(Sale { id: sale, member, cost: costs.iter().map(|line| line.cost.get()).sum() })
    }

    pub fn issue(&self, sale: &str, member: bool, lines: &[(u8, Quantity)]) -> Issue {
        let lines = lines.iter().zip(1..).map(|(&(number, qty), line_no)| IssueLine {
            line_no,
            good_id: good(number),
            qty,
            batch: None,
        });
        Issue {
            document_id: sale.to_owned(),
            day: self.ctx(SITI).day(),
            happened_at: self.clock.now(),
            place: SHOP_FLOOR.to_owned(),
            member,
            allow_negative: false,
            lines: lines.collect(),
        }
    }

    /// Takes back base units of the first line of a sale.
    pub async fn refund(&self, sale: &Sale, number: u8, qty: Quantity) -> Result<i64, Failure> {
        let input = TakeBack {
            document_id: sale.id.clone(),
            paper_id: DocumentId::new_v7().to_text(),
            day: self.ctx(SITI).day(),
            happened_at: self.clock.now(),
            place: SHOP_FLOOR.to_owned(),
            lines: vec![TakeBackLine { line_no: 1, good_id: good(number), qty, batch: None }],
        };
        let member = sale.member;
        let refund = async move |tx: &mut Tx, ctx: &Ctx, _: &i64| {
            let costs = stock::take_back(tx, ctx, &input).await?;
            let (set, cost) = (costs[0].accounts, costs[0].cost);
            let names = vec![Detail::new("barang", costs[0].good_id.to_text(), cost)];
            let entry = Entry::new("test.refund", input.day)
                .debit_of(set.inventory(), set.unit(), cost, names)
                .credit(set.cost(member), set.unit(), cost);
            ledger::post(tx, ctx, entry).await?;
            Ok(cost.get())
        };
        self.act(SITI, "test.refund", qty.milli(), refund).await
    }

    /// The lines of the journal's last entry.
    pub async fn last_lines(&self) -> Vec<Line> {
        let last = recount(&self.store, TAMANSARI).await.entries;
        self.store
            .read(TAMANSARI, async move |tx: &mut Tx| ledger::lines_of(tx, last).await)
            .await
            .unwrap()
    }

    pub async fn balance(&self, code: &'static str) -> i64 {
        let ask = async move |tx: &mut Tx| ledger::balance(tx, code).await;
        self.store.read(TAMANSARI, ask).await.unwrap().get()
    }

    /// What is on hand, in thousandths, and its value.
    pub async fn stock(&self, number: u8) -> (i64, i64) {
        let ctx = self.ctx(SITI);
        let all = self.store.read(TAMANSARI, async move |tx: &mut Tx| on_hand(tx, &ctx).await);
        let all: BTreeMap<GoodId, OnHand> =
            all.await.unwrap().into_iter().map(|row| (row.good_id, row)).collect();
        (all[&good(number)].qty.milli(), all[&good(number)].value.get())
    }

    /// Journal and stock, counted again, are what they say.
    pub async fn holds(&self) {
        assert_eq!(recount(&self.store, TAMANSARI).await.findings, []);
        let found = self.store.read(TAMANSARI, async |tx: &mut Tx| stock::check(tx).await).await;
        assert_eq!(found.unwrap(), []);
    }
}

/// A sale of one line.
#[derive(Debug)]
pub struct Sale {
    pub id: String,
    pub member: bool,
    pub cost: i64,
}

fn with_costs(entry: Entry, costs: &[LineCost], member: bool) -> Entry {
    costs.iter().fold(entry, |entry, line| {
        let (set, cost) = (line.accounts, line.cost);
        let names = vec![Detail::new("barang", line.good_id.to_text(), cost)];
        entry.debit(set.cost(member), set.unit(), cost).credit_of(
            set.inventory(),
            set.unit(),
            cost,
            names,
        )
    })
}

pub fn dus_barcode() -> Gtin {
    Gtin::parse("8991234567897").or_else(|_| Gtin::parse("00000017")).unwrap()
}

/// A delivery of base units for a sum, paid from the safe.
pub fn delivery(today: &str, number: u8, qty: Quantity, amount: i64) -> Receive {
    Receive {
        receipt_id: DocumentId::new_v7(),
        day: day(today),
        received_day: day(today),
        place: SHOP_FLOOR.to_owned(),
        lines: vec![line(number, qty, amount)],
        paid_by: PaidBy::Cash(CashAccount::Safe.into()),
        freight: Vec::new(),
        nota: None,
    }
}

pub fn line(number: u8, qty: Quantity, amount: i64) -> ReceiveLine {
    ReceiveLine {
        good_id: good(number),
        pack_id: base(number),
        packs: qty,
        weighed: None,
        amount: Rupiah::new(amount),
        batch: None,
        expiry: None,
        first_id: None,
    }
}

pub fn freight(what: &str, amount: i64, paid_by: PaidBy) -> Freight {
    Freight { what: what.to_owned(), amount: Rupiah::new(amount), paid_by }
}

/// The part of an event's comment that begins with a word.
pub fn section<'a>(source: &'a str, word: &str) -> &'a str {
    let start = source.find(&format!("//! {word}")).unwrap();
    let rest = &source[start..];
    let mut tables = rest.match_indices("//! | akun").map(|(place, _)| place);
    tables.nth(1).map_or(rest, |next| &rest[..next])
}

pub fn posted(received: &Received) -> &Posted {
    &received.posted
}
