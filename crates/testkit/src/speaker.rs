//! Somebody who speaks with the house over HTTP: signs in, looks at pages, sends forms.

use std::sync::Arc;

use access::person::{self, NewPerson, NewSeat};
use access::{Role, password};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use http_body_util::BodyExt;
use store::{Failure, Store, Tx};
use tower::ServiceExt;
use values::{CoopId, PersonId, SeatId};
use web::{Settings, Shell};

use crate::Clock;

/// Everybody's password in tests.
pub const PASSWORD: &str = "gemah-ripah-1947";

/// A shell over a test's store, with its clock.
#[must_use]
pub fn shell(store: &Store, clock: &Clock) -> Shell {
    let clock = clock.clone();
    Shell {
        store: store.clone(),
        clock: web::Clock::new(move || clock.now()),
        settings: Arc::new(Settings { example: false, secure: false, secret: [7; 32] }),
    }
}

/// Gives a person a name to sign in with, the common password and a seat.
///
/// # Errors
/// What the access room refuses.
pub async fn hire(
    store: &Store,
    clock: &Clock,
    person: PersonId,
    sign_in_name: &str,
    role: Role,
    coop: CoopId,
) -> Result<(), Failure> {
    let hash = password::hash(PASSWORD.to_owned()).await?;
    let ctx = clock.ctx(person, coop);
    let sign_in_name = sign_in_name.to_owned();
    let act = async move |tx: &mut Tx| -> Result<(), Failure> {
        let known: Option<(String,)> =
            tx.maybe("select name from persons where person_id = $2", &[&person]).await?;
        if known.is_none() {
            let new = NewPerson {
                person,
                name: sign_in_name.clone(),
                sign_in_name: sign_in_name.clone(),
            };
            person::add(tx, &ctx, &new).await?;
            password::set(tx, person, &hash, ctx.at).await?;
        }
        let seat = NewSeat {
            seat: SeatId::new_v7(),
            person,
            role,
            place: String::new(),
            from_day: ctx.day().plus_days(-400),
            through_day: None,
            delegated_from: None,
        };
        person::grant(tx, &ctx, &seat).await?;
        Ok(())
    };
    store.write(coop, act).await
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Told {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Told {
    /// Where the answer leads, for a redirect.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The value of a hidden field in the first form that goes to `action`.
    #[must_use]
    pub fn hidden(&self, action: &str, name: &str) -> String {
        let form = self.body.split(&format!("action=\"{action}\"")).nth(1).unwrap_or_default();
        let form = form.split("</form>").next().unwrap_or_default();
        let field = form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
        field.split('"').next().unwrap_or_default().to_owned()
    }
}

/// A browser with its cookie.
#[derive(Clone)]
pub struct Speaker {
    router: Router,
    cookie: Option<String>,
}

impl Speaker {
    /// A stranger.
    #[must_use]
    pub fn new(router: Router) -> Speaker {
        Speaker { router, cookie: None }
    }

    /// Signs in with the common password.
    ///
    /// # Panics
    /// Where the door stays shut.
    pub async fn sign_in(&mut self, name: &str) -> Told {
        let fields = [("sign_in_name", name), ("password", PASSWORD)];
        let told = self.post("/masuk/kirim", &fields).await;
        assert_eq!(told.status, 303, "{name} signs in: {}", told.body);
        told
    }

    /// Looks at a page.
    ///
    /// # Panics
    /// Where the router does not answer.
    pub async fn get(&self, path: &str) -> Told {
        let request = self.request("GET", path).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Opens a page, fills in its form that goes to `action`, and sends it.
    ///
    /// # Panics
    /// Where the page holds no such form.
    pub async fn fill(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Told {
        let shown = self.get(page).await;
        assert_eq!(shown.status, 200, "{page}: {}", shown.body);
        assert!(shown.body.contains(&format!("action=\"{action}\"")), "{page} has {action}");
        let hidden = ["request_id", "coop", "csrf"].map(|name| shown.hidden(action, name));
        let mut all = vec![
            ("request_id", hidden[0].as_str()),
            ("coop", hidden[1].as_str()),
            ("csrf", hidden[2].as_str()),
        ];
        all.extend(fields);
        self.post(action, &all).await
    }

    /// Sends a form as it is.
    ///
    /// # Panics
    /// Where the router does not answer.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Told {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        let told = self.post_bytes(path, body.join("&").into_bytes()).await;
        let cookie = told.headers.get(header::SET_COOKIE).and_then(|value| value.to_str().ok());
        if let Some(cookie) = cookie {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        told
    }

    /// Sends bytes as a form.
    ///
    /// # Panics
    /// Where the router does not answer.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Told {
        let kind = "application/x-www-form-urlencoded";
        let request = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends a message as a program does.
    ///
    /// # Panics
    /// Where the router does not answer.
    pub async fn message(&self, path: &str, key: &str, request_id: &str, json: &str) -> Told {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {key}"))
            .header("idempotency-key", request_id)
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(json.to_owned())).expect("a request")).await
    }

    /// Sends any request with the cookie.
    ///
    /// # Panics
    /// Where the router does not answer.
    pub async fn send(&self, request: Request<Body>) -> Told {
        let answer = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        Told {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// A request with the cookie.
    #[must_use]
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    let letters = text.bytes().map(|byte| {
        if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    });
    letters.collect()
}
