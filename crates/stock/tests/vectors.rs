//! The figures of the domain notes (C8, R12, R14, R16, R17, R18), repeats and races.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod common;

use common::{World, base, day, delivery, dus_barcode, good, kilos, large, section, units};
use stock::count::{self, Count, CountLine};
use stock::goods::{by_barcode, by_name};
use stock::on_hand::{batches, last_known_cost};
use stock::receive::{self, Receive};
use stock::receive_first::{self, ReceiveFirst, not_yet_recorded};
use stock::stock_card::stock_card;
use stock::{AccountSet, Issue, MovementKind};
use store::{Failure, Tx};
use testkit::{SITI, TAMANSARI, WANTI, assert_specimen, on_both};
use values::{Ctx, DocumentId, Quantity};

#[test]
fn c8_moving_average() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Teh", AccountSet::Shop, 12).await;
        world.receive(delivery("2025-10-14", 1, units(100), 1_000_000)).await.unwrap();
        world.receive(delivery("2025-10-14", 1, units(33), 340_989)).await.unwrap();
        assert_eq!(world.sell(true, 1, units(7), 90_000).await.unwrap().cost, 70_578);
        assert_eq!(world.stock(1).await, (126_000, 1_270_411));
        let rest = world.sell(false, 1, units(126), 1_500_000).await.unwrap();
        assert_eq!((rest.cost, world.stock(1).await), (1_270_411, (0, 0)));
        let none = world.sell(false, 1, units(1), 12_000).await.unwrap_err();
        assert_eq!(none.code(), "stock.more_than_on_hand");
        world.holds().await;
    });
}

#[test]
fn r12_a_receipt_of_the_second_is_typed_on_the_sixth() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-11-01").await;
        world.add_good(1, "Kopi", AccountSet::Shop, 10).await;
        world.receive(delivery("2025-11-01", 1, units(10), 100_000)).await.unwrap();
        world.clock.set("2025-11-03");
        assert_eq!(world.sell(false, 1, units(6), 90_000).await.unwrap().cost, 60_000);
        world.clock.set("2025-11-05");
        world.receive(delivery("2025-11-05", 1, units(10), 120_000)).await.unwrap();
        world.clock.set("2025-11-06");
        let forgotten = Receive {
            received_day: day("2025-11-02"),
            ..delivery("2025-11-06", 1, units(10), 130_000)
        };
        world.receive(forgotten).await.unwrap();
        let receive = include_str!("../src/receive.rs");
        assert_specimen(section(receive, "Terlambat"), &world.last_lines().await);
        assert_eq!(world.stock(1).await, (24_000, 281_000));
        assert_eq!(world.balance("52101").await, 69_000);
        let card = async |tx: &mut Tx| stock_card(tx, good(1), 0).await;
        let card = world.store.read(TAMANSARI, card).await.unwrap();
        let kinds: Vec<MovementKind> = card.iter().map(|row| row.kind).collect();
        use MovementKind::{Correction, Issue, Receive as Came};
        assert_eq!(kinds, [Came, Issue, Came, Came, Correction]);
        assert_eq!((card[4].corrects, card[4].worth.get()), (Some(2), 281_000));
        world.holds().await;
    });
}

#[test]
fn r14_sold_before_it_came() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Garam", AccountSet::Shop, 10).await;
        world.receive(delivery("2025-10-14", 1, units(1), 50)).await.unwrap();
        world.sell(true, 1, units(1), 70).await.unwrap();
        world.clock.pass(60);
        let lines = [(1, units(5))];
        let refused = issue(&world, world.issue("offline", true, &lines)).await.unwrap_err();
        assert_eq!(refused.code(), "stock.more_than_on_hand");
        let arrived = Issue { allow_negative: true, ..world.issue("offline", true, &lines) };
        assert_eq!(issue(&world, arrived).await.unwrap(), 250);
        assert_eq!(world.stock(1).await, (-5_000, -250));
        world.clock.pass(60);
        world.receive(delivery("2025-10-14", 1, units(10), 600)).await.unwrap();
        assert_eq!(world.stock(1).await, (5_000, 300));
        assert_eq!(world.balance("51101").await, 50 + 250 + 50);
        world.holds().await;
    });
}

/// Hands out and posts the cost alone.
async fn issue(world: &World, issue: Issue) -> Result<i64, Failure> {
    let act = async move |tx: &mut Tx, ctx: &Ctx, _: &String| {
        let costs = stock::issue(tx, ctx, &issue).await?;
        let (set, cost) = (costs[0].accounts, costs[0].cost);
        let names = vec![ledger::Detail::new("barang", costs[0].good_id.to_text(), cost)];
        let entry = ledger::Entry::new("test.cost", issue.day)
            .debit(set.cost(issue.member), set.unit(), cost)
            .credit_of(set.inventory(), set.unit(), cost, names);
        ledger::post(tx, ctx, entry).await?;
        Ok(cost.get())
    };
    let id = DocumentId::new_v7().to_text();
    world.act(SITI, "test.cost", id, act).await
}

fn sheet(world: &World, counted: Quantity, seconds_ago: i64) -> Count {
    let at = world.clock.now().micros() - seconds_ago * 1_000_000;
    Count {
        count_id: DocumentId::new_v7(),
        day: day("2025-10-14"),
        place: "toko".to_owned(),
        counted_by: WANTI,
        lines: vec![CountLine {
            good_id: good(1),
            counted,
            counted_at: values::Instant::from_micros(at),
        }],
    }
}

#[test]
fn r16_counted_while_the_shop_goes_on_selling() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Sabun", AccountSet::Shop, 10).await;
        world.receive(delivery("2025-10-14", 1, units(10), 30_000)).await.unwrap();
        world.clock.pass(3_900);
        world.sell(true, 1, units(1), 4_000).await.unwrap();
        world.clock.pass(300);
        world.clock.pass(600);
        world.sell(true, 1, units(2), 8_000).await.unwrap();
        world.clock.pass(2_400);
        let input = sheet(&world, units(8), 3_000);
        let alone = world.act(WANTI, count::KIND, input.clone(), count::record).await.unwrap_err();
        assert_eq!(alone.code(), "stock.same_person");
        let done = world.act(SITI, count::KIND, input, count::record).await.unwrap();
        assert_eq!((done.lines[0].book, done.lines[0].variance), (units(9), units(-1)));
        assert_eq!(world.stock(1).await, (6_000, 18_000));
        let twice = world.act(SITI, count::KIND, sheet(&world, units(6), 0), count::record).await;
        let twice = twice.unwrap();
        assert_eq!((twice.posted, twice.lines[0].variance), (None, Quantity::ZERO));
        world.holds().await;
    });
}

#[test]
fn r16_a_count_stays_what_was_counted_when_a_paper_comes_late() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-13").await;
        world.add_good(1, "Sabun", AccountSet::Shop, 10).await;
        world.receive(delivery("2025-10-13", 1, units(2), 6_000)).await.unwrap();
        world.clock.set("2025-10-14");
        world.act(SITI, count::KIND, sheet(&world, units(7), 0), count::record).await.unwrap();
        assert_eq!(world.stock(1).await, (7_000, 21_000));
        world.clock.pass(60);
        world.sell(true, 1, units(1), 4_000).await.unwrap();
        let late = Receive {
            received_day: day("2025-10-13"),
            ..delivery("2025-10-14", 1, units(5), 15_000)
        };
        world.receive(late).await.unwrap();
        assert_eq!(world.stock(1).await, (6_000, 18_000));
        assert_eq!(world.balance("53101").await, 0);
        world.holds().await;
    });
}

#[test]
fn r17_a_box_and_a_piece_are_two_lines_of_one_stock() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Mi goreng", AccountSet::Shop, 40).await;
        world.receive(delivery("2025-10-14", 1, units(100), 250_000)).await.unwrap();
        let scan = async |tx: &mut Tx| by_barcode(tx, &dus_barcode()).await;
        let dus = world.store.read(TAMANSARI, scan).await.unwrap().unwrap();
        assert_eq!((dus.pack_id, dus.good_id, dus.on_hand), (large(1), good(1), units(100)));
        let held = dus.factor.base_quantity(1).unwrap();
        let issue = world.issue("sale", true, &[(1, held), (1, units(1))]);
        let act = async move |tx: &mut Tx, ctx: &Ctx, _: &()| stock::issue(tx, ctx, &issue).await;
        let costs = world.act(SITI, "test.issue", (), act).await.unwrap();
        assert_eq!(costs.iter().map(|line| line.cost.get()).collect::<Vec<_>>(), [100_000, 2_500]);
        assert_eq!(world.stock(1).await.0, 59_000);
        let find = async |tx: &mut Tx| by_name(tx, "mi GOR").await;
        let found = world.store.read(TAMANSARI, find).await.unwrap();
        let packs: Vec<_> = found.iter().map(|pack| pack.pack_id).collect();
        assert_eq!(packs, [large(1), base(1)]);
    });
}

#[test]
fn r18_a_sack_is_sold_by_weight() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Beras medium", AccountSet::Shop, 50).await;
        world.receive(delivery("2025-10-14", 1, units(50), 650_000)).await.unwrap();
        assert_eq!(world.sell(true, 1, kilos(500), 7_000).await.unwrap().cost, 6_500);
        assert_eq!(world.sell(true, 1, kilos(1_250), 17_000).await.unwrap().cost, 16_250);
        let done = world.act(SITI, count::KIND, sheet(&world, kilos(48_200), 0), count::record);
        let done = done.await.unwrap();
        assert_eq!((done.lines[0].variance, done.lines[0].value.get()), (kilos(-50), -650));
        assert_eq!(world.balance("53101").await, 650);
        let cost = async |tx: &mut Tx| last_known_cost(tx, good(1)).await;
        let cost = world.store.read(TAMANSARI, cost).await.unwrap().unwrap();
        assert_eq!((cost.qty, cost.value.get()), (units(50), 650_000));
        world.holds().await;
    });
}

#[test]
fn what_comes_back_stands_at_what_it_cost() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Susu", AccountSet::Shop, 12).await;
        world.receive(delivery("2025-10-14", 1, units(3), 1_000)).await.unwrap();
        let sale = world.sell(true, 1, units(3), 1_500).await.unwrap();
        world.receive(delivery("2025-10-14", 1, units(10), 9_000)).await.unwrap();
        let mut back = Vec::new();
        for _ in 0..3 {
            back.push(world.refund(&sale, 1, units(1)).await.unwrap());
        }
        assert_eq!(back, [333, 334, 333]);
        let more = world.refund(&sale, 1, units(1)).await.unwrap_err();
        assert_eq!(more.code(), "stock.more_than_sold");
        assert_eq!((world.balance("51101").await, world.stock(1).await), (0, (13_000, 10_000)));
        world.holds().await;
    });
}

#[test]
fn a_receipt_that_is_sent_twice_comes_once() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Kecap", AccountSet::Shop, 12).await;
        let (ctx, input) = (world.ctx(SITI), delivery("2025-10-14", 1, units(5), 50_000));
        for repeated in [false, true] {
            let answer = world.send(&ctx, receive::KIND, input.clone(), receive::record).await;
            assert_eq!(answer.unwrap().repeated, repeated);
        }
        assert_eq!(world.stock(1).await, (5_000, 50_000));
        world.holds().await;
    });
}

#[test]
fn the_last_piece_is_sold_once() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Kecap", AccountSet::Shop, 12).await;
        world.receive(delivery("2025-10-14", 1, units(1), 10_000)).await.unwrap();
        let (one, other) = futures_util::join!(
            world.sell(true, 1, units(1), 12_000),
            world.sell(false, 1, units(1), 12_000)
        );
        let codes = [one, other].map(|sale| sale.map_or_else(|no| no.code(), |_| "sold"));
        assert!(codes.contains(&"sold") && codes.contains(&"stock.more_than_on_hand"));
        world.holds().await;
    });
}

#[test]
fn what_was_taken_in_first_gets_one_paper() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-14").await;
        world.add_good(1, "Telur", AccountSet::Shop, 15).await;
        let first_id = DocumentId::new_v7();
        let dawn = ReceiveFirst {
            first_id,
            day: day("2025-10-14"),
            good_id: good(1),
            qty: units(20),
            place: "toko".to_owned(),
            photo: "cd".repeat(32),
        };
        world.act(WANTI, receive_first::KIND, dawn, receive_first::record).await.unwrap();
        let listed = async |tx: &mut Tx| not_yet_recorded(tx).await;
        assert_eq!(world.store.read(TAMANSARI, listed).await.unwrap().len(), 1);
        let more = world.sell(true, 1, units(21), 600_000).await.unwrap_err();
        assert_eq!(more.code(), "stock.more_than_on_hand");
        let paper = || {
            let line = common::line(1, kilos(19_500), 546_000);
            let lines = vec![receive::ReceiveLine {
                first_id: Some(first_id),
                batch: Some("P-7".to_owned()),
                expiry: Some(day("2025-10-28")),
                ..line
            }];
            Receive { lines, ..delivery("2025-10-14", 1, units(1), 0) }
        };
        let (one, other) = futures_util::join!(world.receive(paper()), world.receive(paper()));
        let codes = [one, other].map(|came| came.map_or_else(|no| no.code(), |_| "came"));
        assert!(codes.contains(&"came") && codes.contains(&"stock.first_settled"), "{codes:?}");
        assert_eq!(world.stock(1).await, (19_500, 546_000));
        let lying = async |tx: &mut Tx| batches(tx, good(1)).await;
        let lying = world.store.read(TAMANSARI, lying).await.unwrap();
        assert_eq!((lying.len(), lying[0].batch.as_str()), (1, "P-7"));
        assert_eq!(world.store.read(TAMANSARI, listed).await.unwrap(), []);
        world.holds().await;
    });
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }
}

/// One thing that happens; what the room refuses is no failure.
async fn happen(world: &World, dice: &mut Dice, sales: &mut Vec<common::Sale>) {
    let today = world.ctx(SITI).day();
    let some = units(1 + dice.below(9));
    match dice.below(8) {
        0 | 1 => {
            let amount = some.milli() * (8 + dice.below(5));
            let received_day = today.plus_days(-i32::try_from(dice.below(4)).unwrap());
            let late = Receive {
                received_day: received_day.max(day("2025-10-01")),
                ..delivery(&today.to_iso(), 1, some, amount)
            };
            world.receive(late).await.unwrap();
        }
        2 => {
            let offline =
                Issue { allow_negative: true, ..world.issue("offline", false, &[(1, some)]) };
            issue(world, offline).await.ok();
        }
        3 if !sales.is_empty() => {
            let place = usize::try_from(dice.below(100)).unwrap() % sales.len();
            world.refund(&sales[place], 1, units(1)).await.ok();
        }
        4 => {
            let there = Quantity::from_milli(world.stock(1).await.0.max(0) + dice.below(3_000));
            let day = today;
            let sheet = Count { day, ..sheet(world, there, 0) };
            world.act(SITI, count::KIND, sheet, count::record).await.unwrap();
        }
        5 => world.clock.set(&today.next().to_iso()),
        _ => {
            if let Ok(sale) = world.sell(dice.below(2) == 0, 1, some, 100_000).await {
                sales.push(sale);
            }
        }
    }
    world.clock.pass(1 + dice.below(600));
}

#[test]
fn whatever_happens_stock_is_what_the_journal_holds() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-02").await;
        world.add_good(1, "Minyak", AccountSet::Shop, 12).await;
        let (mut dice, mut sales) = (Dice(7), Vec::new());
        for step in 0..160 {
            happen(&world, &mut dice, &mut sales).await;
            if step % 20 == 19 {
                world.holds().await;
            }
        }
        assert!(sales.len() > 10, "something was sold");
    });
}
