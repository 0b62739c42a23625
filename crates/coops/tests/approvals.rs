//! What waits for a second person is decided by one, and used once.

use coops::approvals::ask::{self, Ask};
use coops::approvals::decide::{self, Decide};
use coops::approvals::{self, Taken, Verdict, on_paper, take};
use coops::tasks::{self, Task};
use store::{Failure, Order, Store, Tx, content_hash};
use testkit::{Clock, KETUA, SITI, TAMANSARI, WANTI, on_both, register};
use values::{Day, DocumentId, PersonId, Rupiah};

const WITHDRAW: &str = "savings.withdraw";

/// Siti asks for six million.
async fn ask_for(store: &Store, clock: &Clock, approval_id: DocumentId) {
    let input = Ask::new(approval_id, WITHDRAW, &6_000_000).about(Rupiah::new(6_000_000)).because(
        "Biaya sekolah",
        "ketua",
        clock.now().plus_seconds(3_600),
    );
    let ctx = clock.ctx(SITI, TAMANSARI);
    let order = Order::new(&ctx, ask::KIND, &input);
    let act = async move |tx: &mut Tx| ask::record(tx, &ctx, &input).await;
    store.command(order, act).await.expect("a command is kept");
}

async fn answer(
    store: &Store,
    clock: &Clock,
    person: PersonId,
    input: Decide,
) -> Result<PersonId, Failure> {
    let ctx = clock.ctx(person, TAMANSARI);
    let order = Order::new(&ctx, decide::KIND, &input);
    let act = async move |tx: &mut Tx| decide::record(tx, &ctx, &input).await;
    Ok(store.command(order, act).await?.receipt.by)
}

fn verdict(approval_id: DocumentId, verdict: Verdict) -> Decide {
    Decide { approval_id, verdict, reason: None, signed_by: None, evidence: None }
}

/// The event, as far as this room sees it: it takes the approval.
async fn withdraw(
    store: &Store,
    clock: &Clock,
    person: PersonId,
    approval_id: DocumentId,
    amount: i64,
) -> Result<String, Failure> {
    let ctx = clock.ctx(person, TAMANSARI);
    let order = Order::new(&ctx, WITHDRAW, &amount);
    let act = async move |tx: &mut Tx| -> Result<String, Failure> {
        let taken: Taken = take(tx, &ctx, approval_id, WITHDRAW, content_hash(&amount)).await?;
        Ok(taken.approver.to_text())
    };
    Ok(store.command(order, act).await?.receipt)
}

async fn waiting(store: &Store, roles: &'static [&'static str], person: PersonId) -> Vec<String> {
    let look = async move |tx: &mut Tx| tasks::waiting_for(tx, roles, person).await;
    let waiting = store.read(TAMANSARI, look).await.expect("a question is answered");
    waiting.into_iter().map(|waiting| waiting.task.subject).collect()
}

#[test]
fn asked_decided_by_another_and_taken_once() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let id = DocumentId::new_v7();
        ask_for(store, &clock, id).await;
        assert_eq!(waiting(store, &["ketua"], KETUA).await, ["Biaya sekolah"]);
        assert_eq!(waiting(store, &["ketua"], SITI).await, Vec::<String>::new());
        assert_eq!(waiting(store, &["kasir"], WANTI).await, Vec::<String>::new());

        let early = withdraw(store, &clock, SITI, id, 6_000_000).await.unwrap_err();
        assert_eq!(early.code(), "coops.not_decided");
        let own = answer(store, &clock, SITI, verdict(id, Verdict::Approve)).await.unwrap_err();
        assert_eq!(own.code(), "coops.own_approval");
        let yes = answer(store, &clock, KETUA, verdict(id, Verdict::Approve)).await.unwrap();
        assert_eq!(yes, KETUA);
        assert_eq!(waiting(store, &["ketua"], KETUA).await, Vec::<String>::new());
        let twice = answer(store, &clock, WANTI, verdict(id, Verdict::Approve)).await.unwrap_err();
        assert_eq!(twice.code(), "coops.already_decided");

        let more = withdraw(store, &clock, SITI, id, 7_000_000).await.unwrap_err();
        assert_eq!(more.code(), "coops.other_payload");
        let self_made = withdraw(store, &clock, KETUA, id, 6_000_000).await.unwrap_err();
        assert_eq!(self_made.code(), "coops.own_approval");
        let approver = withdraw(store, &clock, SITI, id, 6_000_000).await.unwrap();
        assert_eq!(approver, KETUA.to_text());
        let again = withdraw(store, &clock, SITI, id, 6_000_000).await.unwrap_err();
        assert_eq!(again.code(), "coops.approval_taken");
    });
}

#[test]
fn two_who_take_at_once_get_it_once() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let id = DocumentId::new_v7();
        ask_for(store, &clock, id).await;
        answer(store, &clock, KETUA, verdict(id, Verdict::Approve)).await.unwrap();
        let other = engine.second_server().await;
        let taken = tokio::join!(
            withdraw(store, &clock, SITI, id, 6_000_000),
            withdraw(store, &clock, WANTI, id, 6_000_000),
            withdraw(&other, &clock, SITI, id, 6_000_000),
            withdraw(&other, &clock, WANTI, id, 6_000_000),
        );
        let mut codes: Vec<&str> = [&taken.0, &taken.1, &taken.2, &taken.3]
            .iter()
            .map(|taken| taken.as_ref().map_or_else(Failure::code, |_| "taken"))
            .collect();
        codes.sort_unstable();
        assert_eq!(codes[3], "taken", "{codes:?}");
        assert!(codes[..3].iter().all(|code| *code == "coops.approval_taken"), "{codes:?}");
    });
}

#[test]
fn two_who_decide_at_once_decide_once() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let id = DocumentId::new_v7();
        ask_for(store, &clock, id).await;
        let refuse = Decide { reason: Some("Kas".into()), ..verdict(id, Verdict::Refuse) };
        let (yes, no) = tokio::join!(
            answer(store, &clock, KETUA, verdict(id, Verdict::Approve)),
            answer(store, &clock, WANTI, refuse),
        );
        let codes = [&yes, &no].map(|sent| sent.as_ref().map_or_else(Failure::code, |_| ""));
        assert!(codes.contains(&"") && codes.contains(&"coops.already_decided"), "{codes:?}");
    });
}

#[test]
fn what_expired_is_used_no_more_but_can_be_refused() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let (used, late) = (DocumentId::new_v7(), DocumentId::new_v7());
        ask_for(store, &clock, used).await;
        ask_for(store, &clock, late).await;
        answer(store, &clock, KETUA, verdict(used, Verdict::Approve)).await.unwrap();
        clock.pass(3_601);
        let stale = withdraw(store, &clock, SITI, used, 6_000_000).await.unwrap_err();
        assert_eq!(stale.code(), "coops.approval_expired");
        let yes = answer(store, &clock, KETUA, verdict(late, Verdict::Approve)).await.unwrap_err();
        assert_eq!(yes.code(), "coops.approval_expired");
        let no = Decide { reason: Some("Terlambat".into()), ..verdict(late, Verdict::Refuse) };
        answer(store, &clock, KETUA, no).await.unwrap();
        let refused = withdraw(store, &clock, SITI, late, 6_000_000).await.unwrap_err();
        assert_eq!(refused.to_string(), "Permintaan ini ditolak: Terlambat");
        assert_eq!(waiting(store, &["ketua"], KETUA).await, Vec::<String>::new());
    });
}

#[test]
fn a_yes_on_paper_is_marked_and_listed() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let id = DocumentId::new_v7();
        ask_for(store, &clock, id).await;
        let paper = Decide {
            signed_by: Some(KETUA),
            evidence: Some("ab".repeat(32)),
            ..verdict(id, Verdict::Paper)
        };
        assert_eq!(answer(store, &clock, SITI, paper).await.unwrap(), KETUA);
        withdraw(store, &clock, SITI, id, 6_000_000).await.unwrap();
        let look = async |tx: &mut Tx| -> Result<_, Failure> {
            let listed = on_paper(tx).await?;
            assert_eq!(approvals::asked_by(tx, SITI).await?, listed);
            Ok(listed)
        };
        let listed = store.read(TAMANSARI, look).await.unwrap();
        let decided = listed[0].decision.clone().unwrap();
        assert_eq!((decided.by, decided.recorded_by), (KETUA, SITI));
        assert_eq!(decided.paper, Some([0xab; 32]));
        assert!(listed[0].taken_at.is_some());
    });
}

#[test]
fn a_task_waits_for_a_role_or_a_person_and_closes_once() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let task = |subject: &str, role: Option<&str>, person, due: Option<&str>| Task {
            task_id: DocumentId::new_v7(),
            kind: "cash.count".to_owned(),
            for_role: role.map(str::to_owned),
            for_person: person,
            subject: subject.to_owned(),
            amount: None,
            link: "/kas/hitung".to_owned(),
            due_day: due.map(|day| Day::parse_iso(day).unwrap()),
        };
        let tasks = [
            task("Tanpa batas", Some("bendahara"), None, None),
            task("Hitung kas", Some("bendahara"), None, Some("2025-10-15")),
            task("Tanda tangan", None, Some(SITI), Some("2025-10-13")),
            task("Opname", Some("petugas_gudang"), None, None),
        ];
        let nobody = task("Siapa?", None, None, None);
        let first = tasks[1].task_id;
        let ctx = clock.ctx(KETUA, TAMANSARI);
        let open = async move |tx: &mut Tx| -> Result<(), Failure> {
            for task in &tasks {
                tasks::open(tx, &ctx, task).await?;
            }
            let refused = tasks::open(tx, &ctx, &nobody).await.unwrap_err();
            assert_eq!(refused.code(), "coops.nobody_addressed");
            Ok(())
        };
        store.write(TAMANSARI, open).await.unwrap();
        let all = ["Tanda tangan", "Hitung kas", "Tanpa batas"];
        assert_eq!(waiting(store, &["bendahara"], SITI).await, all);
        assert_eq!(waiting(store, &["bendahara"], WANTI).await, all[1..]);

        let ctx = clock.ctx(SITI, TAMANSARI);
        let close = async move |tx: &mut Tx| -> Result<(), Failure> {
            tasks::close(tx, &ctx, first, "cocok").await?;
            let twice = tasks::close(tx, &ctx, first, "cocok").await.unwrap_err();
            assert_eq!(twice.code(), "coops.task_closed");
            let other = tasks::close(tx, &ctx, DocumentId::new_v7(), "cocok").await.unwrap_err();
            assert_eq!(other.code(), "coops.unknown_task");
            Ok(())
        };
        store.write(TAMANSARI, close).await.unwrap();
        assert_eq!(waiting(store, &["bendahara"], SITI).await, ["Tanda tangan", "Tanpa batas"]);
    });
}
