//! What fits on a screen is read. The figures are limits; STYLE.md says what to aim for.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

const FUNCTION_MAX: usize = 70;
const FILE_MAX: usize = 500;
const TEMPLATE_MAX: usize = 120;
const LINE_MAX: usize = 100;
/// A room's `lib.rs`: its door and its story.
const DOOR_MAX: usize = 150;

const WRITTEN: [&str; 6] = ["rs", "ts", "mjs", "html", "css", "sql"];

fn too_long(file: &File, most: usize, what: &str) -> Option<Fault> {
    let lines = file.text.lines().count();
    let said = || format!("{what} of {lines} lines, at most {most}");
    (lines > most).then(|| Fault::size(&file.path, most + 1, lines, said()))
}

fn long_files(files: &[File]) -> Vec<Fault> {
    let written = files.iter().filter(|file| WRITTEN.contains(&file.ending()));
    written.filter_map(|file| too_long(file, FILE_MAX, "a file")).collect()
}

fn long_templates(files: &[File]) -> Vec<Fault> {
    let templates = files.iter().filter(|file| file.ending() == "html");
    templates.filter_map(|file| too_long(file, TEMPLATE_MAX, "a template")).collect()
}

fn long_doors(files: &[File]) -> Vec<Fault> {
    let is_door =
        |file: &&File| file.in_crate_source().is_some_and(|(_, inside)| inside == "lib.rs");
    files.iter().filter(is_door).filter_map(|file| too_long(file, DOOR_MAX, "a door")).collect()
}

fn long_lines(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        for (index, line) in file.text.lines().enumerate() {
            let letters = line.chars().count();
            if letters > LINE_MAX && !is_sentence(line) {
                let what = format!("a line of {letters} letters, at most {LINE_MAX}");
                faults.push(Fault::size(&file.path, index + 1, letters, what));
            }
        }
    }
    faults
}

/// A sentence for people stands in one piece, so that it can be searched for as it is shown.
fn is_sentence(line: &str) -> bool {
    let code = line.trim_start();
    code.starts_with('"') || code.starts_with("#[error(\"")
}

fn long_functions(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let mut functions = Functions { path: &file.path, faults: &mut faults };
        functions.visit_file(&file.parsed());
    }
    faults
}

struct Functions<'a> {
    path: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Functions<'_> {
    /// From `fn` to the last brace; what is said about it above is not counted.
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (first, last) = (signature.span().start().line, block.span().end().line);
        let lines = last - first + 1;
        if lines > FUNCTION_MAX {
            let name = &signature.ident;
            let what = format!("fn {name} has {lines} lines, at most {FUNCTION_MAX}");
            self.faults.push(Fault::size(self.path, first, lines, what));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[test]
fn files_are_short() {
    hold("file", Measure::Worst, long_files(files()));
}

#[test]
fn templates_are_short() {
    hold("template", Measure::Worst, long_templates(files()));
}

#[test]
fn doors_are_short() {
    hold("door", Measure::Worst, long_doors(files()));
}

#[test]
fn lines_are_short() {
    hold("line", Measure::Worst, long_lines(files()));
}

#[test]
fn functions_are_short() {
    hold("function", Measure::Worst, long_functions(files()));
}

#[test]
fn one_line_too_many_is_seen() {
    let lines = |count| "\n".repeat(count);
    let sample = |path: &str, count| vec![File::sample(path, &lines(count))];
    assert!(long_files(&sample("a.sql", FILE_MAX)).is_empty());
    assert_eq!(long_files(&sample("a.sql", FILE_MAX + 1)).len(), 1);
    assert_eq!(long_templates(&sample("a.html", TEMPLATE_MAX + 1)).len(), 1);
    assert_eq!(long_doors(&sample("crates/cash/src/lib.rs", DOOR_MAX + 1)).len(), 1);
    assert!(long_doors(&sample("crates/cash/src/pay.rs", DOOR_MAX + 1)).is_empty());
}

#[test]
fn letters_are_counted_and_a_sentence_is_left_whole() {
    let sample = |text: String| vec![File::sample("a.rs", &text)];
    assert!(long_lines(&sample("é".repeat(LINE_MAX))).is_empty());
    assert_eq!(long_lines(&sample("é".repeat(LINE_MAX + 1))).len(), 1);
    let long = "é".repeat(LINE_MAX);
    assert!(long_lines(&sample(format!("#[error(\"{long}\")]\n        \"{long}\""))).is_empty());
    assert_eq!(long_lines(&sample(format!("say(\"{long}\");"))).len(), 1);
}

#[test]
fn a_long_function_is_seen_wherever_it_stands() {
    let body = "let _ = 1;\n".repeat(FUNCTION_MAX - 1);
    let bad = [
        format!("fn a() {{\n{body}}}"),
        format!("struct A; impl A {{ fn a() {{\n{body}}} }}"),
        format!("trait A {{ fn a() {{\n{body}}} }}"),
        format!("mod inner {{ fn a() {{\n{body}}} }}"),
    ];
    for text in bad {
        assert_eq!(long_functions(&[File::sample("a.rs", &text)]).len(), 1, "{text}");
    }
    let shorter = body.strip_prefix("let _ = 1;\n").unwrap();
    let allowed = format!("/// Said\n/// at length.\nfn a() {{\n{shorter}}}");
    assert!(long_functions(&[File::sample("a.rs", &allowed)]).is_empty());
}
