aegis_macros::kernel!("AEG0505/broken/manifests", "AEG0505/broken/policy.toml");

fn main() {}
