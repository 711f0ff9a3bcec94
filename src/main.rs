//! The product: the command line around the kernel compiled from `manifests/` and `policies/default.toml`.

fn main() -> std::process::ExitCode {
    aegis::main::<aegis::kernel::Kernel>()
}
