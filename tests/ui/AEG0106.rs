aegis_macros::kernel!("AEG0106/broken/manifests", "AEG0106/broken/policy.toml");

fn main() {}
