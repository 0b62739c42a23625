//! Daftarkan orang: the clerk writes down who asks.

use access::{Posted, SignedIn};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use values::MemberId;
use web::{Fields, Page, Problem, Shell, html, html_with, see_other};

use super::raise_unseen;
use crate::apply::{self, Apply};
use crate::nik::{self, Nik, NikKey, SealedNik};
use crate::{Particulars, Sex};

/// The longest name, in letters.
const LETTERS_MAX: usize = 120;
/// The longest phone and NIK as they are typed, with spaces and dots.
const DIGITS_MAX: usize = 30;
/// The highest RT or RW.
const PLACE_MAX: i64 = 999;
/// Fields that the form does not show.
const UNSEEN: [&str; 2] = ["member_id", "day"];

#[derive(Template)]
#[template(path = "pages/apply.html")]
struct ApplyPage {
    page: Page,
    form: Fields,
}

pub(crate) async fn show(who: SignedIn) -> Result<Response, Problem> {
    let form = Fields::blank(who.hidden());
    Ok(html(&ApplyPage { page: who.page("Daftarkan orang"), form }))
}

pub(crate) async fn send(
    State(shell): State<Shell>,
    mut posted: Posted,
) -> Result<Response, Problem> {
    let member = born_in(&posted.fields)?;
    let day = posted.ctx(&shell).day();
    let seal = |nik: &Nik, key: &NikKey| nik::seal(nik, key, posted.who.coop(), member);
    let particulars = particulars(&mut posted.fields, &shell.settings.secret, seal);
    let input = Apply { member_id: member, day, particulars };
    if !posted.fields.has_errors()
        && posted.act(&shell, apply::KIND, input, apply::record).await?.is_some()
    {
        let done = posted.fields.request_text();
        return Ok(see_other(&format!("/anggota/calon/{member}?baru={done}")));
    }
    let Posted { who, fields: mut form } = posted;
    raise_unseen(&mut form, &UNSEEN);
    let page = ApplyPage { page: who.page("Daftarkan orang"), form };
    Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// The person carries the form's own id: a form that is sent again names the same one.
fn born_in(form: &Fields) -> Result<MemberId, Problem> {
    MemberId::parse(&form.request_text())
        .map_err(|_| Problem::malformed("Formulir ini tidak lengkap. Muat ulang, lalu isi lagi."))
}

/// Who it is, as typed. The digits of the NIK go no further than this.
fn particulars(
    form: &mut Fields,
    key: &NikKey,
    seal: impl Fn(&Nik, &NikKey) -> SealedNik,
) -> Particulars {
    let nik = some(form.maybe_text("nik", DIGITS_MAX)).map(|typed| Nik::parse(&typed));
    let nik = nik.and_then(|nik| nik.map_err(|refusal| form.refused(&refusal)).ok());
    let sex = match form.value("sex") {
        "L" => Sex::Male,
        "P" => Sex::Female,
        _ => {
            form.wrong("sex", "Pilih laki-laki atau perempuan.");
            Sex::Female
        }
    };
    Particulars {
        name: form.text("name", LETTERS_MAX),
        surname: None,
        nickname: some(form.maybe_text("nickname", LETTERS_MAX)),
        phone: some(form.maybe_text("phone", DIGITS_MAX)),
        rt: place(form, "rt"),
        rw: place(form, "rw"),
        address: some(form.maybe_text("address", LETTERS_MAX)),
        sex,
        nik: nik.map(|nik| seal(&nik, key)),
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// `3`, `03` and `003` are the same RT.
fn place(form: &mut Fields, name: &str) -> Option<u16> {
    if form.value(name).trim().is_empty() {
        return None;
    }
    u16::try_from(form.count(name, 1, PLACE_MAX)).ok()
}
