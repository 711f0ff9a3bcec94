aegis_macros::kernel!("AEG0102/broken/manifests", "AEG0102/broken/policy.toml");

fn main() {}
