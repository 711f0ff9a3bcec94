aegis_macros::kernel!("AEG0401/broken/manifests", "AEG0401/broken/policy.toml");

fn main() {}
