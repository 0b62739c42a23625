//! What was sent by somebody who signed in: a form of a page, or a message of a program.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Answer, Failure, Order, Receipt, Tx};
use subtle::ConstantTimeEq;
use values::{Ctx, RequestId};
use web::{FORM_MAX, Fields, Problem, Shell};

use crate::SignedIn;

/// Largest message of a program.
const MESSAGE_MAX: usize = 256 * 1024;

/// A form, sent by a person from a page of their own session, for their own cooperative.
pub struct Posted {
    /// Who.
    pub who: SignedIn,
    /// What was typed.
    pub fields: Fields,
}

impl FromRequest<Shell> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Shell) -> Result<Posted, Problem> {
        let who = request.extensions().get::<SignedIn>().cloned().ok_or_else(Problem::denied)?;
        let same_site = comes_from_here(request.headers());
        let body = whole_body(request, FORM_MAX).await?;
        let fields = Fields::read(&body)?;
        let token = fields.hidden.csrf.as_bytes().ct_eq(who.csrf.as_bytes());
        if !same_site || !bool::from(token) {
            return Err(Problem::new(
                403,
                "access.csrf",
                "Formulir ini berasal dari sesi lain. Muat ulang halamannya, lalu kirim lagi.",
            ));
        }
        if !fields.hidden.coop.is_empty() && fields.hidden.coop != who.coop().to_string() {
            return Err(Problem::new(
                409,
                "access.other_coop",
                "Formulir ini dibuka untuk koperasi lain. Buka lagi dari koperasi yang sekarang.",
            ));
        }
        Ok(Posted { who, fields })
    }
}

impl Posted {
    /// The circumstances of the event that the form asks for.
    #[must_use]
    pub fn ctx(&self, shell: &Shell) -> Ctx {
        let request = self.fields.request.unwrap_or_else(RequestId::new_v7);
        self.who.ctx(shell, request)
    }

    /// Runs an event; a refusal lands in the form, to be shown again.
    ///
    /// # Errors
    /// A [`Problem`] where the machine failed.
    pub async fn act<T, I, F>(
        &mut self,
        shell: &Shell,
        kind: &'static str,
        input: I,
        record: F,
    ) -> Result<Option<Answer<T>>, Problem>
    where
        T: Receipt,
        I: Serialize + Send + 'static,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let ctx = self.ctx(shell);
        let order = Order::new(&ctx, kind, &input);
        let act = async move |tx: &mut Tx| record(tx, &ctx, &input).await;
        match shell.store.command(order, act).await {
            Ok(answer) => Ok(Some(answer)),
            Err(Failure::Refused(refusal)) => {
                self.fields.refused(refusal.as_ref());
                Ok(None)
            }
            Err(failure) => Err(failure.into()),
        }
    }
}

/// A message of a program, with its request id.
pub struct Message<T> {
    /// Who.
    pub who: SignedIn,
    /// The sender's id, from the header `Idempotency-Key`.
    pub request: RequestId,
    /// What it says.
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<Shell> for Message<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Shell) -> Result<Message<T>, Problem> {
        read_message(request).await.map_err(Problem::for_programs)
    }
}

async fn read_message<T: DeserializeOwned>(request: Request) -> Result<Message<T>, Problem> {
    let who = request.extensions().get::<SignedIn>().cloned().ok_or_else(Problem::denied)?;
    let key = request.headers().get("idempotency-key").and_then(|value| value.to_str().ok());
    let request_id = key.and_then(|key| RequestId::parse(key).ok()).ok_or_else(|| {
        Problem::malformed("Header Idempotency-Key harus berisi UUID yang dibuat pengirim.")
    })?;
    // A page of another site can send a form, but not JSON with our own header.
    let by_session = request.headers().get("authorization").is_none();
    if by_session && request.headers().get("x-lumbung").is_none() {
        let sentence = "Pesan dengan sesi harus memuat header X-Lumbung.";
        return Err(Problem::new(403, "access.csrf", sentence));
    }
    let body = whole_body(request, MESSAGE_MAX).await?;
    let body = serde_json::from_slice(&body)
        .map_err(|error| Problem::malformed(&format!("Isi pesan tidak dapat dibaca: {error}")))?;
    Ok(Message { who, request: request_id, body })
}

impl<I: Serialize + Send + 'static> Message<I> {
    /// Runs an event.
    ///
    /// # Errors
    /// A [`Problem`] for programs.
    pub async fn act<T, F>(
        self,
        shell: &Shell,
        kind: &'static str,
        record: F,
    ) -> Result<Answer<T>, Problem>
    where
        T: Receipt,
        F: AsyncFn(&mut Tx, &Ctx, &I) -> Result<T, Failure> + Send + 'static,
    {
        let ctx = self.who.ctx(shell, self.request);
        let order = Order::new(&ctx, kind, &self.body);
        let act = async move |tx: &mut Tx| record(tx, &ctx, &self.body).await;
        shell
            .store
            .command(order, act)
            .await
            .map_err(|failure| Problem::from(failure).for_programs())
    }
}

/// Browsers say where a request comes from; one from another site is refused.
pub(crate) fn comes_from_here(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    site.is_none_or(|site| matches!(site, "same-origin" | "none"))
}

pub(crate) async fn whole_body(request: Request, most: usize) -> Result<Bytes, Problem> {
    to_bytes(request.into_body(), most).await.map_err(|_| {
        Problem::new(
            413,
            "web.too_large",
            "Isian terlalu besar; kirim dalam bagian yang lebih kecil.",
        )
    })
}
