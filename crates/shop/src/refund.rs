//! Terima kembali: goods come back over the counter, money goes out of the drawer.
//!
//! Only from the lines of a receipt, never more than was sold, at the price that was paid and the
//! cost that was booked. What comes back in several steps is counted from the line's whole, so that
//! the parts sum to the line to the rupiah. Up to a daily limit the cashier does it alone with a
//! reason; above it with an approval for exactly this request.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 41102 | 62.500 |        |
//! | 11103 |        | 62.500 |
//! | 11701 | 55.000 |        |
//! | 51101 |        | 55.000 |

use std::collections::BTreeMap;

use cash::CashAccount;
use cash::drawer::{self, Session};
use coops::approvals::{self, Taken};
use ledger::{Detail, Entry, Series, Unit, post};
use serde::{Deserialize, Serialize};
use stock::{LineCost, SHOP_FLOOR, TakeBack, TakeBackLine};
use store::{Failure, Tx, content_hash};
use values::{Ctx, Day, DocumentId, Quantity, Rounding, Rupiah, SaleId};

use crate::ShopRefusal;
use crate::receipt::{self, Receipt, ReceiptLine};
use crate::sell::add;

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "shop.refund";

const ROUNDING: &str = "61114";

/// What comes back: what is approved where an approval is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsBack {
    /// The sale.
    pub sale: SaleId,
    /// Line by line.
    pub lines: Vec<LineBack>,
    /// Why.
    pub reason: String,
}

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineBack {
    /// Which line of the receipt.
    pub line_no: i64,
    /// How much, in base units.
    pub quantity: Quantity,
}

/// The message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Made when the form opened.
    pub refund: DocumentId,
    /// The drawer's session that pays.
    pub session: DocumentId,
    /// The device that numbers the paper: `K046-A1-01`.
    pub device: String,
    /// Accounting day.
    pub day: Day,
    /// What comes back.
    pub back: GoodsBack,
    /// The approval, where the daily limit is passed.
    pub approval: Option<DocumentId>,
}

/// What the buyer gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// The refund.
    pub refund: DocumentId,
    /// Number of its paper.
    pub number: String,
    /// Worth of the goods.
    pub amount: Rupiah,
    /// Paid out.
    pub paid: Rupiah,
    /// The journal entry.
    pub entry_no: i64,
}

struct Facts {
    sale: Option<Receipt>,
    session: Option<Session>,
    refunded_today: Rupiah,
    limit: Rupiah,
    coin: i64,
    approved: bool,
}

#[derive(Debug)]
struct Plan {
    lines: Vec<PlannedBack>,
    is_member: bool,
    amount: Rupiah,
    paid: Rupiah,
}

#[derive(Debug)]
struct PlannedBack {
    line: ReceiptLine,
    quantity: Quantity,
    amount: Rupiah,
}

fn decide(input: &Refund, facts: &Facts) -> Result<Plan, Failure> {
    let sale = facts.sale.as_ref().ok_or(ShopRefusal::UnknownSale)?;
    if input.back.lines.is_empty() {
        return Err(ShopRefusal::EmptyCart.into());
    }
    let mut lines = Vec::new();
    for back in &input.back.lines {
        if lines.iter().any(|planned: &PlannedBack| planned.line.line_no == back.line_no) {
            return Err(ShopRefusal::UnknownLine { line_no: back.line_no }.into());
        }
        lines.push(judge_line(sale, back)?);
    }
    if input.back.reason.trim().is_empty() {
        return Err(ShopRefusal::ReasonMissing.into());
    }
    let too_large = |_| ShopRefusal::TooLarge;
    let amount = Rupiah::total(lines.iter().map(|line| line.amount)).map_err(too_large)?;
    let before = Rupiah::total(sale.lines.iter().map(|line| line.refunded_amount));
    let paid = paid_for(before.map_err(too_large)?, amount, facts.coin)?;
    let used = facts.refunded_today.plus(paid).map_err(too_large)?;
    if used > facts.limit && !facts.approved {
        return Err(ShopRefusal::AboveLimit { limit: facts.limit, used }.into());
    }
    drawer::judge_open(facts.session.as_ref(), CashAccount::Till)?;
    Ok(Plan { lines, is_member: sale.member.is_some(), amount, paid })
}

/// Cash goes out in coins too: the running total of what came back is rounded down, as the sale was,
/// so a whole sale taken back pays out exactly what was paid in.
fn paid_for(before: Rupiah, amount: Rupiah, coin: i64) -> Result<Rupiah, ShopRefusal> {
    let after = before.plus(amount).map_err(|_| ShopRefusal::TooLarge)?;
    let paid = after.rounded_down_to(coin).minus(before.rounded_down_to(coin));
    paid.map_err(|_| ShopRefusal::TooLarge)
}

fn judge_line(sale: &Receipt, back: &LineBack) -> Result<PlannedBack, ShopRefusal> {
    let line = sale.lines.iter().find(|line| line.line_no == back.line_no);
    let line = line.ok_or(ShopRefusal::UnknownLine { line_no: back.line_no })?.clone();
    if !back.quantity.is_positive() {
        return Err(ShopRefusal::NothingOf { name: line.name });
    }
    let too_large = |_| ShopRefusal::TooLarge;
    let left = line.quantity.minus(line.refunded_quantity).map_err(too_large)?;
    if back.quantity > left {
        return Err(ShopRefusal::MoreThanSold { name: line.name, left });
    }
    let all = line.refunded_quantity.plus(back.quantity).map_err(too_large)?;
    let up_to = line.amount.times_fraction(all.milli(), line.quantity.milli(), Rounding::HalfUp);
    let amount = up_to.and_then(|up_to| up_to.minus(line.refunded_amount)).map_err(too_large)?;
    Ok(PlannedBack { quantity: back.quantity, amount, line })
}

/// Takes goods back.
///
/// # Errors
/// [`ShopRefusal`], what approvals, drawer, stock and ledger refuse.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Refund) -> Result<Refunded, Failure> {
    let facts = facts(tx, ctx, input).await?;
    let plan = decide(input, &facts)?;
    let taken = match input.approval {
        Some(id) => Some(approvals::take(tx, ctx, id, KIND, content_hash(&input.back)).await?),
        None => None,
    };
    let back = stock::take_back(tx, ctx, &put_back(ctx, input, &plan)).await?;
    let posted = post(tx, ctx, entry(input, &plan, &back, taken)?).await?;
    drawer::add(tx, input.session, plan.paid.negated()).await?;
    let receipt = Refunded {
        refund: input.refund,
        number: posted.number,
        amount: plan.amount,
        paid: plan.paid,
        entry_no: posted.entry_no,
    };
    keep(tx, ctx, input, &plan, &receipt, &back, taken).await?;
    Ok(receipt)
}

async fn facts(tx: &mut Tx, ctx: &Ctx, input: &Refund) -> Result<Facts, Failure> {
    let session = drawer::ask(tx, input.session).await?;
    let limit = coops::parameters::ask(tx, "refund", "cashier_daily_limit", input.day).await?;
    let coin = coops::parameters::ask(tx, "cash", "rounding_unit", input.day).await?;
    let today = tx
        .later(
            "select cast(coalesce(sum(paid), 0) as bigint) from refunds
              where coop_id = $1 and cashier_id = $2 and day = $3 and approver_id is null",
            &[&ctx.person, &input.day],
        )
        .await?;
    let sale = receipt::find(tx, input.back.sale).await?;
    let refunded_today = today.maybe().await?.map_or(Rupiah::ZERO, |(sum,): (Rupiah,)| sum);
    Ok(Facts {
        sale,
        session: session.maybe().await?,
        refunded_today,
        limit: limit.valid().await?.rupiah(),
        coin: coin.valid().await?.value,
        approved: input.approval.is_some(),
    })
}

fn entry(
    input: &Refund,
    plan: &Plan,
    back: &[LineCost],
    taken: Option<Taken>,
) -> Result<Entry, ShopRefusal> {
    let too_large = |_| ShopRefusal::TooLarge;
    let mut returns: BTreeMap<(&'static str, Unit), Rupiah> = BTreeMap::new();
    let mut costs: BTreeMap<(&'static str, Unit), Rupiah> = BTreeMap::new();
    let mut stock: BTreeMap<(&'static str, Unit), Vec<Detail>> = BTreeMap::new();
    for (planned, cost) in plan.lines.iter().zip(back) {
        let (set, unit) = (cost.accounts, cost.accounts.unit());
        let account = returns_account(set.sales(plan.is_member));
        add(returns.entry((account, unit)).or_default(), planned.amount)?;
        add(costs.entry((set.cost(plan.is_member), unit)).or_default(), cost.cost)?;
        if cost.cost.is_positive() {
            let name = Detail::new("barang", cost.good_id.to_text(), cost.cost);
            stock.entry((set.inventory(), unit)).or_default().push(name);
        }
    }
    let rounding = plan.amount.minus(plan.paid).map_err(too_large)?;
    let evidence = taken.and_then(|taken| taken.paper).into_iter().collect();
    let mut entry = Entry::new(KIND, input.day)
        .numbered(Series::Device(input.device.clone()))
        .noted(input.back.reason.trim())
        .approved_by(taken.map(|taken| taken.approver))
        .with_evidence(evidence);
    for ((account, unit), amount) in returns {
        entry = entry.debit(account, unit, amount);
    }
    entry = entry.credit(CashAccount::Till.code(), Unit::Tok, plan.paid);
    entry = if rounding.is_negative() {
        entry.debit(ROUNDING, Unit::Tok, rounding.abs())
    } else {
        entry.credit(ROUNDING, Unit::Tok, rounding)
    };
    for ((account, unit), names) in stock {
        let total = Rupiah::total(names.iter().map(|name| name.amount)).map_err(too_large)?;
        entry = entry.debit_of(account, unit, total, names);
    }
    for ((account, unit), amount) in costs {
        entry = entry.credit(account, unit, amount);
    }
    Ok(entry)
}

/// The shop's sales have accounts of their own for what comes back; other units lower their sales.
fn returns_account(sales: &'static str) -> &'static str {
    match sales {
        "41101" => "41102",
        "42101" => "42102",
        other => other,
    }
}

fn put_back(ctx: &Ctx, input: &Refund, plan: &Plan) -> TakeBack {
    let lines = plan.lines.iter().map(|planned| TakeBackLine {
        line_no: planned.line.line_no,
        good_id: planned.line.good,
        qty: planned.quantity,
        batch: None,
    });
    TakeBack {
        document_id: input.back.sale.to_text(),
        paper_id: input.refund.to_text(),
        day: input.day,
        happened_at: ctx.at,
        place: SHOP_FLOOR.to_owned(),
        lines: lines.collect(),
    }
}

async fn keep(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &Refund,
    plan: &Plan,
    receipt: &Refunded,
    back: &[LineCost],
    taken: Option<Taken>,
) -> Result<(), Failure> {
    tx.run(
        "insert into refunds (coop_id, refund_id, sale_id, number, session_id, cashier_id,
                approver_id, day, at, amount, paid, reason, entry_no)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        1,
        &[
            &input.refund,
            &input.back.sale,
            &receipt.number,
            &input.session,
            &ctx.person,
            &taken.map(|taken| taken.approver),
            &input.day,
            &ctx.at,
            &receipt.amount,
            &receipt.paid,
            &input.back.reason.trim(),
            &receipt.entry_no,
        ],
    )
    .await?;
    for (planned, cost) in plan.lines.iter().zip(back) {
        tx.run(
            "update sale_lines set refunded_qty_milli = refunded_qty_milli + $4,
                    refunded_amount = refunded_amount + $5
              where coop_id = $1 and sale_id = $2 and line_no = $3
                and refunded_qty_milli + $4 <= qty_milli",
            1,
            &[&input.back.sale, &planned.line.line_no, &planned.quantity, &planned.amount],
        )
        .await?;
        tx.run(
            "insert into refund_lines (coop_id, refund_id, line_no, qty_milli, amount, cost)
             values ($1, $2, $3, $4, $5, $6)",
            1,
            &[&input.refund, &planned.line.line_no, &planned.quantity, &planned.amount, &cost.cost],
        )
        .await?;
    }
    Ok(())
}
