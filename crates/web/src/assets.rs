//! The stylesheet and the small behaviours, built by `browser/` and embedded in the binary.
//!
//! They are served under an address that holds a hash of their content, so a phone keeps them for ever
//! and a new release is fetched at once.

use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "../../browser/dist"]
#[allow_missing = true]
struct Built;

/// The sign in the browser's tab: a rice barn.
const ICON: &str = include_str!("lumbung.svg");

/// Address of the stylesheet.
pub fn stylesheet() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| address("lumbung.css"))
}

/// Address of the behaviours.
pub fn behaviours() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| address("lumbung.js"))
}

fn address(name: &str) -> String {
    let content = Built::get(name).map(|file| file.data).unwrap_or_default();
    let hash = hex::encode(&Sha256::digest(&content)[..8]);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("/aset/{stem}.{hash}.{ending}")
}

/// Serves an embedded file under its hashed address.
pub async fn asset(Path(name): Path<String>) -> Response {
    if name == "lumbung.svg" {
        return file("image/svg+xml", ICON.as_bytes().to_vec());
    }
    let known = [
        ("lumbung.css", stylesheet(), "text/css"),
        ("lumbung.js", behaviours(), "text/javascript"),
    ];
    let found = known.into_iter().find(|(_, address, _)| address.ends_with(&format!("/{name}")));
    match found.and_then(|(file, _, kind)| Built::get(file).map(|built| (kind, built.data))) {
        Some((kind, data)) => file(kind, data.into_owned()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn file(kind: &'static str, data: Vec<u8>) -> Response {
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, kept)];
    (headers, data).into_response()
}
