//! The cart as it lies on the counter: what was scanned or typed, priced and judged for the screen.
//!
//! The cart lives in the address of the page, so that a reload or the back button loses nothing and
//! nothing is written before the sale.

use stock::goods::{Pack, ask_pack};
use store::{Failure, Tx};
use values::{
    Instant, PackFactor, PackId, Quantity, Rupiah, TypedError, TypedUnit, parse_amount,
    parse_quantity,
};

use crate::ShopRefusal;
use crate::cart::{CartLine, Totals, totals};
use crate::ceiling;
use crate::goods::content_of;
use crate::price;

/// Why a typed line cannot be sold.
#[derive(Debug, thiserror::Error)]
enum Refused {
    /// The shop says no.
    #[error(transparent)]
    Shop(ShopRefusal),
    /// It cannot be read.
    #[error(transparent)]
    Typed(TypedError),
}

/// A line as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The pack that was scanned or chosen.
    pub pack: PackId,
    /// `2`, `0,35`, `½`, `2 ons` or money: `10rb`.
    pub how_much: String,
}

/// A line as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What was typed.
    pub typed: Typed,
    /// The goods.
    pub goods: Pack,
    /// The line, where it can be sold as it stands.
    pub line: Option<CartLine>,
    /// Why it cannot, or what is warned.
    pub note: String,
    /// Whether the note stops the sale.
    pub stops: bool,
}

/// The cart as it is shown.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Line by line.
    pub lines: Vec<Shown>,
    /// What is to be paid.
    pub totals: Totals,
}

impl Counter {
    /// Whether it can be paid.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| !line.stops)
    }

    /// The lines of the sale.
    #[must_use]
    pub fn cart(&self) -> Vec<CartLine> {
        self.lines.iter().filter_map(|shown| shown.line.clone()).collect()
    }
}

/// Prices a cart at an instant for a buyer.
///
/// # Errors
/// A fault.
pub async fn counter(
    tx: &mut Tx,
    typed: &[Typed],
    is_member: bool,
    now: Instant,
) -> Result<Counter, Failure> {
    let day = values::Day::of_instant(now);
    let mut lines = Vec::with_capacity(typed.len());
    for one in typed {
        let Some(goods) = ask_pack(tx, one.pack).await?.maybe().await? else { continue };
        let price = price::at(tx, one.pack, now).await?;
        let ceilings = ceiling::of(tx, &[Some(goods.clone())], day).await?;
        let ceiling = ceilings.into_iter().flatten().next();
        let read = price
            .ok_or_else(|| {
                Refused::Shop(ShopRefusal::NoSuchPrice { name: goods.good_name.clone() })
            })
            .and_then(|price| {
                let rupiah = price.for_buyer(is_member);
                read_line(one, &goods, rupiah, price.version)
            });
        lines.push(shown(one, goods, read, ceiling.as_ref()));
    }
    let coin = coops::parameters::valid(tx, "cash", "rounding_unit", day).await?.value;
    let cart: Vec<CartLine> = lines.iter().filter_map(|shown| shown.line.clone()).collect();
    let totals = totals(&cart, coin).map_err(|_| ShopRefusal::TooLarge)?;
    Ok(Counter { lines, totals })
}

/// Money where it is typed as money, a quantity otherwise.
fn read_line(
    typed: &Typed,
    goods: &Pack,
    price: Rupiah,
    version: i64,
) -> Result<CartLine, Refused> {
    let text = typed.how_much.trim().to_lowercase();
    let is_money = text.starts_with("rp")
        || ["rb", "ribu", "jt", "juta"].iter().any(|end| text.ends_with(end));
    let too_large = |_| Refused::Shop(ShopRefusal::TooLarge);
    if is_money {
        let money = parse_amount(&text).map_err(Refused::Typed)?;
        return CartLine::by_money(typed.pack, money, price, version).map_err(too_large);
    }
    let read = parse_quantity(&text).map_err(Refused::Typed)?;
    let packs = match read.unit {
        None => read.quantity,
        Some(unit) if fits(unit, goods) => read.quantity,
        Some(_) => return Err(Refused::Typed(TypedError::UnknownUnit(text))),
    };
    CartLine::by_quantity(typed.pack, packs, price, version).map_err(too_large)
}

/// A typed unit is the pack's own or its base unit where the pack is one of it.
fn fits(unit: TypedUnit, goods: &Pack) -> bool {
    let name = match unit {
        TypedUnit::Kilogram => "kg",
        TypedUnit::Litre => "liter",
        TypedUnit::Butir => "butir",
        TypedUnit::Piece => "pcs",
        TypedUnit::Pack(name) => name,
    };
    goods.pack_name.to_lowercase() == name
        || (goods.factor == PackFactor::ONE && goods.base_unit == name)
}

fn shown(
    typed: &Typed,
    goods: Pack,
    read: Result<CartLine, Refused>,
    ceiling: Option<&ceiling::Ceiling>,
) -> Shown {
    let line = match read {
        Ok(line) => line,
        Err(refused) => {
            let note = refused.to_string();
            return Shown { typed: typed.clone(), goods, line: None, note, stops: true };
        }
    };
    let quantity = content_of(&goods, line.packs).unwrap_or(Quantity::ZERO);
    let on_hand = goods.on_hand;
    let judged = ceiling::judge(ceiling, &goods, line.amount, quantity);
    let (note, stops) = match judged {
        Err(refusal) => (refusal.to_string(), true),
        Ok(_) if !line.packs.is_positive() || quantity.is_zero() => {
            (ShopRefusal::NothingOf { name: goods.good_name.clone() }.to_string(), true)
        }
        Ok(_) if quantity > on_hand => {
            (format!("Persediaan tinggal {on_hand} {}.", goods.base_unit), true)
        }
        Ok(warning) => (warning.unwrap_or_default(), false),
    };
    Shown { typed: typed.clone(), goods, line: Some(line), note, stops }
}
