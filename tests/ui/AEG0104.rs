aegis_macros::kernel!("AEG0104/broken/manifests", "AEG0104/broken/policy.toml");

fn main() {}
