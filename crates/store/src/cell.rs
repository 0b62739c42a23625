//! What goes into a statement and what comes out of a row.
//!
//! Both engines speak three kinds of value: whole numbers in 64 bits, text and bytes. Everything a
//! room stores is one of them: rupiah, thousandths and instants are numbers, days and ids are text.

use values::{
    CoopId, Day, DocumentId, GoodId, Instant, MemberId, Month, PackId, Period, PersonId, Quantity,
    RequestId, Rupiah, SaleId, SeatId, SupplierId,
};

use crate::Fault;

/// One value at the border of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A whole number: money in rupiah, quantity in thousandths, an instant in microseconds.
    Int(i64),
    /// Text: a day, an id, a name.
    Text(String),
    /// Bytes: a hash, a photo.
    Bytes(Vec<u8>),
    /// Nothing, of a kind, since PostgreSQL wants to know which.
    Null(Kind),
}

/// The kind of an absent value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A missing number.
    Int,
    /// A missing text.
    Text,
    /// Missing bytes.
    Bytes,
}

/// What can be given to a statement as a parameter.
pub trait Bind {
    /// The value as the database keeps it.
    fn cell(&self) -> Cell;
    /// The kind of the value, also when it is missing.
    const KIND: Kind;
}

/// A parameter whose type was forgotten, so that a list can mix them.
pub trait Param {
    /// The value as the database keeps it.
    fn to_cell(&self) -> Cell;
}

impl<T: Bind> Param for T {
    fn to_cell(&self) -> Cell {
        self.cell()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null(T::KIND), Bind::cell)
    }
    const KIND: Kind = T::KIND;
}

impl<T: Bind + ?Sized> Bind for &T {
    fn cell(&self) -> Cell {
        (**self).cell()
    }
    const KIND: Kind = T::KIND;
}

impl Bind for i64 {
    fn cell(&self) -> Cell {
        Cell::Int(*self)
    }
    const KIND: Kind = Kind::Int;
}

impl Bind for bool {
    fn cell(&self) -> Cell {
        Cell::Int(i64::from(*self))
    }
    const KIND: Kind = Kind::Int;
}

impl Bind for str {
    fn cell(&self) -> Cell {
        Cell::Text(self.to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Bind for String {
    fn cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
    const KIND: Kind = Kind::Text;
}

impl Bind for [u8] {
    fn cell(&self) -> Cell {
        Cell::Bytes(self.to_vec())
    }
    const KIND: Kind = Kind::Bytes;
}

impl Bind for Vec<u8> {
    fn cell(&self) -> Cell {
        Cell::Bytes(self.clone())
    }
    const KIND: Kind = Kind::Bytes;
}

impl Bind for [u8; 32] {
    fn cell(&self) -> Cell {
        Cell::Bytes(self.to_vec())
    }
    const KIND: Kind = Kind::Bytes;
}

/// What can be read out of one column.
pub trait Column: Sized {
    /// Takes the value out of its cell, or says why it cannot.
    ///
    /// # Errors
    /// [`Fault::Shape`] where the column holds another kind or a value that the type refuses.
    fn read(cell: Cell) -> Result<Self, Fault>;
}

impl Column for i64 {
    fn read(cell: Cell) -> Result<Self, Fault> {
        match cell {
            Cell::Int(number) => Ok(number),
            other => Err(Fault::shape("a number", &other)),
        }
    }
}

impl Column for bool {
    fn read(cell: Cell) -> Result<Self, Fault> {
        i64::read(cell).map(|number| number != 0)
    }
}

impl Column for String {
    fn read(cell: Cell) -> Result<Self, Fault> {
        match cell {
            Cell::Text(text) => Ok(text),
            other => Err(Fault::shape("text", &other)),
        }
    }
}

impl Column for Vec<u8> {
    fn read(cell: Cell) -> Result<Self, Fault> {
        match cell {
            Cell::Bytes(bytes) => Ok(bytes),
            other => Err(Fault::shape("bytes", &other)),
        }
    }
}

impl Column for [u8; 32] {
    fn read(cell: Cell) -> Result<Self, Fault> {
        let bytes = Vec::<u8>::read(cell)?;
        bytes.try_into().map_err(|bytes| Fault::shape("32 bytes", &Cell::Bytes(bytes)))
    }
}

impl<T: Column> Column for Option<T> {
    fn read(cell: Cell) -> Result<Self, Fault> {
        match cell {
            Cell::Null(_) => Ok(None),
            other => T::read(other).map(Some),
        }
    }
}

/// Types kept as a number.
macro_rules! kept_as_number {
    ($($type:ty, $make:path, $take:path;)*) => {$(
        impl Bind for $type {
            fn cell(&self) -> Cell {
                Cell::Int($take(*self))
            }
            const KIND: Kind = Kind::Int;
        }
        impl Column for $type {
            fn read(cell: Cell) -> Result<Self, Fault> {
                i64::read(cell).map($make)
            }
        }
    )*};
}

kept_as_number! {
    Rupiah, Rupiah::new, Rupiah::get;
    Quantity, Quantity::from_milli, Quantity::milli;
    Instant, Instant::from_micros, Instant::micros;
    CoopId, CoopId::new, CoopId::get;
}

/// Types kept as the text that they print and parse.
macro_rules! kept_as_text {
    ($($type:ty, $print:path, $parse:path;)*) => {$(
        impl Bind for $type {
            fn cell(&self) -> Cell {
                Cell::Text($print(self).to_string())
            }
            const KIND: Kind = Kind::Text;
        }
        impl Column for $type {
            fn read(cell: Cell) -> Result<Self, Fault> {
                let text = String::read(cell)?;
                $parse(&text).map_err(|_| Fault::shape(stringify!($type), &Cell::Text(text)))
            }
        }
    )*};
}

kept_as_text! {
    Day, Day::to_iso, Day::parse_iso;
    Month, Month::to_iso, Month::parse;
    Period, Period::to_text, Period::parse;
    RequestId, RequestId::to_text, RequestId::parse;
    PersonId, PersonId::to_text, PersonId::parse;
    MemberId, MemberId::to_text, MemberId::parse;
    GoodId, GoodId::to_text, GoodId::parse;
    PackId, PackId::to_text, PackId::parse;
    SeatId, SeatId::to_text, SeatId::parse;
    SupplierId, SupplierId::to_text, SupplierId::parse;
    SaleId, SaleId::to_text, SaleId::parse;
    DocumentId, DocumentId::to_text, DocumentId::parse;
}

/// A row, taken apart into a tuple or a struct.
pub trait FromRow: Sized {
    /// Reads the columns in the order of the `select`.
    ///
    /// # Errors
    /// [`Fault::Shape`] where a column is missing or holds another kind.
    fn from_row(row: Vec<Cell>) -> Result<Self, Fault>;
}

/// The columns of a row, taken one after the other: how a wide struct is read.
pub struct Cells(std::vec::IntoIter<Cell>);

impl Cells {
    /// Over one row.
    #[must_use]
    pub fn new(row: Vec<Cell>) -> Cells {
        Cells(row.into_iter())
    }

    /// The next column.
    ///
    /// # Errors
    /// [`Fault::Columns`] where there is none, [`Fault::Shape`] where it holds another kind.
    pub fn take<T: Column>(&mut self) -> Result<T, Fault> {
        T::read(self.0.next().ok_or(Fault::Columns)?)
    }
}

macro_rules! rows_of {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: Vec<Cell>) -> Result<Self, Fault> {
                let mut cells = row.into_iter();
                let read = ($($name::read(cells.next().ok_or(Fault::Columns)?)?,)+);
                if cells.next().is_some() { Err(Fault::Columns) } else { Ok(read) }
            }
        }
    )*};
}

rows_of! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
    A B C D E F G H I J K L M;
    A B C D E F G H I J K L M N;
    A B C D E F G H I J K L M N O;
    A B C D E F G H I J K L M N O P;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_too_few_or_too_many_columns_is_a_fault() {
        let row = || vec![Cell::Int(1), Cell::Text("a".into())];
        assert_eq!(<(i64, String)>::from_row(row()).unwrap(), (1, "a".into()));
        assert!(matches!(<(i64,)>::from_row(row()), Err(Fault::Columns)));
        assert!(matches!(<(i64, String, i64)>::from_row(row()), Err(Fault::Columns)));
    }

    #[test]
    fn a_missing_value_is_read_only_where_it_is_allowed() {
        assert_eq!(Option::<i64>::read(Cell::Null(Kind::Int)).unwrap(), None);
        assert!(i64::read(Cell::Null(Kind::Int)).is_err());
        assert!(Day::read(Cell::Text("2025-02-30".into())).is_err());
    }
}
