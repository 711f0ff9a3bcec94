aegis_macros::kernel!("AEG0701/broken/manifests", "AEG0701/broken/policy.toml");

fn main() {}
