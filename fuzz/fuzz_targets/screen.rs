//! The screen never panics, and what it accepts it accepts again with the same facts.

#![no_main]

mod common;

use aegis_runtime::denial::Code;
use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::Kernel;
use common::{decide, postgres, sqlite};
use libfuzzer_sys::fuzz_target;
use std::cell::OnceCell;

thread_local! {
    static SCREENS: OnceCell<(Screens, Screens)> = const { OnceCell::new() };
}

fuzz_target!(|sql: &str| {
    SCREENS.with(|screens| {
        let (lite, real) = screens.get_or_init(|| {
            (Screens::new(sqlite::Kernel::SPEC).unwrap(), Screens::new(postgres::Kernel::SPEC).unwrap())
        });
        // A panic inside is a denial in production; here it is a finding.
        for answer in [decide::<sqlite::Kernel>(lite, sql), decide::<postgres::Kernel>(real, sql)] {
            if let Err(denial) = answer {
                assert!(denial.code() != Code::ScreenPanicked && denial.code() != Code::DecisionPanicked, "{sql:?}");
            }
        }
        if let Ok((facts, _)) = decide::<sqlite::Kernel>(lite, sql) {
            assert_eq!(decide::<sqlite::Kernel>(lite, sql).map(|(again, _)| again).ok(), Some(facts));
        }
    });
});
