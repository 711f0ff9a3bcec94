aegis_macros::kernel!("AEG0406/broken/manifests", "AEG0406/broken/policy.toml");

fn main() {}
