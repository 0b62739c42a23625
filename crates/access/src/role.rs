//! Roles and what each may do.
//!
//! One table says it all: a permission, `room.act`, and the roles that hold it. A seat gives a person
//! one role in one cooperative or office, from a day and perhaps to a day.

use serde::{Deserialize, Serialize};

/// What a person is in a cooperative or office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// At the counter.
    Kasir,
    /// In the store-room.
    PetugasGudang,
    /// At the savings and loans desk.
    PetugasUsp,
    /// Treasurer.
    Bendahara,
    /// Manager.
    Manajer,
    /// Chair.
    Ketua,
    /// Secretary.
    Sekretaris,
    /// Supervisor: sees all, writes nothing.
    Pengawas,
    /// Member.
    Anggota,
    /// Officer of the city's cooperative office.
    Dinas,
    /// Mentor of some cooperatives.
    Mentor,
    /// Keeps persons and seats; never with a business role.
    Admin,
}

use Role::{
    Admin, Anggota, Bendahara, Dinas, Kasir, Ketua, Manajer, Mentor, Pengawas, PetugasGudang,
    PetugasUsp, Sekretaris,
};

impl Role {
    /// All roles.
    pub const ALL: [Role; 12] = [
        Kasir,
        PetugasGudang,
        PetugasUsp,
        Bendahara,
        Manajer,
        Ketua,
        Sekretaris,
        Pengawas,
        Anggota,
        Dinas,
        Mentor,
        Admin,
    ];

    /// How it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Kasir => "kasir",
            PetugasGudang => "petugas_gudang",
            PetugasUsp => "petugas_usp",
            Bendahara => "bendahara",
            Manajer => "manajer",
            Ketua => "ketua",
            Sekretaris => "sekretaris",
            Pengawas => "pengawas",
            Anggota => "anggota",
            Dinas => "dinas",
            Mentor => "mentor",
            Admin => "admin",
        }
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kasir => "Kasir",
            PetugasGudang => "Petugas gudang",
            PetugasUsp => "Petugas simpan pinjam",
            Bendahara => "Bendahara",
            Manajer => "Manajer",
            Ketua => "Ketua",
            Sekretaris => "Sekretaris",
            Pengawas => "Pengawas",
            Anggota => "Anggota",
            Dinas => "Petugas dinas",
            Mentor => "Pendamping",
            Admin => "Admin",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Who approves or oversees proves it twice.
    #[must_use]
    pub fn needs_second_factor(self) -> bool {
        matches!(self, Ketua | Manajer | Pengawas | Dinas | Admin)
    }

    /// Roles that one person never holds together in one cooperative: admin with business, pengawas
    /// with anything that writes.
    #[must_use]
    pub fn excludes(self, other: Role) -> bool {
        let apart = |one: Role, two: Role| match one {
            Admin => !matches!(two, Admin | Anggota),
            Pengawas => !matches!(two, Pengawas | Anggota),
            _ => false,
        };
        apart(self, other) || apart(other, self)
    }
}

/// Every permission and the roles that hold it.
pub const PERMISSIONS: &[(&str, &[Role])] = &[
    ("access.manage", &[Admin, Ketua]),
    ("access.codes", &[Admin, Ketua, Sekretaris, Bendahara]),
    ("access.looks", &[Pengawas, Ketua]),
    ("coops.approve", &[Ketua, Manajer, Bendahara]),
    ("coops.city", &[Dinas]),
    ("city.register", &[Dinas, Admin]),
    (
        "coops.read",
        &[Kasir, PetugasGudang, PetugasUsp, Bendahara, Manajer, Ketua, Sekretaris, Pengawas],
    ),
    ("coops.profile", &[Ketua, Sekretaris]),
    ("coops.parameters", &[Ketua, Manajer]),
    ("coops.decide", &[Ketua, Sekretaris]),
    ("cash.read", &[Bendahara, Manajer, Ketua, Pengawas]),
    ("cash.grant", &[Bendahara]),
    ("cash.open", &[Bendahara, Ketua]),
    ("cash.transfer", &[Kasir, Bendahara]),
    ("cash.receive", &[Kasir, Bendahara, Manajer, Ketua]),
    ("cash.drawer", &[Kasir, Bendahara]),
    ("members.read", &[Kasir, PetugasUsp, Bendahara, Manajer, Ketua, Sekretaris, Pengawas]),
    ("members.apply", &[Kasir, PetugasUsp, Sekretaris, Bendahara]),
    ("members.approve", &[Ketua, Sekretaris]),
    ("members.nik", &[Bendahara, Ketua, Sekretaris]),
    ("members.receive", &[Kasir, PetugasUsp, Bendahara]),
    ("suppliers.read", &[PetugasGudang, Bendahara, Manajer, Ketua, Pengawas]),
    ("suppliers.write", &[PetugasGudang, Bendahara, Manajer]),
    ("suppliers.pay", &[Bendahara]),
    ("stock.read", &[PetugasGudang, Bendahara, Manajer, Ketua, Pengawas]),
    ("stock.goods", &[PetugasGudang, Bendahara, Manajer]),
    ("stock.receive", &[PetugasGudang, Kasir, Bendahara, Manajer]),
    ("stock.count", &[PetugasGudang, Manajer, Bendahara]),
    ("shop.sell", &[Kasir, Bendahara]),
    ("shop.refund", &[Kasir, Bendahara, Manajer]),
    ("shop.prices", &[Manajer, Bendahara]),
    ("shop.read", &[Kasir, Bendahara, Manajer, Ketua, Pengawas]),
    ("reports.read", &[Bendahara, Manajer, Ketua, Sekretaris, Pengawas]),
];

/// Whether a permission holds at the city office alone. A seat of an officer that a cooperative gives
/// to one of its own people opens nothing of the city.
#[must_use]
pub fn is_of_office(permission: &str) -> bool {
    permission == "coops.city" || permission.starts_with("city.")
}

/// Whether any of these roles holds a permission.
#[must_use]
pub fn allows(roles: &[Role], permission: &str) -> bool {
    let holders = PERMISSIONS.iter().find(|(name, _)| *name == permission);
    holders.is_some_and(|(_, holders)| roles.iter().any(|role| holders.contains(role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_comes_back_from_its_code_and_permissions_are_sorted_into_rooms_once() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        for (place, (name, _)) in PERMISSIONS.iter().enumerate() {
            assert!(name.contains('.'));
            assert!(PERMISSIONS[place + 1..].iter().all(|(other, _)| other != name), "{name}");
        }
    }

    #[test]
    fn who_adds_persons_also_lets_them_in() {
        for role in Role::ALL {
            assert!(!allows(&[role], "access.manage") || allows(&[role], "access.codes"));
        }
    }

    #[test]
    fn pengawas_writes_nothing_and_admin_does_no_business() {
        let reading = |name: &str| name.ends_with(".read") || name.ends_with(".looks");
        for (name, holders) in PERMISSIONS {
            assert!(!holders.contains(&Pengawas) || reading(name), "{name}");
            let business = !name.starts_with("access.") && !is_of_office(name);
            assert!(!holders.contains(&Admin) || !business, "{name}");
        }
        assert!(Admin.excludes(Kasir) && Bendahara.excludes(Pengawas));
        assert!(!Bendahara.excludes(Kasir) && !Pengawas.excludes(Anggota));
        assert!(allows(&[Kasir], "shop.sell") && !allows(&[Kasir], "shop.prices"));
        assert!(!allows(&Role::ALL, "shop.unknown"));
    }
}
