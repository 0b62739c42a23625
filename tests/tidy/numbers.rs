//! Money has no fractions and no silent conversions: no float, no numeric `as`, in any crate.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

const FLOATS: [&str; 2] = ["f32", "f64"];
const WHOLE: [&str; 12] =
    ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];

fn loose_numbers(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && file.in_crate_source().is_some()) {
        Numbers { path: &file.path, faults: &mut faults }.visit_file(&file.parsed());
    }
    faults
}

struct Numbers<'a> {
    path: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Numbers<'_> {
    fn note(&mut self, place: impl Spanned, what: String) {
        self.faults.push(Fault::one(self.path, place.span().start().line, what));
    }
}

impl<'ast> Visit<'ast> for Numbers<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_cast(&mut self, cast: &'ast syn::ExprCast) {
        if let Some(name) = simple(&cast.ty).filter(|name| WHOLE.contains(&name.as_str())) {
            self.note(cast, format!("`as {name}` may cut off quietly; use try_from or from"));
        }
        visit::visit_expr_cast(self, cast);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path.segments.first().map(|segment| segment.ident.to_string());
        if let Some(name) = first.filter(|name| FLOATS.contains(&name.as_str())) {
            self.note(path, format!("`{name}` cannot hold money or a quantity"));
        }
        visit::visit_path(self, path);
    }

    fn visit_lit_float(&mut self, literal: &'ast syn::LitFloat) {
        self.note(literal, format!("`{literal}` is a float"));
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    let is_test = |attribute: &syn::Attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test")
    };
    attributes.iter().any(is_test)
}

fn simple(kind: &syn::Type) -> Option<String> {
    let syn::Type::Path(path) = kind else { return None };
    path.path.get_ident().map(ToString::to_string)
}

#[test]
fn numbers_are_whole_and_never_cut_off() {
    hold("number", Measure::Sum, loose_numbers(files()));
}

#[test]
fn floats_and_casts_are_seen_and_tests_may_have_them() {
    let found = |text: &str| loose_numbers(&[File::sample("crates/cash/src/pay.rs", text)]).len();
    assert_eq!(found("fn a(x: u64) -> i64 { x as i64 }"), 1);
    assert_eq!(found("fn a(x: f64) {}"), 1);
    assert_eq!(found("fn a() { let _ = f64::from(1); }"), 1);
    assert_eq!(found("const HALF: Share = half(0.5);"), 1);
    assert_eq!(found("mod inner { fn a(x: i64) -> usize { x as usize } }"), 1);
    assert_eq!(found("#[cfg(test)] mod tests { fn a(x: f64) -> i64 { x as i64 } }"), 0);
    assert_eq!(found("use values::Rupiah as Money; fn a(x: &dyn A) { x as &dyn B; }"), 0);
    let elsewhere = File::sample("crates/cash/tests/pay.rs", "fn a(x: f64) {}");
    assert!(loose_numbers(&[elsewhere]).is_empty());
}
