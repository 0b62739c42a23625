//! The way in: nothing is served without what its route needs.
//!
//! [`router`] is made from the list of routes. Each gets a guard that finds the session or the key,
//! checks the permission and hands the handler a [`SignedIn`]: the only way to a person and a
//! cooperative.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use values::{CoopId, Ctx, PersonId, RequestId};
use web::{
    FORM_MAX, Hidden, MenuItem, Needs, Page, Problem, Route, Routes, Shell, Speaks, Viewer,
    see_other,
};

use crate::session::{self, Session};
use crate::{Role, api_key};

/// Name of the cookie without TLS; with TLS it carries the `__Host-` prefix.
pub const COOKIE: &str = "lumbung";
/// Pages that a person may see before the second factor was shown.
const BEFORE_SECOND_FACTOR: [&str; 6] = [
    "/masuk/faktor-kedua",
    "/masuk/faktor-kedua/kirim",
    "/akun/faktor-kedua",
    "/akun/faktor-kedua/kirim",
    "/akun/kartu-kode",
    "/keluar",
];

/// A person at work for a cooperative, as found by the guard.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session, or what stands for it where a key was shown.
    pub session: Session,
    /// The token that forms of this session carry.
    pub csrf: String,
    /// The menu for these roles.
    menu: Arc<Vec<(MenuItem, Needs)>>,
    path: String,
    example: bool,
}

impl SignedIn {
    /// Who.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.session.person
    }

    /// For which cooperative.
    #[must_use]
    pub fn coop(&self) -> CoopId {
        self.session.coop
    }

    /// Roles held there today.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.session.roles
    }

    /// Whether these roles hold a permission.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        self.session.may(permission)
    }

    /// The circumstances of an event asked for now.
    #[must_use]
    pub fn ctx(&self, shell: &Shell, request: RequestId) -> Ctx {
        Ctx { person: self.person(), coop: self.coop(), at: shell.clock.now(), request }
    }

    /// What forms of this session carry unseen.
    #[must_use]
    pub fn hidden(&self) -> Hidden {
        Hidden { coop: self.coop().to_string(), csrf: self.csrf.clone() }
    }

    /// A page in its frame.
    #[must_use]
    pub fn page(&self, title: &str) -> Page {
        let allowed = self.menu.iter().filter(|(_, needs)| match needs {
            Needs::Permission(permission) => self.may(permission),
            _ => true,
        });
        let menu = allowed.map(|(item, _)| MenuItem {
            current: item.href == self.path || self.path.starts_with(&format!("{}/", item.href)),
            ..item.clone()
        });
        let roles: Vec<&str> = self.roles().iter().map(|role| role.name()).collect();
        Page {
            title: title.to_owned(),
            language: self.session.language,
            example: self.example,
            viewer: Some(Viewer {
                name: self.session.name.clone(),
                role: roles.join(", "),
                coop: self.session.coop_name.clone(),
            }),
            menu: menu.collect(),
            flash: None,
            csrf: self.csrf.clone(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<SignedIn, Problem> {
        parts.extensions.get::<SignedIn>().cloned().ok_or_else(Problem::denied)
    }
}

/// The router over a list of routes; each with its guard.
pub fn router(shell: Shell, routes: &Routes) -> Router {
    let mut menu: Vec<(u16, MenuItem, Needs)> = routes
        .list()
        .iter()
        .filter_map(|route| {
            let place = route.menu?;
            let item = MenuItem { href: route.path, label: place.label, current: false };
            Some((place.order, item, route.needs))
        })
        .collect();
    menu.sort_by_key(|(order, ..)| *order);
    let menu = Arc::new(menu.into_iter().map(|(_, item, needs)| (item, needs)).collect());
    let mut router = Router::new();
    for route in routes.list() {
        let guard = Guard { shell: shell.clone(), route: route.clone(), menu: Arc::clone(&menu) };
        let handler = route.handler.clone().layer(from_fn_with_state(guard, guard_one));
        router = router.route(route.path, handler);
    }
    router
        .route("/aset/{name}", axum::routing::get(web::assets::asset))
        .fallback(async || Problem::not_found())
        .layer(from_fn(whole_answer))
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(from_fn_with_state(shell.clone(), web::secure))
        .with_state(shell)
}

/// A method that an address does not know is told as a problem, not as an empty page.
async fn whole_answer(request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if answer.status() == axum::http::StatusCode::METHOD_NOT_ALLOWED {
        let sentence = "Alamat ini tidak dapat dipakai dengan cara itu.";
        return Problem::new(405, "web.method", sentence).into_response();
    }
    answer
}

#[derive(Clone)]
struct Guard {
    shell: Shell,
    route: Route,
    menu: Arc<Vec<(MenuItem, Needs)>>,
}

async fn guard_one(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let found = match who(&guard, request.headers()).await {
        Ok(found) => found,
        Err(problem) => return told(problem, guard.route.speaks),
    };
    let path = request.uri().path().to_owned();
    match (found, guard.route.needs) {
        (None, Needs::Nothing) => next.run(request).await,
        (None, _) => not_signed_in(&guard, &path),
        (Some(session), needs) => {
            if needs != Needs::Nothing {
                if session.lacks_second_factor() && !BEFORE_SECOND_FACTOR.contains(&path.as_str()) {
                    return second_factor_first(guard.route.speaks);
                }
                if let Needs::Permission(permission) = needs
                    && !session.may(permission)
                {
                    return told(Problem::denied(), guard.route.speaks);
                }
            }
            let who = SignedIn {
                csrf: csrf_of(&session.hash),
                example: session.example || guard.shell.settings.example,
                session,
                menu: Arc::clone(&guard.menu),
                path,
            };
            request.extensions_mut().insert(who);
            next.run(request).await
        }
    }
}

async fn who(guard: &Guard, headers: &HeaderMap) -> Result<Option<Session>, Problem> {
    let now = guard.shell.clock.now();
    if let Some(key) = bearer(headers) {
        // A key speaks for programs alone; pages are for people.
        if guard.route.speaks == Speaks::Pages {
            return Ok(None);
        }
        return Ok(api_key::find(&guard.shell.store, key, now).await?);
    }
    match cookie(headers, &cookie_name(guard.shell.settings.secure)) {
        Some(token) => Ok(session::find(&guard.shell.store, token, now).await?),
        None => Ok(None),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The cookie's name: with TLS the browser itself holds it to this host.
#[must_use]
pub fn cookie_name(secure: bool) -> String {
    if secure { format!("__Host-{COOKIE}") } else { COOKIE.to_owned() }
}

/// A cookie's value.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The token in a session's forms: known to whoever has the session, to nobody else.
#[must_use]
pub fn csrf_of(session_hash: &[u8; 32]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"csrf");
    hash.update(session_hash);
    hex::encode(hash.finalize())
}

fn told(problem: Problem, speaks: Speaks) -> Response {
    match speaks {
        Speaks::Api => problem.for_programs().into_response(),
        Speaks::Pages => problem.into_response(),
    }
}

fn not_signed_in(guard: &Guard, path: &str) -> Response {
    match guard.route.speaks {
        Speaks::Api => {
            let sentence = "Kunci atau sesi tidak ada, salah, atau sudah berakhir.";
            Problem::new(401, "access.not_signed_in", sentence).for_programs().into_response()
        }
        Speaks::Pages => see_other(&format!("/masuk?ke={path}")),
    }
}

fn second_factor_first(speaks: Speaks) -> Response {
    match speaks {
        Speaks::Api => {
            let sentence = "Peran ini memerlukan faktor kedua.";
            Problem::new(403, "access.second_factor", sentence).for_programs().into_response()
        }
        Speaks::Pages => see_other("/masuk/faktor-kedua"),
    }
}
