aegis_macros::kernel!("AEG0403/broken/manifests", "AEG0403/broken/policy.toml");

fn main() {}
