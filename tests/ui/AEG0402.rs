aegis_macros::kernel!("AEG0402/broken/manifests", "AEG0402/broken/policy.toml");

fn main() {}
