aegis_macros::kernel!("AEG0606/broken/manifests", "AEG0606/broken/policy.toml");

fn main() {}
