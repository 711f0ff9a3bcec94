aegis_macros::kernel!("AEG0002/broken/manifests", "AEG0002/broken/policy.toml");

fn main() {}
