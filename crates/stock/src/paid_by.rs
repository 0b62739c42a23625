//! How a delivery, or its freight, is paid: four ways, and what each must know.

use ledger::{Detail, Entry, Unit};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Later, Tx};
use suppliers::SupplierRefusal;
use suppliers::register::{self, Supplier};
use suppliers::{AskedDrawer, AskedInvoice, Debt, InvoiceFacts, InvoiceHead, PaidFrom};
use values::{Ctx, Overflow, PersonId, Rupiah, SupplierId};

use crate::StockRefusal;

/// Talangan pengurus.
pub(crate) const TALANGAN: &str = "21210";
/// Whose name stands behind it.
pub(crate) const LENDER: &str = "pemberi";

/// Who gets the money, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum PaidBy {
    /// Paid now, from an account of money.
    Cash(PaidFrom),
    /// Owed by the nota that came with the goods.
    Credit(InvoiceHead),
    /// The nota will follow.
    BeforeInvoice {
        /// Who delivered.
        supplier_id: SupplierId,
    },
    /// A board member paid with own money.
    Talangan {
        /// Who.
        lender: PersonId,
    },
}

impl PaidBy {
    /// Whose the goods were, and whether their nota will follow.
    pub(crate) fn supplier(&self) -> (Option<SupplierId>, bool) {
        match self {
            PaidBy::Credit(head) => (Some(head.supplier_id), false),
            PaidBy::BeforeInvoice { supplier_id } => (Some(*supplier_id), true),
            PaidBy::Cash(_) | PaidBy::Talangan { .. } => (None, false),
        }
    }
}

/// A cost that comes with goods: a truck, porters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freight {
    /// What for.
    pub what: String,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// How it is paid.
    pub paid_by: PaidBy,
}

/// One sum and how it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bill {
    pub(crate) by: PaidBy,
    pub(crate) amount: Rupiah,
}

/// What was asked about a bill.
pub(crate) enum AskedBill {
    Drawer(AskedDrawer),
    Invoice(AskedInvoice),
    Supplier(Later<Supplier>),
    Nothing,
}

/// What is known of a bill.
enum KnownBill {
    Drawer(AskedDrawer),
    Invoice(InvoiceFacts),
    Supplier(Option<Supplier>),
    Nothing,
}

/// Refuses costs without a word or a sum.
pub(crate) fn judge_freight(freight: &[Freight]) -> Result<(), StockRefusal> {
    for cost in freight {
        if cost.what.trim().is_empty() {
            return Err(StockRefusal::CostUnnamed);
        }
        if !cost.amount.is_positive() {
            return Err(StockRefusal::NotPositive { asked: cost.amount });
        }
    }
    Ok(())
}

/// Sums that are paid the same way are one bill.
pub(crate) fn bills<'a>(
    parts: impl IntoIterator<Item = (&'a PaidBy, Rupiah)>,
) -> Result<Vec<Bill>, Overflow> {
    let mut bills: Vec<Bill> = Vec::new();
    for (by, amount) in parts {
        match bills.iter_mut().find(|bill| bill.by == *by) {
            Some(bill) => bill.amount = bill.amount.plus(amount)?,
            None => bills.push(Bill { by: by.clone(), amount }),
        }
    }
    bills.retain(|bill| !bill.amount.is_zero());
    Ok(bills)
}

/// Asks about bills.
pub(crate) async fn ask_bills(tx: &mut Tx, bills: &[Bill]) -> Result<Vec<AskedBill>, Fault> {
    let mut asked = Vec::with_capacity(bills.len());
    for bill in bills {
        asked.push(bill.ask(tx).await?);
    }
    Ok(asked)
}

/// Refuses what cannot be paid so, and gives the suppliers of their notas.
pub(crate) async fn judge_bills(
    bills: &[Bill],
    asked: Vec<AskedBill>,
    unit: Unit,
) -> Result<Vec<Option<Supplier>>, Failure> {
    let mut suppliers = Vec::with_capacity(bills.len());
    for (bill, asked) in bills.iter().zip(asked) {
        suppliers.push(bill.judge(asked.settle().await?, unit).await?);
    }
    Ok(suppliers)
}

/// Tells drawers and keeps notas, after the entry is posted.
pub(crate) async fn settle_bills(
    tx: &mut Tx,
    ctx: &Ctx,
    bills: &[Bill],
    suppliers: &[Option<Supplier>],
    posted: (Unit, i64),
) -> Result<(), Failure> {
    for (bill, supplier) in bills.iter().zip(suppliers) {
        bill.settle(tx, ctx, supplier.as_ref(), posted).await?;
    }
    Ok(())
}

impl Bill {
    async fn ask(&self, tx: &mut Tx) -> Result<AskedBill, Fault> {
        Ok(match &self.by {
            PaidBy::Cash(from) => AskedBill::Drawer(from.ask(tx).await?),
            PaidBy::Credit(head) => AskedBill::Invoice(head.ask(tx).await?),
            PaidBy::BeforeInvoice { supplier_id } => {
                AskedBill::Supplier(register::ask(tx, *supplier_id).await?)
            }
            PaidBy::Talangan { .. } => AskedBill::Nothing,
        })
    }

    /// Refuses what cannot be paid so, and gives the supplier of a nota.
    async fn judge(&self, known: KnownBill, unit: Unit) -> Result<Option<Supplier>, Failure> {
        let other_way = || StockRefusal::NotThisWay { unit: unit.code() };
        match (&self.by, known) {
            (PaidBy::Cash(from), KnownBill::Drawer(asked)) => {
                from.judge(asked).await?;
                Ok(None)
            }
            (PaidBy::Credit(head), KnownBill::Invoice(facts)) => {
                Debt::of_unit(unit).ok_or_else(other_way)?;
                Ok(Some(head.judge(&facts)?.clone()))
            }
            (PaidBy::BeforeInvoice { .. }, KnownBill::Supplier(found)) => {
                if unit != Unit::Tok {
                    return Err(other_way().into());
                }
                Ok(Some(found.ok_or(SupplierRefusal::UnknownSupplier)?))
            }
            _ => Ok(None),
        }
    }

    /// The kredit of the bill.
    pub(crate) fn credit(&self, entry: Entry, unit: Unit) -> Entry {
        let amount = self.amount;
        let of = |kind: &str, subject: String| vec![Detail::new(kind, subject, amount)];
        match &self.by {
            PaidBy::Cash(from) => entry.credit(from.account.code(), from.account.unit(), amount),
            PaidBy::Credit(head) => {
                let code = Debt::of_unit(unit).map_or("", Debt::code);
                entry.credit_of(code, unit, amount, of("pemasok", head.supplier_id.to_text()))
            }
            PaidBy::BeforeInvoice { supplier_id } => {
                let code = suppliers::invoice::NOT_INVOICED;
                entry.credit_of(code, unit, amount, of("pemasok", supplier_id.to_text()))
            }
            PaidBy::Talangan { lender } => {
                entry.credit_of(TALANGAN, Unit::Pst, amount, of(LENDER, lender.to_text()))
            }
        }
    }

    /// Tells the drawer or keeps the nota, after the entry is posted.
    async fn settle(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        supplier: Option<&Supplier>,
        posted: (Unit, i64),
    ) -> Result<(), Failure> {
        match (&self.by, supplier, Debt::of_unit(posted.0)) {
            (PaidBy::Cash(from), _, _) => from.take(tx, self.amount).await,
            (PaidBy::Credit(head), Some(supplier), Some(debt)) => {
                head.owe(tx, ctx, supplier, (debt, self.amount), posted.1).await
            }
            _ => Ok(()),
        }
    }
}

impl AskedBill {
    async fn settle(self) -> Result<KnownBill, Fault> {
        Ok(match self {
            AskedBill::Drawer(asked) => KnownBill::Drawer(asked),
            AskedBill::Invoice(asked) => KnownBill::Invoice(asked.settle().await?),
            AskedBill::Supplier(later) => KnownBill::Supplier(later.maybe().await?),
            AskedBill::Nothing => KnownBill::Nothing,
        })
    }
}
