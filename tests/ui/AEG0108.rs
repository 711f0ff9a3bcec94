aegis_macros::kernel!("AEG0108/broken/manifests", "AEG0108/broken/policy.toml");

fn main() {}
