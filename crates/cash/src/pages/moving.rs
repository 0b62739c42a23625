//! Saldo awal: the day of moving in. First everything is checked, then it is posted.

use access::person::{self, Seat};
use access::{Posted, Role, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use values::{Day, PersonId, Rupiah};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::moving_names;
use super::moving_rows::{GROUPS, Group, Row};
use crate::CashRefusal;
use crate::opening_balances::{
    self, NamedDifference, OpeningBalances, OpeningLine, OpeningSide, sides,
};

/// Who may stand beside the one who names a difference.
const OFFICERS: [Role; 5] =
    [Role::Ketua, Role::Sekretaris, Role::Bendahara, Role::Manajer, Role::Pengawas];

#[derive(Template)]
#[template(path = "pages/moving.html")]
struct MovingPage {
    page: Page,
    form: Fields,
    /// First day of books that are open already.
    opened: Option<Day>,
    groups: [Group; 7],
    checked: Option<Told>,
    officers: Vec<Seat>,
}

/// What would be posted.
struct Told {
    lines: Vec<ToldLine>,
    debit: Rupiah,
    credit: Rupiah,
    difference: Rupiah,
}

struct ToldLine {
    code: String,
    name: &'static str,
    names: usize,
    is_debit: bool,
    amount: Rupiah,
}

impl MovingPage {
    /// A group is unfolded where something was typed into it.
    fn is_typed(&self, group: &Group) -> bool {
        let typed = |row: &Row| {
            let fields = [row.amount_field(), row.names_field()];
            fields.iter().any(|field| !self.form.value(field).is_empty())
        };
        group.rows.iter().any(typed)
    }

    /// Checked, and nothing stands against it but what the sending itself says.
    fn is_ready(&self) -> bool {
        self.checked.is_some() && !self.form.has_errors()
    }
}

pub(crate) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let today = Day::of_instant(shell.clock.now());
    let form = Fields::blank(who.hidden()).with("first_day", today.to_iso());
    Ok(html(&moving_page(&shell, &who, form, None).await?))
}

async fn moving_page(
    shell: &Shell,
    who: &SignedIn,
    form: Fields,
    checked: Option<Told>,
) -> Result<MovingPage, Problem> {
    let ask = async |tx: &mut Tx| -> Result<_, Failure> {
        let span = ledger::span(tx).await?;
        Ok((span.map(|span| span.first_day), person::seats(tx).await?))
    };
    let (opened, seats) = shell.store.read(who.coop(), ask).await?;
    let officers = officers(seats, Day::of_instant(shell.clock.now()), who.person());
    Ok(MovingPage { page: who.page("Saldo awal"), form, opened, groups: GROUPS, checked, officers })
}

/// Officers of today other than the one who acts, each once.
fn officers(seats: Vec<Seat>, today: Day, acting: PersonId) -> Vec<Seat> {
    let mut officers: Vec<Seat> = Vec::new();
    for seat in seats {
        let second = seat.held_on(today) && OFFICERS.contains(&seat.role) && seat.person != acting;
        if second && officers.iter().all(|other| other.person != seat.person) {
            officers.push(seat);
        }
    }
    officers
}

/// Shows what would be posted; writes nothing.
pub(crate) async fn check(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let (mut input, rows) = read(&mut posted.fields, Day::of_instant(shell.clock.now()));
    let asked = !posted.fields.value("difference").is_empty();
    let difference = told(&input).difference;
    if asked && !difference.is_zero() {
        input.difference = name_difference(&shell, &mut posted, difference).await?;
    }
    again(&shell, posted, input, &rows).await
}

/// Opens the books.
pub(crate) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let (mut input, rows) = read(&mut posted.fields, Day::of_instant(shell.clock.now()));
    let shown = posted.fields.value("difference").parse().map_or(Rupiah::ZERO, Rupiah::new);
    if !shown.is_zero() {
        input.difference = name_difference(&shell, &mut posted, shown).await?;
    }
    if !posted.fields.has_errors() {
        let (kind, record) = (opening_balances::KIND, opening_balances::record);
        if let Some(done) = posted.act(&shell, kind, input.clone(), record).await? {
            return Ok(see_other(&format!("/kas?nomor={}", done.receipt.number)));
        }
    }
    again(&shell, posted, input, &rows).await
}

/// The page with everything typed, what would be posted and all that is refused.
async fn again(
    shell: &Shell,
    mut posted: Posted,
    input: OpeningBalances,
    rows: &[&Row],
) -> Result<Response, Problem> {
    let told = told(&input);
    let ctx = posted.ctx(shell);
    let ask = async move |tx: &mut Tx| opening_balances::check(tx, &ctx, &input).await;
    match shell.store.read(posted.who.coop(), ask).await {
        Ok(refusals) => say(&mut posted.fields, refusals, rows),
        Err(Failure::Refused(refusal)) => posted.fields.general = Some(refusal.to_string()),
        Err(failure) => return Err(failure.into()),
    }
    let wrong = posted.fields.has_errors();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = moving_page(shell, &posted.who, posted.fields, Some(told)).await?;
    Ok(html_with(status, &page))
}

/// Reads the form: one line for each row in which something was typed.
fn read(form: &mut Fields, today: Day) -> (OpeningBalances, Vec<&'static Row>) {
    let (mut lines, mut typed) = (Vec::new(), Vec::new());
    for row in GROUPS.iter().flat_map(|group| group.rows) {
        let names = moving_names::read(form, row);
        let amount = form.maybe_amount(&row.amount_field());
        if amount.is_none() && names.is_empty() {
            continue;
        }
        typed.push(row);
        lines.push(OpeningLine {
            account: row.code.to_owned(),
            unit: row.unit().code().to_owned(),
            side: row.side,
            amount: amount.unwrap_or(Rupiah::ZERO),
            names,
        });
    }
    if lines.is_empty() && form.general.is_none() {
        form.general = Some("Isi sedikitnya satu jumlah.".to_owned());
    }
    let first_day = form.day("first_day").unwrap_or(today);
    (OpeningBalances { first_day, lines, difference: None }, typed)
}

/// A difference as this person names it, with the officer who stands beside them.
async fn name_difference(
    shell: &Shell,
    posted: &mut Posted,
    amount: Rupiah,
) -> Result<Option<NamedDifference>, Problem> {
    let seats = shell.store.read(posted.who.coop(), async |tx: &mut Tx| person::seats(tx).await);
    let today = Day::of_instant(shell.clock.now());
    let officers = officers(seats.await?, today, posted.who.person());
    let explanation = posted.fields.text("reason", 300);
    let chosen = PersonId::parse(posted.fields.value("confirmed_by")).ok();
    let chosen = chosen.filter(|chosen| officers.iter().any(|seat| seat.person == *chosen));
    let Some(confirmed_by) = chosen else {
        posted.fields.wrong("confirmed_by", "Pilih pengurus yang ikut memastikan selisih ini.");
        return Ok(None);
    };
    let named_by = posted.who.person();
    Ok(Some(NamedDifference { amount, explanation, named_by, confirmed_by }))
}

/// Puts each refusal at the field that it is about.
fn say(form: &mut Fields, refusals: Vec<(Option<usize>, CashRefusal)>, rows: &[&Row]) {
    for (place, refusal) in refusals {
        match (place.and_then(|place| rows.get(place)), &refusal) {
            (Some(row), CashRefusal::SubledgerDiffers { .. }) => {
                form.wrong(&row.names_field(), refusal);
            }
            (Some(row), _) => form.wrong(&row.amount_field(), refusal),
            (None, _) => form.refused(&refusal),
        }
    }
}

fn told(input: &OpeningBalances) -> Told {
    let (debit, credit) = sides(&input.lines).unwrap_or_default();
    let lines = input.lines.iter().map(|line| ToldLine {
        name: ledger::account(&line.account).map_or("", |account| account.name),
        code: line.account.clone(),
        names: line.names.len(),
        is_debit: line.side == OpeningSide::Debit,
        amount: line.amount,
    });
    let difference = debit.minus(credit).unwrap_or_default();
    Told { lines: lines.collect(), debit, credit, difference }
}
