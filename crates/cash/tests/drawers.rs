//! A cashier's days, and the figures that must come out.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod common;

use cash::drawer_expense::{self, DrawerExpense};
use cash::hand_over::{self, HandOver};
use cash::post_difference::{self, PostDifference};
use cash::receive_cash::{self, ReceiveCash};
use cash::{CashAccount, drawer, opening_balances};
use common::{World, day, id, moving_in, piles};
use store::{Failure, Tx};
use testkit::{KETUA, SITI, TAMANSARI, WANTI, on_both};
use values::Rupiah;

/// R7: opening 200.000; a sale of 75.000 paid with 100.000; 27.300 in cash; a refund of 9.000; bags
/// for 15.000; 277.800 counted.
async fn day_of_r7(world: &World) {
    world.open_with_float(WANTI, 10, 1, 200_000).await;
    world.sell(10, 100_000).await;
    world.sell(10, -25_000).await;
    world.sell(10, 27_300).await;
    world.sell(10, -9_000).await;
    let bags = DrawerExpense {
        session_id: id(10),
        day: day("2025-10-14"),
        amount: Rupiah::new(15_000),
        account: "11706".to_owned(),
        what: "Kantong plastik".to_owned(),
        nota: None,
    };
    world.act(WANTI, drawer_expense::KIND, bags, drawer_expense::record).await.unwrap();
}

fn reason(session: u8, text: &str, consent: bool) -> PostDifference {
    PostDifference {
        session_id: id(session),
        day: day("2025-10-14"),
        reason: text.to_owned(),
        consent: consent.then(|| "ef".repeat(32)),
    }
}

#[test]
fn r7_closing_difference() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        day_of_r7(&world).await;
        let told = world.count(WANTI, 10, &piles(277_800)).await.unwrap();
        assert_eq!((told.expected, told.difference), (Rupiah::new(278_300), Rupiah::new(-500)));
        let early = world.close(WANTI, 10, 2, 77_800).await.unwrap_err();
        assert_eq!(early.code(), "cash.difference_open");
        let why = reason(10, "Kembalian keliru", false);
        world.act(WANTI, post_difference::KIND, why, post_difference::record).await.unwrap();
        assert_eq!(world.balance("61113").await, Rupiah::new(500));
        assert_eq!(world.balance("11103").await, Rupiah::new(277_800));
        world.close(WANTI, 10, 2, 177_800).await.unwrap();
        world.receive(SITI, 2, 177_800).await.unwrap();
        let next = world.open_drawer(WANTI, 11, "A1", None).await.unwrap();
        assert_eq!(next.opening, Rupiah::new(277_800 - 177_800));
        assert_eq!(world.outside_drawers().await, Rupiah::ZERO);
        world.holds().await;
    });
}

#[test]
fn the_count_is_blind_and_only_another_person_counts_again() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        day_of_r7(&world).await;
        let look = async |tx: &mut Tx| drawer::open_on(tx, CashAccount::Till, "A1").await;
        let seen = world.store.read(TAMANSARI, look).await.unwrap().unwrap();
        let shown = serde_json::to_string(&seen).unwrap();
        assert!(!shown.contains("278300") && !shown.contains("expected"), "{shown}");
        world.count(WANTI, 10, &piles(277_800)).await.unwrap();
        let again = world.count(WANTI, 10, &piles(278_300)).await.unwrap_err();
        assert_eq!(again.code(), "cash.counted_before");
        let other = world.count(SITI, 10, &piles(278_300)).await.unwrap();
        assert_eq!((other.count_no, other.difference), (2, Rupiah::ZERO));
        world.close(WANTI, 10, 2, 0).await.unwrap();
        assert_eq!(world.balance("61113").await, Rupiah::ZERO);
    });
}

#[test]
fn a_shortage_is_a_debt_only_with_consent_and_a_late_sale_changes_it() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        day_of_r7(&world).await;
        world.count(WANTI, 10, &piles(277_800)).await.unwrap();
        let why = reason(10, "Ditanggung kasir", true);
        world.act(WANTI, post_difference::KIND, why, post_difference::record).await.unwrap();
        assert_eq!(world.balance("11603").await, Rupiah::new(500));
        world.close(WANTI, 10, 2, 0).await.unwrap();
        // A refund of 500 that the device had kept to itself arrives: nothing was ever short.
        world.sell(10, -500).await;
        let waiting = async |tx: &mut Tx| -> Result<Vec<i64>, Failure> {
            let sessions = drawer::unsettled(tx).await?;
            Ok(sessions.iter().map(|session| session.session_no).collect())
        };
        assert_eq!(world.store.read(TAMANSARI, waiting).await.unwrap(), [1]);
        let why = reason(10, "Retur luring baru masuk", false);
        world.act(SITI, post_difference::KIND, why, post_difference::record).await.unwrap();
        assert_eq!(world.balance("11603").await, Rupiah::ZERO);
        assert_eq!(world.balance("11103").await, Rupiah::new(277_800));
        let why = reason(10, "Sekali lagi", false);
        let none = world.act(SITI, post_difference::KIND, why, post_difference::record).await;
        assert_eq!(none.unwrap_err().code(), "cash.nothing_to_post");
        assert_eq!(world.outside_drawers().await, Rupiah::ZERO);
        world.holds().await;
    });
}

#[test]
fn one_open_drawer_for_a_cashier_and_one_for_a_device() {
    on_both(async |engine| {
        let world = World::open(&engine, 50_000).await;
        let first = world.open_drawer(WANTI, 10, "A1", None).await.unwrap();
        assert_eq!(first.opening, Rupiah::new(50_000), "what the account held");
        let code = |result: Result<_, Failure>| result.map(drop).map_err(|failure| failure.code());
        let second = world.open_drawer(WANTI, 11, "A2", None).await;
        assert_eq!(code(second), Err("cash.cashier_has_drawer"));
        let other = world.open_drawer(SITI, 12, "A1", None).await;
        assert_eq!(code(other), Err("cash.device_has_drawer"));
        let (one, two) = tokio::join!(
            world.open_drawer(SITI, 13, "A2", None),
            world.open_drawer(KETUA, 14, "A2", None),
        );
        assert_eq!([one.is_ok(), two.is_ok()].into_iter().filter(|won| *won).count(), 1);
        assert_eq!(world.outside_drawers().await, Rupiah::ZERO);
    });
}

#[test]
fn a_drawer_changes_hands_when_two_counts_agree() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        day_of_r7(&world).await;
        world.count(WANTI, 10, &piles(278_300)).await.unwrap();
        let take = |amount: i64| HandOver {
            session_id: id(10),
            next_session_id: id(11),
            day: day("2025-10-14"),
            piles: piles(amount),
        };
        let wrong = world.act(SITI, hand_over::KIND, take(278_200), hand_over::record).await;
        assert_eq!(wrong.unwrap_err().code(), "cash.amount_differs");
        let taken = world.act(SITI, hand_over::KIND, take(278_300), hand_over::record).await;
        assert_eq!(taken.unwrap().opening, Rupiah::new(278_300));
        assert!(world.session(10).await.is_closed());
        assert_eq!(world.session(11).await.cashier, SITI);
        assert_eq!(world.outside_drawers().await, Rupiah::ZERO);
        world.holds().await;
    });
}

#[test]
fn a_hand_over_is_confirmed_once_also_when_two_press_at_once() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        world.open_with_float(WANTI, 10, 1, 200_000).await;
        world.count(WANTI, 10, &piles(200_000)).await.unwrap();
        world.close(WANTI, 10, 2, 200_000).await.unwrap();
        let own = world.receive(WANTI, 2, 200_000).await.unwrap_err();
        assert_eq!(own.code(), "cash.same_person");
        let (one, two) =
            tokio::join!(world.receive(SITI, 2, 200_000), world.receive(KETUA, 2, 200_000));
        let codes = [one, two].map(|result| result.map_err(|failure| failure.code()).err());
        assert!(codes.contains(&None) && codes.contains(&Some("cash.transfer_arrived")));
        assert_eq!(world.balance("11101").await, Rupiah::new(5_000_000));
        assert_eq!(world.balance("11108").await, Rupiah::ZERO);
    });
}

#[test]
fn the_same_request_confirms_once_and_gets_its_first_receipt() {
    on_both(async |engine| {
        let world = World::open(&engine, 0).await;
        world.open_with_float(WANTI, 10, 1, 200_000).await;
        world.count(WANTI, 10, &piles(200_000)).await.unwrap();
        world.close(WANTI, 10, 2, 50_000).await.unwrap();
        let ctx = world.clock.ctx(SITI, TAMANSARI);
        let input = ReceiveCash {
            transfer_id: id(2),
            day: day("2025-10-14"),
            counted: Rupiah::new(50_000),
            drawer: None,
            slip: None,
        };
        let kind = receive_cash::KIND;
        let first = world.again(ctx, kind, input.clone(), receive_cash::record).await.unwrap();
        let second = world.again(ctx, kind, input.clone(), receive_cash::record).await.unwrap();
        assert_eq!(first, second);
        let other = ReceiveCash { counted: Rupiah::new(1), ..input };
        let refused = world.again(ctx, kind, other, receive_cash::record).await.unwrap_err();
        assert_eq!(refused.code(), "request.other_content");
    });
}

#[test]
fn the_books_open_once_and_the_story_of_moving_in_adds_up() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        let mut unnamed = moving_in();
        unnamed.difference = None;
        let kind = opening_balances::KIND;
        let refused = world.act(SITI, kind, unnamed, opening_balances::record).await.unwrap_err();
        assert_eq!(refused.code(), "cash.difference_unnamed");
        assert!(refused.to_string().contains("Rp 495.000"), "{refused}");
        world.act(SITI, kind, moving_in(), opening_balances::record).await.unwrap();
        let again = world.act(SITI, kind, moving_in(), opening_balances::record).await;
        assert_eq!(again.unwrap_err().code(), "ledger.books_opened");
        assert_eq!(world.balance("11701").await, Rupiah::new(3_127_000));
        let assets = ["11101", "11201", "11401", "11701"];
        assert_eq!(sum(&world, &assets).await, Rupiah::new(26_160_000));
        assert_eq!(sum(&world, &["21201", "21207", "21210"]).await, Rupiah::new(-4_325_000));
        assert_eq!(sum(&world, &["31101", "31102"]).await, Rupiah::new(-21_340_000));
        assert_eq!(world.balance("31301").await, Rupiah::new(-495_000));
        assert_eq!(world.balance("11999").await, Rupiah::ZERO);
        world.holds().await;
    });
}

async fn sum(world: &World, codes: &[&'static str]) -> Rupiah {
    let mut total = Rupiah::ZERO;
    for code in codes {
        total = total.plus(world.balance(code).await).unwrap();
    }
    total
}
