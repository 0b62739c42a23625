//! A movement: one row of the log from which the stock card is read and costs are worked out.

use store::{Bind, Cell, Column, Fault, Kind};
use values::{Ctx, Day, Instant, Quantity, Rupiah};

/// Why goods, or their value, moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// On hand when the books began.
    Opening,
    /// Came, with its paper.
    Receive,
    /// Came before its paper: on hand, without a value.
    First,
    /// The paper came; a receipt takes the place of what came before it.
    FirstSettled,
    /// Went over the counter.
    Issue,
    /// Came back over the counter.
    TakeBack,
    /// Counted.
    Count,
    /// Broken or spoiled.
    WriteOff,
    /// A pack was opened; what was lost by it.
    OpenPack,
    /// Costs that became known later.
    LateCost,
    /// What a row before costs more or less than was thought.
    Correction,
}

/// Every kind with its word in a row.
const WORDS: [(MovementKind, &str); 11] = [
    (MovementKind::Opening, "opening"),
    (MovementKind::Receive, "receive"),
    (MovementKind::First, "first"),
    (MovementKind::FirstSettled, "first_settled"),
    (MovementKind::Issue, "issue"),
    (MovementKind::TakeBack, "take_back"),
    (MovementKind::Count, "count"),
    (MovementKind::WriteOff, "write_off"),
    (MovementKind::OpenPack, "open_pack"),
    (MovementKind::LateCost, "late_cost"),
    (MovementKind::Correction, "correction"),
];

impl MovementKind {
    /// On hand, but without a value until its paper comes.
    pub(crate) fn waits(self) -> bool {
        matches!(self, MovementKind::First | MovementKind::FirstSettled)
    }

    /// Goes out at the cost that stands.
    pub(crate) fn goes_out(self) -> bool {
        use MovementKind::{Issue, OpenPack, WriteOff};
        matches!(self, Issue | WriteOff | OpenPack)
    }
}

/// Who bears what goods cost when they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Charge {
    /// Sold to a member.
    Member,
    /// Sold to somebody else.
    Other,
    /// Lost, broken, or found.
    Shrinkage,
}

impl Charge {
    pub(crate) fn of_buyer(member: bool) -> Charge {
        if member { Charge::Member } else { Charge::Other }
    }
}

const CHARGES: [(Charge, &str); 3] =
    [(Charge::Member, "member"), (Charge::Other, "other"), (Charge::Shrinkage, "shrinkage")];

/// A movement that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Movement {
    pub(crate) kind: MovementKind,
    /// Accounting day.
    pub(crate) day: Day,
    pub(crate) happened_at: Instant,
    pub(crate) place: String,
    /// Empty for the cooperative's own goods.
    pub(crate) owner: String,
    /// Empty where goods are not told apart.
    pub(crate) batch: String,
    pub(crate) expiry: Option<Day>,
    /// Below zero where goods leave.
    pub(crate) qty: Quantity,
    pub(crate) value: Rupiah,
    pub(crate) charge: Option<Charge>,
    /// The document and line that goods came or went with.
    pub(crate) document_id: String,
    pub(crate) line_no: i64,
    /// Another paper that caused it: a refund, an invoice.
    pub(crate) paper_id: Option<String>,
    /// The row that this one corrects.
    pub(crate) corrects: Option<i64>,
    pub(crate) counted: Option<Quantity>,
}

impl Movement {
    /// Own goods that are not told apart, at a place.
    pub(crate) fn new(kind: MovementKind, day: Day, happened_at: Instant, place: &str) -> Movement {
        Movement {
            kind,
            day,
            happened_at,
            place: place.to_owned(),
            owner: String::new(),
            batch: String::new(),
            expiry: None,
            qty: Quantity::ZERO,
            value: Rupiah::ZERO,
            charge: None,
            document_id: String::new(),
            line_no: 1,
            paper_id: None,
            corrects: None,
            counted: None,
        }
    }

    /// Names the document and its line.
    pub(crate) fn of(mut self, document_id: &impl ToString, line_no: i64) -> Movement {
        self.document_id = document_id.to_string();
        self.line_no = line_no;
        self
    }

    /// Names the batch and until when it keeps.
    pub(crate) fn batched(mut self, batch: Option<&str>, expiry: Option<Day>) -> Movement {
        self.batch = batch.map(str::trim).unwrap_or_default().to_owned();
        self.expiry = expiry;
        self
    }

    /// How much moves, and what it is worth.
    pub(crate) fn moving(mut self, qty: Quantity, value: Rupiah) -> Movement {
        (self.qty, self.value) = (qty, value);
        self
    }

    /// Who bears the cost.
    pub(crate) fn charged(mut self, charge: Charge) -> Movement {
        self.charge = Some(charge);
        self
    }
}

/// When something of a day happened: now, where the day is today; otherwise as that day began, so
/// that goods are there before anything of the day leaves.
pub(crate) fn instant_on(day: Day, ctx: &Ctx) -> Instant {
    if day == ctx.day() { ctx.at } else { day.instant_at(0) }
}

impl Bind for MovementKind {
    fn cell(&self) -> Cell {
        let word = WORDS.iter().find(|(kind, _)| kind == self).map_or("", |(_, word)| word);
        Cell::Text(word.to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for MovementKind {
    fn read(cell: Cell) -> Result<MovementKind, Fault> {
        let found = String::read(cell)?;
        let kind = WORDS.iter().find(|(_, word)| *word == found).map(|(kind, _)| *kind);
        kind.ok_or(Fault::Shape { want: "a kind of movement", found })
    }
}

impl Bind for Charge {
    fn cell(&self) -> Cell {
        let word = CHARGES.iter().find(|(charge, _)| charge == self).map_or("", |(_, word)| word);
        Cell::Text(word.to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for Charge {
    fn read(cell: Cell) -> Result<Charge, Fault> {
        let found = String::read(cell)?;
        let charge = CHARGES.iter().find(|(_, word)| *word == found).map(|(charge, _)| *charge);
        charge.ok_or(Fault::Shape { want: "who bears a cost", found })
    }
}
