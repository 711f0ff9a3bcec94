aegis_macros::kernel!("AEG0107/broken/manifests", "AEG0107/broken/policy.toml");

fn main() {}
