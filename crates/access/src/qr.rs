//! A text as a square that a phone reads, drawn on the server.

use qrcode::QrCode;
use qrcode::render::svg;

/// SVG of a QR; empty for a text that is too long for one.
#[must_use]
pub fn qr(text: &str) -> String {
    let drawn = QrCode::new(text.as_bytes())
        .map(|code| code.render::<svg::Color>().min_dimensions(200, 200).build());
    drawn.unwrap_or_default()
}
