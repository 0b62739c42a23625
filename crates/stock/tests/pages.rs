//! Goods over HTTP on both engines: from a supplier and a pack to a paid nota and a count.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use access::Role;
use coops::{parameters, registry};
use ledger::{Entry, Unit};
use store::{Failure, Tx};
use testkit::{
    Clock, Engine, KETUA, SITI, Speaker, TAMANSARI, Told, WANTI, hire, on_both, post, recount,
    shell, with_books,
};
use values::{CoopId, Rupiah};

const PIECE: &str = "8998866200301";
const DUS: &str = "8998866200998";

/// Siti and Wanti before their screens; ten million in the safe.
struct Desk {
    siti: Speaker,
    wanti: Speaker,
}

impl Desk {
    async fn of(engine: &Engine) -> Desk {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        let at = clock.now();
        let seed = async move |tx: &mut Tx| -> Result<(), Failure> {
            registry::seed(tx).await?;
            parameters::seed(tx, at).await?;
            Ok(())
        };
        store.write(CoopId::new(0), seed).await.unwrap();
        with_books(store, &clock, TAMANSARI, "2025-10-01").await;
        let amount = Rupiah::new(10_000_000);
        let grant = Entry::new("test.grant", clock.ctx(SITI, TAMANSARI).day())
            .debit("11101", Unit::Pst, amount)
            .credit("31105", Unit::Pst, amount);
        post(store, &clock, TAMANSARI, grant).await.unwrap();
        let hired = [
            (SITI, "siti", Role::Bendahara),
            (WANTI, "wanti", Role::Kasir),
            (KETUA, "asep", Role::Ketua),
        ];
        for (person, name, role) in hired {
            hire(store, &clock, person, name, role, TAMANSARI).await.unwrap();
        }
        let routes = access::routes().and(suppliers::routes()).and(stock::routes());
        let mut siti = Speaker::new(access::router(shell(store, &clock), &routes));
        let mut wanti = siti.clone();
        siti.sign_in("siti").await;
        wanti.sign_in("wanti").await;
        Desk { siti, wanti }
    }

    /// Registers UD Berkah Jaya, two weeks to pay; gives its address.
    async fn supplier(&mut self) -> String {
        let fields = [("name", "UD Berkah Jaya"), ("phone", "0812-1111-222"), ("terms_days", "14")];
        let told = self.siti.fill("/pemasok/tambah", "/pemasok/tambah/kirim", &fields).await;
        let address = told.location().strip_suffix("?baru=1");
        address.unwrap_or_else(|| panic!("a supplier: {}", told.body)).to_owned()
    }

    /// Registers noodles by the piece and by the dus of forty; gives their address.
    async fn noodles(&mut self) -> String {
        let fields = [
            ("name", "Mi Goreng"),
            ("base_unit", "pcs"),
            ("accounts", "shop"),
            ("sellable", "1"),
            ("reorder", "40"),
            ("barcodes", PIECE),
        ];
        let told = self.siti.fill("/barang/tambah", "/barang/tambah/kirim", &fields).await;
        let address = told.location().strip_suffix("?baru=1").unwrap_or_default().to_owned();
        assert!(address.starts_with("/barang/"), "{}", told.body);
        let fields = [("name", "dus"), ("factor", "40"), ("barcodes", DUS)];
        let told = self.pack(&address, &fields).await;
        assert_eq!(told.location(), format!("{address}?baru=kemasan"), "{}", told.body);
        address
    }

    async fn pack(&mut self, good: &str, fields: &[(&str, &str)]) -> Told {
        self.siti.fill(&format!("{good}/kemasan"), &format!("{good}/kemasan/kirim"), fields).await
    }

    /// Receives five dus with their nota, the truck paid from the safe.
    async fn receive(&mut self, supplier: &str, amount: &str) -> Told {
        let credit = format!("credit:{}", supplier.strip_prefix("/pemasok/").unwrap());
        let fields = [
            ("pack_1", "mi goreng dus"),
            ("packs_1", "5"),
            ("amount_1", amount),
            ("paid_by", credit.as_str()),
            ("number", "A-17"),
            ("freight", "40rb"),
            ("freight_by", "cash:11101"),
            ("received_day", "2025-10-14"),
            ("place", "toko"),
        ];
        self.siti.fill("/barang/terima", "/barang/terima/kirim", &fields).await
    }
}

#[test]
fn from_a_new_supplier_to_a_nota_half_paid() {
    on_both(async |engine| {
        let mut desk = Desk::of(&engine).await;
        assert!(desk.siti.get("/barang").await.body.contains("Belum ada barang."));
        assert!(desk.siti.get("/pemasok").await.body.contains("Belum ada pemasok."));
        let supplier = desk.supplier().await;
        let good = desk.noodles().await;

        let refused = desk.receive(&supplier, "1,250").await;
        assert!(refused.status == 422 && refused.body.contains("bisa berarti"), "{}", refused.body);
        for typed in ["mi goreng dus", "1,250", "A-17", "40rb", "2025-10-14"] {
            assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{typed} is kept");
        }
        assert!(refused.body.contains("= 200 pcs"), "{}", refused.body);

        let done = desk.receive(&supplier, "560rb").await;
        assert!(done.location().contains("?nomor=TOK-20251014-"), "{}", done.body);
        let receipt = desk.siti.get(done.location()).await;
        for shown in ["200 pcs", "600.000", "40.000", "Rp 3.000"] {
            assert!(receipt.body.contains(shown), "{shown}: {}", receipt.body);
        }
        let twice = desk.receive(&supplier, "560rb").await;
        assert!(twice.body.contains("Nota A-17 dari pemasok ini sudah dicatat"), "{}", twice.body);
        let goods = desk.siti.get("/barang?cari=mi").await;
        assert!(goods.body.contains("200 pcs") && goods.body.contains("600.000"), "{}", goods.body);
        let scanned = desk.siti.get(&format!("/barang?cari={DUS}")).await;
        assert_eq!(scanned.location(), good);

        pay_half(&mut desk, &supplier).await;
        assert_eq!(recount(&engine.store, TAMANSARI).await.findings, []);
    });
}

async fn pay_half(desk: &mut Desk, supplier: &str) {
    let pay = format!("{supplier}/bayar");
    let fields =
        |amount| [("what", "21201"), ("amount", amount), ("from", "11101"), ("day", "2025-10-14")];
    let more = desk.siti.fill(supplier, &pay, &fields("600.000")).await;
    assert_eq!(more.status, 422);
    assert!(more.body.contains("tidak dapat dibayar Rp 600.000"), "{}", more.body);
    assert!(more.body.contains("value=\"600.000\""), "what was typed is still there");
    let paid = desk.siti.fill(supplier, &pay, &fields("280.000")).await;
    assert!(paid.location().starts_with(&format!("{supplier}?nomor=")), "{}", paid.body);
    let shown = desk.siti.get(supplier).await;
    assert!(shown.body.contains("Rp 280.000") && shown.body.contains("28 Okt 2025"));
    let list = desk.siti.get("/pemasok").await;
    assert!(list.body.contains("UD Berkah Jaya") && list.body.contains("280.000"));
}

#[test]
fn a_barcode_belongs_to_one_pack_and_a_name_to_one_good() {
    on_both(async |engine| {
        let mut desk = Desk::of(&engine).await;
        let good = desk.noodles().await;
        let taken = format!("Barcode {PIECE} sudah dipakai untuk pcs Mi Goreng.");
        let fields = [("name", "ball"), ("factor", "3/50"), ("barcodes", PIECE)];
        let told = desk.pack(&good, &fields).await;
        assert!(told.status == 422 && told.body.contains(&taken), "{}", told.body);
        assert!(told.body.contains("value=\"ball\"") && told.body.contains("value=\"3/50\""));
        let told = desk.pack(&good, &[("name", "ball"), ("factor", "0,5")]).await;
        assert!(told.status == 422 && told.body.contains("bukan isi kemasan"), "{}", told.body);
        let (page, action) = (format!("{good}/barcode"), format!("{good}/barcode/kirim"));
        let pack = desk.siti.get(&page).await;
        let pack = pack.body.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap();
        let fields = |gtin| [("pack_id", pack), ("barcodes", gtin)];
        let told = desk.siti.fill(&page, &action, &fields(PIECE)).await;
        assert!(told.status == 422 && told.body.contains(&taken), "{}", told.body);
        let told = desk.siti.fill(&page, &action, &fields("8998866200302")).await;
        assert!(told.body.contains("seharusnya 1"), "{}", told.body);
        let told = desk.siti.fill(&page, &action, &fields("8992222051378")).await;
        assert_eq!(told.location(), format!("{good}?baru=barcode"), "{}", told.body);
        let fields = [
            ("name", "MI GORENG"),
            ("base_unit", "pcs"),
            ("accounts", "shop"),
            ("ceiling_key", "minyakita"),
        ];
        let told = desk.siti.fill("/barang/tambah", "/barang/tambah/kirim", &fields).await;
        assert!(told.status == 422 && told.body.contains("sudah terdaftar"), "{}", told.body);
        assert!(told.body.contains("value=\"minyakita\" selected"), "{}", told.body);
        let made_up =
            [("name", "X"), ("base_unit", "kg"), ("accounts", "shop"), ("ceiling_key", "nonsense")];
        let told = desk.siti.fill("/barang/tambah", "/barang/tambah/kirim", &made_up).await;
        assert!(told.body.contains("Pilih batas harga dari daftar."), "{}", told.body);
    });
}

#[test]
fn a_cashier_receives_without_seeing_what_anything_costs() {
    on_both(async |engine| {
        let mut desk = Desk::of(&engine).await;
        let supplier = desk.supplier().await;
        let good = desk.noodles().await;
        let receipt = desk.receive(&supplier, "560rb").await.location().to_owned();
        for address in ["/barang", good.as_str(), "/barang/hitung", "/barang/tambah", "/pemasok"] {
            assert_eq!(desk.wanti.get(address).await.status, 403, "{address}");
        }
        let seen = desk.wanti.get(&receipt).await;
        assert!(seen.body.contains("200 pcs"), "{}", seen.body);
        assert!(!seen.body.contains("600.000") && !seen.body.contains("3.000"), "{}", seen.body);
        let lent = format!("lent:{KETUA}");
        let fields = |paid_by| {
            [
                ("pack_1", PIECE),
                ("packs_1", "10"),
                ("amount_1", "31.000"),
                ("paid_by", paid_by),
                ("received_day", "2025-10-14"),
                ("place", "toko"),
            ]
        };
        let (page, action) = ("/barang/terima", "/barang/terima/kirim");
        let safe = desk.wanti.fill(page, action, &fields("cash:11101")).await;
        assert!(safe.status == 422 && safe.body.contains("Pilih bagaimana barangnya dibayar."));
        assert!(safe.body.contains("= 10 pcs") && !safe.body.contains("Rp 3.100"), "{}", safe.body);
        let done = desk.wanti.fill(page, action, &fields(&lent)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let card = desk.siti.get(&good).await;
        assert!(card.body.contains("210 pcs") && card.body.contains("631.000"), "{}", card.body);
        assert_eq!(recount(&engine.store, TAMANSARI).await.findings, []);
    });
}

#[test]
fn what_is_missing_at_a_count_is_told_with_its_cost() {
    on_both(async |engine| {
        let mut desk = Desk::of(&engine).await;
        let supplier = desk.supplier().await;
        let good = desk.noodles().await;
        desk.receive(&supplier, "560rb").await;
        let (id, wanti) = (good.strip_prefix("/barang/").unwrap().to_owned(), WANTI.to_text());
        let page = format!("/barang/hitung?barang={id}");
        let blind = desk.siti.get(&page).await;
        assert!(!blind.body.contains("200 pcs"), "the count is blind: {}", blind.body);
        assert!(!blind.body.contains(&SITI.to_text()), "who records does not count");
        let fields = |qty, hour| {
            [
                ("good_id", id.as_str()),
                ("qty", qty),
                ("counted_by", wanti.as_str()),
                ("counted_at", hour),
                ("place", "toko"),
            ]
        };
        let told = desk.siti.fill(&page, "/barang/hitung/kirim", &fields("198", "23:00")).await;
        assert!(told.status == 422 && told.body.contains("Jam itu belum tiba"), "{}", told.body);
        assert!(told.body.contains("value=\"198\""), "{}", told.body);
        let told = desk.siti.fill(&page, "/barang/hitung/kirim", &fields("198", "")).await;
        assert!(told.location().starts_with(&format!("{good}?hitungan=")), "{}", told.body);
        let shown = desk.siti.get(told.location()).await;
        assert!(shown.body.contains("selisih -2 pcs, -Rp 6.000"), "{}", shown.body);
        assert_eq!(recount(&engine.store, TAMANSARI).await.findings, []);
        let check = async |tx: &mut Tx| stock::check(tx).await;
        assert_eq!(engine.store.read(TAMANSARI, check).await.unwrap(), []);
    });
}
