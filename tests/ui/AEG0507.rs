aegis_macros::kernel!("AEG0507/broken/manifests", "AEG0507/broken/policy.toml");

fn main() {}
