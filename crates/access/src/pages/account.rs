//! One's own account: sessions here and elsewhere, language, the place one works for.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use store::{Failure, Tx};
use values::{CoopId, Day};
use web::{Fields, Language, Page, Problem, Shell, html, see_other};

use crate::session::Listed;
use crate::{Posted, Role, SignedIn, factor, person, session};

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage {
    page: Page,
    form: Fields,
    sessions: Vec<Listed>,
    current: String,
    places: Vec<Place>,
    second_factor: bool,
}

/// A cooperative or office where the person holds seats today.
struct Place {
    coop: CoopId,
    name: String,
    roles: String,
    current: bool,
}

pub(super) async fn show(State(shell): State<Shell>, who: SignedIn) -> Result<Response, Problem> {
    let now = shell.clock.now();
    let (person, today) = (who.person(), Day::of_instant(now));
    let ask = async move |tx: &mut Tx| person::places_of(tx, person, today).await;
    let places = shell.store.read(CoopId::new(0), ask).await?;
    let place = |(coop, name, roles): (CoopId, String, Vec<Role>)| Place {
        roles: roles.iter().map(|role| role.name()).collect::<Vec<&str>>().join(", "),
        current: coop == who.coop(),
        coop,
        name,
    };
    Ok(html(&AccountPage {
        page: who.page("Akun"),
        form: Fields::blank(who.hidden()),
        sessions: session::of_person(&shell.store, person, now).await?,
        current: hex::encode(who.session.hash),
        places: places.into_iter().map(place).collect(),
        second_factor: factor::is_enrolled(&shell.store, person).await?,
    }))
}

pub(super) async fn end_session(
    State(shell): State<Shell>,
    posted: Posted,
) -> Result<Response, Problem> {
    let hash = hex::decode(posted.fields.value("session")).ok();
    let hash: Option<[u8; 32]> = hash.and_then(|hash| hash.try_into().ok());
    let hash = hash.ok_or_else(Problem::not_found)?;
    session::end(&shell.store, posted.who.person(), hash, shell.clock.now()).await?;
    Ok(see_other("/akun"))
}

pub(super) async fn language(
    State(shell): State<Shell>,
    posted: Posted,
) -> Result<Response, Problem> {
    let language = Language::from_code(posted.fields.value("language")).code();
    let person = posted.who.person();
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        let sql = "update persons set language = $3 where person_id = $2";
        Ok(tx.run(sql, 1, &[&person, &language]).await?)
    };
    shell.store.write(posted.who.coop(), write).await?;
    Ok(see_other("/akun"))
}

/// The session moves to another place where the person holds a seat; its forms of before are refused.
pub(super) async fn move_to(
    State(shell): State<Shell>,
    posted: Posted,
) -> Result<Response, Problem> {
    let now = shell.clock.now();
    let (person, today) = (posted.who.person(), Day::of_instant(now));
    let coop = posted.fields.value("place").parse().map(CoopId::new);
    let coop = coop.map_err(|_| Problem::not_found())?;
    let hash = posted.who.session.hash;
    let write = async move |tx: &mut Tx| -> Result<bool, Failure> {
        let places = person::places_of(tx, person, today).await?;
        if !places.iter().any(|(place, ..)| *place == coop) {
            return Ok(false);
        }
        let sql = "update sessions set coop_id = $3 where session_hash = $2";
        tx.run(sql, 1, &[&hash, &coop]).await?;
        Ok(true)
    };
    if shell.store.write(posted.who.coop(), write).await? {
        Ok(see_other("/"))
    } else {
        Err(Problem::not_found())
    }
}
