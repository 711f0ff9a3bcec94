aegis_macros::kernel!("AEG0803/broken/manifests", "AEG0803/broken/policy.toml");

fn main() {}
