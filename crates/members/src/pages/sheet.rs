//! Cards to print, eight on a sheet of A4.

use access::SignedIn;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use store::Tx;
use web::{Page, Problem, Shell, html};

use crate::sheet::{self, CARDS_MAX, CARDS_ON_A4, MemberCard};
use crate::{active, member_number};

#[derive(Template)]
#[template(path = "pages/sheet.html")]
struct SheetPage {
    page: Page,
    sheets: Vec<Vec<Printed>>,
    from: String,
    through: String,
    /// The first number of the next page.
    next: Option<String>,
    coop: String,
}

struct Printed {
    card: MemberCard,
    qr: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    dari: String,
    #[serde(default)]
    sampai: String,
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let first = active::number(&asked.dari);
    let last = active::number(&asked.sampai);
    let ask = async move |tx: &mut Tx| {
        sheet::cards(tx, first.unwrap_or(1), last.unwrap_or(i64::MAX)).await
    };
    let mut cards = shell.store.read(who.coop(), ask).await?;
    let shown = usize::try_from(CARDS_MAX).unwrap_or(usize::MAX);
    let next = cards.get(shown).map(MemberCard::shown_number);
    cards.truncate(shown);
    let short_code = &who.session.short_code;
    let printed = cards
        .chunks(CARDS_ON_A4)
        .map(|sheet| sheet.iter().map(|card| Printed::of(card.clone(), short_code)).collect());
    Ok(html(&SheetPage {
        page: who.page("Cetak kartu anggota"),
        sheets: printed.collect(),
        from: first.map(member_number).unwrap_or_default(),
        through: last.map(member_number).unwrap_or_default(),
        next,
        coop: who.session.coop_name.clone(),
    }))
}

impl Printed {
    /// The QR says cooperative and number, which the counter reads back.
    fn of(card: MemberCard, short_code: &str) -> Printed {
        let qr = access::qr(&format!("{short_code}-{}", card.shown_number()));
        Printed { card, qr }
    }
}
