//! The lines of a delivery as they are typed: read, added up, shown again.

use values::{Day, DocumentId, MovingAverage, Quantity, Rupiah};
use web::Fields;

use super::ways::Ways;
use crate::goods::Pack;
use crate::receive::{Receive, ReceiveLine};
use crate::shelf::{Choices, unit_cost};
use crate::{Freight, PaidBy};

/// Lines that one form holds.
pub(super) const LINES: usize = 8;

/// One line of the form as it is shown.
pub(super) struct Row {
    pub(super) no: usize,
    pub(super) pack: Cell,
    pub(super) packs: Cell,
    pub(super) amount: Cell,
    /// What the line brings, where it could be read.
    pub(super) brings: Option<Brings>,
}

/// A field of a line: its name, what was typed, what is wrong with it.
pub(super) struct Cell {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) error: String,
}

/// What a line brings, in base units, and what one of them costs without freight.
pub(super) struct Brings {
    pub(super) qty: Quantity,
    pub(super) unit: String,
    pub(super) cost: Option<Rupiah>,
}

/// Sums of what was typed.
pub(super) struct Totals {
    pub(super) goods: Rupiah,
    pub(super) freight: Rupiah,
}

impl Totals {
    pub(super) fn all(&self) -> Rupiah {
        self.goods.plus(self.freight).unwrap_or_default()
    }
}

impl Cell {
    fn of(form: &Fields, name: String) -> Cell {
        let (value, error) = (form.value(&name).to_owned(), form.error(&name).to_owned());
        Cell { name, value, error }
    }
}

/// The lines of a form, with what each brings.
pub(super) fn rows(form: &Fields, choices: &Choices) -> Vec<Row> {
    let row = |no: usize| {
        let cell = |name: &str| Cell::of(form, format!("{name}_{no}"));
        let (pack, packs, amount) = (cell("pack"), cell("packs"), cell("amount"));
        let found = choices.find(&pack.value);
        let brings = found.and_then(|found| brings(found, &packs.value, &amount.value));
        Row { no, pack, packs, amount, brings }
    };
    (1..=LINES).map(row).collect()
}

fn brings(pack: &Pack, packs: &str, amount: &str) -> Option<Brings> {
    let packs = values::parse_quantity(packs).ok()?.quantity;
    let qty = packs.times_factor(&pack.factor).ok()?;
    let value = values::parse_amount(amount).ok();
    let cost = value.and_then(|value| unit_cost(MovingAverage { qty, value }));
    Some(Brings { qty, unit: pack.base_unit.clone(), cost })
}

/// The sums of what can be read of a form.
pub(super) fn totals(form: &Fields) -> Totals {
    let sum = |name: String| values::parse_amount(form.value(&name)).unwrap_or_default();
    let goods = (1..=LINES).map(|no| sum(format!("amount_{no}")));
    let goods = Rupiah::total(goods).unwrap_or_default();
    Totals { goods, freight: sum("freight".to_owned()) }
}

/// Reads a delivery; none where something is wrong.
pub(super) fn read(
    form: &mut Fields,
    receipt_id: DocumentId,
    (choices, ways): (&Choices, &Ways),
    today: Day,
) -> Option<Receive> {
    let lines = lines(form, choices);
    let received_day = form.day("received_day");
    let place = form.text("place", 40);
    let typed = form.value("paid_by").to_owned();
    let paid_by = ways.chosen(&typed, form, (receipt_id, received_day));
    if paid_by.is_none() {
        form.wrong("paid_by", "Pilih bagaimana barangnya dibayar.");
    }
    let freight = freight(form, ways, paid_by.as_ref(), receipt_id);
    if form.has_errors() {
        return None;
    }
    Some(Receive {
        receipt_id,
        day: today,
        received_day: received_day?,
        place,
        lines,
        paid_by: paid_by?,
        freight,
        nota: None,
    })
}

fn lines(form: &mut Fields, choices: &Choices) -> Vec<ReceiveLine> {
    let mut lines = Vec::new();
    for no in 1..=LINES {
        let names = ["pack", "packs", "amount"].map(|name| format!("{name}_{no}"));
        if names.iter().all(|name| form.value(name).trim().is_empty()) {
            continue;
        }
        let [pack_name, packs_name, amount_name] = names;
        let (packs, amount) = (form.quantity(&packs_name, &[]), form.amount(&amount_name));
        let Some(pack) = choices.find(form.value(&pack_name)) else {
            form.wrong(
                &pack_name,
                "Barang ini tidak dikenal. Pilih dari daftar, atau daftarkan dulu.",
            );
            continue;
        };
        lines.push(ReceiveLine {
            good_id: pack.good_id,
            pack_id: pack.pack_id,
            packs,
            weighed: None,
            amount,
            batch: None,
            expiry: None,
            first_id: None,
        });
    }
    lines
}

/// One more cost, paid as the goods are or in a way of its own.
fn freight(
    form: &mut Fields,
    ways: &Ways,
    goods: Option<&PaidBy>,
    receipt_id: DocumentId,
) -> Vec<Freight> {
    let Some(amount) = form.maybe_amount("freight").filter(|amount| !amount.is_zero()) else {
        return Vec::new();
    };
    let typed = form.value("freight_by").to_owned();
    let paid_by = match typed.as_str() {
        "same" => goods.cloned(),
        _ => ways.chosen(&typed, form, (receipt_id, None)),
    };
    let Some(paid_by) = paid_by else {
        form.wrong("freight_by", "Pilih bagaimana ongkosnya dibayar.");
        return Vec::new();
    };
    vec![Freight { what: "Ongkos angkut".to_owned(), amount, paid_by }]
}
