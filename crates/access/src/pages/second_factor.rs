//! The second factor: showing it, enrolling an authenticator, printing a card.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use store::Failure;
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use crate::{Posted, SignedIn, factor, qr, session};

#[derive(Template)]
#[template(path = "pages/second_factor.html")]
struct ShowPage {
    page: Page,
    form: Fields,
}

#[derive(Template)]
#[template(path = "pages/enrol.html")]
struct EnrolPage {
    page: Page,
    form: Fields,
    qr: String,
}

#[derive(Template)]
#[template(path = "pages/card.html")]
struct CardPage {
    page: Page,
    codes: Vec<String>,
}

pub(super) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    if !factor::is_enrolled(&shell.store, who.person()).await? {
        return Ok(see_other("/akun/faktor-kedua"));
    }
    let page = who.page("Faktor kedua");
    Ok(html(&ShowPage { page, form: Fields::blank(who.hidden()) }))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let now = shell.clock.now();
    let (key, code) = (shell.settings.secret, posted.fields.text("code", 20));
    let person = posted.who.person();
    match factor::show(&shell.store, &key, person, &code, now).await {
        Ok(()) => {
            session::prove_twice(&shell.store, &posted.who.session, now).await?;
            Ok(see_other("/"))
        }
        Err(Failure::Refused(refusal)) => {
            posted.fields.refused(refusal.as_ref());
            let page = posted.who.page("Faktor kedua");
            let form = posted.fields;
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &ShowPage { page, form }))
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn enrol(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    refuse_second_enrolment(&shell, &who).await?;
    let form = Fields::blank(who.hidden()).with("secret", factor::new_secret());
    Ok(html(&enrol_page(&who, form)))
}

/// Who has a factor and has not shown it cannot put another in its place.
async fn refuse_second_enrolment(shell: &Shell, who: &SignedIn) -> Result<(), Problem> {
    let proved = who.session.proved_twice;
    if proved || !factor::is_enrolled(&shell.store, who.person()).await? {
        return Ok(());
    }
    let sentence = "Tunjukkan dulu faktor kedua yang sudah ada.";
    Err(Problem::new(403, "access.second_factor", sentence))
}

fn enrol_page(who: &SignedIn, form: Fields) -> EnrolPage {
    let address = factor::address_of(form.value("secret"), &who.session.name.replace(' ', "-"));
    EnrolPage { page: who.page("Pasang faktor kedua"), form, qr: qr(&address) }
}

pub(super) async fn enrolled(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    refuse_second_enrolment(&shell, &posted.who).await?;
    let now = shell.clock.now();
    let (secret, code) = (posted.fields.text("secret", 64), posted.fields.text("code", 6));
    let (key, person) = (shell.settings.secret, posted.who.person());
    match factor::enrol(&shell.store, &key, person, &secret, &code, now).await {
        Ok(()) => {
            session::prove_twice(&shell.store, &posted.who.session, now).await?;
            Ok(see_other("/akun"))
        }
        Err(Failure::Refused(refusal)) => {
            posted.fields.refused(refusal.as_ref());
            let page = enrol_page(&posted.who, posted.fields);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn card(State(shell): State<Shell>, posted: Posted) -> Result<Response, Problem> {
    refuse_second_enrolment(&shell, &posted.who).await?;
    let now = shell.clock.now();
    let codes = factor::print_card(&shell.store, posted.who.person(), now).await?;
    session::prove_twice(&shell.store, &posted.who.session, now).await?;
    Ok(html(&CardPage { page: posted.who.page("Kartu kode"), codes }))
}
