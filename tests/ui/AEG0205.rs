aegis_macros::kernel!("AEG0205/broken/manifests", "AEG0205/broken/policy.toml");

fn main() {}
