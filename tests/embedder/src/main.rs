//! A kernel of a user's own.

aegis_macros::kernel!("../manifests", "../policy.toml");

fn main() -> std::process::ExitCode {
    aegis::main::<Kernel>()
}
