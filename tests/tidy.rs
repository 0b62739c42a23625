//! The rules of STYLE.md that the compiler does not hold, kept by reading the repository.
//!
//! Each rule is one function from files to faults, so that it can be shown a bad sample: a rule
//! that cannot fail is worth nothing. A fault that we live with stands in
//! `tests/tidy/exceptions.txt` with its reason; an exception that is no longer needed fails like a
//! fault.

mod tidy {
    mod arrows;
    mod documents;
    mod english;
    mod machine;
    mod names;
    mod numbers;
    mod packages;
    mod places;
    mod ratchet;
    mod sizes;
    mod tree;
    mod words;
}
