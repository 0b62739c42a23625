//! An entry as an event writes it: days, kind, lines, and the names behind control accounts.

use values::{Day, Month, PersonId, Rupiah};

use crate::Side;

/// The part of the cooperative that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// The office: what serves all units.
    Pst,
    /// Toko, the shop.
    Tok,
    /// Usaha simpan pinjam, savings and loans.
    Usp,
    /// Assets for rent.
    Ast,
    /// The pond.
    Kol,
    /// LPG outlet.
    Lpg,
}

impl Unit {
    /// All units.
    pub const ALL: [Unit; 6] = [Unit::Pst, Unit::Tok, Unit::Usp, Unit::Ast, Unit::Kol, Unit::Lpg];

    /// Three letters, as they stand in journals and paper numbers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Unit::Pst => "PST",
            Unit::Tok => "TOK",
            Unit::Usp => "USP",
            Unit::Ast => "AST",
            Unit::Kol => "KOL",
            Unit::Lpg => "LPG",
        }
    }

    /// Reads the three letters.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// Where an entry's number comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Series {
    /// A paper born on the server: numbered per unit and posting day.
    Paper(Unit),
    /// A receipt, numbered by the device that gave it: `K017-A1-01`.
    Device(String),
}

/// The name behind a line on a control account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What kind of name: the account's `subledger`.
    pub kind: String,
    /// Whose: a member's, supplier's or good's id.
    pub subject: String,
    /// For monthly dues, the month that is paid.
    pub month: Option<Month>,
    /// Its part of the line.
    pub amount: Rupiah,
}

/// One line of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Account code.
    pub account: String,
    /// The unit it belongs to.
    pub unit: Unit,
    /// Debit or kredit.
    pub side: Side,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// The names behind it; empty unless the account is a control account.
    pub details: Vec<Detail>,
}

/// What an event wants posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event, `room.event`.
    pub kind: &'static str,
    /// Accounting day, in an open period.
    pub day: Day,
    /// The day it happened, for stock, jasa and quality.
    pub value_day: Day,
    /// Where its number comes from.
    pub series: Series,
    /// The second person, where the event demands one.
    pub approver: Option<PersonId>,
    /// The entry that this one takes back.
    pub reverses: Option<i64>,
    /// A few words; they stand outside the chain, which keeps their salted hash.
    pub note: Option<String>,
    /// Hashes of photos and papers kept as evidence.
    pub evidence: Vec<[u8; 32]>,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Entry {
    /// An entry of a kind on a day, numbered as a paper of the office.
    #[must_use]
    pub fn new(kind: &'static str, day: Day) -> Entry {
        Entry {
            kind,
            day,
            value_day: day,
            series: Series::Paper(Unit::Pst),
            approver: None,
            reverses: None,
            note: None,
            evidence: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Numbers it in another series.
    #[must_use]
    pub fn numbered(mut self, series: Series) -> Entry {
        self.series = series;
        self
    }

    /// When it happened, where that is not the accounting day.
    #[must_use]
    pub fn valued(mut self, value_day: Day) -> Entry {
        self.value_day = value_day;
        self
    }

    /// Adds a few words.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Entry {
        self.note = Some(note.into());
        self
    }

    /// Names the second person.
    #[must_use]
    pub fn approved_by(mut self, approver: Option<PersonId>) -> Entry {
        self.approver = approver;
        self
    }

    /// Names the evidence.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Vec<[u8; 32]>) -> Entry {
        self.evidence = evidence;
        self
    }

    /// Adds a debit. An amount of zero adds nothing, so that an event can write all its lines.
    #[must_use]
    pub fn debit(self, account: &str, unit: Unit, amount: Rupiah) -> Entry {
        self.line(account, unit, Side::Debit, amount, Vec::new())
    }

    /// Adds a kredit; zero adds nothing.
    #[must_use]
    pub fn credit(self, account: &str, unit: Unit, amount: Rupiah) -> Entry {
        self.line(account, unit, Side::Credit, amount, Vec::new())
    }

    /// Adds a debit on a control account, with the names behind it.
    #[must_use]
    pub fn debit_of(
        self,
        account: &str,
        unit: Unit,
        amount: Rupiah,
        details: Vec<Detail>,
    ) -> Entry {
        self.line(account, unit, Side::Debit, amount, details)
    }

    /// Adds a kredit on a control account, with the names behind it.
    #[must_use]
    pub fn credit_of(
        self,
        account: &str,
        unit: Unit,
        amount: Rupiah,
        details: Vec<Detail>,
    ) -> Entry {
        self.line(account, unit, Side::Credit, amount, details)
    }

    fn line(
        mut self,
        account: &str,
        unit: Unit,
        side: Side,
        amount: Rupiah,
        details: Vec<Detail>,
    ) -> Entry {
        if !amount.is_zero() {
            self.lines.push(Line { account: account.to_owned(), unit, side, amount, details });
        }
        self
    }
}

impl Detail {
    /// One name with its amount.
    #[must_use]
    pub fn new(kind: &str, subject: impl Into<String>, amount: Rupiah) -> Detail {
        Detail { kind: kind.to_owned(), subject: subject.into(), month: None, amount }
    }

    /// The month that is paid.
    #[must_use]
    pub fn for_month(mut self, month: Month) -> Detail {
        self.month = Some(month);
        self
    }
}
