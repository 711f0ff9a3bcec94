//! Compiles manifests and policy into the kernel; `aegis_codegen` does the work.

fn main() {
    let report = aegis_codegen::build::run();
    for line in &report.lines {
        println!("{line}");
    }
    if report.failed {
        std::process::exit(1);
    }
}
