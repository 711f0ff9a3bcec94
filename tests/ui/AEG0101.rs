aegis_macros::kernel!("AEG0101/broken/manifests", "AEG0101/broken/policy.toml");

fn main() {}
