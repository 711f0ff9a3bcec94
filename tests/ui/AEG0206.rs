aegis_macros::kernel!("AEG0206/broken/manifests", "AEG0206/broken/policy.toml");

fn main() {}
