//! What the coops room refuses, in order of precedence.

use store::Refusal;
use values::{Day, Instant, KelurahanCode};

/// The coops room says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CoopsRefusal {
    /// Only the city office does this.
    #[error("Hanya kantor dinas yang dapat mengubah ini. Sampaikan kepada dinas.")]
    NotTheCity,
    /// A required text is empty.
    #[error("Isian ini belum diisi.")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A text is longer than the house keeps.
    #[error("Isian ini terlalu panjang; paling banyak {max} huruf.")]
    TooLong {
        /// The field.
        field: &'static str,
        /// Letters that are kept.
        max: usize,
    },
    /// No kelurahan of the city has this code.
    #[error("Kelurahan dengan kode {code} tidak ada di Kota Bandung. Pilih dari daftar.")]
    UnknownKelurahan {
        /// The code asked for.
        code: KelurahanCode,
    },
    /// Running numbers have two digits.
    #[error("Nomor urut {running} tidak dapat dipakai; pilih 1 sampai 99.")]
    RunningOutOfRange {
        /// The number asked for.
        running: u8,
    },
    /// The number is taken.
    #[error("{name} sudah terdaftar dengan nomor ini. Buka datanya dari daftar koperasi.")]
    AlreadyRegistered {
        /// Who has it.
        name: String,
    },
    /// One live KKMP a kelurahan.
    #[error("Kelurahan ini sudah mempunyai {name}; satu kelurahan satu KKMP.")]
    KelurahanTaken {
        /// The one that is there.
        name: String,
    },
    /// A number of another shape than its office gives.
    #[error("{name} ditulis dengan {digits} angka. Periksa suratnya, lalu ketik lagi.")]
    OtherDigits {
        /// The field.
        field: &'static str,
        /// Its name on paper.
        name: &'static str,
        /// How many digits it has.
        digits: &'static str,
    },
    /// A day that has not come.
    #[error("Tanggal {day} belum tiba; hari ini {today}.")]
    FutureDay {
        /// The day asked for.
        day: Day,
        /// Today.
        today: Day,
    },
    /// Somebody else changed it while the form was open.
    #[error("Data ini sudah diubah orang lain. Buka lagi, periksa, lalu simpan.")]
    ChangedMeanwhile,
    /// Nothing differs.
    #[error("Tidak ada yang berubah, jadi tidak ada yang disimpan.")]
    NothingChanged,
    /// No parameter has this name.
    #[error("Aturan {name}/{key} tidak dikenal.")]
    UnknownParameter {
        /// Its name.
        name: String,
        /// Its key.
        key: String,
    },
    /// Law or the city sets it.
    #[error("Aturan {name}/{key} ditetapkan pemerintah; koperasi tidak dapat mengubahnya.")]
    BoundByLaw {
        /// Its name.
        name: String,
        /// Its key.
        key: String,
        /// Where it stands.
        rule: String,
    },
    /// Less than nothing.
    #[error("Nilai {asked} kurang dari nol. Isi nol atau lebih.")]
    BelowZero {
        /// What was asked.
        asked: i64,
    },
    /// The last day lies before the first.
    #[error("Aturan yang mulai {from} tidak dapat berakhir {through}.")]
    EndsBeforeStart {
        /// First day.
        from: Day,
        /// Last day.
        through: Day,
    },
    /// Days that are over have used the rule that was there.
    #[error("Aturan sebelumnya sudah dipakai. Yang baru mulai paling awal {earliest}.")]
    StartsTooEarly {
        /// The first day that is possible.
        earliest: Day,
    },
    /// No value is known for a day.
    #[error("Aturan {name}/{key} belum ada untuk {day}. Isi dahulu di halaman aturan.")]
    ParameterMissing {
        /// Its name.
        name: String,
        /// Its key.
        key: String,
        /// The day asked for.
        day: Day,
    },
    /// The last value has ended.
    #[error("Aturan {name}/{key} berakhir {through}: periksa aturan, lalu isi yang baru.")]
    ParameterExpired {
        /// Its name.
        name: String,
        /// Its key.
        key: String,
        /// Its last day.
        through: Day,
        /// Where it stands.
        rule: String,
    },
    /// Text that is no hash of an evidence.
    #[error("Bukti tidak terbaca. Unggah foto atau berkasnya lagi.")]
    NotEvidence,
    /// A decision needs its words or its paper.
    #[error("Tuliskan isi keputusan atau lampirkan foto naskahnya.")]
    NoWordsOfDecision,
    /// The number is taken by another decision of the same body.
    #[error("Keputusan nomor {number} sudah tercatat. Periksa nomornya.")]
    DecisionNumberTaken {
        /// The number.
        number: String,
    },
    /// No such decision in the register.
    #[error("Keputusan itu tidak ada dalam buku keputusan. Catat dahulu keputusannya.")]
    UnknownDecision,
    /// Another body has to decide this.
    #[error("{label} tidak cukup; yang berwenang: {wanted}.")]
    OtherBody {
        /// The decision that was cited.
        label: String,
        /// Who has to decide.
        wanted: String,
    },
    /// A task for nobody.
    #[error("Pilih siapa yang harus mengerjakan ini: jabatan atau orangnya.")]
    NobodyAddressed,
    /// No such task.
    #[error("Tugas ini tidak ada.")]
    UnknownTask,
    /// Closed before.
    #[error("Tugas ini sudah selesai {at}.")]
    TaskClosed {
        /// When.
        at: Instant,
    },
    /// An approval that ends before it begins.
    #[error("Batas waktu persetujuan {expires_at} sudah lewat. Pilih waktu yang akan datang.")]
    ExpiresInPast {
        /// The end asked for.
        expires_at: Instant,
    },
    /// No such approval.
    #[error("Permintaan persetujuan ini tidak ada.")]
    UnknownApproval,
    /// Maker and approver are one person.
    #[error("Yang meminta tidak boleh menyetujui sendiri. Minta orang lain yang berwenang.")]
    OwnApproval,
    /// Decided before.
    #[error("Permintaan ini sudah diputuskan {at}.")]
    AlreadyDecided {
        /// When.
        at: Instant,
    },
    /// Too late.
    #[error("Permintaan ini berlaku sampai {expires_at}. Ajukan permintaan baru.")]
    ApprovalExpired {
        /// Its end.
        expires_at: Instant,
    },
    /// What is done is not what was asked for.
    #[error("Isinya berbeda dari yang disetujui. Ajukan persetujuan untuk isi yang baru.")]
    OtherPayload,
    /// Nobody has decided yet.
    #[error("Permintaan ini belum diputuskan. Tunggu atau ingatkan yang berwenang.")]
    NotDecided,
    /// The answer was no.
    #[error("Permintaan ini ditolak: {reason}")]
    ApprovalRefused {
        /// Why.
        reason: String,
    },
    /// Used before.
    #[error("Persetujuan ini sudah dipakai {at}. Satu persetujuan untuk satu kali.")]
    ApprovalTaken {
        /// When.
        at: Instant,
    },
    /// The day is in the calendar.
    #[error("{day} sudah tercatat sebagai hari libur: {name}.")]
    HolidayKnown {
        /// The day.
        day: Day,
        /// What it is.
        name: String,
    },
}

impl Refusal for CoopsRefusal {
    fn code(&self) -> &'static str {
        match self {
            CoopsRefusal::NotTheCity => "coops.not_the_city",
            CoopsRefusal::Missing { .. } => "coops.missing",
            CoopsRefusal::TooLong { .. } => "coops.too_long",
            CoopsRefusal::UnknownKelurahan { .. } => "coops.unknown_kelurahan",
            CoopsRefusal::RunningOutOfRange { .. } => "coops.running_out_of_range",
            CoopsRefusal::AlreadyRegistered { .. } => "coops.already_registered",
            CoopsRefusal::KelurahanTaken { .. } => "coops.kelurahan_taken",
            CoopsRefusal::OtherDigits { .. } => "coops.other_digits",
            CoopsRefusal::FutureDay { .. } => "coops.future_day",
            CoopsRefusal::ChangedMeanwhile => "coops.changed_meanwhile",
            CoopsRefusal::NothingChanged => "coops.nothing_changed",
            CoopsRefusal::UnknownParameter { .. } => "coops.unknown_parameter",
            CoopsRefusal::BoundByLaw { .. } => "coops.bound_by_law",
            CoopsRefusal::BelowZero { .. } => "coops.below_zero",
            CoopsRefusal::EndsBeforeStart { .. } => "coops.ends_before_start",
            CoopsRefusal::StartsTooEarly { .. } => "coops.starts_too_early",
            CoopsRefusal::ParameterMissing { .. } => "coops.parameter_missing",
            CoopsRefusal::ParameterExpired { .. } => "coops.parameter_expired",
            CoopsRefusal::NotEvidence => "coops.not_evidence",
            CoopsRefusal::NoWordsOfDecision => "coops.no_words_of_decision",
            CoopsRefusal::DecisionNumberTaken { .. } => "coops.decision_number_taken",
            CoopsRefusal::UnknownDecision => "coops.unknown_decision",
            CoopsRefusal::OtherBody { .. } => "coops.other_body",
            CoopsRefusal::NobodyAddressed => "coops.nobody_addressed",
            CoopsRefusal::UnknownTask => "coops.unknown_task",
            CoopsRefusal::TaskClosed { .. } => "coops.task_closed",
            CoopsRefusal::ExpiresInPast { .. } => "coops.expires_in_past",
            CoopsRefusal::UnknownApproval => "coops.unknown_approval",
            CoopsRefusal::OwnApproval => "coops.own_approval",
            CoopsRefusal::AlreadyDecided { .. } => "coops.already_decided",
            CoopsRefusal::ApprovalExpired { .. } => "coops.approval_expired",
            CoopsRefusal::OtherPayload => "coops.other_payload",
            CoopsRefusal::NotDecided => "coops.not_decided",
            CoopsRefusal::ApprovalRefused { .. } => "coops.approval_refused",
            CoopsRefusal::ApprovalTaken { .. } => "coops.approval_taken",
            CoopsRefusal::HolidayKnown { .. } => "coops.holiday_known",
        }
    }

    fn status(&self) -> u16 {
        match self {
            CoopsRefusal::AlreadyRegistered { .. }
            | CoopsRefusal::KelurahanTaken { .. }
            | CoopsRefusal::ChangedMeanwhile
            | CoopsRefusal::NothingChanged
            | CoopsRefusal::ParameterMissing { .. }
            | CoopsRefusal::ParameterExpired { .. }
            | CoopsRefusal::DecisionNumberTaken { .. }
            | CoopsRefusal::TaskClosed { .. }
            | CoopsRefusal::OwnApproval
            | CoopsRefusal::AlreadyDecided { .. }
            | CoopsRefusal::ApprovalExpired { .. }
            | CoopsRefusal::NotDecided
            | CoopsRefusal::ApprovalRefused { .. }
            | CoopsRefusal::ApprovalTaken { .. }
            | CoopsRefusal::HolidayKnown { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            CoopsRefusal::Missing { field }
            | CoopsRefusal::TooLong { field, .. }
            | CoopsRefusal::OtherDigits { field, .. } => Some(field),
            CoopsRefusal::UnknownKelurahan { .. } | CoopsRefusal::KelurahanTaken { .. } => {
                Some("kelurahan")
            }
            CoopsRefusal::RunningOutOfRange { .. } => Some("running"),
            CoopsRefusal::FutureDay { .. } | CoopsRefusal::HolidayKnown { .. } => Some("day"),
            CoopsRefusal::BelowZero { .. } => Some("value"),
            CoopsRefusal::EndsBeforeStart { .. } => Some("valid_through"),
            CoopsRefusal::StartsTooEarly { .. } => Some("valid_from"),
            CoopsRefusal::NotEvidence => Some("evidence"),
            CoopsRefusal::NoWordsOfDecision => Some("text"),
            CoopsRefusal::DecisionNumberTaken { .. } => Some("number"),
            CoopsRefusal::UnknownDecision | CoopsRefusal::OtherBody { .. } => Some("decision"),
            CoopsRefusal::ExpiresInPast { .. } => Some("expires_at"),
            _ => None,
        }
    }

    fn rule(&self) -> Option<String> {
        match self {
            CoopsRefusal::BoundByLaw { rule, .. } | CoopsRefusal::ParameterExpired { rule, .. } => {
                Some(rule.clone())
            }
            CoopsRefusal::KelurahanTaken { .. } => {
                Some("Inpres 9/2025: satu koperasi di tiap desa atau kelurahan".to_owned())
            }
            _ => None,
        }
    }
}

/// A text as it is kept: without blanks around, not empty, not longer than `max` letters.
pub(crate) fn required(
    text: &str,
    field: &'static str,
    max: usize,
) -> Result<String, CoopsRefusal> {
    optional(Some(text), field, max)?.ok_or(CoopsRefusal::Missing { field })
}

/// A text that may be missing; blanks alone are none.
pub(crate) fn optional(
    text: Option<&str>,
    field: &'static str,
    max: usize,
) -> Result<Option<String>, CoopsRefusal> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > max) {
        return Err(CoopsRefusal::TooLong { field, max });
    }
    Ok(text.map(str::to_owned))
}
