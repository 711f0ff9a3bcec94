aegis_macros::kernel!("AEG0006/broken/manifests", "AEG0006/broken/policy.toml");

fn main() {}
