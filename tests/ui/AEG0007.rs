aegis_macros::kernel!("AEG0007/broken/manifests", "AEG0007/broken/policy.toml");

fn main() {}
