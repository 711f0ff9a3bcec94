//! What must not compile, by the macro (wall 1) and by rustc itself (wall 2); and beside each case what must.

#![allow(missing_docs, reason = "a test")]

/// Built with this test: a case that passes would have everything built a second time, which is only checked for those that fail.
#[path = "ui/near_misses.rs"]
mod near_misses;

#[test]
fn walls() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/AEG*.rs");
    cases.compile_fail("tests/ui/wall/*.rs");
}
