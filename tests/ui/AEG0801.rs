aegis_macros::kernel!("AEG0801/broken/manifests", "AEG0801/broken/policy.toml");

fn main() {}
