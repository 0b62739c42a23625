//! New goods.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use coops::parameters::{self, Found, Parameter};
use store::Tx;
use values::{Day, GoodId, PackId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::{barcodes, unready};
use crate::AccountSet;
use crate::add_good::{self, AddGood};

#[derive(Template)]
#[template(path = "pages/add.html")]
struct AddPage {
    page: Page,
    form: Fields,
    ceilings: Vec<Ceiling>,
}

/// A ceiling of the price that goods can have.
struct Ceiling {
    key: String,
    label: String,
}

impl Ceiling {
    fn of(row: &Parameter) -> Ceiling {
        let unit = row.unit.split_once('/').map_or("", |(_, unit)| unit);
        let name = row.name.to_uppercase();
        let label = format!("{} · {name} {} / {unit}", row.key.replace('_', " "), row.rupiah());
        Ceiling { key: row.key.clone(), label }
    }
}

/// Sets of accounts as the desk calls them.
const ACCOUNTS: [(AccountSet, &str); 3] = [
    (AccountSet::Shop, "Sembako dan barang toko lain"),
    (AccountSet::Lpg, "Isi ulang LPG"),
    (AccountSet::Fish, "Ikan kolam"),
];

async fn add_page(shell: &Shell, who: &SignedIn, form: Fields) -> Result<AddPage, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let ask = async move |tx: &mut Tx| parameters::all_on(tx, today).await;
    let found = shell.store.read(who.coop(), ask).await?;
    let rows = found.iter().filter_map(|found| match found {
        Found::Valid(row) | Found::Expired(row) => Some(row),
        Found::Missing => None,
    });
    let rows = rows.filter(|row| matches!(row.name.as_str(), "het" | "hap"));
    let mut ceilings: Vec<Ceiling> = rows.map(Ceiling::of).collect();
    ceilings.sort_by(|one, two| one.label.cmp(&two.label));
    ceilings.dedup_by(|one, two| one.key == two.key);
    Ok(AddPage { page: who.page("Daftarkan barang"), form, ceilings })
}

pub(super) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden()).with("sellable", 1);
    Ok(html(&add_page(&shell, &who, form).await?))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let mut page = add_page(&shell, &posted.who, Fields::default()).await?;
    let input = read(&mut posted.fields, &page.ceilings)?;
    if let (Some(input), false) = (input, posted.fields.has_errors())
        && let Some(added) = posted.act(&shell, add_good::KIND, input, add_good::record).await?
    {
        return Ok(see_other(&format!("/barang/{}?baru=1", added.receipt.good_id)));
    }
    super::raise_unseen(&mut posted.fields, &["good_id", "qty"]);
    page.form = posted.fields;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn read(fields: &mut Fields, ceilings: &[Ceiling]) -> Result<Option<AddGood>, Problem> {
    let id = fields.request_text();
    let good_id = GoodId::parse(&id).map_err(|_| unready())?;
    let base_pack_id = PackId::parse(&id).map_err(|_| unready())?;
    let chosen = ACCOUNTS.iter().find(|(set, _)| set.word() == fields.value("accounts"));
    let Some((accounts, _)) = chosen else {
        fields.wrong("accounts", "Pilih jenis barangnya.");
        return Ok(None);
    };
    let ceiling_key = Some(fields.value("ceiling_key").to_owned()).filter(|key| !key.is_empty());
    if ceiling_key.as_ref().is_some_and(|key| ceilings.iter().all(|one| one.key != *key)) {
        fields.wrong("ceiling_key", "Pilih batas harga dari daftar.");
    }
    let reorder = !fields.value("reorder").trim().is_empty();
    Ok(Some(AddGood {
        good_id,
        name: fields.text("name", 80),
        base_unit: fields.text("base_unit", 20),
        accounts: *accounts,
        quota: fields.chosen("quota", "1"),
        sold_by_weight: fields.chosen("sold_by_weight", "1"),
        ceiling_key,
        reorder: reorder.then(|| fields.quantity("reorder", &[])),
        base_pack_id,
        sellable: fields.chosen("sellable", "1"),
        barcodes: barcodes(fields),
    }))
}
