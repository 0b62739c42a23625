//! Every event of the room posts what its comment shows, on both engines.

mod common;

use cash::CashAccount;
use common::{
    BERKAH, World, base, day, delivery, freight, good, kilos, large, line, section, units,
};
use stock::add_barcode::{self, AddBarcode};
use stock::count::{self, Count, CountLine};
use stock::late_freight::{self, LateFreight};
use stock::match_invoice::{self, InvoicedLine, MatchInvoice};
use stock::open_pack::{self, OpenPack};
use stock::opening::{self, Opening};
use stock::receive::Receive;
use stock::receive_first::{self, ReceiveFirst};
use stock::repay_talangan::{self, RepayTalangan};
use stock::write_off::{self, WriteOff};
use stock::{AccountSet, PaidBy};
use suppliers::InvoiceHead;
use testkit::{KETUA, SITI, WANTI, assert_specimen, on_both};
use values::{DocumentId, Gtin, Rupiah};

const TODAY: &str = "2025-10-14";
const RECEIVE: &str = include_str!("../src/receive.rs");

fn head(number: &str) -> InvoiceHead {
    InvoiceHead {
        invoice_id: DocumentId::new_v7(),
        supplier_id: BERKAH,
        number: Some(number.to_owned()),
        invoice_day: day(TODAY),
    }
}

#[test]
fn terima_barang_in_each_way() {
    on_both(async |engine| {
        let world = World::open(&engine, TODAY).await;
        world.add_good(1, "Beras medium", AccountSet::Shop, 50).await;
        let sack = common::line(1, units(1), 650_000);
        let sack = stock::receive::ReceiveLine { pack_id: large(1), ..sack };
        let input = Receive { lines: vec![sack], ..delivery(TODAY, 1, units(1), 0) };
        let received = world.receive(input).await.unwrap();
        assert_eq!(
            (received.lines[0].qty, received.posted.number.as_str()),
            (units(50), "TOK-20251014-001")
        );
        assert_specimen(section(RECEIVE, "Tunai"), &world.last_lines().await);
        let credit = Receive {
            paid_by: PaidBy::Credit(head("B-1")),
            freight: vec![freight("truk", 50_000, PaidBy::Cash(CashAccount::Safe.into()))],
            ..delivery(TODAY, 1, units(200), 2_720_000)
        };
        world.receive(credit).await.unwrap();
        assert_specimen(section(RECEIVE, "Kredit"), &world.last_lines().await);
        let later = Receive {
            paid_by: PaidBy::BeforeInvoice { supplier_id: BERKAH },
            ..delivery(TODAY, 1, units(100), 1_000_000)
        };
        world.receive(later).await.unwrap();
        assert_specimen(section(RECEIVE, "Nota menyusul"), &world.last_lines().await);
        let lent = Receive {
            paid_by: PaidBy::Talangan { lender: KETUA },
            ..delivery(TODAY, 1, units(200), 11_000_000)
        };
        world.receive(lent).await.unwrap();
        assert_specimen(section(RECEIVE, "Talangan"), &world.last_lines().await);
        world.holds().await;
    });
}

#[test]
fn lpg_is_bought_in_its_own_unit_and_has_no_nota_that_follows() {
    on_both(async |engine| {
        let world = World::open(&engine, TODAY).await;
        world.add_good(3, "LPG 3 kg", AccountSet::Lpg, 10).await;
        let credit = Receive {
            paid_by: PaidBy::Credit(head("L-1")),
            ..delivery(TODAY, 3, units(100), 1_600_000)
        };
        let received = world.receive(credit).await.unwrap();
        assert_eq!(received.posted.number, "LPG-20251014-001");
        assert_eq!(world.balance("21203").await, -1_600_000);
        let later = Receive {
            paid_by: PaidBy::BeforeInvoice { supplier_id: BERKAH },
            ..delivery(TODAY, 3, units(100), 1_600_000)
        };
        assert_eq!(world.receive(later).await.unwrap_err().code(), "stock.not_this_way");
        let sale = world.sell(true, 3, units(2), 38_000).await.unwrap();
        assert_eq!((sale.cost, world.balance("51103").await), (32_000, 32_000));
        world.holds().await;
    });
}

#[test]
fn cocokkan_tagihan_splits_the_difference() {
    on_both(async |engine| {
        let world = World::open(&engine, TODAY).await;
        world.add_good(1, "Gula", AccountSet::Shop, 50).await;
        let came = Receive {
            paid_by: PaidBy::BeforeInvoice { supplier_id: BERKAH },
            ..delivery(TODAY, 1, units(100), 1_000_000)
        };
        let receipt_id = came.receipt_id;
        world.receive(came).await.unwrap();
        world.clock.pass(60);
        world.sell(true, 1, units(60), 700_000).await.unwrap();
        let nota = |amount| MatchInvoice {
            head: head("C-9"),
            day: day(TODAY),
            receipt_id,
            lines: vec![InvoicedLine { line_no: 1, amount: Rupiah::new(amount) }],
        };
        let matched = world.act(SITI, match_invoice::KIND, nota(1_050_000), match_invoice::record);
        matched.await.unwrap();
        let posted = world.last_lines().await;
        assert_specimen(include_str!("../src/match_invoice.rs"), &posted);
        assert_eq!(world.balance("21202").await, 0);
        assert_eq!(world.stock(1).await, (40_000, 420_000));
        let again = world.act(SITI, match_invoice::KIND, nota(1_050_000), match_invoice::record);
        assert_eq!(again.await.unwrap_err().code(), "stock.already_invoiced");
        world.holds().await;
    });
}

#[test]
fn buka_kemasan_hitung_stok_and_barang_rusak() {
    on_both(async |engine| {
        let world = World::open(&engine, TODAY).await;
        world.add_good(1, "Beras medium", AccountSet::Shop, 50).await;
        world.add_good(2, "Mi goreng", AccountSet::Shop, 40).await;
        world.receive(delivery(TODAY, 1, units(50), 650_000)).await.unwrap();
        let sack = OpenPack {
            opening_id: DocumentId::new_v7(),
            day: day(TODAY),
            pack_id: large(1),
            packs: 1,
            shrinkage: kilos(200),
            place: "toko".to_owned(),
        };
        let opened = world.act(SITI, open_pack::KIND, sack, open_pack::record).await.unwrap();
        assert_eq!(opened.lost, Rupiah::new(2_600));
        assert_specimen(include_str!("../src/open_pack.rs"), &world.last_lines().await);
        world.receive(delivery(TODAY, 2, units(120), 390_000)).await.unwrap();
        let sheet = Count {
            count_id: DocumentId::new_v7(),
            day: day(TODAY),
            place: "toko".to_owned(),
            counted_by: WANTI,
            lines: vec![CountLine {
                good_id: good(2),
                counted: units(116),
                counted_at: world.clock.now(),
            }],
        };
        world.act(SITI, count::KIND, sheet, count::record).await.unwrap();
        assert_specimen(include_str!("../src/count.rs"), &world.last_lines().await);
        world.add_good(3, "Minyak goreng 1 L", AccountSet::Shop, 12).await;
        world.receive(delivery(TODAY, 3, units(36), 522_000)).await.unwrap();
        let leaking = WriteOff {
            write_off_id: DocumentId::new_v7(),
            day: day(TODAY),
            good_id: good(3),
            qty: units(2),
            place: "toko".to_owned(),
            batch: None,
            reason: "Bocor".to_owned(),
            report: "ab".repeat(32),
            witness: WANTI,
        };
        world.act(SITI, write_off::KIND, leaking, write_off::record).await.unwrap();
        assert_specimen(include_str!("../src/write_off.rs"), &world.last_lines().await);
        world.holds().await;
    });
}

#[test]
fn story_four_the_ketuas_own_money() {
    on_both(async |engine| {
        let world = World::open(&engine, "2025-10-13").await;
        world.add_good(1, "Beras 5 kg", AccountSet::Shop, 10).await;
        world.receive(delivery("2025-10-13", 1, units(1), 55_000)).await.unwrap();
        world.sell(false, 1, units(1), 62_500).await.unwrap();
        world.clock.set(TODAY);
        let dawn = ReceiveFirst {
            first_id: DocumentId::new_v7(),
            day: day(TODAY),
            good_id: good(1),
            qty: units(200),
            place: "toko".to_owned(),
            photo: "cd".repeat(32),
        };
        let first_id = Some(dawn.first_id);
        world.act(WANTI, receive_first::KIND, dawn, receive_first::record).await.unwrap();
        assert_eq!(world.stock(1).await, (200_000, 0));
        let (till, cost) = (world.balance("11103").await, world.balance("51101").await);
        world.clock.pass(3_600);
        assert_eq!(world.sell(true, 1, units(80), 5_000_000).await.unwrap().cost, 4_400_000);
        world.clock.pass(3_600);
        assert_eq!(world.sell(false, 1, units(40), 2_500_000).await.unwrap().cost, 2_200_000);
        world.clock.pass(3_600);
        let nota = stock::receive::ReceiveLine { first_id, ..line(1, units(200), 11_000_000) };
        let paid_by = PaidBy::Talangan { lender: KETUA };
        let paper = Receive {
            lines: vec![nota],
            paid_by: paid_by.clone(),
            ..delivery(TODAY, 1, units(1), 0)
        };
        let receipt_id = paper.receipt_id;
        world.receive(paper).await.unwrap();
        assert_specimen(section(RECEIVE, "Talangan"), &world.last_lines().await);
        assert_eq!(world.stock(1).await, (80_000, 4_400_000));
        let night = LateFreight {
            freight_id: DocumentId::new_v7(),
            day: day(TODAY),
            receipt_id,
            freight: vec![
                freight("truk", 350_000, paid_by.clone()),
                freight("kuli", 100_000, paid_by),
            ],
        };
        world.act(SITI, late_freight::KIND, night, late_freight::record).await.unwrap();
        assert_specimen(include_str!("../src/late_freight.rs"), &world.last_lines().await);
        assert_eq!(world.stock(1).await, (80_000, 4_580_000));
        let of_the_day = world.balance("51101").await + world.balance("52101").await - cost;
        assert_eq!(of_the_day - 55_000, 6_870_000);
        let back = |amount| RepayTalangan {
            day: day(TODAY),
            lender: KETUA,
            amount: Rupiah::new(amount),
            from: CashAccount::Till.into(),
        };
        let repaid = world.act(SITI, repay_talangan::KIND, back(7_000_000), repay_talangan::record);
        repaid.await.unwrap();
        assert_specimen(include_str!("../src/repay_talangan.rs"), &world.last_lines().await);
        assert_eq!(world.balance("21210").await, -4_450_000);
        assert_eq!(world.balance("11103").await - till, 500_000);
        let more = world.act(SITI, repay_talangan::KIND, back(4_450_001), repay_talangan::record);
        assert_eq!(more.await.unwrap_err().code(), "stock.more_than_lent");
        world.holds().await;
    });
}

#[test]
fn saldo_awal_and_barcodes() {
    on_both(async |engine| {
        let world = World::open(&engine, TODAY).await;
        world.add_good(1, "SPHP 5 kg", AccountSet::Shop, 10).await;
        let names = vec![ledger::Detail::new("barang", good(1).to_text(), Rupiah::new(2_200_000))];
        let books = ledger::Entry::new("test.opening", day("2025-10-01"))
            .debit_of("11701", ledger::Unit::Tok, Rupiah::new(2_200_000), names)
            .credit("31301", ledger::Unit::Pst, Rupiah::new(2_200_000));
        testkit::post(&world.store, &world.clock, testkit::TAMANSARI, books).await.unwrap();
        let forty = Opening {
            day: day("2025-10-01"),
            good_id: good(1),
            qty: units(40),
            place: "toko".to_owned(),
            expiry: Some(day("2026-04-01")),
        };
        let opened = world.act(SITI, opening::KIND, forty.clone(), opening::record).await.unwrap();
        assert_eq!(opened.value, Rupiah::new(2_200_000));
        let again = world.act(SITI, opening::KIND, forty, opening::record).await.unwrap_err();
        assert_eq!(again.code(), "stock.already_moved");
        let code = |pack_id| AddBarcode { pack_id, gtin: Gtin::parse("96385074").unwrap() };
        world.act(SITI, add_barcode::KIND, code(base(1)), add_barcode::record).await.unwrap();
        let taken = world.act(SITI, add_barcode::KIND, code(large(1)), add_barcode::record);
        let taken = taken.await.unwrap_err();
        assert_eq!(taken.code(), "stock.barcode_known");
        assert!(taken.to_string().contains("satuan SPHP 5 kg"), "{taken}");
        world.holds().await;
    });
}
