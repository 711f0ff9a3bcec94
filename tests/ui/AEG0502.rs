aegis_macros::kernel!("AEG0502/broken/manifests", "AEG0502/broken/policy.toml");

fn main() {}
