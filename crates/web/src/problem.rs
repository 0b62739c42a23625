//! The one renderer of what went wrong.
//!
//! A refusal is a sentence with a code and a status; a fault is 500 with the request's id and nothing
//! of the inside. Programs get `application/problem+json` (RFC 9457), people a page.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::{Failure, Fault};

use crate::{Language, Page, Speaks, html_with};

/// What went wrong, ready to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable name for programs, `room.reason`.
    pub code: String,
    /// The Indonesian sentence.
    pub sentence: String,
    /// The field that it concerns.
    pub field: Option<&'static str>,
    /// The rule behind it.
    pub rule: Option<String>,
    /// To whom it is told.
    pub speaks: Speaks,
}

impl Problem {
    /// A problem of the shell's own.
    #[must_use]
    pub fn new(status: u16, code: &str, sentence: &str) -> Problem {
        Problem {
            status,
            code: code.to_owned(),
            sentence: sentence.to_owned(),
            field: None,
            rule: None,
            speaks: Speaks::Pages,
        }
    }

    /// No such thing, or none that this person may know of.
    #[must_use]
    pub fn not_found() -> Problem {
        Problem::new(404, "web.not_found", "Halaman atau data ini tidak ada.")
    }

    /// Signed in, but not for this.
    #[must_use]
    pub fn denied() -> Problem {
        Problem::new(
            403,
            "access.denied",
            "Peran Anda tidak membuka halaman ini. Minta ketua atau admin bila memang perlu.",
        )
    }

    /// What was sent cannot be read.
    #[must_use]
    pub fn malformed(sentence: &str) -> Problem {
        Problem::new(400, "web.malformed", sentence)
    }

    /// Told to a program.
    #[must_use]
    pub fn for_programs(mut self) -> Problem {
        self.speaks = Speaks::Api;
        self
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        match failure {
            Failure::Refused(refusal) => Problem {
                status: refusal.status(),
                code: refusal.code().to_owned(),
                sentence: refusal.to_string(),
                field: refusal.field(),
                rule: refusal.rule(),
                speaks: Speaks::Pages,
            },
            Failure::Fault(fault) => of_fault(&fault),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        of_fault(&fault)
    }
}

fn of_fault(fault: &Fault) -> Problem {
    tracing::error!(%fault, "a request failed");
    match fault {
        Fault::Busy | Fault::TimedOut => Problem::new(
            503,
            "fault.busy",
            "Server sedang sibuk. Isian Anda tidak hilang; kirim lagi sebentar lagi.",
        ),
        Fault::DiskFull => Problem::new(
            507,
            "fault.disk_full",
            "Penyimpanan server penuh. Tidak ada yang dicatat; hubungi admin.",
        ),
        Fault::ReadOnly => Problem::new(
            503,
            "fault.read_only",
            "Data sedang hanya bisa dibaca. Tidak ada yang dicatat; coba lagi nanti.",
        ),
        Fault::Lost(_) | Fault::Closed => Problem::new(
            503,
            "fault.unreachable",
            "Basis data tidak terjangkau. Kirim lagi; permintaan yang sama tidak dicatat dua kali.",
        ),
        _ => Problem::new(
            500,
            "fault.inside",
            "Terjadi kesalahan di server. Tidak ada yang dicatat; kirim lagi atau hubungi admin.",
        ),
    }
}

/// The body for programs, after RFC 9457.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    code: &'a str,
    errors: Vec<FieldError<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
}

#[derive(Serialize)]
struct FieldError<'a> {
    field: &'a str,
    code: &'a str,
    detail: &'a str,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    page: Page,
    problem: Problem,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match self.speaks {
            Speaks::Api => json(status, &self),
            Speaks::Pages => {
                let page = Page::public("Tidak dapat dilanjutkan", Language::Indonesian, false);
                html_with(status, &ProblemPage { page, problem: self })
            }
        }
    }
}

fn json(status: StatusCode, problem: &Problem) -> Response {
    let errors = problem.field.map(|field| FieldError {
        field,
        code: &problem.code,
        detail: &problem.sentence,
    });
    let body = Body {
        r#type: "about:blank",
        title: &problem.sentence,
        status: problem.status,
        code: &problem.code,
        errors: errors.into_iter().collect(),
        rule: problem.rule.as_deref(),
    };
    let kind = HeaderValue::from_static("application/problem+json");
    let text = serde_json::to_string(&body).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}
