//! Compiles manifests and policy into the kernel.
fn main() {}
