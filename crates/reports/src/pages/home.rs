//! Beranda: what this person needs today, each with the page where it is done.

use access::SignedIn;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use ledger::Stretch;
use store::{Failure, Tx};
use values::{Day, Instant, Period, PersonId, Rupiah};
use web::{MenuItem, Page, Problem, Shell, html};

use super::duties::{self, Duty};

/// The page of the opening balances, where the books begin.
const MOVING_IN: &str = "/kas/saldo-awal";
/// Pages that are no work of their own.
const NO_WORK: [&str; 3] = ["/beranda", "/tugas", "/akun"];

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    page: Page,
    greeting: &'static str,
    first_step: Option<FirstStep>,
    duties: Vec<Duty>,
    figures: Vec<Figure>,
    work: Vec<MenuItem>,
}

/// What comes before all else in a cooperative whose books are not open.
struct FirstStep {
    /// The page, where this person may do it.
    href: Option<&'static str>,
}

/// A figure and the page behind it.
struct Figure {
    name: &'static str,
    amount: Rupiah,
    href: String,
}

/// What the books say today; none before they are opened.
struct Figures {
    cash: Vec<Figure>,
    result: Rupiah,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = shell.clock.now();
    let today = Day::of_instant(now);
    let (person, roles) = (who.person(), duties::codes(who.roles()));
    let origin = access::origin(&headers, shell.settings.secure);
    let ask = async move |tx: &mut Tx| questions(tx, today, &roles, person, &origin).await;
    let (figures, duties) = shell.store.read(who.coop(), ask).await?;
    let page = who.page("Beranda");
    let work = page.menu.iter().filter(|item| !NO_WORK.contains(&item.href)).cloned().collect();
    let first_step = first_step(&who, figures.is_some());
    let figures = figures.filter(|_| who.may("reports.read"));
    let figures = figures.map_or_else(Vec::new, |figures| figures.tiles(today));
    let greeting = greeting(now);
    Ok(html(&HomePage { page, greeting, first_step, duties, figures, work }))
}

async fn questions(
    tx: &mut Tx,
    today: Day,
    roles: &[&'static str],
    person: PersonId,
    origin: &str,
) -> Result<(Option<Figures>, Vec<Duty>), Failure> {
    let duties = duties::waiting(tx, roles, person, today, origin).await?;
    Ok((figures(tx, today).await?, duties))
}

async fn figures(tx: &mut Tx, today: Day) -> Result<Option<Figures>, Failure> {
    if ledger::span(tx).await?.is_none() {
        return Ok(None);
    }
    let balances = ledger::trial_balance(tx, Stretch::ALL).await?;
    let money = balances.iter().filter(|balance| balance.account.is_cash());
    let cash = money.map(|balance| Figure {
        name: balance.account.name,
        amount: balance.net,
        href: format!("/laporan/akun/{}", balance.account.code),
    });
    let month = Some(Period::of(today));
    let lines = crate::phu(tx, Stretch { from: month, through: month }).await?;
    let result = lines.last().map_or(Rupiah::ZERO, |line| line.amount);
    Ok(Some(Figures { cash: cash.collect(), result }))
}

impl Figures {
    fn tiles(self, today: Day) -> Vec<Figure> {
        let mut tiles = self.cash;
        let href = format!("/laporan/phu?bulan={}", today.month().to_iso());
        tiles.push(Figure { name: "Hasil usaha bulan ini", amount: self.result, href });
        tiles
    }
}

/// An office keeps no books; a cooperative begins with its opening balances.
fn first_step(who: &SignedIn, opened: bool) -> Option<FirstStep> {
    let waits = !opened && !who.session.office;
    waits.then(|| FirstStep { href: who.may("cash.open").then_some(MOVING_IN) })
}

/// By the hour in Jakarta.
fn greeting(now: Instant) -> &'static str {
    match now.clock().get(..2).and_then(|hour| hour.parse().ok()).unwrap_or(0) {
        4..=10 => "Selamat pagi",
        11..=14 => "Selamat siang",
        15..=17 => "Selamat sore",
        _ => "Selamat malam",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_goes_with_the_hour_in_jakarta() {
        let day = Day::parse_iso("2025-10-14").unwrap();
        let cases = [
            (3, "Selamat malam"),
            (4, "Selamat pagi"),
            (10, "Selamat pagi"),
            (11, "Selamat siang"),
            (15, "Selamat sore"),
            (18, "Selamat malam"),
        ];
        for (hour, words) in cases {
            assert_eq!(greeting(day.instant_at(hour * 3_600)), words, "{hour}");
        }
    }
}
