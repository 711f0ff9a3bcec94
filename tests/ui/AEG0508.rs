aegis_macros::kernel!("AEG0508/broken/manifests", "AEG0508/broken/policy.toml");

fn main() {}
