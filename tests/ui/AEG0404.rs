aegis_macros::kernel!("AEG0404/broken/manifests", "AEG0404/broken/policy.toml");

fn main() {}
