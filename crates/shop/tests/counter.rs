//! The counter, the receipt and a stranger's question, over HTTP on both engines.

#![allow(clippy::unwrap_used, reason = "a test ends where its world cannot be made")]

mod world;

use access::Role;
use store::{Failure, Tx};
use testkit::{SITI, Speaker, WANTI, hire, on_both, recount, shell};
use world::{COOP, Shelf, World};

const CART: &str = "00000000-0000-7000-8000-0000000000aa";

/// The shop with SPHP on the shelf, a cashier who signed in, and the shop's router.
async fn at_the_counter(engine: &testkit::Engine) -> (World, Speaker) {
    let world = World::new(engine).await;
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
    world.stock_up(shelf).await;
    for (person, name, role) in [(WANTI, "wanti", Role::Kasir), (SITI, "siti", Role::Bendahara)] {
        hire(&world.store, &world.clock, person, name, role, COOP).await.unwrap();
    }
    let routes = shop::routes().and(access::routes());
    let router = access::router(shell(&world.store, &world.clock), &routes);
    let mut wanti = Speaker::new(router);
    wanti.sign_in("wanti").await;
    (world, wanti)
}

#[test]
fn two_packs_for_a_member_from_the_scan_to_the_strangers_question() {
    on_both(async |engine| {
        let (world, mut wanti) = at_the_counter(&engine).await;
        let empty = wanti.get("/kasir").await;
        assert!(empty.body.contains("Keranjang kosong"), "{}", empty.body);
        let scan = format!("/kasir?id={CART}&anggota=42&cari=sphp&jumlah=2");
        let scanned = wanti.get(&scan).await;
        assert_eq!(scanned.status, 303, "{}", scanned.body);
        let address = scanned.location().to_owned();
        let cart = wanti.get(&address).await;
        assert!(cart.body.contains("Rp 125.000") && cart.body.contains("Euis"), "{}", cart.body);
        let pack = cart.hidden("/kasir/bayar", "b");
        let mut fields = vec![("id", CART), ("anggota", "42"), ("b", pack.as_str()), ("q", "2")];
        fields.push(("tendered", "100rb"));
        let short = wanti.fill(&address, "/kasir/bayar", &fields).await;
        assert_eq!(short.status, 422);
        assert!(short.body.contains("kurang dari yang harus dibayar"), "{}", short.body);
        assert!(short.body.contains("value=\"100rb\""), "what was typed is still there");
        *fields.last_mut().unwrap() = ("tendered", "150rb");
        let paid = wanti.fill(&address, "/kasir/bayar", &fields).await;
        assert_eq!(paid.location(), format!("/struk/{CART}?baru=1"), "{}", paid.body);
        let again = wanti.fill(&address, "/kasir/bayar", &fields).await;
        assert_eq!(again.location(), paid.location());
        let receipt = wanti.get(paid.location()).await;
        assert!(receipt.body.contains("K043-A1-01-000001") && receipt.body.contains("Rp 25.000"));
        let check = receipt.body.split("/cek/").nth(1).unwrap();
        let code: String =
            check.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let stranger = Speaker::new(access::router(
            shell(&world.store, &world.clock),
            &shop::routes().and(access::routes()),
        ));
        let told = stranger.get(&format!("/cek/{code}")).await;
        assert!(told.body.contains("tercatat dan tidak berubah"), "{}", told.body);
        assert!(!told.body.contains("Euis") && !told.body.contains("SPHP"));
        let unknown = stranger.get("/cek/K043-00000000000000000000").await;
        assert_eq!(unknown.status, 404);
        assert_eq!(recount(&engine.store, COOP).await.findings, []);
    });
}

#[test]
fn goods_come_back_from_the_receipt_and_not_more_than_were_sold() {
    on_both(async |engine| {
        let (world, mut wanti) = at_the_counter(&engine).await;
        let address = format!("/kasir?id={CART}&cari=sphp");
        let address = wanti.get(&address).await.location().to_owned();
        let pack = wanti.get(&address).await.hidden("/kasir/bayar", "b");
        let fields = [("id", CART), ("b", pack.as_str()), ("q", "1")];
        wanti.fill(&address, "/kasir/bayar", &fields).await;
        let page = format!("/struk/{CART}/kembali");
        let action = format!("/struk/{CART}/kembali/kirim");
        let told = wanti.fill(&page, &action, &[("qty-1", "1"), ("reason", "")]).await;
        assert!(told.status == 422 && told.body.contains("Tuliskan alasan"), "{}", told.body);
        let told = wanti.fill(&page, &action, &[("qty-1", "2"), ("reason", "salah ambil")]).await;
        assert!(told.status == 422 && told.body.contains("paling banyak 5"), "{}", told.body);
        let told = wanti.fill(&page, &action, &[("qty-1", "1"), ("reason", "salah ambil")]).await;
        assert!(told.status == 422 && told.body.contains("Minta persetujuan"), "{}", told.body);
        let left = async |tx: &mut Tx| -> Result<_, Failure> { ledger::balance(tx, "11103").await };
        assert_eq!(world.store.read(COOP, left).await.unwrap().get(), 62_500);
    });
}

#[test]
fn a_price_above_the_ceiling_is_refused_with_its_citation_and_nothing_is_lost() {
    on_both(async |engine| {
        let (world, wanti) = at_the_counter(&engine).await;
        let mut siti = Speaker::new(access::router(
            shell(&world.store, &world.clock),
            &shop::routes().and(access::routes()),
        ));
        siti.sign_in("siti").await;
        let page = siti.get("/harga?cari=sphp").await;
        let pack = page.body.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap();
        let fields = [("pack", pack), ("price", "63.000"), ("cari", "sphp")];
        let told = siti.fill("/harga?cari=sphp", "/harga/pasang", &fields).await;
        assert_eq!(told.status, 422);
        assert!(told.body.contains("di atas HET Rp 12.500"), "{}", told.body);
        assert!(told.body.contains("value=\"63.000\""));
        let fields = [("pack", pack), ("price", "62.000"), ("cari", "sphp")];
        assert_eq!(siti.fill("/harga?cari=sphp", "/harga/pasang", &fields).await.status, 303);
        assert!(wanti.get("/harga?cari=sphp").await.body.contains("62.000"));
        assert_eq!(wanti.get("/laporan/neraca").await.status, 404);
    });
}
