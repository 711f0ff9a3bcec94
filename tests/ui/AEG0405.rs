aegis_macros::kernel!("AEG0405/broken/manifests", "AEG0405/broken/policy.toml");

fn main() {}
