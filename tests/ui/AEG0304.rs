aegis_macros::kernel!("AEG0304/broken/manifests", "AEG0304/broken/policy.toml");

fn main() {}
