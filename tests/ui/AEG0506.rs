aegis_macros::kernel!("AEG0506/broken/manifests", "AEG0506/broken/policy.toml");

fn main() {}
