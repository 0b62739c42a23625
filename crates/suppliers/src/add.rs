//! Daftarkan pemasok: a new name to buy from.
//!
//! The bendahara or the warehouse writes down who sells, with the telephone number and how many
//! days the supplier waits for the money. A name that differs from a known one only in capitals,
//! spaces or dots is the known one. Nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, SupplierId};

use crate::SupplierRefusal;

/// The event's name in the commands table.
pub const KIND: &str = "suppliers.add";

/// The longest that a supplier waits for money: a year.
const TERMS_DAYS_MAX: i64 = 365;

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddSupplier {
    /// Its id, made when the form opens.
    pub supplier_id: SupplierId,
    /// Its name.
    pub name: String,
    /// A telephone number, as people write it.
    pub phone: Option<String>,
    /// Days until payment; 0 where it is paid on delivery.
    pub terms_days: i64,
    /// Its tax number, where it gives one.
    pub npwp: Option<String>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The supplier.
    pub supplier_id: SupplierId,
}

/// What is written.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    name: String,
    search: String,
    phone: Option<String>,
    npwp: Option<String>,
}

/// `twin` is the name of a supplier that reads the same.
fn decide(input: &AddSupplier, twin: Option<String>) -> Result<Plan, SupplierRefusal> {
    let search = search_key(&input.name);
    if search.is_empty() {
        return Err(SupplierRefusal::NameMissing);
    }
    if let Some(name) = twin {
        return Err(SupplierRefusal::NameKnown { name });
    }
    let phone = input.phone.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let phone = phone.map(read_phone).transpose()?;
    let npwp = input.npwp.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let npwp = npwp.map(read_npwp).transpose()?;
    let days = input.terms_days;
    if !(0..=TERMS_DAYS_MAX).contains(&days) {
        return Err(SupplierRefusal::TermsOutOfRange { days, most: TERMS_DAYS_MAX });
    }
    Ok(Plan { name: input.name.trim().to_owned(), search, phone, npwp })
}

/// Letters and digits only, in small letters.
fn search_key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `0812…`, `62812…`, `+62 812-…` become `+62812…`.
fn read_phone(text: &str) -> Result<String, SupplierRefusal> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let known = text.chars().all(|c| c.is_ascii_digit() || "+-(). ".contains(c));
    let local = digits.strip_prefix("62").or_else(|| digits.strip_prefix('0'));
    match local {
        Some(local) if known && (7..=13).contains(&local.len()) => Ok(format!("+62{local}")),
        _ => Err(SupplierRefusal::NotAPhone { phone: text.chars().take(30).collect() }),
    }
}

fn read_npwp(text: &str) -> Result<String, SupplierRefusal> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        15 | 16 => Ok(digits),
        count => Err(SupplierRefusal::NotNpwp { digits: count }),
    }
}

/// Writes a supplier down.
///
/// # Errors
/// [`SupplierRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &AddSupplier) -> Result<Added, Failure> {
    let twin: Option<(String,)> = tx
        .maybe(
            "select name from suppliers where coop_id = $1 and search = $2",
            &[&search_key(&input.name)],
        )
        .await?;
    let plan = decide(input, twin.map(|(name,)| name))?;
    tx.run(
        "insert into suppliers (coop_id, supplier_id, name, search, phone, terms_days, npwp,
                added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        1,
        &[
            &input.supplier_id,
            &plan.name,
            &plan.search,
            &plan.phone,
            &input.terms_days,
            &plan.npwp,
            &ctx.at,
            &ctx.person,
        ],
    )
    .await?;
    Ok(Added { supplier_id: input.supplier_id })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    fn agent(name: &str, phone: &str, npwp: &str, terms_days: i64) -> AddSupplier {
        AddSupplier {
            supplier_id: SupplierId::from_bytes([1; 16]),
            name: name.to_owned(),
            phone: Some(phone.to_owned()),
            terms_days,
            npwp: Some(npwp.to_owned()),
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let twin = || Some("UD Berkah Jaya".to_owned());
        let cases = [
            (agent(" . ", "x", "1", 400), twin(), "suppliers.name_missing"),
            (agent("u.d. berkah jaya", "x", "1", 400), twin(), "suppliers.name_known"),
            (agent("UD Berkah", "x", "1", 400), None, "suppliers.not_a_phone"),
            (agent("UD Berkah", "0812", "1", 400), None, "suppliers.not_a_phone"),
            (agent("UD Berkah", "0812 3456 789", "1", 400), None, "suppliers.not_npwp"),
            (agent("UD Berkah", "", "", 366), None, "suppliers.terms_out_of_range"),
            (agent("UD Berkah", "", "", -1), None, "suppliers.terms_out_of_range"),
        ];
        for (input, twin, code) in cases {
            assert_eq!(decide(&input, twin).map_err(|refusal| refusal.code()), Err(code));
        }
    }

    #[test]
    fn what_people_write_becomes_one_form() {
        let plan =
            decide(&agent(" UD. Berkah ", "+62 812-3456-789", "01.234.567.8-901.000", 14), None);
        let plan = plan.unwrap();
        assert_eq!((plan.name.as_str(), plan.search.as_str()), ("UD. Berkah", "udberkah"));
        assert_eq!(plan.phone.as_deref(), Some("+628123456789"));
        assert_eq!(plan.npwp.as_deref(), Some("012345678901000"));
        let plan = decide(&agent("UD Berkah", "0812 3456 789", "", 0), None).unwrap();
        assert_eq!((plan.phone.as_deref(), plan.npwp), (Some("+628123456789"), None));
    }
}
