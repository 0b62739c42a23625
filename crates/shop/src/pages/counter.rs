//! Kasir: scan, see the total, take the money.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use cash::drawer::OpenDrawer;
use cash::{CashAccount, held};
use stock::goods::Pack;
use store::{Failure, Tx};
use values::{Instant, PackId, Rupiah, SaleId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::counter::{Counter, Typed, counter};
use crate::goods;
use crate::sell::{self, Sale};

/// Sums that people often hand over.
const NOTES: [i64; 4] = [20_000, 50_000, 100_000, 200_000];

#[derive(Template)]
#[template(path = "pages/counter.html")]
struct CounterPage {
    page: Page,
    form: Fields,
    cart: Cart,
    counter: Counter,
    buyer: Option<Buyer>,
    choices: Vec<Pack>,
    note: String,
    notes: Vec<Rupiah>,
}

/// A member at the counter.
struct Buyer {
    number: String,
    name: String,
    member: values::MemberId,
}

/// The cart as it stands in the address.
#[derive(Clone)]
struct Cart {
    sale: SaleId,
    member: String,
    lines: Vec<Typed>,
}

impl Cart {
    /// Reads it from an address or a form; lines with nothing left are dropped.
    fn read(fields: &Fields) -> Cart {
        let packs = fields.values("b").iter().map(|pack| PackId::parse(pack));
        let lines = packs.zip(fields.values("q")).filter_map(|(pack, how_much)| {
            let kept = !matches!(how_much.trim(), "" | "0");
            pack.ok().filter(|_| kept).map(|pack| Typed { pack, how_much: how_much.clone() })
        });
        Cart {
            sale: SaleId::parse(fields.value("id")).unwrap_or_else(|_| SaleId::new_v7()),
            member: fields.value("anggota").trim().to_owned(),
            lines: lines.collect(),
        }
    }

    /// The address that holds it.
    fn address(&self) -> String {
        let mut address = format!("/kasir?id={}", self.sale);
        if !self.member.is_empty() {
            address.push_str(&format!("&anggota={}", encoded(&self.member)));
        }
        for line in &self.lines {
            address.push_str(&format!("&b={}&q={}", line.pack, encoded(&line.how_much)));
        }
        address
    }

    /// The address with one more of a pack; the same pack twice is one line, where it is counted.
    fn with(&self, pack: &PackId, how_much: &str) -> Cart {
        let mut more = self.clone();
        let counted = |text: &str| text.trim().parse::<i64>().ok();
        let same = more.lines.iter_mut().find(|line| line.pack == *pack);
        match (same, counted(how_much)) {
            (Some(line), Some(add)) if counted(&line.how_much).is_some() => {
                let sum = counted(&line.how_much).unwrap_or(0).saturating_add(add);
                line.how_much = sum.to_string();
            }
            _ => more.lines.push(Typed { pack: *pack, how_much: how_much.to_owned() }),
        }
        more
    }
}

fn encoded(text: &str) -> String {
    let letters = text.bytes().map(|byte| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    letters.collect()
}

/// The drawer that this cashier has open.
pub(super) async fn open_drawer(
    shell: &Shell,
    who: &SignedIn,
) -> Result<Option<OpenDrawer>, Problem> {
    let person = who.person();
    let ask = async move |tx: &mut Tx| held::by(tx, person).await;
    let held = shell.store.read(who.coop(), ask).await?;
    Ok(held.into_iter().find(|drawer| drawer.account == CashAccount::Till))
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    if open_drawer(&shell, &who).await?.is_none() {
        return Ok(see_other("/kas/laci"));
    }
    let fields = Fields::read(query.unwrap_or_default().as_bytes())?;
    let cart = Cart::read(&fields);
    let (found, note) = search(&shell, &who, &fields).await?;
    if let [one] = found.as_slice() {
        let how_much = how_much(&fields);
        return Ok(see_other(&cart.with(&one.pack_id, &how_much).address()));
    }
    let form = Fields::blank(who.hidden());
    let page = counter_page(&shell, &who, cart, form, found, note).await?;
    Ok(html(&page))
}

/// How much of what was scanned; one where nothing was typed.
fn how_much(fields: &Fields) -> String {
    let typed = fields.value("jumlah").trim();
    if typed.is_empty() { "1".to_owned() } else { typed.to_owned() }
}

/// What was scanned or typed into the search: packs, or a sentence where there is none.
async fn search(
    shell: &Shell,
    who: &SignedIn,
    fields: &Fields,
) -> Result<(Vec<Pack>, String), Problem> {
    let typed = fields.value("cari").trim().to_owned();
    if typed.is_empty() {
        return Ok((Vec::new(), String::new()));
    }
    let words = typed.clone();
    let ask = async move |tx: &mut Tx| goods::search(tx, &words).await;
    let found = shell.store.read(who.coop(), ask).await?;
    let note =
        if found.is_empty() { format!("Tidak ada barang “{typed}”.") } else { String::new() };
    Ok((found, note))
}

async fn counter_page(
    shell: &Shell,
    who: &SignedIn,
    cart: Cart,
    form: Fields,
    choices: Vec<Pack>,
    note: String,
) -> Result<CounterPage, Problem> {
    let now = shell.clock.now();
    let asked = cart.clone();
    let ask = async move |tx: &mut Tx| priced(tx, &asked, now).await;
    let (counter, buyer) = shell.store.read(who.coop(), ask).await?;
    let unknown = !cart.member.is_empty() && buyer.is_none();
    let note = if unknown { format!("Anggota “{}” tidak ada.", cart.member) } else { note };
    let due = counter.totals.due;
    let higher = NOTES.into_iter().map(Rupiah::new).filter(|note| *note > due);
    let notes = std::iter::once(due).chain(higher).filter(|note| note.is_positive()).collect();
    let page = who.page("Kasir");
    Ok(CounterPage { page, form, cart, counter, buyer, choices, note, notes })
}

async fn priced(
    tx: &mut Tx,
    cart: &Cart,
    now: Instant,
) -> Result<(Counter, Option<Buyer>), Failure> {
    let buyer = if cart.member.is_empty() {
        None
    } else {
        members::by_number(tx, &cart.member).await?.map(|(member, number, name)| Buyer {
            number,
            name,
            member,
        })
    };
    let counter = counter(tx, &cart.lines, buyer.is_some(), now).await?;
    Ok((counter, buyer))
}

pub(super) async fn pay(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let Some(open) = open_drawer(&shell, &posted.who).await? else {
        return Ok(see_other("/kas/laci"));
    };
    let cart = Cart::read(&posted.fields);
    let now = shell.clock.now();
    let asked = cart.clone();
    let ask = async move |tx: &mut Tx| priced(tx, &asked, now).await;
    let (counter, buyer) = shell.store.read(posted.who.coop(), ask).await?;
    if !cart.member.is_empty() && buyer.is_none() {
        posted.fields.general = Some("Nomor anggota tidak ada.".to_owned());
    }
    let due = counter.totals.due;
    let tendered = posted.fields.maybe_amount("tendered").unwrap_or(due);
    let change = tendered.minus(due).unwrap_or(Rupiah::ZERO);
    let returned = posted.fields.maybe_amount("returned").unwrap_or(change);
    if !posted.fields.has_errors() && counter.is_ready() {
        let sale = Sale {
            sale: cart.sale,
            device: format!("{}-{}-01", posted.who.session.short_code, open.device),
            session: open.session_id,
            day: values::Day::of_instant(now),
            sold_at: now,
            member: buyer.map(|buyer| buyer.member),
            lines: counter.cart(),
            tendered,
            returned,
        };
        if let Some(address) = sell(&shell, &mut posted, sale).await? {
            return Ok(see_other(&address));
        }
    }
    let Posted { who, fields } = posted;
    let page = counter_page(&shell, &who, cart, fields, Vec::new(), String::new()).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Sells; the cart's id is the request's, so a second press gives the first receipt.
async fn sell(shell: &Shell, posted: &mut Posted, sale: Sale) -> Result<Option<String>, Problem> {
    let address = format!("/struk/{}?baru=1", sale.sale);
    let ask = {
        let sale = sale.sale;
        async move |tx: &mut Tx| crate::receipt::find(tx, sale).await
    };
    // A cart that was paid already shows its receipt, also when the page was opened again.
    if shell.store.read(posted.who.coop(), ask).await?.is_some() {
        return Ok(Some(address));
    }
    posted.fields.request = values::RequestId::parse(&sale.sale.to_text()).ok();
    let sold = posted.act(shell, sell::KIND, sale, sell::record).await?;
    Ok(sold.map(|_| address))
}
