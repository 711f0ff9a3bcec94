aegis_macros::kernel!("AEG0302/broken/manifests", "AEG0302/broken/policy.toml");

fn main() {}
