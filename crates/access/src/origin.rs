//! Where the house stands, as whoever asks has reached it: for links that leave it.

use axum::http::{HeaderMap, header};

/// `https://lumbung.bandung.example`; empty where the request does not say, so that a link built on it
/// is a path.
#[must_use]
pub fn origin(headers: &HeaderMap, secure: bool) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(plain) {
        return String::new();
    }
    let scheme = if secure { "https" } else { "http" };
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_link_leads_where_the_request_came_and_nowhere_strange() {
        let mut headers = HeaderMap::new();
        assert_eq!(origin(&headers, true), "");
        headers.insert(header::HOST, HeaderValue::from_static("lumbung.test:8443"));
        assert_eq!(origin(&headers, true), "https://lumbung.test:8443");
        assert_eq!(origin(&headers, false), "http://lumbung.test:8443");
        headers.insert(header::HOST, HeaderValue::from_static("a.test/<b>"));
        assert_eq!(origin(&headers, true), "");
    }
}
