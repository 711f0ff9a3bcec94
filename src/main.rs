//! The product: the command line around the kernel compiled from `manifests/` and `policies/default.toml`.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    aegis::main::<aegis::kernel::Kernel>()
}
