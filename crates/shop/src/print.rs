//! The receipt as plain text of 32 columns, and as bytes for a cheap Bluetooth printer.
//!
//! On Android the bytes go to a print-helper application through an intent address; the same text goes
//! to WhatsApp through the share sheet. Printers get plain ASCII letters.

use data_encoding::BASE64;
use values::Rupiah;

use crate::grouped;
use crate::receipt::Receipt;

/// Columns of 58 mm paper in font A.
const COLUMNS: usize = 32;

/// The receipt as text.
#[must_use]
pub fn text(receipt: &Receipt, coop: &str, buyer: Option<&str>, check_path: &str) -> String {
    let mut lines = vec![coop.to_owned(), receipt.number.clone(), receipt.sold_at.to_string()];
    lines.push(format!("Kasir: {}", receipt.cashier));
    lines.extend(buyer.map(|buyer| format!("Anggota: {buyer}")));
    let rule = "-".repeat(COLUMNS);
    lines.push(rule.clone());
    for line in &receipt.lines {
        lines.push(line.name.clone());
        let left = format!("{} {} x {}", line.packs, line.pack_name, line.price.plain());
        lines.push(pair(&left, line.amount));
    }
    lines.push(rule);
    lines.push(pair("Total", receipt.total));
    if receipt.due != receipt.total {
        lines.push(pair("Dibulatkan", receipt.due));
    }
    lines.push(pair("Tunai", receipt.tendered));
    lines.push(pair("Kembali", receipt.returned));
    if receipt.change_owed.is_positive() {
        lines.push(pair("Kembalian terutang", receipt.change_owed));
    }
    lines.push(format!("Periksa: {check_path}"));
    lines.push(grouped(&receipt.code));
    lines.join("\n")
}

/// A word on the left, an amount on the right.
fn pair(left: &str, amount: Rupiah) -> String {
    let right = amount.plain();
    let room = COLUMNS.saturating_sub(right.chars().count() + 1);
    let left: String = left.chars().take(room).collect();
    let gap = COLUMNS.saturating_sub(left.chars().count() + right.chars().count());
    format!("{left}{}{right}", " ".repeat(gap))
}

/// The intent address that hands the receipt's bytes to a print-helper application.
#[must_use]
pub fn bytes(text: &str, check_path: &str) -> String {
    let mut job: Vec<u8> = vec![0x1B, 0x40, 0x1C, 0x2E];
    job.extend(text.bytes().map(|byte| if byte.is_ascii() { byte } else { b'?' }));
    job.push(b'\n');
    job.extend(qr_command(check_path.as_bytes()));
    job.extend([0x1B, 0x64, 0x04]);
    format!("rawbt:base64,{}", BASE64.encode(&job))
}

/// The printer's own QR command: model 2, four dots a module, level L, store, print.
fn qr_command(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 3).unwrap_or(u16::MAX).to_le_bytes();
    let mut command = vec![0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0];
    command.extend([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, 4]);
    command.extend([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 0x30]);
    command.extend([0x1D, 0x28, 0x6B, length[0], length[1], 0x31, 0x50, 0x30]);
    command.extend(data);
    command.extend([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fills_the_paper_and_never_more() {
        assert_eq!(pair("Total", Rupiah::new(29_165)), format!("Total{}29.165", " ".repeat(21)));
        let long = pair("Minyak goreng kemasan sederhana sekali", Rupiah::new(1_250_000));
        assert_eq!(long.chars().count(), COLUMNS);
    }

    #[test]
    fn a_printer_gets_ascii_and_the_start_and_end_it_needs() {
        let address = bytes("Gula ½", "/cek/K046-A");
        let job = BASE64.decode(address.trim_start_matches("rawbt:base64,").as_bytes()).unwrap();
        assert!(job.starts_with(&[0x1B, 0x40]) && job.ends_with(&[0x1B, 0x64, 0x04]));
        assert!(job.windows(5).any(|part| part == b"Gula "));
        assert!(job.windows(4).any(|part| part == b"/cek"));
    }
}
