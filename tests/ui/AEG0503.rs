aegis_macros::kernel!("AEG0503/broken/manifests", "AEG0503/broken/policy.toml");

fn main() {}
