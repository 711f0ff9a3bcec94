aegis_macros::kernel!("AEG0301/broken/manifests", "AEG0301/broken/policy.toml");

fn main() {}
