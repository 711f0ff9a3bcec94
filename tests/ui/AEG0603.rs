aegis_macros::kernel!("AEG0603/broken/manifests", "AEG0603/broken/policy.toml");

fn main() {}
