//! Ceilings: a sale above an HET is refused with its citation, one above a HAP is warned.
//!
//! The ceiling is per base unit and compared as a fraction, on what the buyer pays for the line, so
//! that no rounding hides a breach.

use coops::parameters::{self, Found, Parameter, ParameterKind};
use stock::goods::Pack;
use store::{Failure, Tx};
use values::{Day, Quantity, Rounding, Rupiah, exceeds_ceiling};

use crate::ShopRefusal;

/// What binds a good on a day.
#[derive(Debug, Clone)]
pub struct Ceiling {
    parameter: Parameter,
    expired: bool,
}

/// The ceilings of goods on a day, in their order; none where the good names none.
///
/// # Errors
/// A fault.
pub(crate) async fn of(
    tx: &mut Tx,
    packs: &[Option<Pack>],
    day: Day,
) -> Result<Vec<Option<Ceiling>>, Failure> {
    let mut asked = Vec::with_capacity(packs.len());
    for pack in packs {
        asked.push(match pack.as_ref().and_then(|pack| pack.ceiling_key.as_deref()) {
            Some(key) => {
                let binding = parameters::ask(tx, "het", key, day).await?;
                Some((binding, parameters::ask(tx, "hap", key, day).await?))
            }
            None => None,
        });
    }
    let mut ceilings = Vec::with_capacity(asked.len());
    for one in asked {
        ceilings.push(match one {
            Some((binding, reference)) => {
                let (binding, reference) = (binding.found().await?, reference.found().await?);
                of_found(binding).or_else(|| of_found(reference))
            }
            None => None,
        });
    }
    Ok(ceilings)
}

fn of_found(found: Found) -> Option<Ceiling> {
    match found {
        Found::Valid(parameter) => Some(Ceiling { parameter, expired: false }),
        Found::Expired(parameter) => Some(Ceiling { parameter, expired: true }),
        Found::Missing => None,
    }
}

/// Judges what is paid for a quantity; a sentence where it is only warned.
///
/// # Errors
/// [`ShopRefusal::AboveCeiling`] where the ceiling binds.
pub(crate) fn judge(
    ceiling: Option<&Ceiling>,
    pack: &Pack,
    paid: Rupiah,
    quantity: Quantity,
) -> Result<Option<String>, ShopRefusal> {
    let Some(ceiling) = ceiling else { return Ok(None) };
    let limit = ceiling.parameter.rupiah();
    if !exceeds_ceiling(paid, quantity, limit) {
        return Ok(None);
    }
    let per_unit = paid.times_fraction(1_000, quantity.milli().max(1), Rounding::Up);
    let asked = per_unit.unwrap_or(paid);
    let (name, unit) = (pack.good_name.clone(), pack.base_unit.clone());
    let basis = ceiling.parameter.rule();
    if ceiling.parameter.kind == ParameterKind::Block && !ceiling.expired {
        return Err(ShopRefusal::AboveCeiling { name, asked, unit, ceiling: limit, basis });
    }
    let which = if ceiling.expired { "batas lama (periksa aturan)" } else { "harga acuan" };
    Ok(Some(format!("{name} {asked} per {unit}, di atas {which} {limit}.")))
}
