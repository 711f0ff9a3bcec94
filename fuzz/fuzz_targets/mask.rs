//! Masking twice is masking once, no credential that is held is left, and no text is too strange.

#![no_main]

mod common;

use aegis_runtime::kernel::Kernel;
use aegis_runtime::mask::Masker;
use common::sqlite;
use libfuzzer_sys::fuzz_target;

const HELD: &str = "Vq7-held-credential-x9";

fuzz_target!(|text: &str| {
    let masker = Masker::new(sqlite::Kernel::SPEC, [7; 32]);
    masker.hold(HELD);
    let plan = masker.everywhere();
    // An error withholds the text.
    let Ok((once, _)) = masker.text(text, &plan) else { return };
    assert!(!once.contains(HELD), "{once:?}");
    assert_eq!(masker.text(&once, &plan).map(|(twice, _)| twice), Ok(once));
});
