aegis_macros::kernel!("AEG0204/broken/manifests", "AEG0204/broken/policy.toml");

fn main() {}
