//! One row: a value with its days, its source and what is not sure about it.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Fault, FromRow};
use values::{Day, Instant, Quantity, Rupiah};

use crate::CoopsRefusal;

/// Who set a value; the one that counts first stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The cooperative itself.
    Coop,
    /// The city.
    City,
    /// The state, or Lumbung as a first value.
    National,
}

/// What a limit does where it is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// Refuses.
    Block,
    /// Warns.
    Warn,
    /// Is no limit but a value in use.
    Set,
}

/// How sure the first day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// The month is known, the day is not.
    Month,
    /// No source tells when it began.
    Unknown,
}

/// A value that holds for some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Who set it.
    pub scope: Scope,
    /// For a city's row, the code of the city; empty otherwise.
    pub area: String,
    /// What a document stores that used it.
    pub row_id: String,
    /// What it is about: `het`, `simpanan`, `cash`.
    pub name: String,
    /// Which one of these: `beras_medium`, `pokok`, `rounding_unit`.
    pub key: String,
    /// The value, in `unit`.
    pub value: i64,
    /// What the value counts: `rupiah/kg`, `kg_milli/orang/hari`, `ppm/tahun`.
    pub unit: String,
    /// First day.
    pub valid_from: Day,
    /// Last day; none while it holds.
    pub valid_through: Option<Day>,
    /// How sure the first day is.
    pub precision: Precision,
    /// What it does.
    pub kind: ParameterKind,
    /// Law, decree or decision.
    pub source: String,
    /// What is not sure about it; may be empty.
    pub remark: String,
    /// When Lumbung learnt of it.
    pub recorded_at: Instant,
}

impl Parameter {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_through.is_none_or(|last| day <= last)
    }

    /// The value as money.
    #[must_use]
    pub fn rupiah(&self) -> Rupiah {
        Rupiah::new(self.value)
    }

    /// The value as thousandths of a base unit.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        Quantity::from_milli(self.value)
    }

    /// Source, first day and remark, as a refusal shows them.
    #[must_use]
    pub fn rule(&self) -> String {
        let since = match self.precision {
            Precision::Day => format!("sejak {}", self.valid_from),
            Precision::Month => format!("sejak {}, tanggal belum pasti", self.valid_from),
            Precision::Unknown => "tanggal mulai tidak diketahui".to_owned(),
        };
        let rule = format!("{} ({since})", self.source);
        if self.remark.is_empty() { rule } else { format!("{rule}. {}", self.remark) }
    }

    /// The refusal where it has ended and nothing follows.
    #[must_use]
    pub fn expired(&self) -> CoopsRefusal {
        CoopsRefusal::ParameterExpired {
            name: self.name.clone(),
            key: self.key.clone(),
            through: self.valid_through.unwrap_or(self.valid_from),
            rule: self.rule(),
        }
    }
}

impl FromRow for Parameter {
    fn from_row(row: Vec<Cell>) -> Result<Parameter, Fault> {
        let mut cells = Cells::new(row);
        let scope: String = cells.take()?;
        Ok(Parameter {
            scope: Scope::from_code(&scope).ok_or_else(|| shape("a scope", &scope))?,
            area: cells.take()?,
            row_id: cells.take()?,
            name: cells.take()?,
            key: cells.take()?,
            value: cells.take()?,
            unit: cells.take()?,
            valid_from: cells.take()?,
            valid_through: cells.take()?,
            precision: read(&mut cells, Precision::from_code, "a precision")?,
            kind: read(&mut cells, ParameterKind::from_code, "a kind of parameter")?,
            source: cells.take()?,
            remark: cells.take()?,
            recorded_at: cells.take()?,
        })
    }
}

fn read<T>(
    cells: &mut Cells,
    from_code: impl Fn(&str) -> Option<T>,
    want: &'static str,
) -> Result<T, Fault> {
    let code: String = cells.take()?;
    from_code(&code).ok_or_else(|| shape(want, &code))
}

fn shape(want: &'static str, found: &str) -> Fault {
    Fault::Shape { want, found: found.to_owned() }
}

impl Scope {
    /// How it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Scope::Coop => "coop",
            Scope::City => "city",
            Scope::National => "national",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Scope> {
        [Scope::Coop, Scope::City, Scope::National].into_iter().find(|one| one.code() == code)
    }
}

impl ParameterKind {
    /// How it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ParameterKind::Block => "block",
            ParameterKind::Warn => "warn",
            ParameterKind::Set => "set",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<ParameterKind> {
        use ParameterKind::{Block, Set, Warn};
        [Block, Warn, Set].into_iter().find(|one| one.code() == code)
    }
}

impl Precision {
    /// How it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Unknown => "unknown",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Precision> {
        use Precision::{Day, Month, Unknown};
        [Day, Month, Unknown].into_iter().find(|one| one.code() == code)
    }
}
