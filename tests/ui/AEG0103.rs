aegis_macros::kernel!("AEG0103/broken/manifests", "AEG0103/broken/policy.toml");

fn main() {}
