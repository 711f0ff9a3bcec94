aegis_macros::kernel!("AEG0110/broken/manifests", "AEG0110/broken/policy.toml");

fn main() {}
