//! Over the counter: carts that buyers bring, and what some bring back.

use shop::refund::{self, GoodsBack, LineBack, Refund};
use shop::sell::{self, Sale};
use shop::{CartLine, totals};
use store::Failure;
use values::{MemberId, Overflow, Quantity, Rounding, Rupiah, SaleId};

use crate::desk::Desk;
use crate::shelves::{Shelf, Tag};
use crate::staff::Staff;
use crate::till::Till;

/// The smallest coin at the counter.
const COIN: i64 = 100;
/// Notes that buyers round up to.
const NOTES: [i64; 5] = [1_000, 5_000, 10_000, 50_000, 100_000];
/// What a cashier gives back without asking; a little below the limit of a day.
const REFUND_MAX: i64 = 45_000;
const REASONS: [&str; 3] = ["Kemasan bocor", "Salah ambil barang", "Barang rusak"];

/// A sale of today.
#[derive(Debug)]
pub(crate) struct Sold {
    sale: SaleId,
    lines: Vec<SoldLine>,
}

#[derive(Debug)]
struct SoldLine {
    shelf: usize,
    qty_milli: i64,
    holds: i64,
    amount: Rupiah,
}

/// Somebody buys; nothing happens where the shelves are empty.
pub(crate) async fn sell(
    desk: &mut Desk,
    staff: &Staff,
    till: &mut Till,
    shelves: &mut [Shelf],
    member: Option<MemberId>,
) -> Result<Option<Sold>, Failure> {
    let (cart, sold) = fill_cart(desk, shelves, member.is_some()).map_err(too_large)?;
    if cart.is_empty() {
        return Ok(None);
    }
    let due = totals(&cart, COIN).map_err(too_large)?.due.get();
    let tendered = tender(desk, due);
    let change = tendered - due;
    let short =
        if change > 400 && desk.dice.chance(3) { COIN * desk.dice.between(1, 4) } else { 0 };
    till.cash += due + short;
    for line in &sold {
        shelves[line.shelf].on_hand_milli -= line.qty_milli;
    }
    let sale = SaleId::from_bytes(desk.id());
    let input = Sale {
        sale,
        device: till.series.clone(),
        session: till.session,
        day: desk.day(),
        sold_at: desk.at,
        member,
        lines: cart,
        tendered: Rupiah::new(tendered),
        returned: Rupiah::new(change - short),
    };
    desk.send(staff.kasir, sell::KIND, input, sell::record).await?;
    Ok(Some(Sold { sale, lines: sold }))
}

fn too_large(_: Overflow) -> Failure {
    shop::ShopRefusal::TooLarge.into()
}

/// Half of the buyers count it out, the others give a larger note.
fn tender(desk: &mut Desk, due: i64) -> i64 {
    if desk.dice.chance(45) {
        return due;
    }
    let note = *desk.dice.pick(&NOTES);
    (due + note - 1).div_euclid(note) * note
}

fn fill_cart(
    desk: &mut Desk,
    shelves: &[Shelf],
    is_member: bool,
) -> Result<(Vec<CartLine>, Vec<SoldLine>), Overflow> {
    let (mut cart, mut sold) = (Vec::new(), Vec::<SoldLine>::new());
    let kinds = *desk.dice.pick(&[1, 1, 2, 2, 2, 3, 3, 4, 5]);
    for _ in 0..kinds {
        let place = desk.dice.weighted(shelves.iter().map(|shelf| shelf.goods.liking));
        if sold.iter().any(|line| line.shelf == place) {
            continue;
        }
        let shelf = &shelves[place];
        let (line, holds) = one_line(desk, shelf, is_member)?;
        let qty_milli = line.packs.milli() * holds;
        if qty_milli <= shelf.on_hand_milli && line.amount.is_positive() {
            sold.push(SoldLine { shelf: place, qty_milli, holds, amount: line.amount });
            cart.push(line);
        }
    }
    Ok((cart, sold))
}

/// How much of one kind, and base units in its pack.
fn one_line(desk: &mut Desk, shelf: &Shelf, is_member: bool) -> Result<(CartLine, i64), Overflow> {
    let whole = shelf.whole.filter(|_| desk.dice.chance(6));
    let tag: Tag = whole.unwrap_or(shelf.sold);
    let price = Rupiah::new(tag.for_buyer(is_member));
    let by_quantity = |packs_milli: i64| {
        let packs = Quantity::from_milli(packs_milli);
        CartLine::by_quantity(tag.pack, packs, price, tag.version)
    };
    let line = if whole.is_some() {
        by_quantity(1_000)?
    } else if shelf.goods.weighed && desk.dice.chance(15) {
        let money = Rupiah::new(5_000 * desk.dice.between(1, 4));
        CartLine::by_money(tag.pack, money, price, tag.version)?
    } else if shelf.goods.weighed {
        by_quantity(*desk.dice.pick(&[250, 500, 500, 750, 1_000, 1_000, 1_500, 2_000]))?
    } else if shelf.goods.quota || tag.price > 30_000 {
        by_quantity(1_000)?
    } else {
        by_quantity(1_000 * *desk.dice.pick(&[1, 1, 1, 2, 2, 3, 5]))?
    };
    Ok((line, tag.holds))
}

/// Somebody brings something back of a sale of today, where there is something to bring.
pub(crate) async fn take_back(
    desk: &mut Desk,
    staff: &Staff,
    till: &mut Till,
    shelves: &mut [Shelf],
    today: &[Sold],
) -> Result<(), Failure> {
    let fits = |line: &SoldLine| {
        !shelves[line.shelf].goods.quota && (1_000..=REFUND_MAX).contains(&line.amount.get())
    };
    let lines = today.iter().flat_map(|sold| (1..).zip(&sold.lines).map(move |line| (sold, line)));
    let some: Vec<(&Sold, (i64, &SoldLine))> = lines.filter(|(_, (_, line))| fits(line)).collect();
    if some.is_empty() {
        return Ok(());
    }
    let (sold, (line_no, line)) = *desk.dice.pick(&some);
    let one_pack = 1_000 * line.holds;
    let in_part = line.qty_milli > one_pack && !shelves[line.shelf].goods.weighed;
    let back = if in_part && desk.dice.chance(60) { one_pack } else { line.qty_milli };
    let worth = line.amount.times_fraction(back, line.qty_milli, Rounding::HalfUp);
    let worth = worth.map_err(too_large)?;
    till.cash -= worth.rounded_down_to(COIN).get();
    shelves[line.shelf].on_hand_milli += back;
    let quantity = Quantity::from_milli(back);
    let reason = (*desk.dice.pick(&REASONS)).to_owned();
    let lines = vec![LineBack { line_no, quantity }];
    let input = Refund {
        refund: desk.document(),
        session: till.session,
        device: till.series.clone(),
        day: desk.day(),
        back: GoodsBack { sale: sold.sale, lines, reason },
        approval: None,
    };
    desk.send(staff.kasir, refund::KIND, input, refund::record).await
}
