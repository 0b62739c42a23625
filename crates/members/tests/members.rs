//! Belonging, in the days of a cooperative.

mod common;

use cash::CashAccount;
use cash::drawer;
use cash::open_drawer::{self, OpenDrawer};
use common::{World, day, joining, month, person};
use coops::set_parameter::{self, SetParameter};
use members::apply_again::{self, ApplyAgain};
use members::bring_in::OldStanding;
use members::nik::{self, Nik, NikKey};
use members::register::{self, Search};
use members::{Particulars, Sex, State, card, dues, membership, terms};
use store::{Failure, Tx};
use testkit::{SITI, TAMANSARI, on_both};
use values::{Ctx, DocumentId, Rupiah};

const KEY: NikKey = [7; 32];

#[test]
fn the_day_of_moving_in_has_184_members_and_not_187() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        world.move_in().await;
        let count = async |tx: &mut Tx| register::headcount(tx).await;
        let count = world.ask(count).await;
        assert_eq!((count.members.total(), count.candidates.total()), (184, 3));
        assert_eq!((count.members.male, count.members.female), (92, 92));
        assert_eq!(world.balance("31101").await, Rupiah::new(-9_200_000));
        assert_eq!(world.balance("31102").await, Rupiah::new(-12_140_000));
        assert_eq!(world.balance("21207").await, Rupiah::new(-75_000));
        // Everybody is in since March; 110 have paid seven months, the others six.
        let owing = async |tx: &mut Tx| dues::arrears(tx, month("2025-09")).await;
        let owing = world.ask(owing).await;
        assert_eq!(owing.len(), 74);
        assert!(owing.iter().all(|one| one.amount == Rupiah::new(10_000)));
        let paid = async |tx: &mut Tx| -> Result<usize, Failure> {
            let terms = terms::on(tx, day("2025-10-14")).await?;
            let mut months = 0;
            for place in 0..184 {
                let dues = dues::of(tx, person(place)).await?.unwrap();
                months += dues.months_paid(&terms).len();
            }
            Ok(months)
        };
        assert_eq!(world.ask(paid).await, 1_214);
        world.holds().await;
    });
}

#[test]
fn a_candidate_of_the_old_book_pays_the_rest_and_gets_the_next_number() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        world.move_in().await;
        let early = world.admit(184, 25_000).await.unwrap_err();
        assert_eq!(early.code(), "members.not_approved");
        world.approve(184).await.unwrap();
        let short = world.admit(184, 0).await.unwrap_err();
        assert_eq!(short.code(), "members.pokok_not_full");
        let much = world.pay_pokok(184, 30_000).await.unwrap_err();
        assert_eq!(much.code(), "members.pokok_too_much");
        world.pay_pokok(184, 25_000).await.unwrap();
        let shown = world.card(184).await;
        assert_eq!((shown.row.state, shown.pokok_held), (State::Candidate, Rupiah::new(50_000)));
        assert!(!shown.row.state.has_vote());
        let admitted = world.admit(184, 0).await.unwrap();
        assert_eq!(admitted.member_number, Some(185));
        assert_eq!(world.balance("21207").await, Rupiah::new(-50_000));
        assert_eq!(world.balance("31101").await, Rupiah::new(-9_250_000));
        world.holds().await;
    });
}

#[test]
fn a_card_shows_months_arrears_and_balances() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        world.move_in().await;
        let shown = world.card(183).await;
        assert_eq!(shown.row.number, Some(184));
        assert_eq!(shown.balance("31101"), Rupiah::new(50_000));
        assert_eq!(shown.balance("31102"), Rupiah::new(60_000));
        assert_eq!(shown.months_paid.len(), 6);
        let arrears: Vec<_> = shown.arrears.iter().map(|rest| rest.month).collect();
        assert_eq!((arrears, shown.due_now), (vec![month("2025-09")], Rupiah::new(10_000)));
        let code = |result: Result<_, Failure>| result.map(drop).map_err(|failure| failure.code());
        let twice = world.pay_wajib(183, 10_000, &["2025-08"]).await;
        assert_eq!(code(twice), Err("members.month_paid"));
        let odd = world.pay_wajib(183, 15_000, &[]).await;
        assert_eq!(code(odd), Err("members.not_multiple"));
        let paid = world.pay_wajib(183, 30_000, &[]).await.unwrap();
        let months: Vec<_> = paid.months.iter().map(|part| part.month.to_iso()).collect();
        assert_eq!(months, ["2025-09", "2025-10", "2025-11"]);
        let shown = world.card(183).await;
        assert_eq!((shown.arrears.len(), shown.due_now), (0, Rupiah::ZERO));
        // From January on the meeting wants 15.000.
        let more = SetParameter {
            row_id: DocumentId::from_bytes([9; 16]),
            name: "simpanan".to_owned(),
            key: "wajib".to_owned(),
            value: 15_000,
            valid_from: day("2026-01-01"),
            decision: None,
            source: "RAT 2025".to_owned(),
            remark: None,
        };
        world.act(SITI, set_parameter::KIND, more, set_parameter::record).await.unwrap();
        let odd = world.pay_wajib(183, 20_000, &[]).await;
        assert_eq!(code(odd), Err("members.not_multiple"));
        let paid = world.pay_wajib(183, 25_000, &[]).await.unwrap();
        let amounts: Vec<_> = paid.months.iter().map(|part| part.amount.get()).collect();
        assert_eq!(amounts, [10_000, 15_000], "December and January");
        let candidate = world.pay_wajib(184, 10_000, &[]).await;
        assert_eq!(code(candidate), Err("members.not_member"));
        world.holds().await;
    });
}

#[test]
fn the_register_is_searched_as_people_ask() {
    on_both(async |engine| {
        let world = World::new(&engine).await;
        world.move_in().await;
        let eni = Particulars {
            surname: Some("Sumarni".to_owned()),
            nickname: Some("Bu E.".to_owned()),
            phone: Some("0899-1234-5678".to_owned()),
            rt: Some(99),
            rw: Some(9),
            ..joining("Eni")
        };
        world.apply(200, eni).await.unwrap();
        let by_text = async |text: &str| {
            let search = Search { text: text.to_owned(), ..Search::default() };
            let look = async move |tx: &mut Tx| register::search(tx, &search).await;
            let page = world.ask(look).await;
            page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        for text in ["eni sum", "BU E", "089912345678", "+62 899", "RT 99", "099/009", "rw9 eni"] {
            assert_eq!(by_text(text).await, ["Eni"], "{text}");
        }
        assert_eq!(by_text("0042").await, ["Anggota 042"]);
        assert_eq!(by_text("%").await.len(), 50);
        assert_eq!(by_text("tak ada").await.len(), 0);
        let last = Search { page: 3, ..Search::default() };
        let look = async move |tx: &mut Tx| register::search(tx, &last).await;
        let page = world.ask(look).await;
        assert_eq!((page.rows.len(), page.more), (38, false));
        assert_eq!(page.rows.last().unwrap().state, State::Candidate);
        let members = Search { state: Some(State::Candidate), ..Search::default() };
        let look = async move |tx: &mut Tx| register::search(tx, &members).await;
        assert_eq!(world.ask(look).await.rows.len(), 4);
    });
}

#[test]
fn a_nik_stands_once_in_a_cooperative_and_nowhere_in_the_clear() {
    on_both(async |engine| {
        let world = World::open(&engine).await;
        let nik = Nik::parse("3273095708850001").unwrap();
        let sealed = |place| Some(nik::seal(&nik, &KEY, TAMANSARI, person(place)));
        let eni = |place| Particulars { nik: sealed(place), ..joining("Eni") };
        assert!(!world.apply(1, eni(1)).await.unwrap().nik_missing);
        assert_eq!(world.apply(2, eni(2)).await.unwrap_err().code(), "members.nik_taken");
        let man = Particulars { sex: Sex::Male, ..eni(3) };
        assert_eq!(world.apply(3, man).await.unwrap_err().code(), "members.nik_other_sex");
        assert!(world.apply(4, joining("Ujang")).await.unwrap().nik_missing);
        assert_eq!(world.card(1).await.nik_last4.as_deref(), Some("0001"));
        let look = async |tx: &mut Tx| -> Result<Vec<u8>, Failure> {
            let sql = "select nik_cipher from member_niks where coop_id = $1 and member_id = $2";
            let (cipher,): (Vec<u8>,) = tx.one(sql, &[&person(1)]).await?;
            Ok(cipher)
        };
        let cipher = world.ask(look).await;
        assert_eq!(nik::open(&cipher, &KEY, TAMANSARI, person(1)), Some(nik));
        assert_eq!(nik::open(&cipher, &[8; 32], TAMANSARI, person(1)), None);
    });
}

#[test]
fn who_comes_back_gets_a_new_number_and_the_old_one_is_never_given_again() {
    on_both(async |engine| {
        let world = World::open(&engine).await;
        for place in [1, 2] {
            world.apply(place, joining("Budi")).await.unwrap();
            world.approve(place).await.unwrap();
            world.admit(place, 50_000).await.unwrap();
        }
        world.pay_wajib(2, 10_000, &[]).await.unwrap();
        let leave =
            async |tx: &mut Tx, _: &Ctx| membership::end(tx, person(2), day("2025-10-14")).await;
        testkit::act(&world.store, &world.clock, TAMANSARI, leave).await.unwrap();
        let gone = world.pay_wajib(2, 10_000, &[]).await.unwrap_err();
        assert_eq!(gone.code(), "members.not_member");
        world.clock.set("2026-01-05");
        let again = ApplyAgain { member_id: person(2), day: day("2026-01-05") };
        world.act(SITI, apply_again::KIND, again, apply_again::record).await.unwrap();
        world.approve(2).await.unwrap();
        let admitted = world.admit(2, 50_000).await.unwrap();
        assert_eq!(admitted.member_number, Some(3));
        let shown = world.card(2).await;
        let numbers: Vec<_> = shown.memberships.iter().map(|stretch| stretch.number).collect();
        assert_eq!(numbers, [2, 3]);
        assert_eq!(shown.due_now, Rupiah::new(10_000));
        let taken = OldStanding::Member { number: 2, admitted_day: day("2025-01-01") };
        let refused = world.bring_in(9, joining("Tati"), taken).await.unwrap_err();
        assert_eq!(refused.code(), "members.number_taken");
    });
}

#[test]
fn money_over_a_drawer_is_expected_in_it() {
    on_both(async |engine| {
        let world = World::open(&engine).await;
        world.apply(1, joining("Budi")).await.unwrap();
        let session_id = DocumentId::from_bytes([5; 16]);
        let mut part = common::paying_pokok(1, 25_000);
        part.into = CashAccount::Teller;
        part.drawer = Some(session_id);
        let closed = world.pay_pokok_with(part.clone()).await.unwrap_err();
        assert_eq!(closed.code(), "cash.unknown_session");
        let open = OpenDrawer {
            session_id,
            day: day("2025-10-14"),
            account: CashAccount::Teller,
            device: "A1".to_owned(),
            float: None,
        };
        world.act(SITI, open_drawer::KIND, open, open_drawer::record).await.unwrap();
        world.pay_pokok_with(part).await.unwrap();
        let look = async move |tx: &mut Tx| drawer::find(tx, session_id).await;
        assert_eq!(world.ask(look).await.expected, Rupiah::new(25_000));
        let outside = async |tx: &mut Tx| drawer::outside_drawers(tx, CashAccount::Teller).await;
        assert_eq!(world.ask(outside).await, Rupiah::ZERO);
        let missing = async move |tx: &mut Tx| {
            card::card(tx, person(77), day("2025-10-14")).await.map(|_| ())
        };
        let refused = world.store.read(TAMANSARI, missing).await.unwrap_err();
        assert_eq!(refused.code(), "members.unknown_member");
    });
}
