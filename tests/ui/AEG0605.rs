aegis_macros::kernel!("AEG0605/broken/manifests", "AEG0605/broken/policy.toml");

fn main() {}
