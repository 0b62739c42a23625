//! The frame around every page: who is signed in, where they are, what they can reach.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::{Language, assets};

/// A word in the menu and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Address.
    pub href: &'static str,
    /// The word, Indonesian; translated when shown.
    pub label: &'static str,
    /// Whether this is where the person is.
    pub current: bool,
}

/// Who looks at the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The person's name.
    pub name: String,
    /// The role of the seat, in words.
    pub role: String,
    /// The cooperative or office.
    pub coop: String,
}

/// What the layout needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The page's own name; translated when shown.
    pub title: String,
    /// In which language it speaks.
    pub language: Language,
    /// Stamped as an example.
    pub example: bool,
    /// Who looks.
    pub viewer: Option<Viewer>,
    /// Where they can go.
    pub menu: Vec<MenuItem>,
    /// What just happened.
    pub flash: Option<String>,
    /// For the sign-out form.
    pub csrf: String,
}

impl Page {
    /// A page for a stranger.
    #[must_use]
    pub fn public(title: &str, language: Language, example: bool) -> Page {
        Page {
            title: title.to_owned(),
            language,
            example,
            viewer: None,
            menu: Vec::new(),
            flash: None,
            csrf: String::new(),
        }
    }

    /// The sentence in the page's language; the Indonesian one is the key.
    #[must_use]
    pub fn t<'a>(&self, sentence: &'a str) -> std::borrow::Cow<'a, str> {
        self.language.of(sentence)
    }

    /// Address of the stylesheet, changing with its content.
    #[must_use]
    pub fn stylesheet(&self) -> &'static str {
        assets::stylesheet()
    }

    /// Address of the behaviours, changing with their content.
    #[must_use]
    pub fn behaviours(&self) -> &'static str {
        assets::behaviours()
    }
}

/// Renders a page; what cannot be rendered is the machine's fault.
pub fn html(page: &impl Template) -> Response {
    html_with(StatusCode::OK, page)
}

/// Renders a page with a status: a form that is shown again has 422.
pub fn html_with(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(body) => {
            let kind = HeaderValue::from_static("text/html; charset=utf-8");
            let kept = HeaderValue::from_static("no-store");
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)];
            (status, headers, body).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// After a form was taken: look at what came of it.
pub fn see_other(address: &str) -> Response {
    Redirect::to(address).into_response()
}
