aegis_macros::kernel!("AEG0201/broken/manifests", "AEG0201/broken/policy.toml");

fn main() {}
