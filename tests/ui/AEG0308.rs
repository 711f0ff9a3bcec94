aegis_macros::kernel!("AEG0308/broken/manifests", "AEG0308/broken/policy.toml");

fn main() {}
