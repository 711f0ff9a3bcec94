aegis_macros::kernel!("AEG0003/broken/manifests", "AEG0003/broken/policy.toml");

fn main() {}
