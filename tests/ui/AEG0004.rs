aegis_macros::kernel!("AEG0004/broken/manifests", "AEG0004/broken/policy.toml");

fn main() {}
