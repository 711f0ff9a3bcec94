//! A runner of tests whose executable is a kernel too, since a kernel executes itself again for each cage.

use std::process::ExitCode;
use std::time::Instant;

/// The kernel where the arguments say so; else the tests whose name holds the filter.
pub(crate) fn main<K: aegis_runtime::kernel::Kernel>(tests: &[(&str, fn())]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| aegis::is_command(first)) {
        return aegis::main::<K>();
    }
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let (mut failed, mut ran) = (0, 0);
    for (name, test) in tests.iter().filter(|(name, _)| filter.is_none_or(|filter| name.contains(filter.as_str()))) {
        let begun = Instant::now();
        let passed = std::panic::catch_unwind(test).is_ok();
        eprintln!("test {name} ... {} ({:.1?})", if passed { "ok" } else { "FAILED" }, begun.elapsed());
        ran += 1;
        failed += i32::from(!passed);
    }
    eprintln!("\n{ran} tests, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
