//! What an event is called on a page: the rooms name their events for programs.

/// The words for an event's kind; the kind itself where the house has none yet.
#[must_use]
pub fn of_kind(kind: &str) -> &str {
    match kind {
        "cash.opening_balances" => "Saldo awal",
        "cash.grant" => "Terima hibah",
        "cash.send_cash" => "Kirim kas",
        "cash.receive_cash" => "Terima kas",
        "cash.take_back_cash" => "Batal kirim kas",
        "cash.open_drawer" => "Buka laci",
        "cash.hand_over" => "Serah terima laci",
        "cash.close_drawer" => "Tutup laci",
        "cash.drawer_expense" => "Uang keluar dari laci",
        "cash.post_difference" => "Selisih kas",
        "ledger.journal" => "Jurnal dari teks",
        "members.pay_pokok" => "Simpanan pokok",
        "members.admit" => "Diterima menjadi anggota",
        "members.pay_wajib" => "Simpanan wajib",
        "shop.sell" => "Penjualan",
        "shop.refund" => "Retur penjualan",
        "stock.opening" => "Persediaan awal",
        "stock.receive" => "Barang datang dengan nota",
        "stock.receive_first" => "Barang datang, nota menyusul",
        "stock.late_freight" => "Ongkos angkut menyusul",
        "stock.match_invoice" => "Nota dicocokkan",
        "stock.count" => "Hitung persediaan",
        "stock.write_off" => "Barang rusak atau hilang",
        "stock.open_pack" => "Buka kemasan",
        "stock.repay_talangan" => "Bayar talangan",
        "suppliers.invoice" => "Nota pemasok",
        "suppliers.pay" => "Bayar pemasok",
        "suppliers.advance" => "Uang muka pemasok",
        other => other,
    }
}
