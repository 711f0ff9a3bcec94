aegis_macros::kernel!("AEG0311/broken/manifests", "AEG0311/broken/policy.toml");

fn main() {}
