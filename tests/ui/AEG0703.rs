aegis_macros::kernel!("AEG0703/broken/manifests", "AEG0703/broken/policy.toml");

fn main() {}
