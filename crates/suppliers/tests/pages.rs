//! Suppliers over HTTP on both engines.

use access::{Role, factor};
use testkit::{Clock, KETUA, SITI, Speaker, TAMANSARI, WANTI, hire, on_both, shell, with_books};

#[test]
fn who_may_writes_a_supplier_down_and_who_may_not_sees_or_does_less() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-10-01").await;
        let hired = [
            (SITI, "siti", Role::Bendahara),
            (WANTI, "wanti", Role::Kasir),
            (KETUA, "asep", Role::Ketua),
        ];
        for (person, name, role) in hired {
            hire(store, &clock, person, name, role, TAMANSARI).await.unwrap();
        }
        let routes = access::routes().and(suppliers::routes());
        let mut siti = Speaker::new(access::router(shell(store, &clock), &routes));
        let (mut wanti, mut asep) = (siti.clone(), siti.clone());
        siti.sign_in("siti").await;
        wanti.sign_in("wanti").await;
        asep.sign_in("asep").await;
        let codes = factor::print_card(store, KETUA, clock.now()).await.unwrap();
        let (page, action) = ("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim");
        asep.fill(page, action, &[("code", &codes[0])]).await;

        let (page, action) = ("/pemasok/tambah", "/pemasok/tambah/kirim");
        let fields = |name, phone| [("name", name), ("phone", phone), ("terms_days", "7")];
        let told = siti.fill(page, action, &fields("Toko Ibu Ros", "bukan nomor")).await;
        assert!(told.status == 422 && told.body.contains("tidak dikenali"), "{}", told.body);
        assert!(told.body.contains("value=\"Toko Ibu Ros\""), "{}", told.body);
        let told = siti.fill(page, action, &fields("Toko Ibu Ros", "")).await;
        let supplier = told.location().strip_suffix("?baru=1").unwrap().to_owned();
        let told = siti.fill(page, action, &fields("toko ibu ros", "")).await;
        assert!(told.body.contains("Pemasok Toko Ibu Ros sudah terdaftar"), "{}", told.body);

        let shown = siti.get(&format!("{supplier}?baru=1")).await;
        assert!(
            shown.body.contains("Pemasok terdaftar.") && shown.body.contains("Tidak ada utang")
        );
        assert!(!shown.body.contains("/bayar"), "nothing is owed");
        assert!(asep.get(&supplier).await.body.contains("Toko Ibu Ros"));
        assert_eq!(asep.get(page).await.status, 403, "the ketua looks");
        assert_eq!(wanti.get("/pemasok").await.status, 403);
        let nobody = "/pemasok/00000000-0000-7000-8000-000000000000";
        assert_eq!(siti.get(nobody).await.status, 404);
        assert_eq!(siti.get("/pemasok/x").await.status, 404);
    });
}
