//! Another cooperative with something behind every kind of address, all of it marked.

use cash::CashAccount;
use cash::open_drawer::{self, OpenDrawer};
use coops::DINAS;
use coops::approvals::ask::{self, Ask};
use coops::register::{Register, Tenant, register};
use ledger::{Entry, Unit};
use members::bring_in::{self, BringIn, OldStanding};
use members::{Particulars, Sex, apply};
use serde::Serialize;
use shop::CartLine;
use shop::sell::{self, Sale};
use shop::set_prices::{self, NewPrice, SetPrices};
use stock::add_good::{self, AddGood};
use stock::receive::{self, Receive, ReceiveLine};
use stock::{AccountSet, PaidBy};
use store::{Failure, Order, Receipt, Store, Tx};
use suppliers::add::{self, AddSupplier};
use testkit::{Clock, Engine, KETUA, SITI, WANTI, act, post};
use values::{
    CoopId, Ctx, Day, DocumentId, GoodId, KelurahanCode, MemberId, PackId, Quantity, Rupiah,
    SaleId, SupplierId,
};
use web::Route;

use super::seats::office;

/// The other cooperative.
pub const OTHER: CoopId = CoopId::new(327_301_100_101);
/// What stands in all that is its own.
pub const MARK: &str = "rahasia-lain";

/// What belongs to it.
pub struct Other {
    approval: DocumentId,
    receipt: DocumentId,
    good: GoodId,
    supplier: SupplierId,
    sale: SaleId,
    candidate: MemberId,
}

/// Runs its events, one request each.
struct Desk<'a> {
    store: &'a Store,
    clock: &'a Clock,
}

impl Desk<'_> {
    async fn act<T, I, F>(&self, kind: &'static str, input: I, event: F) -> T
    where
        T: Receipt,
        I: Serialize + Send + 'static,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let ctx = self.clock.ctx(WANTI, OTHER);
        let order = Order::new(&ctx, kind, &input);
        let run = async move |tx: &mut Tx| event(tx, &ctx, &input).await;
        let answer = self.store.command(order, run).await;
        answer.unwrap_or_else(|failure| panic!("{kind}: {failure}")).receipt
    }

    fn day(&self) -> Day {
        self.clock.ctx(WANTI, OTHER).day()
    }
}

impl Other {
    /// Registers it, opens its books, and lets it work for a morning.
    pub async fn new(engine: &Engine, clock: &Clock) -> Other {
        let store = &engine.store;
        office(engine, clock).await;
        let kelurahan = KelurahanCode::parse("32.73.01.1001").unwrap();
        let tenant = Tenant::Koperasi { kelurahan, running: 1 };
        let input = Register { tenant, name: "KKMP Seberang".to_owned(), example: false };
        register(store, &clock.ctx(SITI, DINAS), input).await.unwrap();
        let open = async |tx: &mut Tx, ctx: &Ctx| ledger::open_books(tx, ctx, ctx.day()).await;
        act(store, clock, OTHER, open).await.unwrap();
        let desk = Desk { store, clock };
        let amount = Rupiah::new(7_654_000);
        let grant = Entry::new("cash.grant", desk.day()).noted(MARK);
        let grant = grant.debit("11101", Unit::Pst, amount).credit("31105", Unit::Pst, amount);
        post(store, clock, OTHER, grant).await.unwrap();
        let approval = desk.ask().await;
        let supplier = desk.supplier().await;
        let (good, pack, receipt) = desk.goods().await;
        let sale = desk.sale(pack).await;
        let candidate = desk.members().await;
        Other { approval, receipt, good, supplier, sale, candidate }
    }

    /// The address with what belongs to it in place of what varies.
    pub fn address(&self, route: &Route) -> String {
        let mut address = route.path.to_owned();
        let values = [
            ("{id}", self.approval.to_text()),
            ("{number}", "1".to_owned()),
            ("{code}", "11101".to_owned()),
            ("{line}", "A1".to_owned()),
            ("{sale}", self.sale.to_text()),
            ("{supplier}", self.supplier.to_text()),
            ("{good}", self.good.to_text()),
            ("{receipt}", self.receipt.to_text()),
            ("{member}", self.candidate.to_text()),
        ];
        for (name, value) in values {
            address = address.replace(name, &value);
        }
        assert!(!address.contains('{'), "say here what varies in {}", route.path);
        address
    }

    /// Pages on which its own people find the mark.
    pub fn own_pages(&self) -> Vec<String> {
        vec![
            "/laporan/jurnal".to_owned(),
            "/laporan/jurnal/1".to_owned(),
            "/laporan/akun/11101".to_owned(),
            format!("/persetujuan/{}", self.approval),
            format!("/pemasok/{}", self.supplier),
            format!("/barang/{}", self.good),
            format!("/struk/{}", self.sale),
            "/anggota".to_owned(),
            "/anggota/1".to_owned(),
            format!("/anggota/calon/{}", self.candidate),
            "/anggota/kartu".to_owned(),
        ]
    }
}

impl Desk<'_> {
    async fn ask(&self) -> DocumentId {
        let id = DocumentId::new_v7();
        let until = self.clock.now().plus_seconds(3_600);
        let input = Ask::new(id, "shop.refund", &MARK).because(MARK, "ketua", until);
        self.act(ask::KIND, input, ask::record).await;
        id
    }

    /// Member number 1, and a candidate.
    async fn members(&self) -> MemberId {
        let particulars = Particulars {
            name: MARK.to_owned(),
            surname: None,
            nickname: None,
            phone: None,
            rt: None,
            rw: None,
            address: None,
            sex: Sex::Female,
            nik: None,
        };
        let standing = OldStanding::Member { number: 1, admitted_day: self.day() };
        let (member_id, who) = (MemberId::new_v7(), particulars.clone());
        let input = BringIn { member_id, particulars: who, standing };
        self.act(bring_in::KIND, input, bring_in::record).await;
        let member_id = MemberId::new_v7();
        let input = apply::Apply { member_id, day: self.day(), particulars };
        self.act(apply::KIND, input, apply::record).await;
        member_id
    }

    async fn supplier(&self) -> SupplierId {
        let supplier_id = SupplierId::new_v7();
        let (name, phone) = (MARK.to_owned(), None);
        let input = AddSupplier { supplier_id, name, phone, terms_days: 0, npwp: None };
        self.act(add::KIND, input, add::record).await;
        supplier_id
    }

    /// One good on the shelf, paid with the ketua's own money.
    async fn goods(&self) -> (GoodId, PackId, DocumentId) {
        let (good_id, pack_id) = (GoodId::new_v7(), PackId::new_v7());
        let input = AddGood {
            good_id,
            name: MARK.to_owned(),
            base_unit: "pcs".to_owned(),
            accounts: AccountSet::Shop,
            quota: false,
            sold_by_weight: false,
            ceiling_key: None,
            reorder: None,
            base_pack_id: pack_id,
            sellable: true,
            barcodes: Vec::new(),
        };
        self.act(add_good::KIND, input, add_good::record).await;
        let receipt_id = DocumentId::new_v7();
        let line = ReceiveLine {
            good_id,
            pack_id,
            packs: Quantity::whole(10).unwrap(),
            weighed: None,
            amount: Rupiah::new(80_000),
            batch: None,
            expiry: None,
            first_id: None,
        };
        let input = Receive {
            receipt_id,
            day: self.day(),
            received_day: self.day(),
            place: "toko".to_owned(),
            lines: vec![line],
            paid_by: PaidBy::Talangan { lender: KETUA },
            freight: Vec::new(),
            nota: None,
        };
        self.act(receive::KIND, input, receive::record).await;
        self.clock.pass(60);
        (good_id, pack_id, receipt_id)
    }

    async fn sale(&self, pack: PackId) -> SaleId {
        let price = Rupiah::new(10_000);
        let prices = vec![NewPrice { pack, price, member_price: None }];
        let input = SetPrices { effective_at: None, prices };
        let list = self.act(set_prices::KIND, input, set_prices::record).await;
        self.clock.pass(1);
        let session = DocumentId::new_v7();
        let input = OpenDrawer {
            session_id: session,
            day: self.day(),
            account: CashAccount::Till,
            device: "A1".to_owned(),
            float: None,
        };
        self.act(open_drawer::KIND, input, open_drawer::record).await;
        let one = Quantity::whole(1).unwrap();
        let line = CartLine::by_quantity(pack, one, price, list.version).unwrap();
        let sale = SaleId::new_v7();
        let input = Sale {
            sale,
            device: "K001-A1-01".to_owned(),
            session,
            day: self.day(),
            sold_at: self.clock.now(),
            member: None,
            lines: vec![line],
            tendered: price,
            returned: Rupiah::ZERO,
        };
        self.act(sell::KIND, input, sell::record).await;
        sale
    }
}
