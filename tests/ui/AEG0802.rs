aegis_macros::kernel!("AEG0802/broken/manifests", "AEG0802/broken/policy.toml");

fn main() {}
