//! The notas of suppliers: what each is for and how much of it is paid.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Ctx, Day, DocumentId, Rupiah, SupplierId};

use crate::register::{self, Supplier};
use crate::{Debt, SupplierRefusal};

/// The head of a nota, as the paper shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceHead {
    /// Its id, made when the form opens.
    pub invoice_id: DocumentId,
    /// Whose it is.
    pub supplier_id: SupplierId,
    /// Its number; many a trader gives none.
    pub number: Option<String>,
    /// The day on it.
    pub invoice_day: Day,
}

/// What was asked about a nota.
pub struct AskedInvoice {
    supplier: Later<Supplier>,
    twin: Later<(Day,)>,
}

/// What must be known to judge a nota.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvoiceFacts {
    /// Its supplier, where there is one.
    pub supplier: Option<Supplier>,
    /// Day of a nota of the same supplier and number.
    pub twin: Option<Day>,
}

/// A nota that is not paid in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvoice {
    /// Its id.
    pub invoice_id: DocumentId,
    /// Whose it is.
    pub supplier_id: SupplierId,
    /// Its number.
    pub number: Option<String>,
    /// The day on it.
    pub invoice_day: Day,
    /// When it must be paid.
    pub due_day: Day,
    /// What is left of it.
    pub open: Rupiah,
}

impl FromRow for OpenInvoice {
    fn from_row(row: Vec<Cell>) -> Result<OpenInvoice, Fault> {
        let mut cells = Cells::new(row);
        Ok(OpenInvoice {
            invoice_id: cells.take()?,
            supplier_id: cells.take()?,
            number: cells.take()?,
            invoice_day: cells.take()?,
            due_day: cells.take()?,
            open: cells.take()?,
        })
    }
}

impl AskedInvoice {
    /// Reads the answers.
    ///
    /// # Errors
    /// A fault.
    pub async fn settle(self) -> Result<InvoiceFacts, Fault> {
        let twin = self.twin.maybe().await?.map(|(day,)| day);
        Ok(InvoiceFacts { supplier: self.supplier.maybe().await?, twin })
    }
}

impl InvoiceHead {
    fn number(&self) -> Option<&str> {
        self.number.as_deref().map(str::trim).filter(|number| !number.is_empty())
    }

    /// Asks what must be known to judge it.
    ///
    /// # Errors
    /// A fault.
    pub async fn ask(&self, tx: &mut Tx) -> Result<AskedInvoice, Fault> {
        let supplier = register::ask(tx, self.supplier_id).await?;
        let twin = tx
            .later(
                "select invoice_day from supplier_invoices
                  where coop_id = $1 and supplier_id = $2 and number = $3",
                &[&self.supplier_id, &self.number().unwrap_or_default()],
            )
            .await?;
        Ok(AskedInvoice { supplier, twin })
    }

    /// Refuses a nota of nobody, and one that was typed before.
    ///
    /// # Errors
    /// [`SupplierRefusal::UnknownSupplier`], [`SupplierRefusal::NumberKnown`].
    pub fn judge<'a>(&self, facts: &'a InvoiceFacts) -> Result<&'a Supplier, SupplierRefusal> {
        let supplier = facts.supplier.as_ref().ok_or(SupplierRefusal::UnknownSupplier)?;
        if let Some((number, day)) = self.number().zip(facts.twin) {
            return Err(SupplierRefusal::NumberKnown { number: number.to_owned(), day });
        }
        Ok(supplier)
    }

    /// Keeps the nota as owed: called after the entry that posts the debt.
    ///
    /// # Errors
    /// A fault.
    pub async fn owe(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        supplier: &Supplier,
        owed: (Debt, Rupiah),
        entry_no: i64,
    ) -> Result<(), Failure> {
        let terms = i32::try_from(supplier.terms_days).unwrap_or(i32::MAX);
        tx.run(
            "insert into supplier_invoices (coop_id, invoice_id, supplier_id, account, number,
                    invoice_day, due_day, amount, paid_amount, entry_no, recorded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)",
            1,
            &[
                &self.invoice_id,
                &self.supplier_id,
                &owed.0,
                &self.number(),
                &self.invoice_day,
                &self.invoice_day.plus_days(terms),
                &owed.1,
                &entry_no,
                &ctx.at,
            ],
        )
        .await?;
        Ok(())
    }
}

/// Asks for the notas of a supplier on an account that are not paid in full, oldest first.
///
/// # Errors
/// A fault.
pub(crate) async fn ask_open(
    tx: &mut Tx,
    supplier_id: SupplierId,
    debt: Debt,
) -> Result<Later<OpenInvoice>, Fault> {
    tx.later(
        "select invoice_id, supplier_id, number, invoice_day, due_day, amount - paid_amount
           from supplier_invoices
          where coop_id = $1 and supplier_id = $2 and account = $3 and paid_amount < amount
          order by invoice_day, recorded_at, invoice_id",
        &[&supplier_id, &debt],
    )
    .await
}

/// All notas that are not paid in full, those due first in front.
///
/// # Errors
/// A fault.
pub async fn open_invoices(tx: &mut Tx) -> Result<Vec<OpenInvoice>, Failure> {
    let open = tx
        .all(
            "select invoice_id, supplier_id, number, invoice_day, due_day, amount - paid_amount
               from supplier_invoices where coop_id = $1 and paid_amount < amount
              order by due_day, invoice_day, recorded_at, invoice_id",
            &[],
        )
        .await?;
    Ok(open)
}

/// Adds to what is paid of a nota.
pub(crate) async fn add_paid(tx: &mut Tx, id: DocumentId, amount: Rupiah) -> Result<(), Fault> {
    tx.run(
        "update supplier_invoices set paid_amount = paid_amount + $3
          where coop_id = $1 and invoice_id = $2",
        1,
        &[&id, &amount],
    )
    .await
}
