//! What a payer gets: a number, the amount in figures and in words. No name stands in it, since it
//! is kept for ever; the page adds the name when it prints.

use ledger::Posted;
use serde::{Deserialize, Serialize};
use values::{Day, MemberId, Month, Rupiah};

/// A receipt for pokok or wajib.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReceipt {
    /// Who paid.
    pub member_id: MemberId,
    /// The member's number, where there is one yet.
    pub member_number: Option<i64>,
    /// Number of the receipt.
    pub number: String,
    /// The journal entry.
    pub entry_no: i64,
    /// Accounting day.
    pub day: Day,
    /// What was paid now.
    pub amount: Rupiah,
    /// The same in words.
    pub terbilang: String,
    /// For wajib, the months.
    pub months: Vec<PaidMonth>,
    /// For pokok, what is still to be paid.
    pub rest: Rupiah,
    /// For pokok, the row of the parameters that was used.
    pub rule_row: Option<String>,
}

/// One month and what was paid for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidMonth {
    /// The month.
    pub month: Month,
    /// How much.
    pub amount: Rupiah,
}

impl PaymentReceipt {
    pub(crate) fn new(member_id: MemberId, day: Day, amount: Rupiah, posted: Posted) -> Self {
        PaymentReceipt {
            member_id,
            member_number: None,
            number: posted.number,
            entry_no: posted.entry_no,
            day,
            amount,
            terbilang: amount.terbilang(),
            months: Vec::new(),
            rest: Rupiah::ZERO,
            rule_row: None,
        }
    }
}
