aegis_macros::kernel!("AEG0312/broken/manifests", "AEG0312/broken/policy.toml");

fn main() {}
