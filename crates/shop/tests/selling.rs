//! Selling and taking back, on both engines, to the rupiah.

#![allow(clippy::unwrap_used, reason = "a test ends where its world cannot be made")]

mod world;

use ledger::lines_of;
use shop::refund::{self, GoodsBack, LineBack, Refund};
use shop::sell::{self, Sale, Sold};
use shop::{CartLine, receipt};
use store::{Failure, Order, Tx};
use testkit::{SITI, WANTI, assert_specimen, on_both, recount};
use values::{DocumentId, MemberId, Quantity, Rupiah, SaleId};
use world::{COOP, Good, Shelf, World};

fn rp(rupiah: i64) -> Rupiah {
    Rupiah::new(rupiah)
}

fn units(units: i64) -> Quantity {
    Quantity::whole(units).unwrap()
}

/// SPHP in packs of 5 kg: 200 packs for 11 million, sold at 62.500.
async fn sphp(world: &World) -> Good {
    let shelf = Shelf {
        id: 1,
        name: "Beras SPHP",
        unit: "kg",
        pack: Some(("5 kg", "5")),
        ceiling: Some("beras_sphp"),
        quota: true,
        units: 1_000,
        cost: 11_000_000,
        price: 62_500,
    };
    world.stock_up(shelf).await
}

impl World {
    fn sale(&self, id: u8, member: Option<MemberId>, lines: Vec<CartLine>, paid: i64) -> Sale {
        let total: i64 = lines.iter().map(|line| line.amount.get()).sum();
        Sale {
            sale: SaleId::from_bytes([id; 16]),
            device: "K043-A1-01".to_owned(),
            session: self.session,
            day: self.clock.ctx(WANTI, COOP).day(),
            sold_at: self.clock.now(),
            member,
            lines,
            tendered: rp(paid),
            returned: rp((paid - total / 100 * 100).max(0)),
        }
    }

    async fn sell(&self, sale: Sale) -> Result<Sold, Failure> {
        self.act(WANTI, sell::KIND, sale, sell::record).await
    }

    fn back(&self, id: u8, sale: u8, line_no: i64, quantity: Quantity) -> Refund {
        Refund {
            refund: DocumentId::from_bytes([id; 16]),
            session: self.session,
            device: "K043-A1-01".to_owned(),
            day: self.clock.ctx(WANTI, COOP).day(),
            back: GoodsBack {
                sale: SaleId::from_bytes([sale; 16]),
                lines: vec![LineBack { line_no, quantity }],
                reason: "kemasan bocor".to_owned(),
            },
            approval: None,
        }
    }
}

#[test]
fn small_quantities_of_the_second_day_post_what_the_specimen_shows() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let goods = [
            (1, "Beras medium", "kg", None, Some("beras_medium"), 50, 640_000, 13_500),
            (2, "Gula pasir", "kg", None, Some("gula"), 50, 810_000, 17_500),
            (
                3,
                "Telur ayam",
                "kg",
                Some(("butir", "3/50")),
                Some("telur_ayam"),
                15,
                420_000,
                2_000,
            ),
            (4, "Terigu", "kg", None, None, 25, 250_000, 11_900),
        ];
        let mut packs = Vec::new();
        for (id, name, unit, pack, ceiling, units, cost, price) in goods {
            let shelf = Shelf { id, name, unit, pack, ceiling, quota: false, units, cost, price };
            packs.push(world.stock_up(shelf).await.pack);
        }
        let lines = vec![
            CartLine::by_money(packs[0], rp(10_000), rp(13_500), 1).unwrap(),
            CartLine::by_money(packs[1], rp(5_000), rp(17_500), 2).unwrap(),
            CartLine::by_quantity(packs[2], units(5), rp(2_000), 3).unwrap(),
            CartLine::by_quantity(packs[3], Quantity::from_milli(350), rp(11_900), 4).unwrap(),
        ];
        let mut sale = world.sale(7, Some(world.member), lines, 50_000);
        sale.returned = rp(20_500);
        let sold = world.sell(sale).await.unwrap();
        assert_eq!((sold.total, sold.due, sold.change_owed), (rp(29_165), rp(29_100), rp(400)));
        assert_eq!(sold.number, "K043-A1-01-000001");
        assert!(sold.warnings.len() == 1 && sold.warnings[0].contains("Telur ayam"));
        let look = async move |tx: &mut Tx| lines_of(tx, sold.entry_no).await;
        let posted = engine.store.read(COOP, look).await.unwrap();
        assert_specimen(include_str!("../src/sell.rs"), &posted);
        assert_eq!(recount(&engine.store, COOP).await.findings, []);
    });
}

#[test]
fn a_refund_posts_its_specimen_and_the_parts_of_a_line_sum_to_it() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let rice = sphp(&world).await;
        let line = || CartLine::by_quantity(rice.pack, units(2), rp(62_500), 1).unwrap();
        world.sell(world.sale(7, Some(world.member), vec![line()], 125_000)).await.unwrap();
        let above = world.back(1, 7, 1, units(5));
        let refused = world.act(WANTI, refund::KIND, above.clone(), refund::record).await;
        assert_eq!(refused.unwrap_err().code(), "shop.above_limit");
        let limit = coops::set_parameter::SetParameter {
            row_id: DocumentId::from_bytes([3; 16]),
            name: "refund".to_owned(),
            key: "cashier_daily_limit".to_owned(),
            value: 500_000,
            valid_from: world.clock.ctx(SITI, COOP).day(),
            decision: None,
            source: "Rapat pengurus".to_owned(),
            remark: None,
        };
        let set = coops::set_parameter::record;
        world.act(SITI, coops::set_parameter::KIND, limit, set).await.unwrap();
        let back = world.act(WANTI, refund::KIND, above, refund::record).await.unwrap();
        assert_eq!((back.amount, back.paid), (rp(62_500), rp(62_500)));
        let look = async move |tx: &mut Tx| lines_of(tx, back.entry_no).await;
        let posted = engine.store.read(COOP, look).await.unwrap();
        assert_specimen(include_str!("../src/refund.rs"), &posted);
        let too_much = world.back(2, 7, 1, units(6));
        let refused = world.act(WANTI, refund::KIND, too_much, refund::record).await.unwrap_err();
        assert_eq!(refused.code(), "shop.more_than_sold");
        let rest = world.back(3, 7, 1, units(5));
        world.act(WANTI, refund::KIND, rest, refund::record).await.unwrap();
        let sale = SaleId::from_bytes([7; 16]);
        let find = async move |tx: &mut Tx| receipt::find(tx, sale).await;
        let kept = engine.store.read(COOP, find).await.unwrap().unwrap();
        assert_eq!(kept.lines[0].refunded_amount, rp(125_000));
        assert_eq!(recount(&engine.store, COOP).await.findings, []);
    });
}

#[test]
fn what_the_counter_must_refuse_is_refused_with_its_code() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let rice = sphp(&world).await;
        let line =
            |packs: i64| CartLine::by_quantity(rice.pack, units(packs), rp(62_500), 1).unwrap();
        let sale = |lines| world.sale(7, None, lines, 1_000_000_000);
        let unknown = MemberId::from_bytes([77; 16]);
        let mut other_price = line(1);
        other_price.price = rp(62_400);
        let mut wrong_sum = line(1);
        wrong_sum.amount = rp(50_000);
        let mut nothing = line(1);
        nothing.packs = Quantity::ZERO;
        let mut other_list = line(1);
        other_list.list_version = 9;
        let cases = [
            (sale(vec![]), "shop.empty_cart"),
            (sale(vec![line(1); 101]), "shop.too_many_lines"),
            (world.sale(7, Some(unknown), vec![line(1)], 62_500), "shop.unknown_member"),
            (sale(vec![nothing]), "shop.nothing_of"),
            (sale(vec![other_price]), "shop.no_such_price"),
            (sale(vec![other_list]), "shop.no_such_price"),
            (sale(vec![wrong_sum]), "shop.does_not_add_up"),
            (world.sale(7, None, vec![line(1)], 62_400), "shop.too_little"),
            (sale(vec![line(201)]), "stock.more_than_on_hand"),
        ];
        for (sale, code) in cases {
            assert_eq!(world.sell(sale).await.unwrap_err().code(), code);
        }
        let mut change = world.sale(7, None, vec![line(1)], 100_000);
        change.returned = rp(37_600);
        assert_eq!(world.sell(change).await.unwrap_err().code(), "shop.too_much_change");
        let mut nowhere = sale(vec![line(1)]);
        nowhere.session = DocumentId::from_bytes([55; 16]);
        assert_eq!(world.sell(nowhere).await.unwrap_err().code(), "cash.unknown_session");
        let refused = world.price(rice.pack, 62_600).await.unwrap_err();
        assert_eq!(refused.code(), "shop.above_ceiling");
        assert!(refused.to_string().contains("HET Rp 12.500"), "{refused}");
        assert_eq!(recount(&engine.store, COOP).await.entries, 1);
    });
}

#[test]
fn one_sale_sent_twice_is_sold_once() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let rice = sphp(&world).await;
        let line = CartLine::by_quantity(rice.pack, units(1), rp(62_500), 1).unwrap();
        let sale = world.sale(7, None, vec![line], 100_000);
        let ctx = world.clock.ctx(WANTI, COOP);
        let order = Order::new(&ctx, sell::KIND, &sale);
        let mut codes = Vec::new();
        for _ in 0..3 {
            let sale = sale.clone();
            let act = async move |tx: &mut Tx| sell::record(tx, &ctx, &sale).await;
            codes.push(world.store.command(order.clone(), act).await.unwrap().receipt.code);
        }
        assert!(codes.iter().all(|code| *code == codes[0] && code.len() == 20));
        let code = codes[0].clone();
        let ask = async move |tx: &mut Tx| receipt::published(tx, &code).await;
        let published = engine.store.read(COOP, ask).await.unwrap().unwrap();
        assert_eq!(published.total, rp(62_500));
        let holds = async move |tx: &mut Tx| ledger::holds(tx, published.entry_no).await;
        assert!(engine.store.read(COOP, holds).await.unwrap());
        let look = async |tx: &mut Tx| ledger::balance(tx, "11103").await;
        assert_eq!(engine.store.read(COOP, look).await.unwrap(), rp(62_500));
    });
}

#[test]
fn the_last_sack_is_sold_once_however_many_ask_for_it() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let shelf = Shelf {
            id: 1,
            name: "Beras SPHP",
            unit: "kg",
            pack: Some(("5 kg", "5")),
            ceiling: None,
            quota: true,
            units: 500,
            cost: 5_500_000,
            price: 62_500,
        };
        let rice = world.stock_up(shelf).await;
        let mut running = Vec::new();
        for round in 0..200_u8 {
            let line = CartLine::by_quantity(rice.pack, units(1), rp(62_500), 1).unwrap();
            let sale = world.sale(round, None, vec![line], 62_500);
            let (store, ctx) = (world.store.clone(), world.clock.ctx(WANTI, COOP));
            running.push(tokio::spawn(async move {
                let order = Order::new(&ctx, sell::KIND, &sale);
                let act = async move |tx: &mut Tx| sell::record(tx, &ctx, &sale).await;
                store.command(order, act).await.map(|_| ())
            }));
        }
        let mut sold = 0;
        for one in running {
            match one.await.unwrap() {
                Ok(()) => sold += 1,
                Err(refused) => assert_eq!(refused.code(), "stock.more_than_on_hand"),
            }
        }
        assert_eq!(sold, 100, "{}", engine.name);
        assert_eq!(recount(&engine.store, COOP).await.findings, []);
    });
}
