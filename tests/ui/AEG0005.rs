aegis_macros::kernel!("AEG0005/broken/manifests", "AEG0005/broken/policy.toml");

fn main() {}
