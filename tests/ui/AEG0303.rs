aegis_macros::kernel!("AEG0303/broken/manifests", "AEG0303/broken/policy.toml");

fn main() {}
