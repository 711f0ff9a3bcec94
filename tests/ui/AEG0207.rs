aegis_macros::kernel!("AEG0207/broken/manifests", "AEG0207/broken/policy.toml");

fn main() {}
