aegis_macros::kernel!("AEG0111/broken/manifests", "AEG0111/broken/policy.toml");

fn main() {}
