//! The price of a pack at an instant, and which version of the list says so.

use store::{Failure, Fault, Later, Tx};
use values::{Instant, PackId, Rupiah};

/// A pack's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The version of the list.
    pub version: i64,
    /// For everybody.
    pub price: Rupiah,
    /// For members, where it is another.
    pub member_price: Option<Rupiah>,
}

impl Price {
    /// What this buyer pays.
    #[must_use]
    pub fn for_buyer(&self, member: bool) -> Rupiah {
        if member { self.member_price.unwrap_or(self.price) } else { self.price }
    }
}

type Row = (i64, Rupiah, Option<Rupiah>);

/// The price that holds at an instant.
///
/// # Errors
/// A fault.
pub async fn at(tx: &mut Tx, pack: PackId, at: Instant) -> Result<Option<Price>, Failure> {
    let row: Option<Row> = tx
        .maybe(
            "select version, price, member_price from prices
              where coop_id = $1 and pack_id = $2 and effective_at <= $3
              order by effective_at desc, version desc limit 1",
            &[&pack, &at],
        )
        .await?;
    Ok(row.map(price))
}

/// Asks for the price that a version of the list names.
///
/// # Errors
/// A fault.
pub(crate) async fn ask_version(
    tx: &mut Tx,
    pack: PackId,
    version: i64,
) -> Result<Later<Row>, Fault> {
    let sql = "select version, price, member_price from prices
                where coop_id = $1 and version = $2 and pack_id = $3";
    tx.later(sql, &[&version, &pack]).await
}

pub(crate) fn price((version, price, member_price): Row) -> Price {
    Price { version, price, member_price }
}
