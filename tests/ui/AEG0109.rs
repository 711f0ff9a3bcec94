aegis_macros::kernel!("AEG0109/broken/manifests", "AEG0109/broken/policy.toml");

fn main() {}
