//! `aegis-demo`: tells the story; as `aegis-demo serve …` it is the twin kernel, and as `aegis-demo guarded serve …` the product's.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The demo is one executable; each kernel is a process of its own, spawned from it.
    match std::env::args().nth(1).as_deref() {
        None => aegis_demo::story::tell(),
        Some("__cage" | "serve" | "downstream" | "audit" | "matrix" | "doctor") => {
            match std::env::var_os("AEGIS_DEMO_TWIN") {
                Some(_) => aegis::main::<aegis_demo::twin::Kernel>(),
                None => aegis::main::<aegis::kernel::Kernel>(),
            }
        }
        Some(_) => ExitCode::from(2),
    }
}
