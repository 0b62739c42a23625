//! Every event of the room posts what its comment shows, on both engines.

mod common;

use cash::drawer_expense::{self, DrawerExpense};
use cash::grant::{self, Grant};
use cash::post_difference::{self, PostDifference};
use cash::receive_cash::{self, ReceiveCash};
use cash::send_cash::{self, SendCash};
use cash::take_back_cash::{self, TakeBackCash};
use cash::{CashAccount, close_drawer, count_drawer, open_drawer, opening_balances};
use common::{World, day, id, piles};
use testkit::{KETUA, SITI, WANTI, assert_specimen, on_both};
use values::Rupiah;

#[test]
fn terima_hibah() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        let input = Grant {
            day: day("2025-10-14"),
            giver: "Pemkot Bandung".to_owned(),
            amount: Rupiah::new(25_000_000),
            into: CashAccount::Bank,
        };
        let posted = world.act(SITI, grant::KIND, input, grant::record).await.unwrap();
        assert_eq!(posted.number, "PST-20251014-001");
        assert_specimen(include_str!("../src/grant.rs"), &world.last_lines().await);
        world.holds().await;
    });
}

#[test]
fn saldo_awal_of_the_day_of_moving_in() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let input = common::moving_in();
        let posted =
            world.act(SITI, opening_balances::KIND, input, opening_balances::record).await.unwrap();
        assert_eq!(posted.number, "PST-20251001-001");
        assert_specimen(include_str!("../src/opening_balances.rs"), &world.last_lines().await);
        world.holds().await;
    });
}

#[test]
fn cash_goes_from_hand_to_hand_through_11108() {
    on_both(async |engine| {
        let world = World::open(&engine, 1_500_000).await;
        let send = |transfer, to| SendCash {
            transfer_id: id(transfer),
            day: day("2025-10-14"),
            from: CashAccount::Till,
            to,
            amount: Rupiah::new(1_500_000),
            drawer: None,
        };
        let first = send(1, CashAccount::Bank);
        world.act(WANTI, send_cash::KIND, first, send_cash::record).await.unwrap();
        assert_specimen(include_str!("../src/send_cash.rs"), &world.last_lines().await);
        let back = TakeBackCash {
            transfer_id: id(1),
            day: day("2025-10-14"),
            reason: "Bank sudah tutup".to_owned(),
            drawer: None,
        };
        world.act(WANTI, take_back_cash::KIND, back, take_back_cash::record).await.unwrap();
        assert_specimen(include_str!("../src/take_back_cash.rs"), &world.last_lines().await);
        let second = send(2, CashAccount::Safe);
        world.act(WANTI, send_cash::KIND, second, send_cash::record).await.unwrap();
        assert_eq!(world.on_its_way().await, [Rupiah::new(1_500_000)]);
        let receive = ReceiveCash {
            transfer_id: id(2),
            day: day("2025-10-14"),
            counted: Rupiah::new(1_500_000),
            drawer: None,
            slip: None,
        };
        world.act(SITI, receive_cash::KIND, receive, receive_cash::record).await.unwrap();
        assert_specimen(include_str!("../src/receive_cash.rs"), &world.last_lines().await);
        assert_eq!(world.balance("11108").await, Rupiah::ZERO);
        assert_eq!(world.on_its_way().await, []);
        world.holds().await;
    });
}

#[test]
fn a_drawer_from_opening_to_closing() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        world.open_with_float(WANTI, 10, 1, 200_000).await;
        assert_specimen(include_str!("../src/open_drawer.rs"), &world.last_lines().await);
        let expense = DrawerExpense {
            session_id: id(10),
            day: day("2025-10-14"),
            amount: Rupiah::new(15_000),
            account: "11706".to_owned(),
            what: "Kantong plastik".to_owned(),
            nota: None,
        };
        world.act(WANTI, drawer_expense::KIND, expense, drawer_expense::record).await.unwrap();
        assert_specimen(include_str!("../src/drawer_expense.rs"), &world.last_lines().await);
        world.sell(10, 93_300).await;
        let told = world.count(WANTI, 10, &piles(277_800)).await.unwrap();
        assert_eq!(told.difference, Rupiah::new(-500));
        let reason = PostDifference {
            session_id: id(10),
            day: day("2025-10-14"),
            reason: "Kembalian keliru".to_owned(),
            consent: None,
        };
        world.act(WANTI, post_difference::KIND, reason, post_difference::record).await.unwrap();
        assert_specimen(include_str!("../src/post_difference.rs"), &world.last_lines().await);
        let closed = world.close(WANTI, 10, 2, 77_800).await.unwrap();
        assert_eq!(closed.left, Rupiah::new(200_000));
        assert_specimen(include_str!("../src/close_drawer.rs"), &world.last_lines().await);
        world.receive(KETUA, 2, 77_800).await.unwrap();
        assert_eq!(world.outside_drawers().await, Rupiah::ZERO);
        world.holds().await;
        let kinds = [count_drawer::KIND, open_drawer::KIND, close_drawer::KIND];
        assert_eq!(kinds, ["cash.count_drawer", "cash.open_drawer", "cash.close_drawer"]);
    });
}
