//! What must not compile, by the macro (wall 1) and by rustc itself (wall 2).

#![allow(missing_docs, reason = "a test")]

#[test]
fn walls() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/near_misses.rs");
    cases.compile_fail("tests/ui/AEG*.rs");
    cases.compile_fail("tests/ui/wall/*.rs");
}
