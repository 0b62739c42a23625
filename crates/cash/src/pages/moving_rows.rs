//! What a cooperative is asked for on the day of moving in, in plain words.

use ledger::{Account, Unit, account};

use crate::opening_balances::OpeningSide;

use OpeningSide::{Credit, Debit};

/// One figure that is asked for.
pub(super) struct Row {
    /// Name of its fields on the form, without what comes before.
    pub(super) key: &'static str,
    /// Account code.
    pub(super) code: &'static str,
    /// The side on which it stands.
    pub(super) side: OpeningSide,
    /// What it is, as neighbours say it.
    pub(super) words: &'static str,
}

/// Figures that belong together.
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) rows: &'static [Row],
}

impl Row {
    const fn new(code: &'static str, side: OpeningSide, words: &'static str) -> Row {
        Row { key: code, code, side, words }
    }

    fn account(&self) -> Option<&'static Account> {
        account(self.code)
    }

    /// The account's name in the chart.
    pub(super) fn account_name(&self) -> &'static str {
        self.account().map_or("", |account| account.name)
    }

    /// The kind of name that stands behind a control account.
    pub(super) fn subledger(&self) -> Option<&'static str> {
        self.account().and_then(|account| account.subledger)
    }

    /// The unit that keeps the account, or the office.
    pub(super) fn unit(&self) -> Unit {
        self.account().and_then(|account| account.unit).unwrap_or(Unit::Pst)
    }

    /// Whether the months that were paid stand behind it too.
    pub(super) fn has_months(&self) -> bool {
        self.code == "31102"
    }

    /// Name of the field for the sum.
    pub(super) fn amount_field(&self) -> String {
        format!("jumlah_{}", self.key)
    }

    /// Name of the field for the names.
    pub(super) fn names_field(&self) -> String {
        format!("rincian_{}", self.key)
    }
}

/// All that is asked for.
pub(super) const GROUPS: [Group; 7] = [
    Group {
        name: "Kas & bank",
        rows: &[
            Row::new("11101", Debit, "Uang tunai di brankas"),
            Row::new("11102", Debit, "Uang di kas kecil"),
            Row::new("11103", Debit, "Uang di laci toko"),
            Row::new("11201", Debit, "Uang di rekening bank koperasi"),
            Row::new("11202", Debit, "Uang di rekening pinjaman KKMP"),
            Row::new("11109", Debit, "Uang koperasi di rekening atau QRIS pribadi petugas"),
        ],
    },
    Group {
        name: "Piutang",
        rows: &[
            Row::new("11401", Debit, "Kasbon belanja anggota"),
            Row::new("11411", Debit, "Belanja bukan anggota yang belum dibayar"),
            Row::new("11603", Debit, "Uang koperasi yang masih di tangan karyawan"),
            Row::new("11901", Debit, "Uang muka ke pemasok"),
        ],
    },
    Group {
        name: "Persediaan",
        rows: &[
            Row::new("11701", Debit, "Barang dagangan di toko, menurut harga beli"),
            Row::new("11702", Debit, "Gas LPG (isi)"),
            Row::new("11706", Debit, "Perlengkapan dan alat tulis"),
        ],
    },
    Group {
        name: "Peralatan & bangunan",
        rows: &[
            Row::new("12202", Debit, "Bangunan dan gerai"),
            Row::new("12204", Debit, "Rak dan peralatan toko"),
            Row::new("12205", Debit, "Peralatan kantor dan komputer"),
            Row::new("12303", Credit, "Nilai peralatan yang sudah disusutkan"),
        ],
    },
    Group {
        name: "Utang",
        rows: &[
            Row::new("21201", Credit, "Utang barang ke pemasok"),
            Row::new("21204", Credit, "Hasil titip jual yang belum dibayarkan"),
            Row::new("21207", Credit, "Cicilan simpanan pokok calon anggota dan uang muka barang"),
            Row::new("21210", Credit, "Uang pribadi pengurus yang dipakai dulu (talangan)"),
            Row::new("21401", Credit, "Listrik, air, honor yang belum dibayar"),
            Row::new("22101", Credit, "Pinjaman bank"),
        ],
    },
    Group {
        name: "Simpanan",
        rows: &[
            Row::new("31101", Credit, "Simpanan pokok"),
            Row::new("31102", Credit, "Simpanan wajib"),
            Row::new("21101", Credit, "Simpanan sukarela (tabungan)"),
            Row::new("21103", Credit, "Simpanan berjangka"),
        ],
    },
    Group {
        name: "Modal",
        rows: &[
            Row::new("31105", Credit, "Hibah"),
            Row::new("31201", Credit, "Cadangan"),
            Row::new("31301", Credit, "Sisa hasil usaha tahun lalu yang belum dibagi"),
            Row::new("31302", Credit, "Laba tahun berjalan sampai kemarin"),
            Row {
                key: "31302_rugi",
                code: "31302",
                side: Debit,
                words: "Rugi tahun berjalan sampai kemarin",
            },
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_row_asks_for_an_account_of_the_chart_in_fields_of_its_own() {
        let rows: Vec<&Row> = GROUPS.iter().flat_map(|group| group.rows).collect();
        assert!(rows.iter().all(|row| row.account().is_some_and(|known| !known.is_result())));
        let fields: BTreeSet<String> = rows.iter().map(|row| row.amount_field()).collect();
        assert_eq!(fields.len(), rows.len());
    }
}
