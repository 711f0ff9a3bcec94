aegis_macros::kernel!("AEG0203/broken/manifests", "AEG0203/broken/policy.toml");

fn main() {}
