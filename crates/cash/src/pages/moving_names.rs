//! The names behind a balance, one a line: `nama = jumlah`, and for simpanan wajib the months that
//! were paid: `nama = 70.000 = 2025-03 s.d. 2025-09`.

use values::{Month, Rupiah, parse_amount};
use web::Fields;

use super::moving_rows::Row;
use crate::opening_balances::OpeningName;

/// The longest name.
const NAME_MAX: usize = 80;
/// The longest stretch of months on one line.
const MONTHS_MAX: i32 = 600;

/// Reads all lines of a row; what is wrong is said at the field, with the number of the line.
pub(super) fn read(form: &mut Fields, row: &Row) -> Vec<OpeningName> {
    let field = row.names_field();
    let text = form.value(&field).to_owned();
    let mut names = Vec::new();
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match line_of(line, row.has_months()) {
            Ok(read) => names.extend(read),
            Err(sentence) => form.wrong(&field, format!("Baris {}: {sentence}", place + 1)),
        }
    }
    names
}

fn line_of(line: &str, has_months: bool) -> Result<Vec<OpeningName>, String> {
    let mut parts = line.split('=').map(str::trim);
    let (subject, amount) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if subject.is_empty() || amount.is_empty() {
        return Err("tulis nama = jumlah.".to_owned());
    }
    if subject.chars().count() > NAME_MAX || subject.chars().any(char::is_control) {
        return Err(format!("nama paling banyak {NAME_MAX} huruf biasa."));
    }
    let amount = parse_amount(amount).map_err(|error| error.to_string())?;
    let name = |month, amount| OpeningName { subject: subject.to_owned(), month, amount };
    let Some(months) = parts.next() else { return Ok(vec![name(None, amount)]) };
    if !has_months || parts.next().is_some() {
        return Err("tulis nama = jumlah, tanpa tanda = yang lain.".to_owned());
    }
    let months = months_of(months).ok_or("bulan ditulis 2025-03 atau 2025-03 s.d. 2025-09.")?;
    let parts = equal_parts(amount, months.len());
    let parts = parts.ok_or("jumlahnya tidak terbagi rata ke bulan-bulan itu.")?;
    Ok(months.into_iter().map(|month| name(Some(month), parts)).collect())
}

fn months_of(text: &str) -> Option<Vec<Month>> {
    let (first, last) = text.split_once("s.d.").unwrap_or((text, text));
    let (first, last) = (Month::parse(first.trim()).ok()?, Month::parse(last.trim()).ok()?);
    let count = last.months_since(first);
    let months = (0..=count).map(|ahead| first.plus_months(ahead));
    (0..MONTHS_MAX).contains(&count).then(|| months.collect())
}

fn equal_parts(amount: Rupiah, count: usize) -> Option<Rupiah> {
    let parts = amount.share_by(&vec![1; count]).ok()?;
    let first = *parts.first()?;
    parts.iter().all(|part| *part == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_name_an_amount_and_for_wajib_the_months() {
        let read = |line: &str, has_months| line_of(line, has_months);
        let bu_euis = read(" Bu Euis = Rp 85.000 ", false).unwrap();
        assert_eq!((bu_euis[0].subject.as_str(), bu_euis[0].amount.get()), ("Bu Euis", 85_000));
        let id = "0199e0a0-0000-7000-8000-000000000001";
        let wajib = read(&format!("{id} = 70.000 = 2025-03 s.d. 2025-09"), true).unwrap();
        assert!(wajib.len() == 7 && wajib.iter().all(|part| part.amount.get() == 10_000));
        assert_eq!((wajib[0].subject.as_str(), wajib[6].month), (id, Month::parse("2025-09").ok()));
        assert_eq!(read("Bu Euis = 10rb = 2025-03", true).unwrap().len(), 1);
        assert_eq!(read("Bu Euis = 10rb", true).unwrap()[0].month, None);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_refused() {
        for line in ["Bu Euis", "= 5.000", "Bu Euis = banyak", "Bu Euis = 5.000 = 2025-03"] {
            assert!(line_of(line, false).is_err(), "{line}");
        }
        for months in ["Maret", "2025-09 s.d. 2025-03", "2025-03 s.d. 2025-05", "2025-03 = x"] {
            assert!(line_of(&format!("Bu Euis = 10.000 = {months}"), true).is_err(), "{months}");
        }
    }
}
