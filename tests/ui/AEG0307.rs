aegis_macros::kernel!("AEG0307/broken/manifests", "AEG0307/broken/policy.toml");

fn main() {}
