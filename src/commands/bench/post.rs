//! `post`: one entry of four lines, as a sale of three goods makes it, and nothing else.

use ledger::{Detail, Entry, Series, Unit};
use store::{Failure, Order, Store, Tx};
use values::{Day, Rupiah};

use super::workload::{Workload, coop, ctx, found, today};

pub(super) const WORKLOAD: Workload = Workload {
    name: "post",
    set_up: |store| Box::pin(async move { found(&store).await }),
    act: |store, number| Box::pin(async move { send(&store, number, number, today()).await }),
    count: 10_000,
};

/// Goods on the shelf.
const GOODS: usize = 100;

/// Posts an entry for the cooperative with this number.
pub(super) async fn send(
    store: &Store,
    place: usize,
    number: usize,
    day: Day,
) -> Result<(), Failure> {
    let ctx = ctx(coop(place));
    let order = Order::new(&ctx, "bench.post", &number);
    let act = async move |tx: &mut Tx| ledger::post(tx, &ctx, entry(number, day)).await;
    store.command(order, act).await.map(drop)
}

fn entry(number: usize, day: Day) -> Entry {
    let (price, cost) = (Rupiah::new(29_500), Rupiah::new(26_018));
    let parts = [Rupiah::new(10_000), Rupiah::new(9_000), Rupiah::new(7_018)];
    let goods = parts.iter().enumerate().map(|(place, part)| {
        Detail::new("barang", format!("barang-{:04}", (number * 3 + place) % GOODS), *part)
    });
    Entry::new("bench.post", day)
        .numbered(Series::Paper(Unit::Tok))
        .noted("Penjualan tunai")
        .debit("11103", Unit::Tok, price)
        .credit("41101", Unit::Tok, price)
        .debit("51101", Unit::Tok, cost)
        .credit_of("11701", Unit::Tok, cost, goods.collect())
}
