//! Statement arithmetic: which account feeds which line, and how the lines add up.
//!
//! Perhitungan Hasil Usaha keeps members and others apart, line by line, as cooperatives report since
//! PSAK 27: P3 = P1 − P2, P6 = P4 − P5, P7 = P3 + P6, P10 = P7 − P8 − P9, P13 = P10 + P11 − P12,
//! P15 = P13 − P14. The Laporan Posisi Keuangan sums the lines A to E; contra accounts are negative
//! within their line. Before a year is closed, E8 also carries the result so far.

use values::{Overflow, Rupiah};

use crate::Balance;

/// One line of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementLine {
    /// `P1`, `A8` …
    pub code: &'static str,
    /// Its Indonesian name.
    pub name: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// Whole rupiah.
    pub amount: Rupiah,
    /// Whether it is a sum of other lines.
    pub is_sum: bool,
}

/// Code, Indonesian and English name of each line of the Perhitungan Hasil Usaha.
const PHU: [(&str, &str, &str); 15] = [
    ("P1", "Partisipasi bruto anggota", "Gross participation of members"),
    ("P2", "Beban pokok anggota", "Direct cost, members"),
    ("P3", "Partisipasi neto anggota", "Net participation of members"),
    ("P4", "Pendapatan dari non-anggota", "Income from non-members"),
    ("P5", "Beban pokok non-anggota", "Direct cost, non-members"),
    ("P6", "Laba kotor non-anggota", "Gross margin, non-members"),
    ("P7", "SHU kotor", "Gross surplus"),
    ("P8", "Beban usaha", "Operating expense"),
    ("P9", "Beban perkoperasian", "Cooperative expense"),
    ("P10", "SHU operasional", "Operating surplus"),
    ("P11", "Pendapatan lain", "Other income"),
    ("P12", "Beban lain", "Other expense"),
    ("P13", "SHU sebelum pajak", "Surplus before tax"),
    ("P14", "Beban pajak", "Tax expense"),
    ("P15", "SHU setelah pajak", "Surplus after tax"),
];

/// Lines of the Laporan Posisi Keuangan, in their groups.
const POSITION: [(&str, &str, &str); 35] = [
    ("A1", "Kas & setara kas", "Cash and equivalents"),
    ("A2", "Investasi jangka pendek", "Short-term investments"),
    ("A3", "Piutang usaha anggota", "Receivables, members"),
    ("A4", "Piutang usaha non-anggota", "Receivables, non-members"),
    ("A5", "Pinjaman anggota", "Loans to members"),
    ("A6", "Pinjaman koperasi lain", "Loans to other cooperatives"),
    ("A7", "Penyisihan penurunan nilai", "Impairment allowance"),
    ("A8", "Persediaan", "Inventories"),
    ("A9", "Aset biologis", "Biological assets"),
    ("A10", "Pendapatan akan diterima", "Accrued income"),
    ("A11", "Dibayar di muka & uang muka", "Prepayments and advances"),
    ("A12", "Aset lancar lain", "Other current assets"),
    ("B1", "Investasi jangka panjang", "Long-term investments"),
    ("B2", "Aset tetap", "Fixed assets"),
    ("B3", "Akumulasi penyusutan", "Accumulated depreciation"),
    ("B4", "Aset takberwujud", "Intangible assets"),
    ("B5", "Aset lain", "Other assets"),
    ("B6", "Properti investasi", "Investment property"),
    ("L1", "Simpanan anggota", "Member savings"),
    ("L2", "Simpanan berjangka", "Term deposits"),
    ("L3", "Simpanan koperasi lain", "Deposits of other cooperatives"),
    ("L4", "Utang usaha", "Trade payables"),
    ("L5", "Utang konsinyasi", "Consignment payables"),
    ("L6", "Utang pajak", "Tax payables"),
    ("L7", "Beban akrual", "Accrued expenses"),
    ("L8", "Diterima di muka", "Unearned income"),
    ("L9", "Dana-dana SHU", "Surplus funds"),
    ("L10", "Utang bank jangka pendek", "Bank loans, current"),
    ("L11", "Titipan & kewajiban lain", "Held for others and other liabilities"),
    ("M1", "Utang bank jangka panjang", "Bank loans, non-current"),
    ("M2", "Utang jangka panjang lain", "Other long-term liabilities"),
    ("M3", "Liabilitas imbalan kerja", "Employee benefits"),
    ("E1", "Simpanan pokok", "Principal savings"),
    ("E2", "Simpanan wajib", "Mandatory savings"),
    ("E4", "Modal penyertaan", "Participating capital"),
];

/// The rest of equity, where the result of the year finds its place.
const EQUITY: [(&str, &str, &str); 5] = [
    ("E5", "Hibah", "Donated capital"),
    ("E6", "Cadangan umum", "General reserve"),
    ("E7", "Cadangan tujuan risiko", "Risk reserve"),
    ("E8", "SHU tahun berjalan", "Surplus of the year"),
    ("E9", "SHU belum dibagi", "Undistributed surplus"),
];

/// Perhitungan Hasil Usaha, P1 to P15, from the movements of its stretch.
///
/// # Errors
/// [`Overflow`] where a sum leaves 64 bits.
pub fn phu(balances: &[Balance]) -> Result<Vec<StatementLine>, Overflow> {
    let income = |code| sum_of(balances, code, Rupiah::negated);
    let expense = |code| sum_of(balances, code, |net| net);
    let (p1, p2) = (income("P1")?, expense("P2")?);
    let (p4, p5) = (income("P4")?, expense("P5")?);
    let (p3, p6) = (p1.minus(p2)?, p4.minus(p5)?);
    let p7 = p3.plus(p6)?;
    let (p8, p9) = (expense("P8")?, expense("P9")?);
    let p10 = p7.minus(p8)?.minus(p9)?;
    let (p11, p12) = (income("P11")?, expense("P12")?);
    let p13 = p10.plus(p11)?.minus(p12)?;
    let p14 = expense("P14")?;
    let p15 = p13.minus(p14)?;
    let amounts = [p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15];
    let lines = PHU.into_iter().zip(amounts).map(|((code, name, english), amount)| StatementLine {
        code,
        name,
        english,
        amount,
        is_sum: matches!(code, "P3" | "P6" | "P7" | "P10" | "P13" | "P15"),
    });
    Ok(lines.collect())
}

/// The two sides of a Laporan Posisi Keuangan, each with its total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Lines A and B.
    pub assets: Vec<StatementLine>,
    /// Lines L and M.
    pub liabilities: Vec<StatementLine>,
    /// Lines E.
    pub equity: Vec<StatementLine>,
    /// Σ A + Σ B.
    pub total_assets: Rupiah,
    /// Σ L + Σ M.
    pub total_liabilities: Rupiah,
    /// Σ E.
    pub total_equity: Rupiah,
    /// What stands on accounts that eliminate and on nothing else; zero in sound books at a close.
    pub uneliminated: Rupiah,
}

/// Laporan Posisi Keuangan from all movements to its day. Lines without an amount stay out.
///
/// # Errors
/// [`Overflow`] where a sum leaves 64 bits.
pub fn position(balances: &[Balance]) -> Result<Position, Overflow> {
    let mut lines = Vec::new();
    for (code, name, english) in POSITION.into_iter().chain(EQUITY) {
        let is_asset = code.starts_with(['A', 'B']);
        let mut amount = sum_of(balances, code, |net| if is_asset { net } else { net.negated() })?;
        if code == "E8" {
            amount = amount.plus(result_so_far(balances)?)?;
        }
        if !amount.is_zero() {
            lines.push(StatementLine { code, name, english, amount, is_sum: false });
        }
    }
    let of = |first: [char; 2]| {
        let chosen = lines.iter().filter(move |line| line.code.starts_with(first));
        chosen.copied().collect::<Vec<StatementLine>>()
    };
    let (assets, liabilities, equity) = (of(['A', 'B']), of(['L', 'M']), of(['E', 'E']));
    let total = |lines: &[StatementLine]| Rupiah::total(lines.iter().map(|line| line.amount));
    Ok(Position {
        total_assets: total(&assets)?,
        total_liabilities: total(&liabilities)?,
        total_equity: total(&equity)?,
        uneliminated: sum_of(balances, "eliminasi", |net| net)?,
        assets,
        liabilities,
        equity,
    })
}

/// Income minus expense that no closing entry has moved yet.
fn result_so_far(balances: &[Balance]) -> Result<Rupiah, Overflow> {
    let open = balances.iter().filter(|balance| balance.account.is_result());
    Ok(Rupiah::total(open.map(|balance| balance.net))?.negated())
}

fn sum_of(
    balances: &[Balance],
    line: &str,
    sign: impl Fn(Rupiah) -> Rupiah,
) -> Result<Rupiah, Overflow> {
    let chosen = balances.iter().filter(|balance| balance.account.line == line);
    Rupiah::total(chosen.map(|balance| sign(balance.net)))
}
