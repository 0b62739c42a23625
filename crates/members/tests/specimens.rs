//! Every event of the room, with the figures of its comment, on both engines.

mod common;

use common::{World, joining, month, person};
use members::admit::{self, Admit};
use members::pay_pokok;
use members::pay_wajib;
use testkit::{SITI, assert_specimen, on_both};
use values::Rupiah;

#[test]
fn from_asking_to_paying_wajib() {
    on_both(async |engine| {
        let world = World::open(&engine).await;
        world.apply(1, joining("Eni")).await.unwrap();
        let part = world.pay_pokok(1, 25_000).await.unwrap();
        assert_eq!(part.terbilang, "dua puluh lima ribu rupiah");
        assert_eq!((part.rest, part.member_number), (Rupiah::new(25_000), None));
        assert_specimen(include_str!("../src/pay_pokok.rs"), &world.last_lines().await);
        world.approve(1).await.unwrap();
        let admitted = world.admit(1, 25_000).await.unwrap();
        assert_eq!(admitted.member_number, Some(1));
        assert_eq!(admitted.number, "PST-20251014-002");
        assert_specimen(include_str!("../src/admit.rs"), &world.last_lines().await);
        let paid = world.pay_wajib(1, 20_000, &[]).await.unwrap();
        let months: Vec<_> = paid.months.iter().map(|part| part.month).collect();
        assert_eq!(months, [month("2025-10"), month("2025-11")]);
        assert_eq!(paid.terbilang, "dua puluh ribu rupiah");
        assert_specimen(include_str!("../src/pay_wajib.rs"), &world.last_lines().await);
        world.holds().await;
        let kinds = [pay_pokok::KIND, admit::KIND, pay_wajib::KIND];
        assert_eq!(kinds, ["members.pay_pokok", "members.admit", "members.pay_wajib"]);
    });
}

#[test]
fn j01_all_at_once() {
    on_both(async |engine| {
        let world = World::open(&engine).await;
        world.apply(1, joining("Budi")).await.unwrap();
        world.approve(1).await.unwrap();
        world.admit(1, 50_000).await.unwrap();
        let lines = world.last_lines().await;
        let lines: Vec<_> = lines
            .iter()
            .map(|line| (line.account.as_str(), line.side.letter(), line.amount.get()))
            .collect();
        assert_eq!(lines, [("11101", "D", 50_000), ("31101", "K", 50_000)]);
        world.holds().await;
    });
}

#[test]
fn the_same_request_admits_once_and_two_clerks_admit_once() {
    on_both(async |engine| {
        let world = World::open(&engine).await;
        for place in [1, 2] {
            world.apply(place, joining("Budi")).await.unwrap();
            world.approve(place).await.unwrap();
        }
        let (one, two) = tokio::join!(world.admit(1, 50_000), world.admit(1, 50_000));
        let codes = [one, two].map(|result| result.map_err(|failure| failure.code()).err());
        assert!(codes.contains(&None) && codes.contains(&Some("members.not_candidate")));
        let ctx = world.clock.ctx(SITI, testkit::TAMANSARI);
        let input = Admit { member_id: person(2), ..common::admitting(50_000) };
        let first = world.admit_again(ctx, input.clone()).await.unwrap();
        let second = world.admit_again(ctx, input).await.unwrap();
        assert_eq!(first, second);
        assert_eq!(first.member_number, Some(2));
        assert_eq!(world.balance("31101").await, Rupiah::new(-100_000));
        world.holds().await;
    });
}
