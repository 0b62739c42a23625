//! Whom a shop buys from, what they bring, and how they get their money.

use cash::CashAccount;
use stock::match_invoice::{self, InvoicedLine, MatchInvoice};
use stock::receive::{self, Receive, ReceiveLine};
use stock::{Freight, PaidBy, SHOP_FLOOR};
use store::Failure;
use suppliers::add::{self, AddSupplier};
use suppliers::pay::{self, Pay};
use suppliers::{Debt, InvoiceHead};
use values::{Day, DocumentId, Quantity, Rupiah, SupplierId};

use crate::desk::Desk;
use crate::money::Money;
use crate::names;
use crate::shelves::Shelf;
use crate::staff::Staff;

/// One supplier, invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Supplier {
    pub(crate) key: &'static str,
    name: &'static str,
    terms_days: i64,
    /// Days between two deliveries.
    every_days: i32,
}

const fn supplier(
    key: &'static str,
    name: &'static str,
    terms_days: i64,
    every_days: i32,
) -> Supplier {
    Supplier { key, name, terms_days, every_days }
}

/// All of them, by the key that stands with the goods.
pub(crate) const SUPPLIERS: [Supplier; 7] = [
    supplier("bulog", "Gudang Pangan Contoh", 0, 7),
    supplier("beras", "Beras Cihamerang Jaya", 14, 7),
    supplier("grosir", "Grosir Sumber Rejeki", 14, 5),
    supplier("mie", "Agen Mi Priangan", 7, 4),
    supplier("segar", "Tani Lembang Segar", 0, 2),
    supplier("lpg", "Agen LPG Melati", 0, 3),
    supplier("sabun", "Distributor Bersih Wangi", 30, 14),
];

/// Days of goods that are ordered, and below how many days of them a shelf is filled.
const FILL_DAYS: i64 = 10;
const LOW_DAYS: i64 = 6;

/// The suppliers of one shop and what stands between them.
#[derive(Debug, Default)]
pub(crate) struct Supply {
    known: Vec<Known>,
    debts: Vec<Owed>,
    awaited: Vec<Awaited>,
    nota_no: i64,
}

#[derive(Debug)]
struct Known {
    supplier: Supplier,
    id: SupplierId,
    last_day: Option<Day>,
}

/// A nota that is to be paid.
#[derive(Debug)]
struct Owed {
    supplier_id: SupplierId,
    invoice_id: DocumentId,
    amount: i64,
    pay_day: Day,
}

/// Goods whose nota will follow.
#[derive(Debug)]
struct Awaited {
    supplier: Supplier,
    supplier_id: SupplierId,
    receipt_id: DocumentId,
    amounts: Vec<Rupiah>,
    nota_day: Day,
}

/// What a supplier brings.
struct Load {
    lines: Vec<ReceiveLine>,
    amount: i64,
}

impl Supply {
    /// Writes down the suppliers of the goods that the shop has.
    pub(crate) async fn write_down(
        desk: &mut Desk,
        staff: &Staff,
        shelves: &[Shelf],
    ) -> Result<Supply, Failure> {
        let mut supply = Supply::default();
        for supplier in SUPPLIERS {
            if !shelves.iter().any(|shelf| shelf.goods.supplier == supplier.key) {
                continue;
            }
            desk.pass(60, 200);
            let id = SupplierId::from_bytes(desk.id());
            let phone = names::phone(desk.dice.between(90_000_000, 99_999_999));
            let input = AddSupplier {
                supplier_id: id,
                name: supplier.name.to_owned(),
                phone: Some(phone),
                terms_days: supplier.terms_days,
                npwp: None,
            };
            desk.send(staff.bendahara, add::KIND, input, add::record).await?;
            supply.known.push(Known { supplier, id, last_day: None });
        }
        Ok(supply)
    }

    /// Whoever's day it is brings what is low.
    pub(crate) async fn deliver(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        shelves: &mut [Shelf],
        money: &mut Money,
    ) -> Result<(), Failure> {
        let day = desk.day();
        for place in 0..self.known.len() {
            let Known { supplier, id, last_day } = self.known[place];
            if last_day.is_some_and(|last| day.days_since(last) < supplier.every_days) {
                continue;
            }
            let load = load(desk, shelves, supplier);
            if load.lines.is_empty() {
                continue;
            }
            self.known[place].last_day = Some(day);
            desk.pass(300, 900);
            self.receive(desk, staff, (supplier, id), load, money).await?;
        }
        Ok(())
    }

    async fn receive(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        (supplier, supplier_id): (Supplier, SupplierId),
        load: Load,
        money: &mut Money,
    ) -> Result<(), Failure> {
        let (receipt_id, day) = (desk.document(), desk.day());
        let paid_by = if supplier.terms_days == 0 {
            at_once(staff, money, load.amount)
        } else if supplier.key == "beras" && desk.dice.chance(15) {
            let amounts = load.lines.iter().map(|line| line.amount).collect();
            let nota_day = day.plus_days(i32::try_from(desk.dice.between(3, 9)).unwrap_or(3));
            let awaited = Awaited { supplier, supplier_id, receipt_id, amounts, nota_day };
            self.awaited.push(awaited);
            PaidBy::BeforeInvoice { supplier_id }
        } else {
            let head = self.nota(desk, supplier, supplier_id);
            self.owe(desk, supplier, &head, load.amount);
            PaidBy::Credit(head)
        };
        let truck = desk.dice.between(5, 10) * 5_000;
        let with_truck = money.safe >= truck && desk.dice.chance(20);
        let freight = with_truck.then(|| Freight {
            what: "Ongkos angkut".to_owned(),
            amount: Rupiah::new(truck),
            paid_by: PaidBy::Cash(CashAccount::Safe.into()),
        });
        if with_truck {
            money.take(CashAccount::Safe, truck);
        }
        let input = Receive {
            receipt_id,
            day,
            received_day: day,
            place: SHOP_FLOOR.to_owned(),
            lines: load.lines,
            paid_by,
            freight: freight.into_iter().collect(),
            nota: None,
        };
        desk.send(staff.manajer, receive::KIND, input, receive::record).await
    }

    fn nota(&mut self, desk: &mut Desk, supplier: Supplier, id: SupplierId) -> InvoiceHead {
        self.nota_no += desk.dice.between(1, 9);
        let number = format!("{}-{:04}", supplier.key.to_uppercase(), self.nota_no);
        let (invoice_id, invoice_day) = (desk.document(), desk.day());
        InvoiceHead { invoice_id, supplier_id: id, number: Some(number), invoice_day }
    }

    /// Most are paid when they are due, some a few days later.
    fn owe(&mut self, desk: &mut Desk, supplier: Supplier, head: &InvoiceHead, amount: i64) {
        let late = if desk.dice.chance(25) { desk.dice.between(1, 8) } else { 0 };
        let days = i32::try_from(supplier.terms_days + late).unwrap_or(0);
        let (supplier_id, invoice_id) = (head.supplier_id, head.invoice_id);
        let pay_day = head.invoice_day.plus_days(days);
        self.debts.push(Owed { supplier_id, invoice_id, amount, pay_day });
    }

    /// Notas that come after their goods.
    pub(crate) async fn match_notas(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
    ) -> Result<(), Failure> {
        let day = desk.day();
        let come: Vec<Awaited> =
            self.awaited.extract_if(.., |awaited| awaited.nota_day <= day).collect();
        for awaited in come {
            let head = self.nota(desk, awaited.supplier, awaited.supplier_id);
            let amount = awaited.amounts.iter().map(|amount| amount.get()).sum();
            self.owe(desk, awaited.supplier, &head, amount);
            let lines = (1..).zip(awaited.amounts);
            let lines = lines.map(|(line_no, amount)| InvoicedLine { line_no, amount }).collect();
            let input = MatchInvoice { head, day, receipt_id: awaited.receipt_id, lines };
            desk.send(staff.bendahara, match_invoice::KIND, input, match_invoice::record).await?;
        }
        Ok(())
    }

    /// The bendahara pays what is due, as far as there is money.
    pub(crate) async fn pay(
        &mut self,
        desk: &mut Desk,
        staff: &Staff,
        money: &mut Money,
    ) -> Result<(), Failure> {
        let day = desk.day();
        let due: Vec<Owed> = self.debts.extract_if(.., |owed| owed.pay_day <= day).collect();
        for owed in due {
            let Some(from) = money.place_with(owed.amount) else {
                self.debts.push(owed);
                continue;
            };
            money.take(from, owed.amount);
            desk.pass(120, 600);
            let input = Pay {
                payment_id: desk.document(),
                day,
                supplier_id: owed.supplier_id,
                debt: Debt::Shop,
                invoice_id: Some(owed.invoice_id),
                amount: Rupiah::new(owed.amount),
                from_advance: Rupiah::ZERO,
                discount: Rupiah::ZERO,
                from: from.into(),
            };
            desk.send(staff.bendahara, pay::KIND, input, pay::record).await?;
        }
        Ok(())
    }
}

/// Money where there is some; where there is none, the ketua pays with her own.
fn at_once(staff: &Staff, money: &mut Money, amount: i64) -> PaidBy {
    match money.place_with(amount) {
        Some(from) => {
            money.take(from, amount);
            PaidBy::Cash(from.into())
        }
        None => PaidBy::Talangan { lender: staff.ketua },
    }
}

/// What is low on the shelves of a supplier, in whole packs.
fn load(desk: &mut Desk, shelves: &mut [Shelf], supplier: Supplier) -> Load {
    let mut load = Load { lines: Vec::new(), amount: 0 };
    for shelf in shelves.iter_mut().filter(|shelf| shelf.goods.supplier == supplier.key) {
        if shelf.on_hand_milli >= shelf.daily_milli * LOW_DAYS {
            continue;
        }
        let wanted = shelf.daily_milli * FILL_DAYS - shelf.on_hand_milli;
        let pack_milli = shelf.goods.buy_holds() * 1_000;
        let packs = (wanted + pack_milli - 1).div_euclid(pack_milli).max(1);
        let each = shelf.goods.buy * desk.dice.between(985, 1_004) / 100_000 * 100;
        // A scale shows a little less than the sack says.
        let lost = packs * shelf.goods.buy_holds() * desk.dice.between(0, 4);
        let came = packs * pack_milli - if shelf.goods.weighed { lost } else { 0 };
        shelf.on_hand_milli += came;
        load.amount += packs * each;
        load.lines.push(ReceiveLine {
            good_id: shelf.good,
            pack_id: shelf.bought,
            packs: Quantity::from_milli(packs * 1_000),
            weighed: shelf.goods.weighed.then(|| Quantity::from_milli(came)),
            amount: Rupiah::new(packs * each),
            batch: None,
            expiry: None,
            first_id: None,
        });
    }
    load
}
