//! Kas & bank: where the money is, what is on its way, who holds a drawer.

use access::SignedIn;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use values::Rupiah;
use web::{Fields, Page, Problem, Shell, html, html_with};

use super::transfer::{self, Moving};
use super::{Asked, Names};
use crate::drawer::{self, OpenDrawer};
use crate::money::{self, Money};
use crate::{CashAccount, held};

#[derive(Template)]
#[template(path = "pages/overview.html")]
struct OverviewPage {
    page: Page,
    opened: bool,
    places: Vec<Place>,
    money: Money,
    /// None where a balance is hidden, since the sum would tell it.
    total: Option<Rupiah>,
    moving: Vec<Moving>,
    held: Vec<Held>,
    unsettled: Vec<Held>,
    may: May,
}

/// What the person who looks may do next.
struct May {
    send: bool,
    receive_grant: bool,
    open_books: bool,
    hold: bool,
    see_reports: bool,
}

/// A place of money; without an amount where the one who looks has yet to count it.
struct Place {
    account: CashAccount,
    balance: Option<Rupiah>,
}

/// A drawer and the one who holds it.
struct Held {
    drawer: OpenDrawer,
    cashier: String,
    difference: Rupiah,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let mut page = overview(&shell, &who, None).await?;
    asked.tell(&mut page.page);
    Ok(html(&page))
}

/// The page with a form of one transfer as it was typed.
pub(super) async fn again(
    shell: &Shell,
    who: &SignedIn,
    typed: Fields,
) -> Result<Response, Problem> {
    let page = overview(shell, who, Some(typed)).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn overview(
    shell: &Shell,
    who: &SignedIn,
    typed: Option<Fields>,
) -> Result<OverviewPage, Problem> {
    let ask = async |tx: &mut Tx| -> Result<_, Failure> {
        let opened = ledger::span(tx).await?.is_some();
        let (money, held) = (money::now(tx).await?, held::by_all(tx).await?);
        Ok((opened, money, held, drawer::unsettled(tx).await?, Names::of(tx).await?))
    };
    let (opened, money, held, unsettled, names) = shell.store.read(who.coop(), ask).await?;
    let places = places(&money, &held, who);
    let blind = places.iter().any(|place| place.balance.is_none());
    let total = (!blind).then(|| money.total());
    let moving = transfer::on_its_way(shell, who, typed).await?;
    let row = |drawer: OpenDrawer, difference| Held {
        cashier: names.name(drawer.cashier),
        drawer,
        difference,
    };
    let unsettled = unsettled.into_iter().map(|session| {
        let open = session.unsettled();
        row(OpenDrawer::of(session), open)
    });
    let unsettled = unsettled.collect();
    let held = held.into_iter().map(|drawer| row(drawer, Rupiah::ZERO)).collect();
    let (page, may) = (who.page("Kas & bank"), may(who));
    Ok(OverviewPage { page, opened, places, money, total, moving, held, unsettled, may })
}

fn may(who: &SignedIn) -> May {
    May {
        send: who.may("cash.transfer"),
        receive_grant: who.may("cash.grant"),
        open_books: who.may("cash.open"),
        hold: who.may("cash.drawer"),
        see_reports: who.may("reports.read"),
    }
}

/// Places with money in them and those that every cooperative has. Who holds an uncounted drawer
/// does not read here what must be in it.
fn places(money: &Money, held: &[OpenDrawer], who: &SignedIn) -> Vec<Place> {
    let always = [CashAccount::Safe, CashAccount::Till, CashAccount::Bank];
    let shown = money.places.iter();
    let shown = shown.filter(|(place, balance)| !balance.is_zero() || always.contains(place));
    let blind = |account: CashAccount| {
        let mine = held.iter().filter(|drawer| drawer.cashier == who.person());
        mine.into_iter().any(|drawer| drawer.account == account && !drawer.counted)
    };
    let place = |&(account, balance): &(CashAccount, Rupiah)| Place {
        account,
        balance: (!blind(account)).then_some(balance),
    };
    shown.map(place).collect()
}
