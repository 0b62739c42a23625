//! What the city room refuses, in order of precedence.

use std::fmt;

use store::{Failure, Refusal};

/// The city room says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CityRefusal {
    /// Set-up is for an empty database.
    #[error(
        "Basis data ini sudah berisi {tenants} koperasi atau kantor; setup hanya untuk yang kosong."
    )]
    NotEmpty {
        /// Cooperatives and offices that are there.
        tenants: i64,
    },
    /// Not as many first persons as the rule of two officers needs.
    #[error("Isi dua orang: kode masuk orang berikutnya diterbitkan oleh dua pengurus.")]
    NotTwoPersons,
    /// Both persons have one name to sign in.
    #[error("Dua orang memerlukan dua nama masuk yang berbeda.")]
    SameSignInName,
    /// A first person who could not let the next one in.
    #[error("Dua orang pertama adalah ketua, sekretaris, bendahara atau admin.")]
    NotOfficers,
    /// Nobody could add the next person.
    #[error("Salah satu harus ketua atau admin, supaya dapat menambah orang berikutnya.")]
    NobodyManages,
}

impl Refusal for CityRefusal {
    fn code(&self) -> &'static str {
        match self {
            CityRefusal::NotEmpty { .. } => "city.not_empty",
            CityRefusal::NotTwoPersons => "city.not_two_persons",
            CityRefusal::SameSignInName => "city.same_sign_in_name",
            CityRefusal::NotOfficers => "city.not_officers",
            CityRefusal::NobodyManages => "city.nobody_manages",
        }
    }

    fn status(&self) -> u16 {
        if matches!(self, CityRefusal::NotEmpty { .. }) { 409 } else { 422 }
    }

    fn field(&self) -> Option<&'static str> {
        let [_, sign_in_name, role] = FIELDS[1];
        match self {
            CityRefusal::NotEmpty { .. } | CityRefusal::NotTwoPersons => None,
            CityRefusal::SameSignInName => Some(sign_in_name),
            CityRefusal::NotOfficers | CityRefusal::NobodyManages => Some(role),
        }
    }
}

/// Fields of the two persons in the form: name, name to sign in, role.
const FIELDS: [[&str; 3]; 2] =
    [["name_1", "sign_in_name_1", "role_1"], ["name_2", "sign_in_name_2", "role_2"]];

/// A refusal of the access room, at the fields of the person whom it concerns.
#[derive(Debug)]
pub struct RefusedPerson {
    /// Which of the two, from zero.
    pub place: usize,
    /// What was refused.
    pub refusal: Box<dyn Refusal>,
}

impl RefusedPerson {
    pub(crate) fn at(place: usize, failure: Failure) -> Failure {
        match failure {
            Failure::Refused(refusal) => RefusedPerson { place, refusal }.into(),
            fault => fault,
        }
    }
}

impl fmt::Display for RefusedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.refusal.fmt(f)
    }
}

impl Refusal for RefusedPerson {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn status(&self) -> u16 {
        self.refusal.status()
    }

    fn field(&self) -> Option<&'static str> {
        let [name, sign_in_name, role] = FIELDS.get(self.place)?;
        match self.refusal.field() {
            Some("name") => Some(name),
            Some("sign_in_name") => Some(sign_in_name),
            _ => Some(role),
        }
    }
}
