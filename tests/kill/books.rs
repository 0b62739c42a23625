//! Grants that are posted, and what must hold of them after a kill.

use std::collections::{BTreeMap, BTreeSet};

use cash::CashAccount;
use cash::grant::{self, Grant};
use ledger::{Posted, Stretch, trial_balance};
use store::{Answer, Failure, Order, Store, Tx};
use testkit::{Clock, SITI, TAMANSARI, recount, with_books};
use values::{CoopId, Ctx, Day, Instant, RequestId, Rupiah};

/// Callers at the same time.
pub(super) const CALLERS: i64 = 16;
/// Two cooperatives: on PostgreSQL two lanes.
pub(super) const COOPS: [CoopId; 2] = [TAMANSARI, CoopId::new(327_301_100_102)];
const DAY: &str = "2025-10-14";

/// A grant that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sent {
    pub(super) coop: CoopId,
    pub(super) request: RequestId,
    pub(super) rupiah: i64,
}

/// What its sender was told: number and hash.
pub(super) type Told = BTreeMap<RequestId, (i64, String)>;

/// How often to kill.
pub(super) fn rounds() -> u32 {
    let told = std::env::var("LUMBUNG_KILL_ROUNDS").ok();
    told.map_or(20, |rounds| rounds.parse().expect("LUMBUNG_KILL_ROUNDS is a number"))
}

pub(super) async fn open_books(store: &Store) {
    for coop in COOPS {
        with_books(store, &Clock::at(DAY), coop, "2025-01-01").await;
    }
}

/// The next grant of a caller.
pub(super) fn next(caller: i64) -> Sent {
    let coop = COOPS[usize::try_from(caller).unwrap() % COOPS.len()];
    Sent { coop, request: RequestId::new_v7(), rupiah: 1_000 + caller }
}

/// Sends it; a second time it is the same message.
pub(super) async fn send(store: &Store, sent: Sent) -> Result<Answer<Posted>, Failure> {
    let at: Instant = Clock::at(DAY).now();
    let ctx = Ctx { person: SITI, coop: sent.coop, at, request: sent.request };
    let input = Grant {
        day: Day::parse_iso(DAY).unwrap(),
        giver: "Pemkot Bandung".to_owned(),
        amount: Rupiah::new(sent.rupiah),
        into: CashAccount::Bank,
    };
    let order = Order::new(&ctx, grant::KIND, &input);
    let act = async move |tx: &mut Tx| grant::record(tx, &ctx, &input).await;
    store.command(order, act).await
}

/// All that was sent is sent again: who had an answer gets the same, nobody has a second effect.
pub(super) async fn send_again(store: &Store, sent: impl Iterator<Item = Sent>, told: &mut Told) {
    let mut running = Vec::new();
    for one in sent {
        let store = store.clone();
        running.push(tokio::spawn(async move { (one, send(&store, one).await) }));
        // As many at once as there were callers, and some more.
        if running.len() == 200 {
            settle(std::mem::take(&mut running), told).await;
        }
    }
    settle(running, told).await;
}

type Running = Vec<tokio::task::JoinHandle<(Sent, Result<Answer<Posted>, Failure>)>>;

async fn settle(running: Running, told: &mut Told) {
    for one in running {
        let (sent, answer) = one.await.unwrap();
        let answer = answer.unwrap();
        let now = (answer.receipt.entry_no, answer.receipt.hash);
        match told.get(&sent.request) {
            Some(before) => assert_eq!((before, answer.repeated), (&now, true), "{sent:?}"),
            None => drop(told.insert(sent.request, now)),
        }
    }
}

/// The journal holds each grant that anybody sent, once, as its sender was told, and nothing else;
/// the chain verifies and the books balance.
pub(super) async fn assert_all_stands(store: &Store, sent: &BTreeSet<Sent>, told: &Told) {
    for coop in COOPS {
        let recount = recount(store, coop).await;
        assert!(recount.findings.is_empty(), "{:?}", recount.findings);
        let stands = journal(store, coop).await;
        let wanted: Vec<_> = sent.iter().filter(|sent| sent.coop == coop).collect();
        assert_eq!(stands.len(), wanted.len(), "one entry for each grant");
        for sent in wanted {
            assert_eq!(stands.get(&sent.request), told.get(&sent.request), "{sent:?}");
        }
        let ask = async |tx: &mut Tx| trial_balance(tx, Stretch::ALL).await;
        let balances = store.read(coop, ask).await.unwrap();
        let debit = Rupiah::total(balances.iter().map(|balance| balance.debit())).unwrap();
        let credit = Rupiah::total(balances.iter().map(|balance| balance.credit())).unwrap();
        let given = wanted_sum(sent, coop);
        assert_eq!((debit, credit), (given, given));
    }
}

fn wanted_sum(sent: &BTreeSet<Sent>, coop: CoopId) -> Rupiah {
    let of_coop = sent.iter().filter(|sent| sent.coop == coop);
    Rupiah::total(of_coop.map(|sent| Rupiah::new(sent.rupiah))).unwrap()
}

async fn journal(store: &Store, coop: CoopId) -> Told {
    let ask = async |tx: &mut Tx| -> Result<Vec<(RequestId, i64, Vec<u8>)>, Failure> {
        let all = "select request_id, entry_no, hash from entries where coop_id = $1";
        Ok(tx.all(all, &[]).await?)
    };
    let rows = store.read(coop, ask).await.unwrap();
    let count = rows.len();
    let told: Told =
        rows.into_iter().map(|(request, no, hash)| (request, (no, hex::encode(hash)))).collect();
    assert_eq!(told.len(), count, "no request has two entries");
    told
}
