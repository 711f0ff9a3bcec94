aegis_macros::kernel!("AEG0001/broken/manifests", "AEG0001/broken/policy.toml");

fn main() {}
