//! The shell of every page and address: routes, layout, forms, what went wrong, two languages.
//!
//! A room gives its [`Routes`]; a page is a struct with an HTML file beside it that extends
//! `layout.html` and holds a [`Page`]; a form is read into [`Fields`], shown again with its sentences
//! where something is wrong; a [`Problem`] is told to people as a page and to programs as
//! problem+json.
//!
//! **Invariant:** knows no room, no role and no table.

pub mod assets;
mod form;
mod headers;
mod language;
mod page;
mod problem;
mod routes;
mod shell;

pub use form::{FIELDS_MAX, FORM_MAX, Fields, Hidden};
pub use headers::secure;
pub use language::{Language, english};
pub use page::{MenuItem, Page, Viewer, html, html_with, see_other};
pub use problem::Problem;
pub use routes::{Effect, MenuPlace, Needs, Route, Routes, Speaks};
pub use shell::{Clock, Settings, Shell};
