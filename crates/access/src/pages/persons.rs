//! Persons and seats of the cooperative, and the codes that let them in.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use store::{Failure, Tx};
use values::{PersonId, SeatId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::invitation::{self, AskCode};
use crate::person::{self, NewPerson, NewSeat, Seat};
use crate::token::{hash_of, readable_code};
use crate::{Posted, Role, SignedIn, qr};

#[derive(Template)]
#[template(path = "pages/persons.html")]
struct PersonsPage {
    page: Page,
    form: Fields,
    seats: Vec<Row>,
    waiting: Vec<Waiting>,
    roles: [Role; 12],
    /// Whether they may add persons and give seats, beside letting them in.
    manages: bool,
}

struct Row {
    seat: Seat,
    held: bool,
}

struct Waiting {
    person: PersonId,
    name: String,
    /// Whether it is this officer who asked, so that another must confirm.
    own: bool,
}

#[derive(Template)]
#[template(path = "pages/code.html")]
struct CodePage {
    page: Page,
    code: String,
    link: String,
    qr: String,
}

pub(super) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden());
    Ok(html(&persons_page(&shell, &who, form).await?))
}

async fn persons_page(shell: &Shell, who: &SignedIn, form: Fields) -> Result<PersonsPage, Problem> {
    let now = shell.clock.now();
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        Ok((person::seats(tx).await?, invitation::waiting(tx, now).await?))
    };
    let (seats, waiting) = shell.store.read(who.coop(), ask).await?;
    let today = values::Day::of_instant(now);
    let waiting = waiting.into_iter().map(|(person, name, issued_by)| Waiting {
        person,
        name,
        own: issued_by == who.person(),
    });
    let rows = seats.into_iter().map(|seat| Row { held: seat.held_on(today), seat });
    let page = who.page("Orang & jabatan");
    Ok(PersonsPage {
        page,
        form,
        seats: rows.collect(),
        waiting: waiting.collect(),
        roles: Role::ALL,
        manages: who.may("access.manage"),
    })
}

async fn again(shell: &Shell, posted: Posted) -> Result<Response, Problem> {
    let page = persons_page(shell, &posted.who, posted.fields).await?;
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// A new person with their first seat, in one transaction.
pub(super) async fn add(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let fields = &mut posted.fields;
    let input = NewPerson {
        person: PersonId::parse(fields.value("person")).unwrap_or_else(|_| PersonId::new_v7()),
        name: fields.text("name", 80),
        sign_in_name: fields.text("sign_in_name", 40),
    };
    let role = Role::from_code(fields.value("role"));
    if role.is_none() {
        fields.wrong("role", "Pilih jabatannya.");
    }
    let (Some(role), false) = (role, posted.fields.has_errors()) else {
        return again(&shell, posted).await;
    };
    let seat = SeatId::new_v7();
    let both = (input, role.code().to_owned());
    let done = posted.act(&shell, person::ADD_KIND, both, async move |tx, ctx, (input, _)| {
        person::add(tx, ctx, input).await?;
        let seat = NewSeat {
            seat,
            person: input.person,
            role,
            place: String::new(),
            from_day: ctx.day(),
            through_day: None,
            delegated_from: None,
        };
        person::grant(tx, ctx, &seat).await
    });
    match done.await? {
        Some(_) => Ok(see_other("/orang")),
        None => again(&shell, posted).await,
    }
}

pub(super) async fn grant(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let ctx = posted.ctx(&shell);
    let person = PersonId::parse(posted.fields.value("person"));
    let role = Role::from_code(posted.fields.value("role"));
    let (Ok(person), Some(role)) = (person, role) else { return Err(Problem::not_found()) };
    let typed = !posted.fields.value("through_day").trim().is_empty();
    let through_day = if typed { posted.fields.day("through_day") } else { None };
    if posted.fields.has_errors() {
        return again(&shell, posted).await;
    }
    let input = NewSeat {
        seat: SeatId::new_v7(),
        person,
        role,
        place: String::new(),
        from_day: ctx.day(),
        through_day,
        delegated_from: None,
    };
    match posted.act(&shell, person::GRANT_KIND, input, person::grant).await? {
        Some(_) => Ok(see_other("/orang")),
        None => again(&shell, posted).await,
    }
}

pub(super) async fn end(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let seat = SeatId::parse(posted.fields.value("seat")).map_err(|_| Problem::not_found())?;
    match posted.act(&shell, person::END_KIND, seat, person::end).await? {
        Some(_) => Ok(see_other("/orang")),
        None => again(&shell, posted).await,
    }
}

pub(super) async fn ask_code(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let input = new_code(&posted, &readable_code())?;
    let ask = async |tx: &mut Tx, ctx: &values::Ctx, input: &AskCode| {
        refuse_stranger(tx, input.person).await?;
        invitation::ask(tx, ctx, input, false).await
    };
    match posted.act(&shell, invitation::ASK_KIND, input, ask).await? {
        Some(_) => Ok(see_other("/orang")),
        None => again(&shell, posted).await,
    }
}

pub(super) async fn confirm_code(
    State(shell): State<Shell>,
    headers: HeaderMap,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let code = readable_code();
    let input = new_code(&posted, &code)?;
    let confirm = async |tx: &mut Tx, ctx: &values::Ctx, input: &AskCode| {
        refuse_stranger(tx, input.person).await?;
        invitation::confirm(tx, ctx, input).await
    };
    match posted.act(&shell, invitation::CONFIRM_KIND, input, confirm).await? {
        Some(_) => {
            let link = invitation::link(&headers, shell.settings.secure, &code);
            let page = posted.who.page("Kode undangan");
            Ok(html(&CodePage { page, code, qr: qr(&link), link }))
        }
        None => again(&shell, posted).await,
    }
}

fn new_code(posted: &Posted, code: &str) -> Result<AskCode, Problem> {
    let person = PersonId::parse(posted.fields.value("person"));
    let person = person.map_err(|_| Problem::not_found())?;
    Ok(AskCode { person, code_hash: hex::encode(hash_of(code)) })
}

/// Officers let in only persons who hold a seat in their own cooperative.
async fn refuse_stranger(tx: &mut Tx, person: PersonId) -> Result<(), Failure> {
    let seats = person::seats(tx).await?;
    if seats.iter().any(|seat| seat.person == person) {
        Ok(())
    } else {
        Err(crate::AccessRefusal::UnknownPerson.into())
    }
}
