aegis_macros::kernel!("AEG0504/broken/manifests", "AEG0504/broken/policy.toml");

fn main() {}
