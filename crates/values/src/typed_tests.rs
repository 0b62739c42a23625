//! What people type, case by case.

use proptest::prelude::*;

use super::*;

#[test]
fn amounts_are_read_in_all_their_usual_forms() {
    let cases = [
        ("Rp 1.250.000,-", 1_250_000),
        ("rp1.250.000", 1_250_000),
        ("Rp. 1.250.000", 1_250_000),
        ("1250000", 1_250_000),
        ("1.250", 1_250),
        ("1,250,000", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("(250.000)", -250_000),
        ("-250.000", -250_000),
        ("-Rp 500", -500),
        ("Rp -500", -500),
        ("10rb", 10_000),
        ("10 ribu", 10_000),
        ("1,5jt", 1_500_000),
        ("1,5 juta", 1_500_000),
        ("2,25 juta", 2_250_000),
        ("2 miliar", 2_000_000_000),
        ("3m", 3_000_000_000),
        (" 0 ", 0),
    ];
    for (typed, amount) in cases {
        assert_eq!(parse_amount(typed), Ok(Rupiah::new(amount)), "{typed}");
    }
}

#[test]
fn doubtful_amounts_are_asked_or_refused_with_their_code() {
    let cases = [
        ("", "typed.empty"),
        ("   ", "typed.empty"),
        ("1,250", "typed.ambiguous"),
        ("1.250jt", "typed.ambiguous"),
        ("1.250,50", "typed.fraction"),
        ("0,5", "typed.fraction"),
        ("1,2345rb", "typed.fraction"),
        ("12.50", "typed.not_a_number"),
        ("1.25.000", "typed.not_a_number"),
        ("1.250.00", "typed.not_a_number"),
        ("1,250.000,00", "typed.not_a_number"),
        ("lima ribu", "typed.not_a_number"),
        ("(250.000", "typed.not_a_number"),
        ("--5", "typed.not_a_number"),
        ("Rp", "typed.not_a_number"),
        ("1e5", "typed.not_a_number"),
        ("99999999999999999999", "typed.too_large"),
        ("999999999999999999999999", "typed.too_large"),
        ("9223372036854775808", "typed.too_large"),
        ("9.999.999.999 miliar", "typed.too_large"),
    ];
    for (typed, code) in cases {
        assert_eq!(parse_amount(typed).map_err(|error| error.code()), Err(code), "{typed}");
    }
}

#[test]
fn a_doubtful_amount_says_both_readings() {
    let said = parse_amount("1,250").unwrap_err().to_string();
    assert_eq!(said, "“1,250” bisa berarti 1.250 atau 1,25. Tulis 1250 atau 1,2500.");
}

#[test]
fn quantities_are_read_with_fractions_and_units() {
    use TypedUnit::{Butir, Kilogram, Litre, Pack};
    let cases = [
        ("0,35", 350, None),
        ("0.35", 350, None),
        ("½", 500, None),
        ("1½", 1_500, None),
        ("1 ½ kg", 1_500, Some(Kilogram)),
        ("1/4", 250, None),
        ("2 1/2", 2_500, None),
        ("2 ons", 200, Some(Kilogram)),
        ("2,5 ons", 250, Some(Kilogram)),
        ("250 gram", 250, Some(Kilogram)),
        ("750ml", 750, Some(Litre)),
        ("5 butir", 5_000, Some(Butir)),
        ("2 dus", 2_000, Some(Pack("dus"))),
        ("48", 48_000, None),
        ("1.250.000", 1_250_000_000, None),
    ];
    for (typed, milli, unit) in cases {
        let quantity = Quantity::from_milli(milli);
        assert_eq!(parse_quantity(typed), Ok(TypedQuantity { quantity, unit }), "{typed}");
    }
}

#[test]
fn doubtful_quantities_are_asked_or_refused_with_their_code() {
    let cases = [
        ("", "typed.empty"),
        ("1.250", "typed.ambiguous"),
        ("1,250", "typed.ambiguous"),
        ("0,0005", "typed.too_fine"),
        ("1,5 gram", "typed.too_fine"),
        ("3 bal", "typed.unknown_unit"),
        ("kg", "typed.not_a_number"),
        ("1//2", "typed.not_a_number"),
        ("-2", "typed.not_a_number"),
        ("999999999999999999", "typed.too_large"),
    ];
    for (typed, code) in cases {
        assert_eq!(parse_quantity(typed).map_err(|error| error.code()), Err(code), "{typed}");
    }
}

#[test]
fn days_are_read_with_the_day_first() {
    for typed in ["31/12/2024", "31-12-2024", "2024-12-31", "31 Des 2024", "31 desember 2024"] {
        assert_eq!(parse_day(typed).map(|day| day.to_iso()), Ok("2024-12-31".into()), "{typed}");
    }
    assert_eq!(parse_day("29/2/2024").map(|day| day.to_iso()), Ok("2024-02-29".into()));
    assert_eq!(parse_day("17 Agt 2025").map(|day| day.to_iso()), Ok("2025-08-17".into()));
}

#[test]
fn doubtful_days_are_refused_with_their_code() {
    let cases = [
        ("", "typed.empty"),
        ("30/2/2024", "typed.no_such_day"),
        ("29/2/2023", "typed.no_such_day"),
        ("12/31/2024", "typed.no_such_day"),
        ("1/1/24", "typed.short_year"),
        ("kemarin", "typed.not_a_day"),
        ("1/1", "typed.not_a_day"),
        ("1 Foo 2024", "typed.not_a_day"),
        ("1/1/1024", "typed.no_such_day"),
    ];
    for (typed, code) in cases {
        assert_eq!(parse_day(typed).map_err(|error| error.code()), Err(code), "{typed}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(typed in ".{0,80}") {
        drop(parse_amount(&typed));
        drop(parse_quantity(&typed));
        drop(parse_day(&typed));
    }

    #[test]
    fn a_printed_quantity_reads_back_or_is_asked(milli in 0_i64..10_000_000_000) {
        let quantity = Quantity::from_milli(milli);
        match parse_quantity(&quantity.to_string()) {
            Ok(read) => prop_assert_eq!(read.quantity, quantity),
            Err(error) => prop_assert_eq!(error.code(), "typed.ambiguous"),
        }
    }

    #[test]
    fn a_printed_day_reads_back(offset in 0_i32..70_000) {
        let day = Day::parse_iso("1990-01-01").unwrap().plus_days(offset);
        prop_assert_eq!(parse_day(&day.to_string()), Ok(day));
        prop_assert_eq!(parse_day(&day.long()), Ok(day));
    }
}
