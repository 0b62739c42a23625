//! Amounts in words, as receipts carry them: *terbilang*.

use crate::Rupiah;

const ONES: [&str; 12] = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
];

/// Powers of one thousand and their names; Indonesian counts on with `ribu triliun`.
const SCALES: [(u64, &str); 4] = [
    (1_000_000_000_000, "triliun"),
    (1_000_000_000, "miliar"),
    (1_000_000, "juta"),
    (1_000, "ribu"),
];

impl Rupiah {
    /// The amount in Indonesian words: `satu juta dua ratus lima puluh ribu rupiah`.
    #[must_use]
    pub fn terbilang(self) -> String {
        let sign = if self.is_negative() { "minus " } else { "" };
        format!("{sign}{} rupiah", words(self.get().unsigned_abs()))
    }
}

fn words(number: u64) -> String {
    if number < 1_000 {
        return below_thousand(number);
    }
    if number < 2_000 {
        return with_rest("seribu".to_owned(), number - 1_000);
    }
    let scale = SCALES.into_iter().find(|(size, _)| number >= *size);
    let (size, name) = scale.expect("a number of one thousand or more has a scale");
    with_rest(format!("{} {name}", words(number.div_euclid(size))), number.rem_euclid(size))
}

fn below_thousand(number: u64) -> String {
    let small = |number: u64| words(number);
    match number {
        0..=11 => ONES[usize::try_from(number).unwrap_or(0)].to_owned(),
        12..=19 => format!("{} belas", small(number - 10)),
        20..=99 => with_rest(format!("{} puluh", small(number / 10)), number % 10),
        100..=199 => with_rest("seratus".to_owned(), number - 100),
        _ => with_rest(format!("{} ratus", small(number / 100)), number % 100),
    }
}

fn with_rest(head: String, rest: u64) -> String {
    if rest == 0 { head } else { format!("{head} {}", words(rest)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads words back, to prove that no two amounts share them.
    fn read(words: &str) -> u64 {
        let (mut total, mut thousands, mut below) = (0_u64, 0_u64, 0_u64);
        for word in words.split(' ') {
            match word {
                "belas" => below += 10,
                "puluh" => below += 9 * below.rem_euclid(10),
                "ratus" => below *= 100,
                "seratus" => below += 100,
                "seribu" => thousands += 1_000,
                "ribu" => (thousands, below) = (thousands + below * 1_000, 0),
                _ => match SCALES.iter().find(|(_, name)| *name == word) {
                    Some((size, "triliun")) => {
                        total = (total + thousands + below) * size;
                        (thousands, below) = (0, 0);
                    }
                    Some((size, _)) => {
                        total += (thousands + below) * size;
                        (thousands, below) = (0, 0);
                    }
                    None => {
                        let digit = ONES.iter().position(|name| *name == word).unwrap();
                        below += u64::try_from(digit).unwrap();
                    }
                },
            }
        }
        total + thousands + below
    }

    #[test]
    fn amounts_stand_in_words_as_a_treasurer_writes_them() {
        let cases = [
            (0, "nol rupiah"),
            (11, "sebelas rupiah"),
            (12, "dua belas rupiah"),
            (20, "dua puluh rupiah"),
            (101, "seratus satu rupiah"),
            (999, "sembilan ratus sembilan puluh sembilan rupiah"),
            (1_000, "seribu rupiah"),
            (1_100, "seribu seratus rupiah"),
            (2_000, "dua ribu rupiah"),
            (11_000, "sebelas ribu rupiah"),
            (100_000, "seratus ribu rupiah"),
            (1_000_000, "satu juta rupiah"),
            (1_250_000, "satu juta dua ratus lima puluh ribu rupiah"),
            (1_001_000, "satu juta seribu rupiah"),
            (3_000_000_000, "tiga miliar rupiah"),
            (1_000_000_000_000_000, "seribu triliun rupiah"),
            (-500, "minus lima ratus rupiah"),
        ];
        for (number, text) in cases {
            assert_eq!(Rupiah::new(number).terbilang(), text);
        }
        assert!(Rupiah::new(i64::MAX).terbilang().starts_with("sembilan juta dua ratus dua puluh"));
    }

    proptest! {
        #[test]
        fn words_read_back_as_the_amount(number in 0..=i64::MAX, small in 0_i64..10_000_000) {
            for number in [number, small] {
                let words = Rupiah::new(number).terbilang();
                let read = read(words.strip_suffix(" rupiah").unwrap());
                prop_assert_eq!(read, number.unsigned_abs());
            }
        }
    }
}
