//! What the members room refuses, in order of precedence.

use store::Refusal;
use values::{Day, Month, Rupiah};

/// The members room says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MembersRefusal {
    /// A person without a name.
    #[error("Nama belum diisi.")]
    NameMissing,
    /// More than a line of the register holds.
    #[error("Nama atau alamat terlalu panjang; paling banyak {letters_max} huruf.")]
    TextTooLong {
        /// The most letters.
        letters_max: usize,
    },
    /// No Indonesian phone number.
    #[error("“{typed}” bukan nomor telepon. Tulis seperti 0812 3456 7890, atau kosongkan.")]
    PhoneWrong {
        /// What was typed.
        typed: String,
    },
    /// No such RT or RW.
    #[error("RT/RW {number} tidak ada; isi 1 sampai 999, atau kosongkan.")]
    PlaceWrong {
        /// What was typed.
        number: u16,
    },
    /// Not sixteen digits.
    #[error("NIK harus 16 angka. Bila belum ada, kosongkan; anggota dicatat “belum lengkap”.")]
    NikLength,
    /// Sixteen digits that are no NIK.
    #[error(
        "NIK ini tidak mungkin benar: tanggal lahir atau nomor urutnya tidak ada. Lihat lagi KTP-nya."
    )]
    NikImplausible,
    /// The sealed form is broken.
    #[error("NIK ini tidak terbaca. Ketik lagi dari KTP.")]
    NikNotSealed,
    /// The NIK's birth date says the other sex.
    #[error("Jenis kelamin tidak sama dengan yang tertera dalam NIK. Lihat lagi KTP-nya.")]
    NikOtherSex,
    /// The same citizen stands in the register.
    #[error(
        "NIK ini sudah tercatat untuk orang lain di koperasi ini. Cari orangnya; bila pernah keluar, daftarkan lagi dari kartunya."
    )]
    NikTaken,
    /// The person is known.
    #[error("Orang ini sudah tercatat.")]
    AppliedBefore,
    /// The day has not come yet.
    #[error("Tanggal {day} belum tiba.")]
    FutureDay {
        /// The day asked for.
        day: Day,
    },
    /// No number of an old book.
    #[error("Nomor anggota {number} tidak dapat dipakai; isi 1 sampai {number_max}.")]
    NumberWrong {
        /// What was typed.
        number: i64,
        /// The highest.
        number_max: i64,
    },
    /// A number is given once.
    #[error("Nomor anggota {number} sudah dipakai dan tidak diberikan dua kali.")]
    NumberTaken {
        /// What was typed.
        number: i64,
    },
    /// The opening balances do not hold it.
    #[error(
        "Cicilan pokok {held} tidak ada dalam saldo awal; atas nama ini tercatat {books} di 21207. Isi saldo awal lebih dulu."
    )]
    PokokNotInBooks {
        /// What was typed.
        held: Rupiah,
        /// What the books say.
        books: Rupiah,
    },
    /// Nothing, or less than nothing.
    #[error("Jumlah {asked} tidak dapat dicatat; isi lebih dari nol.")]
    NotPositive {
        /// What was asked.
        asked: Rupiah,
    },
    /// No such person.
    #[error("Orang ini tidak ada dalam buku anggota koperasi ini.")]
    UnknownMember,
    /// Member already, or former.
    #[error("Orang ini bukan calon anggota.")]
    NotCandidate,
    /// Never left.
    #[error("Orang ini tidak pernah keluar, jadi tidak perlu mendaftar lagi.")]
    NotFormer,
    /// Candidate, or former.
    #[error("Orang ini belum atau tidak lagi menjadi anggota.")]
    NotMember,
    /// Approved before.
    #[error("Permohonan ini sudah disetujui.")]
    ApprovedBefore,
    /// One person on both ends.
    #[error("Yang menyetujui harus orang lain daripada yang mencatat permohonan.")]
    SamePerson,
    /// Approval is missing.
    #[error("Permohonan ini belum disetujui pengurus.")]
    NotApproved,
    /// The parameter is not set.
    #[error(
        "Besar simpanan pokok atau wajib belum ditetapkan. Isi dulu dari keputusan rapat anggota."
    )]
    TermsMissing,
    /// A part is missing.
    #[error(
        "Simpanan pokok {pokok} belum penuh, masih kurang {rest}. Sampai penuh ia tetap calon anggota, tanpa hak suara."
    )]
    PokokNotFull {
        /// Simpanan pokok.
        pokok: Rupiah,
        /// What is missing.
        rest: Rupiah,
    },
    /// More than the simpanan pokok.
    #[error("Setoran {asked} lebih dari sisa simpanan pokok {rest}.")]
    PokokTooMuch {
        /// What is missing.
        rest: Rupiah,
        /// What was asked.
        asked: Rupiah,
    },
    /// A month stands twice.
    #[error("Ada bulan yang disebut dua kali.")]
    MonthTwice,
    /// A month before the membership.
    #[error("Bulan {month} sebelum ia menjadi anggota ({since}).")]
    BeforeAdmission {
        /// The month asked for.
        month: Month,
        /// The month of admission.
        since: Month,
    },
    /// Paid in full.
    #[error("Simpanan wajib {month} sudah lunas.")]
    MonthPaid {
        /// The month.
        month: Month,
    },
    /// No whole number of months.
    #[error("Setoran {asked} tidak pas untuk bulan-bulan penuh; yang pas berikutnya {fits}.")]
    NotMultiple {
        /// What was asked.
        asked: Rupiah,
        /// The next amount that fits.
        fits: Rupiah,
    },
    /// Further ahead than is taken.
    #[error("Simpanan wajib dapat dibayar di muka paling jauh sampai {last}.")]
    TooFarAhead {
        /// The last month that can be paid.
        last: Month,
    },
    /// Amount and months do not fit.
    #[error("Bulan yang dipilih berjumlah {due}, yang dibayar {amount}. Samakan dulu.")]
    MonthsDiffer {
        /// What those months cost.
        due: Rupiah,
        /// What is paid.
        amount: Rupiah,
    },
    /// More than the books can hold.
    #[error("Jumlahnya terlalu besar untuk dicatat.")]
    TooLarge,
}

impl Refusal for MembersRefusal {
    fn code(&self) -> &'static str {
        match self {
            MembersRefusal::NameMissing => "members.name_missing",
            MembersRefusal::TextTooLong { .. } => "members.text_too_long",
            MembersRefusal::PhoneWrong { .. } => "members.phone_wrong",
            MembersRefusal::PlaceWrong { .. } => "members.place_wrong",
            MembersRefusal::NikLength => "members.nik_length",
            MembersRefusal::NikImplausible => "members.nik_implausible",
            MembersRefusal::NikNotSealed => "members.nik_not_sealed",
            MembersRefusal::NikOtherSex => "members.nik_other_sex",
            MembersRefusal::NikTaken => "members.nik_taken",
            MembersRefusal::AppliedBefore => "members.applied_before",
            MembersRefusal::FutureDay { .. } => "members.future_day",
            MembersRefusal::NumberWrong { .. } => "members.number_wrong",
            MembersRefusal::NumberTaken { .. } => "members.number_taken",
            MembersRefusal::PokokNotInBooks { .. } => "members.pokok_not_in_books",
            MembersRefusal::NotPositive { .. } => "members.not_positive",
            MembersRefusal::UnknownMember => "members.unknown_member",
            MembersRefusal::NotCandidate => "members.not_candidate",
            MembersRefusal::NotFormer => "members.not_former",
            MembersRefusal::NotMember => "members.not_member",
            MembersRefusal::ApprovedBefore => "members.approved_before",
            MembersRefusal::SamePerson => "members.same_person",
            MembersRefusal::NotApproved => "members.not_approved",
            MembersRefusal::TermsMissing => "members.terms_missing",
            MembersRefusal::PokokNotFull { .. } => "members.pokok_not_full",
            MembersRefusal::PokokTooMuch { .. } => "members.pokok_too_much",
            MembersRefusal::MonthTwice => "members.month_twice",
            MembersRefusal::BeforeAdmission { .. } => "members.before_admission",
            MembersRefusal::MonthPaid { .. } => "members.month_paid",
            MembersRefusal::NotMultiple { .. } => "members.not_multiple",
            MembersRefusal::TooFarAhead { .. } => "members.too_far_ahead",
            MembersRefusal::MonthsDiffer { .. } => "members.months_differ",
            MembersRefusal::TooLarge => "members.too_large",
        }
    }

    fn status(&self) -> u16 {
        match self {
            MembersRefusal::NikTaken
            | MembersRefusal::AppliedBefore
            | MembersRefusal::NumberTaken { .. }
            | MembersRefusal::NotCandidate
            | MembersRefusal::NotFormer
            | MembersRefusal::NotMember
            | MembersRefusal::ApprovedBefore
            | MembersRefusal::NotApproved
            | MembersRefusal::TermsMissing
            | MembersRefusal::MonthPaid { .. } => 409,
            _ => 422,
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            MembersRefusal::NameMissing | MembersRefusal::TextTooLong { .. } => Some("name"),
            MembersRefusal::PhoneWrong { .. } => Some("phone"),
            MembersRefusal::PlaceWrong { .. } => Some("rt"),
            MembersRefusal::NikLength
            | MembersRefusal::NikImplausible
            | MembersRefusal::NikNotSealed
            | MembersRefusal::NikOtherSex
            | MembersRefusal::NikTaken => Some("nik"),
            MembersRefusal::AppliedBefore
            | MembersRefusal::UnknownMember
            | MembersRefusal::NotCandidate
            | MembersRefusal::NotFormer
            | MembersRefusal::NotMember => Some("member_id"),
            MembersRefusal::FutureDay { .. } => Some("day"),
            MembersRefusal::NumberWrong { .. } | MembersRefusal::NumberTaken { .. } => {
                Some("number")
            }
            MembersRefusal::PokokNotInBooks { .. } => Some("pokok_held"),
            MembersRefusal::NotPositive { .. }
            | MembersRefusal::PokokNotFull { .. }
            | MembersRefusal::PokokTooMuch { .. }
            | MembersRefusal::NotMultiple { .. }
            | MembersRefusal::TooFarAhead { .. }
            | MembersRefusal::TooLarge => Some("amount"),
            MembersRefusal::MonthTwice
            | MembersRefusal::BeforeAdmission { .. }
            | MembersRefusal::MonthPaid { .. }
            | MembersRefusal::MonthsDiffer { .. } => Some("months"),
            _ => None,
        }
    }

    fn rule(&self) -> Option<String> {
        match self {
            MembersRefusal::PokokNotFull { .. } | MembersRefusal::PokokTooMuch { .. } => {
                Some("UU 25/1992 pasal 41".to_owned())
            }
            _ => None,
        }
    }
}
