aegis_macros::kernel!("AEG0501/broken/manifests", "AEG0501/broken/policy.toml");

fn main() {}
