aegis_macros::kernel!("AEG0202/broken/manifests", "AEG0202/broken/policy.toml");

fn main() {}
