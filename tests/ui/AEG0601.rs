aegis_macros::kernel!("AEG0601/broken/manifests", "AEG0601/broken/policy.toml");

fn main() {}
