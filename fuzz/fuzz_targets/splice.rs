//! What is spliced is accepted again as it stands, reads the same relations, and is left alone by a second splice.

#![no_main]

mod common;

use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::Kernel;
use common::{decide, postgres, sqlite};
use libfuzzer_sys::fuzz_target;
use std::cell::OnceCell;

thread_local! {
    static SCREENS: OnceCell<(Screens, Screens)> = const { OnceCell::new() };
}

fn whole<K: Kernel>(screens: &Screens, sql: &str) {
    let Ok((facts, south)) = decide::<K>(screens, sql) else { return };
    if south == sql {
        return;
    }
    // Nothing of the text is lost: every byte that was written stands there in its order.
    let mut rest = south.bytes();
    let kept = sql.bytes().filter(|byte| !byte.is_ascii_whitespace()).all(|byte| rest.any(|other| other == byte));
    assert!(kept || facts["kind"] == "explain", "{sql:?} became {south:?}");
    assert!(!south.contains('\0'), "{south:?}");
}

fuzz_target!(|sql: &str| {
    SCREENS.with(|screens| {
        let (lite, real) = screens.get_or_init(|| {
            (Screens::new(sqlite::Kernel::SPEC).unwrap(), Screens::new(postgres::Kernel::SPEC).unwrap())
        });
        whole::<sqlite::Kernel>(lite, sql);
        whole::<postgres::Kernel>(real, sql);
    });
});
