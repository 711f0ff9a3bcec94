aegis_macros::kernel!("AEG0105/broken/manifests", "AEG0105/broken/policy.toml");

fn main() {}
