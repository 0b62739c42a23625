//! Hitung stok: one good, counted blind by one person and written down by another.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use store::{Failure, Tx};
use values::{GoodId, Instant, RequestId};
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::ways::{Officer, officers, today};
use super::{Asked, born_in, raise_unseen};
use crate::SHOP_FLOOR;
use crate::count::{self, Count, CountLine};
use crate::on_hand::{self, OnHand};
use crate::shelf;

#[derive(Template)]
#[template(path = "pages/count.html")]
struct CountPage {
    page: Page,
    form: Fields,
    /// What they hold is not shown: the count is blind.
    goods: Vec<OnHand>,
    places: Vec<String>,
    counters: Vec<Officer>,
}

async fn count_page(shell: &Shell, who: &SignedIn, form: Fields) -> Result<CountPage, Problem> {
    let (ctx, day) = (who.ctx(shell, RequestId::new_v7()), today(shell));
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        let (goods, places) = (on_hand::on_hand(tx, &ctx).await?, shelf::places(tx).await?);
        Ok((goods, places, officers(tx, day).await?))
    };
    let (goods, places, mut counters) = shell.store.read(who.coop(), ask).await?;
    counters.retain(|officer| officer.person != who.person());
    Ok(CountPage { page: who.page("Hitung stok"), form, goods, places, counters })
}

pub(super) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden()).with("good_id", asked.barang).with("place", SHOP_FLOOR);
    Ok(html(&count_page(&shell, &who, form).await?))
}

pub(super) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let page = count_page(&shell, &posted.who, Fields::default()).await?;
    if let Some(input) = read(&shell, &mut posted.fields, &page)? {
        let (good, id) = (input.lines[0].good_id, input.count_id);
        if posted.act(&shell, count::KIND, input, count::record).await?.is_some() {
            return Ok(see_other(&format!("/barang/{good}?hitungan={id}")));
        }
    }
    raise_unseen(&mut posted.fields, &["lines", "evidence", "day"]);
    let page = CountPage { form: posted.fields, ..page };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn read(shell: &Shell, form: &mut Fields, page: &CountPage) -> Result<Option<Count>, Problem> {
    let count_id = born_in(form)?;
    let good_id = GoodId::parse(form.value("good_id")).ok();
    if good_id.is_none() {
        form.wrong("good_id", "Pilih barang yang dihitung.");
    }
    let named = |officer: &&Officer| officer.person.to_text() == form.value("counted_by");
    let counted_by = page.counters.iter().find(named).map(|officer| officer.person);
    if counted_by.is_none() {
        form.wrong("counted_by", "Pilih siapa yang menghitung.");
    }
    let counted = form.quantity("qty", &[]);
    let place = form.text("place", 40);
    let counted_at = counted_at(shell, form);
    let (Some(good_id), Some(counted_by), false) = (good_id, counted_by, form.has_errors()) else {
        return Ok(None);
    };
    let lines = vec![CountLine { good_id, counted, counted_at }];
    Ok(Some(Count { count_id, day: today(shell), place, counted_by, lines }))
}

/// The hour of today that was typed, `14:30` as browsers send it; now where none was.
fn counted_at(shell: &Shell, form: &mut Fields) -> Instant {
    let typed = form.value("counted_at").trim().to_owned();
    if typed.is_empty() {
        return shell.clock.now();
    }
    let parts = typed.split_once([':', '.']);
    let read = parts.and_then(|(hour, minute)| {
        let hour: i64 = hour.parse().ok().filter(|hour| (0..24).contains(hour))?;
        let minute: i64 = minute.parse().ok().filter(|minute| (0..60).contains(minute))?;
        Some(today(shell).instant_at(hour * 3_600 + minute * 60))
    });
    let sentence = match read {
        Some(at) if at <= shell.clock.now() => return at,
        Some(_) => "Jam itu belum tiba. Kosongkan bila dihitung sekarang.",
        None => "Tulis jam seperti 14:30.",
    };
    form.wrong("counted_at", sentence);
    Instant::default()
}
