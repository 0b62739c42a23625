//! Every event of the room posts what its comment shows.

use cash::CashAccount;
use cash::grant::{self, Grant};
use ledger::lines_of;
use store::{Failure, Order, Tx};
use testkit::{Clock, SITI, TAMANSARI, assert_specimen, on_both, with_open_books};
use values::{Day, Rupiah};

#[test]
fn terima_hibah() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let first_day = Day::parse_iso("2025-10-01").unwrap();
        with_open_books(&engine.store, &clock, first_day).await.unwrap();
        let input = Grant {
            day: Day::parse_iso("2025-10-14").unwrap(),
            giver: "Pemkot Bandung".to_owned(),
            amount: Rupiah::new(25_000_000),
            into: CashAccount::Bank,
        };
        let ctx = clock.ctx(SITI, TAMANSARI);
        let order = Order::new(&ctx, grant::KIND, &input);
        let act = async move |tx: &mut Tx| grant::record(tx, &ctx, &input).await;
        let posted = engine.store.command(order, act).await.unwrap().receipt;
        assert_eq!(posted.number, "PST-20251014-001");
        let look = async move |tx: &mut Tx| -> Result<_, Failure> {
            Ok((lines_of(tx, posted.entry_no).await?, ledger::check(tx).await?))
        };
        let (lines, recount) = engine.store.read(TAMANSARI, look).await.unwrap();
        assert_specimen(include_str!("../src/grant.rs"), &lines);
        assert_eq!(recount.findings, []);
    });
}
