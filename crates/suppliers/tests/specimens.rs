//! Every event of the room posts what its comment shows, and debts are seen by age.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use cash::CashAccount;
use ledger::{Entry, Posted, Series, Unit, lines_of};
use store::{Failure, Order, Receipt, Store, Tx};
use suppliers::add::{self, AddSupplier, Added};
use suppliers::advance::{self, Advance};
use suppliers::invoice::{self, Invoice};
use suppliers::pay::{self, Pay};
use suppliers::payables::{Payable, payables_by_age};
use suppliers::{Debt, InvoiceHead, register};
use testkit::{Clock, SITI, TAMANSARI, assert_specimen, on_both, post, recount, with_open_books};
use values::{Ctx, Day, DocumentId, Rupiah, SupplierId};

const BERKAH: SupplierId = SupplierId::from_bytes(*b"ud-berkah-------");

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

/// Runs an event as Siti would.
async fn send<T: Receipt, I: serde::Serialize + Send + 'static>(
    store: &Store,
    ctx: &Ctx,
    kind: &'static str,
    input: I,
    event: impl AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
) -> Result<store::Answer<T>, Failure> {
    let (order, ctx) = (Order::new(ctx, kind, &input), *ctx);
    store.command(order, async move |tx: &mut Tx| event(tx, &ctx, &input).await).await
}

async fn lines(store: &Store, posted: &Posted) -> Vec<ledger::Line> {
    let entry_no = posted.entry_no;
    store.read(TAMANSARI, async move |tx: &mut Tx| lines_of(tx, entry_no).await).await.unwrap()
}

/// Tamansari with 5.000.000 in the bank, a supplier, and goods of 1.250.000 without a nota.
async fn world(store: &Store, clock: &Clock) {
    with_open_books(store, clock, day("2025-10-01")).await.unwrap();
    let berkah = AddSupplier {
        supplier_id: BERKAH,
        name: "UD Berkah".to_owned(),
        phone: Some("0812 3456 789".to_owned()),
        terms_days: 14,
        npwp: None,
    };
    let ctx = clock.ctx(SITI, TAMANSARI);
    let added = send(store, &ctx, add::KIND, berkah, add::record).await.unwrap().receipt;
    assert_eq!(added, Added { supplier_id: BERKAH });
    let opening = Entry::new("test.opening", day("2025-10-14"))
        .debit("11201", Unit::Pst, Rupiah::new(5_000_000))
        .credit("31105", Unit::Pst, Rupiah::new(5_000_000));
    post(store, clock, TAMANSARI, opening).await.unwrap();
    let of = |kind, subject: String, amount| {
        vec![ledger::Detail::new(kind, subject, Rupiah::new(amount))]
    };
    let came = Entry::new("test.receive", day("2025-10-14"))
        .numbered(Series::Paper(Unit::Tok))
        .debit_of("11701", Unit::Tok, Rupiah::new(1_250_000), of("barang", "x".into(), 1_250_000))
        .credit_of(
            "21202",
            Unit::Tok,
            Rupiah::new(1_250_000),
            of("pemasok", BERKAH.to_text(), 1_250_000),
        );
    post(store, clock, TAMANSARI, came).await.unwrap();
}

fn nota() -> Invoice {
    let head = InvoiceHead {
        invoice_id: DocumentId::from_bytes([2; 16]),
        supplier_id: BERKAH,
        number: Some("A-17".to_owned()),
        invoice_day: day("2025-10-13"),
    };
    let amount = Rupiah::new(1_250_000);
    Invoice { head, day: day("2025-10-14"), received: amount, amount }
}

fn payment(amount: i64, from_advance: i64, discount: i64) -> Pay {
    Pay {
        payment_id: DocumentId::new_v7(),
        day: day("2025-10-14"),
        supplier_id: BERKAH,
        debt: Debt::Shop,
        invoice_id: None,
        amount: Rupiah::new(amount),
        from_advance: Rupiah::new(from_advance),
        discount: Rupiah::new(discount),
        from: CashAccount::Bank.into(),
    }
}

async fn payables(store: &Store, on: &str) -> Vec<Payable> {
    let on = day(on);
    let ask = async move |tx: &mut Tx| payables_by_age(tx, on).await;
    store.read(TAMANSARI, ask).await.unwrap()
}

#[test]
fn each_event_posts_what_its_comment_shows() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        world(store, &clock).await;
        let ctx = || clock.ctx(SITI, TAMANSARI);
        let posted = send(store, &ctx(), invoice::KIND, nota(), invoice::record).await.unwrap();
        assert_specimen(include_str!("../src/invoice.rs"), &lines(store, &posted.receipt).await);
        let given = Advance {
            day: day("2025-10-14"),
            supplier_id: BERKAH,
            debt: Debt::Shop,
            amount: Rupiah::new(1_100_000),
            from: CashAccount::Bank.into(),
            what: "DO 20 karung".to_owned(),
        };
        let posted = send(store, &ctx(), advance::KIND, given, advance::record).await.unwrap();
        assert_specimen(include_str!("../src/advance.rs"), &lines(store, &posted.receipt).await);
        let paid = payment(1_000_000, 225_000, 25_000);
        let posted = send(store, &ctx(), pay::KIND, paid, pay::record).await.unwrap();
        assert_specimen(include_str!("../src/pay.rs"), &lines(store, &posted.receipt).await);
        assert_eq!(payables(store, "2025-10-14").await, []);
        let rows = store.read(TAMANSARI, async |tx: &mut Tx| register::register(tx).await);
        let rows = rows.await.unwrap();
        assert_eq!((rows[0].owed, rows[0].advance), (Rupiah::ZERO, Rupiah::new(875_000)));
        assert_eq!(recount(store, TAMANSARI).await.findings, []);
    });
}

#[test]
fn a_debt_grows_old_and_is_paid_once() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        world(store, &clock).await;
        let ctx = || clock.ctx(SITI, TAMANSARI);
        send(store, &ctx(), invoice::KIND, nota(), invoice::record).await.unwrap();
        let twice = Invoice {
            head: InvoiceHead { invoice_id: DocumentId::new_v7(), ..nota().head },
            ..nota()
        };
        let refused = send(store, &ctx(), invoice::KIND, twice, invoice::record).await.unwrap_err();
        assert_eq!(refused.code(), "suppliers.number_known");
        let age = async |on| {
            let rows = payables(store, on).await;
            (rows[0].by_age.map(Rupiah::get), rows[0].overdue.get())
        };
        assert_eq!(age("2025-10-27").await, ([1_250_000, 0, 0, 0], 0));
        assert_eq!(age("2025-11-12").await, ([1_250_000, 0, 0, 0], 1_250_000));
        assert_eq!(age("2025-11-13").await, ([0, 1_250_000, 0, 0], 1_250_000));
        assert_eq!(age("2026-02-01").await, ([0, 0, 0, 1_250_000], 1_250_000));
        let (first, part) = (ctx(), payment(1_200_000, 0, 0));
        for repeated in [false, true] {
            let answer = send(store, &first, pay::KIND, part.clone(), pay::record).await.unwrap();
            assert_eq!(answer.repeated, repeated);
        }
        let rest = |amount| send(store, &first, pay::KIND, payment(amount, 0, 0), pay::record);
        assert_eq!(rest(50_000).await.unwrap_err().code(), "request.other_content");
        assert_eq!(age("2025-10-27").await.0[0], 50_000);
        let (one, other) = (ctx(), ctx());
        let (one, other) = futures_util::join!(
            send(store, &one, pay::KIND, payment(50_000, 0, 0), pay::record),
            send(store, &other, pay::KIND, payment(50_000, 0, 0), pay::record),
        );
        let codes = [one, other].map(|answer| answer.map_or_else(|no| no.code(), |_| "paid"));
        assert!(codes.contains(&"paid") && codes.contains(&"suppliers.more_than_owed"));
        assert_eq!(payables(store, "2025-10-27").await, []);
        assert_eq!(recount(store, TAMANSARI).await.findings, []);
    });
}

#[test]
fn a_supplier_is_written_down_once() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        world(store, &clock).await;
        let again = AddSupplier {
            supplier_id: SupplierId::new_v7(),
            name: "U.D. BERKAH".to_owned(),
            phone: None,
            terms_days: 0,
            npwp: None,
        };
        let ctx = clock.ctx(SITI, TAMANSARI);
        let refused = send(store, &ctx, add::KIND, again, add::record).await.unwrap_err();
        assert_eq!(refused.code(), "suppliers.name_known");
        assert!(refused.to_string().contains("UD Berkah"));
    });
}
