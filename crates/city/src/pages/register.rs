//! Registering a cooperative: choose the kelurahan, fill in the form, hand over two codes.

use access::{Posted, Role, SignedIn, invitation, qr, token};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use coops::Kelurahan;
use coops::names::{Matched, matched};
use coops::register::{Register, Registered, Tenant};
use serde::Deserialize;
use store::{Failure, Tx};
use values::{KelurahanCode, PersonId, SeatId};
use web::{Fields, Page, Problem, Shell, html, html_with};

use crate::FirstPerson;
use crate::found::{Found, OFFICERS, found};
use crate::overview::{self, Place};

/// Letters of a name that are kept.
const NAME_MAX: usize = 80;
/// Letters of a name to sign in that are kept.
const SIGN_IN_NAME_MAX: usize = 40;

#[derive(Template)]
#[template(path = "pages/choose.html")]
struct ChoosePage {
    page: Page,
    typed: String,
    candidates: Vec<&'static Kelurahan>,
    unknown: bool,
}

#[derive(Template)]
#[template(path = "pages/register.html")]
struct RegisterPage {
    page: Page,
    form: Fields,
    place: Place,
    roles: [Role; 4],
}

#[derive(Template)]
#[template(path = "pages/registered.html")]
struct RegisteredPage {
    page: Page,
    registered: Registered,
    invited: Vec<Invited>,
}

/// A person with their way in.
struct Invited {
    name: String,
    sign_in_name: String,
    role: &'static str,
    code: String,
    link: String,
    qr: String,
}

/// The kelurahan as it was typed, or its code.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    kelurahan: String,
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let typed = asked.kelurahan.trim().to_owned();
    let code = KelurahanCode::parse(&typed).ok();
    let meant = match code.as_ref().and_then(coops::kelurahan_of) {
        Some(one) => Matched::Found(one),
        None => matched(&typed),
    };
    let candidates = match meant {
        Matched::Found(one) => return blank(&shell, &who, one).await,
        Matched::Ask(candidates) => candidates,
        Matched::None => Vec::new(),
    };
    let unknown = !typed.is_empty() && candidates.is_empty();
    let status = if unknown { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = who.page("Daftarkan koperasi");
    Ok(html_with(status, &ChoosePage { page, typed, candidates, unknown }))
}

/// The form as it is drawn: with a name, and the ids of what will be born.
async fn blank(
    shell: &Shell,
    who: &SignedIn,
    kelurahan: &'static Kelurahan,
) -> Result<Response, Problem> {
    let mut form = Fields::blank(who.hidden())
        .with("kelurahan", &kelurahan.code)
        .with("name", format!("KKMP {}", kelurahan.name))
        .with("role_1", Role::Ketua.code())
        .with("role_2", Role::Bendahara.code());
    for place in [1, 2] {
        form = form
            .with(&format!("person_{place}"), PersonId::new_v7())
            .with(&format!("seat_{place}"), SeatId::new_v7());
    }
    drawn(shell, who, form, StatusCode::OK).await
}

async fn drawn(
    shell: &Shell,
    who: &SignedIn,
    form: Fields,
    status: StatusCode,
) -> Result<Response, Problem> {
    let code = KelurahanCode::parse(form.value("kelurahan")).map_err(|_| Problem::not_found())?;
    let ask = async move |tx: &mut Tx| overview::place(tx, &code).await;
    let place = shell.store.read(who.coop(), ask).await?.ok_or_else(Problem::not_found)?;
    let mut form = form.with("running", place.next_practice());
    if place.cooperative.is_some() {
        form = form.with("example", "1");
    }
    let page = who.page("Daftarkan koperasi");
    Ok(html_with(status, &RegisterPage { page, form, place, roles: OFFICERS }))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    headers: HeaderMap,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let (input, codes) = read(&shell, &mut posted)?;
    if posted.fields.has_errors() {
        return drawn(&shell, &posted.who, posted.fields, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (ctx, persons) = (posted.ctx(&shell), input.persons.clone());
    match found(&shell.store, &ctx, input).await {
        Ok(answer) => {
            let secure = shell.settings.secure;
            let invited = persons.into_iter().zip(codes).map(|(person, code)| {
                Invited::new(person, invitation::link(&headers, secure, &code), code)
            });
            let (page, registered) = (posted.who.page("Koperasi terdaftar"), answer.receipt);
            Ok(html(&RegisteredPage { page, registered, invited: invited.collect() }))
        }
        Err(Failure::Refused(refusal)) => {
            posted.fields.refused(refusal.as_ref());
            drawn(&shell, &posted.who, posted.fields, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

impl Invited {
    fn new(first: FirstPerson, link: String, code: String) -> Invited {
        Invited {
            name: first.person.name,
            sign_in_name: first.person.sign_in_name.to_lowercase(),
            role: first.role.name(),
            qr: qr(&link),
            code,
            link,
        }
    }
}

/// What the form says, and the codes: the same ones where it is sent again.
fn read(shell: &Shell, posted: &mut Posted) -> Result<(Found, Vec<String>), Problem> {
    let request = posted.fields.request_text();
    let fields = &mut posted.fields;
    let kelurahan = KelurahanCode::parse(fields.value("kelurahan"));
    let kelurahan = kelurahan.map_err(|_| Problem::not_found())?;
    let example = fields.chosen("example", "1");
    let running = if example { fields.value("running").parse().unwrap_or(0) } else { 1 };
    let name = fields.text("name", NAME_MAX);
    let register = Register { tenant: Tenant::Koperasi { kelurahan, running }, name, example };
    let (mut persons, mut codes) = (Vec::new(), Vec::new());
    for place in [1, 2] {
        let code = token::code_of_form(&shell.settings.secret, &format!("{request} {place}"));
        if let Some(person) = read_person(fields, place) {
            persons.push(person.let_in_by(&code));
            codes.push(code);
        }
    }
    Ok((Found { register, persons }, codes))
}

fn read_person(fields: &mut Fields, place: usize) -> Option<FirstPerson> {
    let field = |name: &str| format!("{name}_{place}");
    let person = PersonId::parse(fields.value(&field("person")));
    let seat = SeatId::parse(fields.value(&field("seat")));
    let name = fields.text(&field("name"), NAME_MAX);
    let sign_in_name = fields.text(&field("sign_in_name"), SIGN_IN_NAME_MAX);
    let Some(role) = Role::from_code(fields.value(&field("role"))) else {
        fields.wrong(&field("role"), "Pilih jabatannya.");
        return None;
    };
    let person = person.unwrap_or_else(|_| PersonId::new_v7());
    let seat = seat.unwrap_or_else(|_| SeatId::new_v7());
    Some(FirstPerson::new(person, seat, &name, &sign_in_name).seated_as(role))
}
