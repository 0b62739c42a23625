//! A small shop: KKMP Taman Sari with goods on hand, prices, a member and an open drawer.

use cash::CashAccount;
use cash::open_drawer::{self, OpenDrawer};
use coops::register::{Register, Tenant, register};
use coops::{parameters, registry};
use members::bring_in::{self, BringIn, OldStanding};
use members::{Particulars, Sex};
use serde::Serialize;
use shop::set_prices::{self, NewPrice, SetPrices};
use stock::add_good::{self, AddGood};
use stock::add_pack::{self, AddPack};
use stock::receive::{self, Receive, ReceiveLine};
use stock::{AccountSet, PaidBy};
use store::{Failure, Order, Receipt, Store, Tx};
use testkit::{Clock, Engine, KETUA, SITI, WANTI};
use values::{
    CoopId, Ctx, Day, DocumentId, GoodId, KelurahanCode, MemberId, PackFactor, PackId, PersonId,
    Quantity, Rupiah,
};

/// KKMP Taman Sari.
pub const COOP: CoopId = CoopId::new(327_309_100_201);

/// The shop and what stands in it.
pub struct World {
    pub store: Store,
    pub clock: Clock,
    pub session: DocumentId,
    pub member: MemberId,
}

/// One good with its sellable pack.
#[derive(Clone, Copy)]
pub struct Good {
    pub good: GoodId,
    pub pack: PackId,
}

/// What to put on the shelf.
pub struct Shelf {
    pub id: u8,
    pub name: &'static str,
    pub unit: &'static str,
    /// Name and content of the pack that is sold, where it is not one base unit.
    pub pack: Option<(&'static str, &'static str)>,
    pub ceiling: Option<&'static str>,
    pub quota: bool,
    pub units: i64,
    pub cost: i64,
    pub price: i64,
}

impl World {
    /// Registers, opens the books and the drawer, brings in a member.
    pub async fn new(engine: &Engine) -> World {
        let clock = Clock::at("2025-10-14");
        let store = engine.store.clone();
        let at = clock.now();
        let seed = async move |tx: &mut Tx| -> Result<(), Failure> {
            registry::seed(tx).await?;
            parameters::seed(tx, at).await?;
            Ok(())
        };
        store.write(CoopId::new(0), seed).await.unwrap();
        let kelurahan = KelurahanCode::parse("32.73.09.1002").unwrap();
        let tenant = Tenant::Koperasi { kelurahan, running: 1 };
        let input = Register { tenant, name: "KKMP Taman Sari".to_owned(), example: false };
        register(&store, &clock.ctx(SITI, COOP), input).await.unwrap();
        let session = DocumentId::from_bytes([9; 16]);
        let member = MemberId::from_bytes([8; 16]);
        let world = World { store, clock, session, member };
        world.open().await;
        world
    }

    async fn open(&self) {
        let first = Day::parse_iso("2025-10-01").unwrap();
        let open =
            async move |tx: &mut Tx, ctx: &Ctx, _: &i64| ledger::open_books(tx, ctx, first).await;
        self.act(SITI, "test.open", 1_i64, open).await.unwrap();
        let particulars = Particulars {
            name: "Euis".to_owned(),
            surname: None,
            nickname: None,
            phone: None,
            rt: None,
            rw: None,
            address: None,
            sex: Sex::Female,
            nik: None,
        };
        let standing = OldStanding::Member { number: 42, admitted_day: first };
        let input = BringIn { member_id: self.member, particulars, standing };
        self.act(SITI, bring_in::KIND, input, bring_in::record).await.unwrap();
        let input = OpenDrawer {
            session_id: self.session,
            day: self.clock.ctx(WANTI, COOP).day(),
            account: CashAccount::Till,
            device: "A1".to_owned(),
            float: None,
        };
        self.act(WANTI, open_drawer::KIND, input, open_drawer::record).await.unwrap();
    }

    /// Runs an event as a person, with a new request.
    pub async fn act<T, I, F>(
        &self,
        person: PersonId,
        kind: &'static str,
        input: I,
        event: F,
    ) -> Result<T, Failure>
    where
        T: Receipt,
        I: Serialize + Send + 'static,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let ctx = self.clock.ctx(person, COOP);
        let order = Order::new(&ctx, kind, &input);
        let act = async move |tx: &mut Tx| event(tx, &ctx, &input).await;
        Ok(self.store.command(order, act).await?.receipt)
    }

    /// Puts goods on the shelf, paid with the ketua's own money, and prices them.
    pub async fn stock_up(&self, shelf: Shelf) -> Good {
        let good = GoodId::from_bytes([shelf.id; 16]);
        let base = PackId::from_bytes([shelf.id; 16]);
        let input = AddGood {
            good_id: good,
            name: shelf.name.to_owned(),
            base_unit: shelf.unit.to_owned(),
            accounts: AccountSet::Shop,
            quota: shelf.quota,
            sold_by_weight: shelf.unit == "kg",
            ceiling_key: shelf.ceiling.map(str::to_owned),
            reorder: None,
            base_pack_id: base,
            sellable: shelf.pack.is_none(),
            barcodes: Vec::new(),
        };
        self.act(SITI, add_good::KIND, input, add_good::record).await.unwrap();
        let mut pack = base;
        if let Some((name, factor)) = shelf.pack {
            pack = PackId::from_bytes([shelf.id + 100; 16]);
            let input = AddPack {
                pack_id: pack,
                good_id: good,
                name: name.to_owned(),
                factor: PackFactor::parse(factor).unwrap(),
                sellable: true,
                barcodes: Vec::new(),
            };
            self.act(SITI, add_pack::KIND, input, add_pack::record).await.unwrap();
        }
        self.receive(Good { good, pack: base }, shelf.id, shelf.units, shelf.cost).await;
        self.price(pack, shelf.price).await.unwrap();
        Good { good, pack }
    }

    async fn receive(&self, good: Good, id: u8, units: i64, cost: i64) {
        let day = self.clock.ctx(SITI, COOP).day();
        let input = Receive {
            receipt_id: DocumentId::from_bytes([id; 16]),
            day,
            received_day: day,
            place: "toko".to_owned(),
            lines: vec![ReceiveLine {
                good_id: good.good,
                pack_id: good.pack,
                packs: Quantity::whole(units).unwrap(),
                weighed: None,
                amount: Rupiah::new(cost),
                batch: None,
                expiry: None,
                first_id: None,
            }],
            paid_by: PaidBy::Talangan { lender: KETUA },
            freight: Vec::new(),
            nota: None,
        };
        self.act(SITI, receive::KIND, input, receive::record).await.unwrap();
        self.clock.pass(60);
    }

    /// Sets the price of a pack.
    pub async fn price(&self, pack: PackId, price: i64) -> Result<i64, Failure> {
        let prices = vec![NewPrice { pack, price: Rupiah::new(price), member_price: None }];
        let input = SetPrices { effective_at: None, prices };
        let list = self.act(SITI, set_prices::KIND, input, set_prices::record).await?;
        self.clock.pass(1);
        Ok(list.version)
    }
}
