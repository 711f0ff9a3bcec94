aegis_macros::kernel!("AEG0309/broken/manifests", "AEG0309/broken/policy.toml");

fn main() {}
