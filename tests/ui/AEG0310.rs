aegis_macros::kernel!("AEG0310/broken/manifests", "AEG0310/broken/policy.toml");

fn main() {}
