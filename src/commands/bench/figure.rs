//! A measured figure beside its reference and our promise, and the table of them.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What we promise of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Promise {
    /// At least so many thousandths of the reference.
    RatioAtLeastMilli(u64),
    /// At most so much.
    AtMost(u64),
    /// Nothing; it is there to be seen.
    Nothing,
}

/// What a figure is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reference {
    pub(super) what: String,
    pub(super) value: u64,
}

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) value: u64,
    pub(super) unit: String,
    pub(super) reference: Option<Reference>,
    pub(super) promise: Promise,
}

impl Figure {
    fn ratio_milli(&self) -> Option<u64> {
        let reference = self.reference.as_ref()?;
        milli_of(self.value, reference.value)
    }

    /// Whether the promise is kept; none where nothing was promised.
    fn is_kept(&self) -> Option<bool> {
        match self.promise {
            Promise::RatioAtLeastMilli(least) => Some(self.ratio_milli()? >= least),
            Promise::AtMost(most) => Some(self.value <= most),
            Promise::Nothing => None,
        }
    }
}

/// `part` in thousandths of `whole`.
pub(super) fn milli_of(part: u64, whole: u64) -> Option<u64> {
    (part.saturating_mul(1_000)).checked_div(whole)
}

/// All figures of a run; those of the run before stand beside them.
pub(super) struct Table {
    file: PathBuf,
    before: Vec<Figure>,
    now: Vec<Figure>,
    missing: Vec<String>,
}

const HEAD: [&str; 7] = ["what", "measured", "before", "reference", "ratio", "promise", "kept"];

impl Table {
    /// Reads what the last run left, if it can be read.
    pub(super) fn open(file: PathBuf) -> Table {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let before = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let table = Table { file, before, now: Vec::new(), missing: Vec::new() };
        println!("{}", row(HEAD.map(str::to_owned)));
        table
    }

    /// Adds a figure and prints its line.
    pub(super) fn add(&mut self, figure: Figure) {
        let before = self.before.iter().find(|one| one.name == figure.name);
        let reference = figure.reference.as_ref().map_or_else(String::new, |reference| {
            format!("{} {}", grouped(reference.value), reference.what)
        });
        let promise = match figure.promise {
            Promise::RatioAtLeastMilli(least) => format!("at least {}", thousandths(least)),
            Promise::AtMost(most) => format!("at most {}", grouped(most)),
            Promise::Nothing => String::new(),
        };
        let kept = match figure.is_kept() {
            None => "",
            Some(true) => "yes",
            Some(false) => "NO",
        };
        println!(
            "{}",
            row([
                figure.name.clone(),
                format!("{} {}", grouped(figure.value), figure.unit),
                before.map(|one| grouped(one.value)).unwrap_or_default(),
                reference,
                figure.ratio_milli().map(thousandths).unwrap_or_default(),
                promise,
                kept.to_owned(),
            ])
        );
        self.now.push(figure);
    }

    /// Notes what could not be measured, and why.
    pub(super) fn miss(&mut self, what: String) {
        self.missing.push(what);
    }

    /// Keeps the figures for the next run, one a line; whether all promises are kept.
    pub(super) fn close(self) -> anyhow::Result<bool> {
        self.missing.iter().for_each(|what| println!("not measured: {what}"));
        let is_new = |one: &&Figure| !self.now.iter().any(|now| now.name == one.name);
        let kept_on: Vec<&Figure> = self.before.iter().filter(is_new).collect();
        let lines = kept_on.into_iter().chain(&self.now).map(serde_json::to_string);
        let mut text = lines.collect::<Result<Vec<String>, _>>()?.join("\n");
        text.push('\n');
        fs::write(&self.file, text)?;
        Ok(self.now.iter().all(|figure| figure.is_kept() != Some(false)))
    }
}

fn row(cells: [String; 7]) -> String {
    let [what, measured, before, reference, ratio, promise, kept] = cells;
    format!("{what:32} {measured:>18} {before:>10}  {reference:42} {ratio:>6}  {promise:18} {kept}")
}

/// `9473` as `9.473`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut told = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            told.push('.');
        }
        told.push(digit);
    }
    told
}

/// `867` as `0,867`.
fn thousandths(milli: u64) -> String {
    format!("{},{:03}", milli / 1_000, milli % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: u64, promise: Promise) -> Figure {
        let reference = Some(Reference { what: "bare".to_owned(), value: 10_000 });
        Figure { name: "post".to_owned(), value, unit: "/s".to_owned(), reference, promise }
    }

    #[test]
    fn a_promise_is_kept_or_not() {
        assert_eq!(figure(8_000, Promise::RatioAtLeastMilli(800)).is_kept(), Some(true));
        assert_eq!(figure(7_999, Promise::RatioAtLeastMilli(800)).is_kept(), Some(false));
        assert_eq!(figure(11, Promise::AtMost(10)).is_kept(), Some(false));
        assert_eq!(figure(11, Promise::Nothing).is_kept(), None);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!([grouped(7), grouped(950), grouped(10_950)], ["7", "950", "10.950"]);
        assert_eq!([thousandths(867), thousandths(1_020)], ["0,867", "1,020"]);
    }
}
