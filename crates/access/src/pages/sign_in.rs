//! Signing in, taking an invitation, signing out.

use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use store::{Failure, Tx};
use values::{CoopId, Day, PersonId};
use web::{FORM_MAX, Fields, Hidden, Language, Page, Problem, Shell, html, html_with, see_other};

use crate::posted::{comes_from_here, whole_body};
use crate::{Posted, cookie_name, invitation, password, person, session};

#[derive(Template)]
#[template(path = "pages/sign_in.html")]
struct SignInPage {
    page: Page,
    form: Fields,
}

#[derive(Template)]
#[template(path = "pages/invitation.html")]
struct InvitationPage {
    page: Page,
    form: Fields,
}

/// Where to go afterwards, or the code that a QR carried.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ke: String,
    #[serde(default)]
    kode: String,
}

fn public(shell: &Shell, title: &str) -> Page {
    Page::public(title, Language::Indonesian, shell.settings.example)
}

pub(super) async fn show(State(shell): State<Shell>, Query(asked): Query<Asked>) -> Response {
    let form = Fields::blank(Hidden::default()).with("ke", asked.ke);
    html(&SignInPage { page: public(&shell, "Masuk"), form })
}

pub(super) async fn send(
    State(shell): State<Shell>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let mut form = from_stranger(&headers, request).await?;
    let (name, word) = (form.value("sign_in_name").to_owned(), form.value("password").to_owned());
    let now = shell.clock.now();
    match password::verify(&shell.store, &name, word, now).await {
        Ok(person) => open(&shell, &headers, person, form.value("ke")).await,
        Err(Failure::Refused(refusal)) => {
            form.refused(refusal.as_ref());
            form = form.with("password", "");
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN);
            Ok(html_with(status, &SignInPage { page: public(&shell, "Masuk"), form }))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Opens a session for the first place where the person holds a seat.
async fn open(
    shell: &Shell,
    headers: &HeaderMap,
    person: PersonId,
    to: &str,
) -> Result<Response, Problem> {
    let now = shell.clock.now();
    let today = Day::of_instant(now);
    let ask = async move |tx: &mut Tx| person::places_of(tx, person, today).await;
    let places = shell.store.read(CoopId::new(0), ask).await?;
    let Some((coop, ..)) = places.first() else {
        return Err(Problem::new(
            403,
            "access.no_seat",
            "Anda belum atau tidak lagi memegang jabatan di koperasi mana pun.",
        ));
    };
    let device = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let device = device.unwrap_or("tidak dikenal").to_owned();
    let token = session::open(&shell.store, person, *coop, device, now).await?;
    let inside = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    let mut answer = see_other(if inside { to } else { "/" });
    let cookie = cookie_line(shell, &token, "604800");
    answer.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(answer)
}

/// A cookie that scripts cannot read and other sites do not send.
fn cookie_line(shell: &Shell, token: &str, seconds: &str) -> HeaderValue {
    let name = cookie_name(shell.settings.secure);
    let secure = if shell.settings.secure { "; Secure" } else { "" };
    let line = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
}

pub(super) async fn leave(State(shell): State<Shell>, posted: Posted) -> Result<Response, Problem> {
    let (person, hash) = (posted.who.person(), posted.who.session.hash);
    session::end(&shell.store, person, hash, shell.clock.now()).await?;
    let mut answer = see_other("/masuk");
    answer.headers_mut().insert(header::SET_COOKIE, cookie_line(&shell, "", "0"));
    Ok(answer)
}

pub(super) async fn invitation(State(shell): State<Shell>, Query(asked): Query<Asked>) -> Response {
    let form = Fields::blank(Hidden::default()).with("code", asked.kode);
    html(&InvitationPage { page: public(&shell, "Terima undangan"), form })
}

pub(super) async fn accept(
    State(shell): State<Shell>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let mut form = from_stranger(&headers, request).await?;
    let (code, word) = (form.value("code").to_owned(), form.value("password").to_owned());
    if word != form.value("password_again") {
        form.wrong("password_again", "Kedua kata sandi tidak sama.");
    }
    if !form.has_errors() {
        match take(&shell, code, word).await {
            Ok(person) => return open(&shell, &headers, person, "/").await,
            Err(Failure::Refused(refusal)) => form.refused(refusal.as_ref()),
            Err(failure) => return Err(failure.into()),
        }
    }
    form = form.with("password", "").with("password_again", "");
    let page = public(&shell, "Terima undangan");
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &InvitationPage { page, form }))
}

async fn take(shell: &Shell, code: String, word: String) -> Result<PersonId, Failure> {
    let now = shell.clock.now();
    let hash = password::hash(word).await?;
    let act = async move |tx: &mut Tx| invitation::take(tx, &code, &hash, now).await;
    shell.store.write(CoopId::new(0), act).await
}

/// A form of somebody who is not signed in; it must come from our own page all the same.
async fn from_stranger(headers: &HeaderMap, request: Request) -> Result<Fields, Problem> {
    if !comes_from_here(headers) {
        return Err(Problem::new(
            403,
            "access.csrf",
            "Formulir ini berasal dari situs lain. Buka halaman masuk Lumbung sendiri.",
        ));
    }
    Fields::read(&whole_body(request, FORM_MAX).await?)
}
