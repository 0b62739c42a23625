//! Jual tunai: goods go over the counter, money comes into the drawer.
//!
//! The cashier, or a device that was offline, sends the whole sale as one message: lines with the
//! price that was shown, what the buyer gave and got back. Price, quantity and amount of each line
//! must belong together and the price must stand in the list that the line names; the server never
//! prices anew. Only the cash part rounds, down to the coin that there is, in the buyer's favour;
//! change that could not be given is owed. Whether the buyer is a member decides every account.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 11103 | 29.500 |        |
//! | 61114 |     65 |        |
//! | 41101 |        | 29.165 |
//! | 21211 |        |    400 |
//! | 51101 | 26.018 |        |
//! | 11701 |        | 26.018 |

use std::collections::BTreeMap;

use cash::drawer::{self, Session};
use cash::{CashAccount, CashRefusal};
use ledger::{Detail, Entry, Series, Unit, post};
use serde::{Deserialize, Serialize};
use stock::goods::{Pack, ask_pack};
use stock::{Issue, IssueLine, LineCost, SHOP_FLOOR};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, GoodId, Instant, MemberId, Quantity, Rupiah, SaleId};

use crate::cart::{self, CartLine};
use crate::ceiling::{self, Ceiling};
use crate::goods::content_of;
use crate::price::{self, Price};
use crate::{ShopRefusal, code_of};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "shop.sell";
/// Lines that a receipt holds.
pub const LINES_MAX: usize = 100;

const ROUNDING: &str = "61114";
const CHANGE_OWED: &str = "21211";

/// The message. Its hash, in the order of these fields, gives the receipt's public code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// Made when the cart opened.
    pub sale: SaleId,
    /// The device that numbers the receipt: `K046-A1-01`.
    pub device: String,
    /// The drawer's session.
    pub session: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// When it was sold.
    pub sold_at: Instant,
    /// The member who buys; none for everybody else.
    pub member: Option<MemberId>,
    /// The lines.
    pub lines: Vec<CartLine>,
    /// Cash handed over.
    pub tendered: Rupiah,
    /// Cash given back.
    pub returned: Rupiah,
}

/// What the buyer takes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sold {
    /// The sale.
    pub sale: SaleId,
    /// Number of the receipt.
    pub number: String,
    /// Its public code.
    pub code: String,
    /// Sum of the lines.
    pub total: Rupiah,
    /// Due in cash.
    pub due: Rupiah,
    /// Change that could not be given.
    pub change_owed: Rupiah,
    /// Reference prices that were exceeded, as sentences.
    pub warnings: Vec<String>,
    /// The journal entry.
    pub entry_no: i64,
}

struct Facts {
    session: Option<Session>,
    member: Option<bool>,
    packs: Vec<Option<Pack>>,
    prices: Vec<Option<Price>>,
    ceilings: Vec<Option<Ceiling>>,
    coin: i64,
}

/// What follows from the message and what is known.
struct Plan {
    lines: Vec<PlannedLine>,
    total: Rupiah,
    due: Rupiah,
    change_owed: Rupiah,
    warnings: Vec<String>,
}

struct PlannedLine {
    goods: Pack,
    quantity: Quantity,
}

fn decide(input: &Sale, facts: &Facts) -> Result<Plan, Failure> {
    if input.lines.is_empty() {
        return Err(ShopRefusal::EmptyCart.into());
    }
    if input.lines.len() > LINES_MAX {
        return Err(ShopRefusal::TooManyLines { most: LINES_MAX }.into());
    }
    if input.member.is_some() && facts.member != Some(true) {
        return Err(ShopRefusal::UnknownMember.into());
    }
    let mut lines = Vec::with_capacity(input.lines.len());
    let mut warnings = Vec::new();
    for place in 0..input.lines.len() {
        let (line, warning) = judge_line(input, facts, place)?;
        lines.push(line);
        warnings.extend(warning);
    }
    let sums = cart::totals(&input.lines, facts.coin).map_err(|_| ShopRefusal::TooLarge)?;
    let (tendered, due) = (input.tendered, sums.due);
    if tendered < due {
        return Err(ShopRefusal::TooLittle { tendered, due }.into());
    }
    let change = tendered.minus(due).map_err(|_| ShopRefusal::TooLarge)?;
    if input.returned > change || input.returned.is_negative() {
        return Err(ShopRefusal::TooMuchChange { returned: input.returned, change }.into());
    }
    let change_owed = change.minus(input.returned).map_err(|_| ShopRefusal::TooLarge)?;
    drawer::judge_open(facts.session.as_ref(), CashAccount::Till).map_err(|no: CashRefusal| no)?;
    Ok(Plan { lines, total: sums.total, due, change_owed, warnings })
}

fn judge_line(
    input: &Sale,
    facts: &Facts,
    place: usize,
) -> Result<(PlannedLine, Option<String>), ShopRefusal> {
    let line = &input.lines[place];
    let goods = facts.packs[place].clone().ok_or(ShopRefusal::NotSold)?;
    let name = || goods.good_name.clone();
    if !line.packs.is_positive() || !line.amount.is_positive() {
        return Err(ShopRefusal::NothingOf { name: name() });
    }
    let listed = facts.prices[place].map(|price| price.for_buyer(input.member.is_some()));
    if listed != Some(line.price) {
        return Err(ShopRefusal::NoSuchPrice { name: name() });
    }
    let quantity = content_of(&goods, line.packs).filter(|_| line.adds_up());
    let quantity = quantity.ok_or_else(|| ShopRefusal::DoesNotAddUp { name: name() })?;
    let ceiling = facts.ceilings[place].as_ref();
    let warning = ceiling::judge(ceiling, &goods, line.amount, quantity)?;
    Ok((PlannedLine { goods, quantity }, warning))
}

async fn facts(tx: &mut Tx, input: &Sale) -> Result<Facts, Failure> {
    let session = drawer::ask(tx, input.session).await?;
    let member = match input.member {
        Some(member) => Some(members::ask_active(tx, member).await?),
        None => None,
    };
    let coin = coops::parameters::ask(tx, "cash", "rounding_unit", input.day).await?;
    let (mut packs_asked, mut prices_asked) = (Vec::new(), Vec::new());
    for line in input.lines.iter().take(LINES_MAX) {
        packs_asked.push(ask_pack(tx, line.pack).await?);
        prices_asked.push(price::ask_version(tx, line.pack, line.list_version).await?);
    }
    let mut packs = Vec::with_capacity(packs_asked.len());
    for asked in packs_asked {
        packs.push(asked.maybe().await?.filter(|pack| pack.sellable));
    }
    let mut prices = Vec::with_capacity(prices_asked.len());
    for asked in prices_asked {
        prices.push(asked.maybe().await?.map(price::price));
    }
    let ceilings = ceiling::of(tx, &packs, input.day).await?;
    let member = match member {
        Some(asked) => Some(asked.maybe().await?.is_some()),
        None => None,
    };
    let coin = coin.valid().await?.value;
    let session = session.maybe().await?;
    Ok(Facts { session, member, packs, prices, ceilings, coin })
}

/// Sells.
///
/// # Errors
/// [`ShopRefusal`], what the drawer, the stock and the ledger refuse.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Sale) -> Result<Sold, Failure> {
    let facts = facts(tx, input).await?;
    let plan = decide(input, &facts)?;
    let goods = stock::issue::ask(tx, plan.lines.iter().map(|line| line.goods.good_id)).await?;
    let issued = stock::issue::decide(&hand_out(input, &plan), goods.settle().await?)?;
    let posted = post(tx, ctx, entry(input, &plan, &issued.lines)?).await?;
    stock::issue::write(tx, ctx, &issued).await?;
    let kept = input.tendered.minus(input.returned).map_err(|_| ShopRefusal::TooLarge)?;
    drawer::add(tx, input.session, kept).await?;
    let code = code_of(&tx.content_hash());
    let receipt = Sold {
        sale: input.sale,
        number: posted.number,
        code,
        total: plan.total,
        due: plan.due,
        change_owed: plan.change_owed,
        warnings: plan.warnings.clone(),
        entry_no: posted.entry_no,
    };
    keep(tx, ctx, input, &plan, &receipt, &issued.lines).await?;
    Ok(receipt)
}

/// What the stock room is asked to hand out. At the counter nothing goes below what is on hand.
fn hand_out(input: &Sale, plan: &Plan) -> Issue {
    let lines = plan.lines.iter().zip(1..).map(|(line, line_no)| IssueLine {
        line_no,
        good_id: line.goods.good_id,
        qty: line.quantity,
        batch: None,
    });
    Issue {
        document_id: input.sale.to_text(),
        day: input.day,
        happened_at: input.sold_at,
        place: SHOP_FLOOR.to_owned(),
        member: input.member.is_some(),
        allow_negative: false,
        lines: lines.collect(),
    }
}

/// Sums by account and unit, with the names behind inventory.
#[derive(Default)]
struct Sums {
    sales: BTreeMap<(&'static str, Unit), Rupiah>,
    cost: BTreeMap<(&'static str, Unit), Rupiah>,
    stock: BTreeMap<(&'static str, Unit), BTreeMap<GoodId, Rupiah>>,
}

fn entry(input: &Sale, plan: &Plan, costs: &[LineCost]) -> Result<Entry, ShopRefusal> {
    let is_member = input.member.is_some();
    let mut sums = Sums::default();
    for (sold, cost) in input.lines.iter().zip(costs) {
        let (set, unit) = (cost.accounts, cost.accounts.unit());
        add(sums.sales.entry((set.sales(is_member), unit)).or_default(), sold.amount)?;
        add(sums.cost.entry((set.cost(is_member), unit)).or_default(), cost.cost)?;
        let stock = sums.stock.entry((set.inventory(), unit)).or_default();
        add(stock.entry(cost.good_id).or_default(), cost.cost)?;
    }
    let too_large = |_| ShopRefusal::TooLarge;
    let kept = input.tendered.minus(input.returned).map_err(too_large)?;
    let rounding = plan.total.minus(plan.due).map_err(too_large)?;
    let mut entry = Entry::new(KIND, input.day)
        .numbered(Series::Device(input.device.clone()))
        .debit(CashAccount::Till.code(), Unit::Tok, kept)
        .debit(ROUNDING, Unit::Tok, rounding);
    for ((account, unit), amount) in sums.sales {
        entry = entry.credit(account, unit, amount);
    }
    entry = entry.credit(CHANGE_OWED, Unit::Tok, plan.change_owed);
    for ((account, unit), amount) in sums.cost {
        entry = entry.debit(account, unit, amount);
    }
    for ((account, unit), goods) in sums.stock {
        let named = goods.into_iter().filter(|(_, amount)| amount.is_positive());
        let names = named.map(|(good, amount)| Detail::new("barang", good.to_text(), amount));
        let names: Vec<Detail> = names.collect();
        let total = Rupiah::total(names.iter().map(|name| name.amount)).map_err(too_large)?;
        entry = entry.credit_of(account, unit, total, names);
    }
    Ok(entry)
}

pub(crate) fn add(sum: &mut Rupiah, more: Rupiah) -> Result<(), ShopRefusal> {
    *sum = sum.plus(more).map_err(|_| ShopRefusal::TooLarge)?;
    Ok(())
}

async fn keep(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &Sale,
    plan: &Plan,
    receipt: &Sold,
    costs: &[LineCost],
) -> Result<(), Failure> {
    tx.run(
        "insert into sales (coop_id, sale_id, number, session_id, cashier_id, member_id, day,
                sold_at, total, due, tendered, returned, change_owed, entry_no, code)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        1,
        &[
            &input.sale,
            &receipt.number,
            &input.session,
            &ctx.person,
            &input.member,
            &input.day,
            &input.sold_at,
            &receipt.total,
            &receipt.due,
            &input.tendered,
            &input.returned,
            &receipt.change_owed,
            &receipt.entry_no,
            &receipt.code,
        ],
    )
    .await?;
    keep_lines(tx, input, plan, costs).await?;
    tx.run(
        "insert into receipt_codes (coop_id, code, sale_id, number, day, total, entry_no)
         values ($1, $2, $3, $4, $5, $6, $7)",
        1,
        &[
            &receipt.code,
            &input.sale,
            &receipt.number,
            &input.day,
            &receipt.total,
            &receipt.entry_no,
        ],
    )
    .await?;
    Ok(())
}

async fn keep_lines(
    tx: &mut Tx,
    input: &Sale,
    plan: &Plan,
    costs: &[LineCost],
) -> Result<(), Failure> {
    for (place, (line, sold)) in plan.lines.iter().zip(&input.lines).enumerate() {
        let line_no = i64::try_from(place + 1).unwrap_or(i64::MAX);
        tx.run(
            "insert into sale_lines (coop_id, sale_id, line_no, good_id, pack_id, name, pack,
                    packs_milli, qty_milli, price, list_version, amount, cost,
                    refunded_qty_milli, refunded_amount)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0)",
            1,
            &[
                &input.sale,
                &line_no,
                &line.goods.good_id,
                &sold.pack,
                &line.goods.good_name,
                &line.goods.pack_name,
                &sold.packs,
                &line.quantity,
                &sold.price,
                &sold.list_version,
                &sold.amount,
                &costs[place].cost,
            ],
        )
        .await?;
    }
    Ok(())
}
