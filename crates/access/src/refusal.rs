//! What the access room refuses, in order of precedence.

use store::Refusal;

/// The door stays shut, or a seat is not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessRefusal {
    /// Too many wrong tries.
    #[error("Terlalu banyak percobaan. Coba lagi pukul {until}.")]
    Locked {
        /// Clock time in Jakarta.
        until: String,
    },
    /// Name or password is wrong; it is not said which, nor whether the name exists.
    #[error("Nama masuk atau kata sandi tidak cocok.")]
    WrongSignIn,
    /// The second factor is wrong or was used before.
    #[error("Kode tidak cocok atau sudah dipakai.")]
    WrongCode,
    /// A one-time code that does not exist, was used or is too old.
    #[error(
        "Kode undangan tidak berlaku. Minta kode baru kepada dua pengurus atau helpdesk dinas."
    )]
    WrongInvitation,
    /// Too short or among the best-known passwords.
    #[error("Kata sandi paling sedikit 10 huruf dan bukan yang mudah ditebak.")]
    WeakPassword,
    /// A person without a name.
    #[error("Tuliskan nama orangnya.")]
    NameMissing,
    /// Another person has this sign-in name.
    #[error("Nama masuk ini sudah dipakai orang lain.")]
    NameTaken,
    /// Letters, digits, dot and dash only.
    #[error("Nama masuk terdiri dari 3–40 huruf kecil, angka, titik atau garis.")]
    NameMalformed,
    /// No such person.
    #[error("Orang ini tidak terdaftar.")]
    UnknownPerson,
    /// Two roles that one person never holds together.
    #[error("{first} dan {second} tidak boleh dipegang orang yang sama di satu koperasi.")]
    RolesExclude {
        /// The role held.
        first: &'static str,
        /// The role asked for.
        second: &'static str,
    },
    /// The person holds this role already.
    #[error("Orang ini sudah memegang peran {role}.")]
    SeatHeld {
        /// The role.
        role: &'static str,
    },
    /// No such seat in this cooperative.
    #[error("Jabatan ini tidak ada atau sudah berakhir.")]
    UnknownSeat,
    /// An officer does not confirm what he issued himself.
    #[error("Kode harus diterbitkan oleh dua orang yang berbeda.")]
    SameOfficer,
}

impl Refusal for AccessRefusal {
    fn code(&self) -> &'static str {
        match self {
            AccessRefusal::Locked { .. } => "access.locked",
            AccessRefusal::WrongSignIn => "access.wrong_sign_in",
            AccessRefusal::WrongCode => "access.wrong_code",
            AccessRefusal::WrongInvitation => "access.wrong_invitation",
            AccessRefusal::WeakPassword => "access.weak_password",
            AccessRefusal::NameMissing => "access.name_missing",
            AccessRefusal::NameTaken => "access.name_taken",
            AccessRefusal::NameMalformed => "access.name_malformed",
            AccessRefusal::UnknownPerson => "access.unknown_person",
            AccessRefusal::RolesExclude { .. } => "access.roles_exclude",
            AccessRefusal::SeatHeld { .. } => "access.seat_held",
            AccessRefusal::UnknownSeat => "access.unknown_seat",
            AccessRefusal::SameOfficer => "access.same_officer",
        }
    }

    fn status(&self) -> u16 {
        match self {
            AccessRefusal::Locked { .. } => 429,
            AccessRefusal::NameTaken
            | AccessRefusal::RolesExclude { .. }
            | AccessRefusal::SeatHeld { .. }
            | AccessRefusal::UnknownSeat => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            AccessRefusal::WeakPassword => Some("password"),
            AccessRefusal::NameMissing => Some("name"),
            AccessRefusal::NameTaken | AccessRefusal::NameMalformed => Some("sign_in_name"),
            AccessRefusal::WrongCode => Some("code"),
            _ => None,
        }
    }
}
